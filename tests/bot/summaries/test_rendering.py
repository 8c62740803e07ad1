"""Summaries as messages: within Telegram's limits, whatever the articles say."""

from dataclasses import replace

import pytest

from bot.markup import LIMIT, units, visible
from bot.summaries import messages
from bot.summaries.rendering import briefing_html, story_html
from retrieval.answer import Variant
from retrieval.summaries.briefing import Briefing, Difference, StorySummary
from tests.bot.objects import HARBOUR, evidence
from tests.telegram.rules import parse_html

WORDS = "word & " * 400
CITED = replace(HARBOUR, title=WORDS, source=WORDS)
VALUES = [evidence(f"{number} {WORDS}", CITED, text=f"{number} {WORDS}", quote=f"{number} {WORDS}") for number in "123"]
DIFFERING = Difference(tuple(Variant(value.span.text, (value, *VALUES), 4) for value in VALUES))
CROWDED = StorySummary("s1", CITED, tuple(VALUES), (CITED,), 4, frozenset(["a1"]), (DIFFERING,) * 3)


@pytest.mark.parametrize(
    "html",
    [story_html(CROWDED), briefing_html(Briefing((CROWDED,)), heading="New:"), briefing_html(Briefing((CROWDED,) * 6), heading="New:")],
    ids=["a story", "a briefing of one", "a briefing of six"],
)
def test_a_message_is_never_longer_than_one_may_be(html: str) -> None:
    assert units(parse_html(html).text) <= LIMIT
    assert visible(html).count(messages.DIFFER) >= 3


def test_quotes_of_what_differs_give_way_before_sentences_do() -> None:
    shown = visible(story_html(CROWDED))
    assert "“1 word" not in shown.partition(messages.DIFFER)[2]
    assert "\n1 word" in shown.partition(messages.DIFFER)[0]
    one = visible(story_html(replace(CROWDED, sentences=tuple(VALUES[:1]), differing=(DIFFERING,))))
    assert "“1 word" in one.partition(messages.DIFFER)[2]
