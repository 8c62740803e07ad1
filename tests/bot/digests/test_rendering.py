"""Digests as messages: readable, safe for hostile text, within Telegram's limits."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests import messages as digest_messages
from bot.digests.rendering import MAX_ENTITIES, drafts, fits, nothing_new, story_block, with_notice, written
from bot.digests.subscriptions import WhenEmpty
from bot.markup import LIMIT, units, visible
from retrieval.answer import Citation, Evidence, Extract, Variant
from retrieval.summaries.briefing import Briefing, Difference, StorySummary
from tests.bot.objects import HARBOUR, LOWLAND, evidence
from tests.telegram.rules import parse_html

DAY = date(2025, 3, 10)
SENTENCE = evidence("The meeting is on 4 February at the White House.")
STORY = StorySummary("s1", HARBOUR, (SENTENCE,), (HARBOUR, LOWLAND), 2, frozenset(["a1", "a2"]))


def test_a_story_has_its_headline_its_sentences_and_its_sources() -> None:
    link = "https://harbour.example/1?a=1&amp;b=2"
    assert story_block(STORY) == (
        f'<b><a href="{link}">Leaders to meet</a></b>\n'
        "<blockquote>The meeting is on 4 February at the White House.</blockquote>\n"
        f'<a href="{link}">Harbour Post</a>, 29 January 2025\n'
        "<i>2 sources</i>"
    )


def test_a_development_is_called_one_and_what_differs_is_shown() -> None:
    versions = (Variant("x", (evidence("4 February"),), 1), Variant("y", (evidence("February", LOWLAND),), 1))
    told = visible(story_block(replace(STORY, is_development=True, differing=(Difference(versions),))))
    assert told.startswith(digest_messages.DEVELOPMENT)
    assert (
        "They differ:\n• 4 February: “The meeting is on 4 February at the White House.” (Harbour Post, 29 January 2025)\n"
        "• February: “The meeting is on 4 February at the White House.” (Lowland Courier, 29 January 2025)\n2 sources"
    ) in told


def test_quotes_of_what_differs_give_way_where_a_message_has_no_room_for_them() -> None:
    words = "word " * 400
    cited = replace(HARBOUR, title=words, source=words)
    long, *others = (evidence(text, cited, text=text, quote=text) for text in (f"{number} {words}" for number in "123"))
    differing = Difference((Variant("x", (long, long), 2), Variant("y", (long,), 1), Variant("z", (long,), 1)))
    crowded = replace(STORY, headline=long.citation, sentences=(long, *others), differing=(differing, differing))
    assert fits(story_block(crowded))
    assert "“1 word" not in visible(story_block(crowded)).partition("They differ:")[2]
    assert "“1 word" in visible(story_block(replace(crowded, differing=(differing,)))).partition("They differ:")[2]


def test_a_digest_names_its_day_and_says_how_to_change_it() -> None:
    [draft] = drafts(Briefing((STORY,), 3), DAY)
    assert draft.articles == ("a1", "a2")
    shown = visible(draft.html)
    assert shown.startswith("News of Monday, 10 March · 1 story\n\nLeaders to meet")
    assert shown.endswith(f"{digest_messages.LEFT_OUT.format(stories='3 stories')}\n\n{digest_messages.FOOTER}")


def test_a_day_without_news_is_one_line_or_silence() -> None:
    assert written(Briefing(()), DAY, when_empty=WhenEmpty.SKIP) == []
    assert written(Briefing(()), DAY, when_empty=WhenEmpty.LINE) == nothing_new(DAY)
    assert visible(nothing_new(DAY)[0].html).startswith("Nothing new in my articles on Monday, 10 March.")


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=3000)
CITATIONS = st.builds(
    Citation,
    id=st.text("abc123", min_size=1, max_size=16),
    title=WORDS,
    source=WORDS,
    url=st.sampled_from([None, "https://x.example/?a=1&b=\"'<>", "https://x.example/" + "y" * 600]),
    published=st.just(HARBOUR.published),
    file=st.none(),
)


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    text = draw(WORDS)
    whole = Extract(0, len(text), text)
    return Evidence(draw(CITATIONS), whole, whole, whole, 1.0)


STORIES = st.builds(
    StorySummary,
    id=st.just("s"),
    headline=CITATIONS,
    sentences=st.lists(evidences(), max_size=3).map(tuple),
    articles=st.lists(CITATIONS, min_size=1, max_size=4).map(tuple),
    sources=st.integers(1, 9),
    new=st.just(frozenset[str]()),
    is_development=st.booleans(),
)


@given(st.lists(STORIES, min_size=1, max_size=12), st.integers(0, 5))
@settings(max_examples=60)
def test_every_message_is_one_that_telegram_takes_and_no_story_is_lost_or_cut(stories: list[StorySummary], left_out: int) -> None:
    made = drafts(Briefing(tuple(stories), left_out), DAY)
    for draft in made:
        sent = parse_html(with_notice(digest_messages.TOPIC_GONE, draft.html))
        assert (units(sent.text) <= LIMIT, len(sent.entities) <= 100) == (True, True)
    assert [article for draft in made for article in draft.articles] == [cited.id for story in stories for cited in story.articles]
    together = "\n\n".join(draft.html for draft in made)
    assert [story_block(story) in together for story in stories] == [True] * len(stories)


@pytest.mark.parametrize(
    ("html", "expected"), [("<b>x</b>" * MAX_ENTITIES, True), ("<b>x</b>" * (MAX_ENTITIES + 1), False), ("x" * 4000, False)]
)
def test_what_is_too_much_for_a_message_does_not_fit(html: str, expected: bool) -> None:
    assert fits(html) == expected
