"""An earlier question asked anew: with another question word ("and where?") or about something else ("and the museum?")."""

import re

from retrieval.asking.antecedents import Spoken, definite, is_name, is_plural, tidy
from retrieval.asking.clause import ASKING, AUXILIARIES, BE, DO, PREPOSITIONS, Clause
from retrieval.asking.verbs import base_form, gerund, is_participle, is_past, past_of
from retrieval.asking.wording import with_article
from retrieval.dates.partial_date import WEEKDAYS
from retrieval.question import Kind, kind_of

_AGENT = re.compile(r"^(?:by whom|by who|who by|who)$", re.IGNORECASE)
_MAX_SUBJECT_WORDS = 6
"""Words of an answer that may stand for "who" in the next question."""


def ask_for(asked: str, spoken: Spoken) -> str | None:
    """Return the earlier question with `asked` ("where", "in how many countries") in place of what it asked for; None where that
    makes no question.
    """
    clause = spoken.clause
    if clause.is_topic:
        return f"{asked} is {with_article(clause.subject)}" if re.fullmatch(r"when|where|who|what", asked, re.IGNORECASE) else None
    if _AGENT.match(asked):
        if not clause.is_passive:
            return None
        verb, _, rest = clause.rest.partition(" ")
        return _joined("who", past_of(verb), clause.subject or _known_subject(spoken), rest)
    if asked.casefold() == "why not":
        return _joined("why", clause.auxiliary, clause.subject, "not", clause.rest) if clause.subject and clause.rest else None
    if re.fullmatch(r"what|which|whom|whose", asked, re.IGNORECASE):
        return None
    if clause.subject:
        back = clause.noun if clause.auxiliary.casefold() not in BE and not is_participle(clause.noun.split(" ")[-1]) else ""
        measure = _MEASURED.fullmatch(clause.asked) if asked.casefold() == "why" and not clause.rest else None
        return _joined(asked, clause.auxiliary, clause.subject, f"so {measure['what']}" if measure else clause.rest, back)
    subject = _known_subject(spoken)
    if clause.auxiliary:
        return _joined(asked, clause.auxiliary, subject, clause.rest)
    verb, _, rest = clause.rest.partition(" ")
    if base_form(verb) == verb.casefold() and not is_past(verb):
        return None
    does = "did" if is_past(verb) else ("do" if is_plural(subject) else "does")
    return _joined(asked, does, subject, base_form(verb), rest)


_MEASURED = re.compile(r"how (?P<what>long|wide|deep|high|tall|big|large|small|far|fast|slow|old|young|heavy|expensive)", re.IGNORECASE)


def _known_subject(spoken: Spoken) -> str:
    """Return what the earlier question asked for, where the answer named it in few words; else what it called it."""
    named = definite(tidy(spoken.answer))
    if named and len(named.split()) <= _MAX_SUBJECT_WORDS and spoken.kind in {Kind.WHO, Kind.WHAT} and named[0] not in "“\"'":
        return named
    noun = spoken.clause.noun
    if not noun:
        return "they"
    return noun if spoken.clause.asked.casefold().startswith("how many") else f"the {noun}"


_FACTS = {Kind.WHEN, Kind.WHERE, Kind.WHY, Kind.HOW_MUCH, Kind.HOW_MANY, Kind.HOW_LONG}
"""What "and the price?" asks for by itself, whatever the earlier question asked for."""
_OWNED = re.compile(r" (?:of|for|in) |'s? ", re.IGNORECASE)
"""What tells whose price it is: "the price of the ticket", "the bridge's price"."""
_TIME = re.compile(
    rf"today|tonight|tomorrow|yesterday|(?:(?:this|next|last) )?(?:{'|'.join(WEEKDAYS)})"
    r"|(?:this|next|last) (?:morning|afternoon|evening|night|week|weekend|month|year|spring|summer|autumn|winter)",
    re.IGNORECASE,
)
_TIME_LAST = re.compile(rf" (?:on )?(?:{_TIME.pattern})$", re.IGNORECASE)


def ask_about(fragment: str, spoken: Spoken) -> str | None:
    """Return the earlier question about `fragment` ("the museum", "in Berlin") instead; None where that has no place in it."""
    clause = spoken.clause
    if clause.is_topic:
        return None
    whole = _joined(clause.asked, clause.auxiliary, clause.subject, clause.rest)
    if _TIME.fullmatch(fragment):
        return f"{_TIME_LAST.sub('', whole)} {fragment}"
    first = fragment.split(" ")[0].casefold()
    if first in PREPOSITIONS | {"of"}:
        return _with_phrase(whole, first, fragment)
    if not clause.subject:
        return None if not clause.objects else whole.replace(clause.objects[0], fragment, 1)
    if kind_of(fragment) in _FACTS - {kind_of(clause.subject)}:
        return f"what is {with_article(fragment)}" + ("" if _OWNED.search(fragment) else f" of {clause.subject}")
    names = [name for name in re.findall(r"[^\W\d_a-z][\w’'-]*(?: [^\W\d_a-z][\w’'-]*)*", f"{clause.subject} {clause.rest}") if name]
    if is_name(fragment) and " of " in clause.subject and names:
        return whole.replace(names[0], fragment, 1)
    return _joined(clause.asked, clause.auxiliary, fragment, clause.rest)


def _with_phrase(question: str, preposition: str, phrase: str) -> str:
    """Return `question` with `phrase` in place of the last phrase of its that has the same preposition, or at its end."""
    stop = "|".join(sorted(PREPOSITIONS | AUXILIARIES))
    found = list(re.finditer(rf"\b{preposition} (?:(?!(?:{stop})\b)\S+ ?)+", question, re.IGNORECASE))
    if not found:
        return f"{question} {phrase}"
    return f"{question[: found[-1].start()]}{phrase} {question[found[-1].end() :]}".strip()


def in_order(clause: Clause) -> str:
    """Return a clause as a statement has it: "Netanyahu will meet Trump"; an empty string where it lacks a subject."""
    if not clause.subject:
        return ""
    if clause.auxiliary.casefold() in DO - {"did", "didn't"}:
        return _joined(clause.subject, clause.rest)
    return _joined(clause.subject, clause.auxiliary, clause.rest)


def as_event(clause: Clause) -> str:
    """Return what a clause tells as a noun: "Netanyahu meeting Trump", "the bridge being closed"; an empty string for nothing."""
    if not clause.subject or not clause.rest:
        return ""
    if clause.auxiliary.casefold() in BE:
        return "" if clause.rest.split(" ")[0].endswith("ing") else f"{clause.subject} being {clause.rest}"
    verb, _, rest = clause.rest.partition(" ")
    return _joined(clause.subject, gerund(base_form(verb)), rest)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def is_question_word(text: str) -> bool:
    """Whether `text` is made of a question word, what goes with it, and nothing else: "where", "since when", "in how many countries"."""
    return _BARE.fullmatch(text) is not None


_BARE = re.compile(
    rf"(?:(?:at|in|on|by|from|for|since|until|to|with|under|of|about|against) )?{ASKING}(?: (?:and|or|&) {ASKING})?"
    r"(?: (?:exactly|precisely|else|though|tho|then|not|so|days?|years?|months?|weeks?|dates?|times?|hours?|city|cities|town|country|"
    r"countries|place|places|people|persons|reason))?",
    re.IGNORECASE,
)
