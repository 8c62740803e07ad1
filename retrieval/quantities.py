"""Quantities in words or digits: a number with its unit, and how exactly it is meant."""

import re
from dataclasses import dataclass, field, replace
from itertools import takewhile
from math import isclose, prod
from typing import Self


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in the singular; the unit is empty where none is named.

    The truth may lie up to `below` less and up to `above` more: both are 0 where the number is exact, and more where it is rounded,
    a range, "about" or "more than". Up to `unsure` less or more, an "about" does not tell whether it may.
    Quantities with one number and unit are equal, however exactly they are meant.
    """

    number: float
    unit: str
    below: float = field(default=0.0, compare=False)
    above: float = field(default=0.0, compare=False)
    unsure: float = field(default=0.0, compare=False)

    def __str__(self) -> str:
        """Return it like `15 month` or `4200000 $`."""
        return f"{self.number:.12g} {self.unit}".strip()

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the quantity that `text` begins with, give or take a "more than"; None where it is about something else."""
        text = _in_digits(text)
        found = [match for match in (_DIGITS.search(text), _SPELLED.search(text)) if match]
        match = min(found, key=lambda match: match.start(), default=None)
        if match is None or len(re.findall(r"\w+", text[: match.start()])) > _LEAD_WORDS or _is_no_quantity(text, match):
            return None
        span = _range(text, match)
        written = _written(match, span)
        unit = _unit(match.groupdict().get("currency"), text[(span or match).end() :])
        if vague := match.groupdict().get("vague"):
            number = _VAGUE[vague.casefold()] * written.number
            return cls(number, unit, below=0.5, above=number * (_NEXT_NAME - 1))
        below, above, unsure = _leeway(text, written, measured=unit in _MEASURES)
        if span:  # its upper end included
            above = max(above, float(_digits(span["last"])) * _scale(span["scale"]) - written.number + (above or 0.5))
        return cls(written.number, unit, below, above, unsure)

    @property
    def is_measured(self) -> bool:
        """Whether the unit is one of length, time, money and the like, rather than the name of what is counted."""
        return self.unit in _MEASURES

    def equals(self, other: "Quantity") -> bool:
        """Whether the two are the same amount: "15-month" and "15 months", "90 minutes" and "1.5 hours".

        The same number of things is the same, whatever they are called: "1,250 jobs" and "1,250 workers".
        """
        if self.unit in _MEASURES and other.unit in _MEASURES:
            return _kind(self.unit) == _kind(other.unit) and isclose(self._size, other._size)
        alike = (self.unit in _MEASURES) == (other.unit in _MEASURES) or not self.unit or not other.unit
        return alike and self.number == other.number

    def measures_like(self, other: "Quantity") -> bool:
        """Whether the two measure or count one thing, so that different numbers can contradict each other.

        Those of some and of all do not, nor those of the dead and of the hurt: "12 children" and "40 people", "17 killed" and "23 injured".
        """
        if not self.unit or not other.unit:
            return "%" not in {self.unit, other.unit}  # "nine out of ten" and "90%"
        if self.unit == other.unit:
            return True
        if self.unit in _MEASURES and other.unit in _MEASURES:
            return _kind(self.unit) == _kind(other.unit)
        return any({self.unit, other.unit} <= people for people in _ALIKE)

    def is_near(self, other: "Quantity") -> bool:
        """Whether the two are of one order of magnitude, as reports on one thing are even where they contradict each other."""
        smaller, larger = sorted((self._size, other._size))
        return larger <= _NEAR_FACTOR * smaller

    def overlaps(self, other: "Quantity") -> bool:
        """Whether both can be true: "about 40" and "39", "$9.4bn" and "$9.37bn", "five miles" and "eight kilometres"."""
        if not self.measures_like(other):
            return False
        return isclose(self._size, other._size, rel_tol=_CONVERSION_LEEWAY) if self._converts_to(other) else self._meets(other)

    def may_overlap(self, other: "Quantity") -> bool:
        """Whether both can be true, or an "about" or rounding leaves that open: "about 4,200" and "4,350", "two weeks" and "15 days"."""
        one, two = self._widened(), other._widened()
        return one.overlaps(two) or (one._converts_to(two) and one._meets(two))

    def _widened(self) -> "Quantity":
        return replace(self, below=max(self.below, self.unsure), above=max(self.above, self.unsure))

    def _converts_to(self, other: "Quantity") -> bool:
        """Whether both measure one thing in different units."""
        return self.unit != other.unit and self.is_measured and other.is_measured and _kind(self.unit) == _kind(other.unit)

    def _meets(self, other: "Quantity") -> bool:
        """Whether what the one may be and what the other may be overlap; a number without a unit has the other one's."""
        mine, theirs = (self._unit_size, other._unit_size) if self.unit and other.unit else (1.0, 1.0)
        return (self.number - self.below) * mine < (other.number + other.above) * theirs and (other.number - other.below) * theirs < (
            self.number + self.above
        ) * mine

    @property
    def _size(self) -> float:
        return self.number * self._unit_size

    @property
    def _unit_size(self) -> float:
        return _MEASURES[self.unit][1] if self.is_measured else 1.0


_NEAR_FACTOR = 12
"""Reports on one thing hardly ever differ by more than this factor; a toll may rise tenfold."""
_CONVERSION_LEEWAY = 0.05
"""Newspapers round what they convert: "100 mph (about 160 km/h)"."""
_APPROXIMATE_LEEWAY = 0.1
"""How far the truth may lie from "about 40", above "more than 40" and below "nearly 40", as a share. From "about 42" it is not sure to."""
_ROUNDED_LEEWAY = 0.02
"""How far the truth may lie from "$27bn" and at least from "about 4,235", as a share: such figures are cut off as often as rounded."""
_LEAD_WORDS = 4
"""Words that may stand before the number ("about", "a total of some")."""

_ONES = "one two three four five six seven eight nine".split()
_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = {"twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0}
_NUMERALS = {word: float(number) for number, word in enumerate(["zero", *_ONES, *_TEENS])} | _TENS
_SCALES = {"dozen": 12.0, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SCALE = rf"hundred[\s-](?:thousand|million|billion|trillion)|{'|'.join(_SCALES)}"
_VAGUE = {"several": 2.0, "tens of": 10.0, "hundreds of": 100.0}
"""The least that such a plural of a scale means, as a multiple of it."""
_NEXT_NAME = 10
"""By this factor more, the next larger name would be used: "tens of thousands" end where "hundreds of thousands" begin."""
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12}
_CURRENCY = r"(?P<currency>(?:\b(?:US|A|C|NZ|HK))?\$|[€£¥])"
_SOME = r"\d{1,20}"
"""As many digits as a number in an article has; longer runs are left alone: they are beyond what Python converts."""
_DIGITS = re.compile(
    rf"(?<![\w.-])(?:{_CURRENCY}\s?)?(?P<number>\d{{1,3}}(?:,\d{{3}}){{1,6}}(?:\.{_SOME})?|{_SOME}(?:\.{_SOME})?)"
    rf"(?:[\s-]?(?P<scale>{_SCALE}|{'|'.join(_SHORT_SCALES)})s?\b)?(?!\.?\d|:|(?:st|nd|rd|th|s)\b)",
    re.IGNORECASE,
)
_IN_WORDS = rf"(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_ONES)})|{'|'.join(sorted(_NUMERALS, key=len, reverse=True))}"
_SPELLED = re.compile(
    rf"\b(?P<number>{_IN_WORDS})\b"
    rf"(?:[\s-](?P<scale>{_SCALE})s?\b)?|\b(?:a|(?P<vague>several|tens of|hundreds of)) (?P<only>{_SCALE})s?\b",
    re.IGNORECASE,
)
_EACH = "second minute hour day night week month year share head person barrel ton mile".split()
_PER = "a an per each every".split()
_RATE = re.compile(rf"[\s-]*(?:{'|'.join(_PER)}|/)[\s-]?(?P<each>{'|'.join(_EACH)})\b", re.IGNORECASE)
_PERCENT = r"\s?(?:%|per\s?cent\b)"
_RANGE = re.compile(
    rf"(?P<share>{_PERCENT})?\s?(?P<joint>[-–—]|to|and|or)\s?{_CURRENCY}?\s?(?P<last>\d[\d,]{{0,25}}(?:\.{_SOME})?|(?:{_IN_WORDS}))"
    rf"(?:[\s-]?(?P<scale>{_SCALE}|{'|'.join(_SHORT_SCALES)}))?(?(share)(?={_PERCENT})|\b)",
    re.IGNORECASE,
)
_SIDE = rf"(?<![\w.,])({_SOME})"
_OTHER_SIDE = rf"({_SOME})\b(?![.,]\d)"
_SCORE = re.compile(rf"{_SIDE}\s?[-–](?:to-)?\s?{_OTHER_SIDE}|{_SIDE}(?: \w+)? to {_OTHER_SIDE}")
_OF_TIME = rf" (?:{'|'.join(_EACH)}|attempt|game|match|season)(?:e?s)?\b"
_SHARE = re.compile(rf" in (?P<whole>\d{{1,3}}|{_IN_WORDS})\b(?![.,]?\d|{_OF_TIME})", re.IGNORECASE)
"""What makes a number a share: "one [in five] residents", but not "three in ten years"."""
_NO = re.compile(r"\b(?:no|not)[\s-]$", re.IGNORECASE)
_CLOCK = re.compile(r"\s?(?:[ap]\.?m\b|GMT|UTC|BST|EDT|EST|[ap]m\b|o['’]clock)", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|estimated|some|an average)\b|\bor so\b|~", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"\b(?:(?<!\bno )more than|at least|over|above|no (?:less|fewer) than|upwards of|or more|in excess of|a minimum of)\b", re.IGNORECASE
)
_AT_MOST = re.compile(
    r"\b(?:(?<!\bno )(?:less|fewer) than|under|below|nearly|almost|close to|just short of|at most|no more than|up to|as (?:many|much) as|"
    r"a maximum of)\b",
    re.IGNORECASE,
)

_BETWEEN = re.compile(r"\bbetween\s*$", re.IGNORECASE)
_VAGUE_LEAD = re.compile(rf"(?:{_ABOUT.pattern}|{_AT_LEAST.pattern}|{_AT_MOST.pattern}|{_BETWEEN.pattern})\s*$", re.IGNORECASE)


def with_measure(text: str, before: str, after: str) -> str:
    """Return `text` with the "about", "more than" or "between" that ends `before` and the "a day" that begins `after`, if any."""
    lead, rate = _VAGUE_LEAD.search(before), _RATE.match(after)
    return f"{lead[0] if lead else ''}{text}{rate[0] if rate else ''}"


_SIZES: dict[str, dict[str, float]] = {
    "time": {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2629746, "year": 31556952, "decade": 315569520,
             "century": 3155695200},
    "length": {"millimeter": 0.001, "centimeter": 0.01, "inch": 0.0254, "foot": 0.3048, "yard": 0.9144, "meter": 1,
               "kilometer": 1000, "mile": 1609.344},
    "mass": {"gram": 0.001, "kilogram": 1, "ounce": 0.02835, "ton": 1000},
    "speed": {"mph": 1609.344, "km/h": 1000, "knot": 1852},
    "area": {"acre": 4046.86, "hectare": 10000, "square foot": 0.0929, "square meter": 1, "square kilometer": 1e6, "square mile": 2589988},
    "share": {"%": 1},
    "dollars": {"$": 1}, "euros": {"€": 1}, "pounds": {"£": 1}, "yen": {"¥": 1},
}  # fmt: skip
_MONEY = frozenset("$€£¥")
_MEASURES = {unit: (kind, size) for kind, units in _SIZES.items() for unit, size in units.items()}
"""What a unit measures, and its size beside the others that measure it; a month is a twelfth of a year."""
_SPELLINGS = {
    "percent": "%", "per cent": "%", "dollar": "$", "usd": "$", "us$": "$", "euro": "€", "pound": "£", "yen": "¥", "metre": "meter",
    "kilometre": "kilometer", "centimetre": "centimeter", "millimetre": "millimeter", "km": "kilometer",
    "cm": "centimeter", "kg": "kilogram", "kilo": "kilogram", "tonne": "ton", "feet": "foot", "inches": "inch", "ft": "foot",
    "centuries": "century", "night": "day",
    "square feet": "square foot", "sq ft": "square foot", "square metre": "square meter", "sq m": "square meter", "sq mile": "square mile",
    "square kilometre": "square kilometer", "sq km": "square kilometer",
    "mile per hour": "mph", "miles per hour": "mph", "miles an hour": "mph", "kilometers per hour": "km/h", "kilometres per hour": "km/h",
    "kph": "km/h", "kmh": "km/h",
}  # fmt: skip
_PEOPLE = frozenset(
    "people person man men woman women child children dead death life killed injured wounded hurt worker employee job staff passenger "
    "rider resident victim casualty protester soldier civilian citizen villager patient case fan visitor student".split()
)
_ALIKE = [
    frozenset(names.split())
    for names in (
        "people person dead death life killed victim casualty",
        "people person injured wounded hurt victim casualty patient case",
        "people person worker employee job staff",
        "people person resident villager citizen visitor fan protester rider",
    )
]
"""What people are called where all are counted."""
_NO_UNIT = frozenset("a an and as at but by for from in into of on or out per than that the to was were with which who worldwide".split())
_BREAKS = frozenset("a an the per each every this that last next in on for of during within after before at by since until than".split())
"""Words that begin something else than the unit."""
_PHRASE_WORDS = 3
"""Words after a number among which its unit is looked for ("new full-time jobs")."""


def _kind(unit: str) -> str:
    return _MEASURES[unit][0]


def is_score(text: str) -> bool:
    """Return whether there is a score in `text` ("2-1", "7 votes to 2") rather than a range, which begins with its lower end."""
    score = _SCORE.search(text)
    sides = [int(side) for side in score.groups() if side] if score else [0, 1]
    return sides[0] >= sides[1]


_PARTS = {"half": "0.5", "quarter": "about 0.25"}
"""Parts of a million in digits; a quarter is as round as a half, though it takes two."""
_PART_OF = re.compile(rf"\b(?:an?[\s-])?(?P<part>{'|'.join(_PARTS)})[\s-](?:of[\s-])?(?:an?[\s-])?(?=(?:{_SCALE})\b)", re.IGNORECASE)
_SCALE_AND_A_HALF = re.compile(rf"\ban?[\s-](?P<scale>{_SCALE})[\s-]and[\s-]a[\s-]half\b", re.IGNORECASE)
_AND_A_HALF = re.compile(rf"(?<![\w.,-])(?P<whole>\d{{1,3}}|{_IN_WORDS})(?:[\s-]and[\s-]a[\s-]half\b|\s?½|[\s-]1/2\b)", re.IGNORECASE)
_HUNDRED_AND = re.compile(
    rf"\b(?P<hundreds>an?|{'|'.join(_ONES)})[\s-]hundred[\s-](?:and[\s-])?(?P<rest>{_IN_WORDS})\b(?!-| of\b)", re.IGNORECASE
)
_TWO_MEASURES = re.compile(
    rf"(?<![\w.,-])(?P<number>\d{{1,4}}|{_IN_WORDS})[\s-]?(?P<unit>[a-z]{{2,11}})\b(?:,? and |,? |-)"
    rf"(?P<more>\d{{1,2}}|{_IN_WORDS})[\s-]?(?P<small>[a-z]{{2,11}})\b",
    re.IGNORECASE,
)


def _in_digits(text: str) -> str:
    """Return `text` with numbers of several words in digits: "0.5 million" for "half a million", "130 minute" for "2 hours 10 minutes"."""
    text = _SCALE_AND_A_HALF.sub(r"1.5 \g<scale>", _AND_A_HALF.sub(lambda match: f"{_digits(match['whole'])}.5", text))
    text = _PART_OF.sub(lambda match: f"{_PARTS[match['part'].casefold()]} ", text)
    text = _HUNDRED_AND.sub(lambda match: str(100 * int(_digits(match["hundreds"])) + int(_digits(match["rest"]))), text)
    return _TWO_MEASURES.sub(_in_smaller_measure, text)


def _in_smaller_measure(match: re.Match[str]) -> str:
    """Return a length or time that two units tell in the smaller one; what else two numbers in a row are, as it is."""
    unit, small = (_singular(name if name != "in" else "inch") for name in (match["unit"].casefold(), match["small"].casefold()))
    if unit not in _MEASURES or small not in _MEASURES or _kind(unit) != _kind(small):
        return match[0]
    ratio, more = _MEASURES[unit][1] / _MEASURES[small][1], int(_digits(match["more"]))
    return f"{round(int(_digits(match['number'])) * ratio) + more} {small}" if more < ratio else match[0]


def _is_no_quantity(text: str, match: re.Match[str]) -> bool:
    """Whether the number is a time of day, one side of a score, the "one" of "no one", or that of "one in five"."""
    share = _SHARE.match(text, match.end())
    if share and match["number"] and float(_digits(match["number"])) < float(_digits(share["whole"])):
        return True
    return _CLOCK.match(text, match.end()) is not None or is_score(text) or _NO.search(text[: match.start()]) is not None


def _range(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """Return the rest of a range that the number begins: "two [to three]", "between 10 [and 12 million]", "$2m[-$3m]", "5% [to 7]%"."""
    span = _RANGE.match(text, match.end())
    if span is None or (span["currency"] and not match.groupdict().get("currency")):  # "fell 2 to $50"
        return None
    is_list = span["joint"].casefold() == "and" and not _BETWEEN.search(text[: match.start()])  # "two and three of them"
    return None if is_list else span


@dataclass(frozen=True, slots=True)
class _Written:
    """A number as it is written: its digits ("4.2"), what they count ("million"), and whether it is in words."""

    digits: str
    scale: float
    in_words: bool

    @property
    def number(self) -> float:
        return float(self.digits) * self.scale

    @property
    def last_place(self) -> float:
        """The value of the last place where the number is rounded to that: 0 for whole numbers without a scale."""
        if self.in_words:
            return self.number * _APPROXIMATE_LEEWAY if self.scale > 1 else 0.0
        places = len(self.digits.partition(".")[2])
        return self.scale / 10**places if self.scale > 1 or places else 0.0

    @property
    def about(self) -> float:
        """How far the truth may lie from "about" the number: as far as its last significant digit, where it has two or more."""
        whole, _, places = self.digits.partition(".")
        significant = (whole + places if places else whole.rstrip("0")).lstrip("0")
        if len(significant) < 2:
            return _APPROXIMATE_LEEWAY * self.number
        last = self.scale * 10.0 ** (-len(places) if places else len(whole) - len(whole.rstrip("0")))
        return max(last, _ROUNDED_LEEWAY * self.number)


def _scale(name: str | None) -> float:
    """Return what a scale multiplies by: "thousand", "hundred thousand", "bn"; 1 for none."""
    return prod((_SCALES | _SHORT_SCALES)[part] for part in re.split(r"[\s-]", name.casefold())) if name else 1.0


def _digits(written: str) -> str:
    """Return a number that is written in words or digits as digits: "4200", "2.4"."""
    parts = re.split(r"[\s-]", written.casefold())
    if parts[0] in {"a", "an"}:
        return "1"
    return f"{sum(_NUMERALS[part] for part in parts):.0f}" if parts[0] in _NUMERALS else written.replace(",", "")


def _written(match: re.Match[str], span: re.Match[str] | None) -> _Written:
    """Return the number. It may share the scale of the other end of its range: "10 to 12 million", but not "seven to one hundred"."""
    digits = _digits(match["number"] or "1")  # "a million"
    shared = span["scale"] if span and float(digits) < float(_digits(span["last"])) else None
    return _Written(digits, _scale(match.groupdict().get("only") or match["scale"] or shared), in_words=match.re is _SPELLED)


def _leeway(text: str, written: _Written, *, measured: bool) -> tuple[float, float, float]:
    """Return how far below and above the number the truth may lie, and how far on both sides that is not sure."""
    number, last_place = written.number, written.last_place
    rounded = max(last_place / 2, min(last_place, _ROUNDED_LEEWAY * number)) if last_place >= 1 else (last_place or measured) / 2
    approximate = _APPROXIMATE_LEEWAY * number
    if _ABOUT.search(text):
        near = max(rounded, written.about)
        return near, near, approximate
    return max(rounded, approximate * bool(_AT_MOST.search(text))), max(rounded, approximate * bool(_AT_LEAST.search(text))), 0.0


def _unit(currency: str | None, after: str) -> str:
    """Return the unit: the currency before the number, else a measure or people within the next words, else the next word.

    Of money and of what is counted, "a day" and the like is part of it: "20 flights a day" are no "20 flights".
    """
    if currency:
        rate = _RATE.match(after)
        return ("$" if currency.casefold() == "us$" else currency) + (f" per {rate['each'].casefold()}" if rate else "")
    if re.match(r"[\s-]*%", after):
        return "%"
    said = re.findall(r"[^\W\d_]+(?:/[^\W\d_]+)?", re.split(r"[.,;:()\"“”]", after)[0].casefold())
    words = said[:_PHRASE_WORDS]
    near = list(takewhile(lambda word: word not in _BREAKS, words))
    phrases = [" ".join(words), " ".join(words[:2]), *(near or words)]
    known = next((unit for unit in map(_singular, phrases) if unit in _MEASURES or unit in _PEOPLE), "")
    unit = known or (_singular(words[0]) if words and words[0] not in _NO_UNIT else "")
    per, each = (*said[len(near) : len(near) + 2], "", "")[:2]
    is_rate = bool(near) and per in _PER and each in _EACH and (unit not in _MEASURES or unit in _MONEY)
    return f"{unit} per {each}" if is_rate else unit


def _singular(word: str) -> str:
    word = _SPELLINGS.get(word, word)
    single = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
    return _SPELLINGS.get(single, single)
