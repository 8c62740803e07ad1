"""`quotewire digest --dry-run` over a library without stores."""

import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from bot.cli import build_app
from bot.commands.digest import ONLY_DRY, read_moment
from bot.digests import dry_run as digest_output
from bot.digests.previews import Preview
from bot.digests.schedule import Rhythm, Schedule, Slot
from bot.digests.subscriptions import Pause
from bot.errors import UsageError
from retrieval.answer import Citation
from retrieval.summaries.briefing import Briefing, StorySummary
from tests.bot.fake_backend import STAR, FakeBackend
from tests.bot.newsroom import EIGHT, a_subscription, evidence_of

SLOT = Slot.parse("2025-02-01T08:00")
CITED = Citation.of(STAR)
STORY = StorySummary(STAR.id, CITED, (evidence_of(STAR),), (CITED,), 1, frozenset([STAR.id]))
DUE = Preview(a_subscription(), SLOT, EIGHT, Briefing((STORY,), 2))
LATER = Preview(a_subscription(-101), None, EIGHT, Briefing(()))
SILENT = Preview(a_subscription(-102), SLOT, EIGHT, Briefing(()))
PAUSED = Preview(
    a_subscription(-103, schedule=Schedule(rhythm=Rhythm.DAILY, zone="Pacific/Honolulu"), pause=Pause("removed", EIGHT)),
    None,
    None,
    Briefing(()),
)


@pytest.fixture
def backend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeBackend:
    monkeypatch.chdir(tmp_path)
    return FakeBackend()


def run(backend: FakeBackend, *arguments: str) -> tuple[int, str, str]:
    found = CliRunner().invoke(build_app(backend, clock=lambda: 0.0), ["digest", *arguments])
    return found.exit_code, found.stdout, found.stderr


def test_each_chat_is_told_with_what_it_would_get(backend: FakeBackend) -> None:
    backend.library.previews = [DUE, LATER, SILENT, PAUSED]
    code, shown, _ = run(backend, "--dry-run", "--at", "2025-02-01")
    assert (code, shown.split("\n\n")) == (
        0,
        [
            "Chat -100: the digest of 2025-02-01 08:00 is due, 1 message\n"
            "  Netanyahu to Visit the White House (1 source)\n    “The first visit is set.” (The Star)",
            "Chat -101: nothing is due; next: Saturday, 1 February, 08:00 (UTC)",
            f"Chat -102: the digest of 2025-02-01 08:00 is due, {digest_output.SILENT}",
            "Chat -103: paused since Friday, 31 January: removed\n",
        ],
    )


def test_as_json_it_is_one_object(backend: FakeBackend) -> None:
    backend.library.previews = [DUE]
    code, shown, _ = run(backend, "--dry-run", "--at", "2025-02-01T08:30", "--json")
    found = json.loads(shown)
    [chat] = found["chats"]
    [told] = chat.pop("stories")
    assert (code, found["at"], told["sentences"][0]["text"], told["articles"]) == (
        0,
        "2025-02-01T08:30:00+00:00",
        "The first visit is set.",
        [STAR.id],
    )
    assert chat == {
        "chat_id": -100,
        "due": True,
        "slot": "2025-02-01T08:00",
        "next": "2025-02-01T08:00+00:00",
        "paused": None,
        "rhythm": "daily",
        "zone": "UTC",
        "topics": "",
        "messages": 1,
        "left_out": 2,
    }


def test_without_chats_it_says_how_to_set_one_up(backend: FakeBackend) -> None:
    assert run(backend, "--dry-run")[:2] == (0, f"{digest_output.NO_CHATS}\n")


def test_it_sends_nothing_itself(backend: FakeBackend) -> None:
    assert run(backend)[::2] == (2, f"{ONLY_DRY}\n")


def test_a_moment_that_is_none_is_refused(backend: FakeBackend) -> None:
    code, _, complaint = run(backend, "--dry-run", "--at", "teatime")
    assert (code, "2025-03-30T08:00" in complaint) == (2, True)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-03-30T08:00", "2025-03-30T08:00+02:00"),
        ("2025-03-30T08:00+05:00", "2025-03-30T08:00+05:00"),
        ("2025-01-01", "2025-01-01T00:00+01:00"),
    ],
)
def test_a_moment_without_a_zone_is_one_of_the_setting_s_zone(text: str, moment: str) -> None:
    assert read_moment(text, ZoneInfo("Europe/Berlin")) == datetime.fromisoformat(moment)


def test_a_moment_of_words_is_none() -> None:
    with pytest.raises(UsageError, match="is no moment"):
        read_moment("soon", ZoneInfo("UTC"))
