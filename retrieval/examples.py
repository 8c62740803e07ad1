"""Questions that the articles answer, to show newcomers what they can ask."""

import re
from collections.abc import Callable, Iterable, Iterator

from corpus.article import Article
from retrieval.answer import Answer
from retrieval.answering import Asked
from retrieval.content_words import content_words
from retrieval.sentences import sentences

MAX_TRIES = 12
"""Questions tried at most: each takes as long as anybody's question."""

MIN_CONFIDENCE = 0.7
"""An example should be answered without doubt."""


def example_questions(articles: Iterable[Article], ask: Callable[[str], Asked], limit: int = 3) -> list[str]:
    """Return at most `limit` questions, each answered with confidence from the article that suggested it.

    They are about different stories, those of the first articles first. Empty where nothing suggests a question.
    """
    found: dict[str, Article] = {}
    candidates = ((article, question) for article in articles for question in suggestions(article))
    tries = 0
    for article, question in candidates:
        if len(found) == limit or tries == MAX_TRIES:
            break
        if any(_same_story(article, other) for other in found.values()):
            continue
        tries += 1
        if _answers(ask(question), article):
            found[question] = article
    return list(found)


def _same_story(one: Article, other: Article) -> bool:
    """Whether two titles share two words that mean something: a guess that errs on the side of variety."""
    return len(set(content_words(one.title)) & set(content_words(other.title))) >= 2


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
_PERSON = re.compile(rf"\b(?P<name>{_NAME}), (?:the|a|an|who|chief|head)\b|\b(?:[a-z]+er|[a-z]+or|president|chief) (?P<titled>{_NAME})")


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
