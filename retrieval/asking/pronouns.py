"""Pronouns of a question that point out of it, and what stands for them: "what did he say?" as "what did Odette Farrow say?"."""

import re

from retrieval.asking.antecedents import SORT_OF, Sort, Spoken, genitive
from retrieval.asking.clause import AUXILIARIES, BE, DETERMINERS, PREPOSITIONS
from retrieval.asking.reasking import as_event

WORD = re.compile(r"[\w’'.-]*\w")
ASKING_WORDS = frozenset("who whom whose what which when where why how".split())
_CLAUSE_STARTS = frozenset(
    "that if whether because after before when while since until although though as where who which what why how".split()
)
_EXPLETIVE = re.compile(
    r"\bit\b(?=.*\b(?:to [a-z]+|that|if|whether|known|true|possible|likely|time|raining|snowing|(?:in|of) [A-Z]\w+)\b)", re.IGNORECASE
)
_EMPTY = (
    ASKING_WORDS
    | AUXILIARIES
    | PREPOSITIONS
    | DETERMINERS
    | SORT_OF.keys()
    | frozenset("and or of be been being there else then also so not much many long often old far exactly".split())
)
_BEFORE_THAT = ASKING_WORDS | AUXILIARIES | PREPOSITIONS
_OF_THINGS = re.compile(r"\bthe (?:name|age|job|title|date|place|number|reason) of $", re.IGNORECASE)
POSSESSIVES = frozenset("his her its their".split())
_SUBJECTS_ONLY = frozenset("he she they".split())
_POINTS = re.compile(
    rf"\b(?:this|that)\b(?=$| (?:mean|happen|help|work|cost|end|start|{'|'.join(sorted(BE))}|final|true|new|last|take)\b)", re.IGNORECASE
)


def with_antecedents(question: str, spoken: Spoken) -> str | None:
    """Return `question` with names and nouns for its pronouns; None where it has none that points out of it, or one that cannot be told."""
    found = [word for word in WORD.finditer(question) if _points_out(question, word)]
    if not found:
        return _with_noun_for_one(question, spoken)
    meant: list[str] = []
    for word in found:
        antecedent = _meant(question, word, spoken)
        if antecedent is None or antecedent.casefold() in SORT_OF:
            return None
        meant.append(f"{antecedent}{genitive(antecedent)}" if _is_possessive(question, word) else antecedent)
    for word, phrase in reversed(list(zip(found, meant, strict=True))):
        question = f"{question[: word.start()]}{phrase}{question[word.end() :]}"
    return question


def _points_out(question: str, word: re.Match[str]) -> bool:
    """Whether `word` is a pronoun that stands for something outside of the question."""
    pronoun = word[0].casefold()
    if pronoun not in SORT_OF:
        return False
    before = question[: word.start()]
    words = [each.casefold() for each in WORD.findall(before)]
    if pronoun in {"this", "that"}:
        return _POINTS.match(question, word.start()) is not None and words[-1:] != [] and words[-1] in _BEFORE_THAT
    if pronoun == "it" and _EXPLETIVE.match(question, word.start()):
        return False
    own = own_words(before)
    if _is_possessive(question, word):
        return not own or (SORT_OF[pronoun] is Sort.PERSON and _OF_THINGS.search(before) is not None)
    if SORT_OF[pronoun] is not Sort.THING and _tells(before):
        return False
    return not (own and any(each in _CLAUSE_STARTS for each in words[1:]))


def _tells(before: str) -> bool:
    """Whether the question names somebody who says something, and the pronoun is part of that: "what did Trump say he ..."."""
    saying = _SAYING.search(before)
    return saying is not None and own_words(before[: saying.start()]) != []


_SAYING = re.compile(
    r"\b(?:say|says|said|think|thinks|thought|claim|claims|claimed|believe|believes|believed|deny|denies|denied|admit|admits|admitted|"
    r"promise|promises|promised|hope|hopes|hoped|expect|expects|expected)\b(?! (?:about|against|at|for|in|of|on|over|to|with)\b)",
    re.IGNORECASE,
)


def own_words(text: str) -> list[str]:
    """Return the words of `text` that mean something by themselves."""
    return [word for word in WORD.findall(text) if word.casefold() not in _EMPTY]


def _is_possessive(question: str, word: re.Match[str]) -> bool:
    if word[0].casefold() not in POSSESSIVES:
        return False
    following = WORD.match(question[word.end() :].lstrip())
    return following is not None and following[0].casefold() not in PREPOSITIONS | AUXILIARIES | DETERMINERS | {"and", "or"}


def _is_subject(question: str, word: re.Match[str]) -> bool:
    if word[0].casefold() in _SUBJECTS_ONLY or _is_possessive(question, word):
        return True
    before = WORD.findall(question[: word.start()])
    return bool(before) and before[-1].casefold() in AUXILIARIES


def _meant(question: str, word: re.Match[str], spoken: Spoken) -> str | None:
    """Return what the pronoun `word` of `question` stands for: a noun, or all that happened ("who announced it?")."""
    is_thing = SORT_OF[word[0].casefold()] is Sort.THING
    event = as_event(spoken.clause) if is_thing else ""
    before = WORD.findall(question[: word.start()])
    if event and before and _OF_EVENTS.match(before[-1]):
        return event
    places = spoken.clause.places if is_thing else []
    return spoken.antecedent(word[0], as_subject=_is_subject(question, word)) or event or next(iter(places), None)


_OF_EVENTS = re.compile(
    r"(?:after$|order|announc|caus|confirm|report|decid|approv|suggest|propos|predict|prevent|happen|arrang|organi[sz])", re.IGNORECASE
)


_ONE = re.compile(
    r"\b(?P<which>(?:the|this|that|another|each|which|first|second|third|last|next|other|new|old)(?: \w+)?) ones?\b", re.IGNORECASE
)


def _with_noun_for_one(question: str, spoken: Spoken) -> str | None:
    """Return "the first phase" for "the first one" where phases were asked about."""
    noun = spoken.clause.noun.split(" of ")[0]
    if not _ONE.search(question) or not noun:
        return None
    single = noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
    return _ONE.sub(lambda found: f"{found['which']} {noun if found[0].endswith('s') else single}", question)
