"""The front door, with a reader that finds given phrases and a calibration that trusts the reader."""

from collections.abc import Callable
from dataclasses import fields, replace
from math import exp

import pytest

from corpus.article import Article, Published
from retrieval.answer import Answer, NoAnswer, Silence
from retrieval.answering import Answerer
from retrieval.asking.spelling import Speller
from retrieval.confidence import Calibration, Features
from retrieval.dates.partial_date import PartialDate
from retrieval.question import MAX_LENGTH, Kind
from tests.builders import an_article
from tests.fakes import PhraseReader, WordEmbedder
from tests.retrieval.conftest import Shelf

TRUSTING = Calibration({field.name: float(field.name == "score") for field in fields(Features)}, 0.0)
"""The confidence is the logistic of the score: one half at 0, more than the threshold of 0.45."""

POST = an_article(text="The council met on Monday. The St. Orla Bridge will reopen on June 2, the mayor said. It cost $4.2 million.")
WIRE = an_article(
    address="https://wire.example/bridge",
    source="Meridian Wire",
    title="Bridge opens June 2",
    published=Published.parse("2025-03-13"),
    text="Inspectors said on Tuesday that the St. Orla Bridge will reopen on 2 June after repairs.",
)
COURIER = an_article(
    address="https://courier.example/bridge",
    source="Lowland Courier",
    title="Bridge to reopen earlier",
    published=Published.parse("2025-04-02"),
    text="The St. Orla Bridge will reopen on May 19, the authority said.",
)
Ask = Callable[..., Answer | NoAnswer]


@pytest.fixture
def ask(shelf: Shelf) -> Ask:
    def asked(question: str, scores: dict[str, float], *articles: Article) -> Answer | NoAnswer:
        list(shelf.indexer().add(articles))
        answerer = Answerer(
            search=shelf.search,
            keywords=shelf.keywords,
            embedder=WordEmbedder(),
            reader=PhraseReader(scores),
            calibration=TRUSTING,
            speller=Speller(shelf.keywords),
        )
        return answerer.ask(question).result

    return asked


def answered(result: Answer | NoAnswer) -> Answer:
    assert isinstance(result, Answer)
    return result


def test_an_answer_is_verbatim_and_cited(ask: Ask) -> None:
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0}, POST))
    evidence = answer.variant.best
    assert (answer.kind, evidence.citation.id, evidence.citation.source) == (Kind.WHEN, POST.id, "Harbour Post")
    assert evidence.quote.text == "The St. Orla Bridge will reopen on June 2, the mayor said."
    for extract in (evidence.span, evidence.quote, evidence.passage):
        assert POST.text[extract.start : extract.end] == extract.text


def test_sources_that_say_the_same_in_other_words_agree(ask: Ask) -> None:
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "2 June": 4.0}, POST, WIRE))
    assert [evidence.span.text for evidence in answer.variant.evidence] == ["June 2", "2 June"]
    assert (answer.variant.sources, answer.variant.value, answer.disagreements) == (2, "2025-06-02", ())


def test_two_articles_of_one_publisher_are_one_source(ask: Ask) -> None:
    again = replace(WIRE, source=POST.source)
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "2 June": 4.0}, POST, again))
    assert (len(answer.variant.evidence), answer.variant.sources) == (2, 1)


def test_a_copy_is_cited_and_is_no_further_source(ask: Ask) -> None:
    copy = replace(
        POST, address="https://echo.example/", source="Echo", text=f"SKELMOUTH. {POST.text}", published=Published.parse("2025-03-20")
    )
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "2 June": 4.0}, copy, POST, WIRE))
    evidence = answer.variant.evidence
    assert [(found.citation.source, found.is_copy) for found in evidence] == [
        ("Harbour Post", False),
        ("Meridian Wire", False),
        ("Echo", True),
    ]
    assert answer.variant.sources == 2
    for extract in (evidence[2].span, evidence[2].quote, evidence[2].passage):
        assert copy.text[extract.start : extract.end] == extract.text
    assert (evidence[2].span.text, evidence[2].quote) != (evidence[0].span.text, evidence[0].quote)


def test_a_copy_that_lacks_the_answer_is_not_cited(ask: Ask) -> None:
    copy = replace(POST, address="https://echo.example/", source="Echo", text=POST.text.replace("June 2", "one day"), published=None)
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0}, POST, copy))
    assert [found.citation.source for found in answer.variant.evidence] == ["Harbour Post"]


def test_an_outlet_that_copies_another_does_not_lose_its_own_voice(ask: Ask) -> None:
    """The Wire says it in its own words, too: that is a second source."""
    copied = replace(POST, address="https://wire.example/copied", source=WIRE.source, published=None)
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "2 June": 4.0}, POST, copied, WIRE))
    assert answer.variant.sources == 2


def test_articles_of_unknown_publishers_are_one_source_each(ask: Ask) -> None:
    answer = answered(
        ask("when does the bridge reopen?", {"June 2": 5.0, "2 June": 4.0}, replace(POST, source=""), replace(WIRE, source=""))
    )
    assert answer.variant.sources == 2


def test_another_date_in_another_article_on_the_event_is_a_disagreement(ask: Ask) -> None:
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "2 June": 4.0, "May 19": 4.5}, POST, WIRE, COURIER))
    assert (answer.variant.best.span.text, answer.variant.best.citation.source) == ("May 19", "Lowland Courier")
    assert [(variant.best.span.text, variant.sources) for variant in answer.disagreements] == [("June 2", 2)]
    assert "2025-06-02" not in {variant.value for variant in answer.alternatives}


def test_differing_answers_come_newest_first_in_whatever_zone_they_are_dated(ask: Ask) -> None:
    east = replace(COURIER, published=Published.parse("2025-04-02T01:00+05:00"))
    west = replace(
        east,
        address="https://x.example/1",
        source="X",
        text="The St. Orla Bridge will reopen on May 12, the authority said.",
        published=Published.parse("2025-04-01T22:00-05:00"),
    )
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "May 19": 4.5, "May 12": 4.0}, POST, east, west))
    assert [variant.best.span.text for variant in (answer.variant, *answer.disagreements)] == ["May 12", "May 19", "June 2"]


@pytest.mark.parametrize(
    ("question", "shown", "differing"),
    [
        ("when does the bridge reopen?", "May 19", ["June 2"]),
        ("when does the bridge reopen now?", "May 19", ["June 2"]),
        ("when does the bridge reopen according to the latest reports?", "May 19", ["June 2"]),
        ("when does the bridge reopen as of this week?", "May 19", ["June 2"]),
        ("when does the bridge reopen acording to the lattest reports?", "May 19", ["June 2"]),
        ("when did they say in March that the bridge will reopen?", "June 2", ["May 19"]),
    ],
)
def test_the_newest_of_differing_answers_is_shown_unless_a_time_is_asked_for(
    ask: Ask, question: str, shown: str, differing: list[str]
) -> None:
    answer = answered(ask(question, {"June 2": 5.0, "2 June": 4.0, "May 19": 4.5}, POST, WIRE, COURIER))
    assert answer.variant.best.span.text == shown
    assert [variant.best.span.text for variant in answer.disagreements] == differing


def test_an_answer_that_is_not_sure_enough_is_not_shown_for_being_new(ask: Ask) -> None:
    answer = answered(ask("when does the bridge of the mayor reopen now?", {"June 2": 0.4, "May 19": -0.25}, POST, COURIER))
    assert answer.variant.value == "2025-06-02"
    assert [variant.best.span.text for variant in answer.disagreements] == ["May 19"]


def test_what_a_newer_report_repeats_is_the_newest_answer(ask: Ask) -> None:
    newest = replace(WIRE, published=Published.parse("2025-04-10"))
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "2 June": 4.0, "May 19": 5.1}, POST, newest, COURIER))
    assert answer.variant.value == "2025-06-02"
    assert [variant.best.span.text for variant in answer.disagreements] == ["May 19"]


def test_disagreements_stay_newest_first_where_the_newest_answer_is_shown(ask: Ask) -> None:
    oldest = replace(
        COURIER,
        address="https://x.example/1",
        source="X",
        text="The St. Orla Bridge will reopen on May 12, the authority said.",
        published=Published.parse("2025-02-01"),
    )
    scores = {"May 12": 6.5, "June 2": 4.8, "May 19": 4.9}
    answer = answered(ask("when does the bridge reopen now?", scores, POST, COURIER, oldest))
    assert answer.variant.best.span.text == "May 19"
    assert [variant.best.span.text for variant in answer.disagreements] == ["June 2", "May 12"]


def test_a_date_counts_from_its_article_and_its_verb(ask: Ask) -> None:
    said = replace(POST, text="The council met on Monday. The bridge will reopen on Tuesday of next week, the mayor said.")
    answer = answered(ask("when does the bridge reopen?", {"Tuesday": 5.0}, said))
    assert (answer.variant.value, answer.variant.date) == ("2025-03-18", PartialDate(2025, 3, 18))
    assert answered(ask("when did the council meet?", {"Monday": 5.0}, said)).variant.date == PartialDate(2025, 3, 10)


def test_an_answer_that_is_no_date_has_none(ask: Ask) -> None:
    assert answered(ask("what did it cost?", {"$4.2 million": 5.0}, POST)).variant.date is None


def test_a_week_and_a_day_in_it_do_not_disagree(ask: Ask) -> None:
    vague = replace(COURIER, published=Published.parse("2025-05-27"), text="The St. Orla Bridge will reopen next week, the authority said.")
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "next week": 4.9}, POST, vague))
    assert (answer.variant.sources, answer.disagreements) == (2, ())


def test_an_article_does_not_disagree_with_itself(ask: Ask) -> None:
    both = replace(POST, text="The bridge will reopen on June 2. The bridge was to reopen on May 19 at first.")
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "May 19": 4.5}, both))
    assert answer.disagreements == ()
    assert [variant.best.span.text for variant in answer.alternatives] == ["May 19"]


def test_a_contradiction_may_be_less_probable_than_an_answer_must_be(ask: Ask) -> None:
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "May 19": -0.5}, POST, COURIER))
    assert ([variant.best.span.text for variant in answer.disagreements], answer.alternatives) == (["May 19"], ())


def test_an_unsure_other_answer_is_an_alternative_and_no_disagreement(ask: Ask) -> None:
    ferry = replace(COURIER, text="Ferries sail until May 19, the authority said.")
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "May 19": -2.0}, POST, ferry))
    assert (answer.disagreements, [variant.best.span.text for variant in answer.alternatives]) == ((), ["May 19"])


def test_an_article_contradicts_with_its_best_answer_only(ask: Ask) -> None:
    early = replace(COURIER, text="The St. Orla Bridge was to reopen on May 19, and on April 1 before that, said the authority.")
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "May 19": 4.5, "April 1": 4.0}, POST, early))
    assert [variant.best.span.text for variant in (answer.variant, *answer.disagreements)] == ["May 19", "June 2"]


def test_what_an_agreeing_article_says_too_does_not_keep_another_from_contradicting(ask: Ask) -> None:
    """All say when it was shut; that is no better answer of the one that says otherwise when it reopens."""
    post = replace(POST, text=f"{POST.text} The St. Orla Bridge was shut on March 11.")
    courier = replace(COURIER, text=f"{COURIER.text} The St. Orla Bridge was shut on March 11.")
    answer = answered(ask("when does the bridge reopen?", {"June 2": 9.0, "March 11": 6.0, "May 19": 4.5}, post, courier))
    assert [variant.best.span.text for variant in (answer.variant, *answer.disagreements)] == ["May 19", "June 2"]


def test_amounts_of_another_size_are_about_something_else(ask: Ask) -> None:
    toll = replace(COURIER, text="The St. Orla Bridge cost drivers $12 each way, the authority said. The council met.")
    answer = answered(ask("what did the St. Orla Bridge cost?", {"$4.2 million": 5.0, "$12": 4.5}, POST, toll))
    assert answer.disagreements == ()


def test_an_answer_to_another_question_is_no_disagreement(ask: Ask) -> None:
    closing = replace(COURIER, title="Span shut", text="The span was shut on March 11 after the inspection of its cables.")
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "March 11": 4.5}, POST, closing))
    assert answer.disagreements == ()


def test_another_event_is_no_disagreement(ask: Ask) -> None:
    other = an_article(address="https://x.example/1", source="X", title="Chess club", text="Chess players gather on May 19 for tea.")
    answer = answered(ask("when does the bridge reopen?", {"June 2": 5.0, "May 19": 4.5}, POST, other))
    assert answer.disagreements == ()


def test_a_surer_answer_in_a_passage_that_has_less_to_do_with_the_question_loses(ask: Ask) -> None:
    other = an_article(address="https://x.example/1", source="X", title="Chess club", text="Chess players gather on May 19 for tea.")
    answer = answered(ask("when does the bridge reopen?", {"June 2": 4.0, "May 19": 6.0}, POST, other))
    assert answer.variant.best.span.text == "June 2"


def test_an_answer_of_the_wrong_kind_loses(ask: Ask) -> None:
    answer = answered(ask("when does the bridge reopen?", {"the mayor": 6.0, "June 2": 5.0}, POST))
    assert answer.variant.best.span.text == "June 2"


def test_a_span_that_runs_into_the_next_sentence_is_no_answer(ask: Ask) -> None:
    answer = answered(ask("what opens?", {"Monday. The St. Orla Bridge": 6.0, "The St. Orla Bridge": 3.0}, POST))
    assert answer.variant.best.span.text == "The St. Orla Bridge"


def test_a_why_question_gets_the_whole_sentence(ask: Ask) -> None:
    answer = answered(ask("why is the bridge shut?", {"after repairs": 3.0}, WIRE))
    assert answer.variant.best.span.text == WIRE.text
    assert answer.variant.best.quote.text == WIRE.text


def test_a_yes_or_no_question_gets_the_sentence_that_settles_it(ask: Ask) -> None:
    answer = answered(ask("will the St. Orla Bridge reopen?", {"reopen on June 2": 5.0}, POST))
    assert answer.variant.best.span.text == "The St. Orla Bridge will reopen on June 2, the mayor said."


def test_a_passage_has_the_sentences_of_the_answer_even_where_it_was_cut_between_them(ask: Ask) -> None:
    cut = replace(
        POST,
        text=f"Mayor Farrow came. {'The rain went on and on over the town of Skelmouth that day. ' * 3}Mayor Farrow spoke. She left early.",
    )
    evidence = answered(ask("why did Farrow leave?", {"left early": 5.0}, cut)).variant.best
    assert (evidence.span.text, evidence.quote.text) == ("She left early.", "Mayor Farrow spoke. She left early.")
    assert evidence.passage.start <= evidence.quote.start
    assert cut.text[evidence.passage.start : evidence.passage.end] == evidence.passage.text


def test_somebodys_words_are_quoted_with_the_speaker(ask: Ask) -> None:
    vote = replace(
        POST, text="The council met. “A sinking house,” said Hale Ostrander of the bridge. “Bread cannot wait,” said Odette Farrow."
    )
    answer = answered(ask("what did Ostrander say about the bridge?", {}, vote))
    assert (answer.kind, answer.variant.best.span.text) == (Kind.SAID, "“A sinking house,” said Hale Ostrander of the bridge.")
    assert isinstance(ask("what did Voss say about the bridge?", {}, vote), NoAnswer)


def test_who_reacts_without_a_word_is_told_of(ask: Ask) -> None:
    fall = replace(POST, text="The council set tariffs on Monday. Shares fell on the stock markets after the tariffs. The mayor was glad.")
    reader = {"Shares fell": 5.0, "was glad": 6.0}
    answer = answered(ask("how did markets react to the tariffs?", reader, fall))
    assert (answer.kind, answer.variant.best.span.text) == (Kind.SAID, "Shares fell on the stock markets after the tariffs.")
    assert isinstance(ask("how did farmers react to the tariffs?", reader, fall), NoAnswer)


def test_everything_that_fits_is_a_list(ask: Ask) -> None:
    vote = replace(POST, text="Council members Hale Ostrander and Bettina Cray voted against the plan. Odette Farrow was glad.")
    answer = answered(ask("who voted against the plan?", {"Hale Ostrander and Bettina Cray": 5.0, "Odette Farrow": -2.0}, vote))
    assert answer.variant.best.span.text == "Hale Ostrander and Bettina Cray"
    assert [item.span.text for item in answer.items] == ["Hale Ostrander", "Bettina Cray"]
    assert [vote.text[item.span.start : item.span.end] for item in answer.items] == ["Hale Ostrander", "Bettina Cray"]


def test_a_list_is_gathered_from_several_articles(ask: Ask) -> None:
    one = replace(POST, text="The challenges of the deal are many: the deal angers Hamas leaders.")
    other = replace(WIRE, text="The deal has other challenges. The coalition may collapse over the deal.")
    answer = answered(ask("which challenges face the deal?", {"angers Hamas leaders": 8.0, "coalition may collapse": 4.0}, one, other))
    assert [item.span.text for item in answer.items] == ["angers Hamas leaders", "coalition may collapse"]
    assert [item.citation.id for item in answer.items] == [one.id, other.id]


def test_what_another_article_adds_to_an_enumeration_is_another_answer(ask: Ask) -> None:
    one = replace(POST, text="Countries that back the deal met: France and Spain back the deal.")
    other = replace(WIRE, text="Other countries back the deal, and Italy backs the deal.")
    answer = answered(ask("which countries back the deal?", {"France and Spain": 8.0, "Italy": 6.0}, one, other))
    assert [item.span.text for item in answer.items] == ["France", "Spain"]
    assert [other.best.span.text for other in answer.alternatives] == ["Italy"]


def test_a_list_has_nothing_from_articles_on_other_matters(ask: Ask) -> None:
    one = replace(POST, text="The challenges of the deal are many: the deal angers Hamas leaders.")
    other = replace(WIRE, title="Chess", text="Chess has its players: they are too few for a tournament this year.")
    answer = answered(ask("which challenges face the deal?", {"angers Hamas leaders": 5.0, "too few": 4.0}, one, other))
    assert (answer.variant.best.span.text, answer.items) == ("angers Hamas leaders", ())


def test_a_topic_gets_a_summary_of_verbatim_sentences(ask: Ask) -> None:
    answer = answered(ask("tell me about the St. Orla Bridge", {}, POST, WIRE, COURIER))
    assert answer.kind is Kind.SUMMARY
    assert 2 <= len(answer.items) <= 4
    assert answer.variant.best in answer.items
    days = [item.citation.published.isoformat() for item in answer.items if item.citation.published]
    assert days == sorted(days)


def test_the_latest_on_a_topic_is_told_by_its_newest_articles(ask: Ask) -> None:
    shut = replace(POST, text="The St. Orla Bridge was shut on Monday after a crack was found.", published=Published.parse("2025-03-03"))
    opened = replace(WIRE, text="The St. Orla Bridge is open again since this Friday.", published=Published.parse("2025-06-06"))
    answer = answered(ask("what's the latest on the St. Orla Bridge?", {}, shut, opened))
    assert [item.quote.text for item in answer.items] == [opened.text]
    everything = answered(ask("tell me about the St. Orla Bridge", {}, shut, opened))
    assert [item.quote.text for item in everything.items] == [shut.text, opened.text]


def test_sentences_are_told_in_the_order_of_their_moments_wherever_their_clocks_stand(ask: Ask) -> None:
    shut = replace(POST, text="The St. Orla Bridge was shut after a crack was found.", published=Published.parse("2025-03-03T01:00+00:00"))
    opened = replace(WIRE, text="The St. Orla Bridge is open again, it was said.", published=Published.parse("2025-03-02T23:00-05:00"))
    answer = answered(ask("tell me about the St. Orla Bridge", {}, shut, opened))
    assert [item.quote.text for item in answer.items] == [shut.text, opened.text]


def test_a_topic_that_no_article_has_gets_no_summary(ask: Ask) -> None:
    assert isinstance(ask("tell me about Steve Bridge", {}, POST), NoAnswer)


def test_when_and_where_are_both_answered(ask: Ask) -> None:
    plan = replace(POST, text="The hearing is on June 2 at the town hall.")
    answer = answered(ask("when and where is the hearing?", {"June 2": 5.0, "the town hall": 5.5}, plan))
    assert answer.question == "when and where is the hearing?"
    assert [item.span.text for item in answer.items] == ["June 2", "the town hall"]
    halved = answered(ask("when and where is the hearing?", {"June 2": 5.0}, plan))
    assert (halved.variant.best.span.text, halved.unanswered) == ("June 2", ("where is the hearing?",))


def test_below_the_threshold_there_is_no_answer_but_the_closest_passages(ask: Ask) -> None:
    result = ask("when does the bridge reopen?", {"June 2": -0.5}, POST, COURIER)
    assert isinstance(result, NoAnswer)
    assert result.silence == Silence.NOT_FOUND
    assert {near.citation.id for near in result.closest} == {POST.id, COURIER.id}


def test_a_refusal_carries_the_answer_that_it_withholds(ask: Ask) -> None:
    result = ask("when does the bridge reopen?", {"June 2": -0.5}, POST)
    assert isinstance(result, NoAnswer)
    assert result.withheld is not None
    assert result.withheld.span.text == "June 2"
    assert result.withheld.confidence == pytest.approx(1 / (1 + exp(0.5)))


def test_where_nothing_was_found_nothing_is_withheld(ask: Ask) -> None:
    result = ask("when does the bridge reopen?", {}, POST)
    assert isinstance(result, NoAnswer)
    assert result.withheld is None


def test_punctuation_around_an_answer_goes(ask: Ask) -> None:
    answer = answered(ask("what did it cost", {" $4.2 million.": 3.0}, POST))
    assert answer.variant.best.span.text == "$4.2 million"


@pytest.mark.parametrize(
    ("question", "silence"),
    [
        ("", Silence.NO_WORDS),
        ("🙂?!", Silence.NO_WORDS),
        ("a", Silence.NO_WORDS),
        ("no", Silence.NO_WORDS),
        ("tell me more", Silence.NO_WORDS),
        ("US", Silence.EMPTY_CORPUS),
        ("когда откроют мост?", Silence.OTHER_LANGUAGE),
        ("when?", Silence.UNCLEAR),
        ("and what did he do then?", Silence.UNCLEAR),
        ("when is the fair?", Silence.EMPTY_CORPUS),
        ("asdf qwer zxcv", Silence.UNKNOWN_WORDS),
        ("Hello!", Silence.GREETING),
        ("thank you", Silence.THANKS),
        ("thnaks", Silence.THANKS),
        ("wehn?", Silence.UNCLEAR),
        ("bye", Silence.GOODBYE),
        ("what can you do?", Silence.HELP),
        ("are you sure?", Silence.DOUBT),
    ],
)
def test_what_cannot_be_answered_says_why(ask: Ask, question: str, silence: Silence) -> None:
    result = ask(question, {})
    assert isinstance(result, NoAnswer)
    assert result.silence == silence


def test_words_of_the_articles_are_no_foreign_language(ask: Ask) -> None:
    """The classifier takes these three words for Indonesian."""
    meeting = replace(POST, text="The date of the meeting with Netanyahu is February 4.")
    assert answered(ask("netanyahu meeting date", {"February 4": 5.0}, meeting)).variant.best.span.text == "February 4"


def test_a_senseless_threshold_is_refused(shelf: Shelf) -> None:
    with pytest.raises(ValueError, match=r"min_confidence must be from 0 to 1, got 1\.5"):
        Answerer(
            search=shelf.search,
            keywords=shelf.keywords,
            embedder=WordEmbedder(),
            reader=PhraseReader({}),
            calibration=TRUSTING,
            min_confidence=1.5,
        )


def test_a_misspelt_question_is_asked_as_it_was_meant(ask: Ask) -> None:
    answer = answered(ask("wen does the brigde reopen", {"June 2": 5.0}, POST))
    assert (answer.question, answer.searched_for, answer.kind) == (
        "wen does the brigde reopen",
        "when does the bridge reopen",
        Kind.WHEN,
    )


@pytest.mark.parametrize("question", ["when does the bridge reopen?", "whens the bridge reopening", "when does the bridgereopen"])
def test_a_question_with_the_same_letters_is_the_same(ask: Ask, question: str) -> None:
    assert ask(question, {"June 2": 5.0}, POST).searched_for is None


def test_no_answer_tells_what_was_searched_for_too(ask: Ask) -> None:
    assert ask("who shut the brigde", {}, POST).searched_for == "who shut the bridge"


def test_a_correction_never_makes_a_question_too_long(ask: Ask) -> None:
    question = "thebridge" + " bridge" * ((MAX_LENGTH - 9) // 7)
    assert ask(question.ljust(MAX_LENGTH, "?"), {}, POST).question == question.ljust(MAX_LENGTH, "?")


def test_a_foreign_question_stays_one_where_articles_have_its_words(ask: Ask) -> None:
    german = an_article(text="Die Linie 7 soll lang werden. Wie lang die Linie wird, sagt der Rat am Montag.")
    result = ask("wie lang wird die linie 7?", {"7": 5.0}, german)
    assert isinstance(result, NoAnswer)
    assert (result.silence, result.searched_for) == (Silence.OTHER_LANGUAGE, None)


def test_a_foreign_question_is_not_taken_for_a_misspelt_one(ask: Ask) -> None:
    result = ask("cuándo abre el puente de la ciudad mayr", {"June 2": 5.0}, POST)
    assert isinstance(result, NoAnswer)
    assert (result.silence, result.searched_for) == (Silence.OTHER_LANGUAGE, None)
