"""Follow-ups without an object: "who else will attend?", "how many were hurt?"."""

import re

from retrieval.asking.antecedents import SORT_OF, Spoken, genitive, is_name
from retrieval.asking.clause import AUXILIARIES
from retrieval.asking.reasking import in_order
from retrieval.asking.verbs import is_participle, is_past

_LACKS_OBJECT = re.compile(
    rf"(?P<who>who|what|how many(?: \w+)?)(?: else)?(?: (?:{'|'.join(sorted(AUXILIARIES))}|be|been|all|also))* (?P<verb>[a-z]+)"
    r"(?P<preposition> (?:for|against|on|in|about|to|with))?(?: (?:next|then|afterwards|too|also|there|as well))*",
    re.IGNORECASE,
)
_TAKEN_IN = frozenset(
    "happen happened hurt killed injured wounded died die survive survived lost arrested evacuated released freed".split()
)
_OF_MANY = re.compile(
    r"(?:attend|participat|vot|sign|join|oppos|support)(?:e|s|es|d|ed|ing)?|hurt|killed|injured|wounded|died|die|survive|lost|arrested|evacuated|released|freed",
    re.IGNORECASE,
)
_AROUND = re.compile(r"(?:\w+ )?(?P<where>(?:in|at|near|during) .+)", re.IGNORECASE)
"""Where it was, right behind the verb: "killed in the attack on the school"."""
_COMPLETE = frozenset("is are was were be cares knows care know".split())


def completed(question: str, spoken: Spoken) -> str | None:
    """Return a question with what it lacks: "who else will attend" with "the meeting"; None where it lacks nothing."""
    match = _LACKS_OBJECT.fullmatch(question)
    if match is None or match["verb"].casefold() in _COMPLETE | AUXILIARIES:
        return None
    verb, is_who = match["verb"].casefold(), match["who"].casefold() == "who"
    if match["who"].casefold() == "what" and not verb.startswith("happen"):
        return None
    if not is_who and not verb.startswith("happen") and not _OF_MANY.fullmatch(verb):
        return None
    if is_who and not (is_past(verb) or is_participle(verb) or re.search(r"\b(?:will|would|can|could|may|might|did|else)\b", question)):
        return None
    around = _AROUND.match(spoken.clause.rest)
    if around and verb in _TAKEN_IN and not match["preposition"]:
        return f"{question} {around['where']}"
    topic = _topic(spoken, last=match["preposition"] is not None or verb.startswith("attend"))
    if topic is None:
        told = in_order(spoken.clause)
        return f"{question} when {told}" if told else None
    return f"{question}{' in' if verb in _TAKEN_IN and not match['preposition'] else ''} {topic}"


def _topic(spoken: Spoken, *, last: bool) -> str | None:
    """Return what was talked about, no person: its subject, or its `last` noun; None where it is about persons alone."""
    clause = spoken.clause
    phrases = [clause.subject, *clause.objects] if not last else [*reversed(clause.objects), clause.subject]
    things = [phrase for phrase in phrases if phrase and not is_name(phrase) and phrase.casefold() not in SORT_OF]
    if not things:
        return None
    owner = clause.subject if clause.subject and clause.subject != things[0] else None
    return re.sub(r"^(?:its|his|her|their)\b", f"{owner}{genitive(owner)}", things[0]) if owner else things[0]
