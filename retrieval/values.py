"""What an answer means: spans of different spelling brought to one normal form, so that they can be compared."""

import re
from dataclasses import dataclass

from corpus.article import Published
from retrieval.dates import PartialDate
from retrieval.temporal import first_date

__all__ = ["PartialDate", "Quantity", "Value", "Words", "same", "value_of"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in the singular; the unit is empty where none is named."""

    number: float
    unit: str

    def __str__(self) -> str:
        """Return it like `15 month` or `4200000 $`."""
        return f"{self.number:.12g} {self.unit}".strip()

    def fits(self, other: "Quantity") -> bool:
        """Whether the two are the same number, of the same thing where both say of what."""
        return self.number == other.number and (not self.unit or not other.unit or self.unit == other.unit)


@dataclass(frozen=True, slots=True)
class Words:
    """The words that carry the meaning, in lower case, without articles, titles, punctuation and possessives."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        """Return the words with blanks between."""
        return " ".join(self.words)

    def fits(self, other: "Words") -> bool:
        """Whether one says all that the other says: "Witkoff" and "Steve Witkoff"."""
        shorter, longer = sorted((set(self.words), set(other.words)), key=len)
        return bool(shorter) and shorter <= longer


Value = PartialDate | Quantity | Words


def value_of(text: str, published: Published | None, *, before: str = "", after: str = "", is_time: bool = False) -> Value:
    """Return what a span means.

    `published` is its article's date, `before` and `after` the rest of its sentence: relative dates need them. `is_time` says that
    a time is asked for: a date in the span is its meaning then. Elsewhere a quantity in front of it, or more than a few words beside
    it, weigh more.
    """
    mention = first_date(text, published, before=before, after=after, is_time=is_time)
    if mention is None:
        return _quantity_in(text) or _words_of(text)
    if is_time:
        return mention.date
    quantity = _quantity_in(text[: mention.start])
    beside = _content(f"{text[: mention.start]} {text[mention.end :]}")
    return quantity or (mention.date if len(beside) <= _BESIDE_WORDS else _words_of(text))


_BESIDE_WORDS = 2
"""Words that may stand beside a date that is the whole meaning ("early on", "evening")."""


def same(one: Value, other: Value) -> bool:
    """Whether two answers to one question say the same."""
    match one, other:
        case (PartialDate(), PartialDate()):
            return one.fits(other)
        case (Quantity(), Quantity()):
            return one.fits(other)
        case (Words(), Words()):
            return one.fits(other)
    return False


_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SPELLED = {word: float(number) for number, word in enumerate(_NUMBER_WORDS)} | {word: float(number) for word, number in _TENS.items()}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9, "k": 1e3}
_QUANTITY = re.compile(
    r"(?P<currency>[$€£¥])?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|bn|m|k)?\b[\s-]*(?P<unit>%|[^\W\d_]+)?",
    re.IGNORECASE,
)
_SPELLED_QUANTITY = re.compile(
    rf"\b(?P<number>(?:{'|'.join(_TENS)})[\s-](?:{'|'.join(_NUMBER_WORDS[1:10])})|{'|'.join(sorted(_SPELLED, key=len, reverse=True))})\b"
    r"[\s-]?(?P<scale>hundred|thousand|million|billion|trillion)?\b[\s-]*(?P<unit>[^\W\d_]+)?",
    re.IGNORECASE,
)


def _quantity_in(text: str) -> Quantity | None:
    """Return the quantity that `text` begins with, give or take a "more than"; None where it is about something else."""
    match = _QUANTITY.search(text) or _SPELLED_QUANTITY.search(text)
    if match is None or len(re.findall(r"\w+", text[: match.start()])) > _LEAD_WORDS:
        return None
    parts = match.groupdict()
    number = _spelled(parts["number"]) * _SCALES.get((parts["scale"] or "").casefold(), 1)
    unit = parts.get("currency") or _singular((parts["unit"] or "").casefold())
    return Quantity(number, "$" if unit in {"dollar", "usd"} else unit)


_LEAD_WORDS = 4
"""Words that may stand before the number ("about", "a total of some")."""


def _spelled(number: str) -> float:
    parts = re.split(r"[\s-]", number.casefold())
    return sum(_SPELLED[part] for part in parts) if parts[0] in _SPELLED else float(number.replace(",", ""))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_NOISE = frozenset(
    "a an the on in at to of by for from mr mrs ms dr sir president prime minister former his her its their about around some".split()
)


def _words_of(text: str) -> Words:
    return Words(tuple(_content(text)) or tuple(_split(text)))


def _content(text: str) -> list[str]:
    return [word for word in _split(text) if word not in _NOISE]


def _split(text: str) -> list[str]:
    folded = re.sub(r"['’]s\b", "", text.casefold()).replace("’", "'")
    return re.findall(r"[^\W_]+(?:[.'&-][^\W_]+)*", folded)
