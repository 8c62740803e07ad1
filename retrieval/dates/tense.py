"""Whether the words around a date tell of what was or of what will be."""

import re
from enum import StrEnum


class Tense(StrEnum):
    """When something happens, seen from the day of writing."""

    PAST = "past"
    FUTURE = "future"


_INFINITIVE = r"to (?!(?:the|a|an|his|her|its|their|this|that)\b)[a-z]+\b"
_FUTURE = (
    r"(?:will|shall|won['’]t|would|should|must|needs to|has to|(?-i:may)|might)\b(?! have\b)|"
    r"['’]ll\b|(?:is|are|['’]s|['’]re) (?:not )?(?:to|going to|\w+ing)\b|"
    r"(?:is|are)(?= (?:(?:on|at|due|set|in|for)\b|$))|"
    r"(?:expected|scheduled|slated|set|due|likely|planned|poised|supposed|meant|hoping|planning|ready|invited) (?:to|for)\b|"
    rf"(?:agreed|asked|ordered|instructed|invited|urged|vowed|promised|offered|threatened|planned|decided|intended|hoped|pledged|summoned)\b"
    rf"[^.;]{{0,80}}?\b{_INFINITIVE}|"
    r"due\b|upcoming\b|(?:plans?|hopes?|intends?|aims?|expects?|vows?|promises?) to\b|"
    r"(?<!the )(?<!his )(?<!her )(?<!their )"
    r"(?:opens|reopens|begins|starts|meets|ends|closes|returns|travels|arrives|leaves|departs|votes|visits|faces|hosts|plays|resumes|"
    r"takes (?:place|office|effect))\b"
)
_IRREGULAR = (
    "said told was were had did met held began came took made left won lost found gave went got saw sent spoke struck shot spent stood "
    "sold rose fell fled flew felt fought knew grew drew broke brought bought built caught chose drove forgot hid kept laid led paid ran "
    "sank sang shook sought showed slept stole swore taught thought threw understood woke wore wrote bore beat bit blew became bound cut "
    "hit hurt put quit heard sat upheld withheld withdrew withstood overtook overcame undertook underwent swept tore hung rode slid swung "
    "dug froze leapt"
).split()
_NO_PARTICIPLE = "".join(rf"(?<!\b{verb} )" for verb in "be being remain remains stay stays is are".split())
_PAST = rf"{_NO_PARTICIPLE}(?:(?:{'|'.join(_IRREGULAR)})|\w{{2,}}ed)\b"
_ADVERB = re.compile(r"(?<=\bbe )(?:\w+ly|also) ", re.IGNORECASE)
_OPEN = r"(?:was|were|had been|been) (?:\w+ly )?(?:expected|scheduled|slated|set|due|planned|supposed|meant|to)\b"
_CUE = re.compile(rf"\b(?:(?P<open>{_OPEN})|(?P<future>{_FUTURE})|(?P<past>{_PAST}))|['’](?:ll|s going to)\b", re.IGNORECASE)
_HEADLINE = re.compile(rf"\b{_INFINITIVE}")
_SINCE = re.compile(r"\bsince[\s-]+(?:(?:the|early|late|about|at least)\s+)?$", re.IGNORECASE)
_LASTS = (
    r"(?:\b(?:is|are|has|have|gave|given|remains?|stays?)|['’](?:s|re|ve))\b(?:(?!\b(?:was|were|had|said)\b)[^.;,]){0,40}?\b(?:until|till)"
)
_PUT_OFF = (
    r"\b(?:adjourned|deferred|delayed|extended|moved|postponed|prolonged|pushed back|put back|put off|remanded|rescheduled|suspended)\b"
    r"(?:(?!\bfrom\b)[^.;]){0,80}?\b(?:until|till|to|for)"
)
_CALLED = r"(?<!was )(?<!were )(?<!been )\b(?:announced|arranged|called|convened|fixed|planned|proposed|scheduled|set)\b[^.;]{0,80}?\bfor"
_DEMANDED = (
    r"(?<!was )(?<!were )(?<!been )\b(?:asked|called|demanded|expected|ordered|pledged|promised|requested|sought|urged|vowed|wanted)\b"
    r"(?:(?!\b(?:was|were|had|said|told)\b)[^.;]){0,80}?\bby(?: (?:noon|midday|midnight|the end of|\d[\d:.]*(?: ?[ap]\.?m\.?)?)(?: on)?)?"
)
_AHEAD_TO = re.compile(rf"(?:{_LASTS}|{_PUT_OFF}|{_CALLED}|{_DEMANDED})[\s-]+$", re.IGNORECASE)
_REACH = 300
"""Characters on each side of a date in which its verb is looked for."""


def tense_of(before: str, after: str) -> Tense | None:
    """Return the tense of the verb that goes with a date between `before` and `after` in a sentence; None where that is not sure.

    The nearest verb in front decides ("said on Thursday that it will open on Saturday"), else the first one behind.
    What "was to begin" may have begun or not: not sure. "Leaders to meet Tuesday", without another verb, is a headline's future.
    """
    before, after = _ADVERB.sub("", before[-_REACH:]), after[:_REACH]
    cues = list(_CUE.finditer(before))
    cue = cues[-1] if cues else _CUE.search(after)
    if cue is None:
        return Tense.FUTURE if _HEADLINE.search(before) else None
    if cue["open"]:
        return None
    return Tense.PAST if cue["past"] else Tense.FUTURE


def side_of(before: str, after: str) -> Tense | None:
    """Return on which side of the day of writing a date between `before` and `after` lies; None where that is not sure.

    The words right in front of it tell more than its verb does: "since" looks back; what is "shut until", was "put off to", "called for"
    or demanded "by" a day looks ahead to it.
    """
    before = before[-_REACH:]
    if is_since(before):
        return Tense.PAST
    return Tense.FUTURE if _AHEAD_TO.search(before) else tense_of(before, after)


def is_since(before: str) -> bool:
    """Return whether `before` ends with the "since" of a date that follows."""
    return _SINCE.search(before) is not None


def looks_ahead(sentence: str) -> bool:
    """Return whether anything in `sentence` is told as what will be, or may have been to come."""
    return any(cue["past"] is None for cue in _CUE.finditer(sentence))
