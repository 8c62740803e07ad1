"""Whether a span is the kind of thing that a question asks for."""

import re

from retrieval.content_words import STOP_WORDS
from retrieval.dates.partial_date import MONTHS, WEEKDAYS, PartialDate
from retrieval.dates.tense import Tense, looks_ahead, tense_of
from retrieval.quantities import Quantity, is_score
from retrieval.question import Kind, Question, kind_of
from retrieval.values import value_of

_TIME_WORDS = re.compile(
    rf"\b(?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS)}|sept|(?:{'|'.join(WEEKDAYS)}|weekday|morning|afternoon|evening|"
    r"night|day|week|fortnight|weekend|month|quarter|year|hour|hr|minute|min|decade|summer|winter|season)s?|century|centuries|spring|autumn|"
    r"fall|today|tonight|overnight|tomorrow|yesterday|dawn|daybreak|sunrise|noon|midday|lunchtime|dusk|sunset|nightfall|midnight|o['’]clock|"
    r"christmas|thanksgiving|halloween|easter|ramadan|eid|diwali|hanukkah|passover|now|soon|recently|later|earlier|ago|"
    r"before|after|during|until|since|when|once|twice|(?-i:times)|immediately|hourly|daily|nightly|weekly|fortnightly|monthly|quarterly|annually|a\.?m|p\.?m|ad|bc|bce|ce|"
    r"(?:half|quarter) (?:past|to)|the (?:[12]?\d|3[01])(?:st|nd|rd|th)(?! \w)|(?:[12]\d)?\d0s|[12]\d{3}|\d{1,2}[:.]\d{2})\b|\d[ap]\.?m\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\b(?:second|minute|mins?\b|hour|hrs?\b|day|night|overnight|week|fortnight|month|year|decade|centur|season|spring|summer|autumn|winter|term|semester|generation|"
    r"until|forever|indefinite|permanent|for good\b|life(?:time)?\b)",
    re.IGNORECASE,
)
_BORDERED = re.compile(r"(?:until|till|through|since) \S|from .+ (?:to|until|till|through) \S", re.IGNORECASE)
"""What begins a stretch of time that is told by a date: "since 2019", "until Friday"."""
_LENGTH = re.compile(r"(?:\b|\d)(?:\w*met(?:er|re)s?|km|cm|mm|m|miles?|yards?|feet|foot|ft|inch(?:es)?)\b", re.IGNORECASE)
_ASKS_FOR_LENGTH = re.compile(r"^how long (?:is|are|was|were|will)\b(?!.*(?:ed|ing|\b(?:shut|open|last|take|stay))\b)", re.IGNORECASE)
"""Of a thing, which may be as long as a bridge; not of what was closed or went on."""
_POINT_IN_TIME = re.compile(
    r"(?:(?:early|late|later|sometime|by|in|the) )*(?:next|this|last|coming|following) "
    r"(?:day|night|week|weekend|month|year|season|spring|summer|autumn|winter|term|decade|century)",
    re.IGNORECASE,
)
"""What tells when and not how long, though it has a word for a stretch of time: "next week"."""
_NUMBER = re.compile(
    r"\d|\b(?:no|none|zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    r"ninety|hundreds?|thousands?|millions?|billions?|dozens?|scores|handful|half|several|both|all|once|twice|couple|pair|single)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w’'])[A-ZÀ-Þ][\w’'.-]*")
_AWAY = re.compile(
    rf"[\d.,]+[\s-]?{_LENGTH.pattern}.* "
    r"(?:\w*(?:north|south|east|west)\w*|from|off|away|out|outside|inside|beyond|above|below|under|up|down|into|along)\b",
    re.IGNORECASE,
)
"""A place by its distance from another: "30 km north of Kyiv"."""
_ADDRESS = re.compile(
    r"\d+[A-Za-z]? (?:[A-ZÀ-Þ][\w’'.-]* )+(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|"
    r"Blvd|Square|Place|Plaza|Row|Terrace|Way|Hill|Quay)\b"
)
_PEOPLE = re.compile(
    r"\b(?:man|woman|men|women|people|person|child|children|\w+(?:er|or|ist|ian|ant|ent)s?|minister|official|police|president|chief|head|king|queen|"
    r"staff|team|group|company|council|court|government|office|members?|envoy|spokes\w+|girls?|boys?|bab(?:y|ies)|teens?|youths?|twins?|"
    r"couples?|famil(?:y|ies)|wi(?:fe|ves)|husbands?|sons?|relatives?|friends?|neighbours?|victims?|guests?|guards?|nurses?|pilots?|priests?|"
    r"monks?|nuns?|crews?|crowds?|troops)\b",
    re.IGNORECASE,
)


_AGED = re.compile(r"\d{1,3}-year-old \S", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\b|\b\d{1,2}[:.]\d{2}\b|\b(?:noon|midnight|o['’]clock|(?:half|quarter) (?:past|to))\b",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(r"\b\d{1,2}(?:[:.]\d{2})?\s?[ap]\.?m\b", re.IGNORECASE)
_ASKS_FOR_CLOCK = re.compile(r"\bwhat time\b", re.IGNORECASE)
_MONEY = re.compile(
    r"[$€£¥₹₽₩₺₴₪₦₱฿]|\b(?:dollars?|cents?|euros?|pounds?|pence|yen|yuan|rupees?|francs?|crowns?|shekels?|pesos?|roubles?|rubles?|lira|"
    r"kron(?:a|e|er|or)|zlotys?|dirhams?|dinars?|riyals?|baht|rupiah|ringgit|hryvnias?|shillings?|USD|EUR|GBP|CHF|INR|bitcoins?|quid|crore|"
    r"lakh|free|nothing)\b|\b(?:Rs\.?\s?|(?-i:R))\d|\d(?:p\b|\S* (?:(?:million|billion|trillion) )?(?:won|rand)\b)",
    re.IGNORECASE,
)
_ASKS_FOR_MONEY = re.compile(
    r"\b(?:cost|costs|pay|pays|paid|paying|price|worth|money|fee|fine|salary|earn|earns|spend|spent|sold|compensation|tickets?)\b",
    re.IGNORECASE,
)
_ASKS_FOR_NO_MONEY = re.compile(r"\bhow (?:much (?:more )?time|old|tall|deep|far|fast|heavy|wide)\b", re.IGNORECASE)
"""Time is spent and is no money, nor is the age of who spent some."""
_ASKS_FOR_PART = re.compile(
    r"\bhow much (?:of|interest|tax|duty|commission)\b|\b(?:premium|stake)\b|"
    r"\b(?:ris|rose|rais|grow|grew|gain|increas|climb|jump|soar|surg|fall|fell|drop|cut|decreas|declin|reduc|"
    r"los(?=[ei])|lost|plung|tumbl|slump|slid|shr[aiu]nk|chang|hik|discount)(?:e[sdn]?|s|n|th|p?ed|[pt]?ing|tion)?\b",
    re.IGNORECASE,
)
"""Of a price that changed, or of a part of some money, such as a tax: the answer may be a percentage."""
_PART = re.compile(r"%|\bper ?cent\b|\bpercentage\b|\b(?:half|thirds?|quarters?|fifths?|tenths?)\b", re.IGNORECASE)
_PER_SHARE = re.compile(r"\b(?:(?:in cash )?for )?(?:a|per|each|every) share\b", re.IGNORECASE)
_ON_SHARES = re.compile(r"\b(?:shares?|stocks?)\b", re.IGNORECASE)
_AGE = re.compile(r"(?:\w+[- ])?\d{1,2}(?:st|nd|rd|th)-century", re.IGNORECASE)
_ASKS_FOR_AGE = re.compile(
    r"\b(?:built|made|painted|written|founded|created|composed|carved|cast|from|date|dates|century|old)\b", re.IGNORECASE
)
"""Of how a thing is described ("a 16th-century clock"); nothing else happened in that century."""
_NAME_AFTER = re.compile(r"(?: [A-ZÀ-Þ][\w’'-]+)+")
_ASKS_AHEAD = re.compile(r"\b(?:will|shall|going to|'ll)\b", re.IGNORECASE)
_ASKS_WHAT_RECURS = re.compile(r"^(?:until )?when (?:do|does)\b", re.IGNORECASE)
"""Of a time that is to come, or that comes every year."""
_ASKS_BACK = re.compile(
    r"^(?:since |until )?(?:when|(?:what|which) (?:day|date|week|month|year)) (?:was|were|did|had)\b"
    r"(?!.*\b(?:scheduled|due|expect|expected|planned|supposed|set|meant|going|announced?|agreed?|promised?|say|said|to)\b)",
    re.IGNORECASE,
)
"""Of what has been, and not of what was to be."""
_EXPECTS = re.compile(r"\b(?:expect|hope|plan|intend)\b[^,;.]{0,40}\bto [a-z]+[^,;.]{0,30}$", re.IGNORECASE)
"""As in "did not expect cars to cross before June 2", which tells nothing of what was."""
_TIMETABLED = re.compile(
    r"\b(?!this\b)\w{2,}[^\Ws]s (?:begin|start|(?:re)?open|close|meet|end|vote|"
    r"go|come|arrive|leave|depart|travel|return|resume|kick off|take|expire)\b|"
    r"\b(?:hits|goes|comes|airs|launches|kicks off|premieres|expires)\b|"
    r"\b(?:called|moved|postponed|brought forward|rescheduled|delayed|deferred|adjourned|extended|pushed back|put (?:off|back)|booked) "
    r"(?:to|till|until|for|by)\b",
    re.IGNORECASE,
)
"""As in "the talks begin on 4 May, he said", and in "it was postponed to 4 May"."""
_TOLD_LAST = re.compile(r".*\b(?P<told>(?:was|were|had|which|who|that|he|she|it|they)\b[^,;:.]{1,60})$", re.IGNORECASE | re.DOTALL)
"""The last clause before a time: "which was abandoned on" in "They will finish the match, which was abandoned on Sunday"."""
_ASKS_FOR_NAME = re.compile(r"\b(?:names?|named|called)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:how many|number of) (?P<things>\S+(?: (?!(?:an?|per|each|every)\b)\S+){0,2})", re.IGNORECASE)
_NEXT_WORD = re.compile(r"[ -][^\W\d_]+")
_BARE_UNIT = re.compile(
    r"(?:(?:a|an|one|the) )?(?:second|minute|hour|day|night|week|fortnight|month|quarter|year|decade|century)", re.IGNORECASE
)
"""Words that a time is measured in, and that name none."""
_NO_NAME = (
    "the a an his her its their this that in on at by for with against behind responsible involved affected right next first dead guilty "
    "there here president mayor minister chairman captain director manager king queen leader"
).split()
_ASKS_FOR_DESCRIPTION = re.compile(
    rf"who (?:is|was|are|were) (?!(?:{'|'.join(_NO_NAME)})\b)(?!.*(?:'s|ing|ed)\b)(?P<whom>[\w'.-]+(?: (?!of\b)[\w'.-]+){{0,3}})\?*$",
    re.IGNORECASE,
)
_DESCRIBES = re.compile(r"(?<![\w’'.-])(?!(?:and|of|the|for|with|from)\b)[a-zà-þ][\w’'-]{2,}")
_OFFICE = re.compile(
    r"\b(?:President|Premier|Minister|Chancellor|Secretary|Senator|Governor|Mayor|Ambassador|Envoy|Commissioner|Speaker|"
    r"Congress(?:wo)?man|King|Queen|Prince|Princess|Pope|Bishop|Archbishop|Judge|Justice|Attorney|Professor|Chief|Chair(?:wo)?(?:man)?|Director|Founder|Head|Leader|Coach|CEO|MP)\b"
)
"""Which describes whoever holds it though it is written like a name."""


def _only_repeats(question: str, text: str) -> bool:
    """Whether every word of `text` that means something is in the question, which offers no choice ("red or blue?")."""
    asked = _words(question)
    said = _words(text) - STOP_WORDS
    return bool(said) and "or" not in asked and asked >= said


def _words(text: str) -> set[str]:
    """Return the words of `text` as chats write them: "McDonald's" and "mcdonalds" are one, and "Citigroup's" is "citigroup"."""
    plain = (word.replace("'", "") if not word.endswith("'s") else word[:-2] for word in re.findall(r"[\w']+", _plain(text)))
    return {word.removesuffix("s") if len(word) > len("gas") else word for word in plain if word}


def _plain(text: str) -> str:
    return text.casefold().replace("’", "'")


def _names_only_who_asks(question: str, text: str) -> bool:
    """Whether `text` ends with a name and names nobody that the question does not: "giant Citigroup" for "who bought Citigroup's arm?".

    Abbreviations do not count: "US" only tells where somebody is from.
    """
    names = [name for name in _NAME.findall(text) if not name.isupper()]
    return bool(names) and text.endswith(names[-1]) and all(_words(name) <= _words(question) for name in names)


def fits(question: Question, text: str) -> bool:
    """Return whether `text` is a time for WHEN, a number for HOW_MANY, a name or a description of people for WHO, and so on.

    "What time" wants a clock's time, and "how much" money where it asks for a cost, or a percentage where that rose or fell; "who is
    Steve Witkoff" wants a description, which a bare name is not. Words that only repeat the question never fit. Kinds that any words may
    answer fit always.
    """
    if _only_repeats(question.text, text):
        return False
    match question.kind:
        case Kind.WHEN:
            return _is_time(question.text, text)
        case Kind.HOW_MUCH if _ASKS_FOR_MONEY.search(question.text) and not _ASKS_FOR_NO_MONEY.search(question.text):
            is_part = _ASKS_FOR_PART.search(question.text) is not None and _PART.search(text) is not None
            return is_part or _MONEY.search(text) is not None
        case Kind.HOW_MANY | Kind.HOW_MUCH:
            return _NUMBER.search(text) is not None and not _is_time_or_score(text) and not _measures_something_else(question.text, text)
        case Kind.HOW_LONG:
            return _is_duration(text) or (_ASKS_FOR_LENGTH.search(question.wording) is not None and _LENGTH.search(text) is not None)
        case Kind.WHO if _asks_for_description(question.wording):
            return (_DESCRIBES.search(text) or _OFFICE.search(text)) is not None and not _is_measured(text)
        case Kind.WHO:
            names_somebody = (_NAME.search(text) or _PEOPLE.search(text)) is not None and (not _is_measured(text) or _counts_people(text))
            return names_somebody and not _names_only_who_asks(question.text, text)
        case Kind.WHERE:
            return not _is_measured(text) or (_AWAY.match(text) or _ADDRESS.match(text)) is not None
        case Kind.WHAT if _ASKS_FOR_NAME.search(question.text):
            return not _is_measured(text)
        case _:
            return True


def _asks_for_description(wording: str) -> bool:
    """Whether a question names a person ("who is Steve Witkoff") rather than an office ("who is trumps envoy")."""
    match = _ASKS_FOR_DESCRIPTION.match(wording)
    return match is not None and kind_of(match["whom"]) is not Kind.WHO


def fits_there(question: Question, article: str, span: tuple[int, int], sentence: tuple[int, int]) -> bool:
    """Return whether the words around a span of `article` let it answer: the rest of its name, and the rest of its `sentence`.

    "Itamar" before "Ben Gvir" is no answer to who replaces Ben Gvir, the "one" of "one day" none to how many there were, and "$41.50" a
    share none to how much a company cost. What is told of what was does not tell when something will be, nor what is to come when
    something was.
    """
    if question.kind is Kind.WHO:
        rest = _NAME_AFTER.match(article, span[1])
        return rest is None or rest[0].strip().casefold() not in question.text.casefold()
    if question.kind is Kind.HOW_MANY and (next_word := _NEXT_WORD.match(article, span[1])):
        return not _measures_something_else(question.text, article[span[0] : next_word.end()])
    if question.kind is Kind.HOW_MUCH:
        return _is_for_as_much(question.text, article[span[0] : sentence[1]], span[1] - span[0])
    if question.kind in {Kind.WHEN, Kind.HOW_LONG}:
        return _is_told_in_its_time(question.wording, article, span, sentence)
    return True


def _is_for_as_much(question: str, told: str, length: int) -> bool:
    """Whether the first `length` characters of `told` are a price per share where that is asked for, and only there or of stocks."""
    price = _PER_SHARE.search(told)
    is_per_share = price is not None and (price.start() < length or not told[length : price.start()].strip())
    return is_per_share if _PER_SHARE.search(question) else not is_per_share or _ON_SHARES.search(question) is not None


def _is_told_in_its_time(wording: str, article: str, span: tuple[int, int], sentence: tuple[int, int]) -> bool:
    """Whether a time is told of what was where the question looks back, and of what will be where it looks ahead; true if unsure."""
    before, told, after = article[sentence[0] : span[0]], article[slice(*sentence)], article[span[1] : sentence[1]]
    if _ASKS_BACK.search(wording):
        return tense_of(before, after) is not Tense.FUTURE and _EXPECTS.search(before) is None
    looks_back = _TOLD_LAST.match(before)
    if (_ASKS_AHEAD.search(wording) or _ASKS_WHAT_RECURS.search(wording)) and looks_back and _is_past(looks_back["told"]):
        return False
    return not _ASKS_AHEAD.search(wording) or not _is_past(told)


def _is_past(told: str) -> bool:
    """Whether all in `told` has been; not so of what has been put on a day, which may be to come."""
    return tense_of(told, "") is Tense.PAST and not looks_ahead(told) and not _TIMETABLED.search(told)


def _is_time(question: str, text: str) -> bool:
    if _ASKS_FOR_CLOCK.search(question):
        return _CLOCK.search(text) is not None
    if _AGE.fullmatch(text):
        return _ASKS_FOR_AGE.search(question) is not None
    return _TIME_WORDS.search(text) is not None and _BARE_UNIT.fullmatch(text) is None


def _is_duration(text: str) -> bool:
    tells_when = _POINT_IN_TIME.fullmatch(text) is not None or isinstance(value_of(text, None), PartialDate)
    return _BORDERED.match(text) is not None or (_DURATION.search(text) is not None and not tells_when)


def _is_time_or_score(text: str) -> bool:
    return _TIME_OF_DAY.search(text) is not None or is_score(text) or isinstance(value_of(text, None), PartialDate)


def _measures_something_else(question: str, text: str) -> bool:
    """Whether `text` is a length, a weight, money or the like where things are counted: "two meters" for "how many coins"."""
    counted, value = _COUNTED.search(question), value_of(text, None)
    if counted is None or not isinstance(value, Quantity) or not value.is_measured:
        return False
    wanted = Quantity.parse(f"2 {counted['things']}")
    return wanted is None or not wanted.unit or not value.measures_like(wanted)


def _counts_people(text: str) -> bool:
    """Whether `text` starts with how many there were, or with how old somebody is, and not with an amount: "3 people"."""
    value = value_of(text, None)
    return _AGED.match(text) is not None or (isinstance(value, Quantity) and not value.is_measured)


def _is_measured(text: str) -> bool:
    """Whether `text` is a date or starts with a quantity."""
    value = value_of(text, None)
    return isinstance(value, PartialDate) or (isinstance(value, Quantity) and text[:1] in "$€£¥0123456789")
