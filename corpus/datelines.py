"""The place, day and agency that a report of a news agency begins with: "JERUSALEM, Jan. 29 (Reuters) - ..."."""

import re
from dataclasses import dataclass

LONGEST = 120
"""Characters of a dateline."""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|"
    r"Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|"
    r"NOV(?:EMBER)?|DEC(?:EMBER)?)\.?"
)
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_CAPITALS = r"(?:[A-Z][A-Z'’-]+|ST\.)(?:[ /](?:[A-Z][A-Z'’-]+|[A-Z]\.(?:[A-Z]\.)?)){0,3}"
_WITHIN = r"(?:, ?(?:[A-Z][\w'’-]+\.?|[A-Z]\.[A-Z]\.)(?: [A-Z][\w'’-]+)?)?"
_PLACE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,2}"
AGENCY = (
    r"(?:AP|AFP|ANI|ANSA|Bloomberg|CNN|DPA|dpa|EFE|IANS|Interfax|JTA|Kyodo|PA|PTI|Reuters|TASS|Thomson Reuters|UPI|Xinhua|"
    r"Associated Press|The Associated Press|Agence France-Presse|REUTERS|XINHUA)"
)
"""The name of a news agency as a regular expression without groups."""
_KNOWN = rf"\((?P<agency>{AGENCY})\)"
_DASH = r" ?(?P<dash>--|[–—]|(?<= )-(?= ))\s*(?=[“\"‘'(]?[A-Z0-9])"
_OTHER = r"\((?P<other>[A-Z][\w .&/-]{0,29})\)"
_DATELINE = re.compile(
    rf"(?P<place>(?P<capitals>{_CAPITALS}){_WITHIN}|{_PLACE}{_WITHIN})?(?:,? ?(?P<day>\(?{_DAY}\)?))?,? ?(?:{_KNOWN}|{_OTHER})?{_DASH}",
)
_LABELS = frozenset(("ANALYSIS", "BREAKING", "COMMENT", "EXCLUSIVE", "EXPLAINER", "LIVE", "OPINION", "UPDATE", "VIDEO", "WATCH"))


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a report begins with; `agency` and `place` are empty where none is named, and `end` is where the report itself begins."""

    end: int
    agency: str
    place: str


def read_dateline(text: str) -> Dateline | None:
    """Return the dateline at the beginning of `text`; None where it has none.

    A place alone is one in capitals before a long dash: "LONDON — ...". "Smith — ..." may be a name, "ITV - ..." anything, and so
    may be what stands in brackets, unless it is a known agency or stands behind a day.
    """
    found = _DATELINE.match(text[:LONGEST])
    if found is None or not _is_sure(found):
        return None
    place = "" if found["capitals"] in _LABELS else found["place"] or ""
    return Dateline(found.end(), found["agency"] or "", place)


def _is_sure(found: re.Match[str]) -> bool:
    if found["agency"] or (found["place"] and found["day"]):
        return True
    return bool(found["capitals"]) and not found["other"] and found["capitals"] not in _LABELS and found["dash"] != "-"
