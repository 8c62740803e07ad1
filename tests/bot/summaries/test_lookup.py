import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from rich.text import Text

from bot.summaries.cards import briefing_card
from bot.summaries.json_output import article_summary_object, briefing_object
from bot.summaries.lookup import look_up, read_wish
from bot.summaries.rendering import briefing_html, story_html
from retrieval.summaries.briefing import Briefing, StorySummary
from retrieval.summaries.differing import differences
from tests.bot.fake_backend import POST, STAR
from tests.bot.fake_summaries import LATEST, FakeSummariser, story

NOW = LATEST + timedelta(days=1)
VISIT = story(STAR, "The first visit is set.", "The meeting is on February 4 in Washington.", others=[POST])


def asked(fake: FakeSummariser, *, topic: str | None = None, since: datetime | None = None, now: datetime = NOW) -> str:
    return look_up(fake, topic=topic, since=since, now=now).heading


def test_what_is_new_goes_back_some_days_where_nothing_else_is_asked_for() -> None:
    fake = FakeSummariser([VISIT])
    assert asked(fake) == "New since 30 January 2025, 08:30 UTC:"
    assert fake.asked == [("since", NOW - timedelta(days=3))]


def test_where_nothing_is_new_the_last_articles_are_told() -> None:
    fake = FakeSummariser([VISIT])
    found = look_up(fake, topic=None, since=None, now=LATEST + timedelta(days=30))
    assert (found.briefing.stories, found.heading) == ((VISIT,), "New since 31 January 2025, 08:30 UTC:")


def test_one_sentence_says_that_there_is_nothing() -> None:
    fake = FakeSummariser([VISIT])
    assert asked(fake, since=LATEST) == "There is nothing new since 1 February 2025, 08:30 UTC."
    assert asked(fake, topic="volcano") == "My articles do not mention that topic."
    assert asked(fake, topic="volcano", since=LATEST) == "Nothing new on that topic since 1 February 2025, 08:30 UTC."
    assert asked(FakeSummariser(latest=None)) == "There are no articles yet; add some with: quotewire add FILE_OR_FOLDER"


def test_a_topic_needs_no_heading_and_a_moment_gives_it_one() -> None:
    fake = FakeSummariser([VISIT])
    assert asked(fake, topic="netanyahu") == ""
    assert asked(fake, topic="netanyahu", since=LATEST) == "New since 1 February 2025, 08:30 UTC:"


@pytest.mark.parametrize(
    ("typed", "topic", "since"),
    [
        ("", None, None),
        (" gaza ", "gaza", None),
        ("since 2025-01-30", None, "2025-01-30"),
        ("the St. Orla Bridge since 2025-01-30", "the St. Orla Bridge", "2025-01-30"),
        ("gaza Since January", "gaza", "2025-01-01"),
        ("since two weeks", None, "2025-01-19T08:30"),
        ("laws since the war", "laws since the war", None),
        ("October 7", "October 7", None),
        (" since the war", "since the war", None),
    ],
)
def test_a_topic_and_a_moment_can_be_typed_together(typed: str, topic: str | None, since: str | None) -> None:
    assert read_wish(typed, NOW) == (topic, datetime.fromisoformat(since).replace(tzinfo=NOW.tzinfo) if since else None)


def test_the_terminal_shows_stories_with_their_sentences_and_sources() -> None:
    shown = briefing_card(Briefing((VISIT,), 2), heading="New since yesterday:")
    assert isinstance(shown, Text)
    assert shown.plain == (
        "New since yesterday:\n\n"
        "Netanyahu to Visit the White House\n"
        f"2 sources, 29 January 2025 [{STAR.id}]\n"
        "  “The first visit is set.”\n"
        "  “The meeting is on February 4 in Washington.”\n"
        "    The Star, 29 January 2025, https://star.example/visit\n\n"
        "2 more stories."
    )


def test_hostile_words_cannot_command_the_terminal() -> None:
    assert "\x1b" not in briefing_card(Briefing((story(POST, POST.text),))).plain


def test_a_development_is_called_so_and_a_story_without_a_sentence_too() -> None:
    shown = briefing_card(Briefing((story(STAR, is_development=True),))).plain
    assert "New in this story:\nI found no sentence in it that can be read alone." in shown


def test_the_object_has_every_sentence_with_its_offsets() -> None:
    found = look_up(FakeSummariser([VISIT], left_out=1), topic=None, since=LATEST - timedelta(days=1), now=NOW)
    shown = briefing_object(found, topic=None)
    stories = shown["stories"]
    assert (shown["since"], shown["left_out"], shown["topic"]) == ("2025-01-31T08:30:00+00:00", 1, None)
    assert isinstance(stories, list)
    assert isinstance(stories[0], dict)
    sentences = stories[0]["sentences"]
    assert isinstance(sentences, list)
    assert [STAR.text[each["start"] : each["end"]] == each["text"] for each in sentences if isinstance(each, dict)] == [True, True]  # type: ignore[index]


def contested() -> StorySummary:
    one = replace(STAR, text="The bridge in Brennick will reopen on June 2, police said.", source="The <Star>")
    other = replace(POST, text="Police said the bridge in Brennick should reopen on May 19.", source="Post")
    return replace(story(one, one.text, others=[other]), differing=differences([one, other]))


def test_what_the_articles_tell_differently_is_marked_in_the_terminal() -> None:
    assert briefing_card(Briefing((contested(),))).plain.endswith(
        "  The articles differ:\n"
        "  • June 2 = 2025-06-02: “The bridge in Brennick will reopen on June 2, police said.”\n"
        "    The <Star>, 29 January 2025, https://star.example/visit\n"
        "  • May 19: “Police said the bridge in Brennick should reopen on May 19.”\n"
        "    Post, post.txt"
    )


def test_what_the_articles_tell_differently_is_marked_in_the_chat_in_a_list_and_alone() -> None:
    marked = (
        "The articles differ:\n"
        "• <b>June 2</b> (Monday 2 June 2025): “The bridge in Brennick will reopen on <b>June 2</b>, police said.” "
        '(<a href="https://star.example/visit">The &lt;Star&gt;</a>, 29 January 2025)\n'
        "• <b>May 19</b>: “Police said the bridge in Brennick should reopen on <b>May 19</b>.” (Post)"
    )
    assert story_html(contested()).endswith(marked)
    assert briefing_html(Briefing((contested(),)), heading="").endswith(marked)


def test_the_object_has_each_version_of_what_the_articles_tell_differently() -> None:
    [shown] = json.loads(json.dumps(article_summary_object(contested())))["stories"]
    [[one, other]] = shown["differing"]
    assert [(each["value"], each["text"], each["sources"]) for each in (one, other)] == [
        ("2025-06-02", "June 2", 1),
        ("--05-19", "May 19", 1),
    ]
    assert other["quote"] == "Police said the bridge in Brennick should reopen on May 19."
    assert [article["source"] for article in one["articles"]] == ["The <Star>"]


def test_stories_that_a_message_has_no_room_for_are_counted() -> None:
    told = contested()
    long = replace(told, headline=replace(told.headline, title="T" * 140), differing=told.differing * 3)
    html = briefing_html(Briefing((long,) * 12, 2), heading="")
    shown = html.count("T" * 140)
    assert 1 < shown < 12
    assert html.endswith(f"\n\n{14 - shown} more stories.")
