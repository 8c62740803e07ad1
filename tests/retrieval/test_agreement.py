from dataclasses import replace
from math import exp

import pytest

from corpus.article import Article, Published
from retrieval.aggregation import Candidate, candidates_of
from retrieval.agreement import Comparison, Relation
from retrieval.passage import Passage
from retrieval.protocols import Reading, Span
from retrieval.question import Question
from tests.builders import a_hit, an_article
from tests.fakes import WordEmbedder

POST = an_article(
    text="The council met on Monday. The St. Orla Bridge will reopen on June 2, said mayor Odette Farrow. The bridge cost $4.2 million."
)
WIRE = an_article(
    address="https://wire.example/bridge",
    source="Meridian Wire",
    published=Published.parse("2025-03-14"),
    text="The council met on Monday. The St. Orla Bridge will reopen on June 20, said mayor Saoirse Black. The bridge cost $5.6 million.",
)
CHESS = an_article(
    address="https://chess.example/cup",
    title="Chess players gather",
    source="Chess Weekly",
    text="Grandmasters play for 4.2 million dollars, starting June 2.",
)


def answer(question: str, article: Article, text: str, score: float = 5.0) -> Candidate:
    start = article.text.index(text)
    hit = a_hit(Passage(article, 0, len(article.text)))
    [candidate] = candidates_of(Question.parse(question), [hit], [Reading(hit.passage, (Span(start, start + len(text), score),))])
    return candidate


def relation(question: str, one: tuple[Article, str], other: tuple[Article, str]) -> Relation:
    comparison = Comparison(Question.parse(question), WordEmbedder())
    forth, back = answer(question, *one), answer(question, *other)
    assert comparison.relation(forth, back) == comparison.relation(back, forth)
    return comparison.relation(forth, back)


def test_two_dates_for_one_event_contradict() -> None:
    assert relation("when does the bridge reopen?", (POST, "June 2"), (WIRE, "June 20")) == Relation.DIFFERENT


def test_two_amounts_for_one_thing_contradict() -> None:
    assert relation("what did the bridge cost?", (POST, "$4.2 million"), (WIRE, "$5.6 million")) == Relation.DIFFERENT


def test_dates_contradict_only_where_a_date_is_asked_for() -> None:
    assert relation("what about the bridge?", (POST, "June 2"), (WIRE, "June 20")) != Relation.DIFFERENT


def test_amounts_in_different_currencies_do_not_contradict() -> None:
    euros = replace(WIRE, text=WIRE.text.replace("$5.6 million", "€5.6 million"))
    assert relation("what did the bridge cost?", (POST, "$4.2 million"), (euros, "€5.6 million")) == Relation.COMPATIBLE


def test_one_article_never_contradicts_itself() -> None:
    both = replace(POST, text=POST.text + " It was to reopen on May 19.")
    assert relation("when does the bridge reopen?", (both, "June 2"), (both, "May 19")) == Relation.UNRELATED


def test_another_story_neither_agrees_nor_contradicts() -> None:
    assert relation("when is it?", (WIRE, "June 20"), (CHESS, "June 2")) == Relation.UNRELATED
    assert relation("when is it?", (POST, "June 2"), (CHESS, "June 2")) == Relation.UNRELATED
    assert relation("how much?", (POST, "$4.2 million"), (CHESS, "4.2 million dollars")) == Relation.UNRELATED


def test_the_same_in_other_words_is_the_same() -> None:
    other = replace(WIRE, text=WIRE.text.replace("June 20", "2 June"))
    assert relation("when does the bridge reopen?", (POST, "June 2"), (other, "2 June")) == Relation.SAME


def test_the_vaguer_answer_is_compatible() -> None:
    vague = replace(WIRE, text=WIRE.text.replace("on June 20", "in June 2025"))
    assert relation("when does the bridge reopen?", (POST, "June 2"), (vague, "June 2025")) == Relation.COMPATIBLE
    about = replace(WIRE, text=WIRE.text.replace("$5.6 million", "about $4 million"))
    assert relation("what did the bridge cost?", (POST, "$4.2 million"), (about, "about $4 million")) == Relation.COMPATIBLE


def test_two_persons_in_dated_articles_contradict() -> None:
    assert relation("who is the mayor of the bridge?", (POST, "Odette Farrow"), (WIRE, "Saoirse Black")) == Relation.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Muammar Gaddafi", "Moammar Gadhafi"),
        ("Abdel Fattah el-Sisi", "Abdel Fattah al-Sisi"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Mike Johnson", "Michael Johnson"),
        ("Odette Farrow", "Prime Minister"),
        ("Odette Farrow", "White House"),
        ("Justice Department", "Odette Farrow"),
    ],
)
def test_one_person_in_two_spellings_and_what_is_no_person_are_no_contradiction(one: str, other: str) -> None:
    mine, theirs = (
        replace(article, text=article.text.replace(name, answer))
        for article, name, answer in ((POST, "Odette Farrow", one), (WIRE, "Saoirse Black", other))
    )
    assert relation("who is the mayor of the bridge?", (mine, one), (theirs, other)) != Relation.DIFFERENT


def test_a_number_that_is_not_asked_for_is_no_contradiction() -> None:
    north, south = "two miles north of Brennick", "nine miles from Skelmouth"
    post = replace(POST, text=POST.text.replace("reopen on June 2", f"reopen {north}"))
    wire = replace(WIRE, text=WIRE.text.replace("reopen on June 20", f"reopen {south}"))
    assert relation("where does the bridge reopen?", (post, north), (wire, south)) != Relation.DIFFERENT


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("what about the bridge?", "Odette Farrow", "Saoirse Black"),
        ("who is the mayor of the bridge?", "Odette Farrow", "mayor"),
        ("who is the mayor of the bridge?", "The council", "Saoirse Black"),
    ],
)
def test_other_words_are_no_contradiction(question: str, one: str, other: str) -> None:
    assert relation(question, (POST, one), (WIRE, other)) == Relation.COMPATIBLE


def test_persons_in_undated_articles_do_not_contradict() -> None:
    undated = replace(WIRE, published=None)
    assert relation("who is the mayor of the bridge?", (POST, "Odette Farrow"), (undated, "Saoirse Black")) == Relation.COMPATIBLE


def test_a_last_name_means_the_person_of_its_article() -> None:
    wife = replace(WIRE, text="The council met on Monday. The St. Orla Bridge will reopen, said Sara Farrow. Farrow is the mayor.")
    comparison = Comparison(Question.parse("who is the mayor?"), WordEmbedder())
    start = wife.text.rindex("Farrow")
    hit = a_hit(Passage(wife, 0, len(wife.text)))
    reading = Reading(hit.passage, (Span(start, start + len("Farrow"), 5.0),))
    [sara] = candidates_of(Question.parse("who is the mayor?"), [hit], [reading])
    assert sara.text == "Farrow"
    assert not comparison.agree(sara, answer("who is the mayor?", POST, "Odette Farrow"))


def test_ties_are_plain_numbers() -> None:
    question = "when does the bridge reopen?"
    undated = replace(WIRE, published=None)
    comparison = Comparison(Question.parse(question), WordEmbedder())
    first = answer(question, POST, "June 2", 20.0)
    sure, doubtful = (comparison.ties(first, answer(question, undated, "June 20", score)) for score in (20.0, -8.0))
    assert doubtful.focus == pytest.approx(sure.focus / (1 + exp(4)), rel=1e-3)
    assert sure.names == doubtful.names
    assert 0 < sure.focus < 1
    assert 0 < sure.names < 1


def test_articles_that_are_months_apart_report_on_different_events() -> None:
    later = replace(WIRE, published=Published.parse("2025-06-25"))
    assert relation("when does the bridge reopen?", (POST, "June 2"), (later, "June 20")) == Relation.UNRELATED


def test_articles_without_dates_contradict_only_where_they_begin_alike() -> None:
    undated = replace(WIRE, published=None)
    chess = replace(CHESS, published=None, text=f"{CHESS.text} The St. Orla Bridge will reopen on June 20.")
    assert relation("when does the bridge reopen?", (POST, "June 2"), (undated, "June 20")) == Relation.DIFFERENT
    assert relation("when does the bridge reopen?", (POST, "June 2"), (chess, "June 20")) == Relation.UNRELATED


def test_a_date_with_its_year_does_not_contradict_one_that_needs_none() -> None:
    undated, another = (replace(article, published=None) for article in (POST, WIRE))
    assert relation("when does the bridge reopen?", (undated, "June 2"), (another, "June 20")) == Relation.DIFFERENT
    earlier = replace(another, text=another.text.replace("June 20", "June 20, 2018"))
    assert relation("when does the bridge reopen?", (undated, "June 2"), (earlier, "June 20, 2018")) != Relation.DIFFERENT


def test_quotes_about_different_months_do_not_contradict() -> None:
    january = replace(POST, text=POST.text.replace("cost $4.2", "in January cost $4.2"))
    february = replace(WIRE, text=WIRE.text.replace("cost $5.6", "in February cost $5.6"))
    assert relation("what did the bridge cost?", (january, "$4.2 million"), (february, "$5.6 million")) == Relation.UNRELATED


def test_what_the_reader_hardly_believes_does_not_contradict() -> None:
    comparison = Comparison(Question.parse("when does the bridge reopen?"), WordEmbedder())
    believed, doubted = (
        answer("when does the bridge reopen?", POST, "June 2"),
        answer("when does the bridge reopen?", WIRE, "June 20", -9.0),
    )
    assert comparison.relation(believed, doubted) == Relation.UNRELATED


def test_what_is_said_in_like_words_contradicts_even_where_the_reader_doubts_it() -> None:
    comparison = Comparison(Question.parse("when does the bridge reopen?"), WordEmbedder())
    alike, unlike = (
        comparison.ties(answer("when?", POST, "June 2"), answer("when?", replace(WIRE, text=text), "June 20", -2.5)).focus
        for text in (POST.text.replace("June 2", "June 20"), "Ferries sail until June 20 because of that bridge.")
    )
    assert alike > 2 * unlike


def test_sentences_with_other_numbers_are_not_the_same() -> None:
    other = replace(WIRE, text=POST.text.replace("June 2", "June 20"))
    question = "how is the bridge?"
    assert relation(question, (POST, "June 2"), (replace(other, text=POST.text + " "), "June 2")) == Relation.SAME
    assert relation(question, (POST, "June 2"), (other, "June 20")) == Relation.COMPATIBLE
