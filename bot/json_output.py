"""What `--json` prints: a contract with other programs (design.md, section 7). Unknown values are null."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.messages import feed_state
from corpus.article import Article, Published
from corpus.catalog import CatalogEntry, SourceSummary
from corpus.followed import FollowedFeed
from retrieval.answer import Answer, Citation, Evidence, Near, NoAnswer, Variant
from retrieval.answering import Asked
from retrieval.outcome import Indexed, Outcome

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def dumps(value: Mapping[str, Json]) -> str:
    """Return `value` on one line, in ASCII: it survives every locale, and text that is not valid Unicode too."""
    return json.dumps(value)


def asked_object(asked: Asked) -> dict[str, Json]:
    """Return the object of `ask`."""
    result = asked.result
    return (
        {"question": result.question, "searched_for": result.searched_for}
        | _findings(result)
        | {"elapsed_ms": round(asked.milliseconds["total"], 1)}
    )


def _findings(result: Answer | NoAnswer) -> dict[str, Json]:
    if isinstance(result, NoAnswer):
        nothing: list[Json] = []
        return {
            "answered": False,
            "answer": None,
            "evidence": nothing,
            "agreement": {"sources": 0},
            "disagreements": nothing,
            "alternatives": nothing,
            "items": nothing,
            "unanswered": nothing,
            "closest": [_near(near) for near in result.closest],
        }
    kind = result.kind.value
    return {
        "answered": True,
        "answer": _evidence(result.variant, result.variant.best, kind) | {"confidence": round(result.confidence, 4)},
        "evidence": [_evidence(result.variant, evidence, kind) for evidence in result.variant.evidence],
        "agreement": {"sources": result.variant.sources},
        "disagreements": [_disagreement(variant) for variant in result.disagreements],
        "alternatives": [_evidence(variant, variant.best, kind) for variant in result.alternatives],
        "items": [_evidence(result.variant, evidence, kind) for evidence in result.items],
        "unanswered": list(result.unanswered),
        "closest": [],
    }


def _evidence(variant: Variant, evidence: Evidence, kind: str) -> dict[str, Json]:
    return {
        "text": evidence.span.text,
        "value": variant.value,
        "kind": kind,
        "confidence": round(evidence.confidence, 4),
        "start": evidence.span.start,
        "end": evidence.span.end,
        "quote": evidence.quote.text,
        "article": citation_object(evidence.citation),
        "is_copy": evidence.is_copy,
    }


def _disagreement(variant: Variant) -> dict[str, Json]:
    articles: list[Json] = [citation_object(evidence.citation) | {"quote": evidence.quote.text} for evidence in variant.evidence]
    return {"text": variant.best.span.text, "value": variant.value, "articles": articles}


def _near(near: Near) -> dict[str, Json]:
    return {"passage": near.passage.text, "article": citation_object(near.citation)}


def citation_object(citation: Citation) -> dict[str, Json]:
    """Return what names an article everywhere in the output."""
    return {
        "id": citation.id,
        "file": citation.file,
        "title": citation.title,
        "source": citation.source or None,
        "url": citation.url,
        "published": _moment(citation.published),
        "updated": _moment(citation.updated),
        "note": citation.note or None,
    }


def _moment(published: Published | None) -> str | None:
    return published.isoformat() if published else None


def article_object(article: Article) -> dict[str, Json]:
    """Return the object of `articles ID`; the offsets of every answer count the characters of `text`."""
    return _known(article) | {"text": article.text}


def _known(article: Article) -> dict[str, Json]:
    return citation_object(Citation.of(article)) | {"author": article.author or None, "place": article.place or None}


def articles_object(entries: Iterable[CatalogEntry]) -> dict[str, Json]:
    """Return the object of `articles`, in the order of `entries`."""
    return {"articles": [_entry(entry) for entry in entries]}


def _entry(entry: CatalogEntry) -> dict[str, Json]:
    return _known(entry.article) | {
        "first_seen": entry.first_seen.isoformat(timespec="seconds"),
        "changed": entry.changed.isoformat(timespec="seconds"),
        "passages": entry.passages,
    }


def sources_object(sources: Iterable[SourceSummary], feeds: Iterable[FollowedFeed], now: datetime) -> dict[str, Json]:
    """Return the object of `sources`: both lists in their order."""
    return {
        "sources": [
            {"source": summary.source or None, "articles": summary.articles, "newest": _moment(summary.newest)} for summary in sources
        ],
        "feeds": [feed_object(feed, now) for feed in feeds],
    }


def feed_object(feed: FollowedFeed, now: datetime) -> dict[str, Json]:
    """Return a followed feed and how it does; `state` says the latter in words."""
    return {
        "feed": feed.number,
        "title": feed.title or None,
        "address": feed.address,
        "state": feed_state(feed, now),
        "paused": feed.paused,
        "last_fetched": _instant(feed.last_fetched),
        "new": feed.last_new,
        "failures": feed.failures,
        "failing_since": _instant(feed.failing_since),
        "error": feed.error or None,
        "due": None if feed.paused else _instant(feed.due),
    }


def _instant(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def added_object(results: Iterable[Indexed], followed: Iterable[FollowedFeed], now: datetime, elapsed_ms: float) -> dict[str, Json]:
    """Return the object of `add`: every source under its outcome, each list in the order of `results`, and `feeds`."""
    lists: dict[str, list[Json]] = {outcome.value: [] for outcome in Outcome}
    for result in results:
        if result.article_id is not None or result.outcome is Outcome.SKIPPED:  # a feed without news is only among the feeds
            lists[result.outcome.value].append(_indexed(result))
    return {**lists, "feeds": [feed_object(feed, now) for feed in followed], "elapsed_ms": round(elapsed_ms, 1)}


def _indexed(result: Indexed) -> dict[str, Json]:
    match result.outcome:
        case Outcome.SKIPPED:
            return {"source": result.source, "reason": result.reason}
        case Outcome.DUPLICATE:
            return {"source": result.source, "id": result.article_id, "title": result.title, "reason": result.reason}
        case _:
            return {"source": result.source, "id": result.article_id, "title": result.title, "passages": result.passages}
