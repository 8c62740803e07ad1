import json
from pathlib import Path

import pytest

from tests.bot.test_cli import quotewire
from tests.retrieval.evaluation.test_summary_scores import ROW, TEXT


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(folder: Path, *rows: object) -> str:
    path = folder / "summaries.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def test_eval_summary_scores_ours_beside_the_others(tmp_path: Path) -> None:
    shown = quotewire("eval", "summary", written(tmp_path, ROW, ROW), "--json", "--seed", "3").object
    assert (shown["articles"], shown["length"], shown["seed"]) == (2, {"unit": "words", "share": 0.45}, 3)
    assert shown["sentences"] == shown["verbatim"]
    systems, ahead = shown["systems"], shown["ahead"]
    assert isinstance(systems, dict)
    assert isinstance(ahead, dict)
    assert list(systems) == ["quotewire", *ahead]
    assert set(ahead) == {"lead-3", "lead", "lexrank", "textrank", "lsa"}
    assert set(ahead["lsa"]["rouge2"]) == {"mean", "low", "high"}


def test_eval_summary_shows_a_table(tmp_path: Path) -> None:
    shown = quotewire("eval", "summary", written(tmp_path, ROW, ROW), "--limit", "1", "--share", "0.5")
    assert shown.code == 0
    assert "1 articles, at most 50 % of the words of each" in shown.out


@pytest.mark.parametrize(("rows", "complaint"), [([], "has no articles to summarise"), ([{"text": TEXT}], "line 1: summary")])
def test_eval_summary_says_what_is_wrong_with_the_file(tmp_path: Path, rows: list[object], complaint: str) -> None:
    shown = quotewire("eval", "summary", written(tmp_path, *rows))
    assert shown.code == 2
    assert complaint in shown.err


def test_eval_summary_needs_a_file() -> None:
    assert quotewire("eval", "summary", "nowhere.jsonl").code == 2
