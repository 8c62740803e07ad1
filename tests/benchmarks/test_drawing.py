"""A chat as a picture."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from benchmarks.drawing import WIDTH, Bubble, Style, draw, lines_of, styles_of


def size_of(*bubbles: Bubble) -> tuple[int, int]:
    return Image.open(BytesIO(draw(bubbles))).size


def test_entities_count_utf16_units() -> None:
    styles = styles_of("👍 yes", [{"type": "bold", "offset": 3, "length": 3}])
    assert styles == (Style(), Style(), *[Style(bold=True)] * 3)


def test_entities_lie_over_one_another() -> None:
    entities: list[dict[str, object]] = [{"type": "blockquote", "offset": 0, "length": 2}, {"type": "bold", "offset": 1, "length": 1}]
    assert styles_of("ab", entities) == (Style(quoted=True), Style(quoted=True, bold=True))


def test_lines_break_between_words() -> None:
    assert [line.text for line in lines_of(Bubble("when is the meeting?"), 150)] == ["when is", "the", "meeting?"]


def test_line_breaks_of_the_text_stay() -> None:
    assert [line.text for line in lines_of(Bubble("a\n\nb"), 500)] == ["a", "", "b"]


@given(st.text(st.sampled_from("ab \n"), max_size=60), st.integers(60, 300))
def test_no_line_is_wider_than_it_may_be_and_no_word_is_lost(text: str, width: int) -> None:
    lines = lines_of(Bubble(text), width)
    assert max(sum(run.width for run in line.runs) for line in lines) <= width
    assert "".join("".join(line.text for line in lines).split()) == "".join(text.split())


def test_buttons_make_a_message_higher() -> None:
    plain, buttoned = size_of(Bubble("yes")), size_of(Bubble("yes", buttons=(("Passage", "Other answers"), ("👍", "👎"))))
    assert plain[0] == buttoned[0] == WIDTH
    assert buttoned[1] > plain[1]


def test_an_image_stands_above_the_words() -> None:
    picture = BytesIO()
    Image.new("RGB", (10, 10), "#ff0000").save(picture, "PNG")
    drawn = Image.open(BytesIO(draw([Bubble("a red square", image=picture.getvalue())]))).convert("RGB")
    assert drawn.getpixel((WIDTH // 2, 200)) == (255, 0, 0)


def test_styles_must_fit_the_text() -> None:
    with pytest.raises(ValueError, match="one for each of the 2 characters, got 1"):
        Bubble("ab", (Style(),))
