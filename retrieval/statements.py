"""Whole sentences as answers: why and how, yes or no, and what somebody said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from retrieval.aggregation import Candidate
from retrieval.mentions import mentioned_share
from retrieval.protocols import Embedder, Reading
from retrieval.question import Kind, Question
from retrieval.readable import readable
from retrieval.search import Hit
from retrieval.sentences import around, sentences
from retrieval.speech import speeches
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

    They are those in which the reader sees an answer, by its score and their nearness to the question.
    """
    found = _with_spans(hits, readings)[:COMPARED]
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


def spoken(question: Question, hits: Sequence[Hit], embedder: Embedder) -> list[Candidate]:
    """Return what the person that `question` asks about says in `hits`, best first: nearest to what was asked about."""
    said = question.said
    found: dict[tuple[str, int], _Sentence] = {}
    for hit in hits:
        article = hit.passage.article
        for speech in speeches(article, hit.passage.start, hit.passage.end, said.speaker):
            score = SPEECH_SCORE + QUOTED_BONUS * speech.quoted
            found.setdefault((article.id, speech.start), _Sentence(hit, speech.start, speech.end, score))
    speeches_found = list(found.values())
    if not speeches_found or not said.topic:
        return _ranked(_candidate(sentence, sentence.score) for sentence in speeches_found)
    vectors = embedder.embed([said.topic, *(sentence.text for sentence in speeches_found)])
    return _ranked(
        _candidate(sentence, sentence.score + TOPIC_WEIGHT * (float(vector @ vectors[0]) - TOPIC_EXPECTED))
        for sentence, vector in zip(speeches_found, vectors[1:], strict=True)
    )


def _with_spans(hits: Sequence[Hit], readings: Sequence[Reading]) -> list[_Sentence]:
    """Return the sentences with a span that lies in them alone, each once, best first."""
    best: dict[tuple[str, int], _Sentence] = {}
    for hit, reading in zip(hits, readings, strict=True):
        offset = hit.passage.start
        borders = [(start + offset, end + offset) for start, end in sentences(hit.passage.text)]
        for span in reading.spans:
            start, end = around(borders, span.start, span.end)
            key = (hit.passage.article.id, start)
            if (start, end) in borders and (key not in best or best[key].score < span.score):
                best[key] = _Sentence(hit, start, end, span.score)
    return sorted(best.values(), key=lambda sentence: (-sentence.score, sentence.hit.rank, sentence.start))


def _candidate(sentence: _Sentence, score: float) -> Candidate:
    text = sentence.hit.passage.article.text
    start, end = readable(text, sentence.start, sentence.end)
    return Candidate(sentence.hit, start, end, start, end, Words(tuple(text[start:end].casefold().split())), score, fit=True)


def _ranked(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.hit.rank, candidate.start))
