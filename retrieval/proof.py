"""Answers' evidence: what was found in an article, and where copies of that article have it."""

from collections.abc import Iterator
from dataclasses import replace

from retrieval.aggregation import Candidate, Group
from retrieval.answer import Evidence, Stretch
from retrieval.passage import Passage
from retrieval.sentences import around, sentences_within


def evidence_of(candidate: Candidate, confidence: float) -> Evidence:
    """Return the evidence of one article."""
    quote = candidate.quote_start, candidate.quote_end
    return _evidence(candidate.hit.passage, (candidate.start, candidate.end), quote, confidence)


def _evidence(passage: Passage, span: Stretch, quote: Stretch, confidence: float, *, is_copy: bool = False) -> Evidence:
    """Return the evidence in a passage, which grows by what the quote has of the sentences at its borders."""
    shown = min(passage.start, quote[0]), max(passage.end, quote[1])
    return Evidence.of(passage.article, span=span, quote=quote, passage=shown, confidence=confidence, is_copy=is_copy)


def all_evidence(found: Group, confidence: float) -> tuple[Evidence, ...]:
    """Return the evidence of each article that says so: reports of their own first, best first, then copies of these."""
    reports, copies = dict[str, Evidence](), dict[str, Evidence]()
    for candidate in found.candidates:
        evidence = evidence_of(candidate, confidence)
        if candidate.hit.report.id in reports:
            copies[candidate.article_id] = replace(evidence, is_copy=True)
        else:
            reports[candidate.hit.report.id] = evidence
    own = {evidence.citation.id for evidence in reports.values()}
    for candidate in found.candidates:
        for evidence in _in_copies(candidate, confidence):
            if evidence.citation.id not in own:
                copies.setdefault(evidence.citation.id, evidence)
    return (*reports.values(), *copies.values())


def _in_copies(candidate: Candidate, confidence: float) -> Iterator[Evidence]:
    for passage in candidate.hit.copies:
        evidence = _in_copy(candidate, passage, confidence)
        if evidence:
            yield evidence


def _in_copy(candidate: Candidate, passage: Passage, confidence: float) -> Evidence | None:
    """Return the evidence of a copy whose `passage` has the candidate's words; None where it has them not."""
    place = _whole_quote(candidate, passage) or _own_sentence(candidate, passage)
    if place is None:
        return None
    start, quote_start, quote_end = place
    return _evidence(passage, (start, start + len(candidate.text)), (quote_start, quote_end), confidence, is_copy=True)


def _whole_quote(candidate: Candidate, passage: Passage) -> tuple[int, int, int] | None:
    """Return where a copy has the candidate's quote: the starts of span and quote, and the quote's end."""
    quote = candidate.hit.passage.article.text[candidate.quote_start : candidate.quote_end]
    at = passage.article.text.find(quote)
    return (at + candidate.start - candidate.quote_start, at, at + len(quote)) if at >= 0 else None


def _own_sentence(candidate: Candidate, passage: Passage) -> tuple[int, int, int] | None:
    """Return where a copy's passage has the candidate's words, and the borders of their sentence there."""
    start = passage.article.text.find(candidate.text, passage.start, passage.end)
    if start < 0:
        return None
    borders = sentences_within(passage.article.text, passage.start, passage.end)
    return start, *around(borders, start, start + len(candidate.text))
