import pytest

from retrieval.training.__main__ import main


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["--help"]])
def test_without_a_part_it_says_which_there_are(arguments: list[str]) -> None:
    with pytest.raises(SystemExit, match=r"^usage: python -m retrieval\.training \{reader,confidence\} \.\.\.$"):
        main(arguments)


@pytest.mark.parametrize("part", ["reader", "confidence"])
def test_a_part_gets_the_other_arguments(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        main([part, "--help"])
    assert capsys.readouterr().out.startswith(f"usage: quotewire train {part} [-h]")
