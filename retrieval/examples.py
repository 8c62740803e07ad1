"""Questions that the articles answer, to show newcomers what they can ask."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from corpus.article import Article
from retrieval.answer import Answer
from retrieval.answering import Asked
from retrieval.sentences import sentences

MAX_TRIES = 12
"""Questions tried at most: each takes as long as anybody's question."""

MIN_CONFIDENCE = 0.7
"""An example should be answered without doubt."""


def example_questions(articles: Iterable[Article], ask: Callable[[str], Asked], limit: int = 3) -> list[str]:
    """Return at most `limit` different questions, each answered with confidence from the article that suggested it.

    Each comes from another article; those of other sources go first. Empty where nothing suggests a question.
    """
    found: list[str] = []
    tries = islice(((article, question) for article in articles for question in suggestions(article)), MAX_TRIES)
    used: set[str] = set()
    for article, question in tries:
        if len(found) == limit:
            break
        if article.id not in used and question not in found and _answers(ask(question), article):
            found.append(question)
            used.add(article.id)
    return found


def _answers(asked: Asked, article: Article) -> bool:
    result = asked.result
    return (
        isinstance(result, Answer)
        and result.confidence >= MIN_CONFIDENCE
        and article.id in {evidence.citation.id for evidence in result.variant.evidence}
    )


_NAME = r"[A-Z][a-z’'-]+(?: [A-Z]\.)?(?: [A-Z][a-z’'-]+){1,2}"
_SAID = re.compile(rf"\b(?P<name>{_NAME}) (?:said|told)\b|\bsaid (?P<speaker>{_NAME})")
_PLAN = re.compile(r"^(?P<subject>The [a-z -]{3,40}?) will (?P<plan>(?!not\b)[a-z]+(?: [a-z]+){0,4}) (?:on|in|at|until|from|by) [A-Z\d]")
_PERSON = re.compile(
    rf"\b(?P<name>{_NAME}), (?:the|a|an|who|chief|head|\d\d)\b|\b(?:[a-z]+er|[a-z]+or|president|chief) (?P<titled>{_NAME})"
)


def suggestions(article: Article) -> Iterator[str]:
    """Yield questions that the wording of `article` suggests: when a plan happens, who somebody is, what somebody said."""
    texts = [article.text[start:end] for start, end in sentences(article.text)]
    for text in texts:
        if plan := _PLAN.match(text):
            subject = plan["subject"]
            yield f"When will {subject[0].lower()}{subject[1:]} {plan['plan']}?"
            break
    if person := _PERSON.search(article.text):
        yield f"Who is {person['name'] or person['titled']}?"
    if said := _SAID.search(article.text):
        yield f"What did {said['name'] or said['speaker']} say?"
