"""Whole sentences as answers: why and how, yes or no, and what somebody said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.aggregation import Candidate
from retrieval.mentions import mentioned_share
from retrieval.protocols import Embedder, Reading
from retrieval.question import Kind, Question
from retrieval.readable import borders_near, readable
from retrieval.search import Hit
from retrieval.sentences import around, sentences_within
from retrieval.speech import Speech, is_named, speeches
from retrieval.values import Words

COMPARED = 10
"""Sentences, the best by the reader, that are compared with the question in meaning: each costs milliseconds."""

SIMILARITY_WEIGHT, SIMILARITY_EXPECTED = 5.0, 0.5
"""Log-odds that a sentence gains for being nearer to the question (cosine) than a sentence about its subject usually is."""

MENTION_WEIGHT, MENTION_EXPECTED = 3.0, 0.5
"""Log-odds that a sentence gains by mentioning more than half of a yes-or-no question's words, and loses by mentioning less.

To settle whether the bridge is open, a sentence must be about the bridge *and* about its being open.
"""

SPEECH_SCORE, QUOTED_BONUS = 5.0, 1.5
"""The log-odds of a sentence in which the right person speaks, and what quotation marks add."""

TOPIC_WEIGHT, TOPIC_EXPECTED = 12.0, 0.35
"""Log-odds that words of the right person gain for being near to what was asked about (cosine)."""

READER_WEIGHT, READER_LIMIT = 0.5, 6.0
"""What counts of the reader's score for words of the right person, and how far it can speak for or against them."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a hit, with the reader's best score for a span in it."""

    hit: Hit
    start: int
    end: int
    score: float

    @property
    def text(self) -> str:
        return self.hit.passage.article.text[self.start : self.end]


def stated(question: Question, hits: Sequence[Hit], readings: Sequence[Reading], embedder: Embedder) -> list[Candidate]:
    """Return the sentences that may answer `question` (one reading per hit, same order), best first.

    They are those in which the reader sees an answer, by its score and their nearness to the question; where somebody's words are asked
    for, those that name whose.
    """
    speaker = question.said.speaker if question.kind is Kind.SAID else None
    found = [sentence for sentence in _with_spans(hits, readings) if speaker is None or is_named(speaker, sentence.text)][:COMPARED]
    if not found:
        return []
    vectors = embedder.embed([question.wording, *(sentence.text for sentence in found)])
    return _ranked(
        _candidate(
            sentence, sentence.score + SIMILARITY_WEIGHT * (float(vector @ vectors[0]) - SIMILARITY_EXPECTED) + _settled(question, sentence)
        )
        for sentence, vector in zip(found, vectors[1:], strict=True)
    )


def _settled(question: Question, sentence: _Sentence) -> float:
    """Return what a sentence gains or loses by mentioning a yes-or-no question's words; 0 for other questions."""
    if question.kind is not Kind.YES_NO:
        return 0.0
    return MENTION_WEIGHT * (mentioned_share(question.wording, sentence.text) - MENTION_EXPECTED)


def spoken(question: Question, hits: Sequence[Hit], readings: Sequence[Reading], embedder: Embedder) -> list[Candidate]:
    """Return what the person that `question` asks about says in `hits` (one reading per hit, same order), best first.

    The best is nearest to what was asked about, by itself or with the sentence before, and where the reader sees an answer.
    """
    said = question.said
    found: dict[tuple[str, int], _Sentence] = {}
    for hit, reading in zip(hits, readings, strict=True):
        article = hit.passage.article
        for speech in speeches(article, hit.passage.start, hit.passage.end, said.speaker):
            score = SPEECH_SCORE + QUOTED_BONUS * speech.quoted + READER_WEIGHT * _seen_by_reader(reading, speech)
            found.setdefault((article.id, speech.start), _Sentence(hit, speech.start, speech.end, score))
    speeches_found = list(found.values())
    if not speeches_found or not said.topic:
        return _ranked(_candidate(sentence, sentence.score) for sentence in speeches_found)
    vectors = embedder.embed(
        [said.topic, *(text for sentence in speeches_found for text in (sentence.text, _with_sentence_before(sentence)))]
    )
    nearness = (vectors[1:] @ vectors[0]).reshape(-1, 2).max(axis=1)
    return _ranked(
        _candidate(sentence, sentence.score + TOPIC_WEIGHT * (float(near) - TOPIC_EXPECTED))
        for sentence, near in zip(speeches_found, nearness, strict=True)
    )


def _seen_by_reader(reading: Reading, speech: Speech) -> float:
    """Return the reader's best score for a span in the speech, within READER_LIMIT on both sides; 0 for none."""
    scores = [span.score for span in reading.spans if span.start < speech.end and speech.start < span.end]
    return max(-READER_LIMIT, min(READER_LIMIT, max(scores, default=0.0)))


def _with_sentence_before(sentence: _Sentence) -> str:
    text = sentence.hit.passage.article.text
    before = [start for start, end in borders_near(text, sentence.start, sentence.end) if end <= sentence.start]
    return text[before[-1] if before else sentence.start : sentence.end]


def _with_spans(hits: Sequence[Hit], readings: Sequence[Reading]) -> list[_Sentence]:
    """Return the sentences with a span that lies in them alone, each once, best first."""
    best: dict[tuple[str, int], _Sentence] = {}
    for hit, reading in zip(hits, readings, strict=True):
        borders = sentences_within(hit.passage.article.text, hit.passage.start, hit.passage.end)
        for span in reading.spans:
            start, end = around(borders, span.start, span.end)
            key = (hit.passage.article.id, start)
            if (start, end) in borders and (key not in best or best[key].score < span.score):
                best[key] = _Sentence(hit, start, end, span.score)
    return sorted(best.values(), key=lambda sentence: (-sentence.score, sentence.hit.rank, sentence.start))


def _candidate(sentence: _Sentence, score: float) -> Candidate:
    """Return the sentence as a candidate, quoted with what it takes to read it alone."""
    quote = readable(sentence.hit.passage.article.text, sentence.start, sentence.end)
    return Candidate(sentence.hit, sentence.start, sentence.end, *quote, Words(tuple(sentence.text.casefold().split())), score, fit=True)


def _ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.hit.rank, candidate.start))
