"""Summaries over the real index: promise 1 for each of their sentences, and the contract of the command."""

import json
from typing import Any

import pytest

from bot.assembly import open_catalog
from bot.settings import Settings
from tests.running import Quotewire

pytestmark = [pytest.mark.e2e, pytest.mark.models]


def texts_of(sample: Quotewire) -> dict[str, str]:
    """Return the stored text of each article, by id."""
    with open_catalog(Settings(_env_file=None, data_dir=sample.data_dir)) as catalog:
        return {entry.article.id: entry.article.text for entry in catalog.entries()}


def assert_verbatim(sample: Quotewire, sentences: list[Any]) -> None:
    texts = texts_of(sample)
    assert sentences
    for sentence in sentences:
        assert texts[sentence["article"]["id"]][sentence["start"] : sentence["end"]] == sentence["text"]


def test_what_is_new_is_told_as_stories_in_verbatim_sentences(sample: Quotewire) -> None:
    shown = sample.run("summary", "--json")
    assert shown.code == 0, shown.output
    stories = json.loads(shown.stdout)["stories"]
    assert sum(len(story["articles"]) for story in stories) == 14
    assert 4 <= len(stories) <= 5  # a factory's hopes are on the edge of the takeover that they hang on
    assert all(1 <= len(story["sentences"]) <= 3 for story in stories)
    assert_verbatim(sample, [sentence for story in stories for sentence in story["sentences"]])


def test_a_timeline_quotes_its_dates_where_they_stand(sample: Quotewire) -> None:
    events = json.loads(sample.run("summary", "bridge", "--timeline", "--json").stdout)["events"]
    dates = [event["date"] for event in events]
    assert "2025-03-11" in {date[:10] for date in dates}
    assert [date[:7] for date in dates] == sorted(date[:7] for date in dates)
    assert_verbatim(sample, [evidence for event in events for evidence in event["evidence"]])


def test_a_topic_that_no_article_mentions_is_one_sentence(sample: Quotewire) -> None:
    shown = sample.run("summary", "volcanoes of iceland")
    assert (shown.code, shown.stdout.strip()) == (0, "My articles do not mention that topic.")
