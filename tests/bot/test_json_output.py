"""What `--json` prints, to the letter of design.md section 7."""

import json
from dataclasses import replace

from bot.json_output import added_object, article_object, articles_object, asked_object, dumps, feed_object, sources_object
from corpus.article import Published
from corpus.catalog import CatalogEntry, SourceSummary
from retrieval.answering import Asked
from retrieval.outcome import Indexed, Outcome
from tests.bot.fake_backend import ANSWER, FIRST_SEEN, MEETING, MILLISECONDS, POST, STAR, STAR_EVIDENCE, no_answer
from tests.bot.fake_feeds import FAILING, NOON

STAR_OBJECT = {
    "id": STAR.id,
    "file": "star.md",
    "title": "Netanyahu to Visit the White House",
    "source": "The Star",
    "url": "https://star.example/visit",
    "published": "2025-01-29",
    "updated": None,
    "note": None,
}
POST_OBJECT = {
    "id": POST.id,
    "file": "post.txt",
    "title": POST.title,
    "source": None,
    "url": None,
    "published": None,
    "updated": None,
    "note": None,
}
STAR_ANSWER = {
    "text": "February 4",
    "value": "2025-02-04",
    "kind": "when",
    "confidence": 0.9,
    "start": 42,
    "end": 52,
    "quote": "The meeting is on February 4 in Washington.",
    "article": STAR_OBJECT,
    "is_copy": False,
}


def test_an_answer_has_every_part_of_the_contract() -> None:
    assert asked_object(Asked(ANSWER, MILLISECONDS)) == {
        "question": MEETING,
        "searched_for": None,
        "answered": True,
        "answer": STAR_ANSWER | {"confidence": 0.93},
        "evidence": [STAR_ANSWER],
        "agreement": {"sources": 2},
        "disagreements": [
            {
                "text": "the 16th day",
                "value": "day 16",
                "articles": [POST_OBJECT | {"quote": "Talks begin on the 16th day, \x1b[31ma source said."}],
            }
        ],
        "alternatives": [STAR_ANSWER | {"text": "Washington", "value": "washington", "confidence": 0.2, "start": 56, "end": 66}],
        "items": [],
        "unanswered": [],
        "closest": [],
        "elapsed_ms": 41.3,
    }


def test_the_items_of_a_list_have_the_shape_of_evidence() -> None:
    listed = replace(ANSWER, items=(STAR_EVIDENCE, STAR_EVIDENCE))
    assert asked_object(Asked(listed, MILLISECONDS))["items"] == [STAR_ANSWER, STAR_ANSWER]


def test_the_parts_of_a_question_that_are_not_answered_are_named() -> None:
    assert asked_object(Asked(replace(ANSWER, unanswered=("where is it?",)), MILLISECONDS))["unanswered"] == ["where is it?"]


def test_offsets_count_the_characters_of_the_articles_text() -> None:
    text = article_object(STAR)["text"]
    assert isinstance(text, str)
    assert text[42:52] == "February 4"


def test_a_misspelt_question_comes_with_what_it_was_taken_for() -> None:
    assert asked_object(Asked(replace(ANSWER, searched_for="bridge"), MILLISECONDS))["searched_for"] == "bridge"


def test_no_answer_has_the_same_keys() -> None:
    nothing = asked_object(Asked(no_answer("why?"), MILLISECONDS))
    assert nothing == {
        "question": "why?",
        "searched_for": None,
        "answered": False,
        "answer": None,
        "evidence": [],
        "agreement": {"sources": 0},
        "disagreements": [],
        "alternatives": [],
        "items": [],
        "unanswered": [],
        "closest": [{"passage": "The first visit is set.", "article": STAR_OBJECT}],
        "elapsed_ms": 41.3,
    }


def test_an_article_comes_with_its_whole_text() -> None:
    assert article_object(POST) == POST_OBJECT | {"author": None, "place": None, "text": POST.text}


def test_an_article_tells_where_it_was_written_and_how_it_was_changed() -> None:
    changed = replace(STAR, place="LONDON", updated=Published.parse("2025-02-05T10:12Z"), note="Correction: It is a Tuesday.")
    told = {"place": "LONDON", "updated": "2025-02-05T10:12+00:00", "note": "Correction: It is a Tuesday."}
    assert article_object(changed) == STAR_OBJECT | {"author": "A. Writer", "text": STAR.text} | told


def test_articles_are_listed_without_their_text() -> None:
    entry = CatalogEntry(STAR, FIRST_SEEN, FIRST_SEEN, 3)
    times = {"first_seen": "2025-02-01T08:30:00+00:00", "changed": "2025-02-01T08:30:00+00:00"}
    known = {"author": "A. Writer", "place": None}
    assert articles_object([entry]) == {"articles": [STAR_OBJECT | known | times | {"passages": 3}]}


def test_sources_keep_the_precision_of_their_newest_article() -> None:
    summaries = [SourceSummary("The Star", 2, Published.parse("2025-01")), SourceSummary("", 1, None)]
    assert sources_object(summaries, [], NOON) == {
        "sources": [{"source": "The Star", "articles": 2, "newest": "2025-01"}, {"source": None, "articles": 1, "newest": None}],
        "feeds": [],
    }


def test_a_feed_says_how_it_does_in_words_and_in_fields() -> None:
    assert feed_object(FAILING, NOON) == {
        "feed": 2,
        "title": "The Star",
        "address": "https://star.example/rss",
        "state": "failing since 12 March 12:00: https://star.example/rss does not exist; check the address.",
        "paused": False,
        "last_fetched": None,
        "new": 0,
        "failures": 1,
        "failing_since": "2025-03-12T12:00:00+00:00",
        "error": "https://star.example/rss does not exist; check the address.",
        "due": "2025-03-12T13:00:00+00:00",
    }


def test_every_added_source_stands_under_its_outcome() -> None:
    results = [
        Indexed(Outcome.ADDED, "a.txt", "1", "A", 4),
        Indexed(Outcome.DUPLICATE, "b.txt", "1", "A", 0, "It says the same as “A”."),
        Indexed(Outcome.SKIPPED, "c.txt", reason="It is empty."),
    ]
    assert added_object(results, [], NOON, 12.345) == {
        "added": [{"source": "a.txt", "id": "1", "title": "A", "passages": 4}],
        "updated": [],
        "unchanged": [],
        "duplicate": [{"source": "b.txt", "id": "1", "title": "A", "reason": "It says the same as “A”."}],
        "skipped": [{"source": "c.txt", "reason": "It is empty."}],
        "feeds": [],
        "elapsed_ms": 12.3,
    }


def test_the_line_is_ascii_and_survives_broken_text() -> None:
    line = dumps({"text": "“é”\n\ud83d"})
    assert (line.isascii(), line.count("\n"), json.loads(line)["text"]) == (True, 0, "“é”\n\ud83d")
