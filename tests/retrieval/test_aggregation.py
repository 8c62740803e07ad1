"""Grouping, with candidates from one-sentence articles."""

import pytest

from corpus.article import Article
from retrieval.aggregation import Candidate, candidates_of, group
from retrieval.passage import Passage
from retrieval.protocols import Reading, Span
from retrieval.question import Question
from tests.builders import a_hit, an_article


def said(text: str, span: str, score: float, *, question: str = "when is the fair?", source: str = "") -> Candidate:
    """Return the candidate for `span` in an article that is all of `text`."""
    article: Article = an_article(address=f"https://x.example/{text}", text=text, source=source or text)
    hit = a_hit(Passage(article, 0, len(text)))
    start = text.index(span)
    [candidate] = candidates_of(Question.parse(question), [hit], [Reading(hit.passage, (Span(start, start + len(span), score),))])
    return candidate


def grouped(*candidates: Candidate) -> list[list[str]]:
    return [[member.text for member in found.candidates] for found in group(sorted(candidates, key=lambda candidate: -candidate.score))]


def test_two_days_do_not_meet_in_their_month() -> None:
    may, fourth, fifth = said("The fair is in May 2025.", "May 2025", 9), said("It is on 4 May.", "4 May", 8), said("On 5 May!", "5 May", 7)
    assert grouped(may, fourth, fifth) == [["4 May", "May 2025"], ["5 May"]]


def test_the_precise_answer_speaks_for_the_vague_one_unless_it_is_much_less_sure() -> None:
    may = said("The fair is in May 2025.", "May 2025", 9)
    assert grouped(may, said("It is on 4 May.", "4 May", 6.5)) == [["4 May", "May 2025"]]
    assert grouped(may, said("It is on 4 May.", "4 May", 5.5)) == [["May 2025", "4 May"]]
    about = said("About 40 people came.", "About 40 people", 9, question="how many people came?")
    assert grouped(about, said("The count was 39.", "39", 8, question="how many people came?")) == [["39", "About 40 people"]]


def test_an_equal_answer_supports_unless_the_reader_rules_it_out() -> None:
    sure = said("The fair is on 4 May.", "4 May", 14)
    assert grouped(sure, said("May 4 is the day.", "May 4", -2.5)) == [["4 May", "May 4"]]
    assert grouped(sure, said("May 4 is the day.", "May 4", -3.5)) == [["4 May"], ["May 4"]]


@pytest.mark.parametrize(
    ("text", "span", "answer"),
    [
        ("The fair opens at 5:02 a.m. with a song.", "5:02 a.m", "5:02 a.m."),
        ("The fair is in the U.S.", "U.S", "U.S."),
        ("A ticket to the fair costs 3.20.", "3.20.", "3.20"),
        ("The fair is on Monday.", "on Monday.", "on Monday"),
    ],
)
def test_an_answer_has_the_dots_of_its_short_forms_and_no_others(text: str, span: str, answer: str) -> None:
    assert said(text, span, 9).text == answer


@pytest.mark.parametrize("span", ["a", "“The", "of the"])
def test_small_words_alone_answer_nothing(span: str) -> None:
    article = an_article(text="“The fair is the best of the year,” said Agnes, a keeper.")
    start = article.text.index(span)
    reading = Reading(Passage(article, 0, len(article.text)), (Span(start, start + len(span), 9.0),))
    assert candidates_of(Question.parse("what is her job?"), [a_hit(reading.passage)], [reading]) == []


def test_a_comparison_decides_what_agrees() -> None:
    one, other = said("The fair is on 4 May.", "4 May", 5), said("May 4 is the day.", "May 4", 4)
    assert len(group([one, other], lambda mine, theirs: False)) == 2


@pytest.mark.parametrize(
    ("text", "span", "value", "exact"),
    [
        ("It carries more than 18,000 cars.", "18,000", "18000", False),
        ("It carries 18,000 cars.", "18,000", "18000", True),
        ("It loses $22,000 a day now.", "$22,000", "22000 $ per day", True),
        ("It loses about $22,000 a day now.", "$22,000", "22000 $ per day", False),
        ("They have roughly 40 boats.", "40 boats", "40 boat", False),
    ],
)
def test_the_words_beside_a_number_belong_to_it(text: str, span: str, value: str, exact: bool) -> None:
    candidate = said(text, span, 5, question="how many?")
    assert (candidate.text, str(candidate.value), candidate.is_exact) == (span, value, exact)


@pytest.mark.parametrize(
    ("question", "text", "span", "expected"),
    [
        ("how long will the bridge be closed?", "It was last closed for a day in 2009.", "a day", False),
        ("how long will the bridge be closed?", "Repairs are expected to take 11 weeks.", "11 weeks", True),
        ("how long was the bridge closed?", "It was last closed for a day in 2009.", "a day", True),
        ("who will replace Ben Gvir?", "Itamar Ben Gvir resigned.", "Itamar", False),
        ("who will replace Ben Gvir?", "Ada Reed Lovell takes over.", "Ada", True),
    ],
)
def test_the_sentence_tells_whether_a_span_fits(question: str, text: str, span: str, expected: bool) -> None:
    """What will be is not told by a sentence that looks back, and half of the name asked about is no answer."""
    assert said(text, span, 5, question=question).fit is expected


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("where does he live?", "10 Downing Street", "10 Coronation Street"),
        ("who was arrested?", "34-year-old Ada Lane", "34-year-old Ben Cole"),
    ],
)
def test_a_number_in_a_name_makes_no_two_names_one(question: str, one: str, other: str) -> None:
    found = [said(f"It was {span}.", span, score, question=question) for span, score in ((one, 9), (other, 8))]
    assert grouped(*found) == [[one], [other]]
