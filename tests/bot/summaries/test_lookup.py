from dataclasses import replace
from datetime import datetime, timedelta

from rich.text import Text

from bot.summaries.cards import briefing_card
from bot.summaries.json_output import article_summary_object, briefing_object
from bot.summaries.lookup import look_up
from bot.summaries.rendering import briefing_html, story_html
from retrieval.summaries.briefing import Briefing
from retrieval.summaries.differing import differences
from tests.bot.fake_backend import POST, STAR
from tests.bot.fake_summaries import LATEST, FakeSummariser, story

NOW = LATEST + timedelta(days=1)
VISIT = story(STAR, "The first visit is set.", "The meeting is on February 4 in Washington.", others=[POST])


def asked(fake: FakeSummariser, *, topic: str | None = None, since: datetime | None = None, now: datetime = NOW) -> str:
    return look_up(fake, topic=topic, since=since, now=now).heading


def test_what_is_new_goes_back_some_days_where_nothing_else_is_asked_for() -> None:
    fake = FakeSummariser([VISIT])
    assert asked(fake) == "New since 30 January 2025, 08:30:"
    assert fake.asked == [("since", NOW - timedelta(days=3))]


def test_where_nothing_is_new_the_last_articles_are_told() -> None:
    fake = FakeSummariser([VISIT])
    found = look_up(fake, topic=None, since=None, now=LATEST + timedelta(days=30))
    assert (found.briefing.stories, found.heading) == ((VISIT,), "New since 31 January 2025, 08:30:")


def test_one_sentence_says_that_there_is_nothing() -> None:
    fake = FakeSummariser([VISIT])
    assert asked(fake, since=LATEST) == "There is nothing new since 1 February 2025, 08:30."
    assert asked(fake, topic="volcano") == "My articles do not mention that topic."
    assert asked(fake, topic="volcano", since=LATEST) == "Nothing new on that topic since 1 February 2025, 08:30."
    assert asked(FakeSummariser(latest=None)) == "There are no articles yet; add some with: quotewire add FILE_OR_FOLDER"


def test_a_topic_needs_no_heading_and_a_moment_gives_it_one() -> None:
    fake = FakeSummariser([VISIT])
    assert asked(fake, topic="netanyahu") == ""
    assert asked(fake, topic="netanyahu", since=LATEST) == "New since 1 February 2025, 08:30:"


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


def test_what_the_articles_tell_differently_is_marked_everywhere() -> None:
    one = replace(STAR, text="The fire in the Brennick hotel killed 17 people, police said.", source="The <Star>")
    other = replace(POST, text="Police said the fire in the Brennick hotel killed 19 people.", source="Post")
    contested = replace(story(one, one.text, others=[other]), differing=differences([one, other]))
    assert "  The articles differ: 17 (The <Star>, 29 January 2025, https://star.example/visit) / 19 (Post, post.txt)" in (
        briefing_card(Briefing((contested,))).plain
    )
    assert story_html(contested).endswith(
        'The articles differ: <b>17</b> (<a href="https://star.example/visit">The &lt;Star&gt;</a>) / <b>19</b> (Post)'
    )
    shown = article_summary_object(contested)["stories"]
    assert isinstance(shown, list)
    assert isinstance(shown[0], dict)
    assert [[version["value"] for version in each] for each in shown[0]["differing"]] == [["17 people", "19 people"]]  # type: ignore[index,union-attr,call-overload]


def test_stories_that_a_message_has_no_room_for_are_counted() -> None:
    one = replace(STAR, text="The fire in the Brennick hotel killed 17 people, police said.", source="S" * 80)
    other = replace(POST, text="Police said the fire in the Brennick hotel killed 19 people.", source="P" * 80)
    [difference] = differences([one, other])
    long = replace(story(replace(one, title="T" * 150), others=[other]), differing=(difference,) * 3)
    html = briefing_html(Briefing((long,) * 12, 2), heading="")
    shown = html.count("<b>") - html.count("<b>17</b>") - html.count("<b>19</b>")
    assert 1 < shown < 12
    assert html.endswith(f"\n\n{14 - shown} more stories.")
