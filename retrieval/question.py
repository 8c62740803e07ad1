"""A question as people type it, and what kind of answer it wants."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from retrieval.asking.wording import asks_whether, folded, said_in_full, with_article
from retrieval.dates.partial_date import WEEKDAYS

MAX_LENGTH = 1000
"""Characters; a longer text is a document, not a question."""


class QuestionTooLong(ValueError):
    """The question has more than `MAX_LENGTH` characters."""


class Kind(StrEnum):
    """What a question asks for: a few words; or, from WHY on, whole sentences."""

    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    HOW_MANY = "how_many"
    HOW_MUCH = "how_much"
    HOW_LONG = "how_long"
    WHAT = "what"
    WHY = "why"
    HOW = "how"
    YES_NO = "yes_no"
    SAID = "said"
    SUMMARY = "summary"

    @property
    def wants_sentence(self) -> bool:
        """Whether the answer is made of whole sentences rather than a few words."""
        return self in {Kind.WHY, Kind.HOW, Kind.YES_NO, Kind.SAID, Kind.SUMMARY}


@dataclass(frozen=True, slots=True)
class Said:
    """What a question about somebody's words asks for: whose, and about what. Either may be empty: anybody, anything."""

    speaker: str
    topic: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its spelling folded: one line, single blanks, straight apostrophes, nothing invisible in it."""

    text: str
    kind: Kind

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what somebody typed. The text may come out empty. Raises QuestionTooLong."""
        plain = folded(text)
        length = max(len(text), len(plain))  # a few letters become longer
        if length > MAX_LENGTH:
            raise QuestionTooLong(f"a question may have {MAX_LENGTH} characters, got {length}")
        return cls(plain, kind_of(plain))

    @property
    def wording(self) -> str:
        """The question in full, as it is searched for and read: "meeting when?" as "when is the meeting?"."""
        if self.kind is Kind.SUMMARY:
            return self.topic
        full = _full(self.text)
        if self.kind is Kind.YES_NO or _ASKS.search(_spoken(full)) or not full:
            return full
        return f"{'who' if self.kind is Kind.WHO else 'what'} is {with_article(full)}"

    @property
    def topic(self) -> str:
        """What a summary is about: "the ceasefire" in "tell me about the ceasefire"; the whole wording where it names nothing else."""
        full = _full(self.text)
        about = _ABOUT.match(full) or _NEWS_LAST.match(full.strip(" ?!."))
        return (about["topic"] if about else full).strip(" ?!.")

    @property
    def said(self) -> Said:
        """Whose words are asked for, and about what."""
        full = _full(self.text).strip(" ?!.")
        match = next((match for pattern in _SAID if (match := pattern.match(full))), None)
        return Said(_speaker(match["speaker"]), (match["topic"] or "").strip()) if match else Said("", full)

    @property
    def subject(self) -> str:
        """What must be in an article for it to answer: the wording, without "what did ... say" where somebody's words are asked for."""
        return f"{self.said.speaker} {self.said.topic}" if self.kind is Kind.SAID else self.wording

    @property
    def wants_all(self) -> bool:
        """Whether everything that fits is asked for ("which countries", "who will attend") rather than one thing."""
        return self.kind in {Kind.WHO, Kind.WHERE, Kind.WHAT} and _PLURAL.search(_full(self.text)) is not None

    def parts(self) -> tuple[Self, ...]:
        """Return the questions that this one is made of: two for "when and where is the meeting?", else itself alone."""
        match = _TWO.match(_full(self.text))
        if match is None:
            return (self,)
        rest, mark = match["rest"].rstrip(" ?"), "?" if self.text.endswith("?") else ""
        return tuple(type(self).parse(f"{asked} {rest}{mark}") for asked in (match["first"], match["second"]))


_AUXILIARY = "|".join(
    "is are am was were do does did has have had can could will would shall should may might must isn't aren't wasn't weren't don't "
    "doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't".split()
)
_TIMES = "date|day|month|year|time|century|decade|weekday"
_PLACES = "place|city|town|country|location|venue|building|village|state|street"
_PERSONS = "person|people|man|woman|minister|leader|official|politician"
_PATTERNS = [
    (Kind.HOW_MANY, r"\bhow many\b|\bwhat (?:is |was )?the number of\b|\bwhat (?:percentage|percent|share|proportion)\b"),
    (Kind.HOW_LONG, r"\bhow long\b(?! ago\b)|\bwhat (?:is |was )?the (?:length|duration)\b"),
    (Kind.HOW_MUCH, r"\bhow (?:much|old|big|large|high|tall|deep|far|fast|heavy|wide)\b|\bwhat (?:price|cost|amount)\b"),
    (Kind.WHY, r"\bwhy\b|\bwhat for\b|\bfor what reason\b|\bwhat (?:is|was|were|are) the reasons?\b"),
    (Kind.WHEN, rf"\bwhen\b|\b(?:what|which) (?:exact |calendar )?(?:{_TIMES})\b|\bhow (?:soon|recently|often|long ago)\b"),
    (Kind.WHERE, rf"\bwhere\b|\b(?:what|which) (?:{_PLACES})\b"),
    (Kind.WHO, rf"\b(?!(?-i:WHO)\b)who(?:m|se)?\b|\b(?:what|which) (?:{_PERSONS})\b"),
    (Kind.HOW, r"\bwhat (?:happened|happens|will happen|went wrong)\b|\bhow\b"),
    (Kind.WHAT, r"\b(?:what|which)\b"),
]
_ORDER = re.compile(
    r"^(?:please )?(?:name (?!of\b|is\b|was\b)|list |enumerate |(?:give|show|send) (?:me|us) |tell (?:me|us) (?=(?:the|all) ))",
    re.IGNORECASE,
)
_ASKS = re.compile(rf"\b(?:(?!(?-i:WHO)\b)who|whom|whose|what|which|when|where|why|how)\b|{_ORDER.pattern}", re.IGNORECASE)
_WHAT_IS = re.compile(r"^what (?:is|was|are|were|will be) (?P<what>(?!the reasons?\b|the number\b)[^?]+)", re.IGNORECASE)
_ASKS_YES_OR_NO = re.compile(rf"^(?:{_AUXILIARY})\b", re.IGNORECASE)

_SAYING = (
    r"say|says|said|saying|tell|told|think|thinks|thought|feel|comment(?:ed)?|remark(?:ed)?|respond(?:ed)?|react(?:ed)?|repl(?:y|ied)|"
    r"write|wrote|mention(?:ed)?"
)
_ON = r"about|on|of|to|regarding|concerning|over"
_THEN = (
    rf"today|tonight|yesterday|recently|lately|so far|(?:on )?(?:{'|'.join(WEEKDAYS)})"
    r"|(?:this|last) (?:morning|afternoon|evening|night|week|weekend|month|year)"
)
_SAID = [
    re.compile(
        rf"^(?:what|how) (?:exactly |else )?(?:did|does|do|has|have|had|is|are|was|were|would) (?P<speaker>.+?)"
        rf"(?: (?:recently|already|also|just))? (?:{_SAYING})"
        r"(?: (?:reporters|journalists|the press|the media)|(?:(?<=tell)|(?<=told)) (?:the |his |her |its )?\w+)?"
        rf"(?: (?:{_THEN}))?(?: (?:{_ON}) (?P<topic>.+?))?(?: (?:{_THEN}))?$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^what (?:is|was|are|were) (?P<speaker>.+?)(?:'s|s') (?:opinion|view|views|reaction|response|position|stance|comment|comments|"
        rf"statement|words|answer)(?: (?:{_ON}) (?P<topic>.+))?$",
        re.IGNORECASE,
    ),
    re.compile(rf"^what (?:was|is|has been) (?P<speaker>)said (?:{_ON}) (?P<topic>.+)$", re.IGNORECASE),
]
_ANYBODY = frozenset("he she it they people anyone anybody everyone somebody someone you".split())


def _speaker(text: str) -> str:
    return "" if text.casefold() in _ANYBODY else text


_FRESH = r"(?:(?:the|any|some|more|new|latest|recent) )*"
_NEWS = rf"{_FRESH}(?:news|word|latest|updates?)"
_MATTER = rf"(?:more|everything|all|something|anything|what you know|an? (?:overview|summary|update)|the summary|{_NEWS})"
_ABOUT_FORMS = [
    r"(?:(?:can|could) you )?(?:please )?"
    rf"(?:(?:tell|brief|update|give|show) (?:me|us)|talk|write|say|know|read)(?: {_MATTER}){{0,2}} (?:about|on|of)",
    r"(?:(?:can|could) you )?(?:please )?(?:catch (?:me|us) up|fill (?:me|us) in|bring (?:me|us) up to (?:date|speed)) (?:about|on|with)",
    r"(?:what|anything|something|more|info|information|details|everything|all|(?:an? )?summary|overview|update|background) (?:about|on|of)",
    rf"(?:(?:is|are) there )?{_NEWS} (?:about|on|of|from|regarding)(?! (?:when|where|who|why|how)\b)",
    r"what (?:is|are) (?:new|the latest|the news|going on|happening|known|up)(?: news)? (?:about|on|of|with|in)",
    r"what do (?:you|the articles|we|they) (?:know|have|say) (?:about|on)",
    r"what (?:happens|is the story) with|(?:(?:can|could|would|will) you (?:please )?)?(?:summari[sz]e|describe|explain)",
]
_ABOUT = re.compile(rf"^(?:{'|'.join(_ABOUT_FORMS)}) (?P<topic>.+)$", re.IGNORECASE)
_NEWS_LAST = re.compile(rf"^{_FRESH}+(?P<topic>.+?) (?:(?:latest )?news|latest|(?:latest )?updates?)$", re.IGNORECASE)
"""As in "strike latest", and "latest bridge news"."""

# What "the mayor of Skelmouth" or "meeting date" asks for, by the noun that carries it.
_NOUNS = {
    Kind.WHEN: "date day time year deadline schedule birthday",
    Kind.WHERE: "place venue location address headquarters whereabouts birthplace destination",
    Kind.HOW_MUCH: "price cost amount salary wage toll fee fare age height depth width weight speed distance revenue profit turnover",
    Kind.HOW_MANY: "number percentage population attendance",
    Kind.HOW_LONG: "duration",
    Kind.WHO: "mayor president minister director chairman chairwoman ceo chief founder owner leader author winner captain manager boss "
    "king queen coach editor spokesman spokeswoman spokesperson envoy inventor designer architect secretary governor senator "
    "father dad mother mum mom wife husband girlfriend boyfriend brother sister son daughter successor predecessor lawyer",
    Kind.WHY: "reason cause motive",
    Kind.WHAT: "name capital title nickname email phone colour color brand model purpose result outcome definition meaning nationality "
    "religion language job profession value reward size score length maker buyer",
}
_KIND_OF_NOUN = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
_PREPOSITION = re.compile(r" (?:of|for|in|at|on|per|to|from|by|with|between|during) ", re.IGNORECASE)

_DETERMINED = re.compile(r"(?:the|its|his|her|their) ", re.IGNORECASE)

_CLAUSE = re.compile(r" (?:the|a|an|his|her|its|their|that|when|where|(?:at|on|in|by|from|for) which) ", re.IGNORECASE)
"""What parts a noun from the clause that tells which: "year the mill closed"."""

_SINGULAR = "news|series|this|is|was|does|has|its|us|bus|gas|status|virus|campus|crisis|basis|analysis|perhaps|species"
_SOME = r"(?:(?:two|three|four|five|six|several|other|main|major|new|big|biggest|foreign|many|all|of the|else) )?"
_NOUN = rf"(?:(?!(?:{_SINGULAR})\b)\w*[^\Ws]s|people|men|women|children)"
_HAVE = r"(?:are|were|will|would|have|had|did|do|can|could|should|may|might|face|remain|exist|need|make|made|take|took|come|came|want)"
_DONE_BY_MANY = (
    r"attend(?:ed|ing)?|participat\w+|take part|took part|taking part|join(?:ed|ing)?|voted?|signed?|oppos(?:e|ed|es)|support(?:s|ed)?"
    r"|critici[sz]\w+|died|survived|was (?:arrested|killed|injured|invited|charged)"
)
_PLURAL = re.compile(
    rf"\bwhich {_SOME}{_NOUN}\b|\bwhat {_SOME}{_NOUN} {_HAVE}\b"
    rf"|\bwhat (?:are|were) (?:the|all|some) (?:\w+ ){{0,2}}?{_NOUN}(?: (?:of|in|for|that|to|from|between|facing)\b|\?|$)"
    rf"|\bwho(?:m)? (?:are|were|else|all)\b|\bwho (?:will |would |is |are |has |have |did )?(?:{_DONE_BY_MANY})\b|{_ORDER.pattern}",
    re.IGNORECASE,
)
_WORDS_ASKING = "when|where|who|why|how much|how many|how long|how|at what time|what time"
_TWO = re.compile(
    rf"^(?P<first>{_WORDS_ASKING}) (?:and|or|&) (?P<second>{_WORDS_ASKING}) (?P<rest>.+)$",
    re.IGNORECASE,
)


def _spoken(text: str) -> str:
    """Return `text` without its capitals where it has no other letters: only beside small ones does "WHO" ask for nobody."""
    return text.lower() if text.isupper() else text


def _full(text: str) -> str:
    """Return `text` said in full; of an order for one thing that a noun asks for ("give me the date of the talks"), the thing alone."""
    full = said_in_full(text)
    order = _ORDER.match(full)
    wanted = full[order.end() :] if order else ""
    return wanted if _DETERMINED.match(wanted) and any(noun in _KIND_OF_NOUN for noun in _carrying(wanted)) else full


def kind_of(text: str) -> Kind:
    """Return what `text` asks for: its first question word decides; where it has none, the noun that it names ("the price?").

    A question that opens with a verb asks for yes or no, whatever words follow ("is it known how he left?"). A bare topic
    ("ceasefire") asks for a summary.
    """
    full = _spoken(_full(text))
    if _ABOUT.match(full):
        return Kind.SUMMARY
    if _ASKS_YES_OR_NO.match(full) or asks_whether(text):
        return Kind.YES_NO
    if any(pattern.match(full.strip(" ?!.")) for pattern in _SAID):
        return Kind.SAID
    if is_what := _WHAT_IS.match(full):
        return _kind_of_noun(is_what["what"], otherwise=Kind.WHAT)
    found = [(match.start(), kind) for kind, pattern in _PATTERNS if (match := re.search(pattern, full, re.IGNORECASE))]
    if found:
        return min(found, key=lambda pair: pair[0])[1]
    return Kind.WHAT if not full or _ORDER.match(full) else _kind_of_noun(full, otherwise=Kind.SUMMARY)


def _kind_of_noun(phrase: str, *, otherwise: Kind) -> Kind:
    """Return what the noun that carries `phrase` asks for: "date" in "the date of the meeting", "cost" in "bridge repair cost"."""
    kinds = (_KIND_OF_NOUN.get(noun, _KIND_OF_NOUN.get(noun.removesuffix("s"))) for noun in _carrying(phrase))
    return next((kind for kind in kinds if kind), otherwise)


def _carrying(phrase: str) -> list[str]:
    """Return the nouns that may carry `phrase`, the likelier one first: its last one before a preposition, and before a clause."""
    carrying = _PREPOSITION.split(phrase.casefold())[0]
    words = [re.findall(r"\w+", part) for part in (carrying, _CLAUSE.split(carrying)[0])]
    return [said[-1] for said in words if said]
