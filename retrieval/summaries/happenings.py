"""What the words in front of a date say will happen on it: what begins, reopens, ends, is held, and the like, without a grammar.

Only plans are read ("will begin on", "is not due to reopen until"), and only where the verb leads straight to the date. What is told of
the past ("opened on"), the day on which somebody said so, and a bound ("by March") are none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from re import Match

from retrieval.asking.clause import AUXILIARIES, DETERMINERS, PREPOSITIONS

_STAY_CLOSED = "stay closed"
_VERBS = {
    "begin": r"begins?|starts?|commences?|kicks? off|gets? (?:under ?way|going)",
    "resume": r"resumes?|restarts?",
    "end": r"ends?|finish(?:es)?|concludes?|expires?",
    "reopen": r"re-?opens?|opens? (?:its doors )?again",
    _STAY_CLOSED: r"(?:remains?|stays?|be|kept) (?:closed|shut)",
    "open": r"opens?",
    "close": r"closes?|shuts?",
    "be held": r"takes? place|be held|be staged",
    "launch": r"launch(?:es)?|lifts? off|blasts? off",
    "go on sale": r"be released|goe?s? on (?:general )?sale|hits? (?:the )?(?:stores|shelves|cinemas|shops)|comes? out",
    "take effect": r"takes? effect|comes? into (?:force|effect)|enters? into force",
    "be completed": r"be (?:completed|finished)|completes?",
    "go on trial": r"goe?s? on trial|stands? trial",
    "be sentenced": r"be sentenced",
    "vote": r"votes?",
    "meet": r"meets?",
}
_KEYS = {f"verb{number}": what for number, what in enumerate(_VERBS)}
_CLOSED = next(key for key, what in _KEYS.items() if what == _STAY_CLOSED)
_ADVERB = r"(?:(?:also|now|only|officially|finally|formally|tentatively|provisionally|currently|probably|likely|then|still|not) )*"
_BE = r"(?:(?:is|are|be|being|['’]s|['’]re) )?"
_SET = r"(?:due|set|expected|scheduled|slated|planned|supposed|meant|going|plans?|planning|expects?|expecting)"
_MARK = rf"(?P<mark>(?:{_BE}{_ADVERB}(?:{_SET} )?to |(?:will|would|shall|should|won['’]t|['’]ll) ){_ADVERB})"
_ASIDE = r"(?: (?:a|an|one|two|three|four|the) (?:day|week|month)s? (?:before|after|ahead of) [^,;.]{1,60},)?"
_LINK = r"(?: (?P<link>on|in|at|from|for|this|next|until|till|before|by|after|since|through|around|about|(?:early|late)(?: on| in)?))?\s*$"
_ANY_VERB = "|".join(f"(?P<{key}>{_VERBS[what]})" for key, what in _KEYS.items())
_HAPPENING = re.compile(rf"(?<!\w){_MARK}?(?:{_ANY_VERB})(?P<object>(?: [^\s.,;:()“”]+){{0,8}}?){_ASIDE}{_LINK}", re.IGNORECASE)
_FIXED = re.compile(r"\b(?:is|are)(?: \w+ly| now)? (?:scheduled|set|due|slated|planned) for(?: \w+ly| early| late)?\s*$", re.IGNORECASE)
_POSSIBLE = re.compile(rf"\b(?:{'|'.join(_VERBS.values())}|(?:scheduled|set|due|slated|planned) for)\b", re.IGNORECASE)
_OF_THIRD_PERSON = re.compile(r"\w+s\b", re.IGNORECASE)
_PLURAL = re.compile(r"[^su]s$", re.IGNORECASE)
"""Forms that tell what comes by themselves: "it begins", "talks begin"; "begin" with another noun does not."""

_BOUNDS = frozenset("by after since before through around about".split())
_LEAVING_OPEN = frozenset("that which who when where after before as because and but while until if unless whether than to".split())
_PAST_OR_OPEN = re.compile(r"\b(?:was|were|had|been|may|might|could|if|unless)\s*$", re.IGNORECASE)
_NEGATION = re.compile(r"\bnot\b[^,;]{0,30}$", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")
_TRAILING = re.compile(r"(?:\s+(?:is|are|not|only|officially|now|still))+$|\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Thing:
    """What something happens to: the noun `head`, what stands before it, and what follows it ("between the two sides on phase two")."""

    determiner: str
    modifiers: tuple[str, ...]
    head: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """What happens (`what`, one of a few verbs) to what. `said` is the thing in its own words, `behind` the words behind the verb."""

    what: str
    thing: Thing
    said: str
    behind: tuple[str, ...]


def may_have_one(sentence: str) -> bool:
    """Return whether `sentence` has a word that tells of a happening: searched for first, as dates take a hundred times as long."""
    return _POSSIBLE.search(sentence) is not None


def happening(before: str) -> Happening | None:
    """Return what is planned for a date that stands behind the words `before` of its sentence; None where that is not sure."""
    before = _BLANKS.sub(" ", before)
    fixed = _FIXED.search(before)
    if fixed:
        return _of_subject("be held", before[: fixed.start()], ())
    match, key = _last_verb(before)
    if match is None or not _is_plan(match, before):
        return None
    words = _words(match["object"])
    if any(word.casefold() in _LEAVING_OPEN for word in words):
        return None
    what = "reopen" if key == _CLOSED else _KEYS[key]  # until the day on which it reopens
    found = _of_subject(what, _TRAILING.sub("", before[: match.start()]), words)
    is_told = match["mark"] or _OF_THIRD_PERSON.match(before, match.start(key))
    return found if found and (is_told or _PLURAL.search(found.thing.head)) else None


def _last_verb(before: str) -> tuple[Match[str] | None, str]:
    """Return the verb nearest to the end of `before` that leads there, and its group."""
    found, last, at = None, "", 0
    while match := _HAPPENING.search(before, at):
        last = next(key for key in _KEYS if match[key])
        found, at = match, match.start(last) + 1
    return found, last


def _is_plan(match: Match[str], before: str) -> bool:
    """Whether a verb tells what is to be on the very date: "will begin on", "is not due to reopen until", not "begin by"."""
    link, mark = (match["link"] or "").casefold(), match["mark"] or ""
    if _PAST_OR_OPEN.search(before[: match.start()]) or link in _BOUNDS:
        return False
    if match[_CLOSED]:
        return link in {"until", "till"}
    is_negated = "not " in mark.casefold() or "won" in mark.casefold() or _NEGATION.search(before[: match.start()]) is not None
    return is_negated is (link in {"until", "till"})


_OPENING = re.compile(
    r"[;:“—–]|, (?:and|but|while|as|where|when|after) |"
    r"\b(?:that|while|when|if|because|said|says|announced|confirmed|added|expects?|expected|after|before|although|though) ",
    re.IGNORECASE,
)
_AFTER_PREPOSITION = re.compile(r"\b(?:on|in|of|at|for|from|to|with|about|during) $", re.IGNORECASE)
_JOINED = re.compile(r"(?:,|\b)\s*(?:and|but)$", re.IGNORECASE)
_CLAUSE_OF_JOINED = re.compile(r"[;“]|\b(?:said|says|announced|confirmed) (?!that )|(?<!\bin )(?<!\bon )(?<!\bof )\bthat ", re.IGNORECASE)
_RELATIVE = re.compile(r", (?:which|who|where|when)\b.*$", re.IGNORECASE | re.DOTALL)
_ASIDE_BEHIND = re.compile(r",[^,]*,$")
_OPEN_SUBJECT = re.compile(r"\b(?:which|who|that)$", re.IGNORECASE)


_WITH_OTHERS = frozenset({"meet", "vote"})
"""What somebody does with or to others, and what the others do not: "will meet Trump"."""


def _of_subject(what: str, before: str, words: tuple[str, ...]) -> Happening | None:
    """Return the happening whose verb follows `before`; `words` stand behind the verb: an object, or where and with whom."""
    text = _clause(before.rstrip())
    subject = _thing(_words(text)) if text else None
    if subject is None:
        return None
    done_to = _thing(words) if what not in _WITH_OTHERS else None
    if done_to:
        thing = Thing(done_to.determiner, done_to.modifiers, done_to.head, (*subject.modifiers, subject.head, *done_to.rest))
    else:
        thing = Thing(subject.determiner, subject.modifiers, subject.head, (*subject.rest, *words))
    return Happening(what, thing, " ".join((text, *words)), words) if thing.head.casefold() not in _NAMELESS else None


def _clause(before: str) -> str:
    """Return the words that have the subject of the verb behind `before`; an empty text where it is "which" or "who"."""
    joined = _JOINED.search(before)
    if joined:
        clause = before[: joined.start()]
        return _RELATIVE.sub("", clause[max((cut.end() for cut in _CLAUSE_OF_JOINED.finditer(clause)), default=0) :])
    if _OPEN_SUBJECT.search(before):
        return ""
    clause = _ASIDE_BEHIND.sub("", _RELATIVE.sub("", before))
    cuts = (cut.end() for cut in _OPENING.finditer(clause) if not _AFTER_PREPOSITION.search(clause[: cut.start()]))
    return clause[max(cuts, default=0) :]


_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W\d_][\w’'-]*|\d[\w.,]*|,")
_LEADING = frozenset("while but and meanwhile however although though as so yet when if now after before because also".split())
_OWNERS = DETERMINERS | {"his", "her", "their", "its"}
_NOUN_ENDS = PREPOSITIONS | AUXILIARIES | frozenset("of and or that which who there here again".split())
_GERUND_NOUNS = frozenset("meeting hearing building opening spring sitting sentencing filming shooting trading".split())
_NAMELESS = frozenset("it they he she we i you this that these those who which there one all some both".split())


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def _thing(words: Sequence[str]) -> Thing | None:
    """Return the noun phrase that `words` begin with; None where they begin with none ("in Doha")."""
    first = next((place for place, word in enumerate(words) if word.casefold() not in _LEADING and word != ","), len(words))
    determiner = words[first].casefold() if first < len(words) and words[first].casefold() in _OWNERS else ""
    start = first + bool(determiner)
    end = start
    while end < len(words) and not _ends_noun(words[end], is_first=end == start):
        end += 1
    return Thing(determiner, tuple(words[start : end - 1]), words[end - 1], tuple(words[end:])) if end > start else None


def _ends_noun(word: str, *, is_first: bool) -> bool:
    folded = word.casefold()
    if word == "," or folded in _NOUN_ENDS:
        return True
    return not is_first and (folded in _OWNERS or (folded.endswith("ing") and folded not in _GERUND_NOUNS))
