"""Questions changed so that their passage no longer answers them.

SQuAD 2.0's writers did this by hand (Rajpurkar et al. 2018, section 4): a negation, an antonym, an entity, a number or a
date exchanged for another of its kind.
"""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_ANTONYMS = dict(
    pair.split("/", 1)
    for pair in (
        "first/last largest/smallest biggest/smallest highest/lowest longest/shortest oldest/youngest most/least "
        "more/fewer best/worst before/after increase/decrease increased/decreased rise/fall rose/fell won/lost "
        "win/lose winner/loser beginning/end began/ended begin/end start/finish started/finished open/close "
        "opened/closed accept/reject accepted/rejected accepted/refused allow/forbid allowed/banned born/buried "
        "north/south east/west northern/southern eastern/western male/female men/women king/queen father/mother "
        "son/daughter husband/wife brother/sister early/late earlier/later upper/lower inside/outside entered/left "
        "arrived/departed bought/sold built/demolished major/minor maximum/minimum public/private strong/weak "
        "success/failure positive/negative support/oppose supported/opposed import/export include/exclude "
        "minority/majority hot/cold old/new modern/ancient created/destroyed joined/quit hired/fired like/dislike"
    ).split()
)
_OPPOSITES = _ANTONYMS | {new: old for old, new in _ANTONYMS.items()}
_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_NUMBER = re.compile(r"(?<![\w.,-])\d[\d,]*(?:\.\d+)?(?![\w-])")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_ENTITY = re.compile(r"(?<!^)(?<![.?!:] )\b[A-Z][\w'’-]+(?:(?: of| the| de| von)* [A-Z][\w'’-]+)*")
_AUXILIARY = re.compile(r"\b(is|was|were|are|did|does|do|has|have|had|can|could|will|would|should)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Pool:
    """What the articles around a question offer in exchange: entities and numbers as they were written."""

    entities: tuple[str, ...]
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Pool":
        """Collect the entities and numbers of `texts`, in the order of their first appearance."""
        entities = dict.fromkeys(entity for text in texts for entity in _ENTITY.findall(text))
        numbers = dict.fromkeys(number for text in texts for number in _NUMBER.findall(text))
        return cls(tuple(entities), tuple(numbers))


def perturb(question: str, answer: str, pool: Pool, rng: random.Random) -> str | None:
    """Return `question` with one thing exchanged at random, or None where it offers nothing to exchange.

    What comes in is never the right answer, nor already in the question.
    """
    changes = list(_changes(question, answer, pool, rng))
    return rng.choice(changes) if changes else None


def _changes(question: str, answer: str, pool: Pool, rng: random.Random) -> Iterator[str]:
    """Yield one change for each place that allows one."""
    for found in _ENTITY.finditer(question):
        words = found[0].count(" ")
        others = [entity for entity in pool.entities if abs(entity.count(" ") - words) <= 1 and _differs(entity, question, answer)]
        if others:
            yield _replaced(question, found, rng.choice(others))
    for found in _NUMBER.finditer(question):
        is_year = bool(_YEAR.fullmatch(found[0]))
        others = [number for number in pool.numbers if bool(_YEAR.fullmatch(number)) == is_year and _differs(number, question, answer)]
        yield _replaced(question, found, rng.choice(others) if others else str(int(re.sub(r"\D", "", found[0]) or 0) + rng.randint(2, 30)))
    for found in re.finditer(r"\w+", question):
        word = found[0]
        for names in (_MONTHS, _WEEKDAYS):
            if word in names:
                yield _replaced(question, found, rng.choice([name for name in names if name != word]))
        if word.lower() in _OPPOSITES:
            yield _replaced(question, found, _OPPOSITES[word.lower()])
    verb = _AUXILIARY.search(question)
    if verb and rng.random() < 0.3:
        yield _replaced(question, verb, f"{verb[0]} {rng.choice(['not', 'never'])}")


def _differs(entry: str, question: str, answer: str) -> bool:
    asked, right, new = question.casefold(), answer.casefold(), entry.casefold()
    return new not in asked and new not in right and right not in new


def _replaced(text: str, found: re.Match[str], new: str) -> str:
    return text[: found.start()] + new + text[found.end() :]
