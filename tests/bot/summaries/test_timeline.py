from dataclasses import replace
from datetime import date

import pytest

from bot.markup import units, visible
from bot.summaries.cards import timeline_card
from bot.summaries.json_output import timeline_object
from bot.summaries.rendering import timeline_html
from bot.summaries.timeline_picture import draw_timeline
from retrieval.dates.partial_date import PartialDate
from retrieval.summaries.timeline import MAX_EVENTS
from tests.bot.fake_backend import POST, STAR
from tests.bot.fake_summaries import event

MEETING = event(STAR, "2025-02-04", "The meeting is on February 4 in Washington.", "February 4")
TALKS = event(POST, "2025-02-16", POST.text, "the 16th day")
TODAY = date(2025, 2, 10)


def test_the_terminal_shows_dates_quotes_and_sources() -> None:
    assert timeline_card([MEETING, TALKS], title="the talks", today=TODAY).plain == (
        "Timeline: the talks\n\n"
        "Tuesday 4 February 2025 (2025-02-04)\n  “The meeting is on February 4 in Washington.”\n    The Star\n\n"
        "Sunday 16 February 2025 (2025-02-16) (still to come)\n"
        "  “Talks begin on the 16th day, �[31ma source said.”\n    Talks [bold]Delayed[/bold]"
    )


def test_the_object_has_every_event_with_its_offsets() -> None:
    shown = timeline_object([MEETING], topic=None, today=TODAY)
    events = shown["events"]
    assert isinstance(events, list)
    assert isinstance(events[0], dict)
    evidence = events[0]["evidence"]
    assert (events[0]["date"], events[0]["ahead"], events[0]["sources"]) == ("2025-02-04", False, 1)
    assert isinstance(evidence, list)
    assert isinstance(evidence[0], dict)
    start, end = evidence[0]["start"], evidence[0]["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert STAR.text[start:end] == evidence[0]["text"] == "February 4"


def test_the_newest_of_all_the_events_of_a_timeline_is_told_however_long_their_sentences_are() -> None:
    told = replace(STAR, text=f"The meeting is on February 4 {'and goes on ' * 30}for days.")
    events = [event(told, "2025-02-04", told.text, "February 4")] * (MAX_EVENTS - 1)
    html = timeline_html([*events, TALKS], title="talks", today=TODAY)
    assert (html.count("Tuesday 4 February 2025"), "Sunday 16 February 2025" in html) == (MAX_EVENTS - 1, True)


def test_the_message_holds_as_many_events_as_fit() -> None:
    html = timeline_html([MEETING] * 60, title="x" * 500, today=TODAY)
    assert 3500 < units(visible(html)) <= 4096


def test_hostile_words_stay_words() -> None:
    hostile = replace(STAR, text="<b>On February 4</b> the meeting is & was <i>here</i> for all.", title="<script>")
    html = timeline_html([event(hostile, "2025-02-04", hostile.text, "February 4")], title="<u>", today=TODAY)
    assert "&lt;b&gt;On <b>February 4</b>&lt;/b&gt;" in html
    assert "<u>" not in html


@pytest.mark.parametrize("before", ["", "word " * 100], ids=["at the end", "beyond what is shown of the quote"])
def test_the_words_of_the_date_are_always_bold(before: str) -> None:
    told = replace(STAR, text=f"{before}The meeting is on February 4")
    html = timeline_html([event(told, "2025-02-04", told.text, "February 4")], title="", today=TODAY)
    assert "is on <b>February 4</b>” " in html


def test_the_picture_is_drawn_whatever_the_words_are() -> None:
    strange = replace(STAR, text="On February 4 $x^2$ \\frac 漢字 𝄞 \u202e مرحبا " + "word " * 300 + "ended.")
    month = replace(event(strange, "2025-02-04", strange.text, "February 4"), date=PartialDate(2025, 2))
    picture = draw_timeline([MEETING, month, TALKS] * 5, title="$ 漢字 _^ " * 30, today=TODAY)
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 2_000_000


def test_the_same_events_give_the_same_picture() -> None:
    assert draw_timeline([MEETING], title="talks", today=TODAY) == draw_timeline([MEETING], title="talks", today=TODAY)
