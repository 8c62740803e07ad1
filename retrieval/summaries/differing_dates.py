"""Dates that the articles of a story tell differently of one planned event: "begin on Feb. 3" and "begin on Feb. 16"."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from corpus.article import Article
from retrieval.answer import Evidence, Variant
from retrieval.readable import readable
from retrieval.summaries.briefing import Difference
from retrieval.summaries.plans import Plan, plans

MOST_VERSIONS = 3
"""An event with more dates than this is rather several events."""


def differing_dates(articles: Sequence[Article]) -> tuple[Difference, ...]:
    """Return the planned events that independent ones of `articles` date differently, each version with all who tell it.

    Versions come in the order of the articles. A publisher's later article corrects its earlier one; it does not contradict it.
    """
    found = [plan for article in articles for plan in plans(article)]
    events = _events(found)
    told = (_versions([found[place] for place in event]) for event in events)
    return tuple(Difference(tuple(map(_variant, versions))) for versions in told if 1 < len(versions) <= MOST_VERSIONS)


def _events(found: Sequence[Plan]) -> Iterator[list[int]]:
    """Yield the places of the plans of each event that is dated differently, in their order, with those that agree with one of them."""
    contested: set[int] = set()
    groups = [{place} for place in range(len(found))]
    for one, other in combinations(range(len(found)), 2):
        contradict = _contradict(found[one], found[other])
        if contradict or found[one].agrees_with(found[other]):
            touched = [group for group in groups if group & {one, other}]
            groups = [group for group in groups if group not in touched] + [set().union(*touched)]
            contested |= {one, other} if contradict else set()
    yield from sorted(sorted(group) for group in groups if group & contested)


def _contradict(one: Plan, other: Plan) -> bool:
    """Whether independent articles contradict each other."""
    return one.article.voice != other.article.voice and one.contradicts(other)


def _versions(event: Sequence[Plan]) -> list[list[Plan]]:
    """Return the plans of one event in groups of one date, an article once in each."""
    versions: list[list[Plan]] = []
    for plan in event:
        home = next((version for version in versions if all(plan.date.fits(other.date) for other in version)), None)
        if home is None:
            versions.append([plan])
        elif all(plan.article.id != other.article.id for other in home):
            home.append(plan)
    return versions


def _variant(version: Sequence[Plan]) -> Variant:
    best = max(version, key=lambda plan: (plan.date.is_day, plan.date.first is not None))
    told = [best, *(plan for plan in version if plan is not best)]
    sources = len({plan.article.voice for plan in version})
    return Variant(str(best.date), tuple(map(_evidence, told)), sources, best.date)


def _evidence(plan: Plan) -> Evidence:
    quote = readable(plan.article.text, plan.start, plan.end)
    return Evidence.of(plan.article, span=plan.span, quote=quote, passage=quote, confidence=1.0)
