from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.protocols import Vectors
from retrieval.summaries.topics import (
    LEAD,
    MAX_TOPIC_LENGTH,
    MAX_TOPICS,
    SEARCHED_LENGTH,
    Filter,
    Match,
    Remembering,
    Topics,
    is_description,
)
from tests.builders import an_article
from tests.fakes import WordEmbedder

BODY = "x. " * 200


def why(topics: str, **article: object) -> str | None:
    """Return why an article fits; None where it does not."""
    [match] = Filter(Topics.parse(topics), WordEmbedder(), threshold=0.5).matches([an_article(**article)])
    return match.why if match else None


@pytest.mark.parametrize(
    ("text", "include", "exclude"),
    [
        ("gaza, economy", ("gaza", "economy"), ()),
        ('  "rate cut" ; not football\n-Sport, without weather', ('"rate cut"',), ("football", "Sport", "weather")),
        ('"peace, now", about space', ('"peace, now"', "about space"), ()),
        ("gaza, gaza,, ,", ("gaza",), ()),
        ("northern lights, notary", ("northern lights", "notary"), ()),
        ("", (), ()),
        ("all", (), ()),
        ("Everything, gaza", (), ()),
        ("all, not sport", (), ("sport",)),
        ("everything but sport", (), ("sport",)),
        ("All except for sport", (), ("sport",)),
        ("all the news", ("all the news",), ()),
        ("gaza, but not sport", ("gaza",), ("sport",)),
        ("gaza but not sport, no weather", ("gaza",), ("sport", "weather")),
        ('"rate cut" not sport; "to be or not to be"', ('"rate cut"', '"to be or not to be"'), ("sport",)),
    ],
)
def test_topics_are_read_from_a_list(text: str, include: tuple[str, ...], exclude: tuple[str, ...]) -> None:
    assert Topics.parse(text) == Topics(include, exclude)


@given(st.lists(st.sampled_from(["gaza", '"rate cut"', "about space", "wars in the east", "Côte d’Ivoire"]), max_size=5, unique=True))
def test_topics_are_written_as_they_are_read(topics: list[str]) -> None:
    written = Topics(tuple(topics[:2]), tuple(topics[2:]))
    assert Topics.parse(str(written)) == written


@pytest.mark.parametrize("text", ["!!!", "a" * (MAX_TOPIC_LENGTH + 1), ",".join(f"t{i}" for i in range(MAX_TOPICS + 1))])
def test_what_is_no_topic_and_too_many_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="include must"):
        Topics.parse(text)


@pytest.mark.parametrize(
    ("topic", "article", "expected"),
    [
        ("bridge", {"title": "Bridge to reopen"}, "in the title"),
        ("BRIDGES", {"title": "Bridge to reopen"}, "in the title"),
        ("bridge", {"title": "x", "text": f"The bridge’s towers. {BODY}"}, "in the first lines"),
        ("bridge", {"title": "x", "text": f"{BODY} bridge, bridge, bridges."}, "3 times in the text"),
        ("bridge", {"title": "x", "text": f"{BODY} bridge, bridge."}, None),
        ("bridge", {"title": "Abridged", "text": "Nothing."}, None),
        ("reopen bridge", {"title": "Bridge to reopen"}, "in the title"),
        ('"reopen bridge"', {"title": "Bridge to reopen", "text": "x"}, None),
        ('"to reopen"', {"title": "Bridge to reopen"}, "in the title"),
        ("“to reopen”", {"title": "Bridge to reopen"}, "in the title"),
        ("(a+)+$", {"title": "a" * 50, "text": "x"}, None),
        ("Erdogan", {"title": "Erdoğan’s visit"}, "in the title"),
        ("São Paulo", {"title": "Floods in Sao Paulo"}, "in the title"),
        ("Bogotá", {"title": "Bogota\u0301 votes"}, "in the title"),
        ("UN", {"title": "U.N. envoy resigns"}, "in the title"),
        ("U.S.", {"title": "US envoy resigns"}, "in the title"),
        ("us economy", {"title": "U.S. economy grows"}, "in the title"),
        ("THE ECONOMY", {"title": "The economy grows"}, "in the title"),
        ("US", {"title": "He told us", "text": "Tell us. Help us. Join us."}, None),
        ("WHO", {"title": "Those who fled", "text": "The man who ran, who fell, who rose."}, None),
        ('"WHO says"', {"title": "WHO says it is over"}, "in the title"),
    ],
)
def test_words_and_phrases_fit_where_an_article_is_about_them(topic: str, article: dict[str, object], expected: str | None) -> None:
    assert why(topic, **article) == expected


def test_words_are_counted_in_the_beginning_of_a_very_long_article() -> None:
    assert why("june", title="A bridge", text="x " * LEAD + "June, June and June.") == "3 times in the text"
    assert why("june", title="A bridge", text="x " * SEARCHED_LENGTH + "June, June and June.") is None


def test_a_description_fits_by_meaning() -> None:
    assert why("the reopening of bridges in june", title="Bridges in june", text="The reopening of bridges.") == "by meaning"
    assert why("about june", title="Tide tables", text="Nothing to see.") is None


@pytest.mark.parametrize(("topic", "expected"), [("gaza", False), ("middle east", False), ("war in the east", True), ("about sport", True)])
def test_what_has_more_words_than_a_name_is_a_description(topic: str, expected: bool) -> None:
    assert (is_description(topic), is_description(f'"{topic}"')) == (expected, False)


def test_what_is_excluded_does_not_fit_whatever_else_does() -> None:
    assert why("bridge, not june", title="Bridge to reopen in June") is None
    assert why("not june", title="Bridge to reopen in June") is None
    assert why("not may", title="Bridge to reopen in June") == ""


def test_a_text_is_embedded_once_for_as_long_as_it_is_among_the_latest() -> None:
    asked: list[str] = []

    class Counting(WordEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            asked.extend(texts)
            return super().embed(texts)

    embedder = Remembering(Counting(), size=2)
    found = [embedder.embed(texts) for texts in (["a", "b", "a"], ["b", "a"], ["c", "c"], ["a"])]
    assert asked == ["a", "b", "c", "a"]
    assert np.array_equal(found[0][[1, 0]], found[1])


def test_without_topics_everything_fits() -> None:
    assert (Topics().everything, why("")) == (True, "")


def test_the_topic_that_fits_is_named() -> None:
    [match] = Filter(Topics.parse("tunnel, bridge"), WordEmbedder()).matches([an_article(title="A bridge")])
    assert match == Match("bridge", "in the title")
