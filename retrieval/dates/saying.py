"""What an article's words and its date tell together: the ground that temporal expressions stand on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from re import Match, Pattern

from corpus.article import Precision, Published
from retrieval.dates.partial_date import PartialDate
from retrieval.dates.tense import Tense, tense_of

FAR = timedelta(days=90)
"""A date without a year that is nearer than this to the publication is in that year, whatever the verb's tense."""


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
        known = self.published is not None and self.published.precision in {Precision.DAY, Precision.MINUTE}
        return self.published.moment.date() if self.published and known else None

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
        """Return the tense of the verb that goes with a match in `text`; None where that is not sure."""
        return tense_of(self.text[: match.start()], self.text[match.end() :]) or self.otherwise

    def nearest_year(self, match: Match[str], month: int, day: int | None) -> int | None:
        """Return the year that a newspaper leaves out; None where the day of publication is not known.

        It puts month and day nearest to the publication; what is far from it whichever year it gets follows its verb's tense, a day
        only ahead: behind, newspapers tell the year of days.
        """
        base = self.day
        if base is None:
            return None
        # The 28th stands for a leap day: only the year is wanted.
        around = [date(year, month, min(day or 15, 28)) for year in range(max(1, base.year - 1), min(9999, base.year + 1) + 1)]
        nearest = min(around, key=lambda candidate: abs(candidate - base))
        if abs(nearest - base) > FAR and (tense := self.tense(match)) and (day is None or tense is Tense.FUTURE):
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
