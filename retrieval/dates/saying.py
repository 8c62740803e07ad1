"""What an article's words and its date tell together: the ground that temporal expressions stand on."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from re import Match, Pattern

from corpus.article import Precision, Published
from retrieval.dates.partial_date import PartialDate
from retrieval.dates.tense import Tense, is_since, looks_ahead, side_of

FAR = timedelta(days=90)
"""A date without a year that is nearer than this to the publication is in that year, whatever the verb's tense."""

_LEAD = re.compile(r"(?:since|until|till)[\s-]+", re.IGNORECASE)

_EVENT = re.compile(
    r"\s+(?:(?:[A-Z][\w’'-]*|\w+-\w+|deadly|terror(?:ist)?)\s+)?(?:attacks?|assault|atrocities|insurrection|massacre|onslaught|riots?)\b"
)
"""What is called by its day for years, such as "the Oct. 7 attack"."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence, or a part of one, and when it was published (None where that is unknown).

    `otherwise` is the tense of a sentence whose verbs do not tell it.
    """

    text: str
    published: Published | None
    otherwise: Tense | None = None

    @property
    def day(self) -> date | None:
        """The day of publication; None where it is not known to the day."""
        return self.published.day if self.published else None

    @property
    def year(self) -> int | None:
        """The year of publication."""
        return self.published.moment.year if self.published else None

    @property
    def month(self) -> date | None:
        """The first day of the month of publication."""
        known = self.published is not None and self.published.precision is not Precision.YEAR
        return self.published.moment.date().replace(day=1) if self.published and known else None

    def tense(self, match: Match[str]) -> Tense | None:
        """Return the tense in which `text` tells of a match; None where that is not sure."""
        return side_of(self._before(match), self.text[match.end() :]) or self.otherwise

    def _before(self, match: Match[str]) -> str:
        """Return what stands in front of a match, with a "since" or "until" at its beginning."""
        lead = _LEAD.match(match[0])
        return self.text[: match.start() + (lead.end() if lead else 0)]

    def nearest_year(self, match: Match[str], month: int, day: int | None) -> int | None:
        """Return the year that a newspaper leaves out; None where that is not sure, as where the day of publication is not known.

        It puts month and day nearest to the publication; what is far from it whichever year it gets follows its verb's tense, a day
        only ahead: behind, newspapers tell the year of days. A far day that is ahead and is told as past is of no sure year. "Since" means
        the last one.
        """
        base = self.day
        if base is None or (day and _EVENT.match(self.text, match.end())):
            return None
        # The 28th stands for a leap day: only the year is wanted.
        around = [date(year, month, min(day or 15, 28)) for year in range(max(1, base.year - 1), min(9999, base.year + 1) + 1)]
        if is_since(self._before(match)):
            return max(candidate for candidate in around if candidate.replace(day=candidate.day if day else 1) <= base).year
        nearest = min(around, key=lambda candidate: abs(candidate - base))
        if abs(nearest - base) <= FAR:
            return nearest.year
        tense = self.tense(match)
        if tense is Tense.PAST and day and nearest > base and not looks_ahead(self.text):
            return None
        if tense and (day is None or tense is Tense.FUTURE):
            wanted = [candidate for candidate in around if (candidate > base) is (tense is Tense.FUTURE)]
            nearest = min(wanted, key=lambda candidate: abs(candidate - base), default=nearest)
        return nearest.year


Resolve = Callable[[Match[str], Saying], PartialDate | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of expression, and what it means where that is known.

    `resolve` may raise ValueError or OverflowError for a day that no calendar has: it means nothing then.
    """

    pattern: Pattern[str]
    resolve: Resolve
