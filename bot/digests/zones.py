"""Time zones as people name them: by an IANA name, a city, a country or an offset."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

MOST = 6
"""Zones that are offered where a name fits several."""
ALIKE = 84
"""Of 100: how alike a misspelt city must be."""
GUESSED_LENGTH = 5
"""Letters from which on the beginning of a name, or a misspelt one, is taken for it: "war" is not Warsaw, nor MSK (Moscow's time) Omsk."""
_AREAS = frozenset("Africa America Antarctica Asia Atlantic Australia Europe Indian Pacific Etc".split())
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−–])\s*(\d{1,2})(?::?(\d{2}))?", re.IGNORECASE)

_MEANT = {
    "Europe/Berlin": "germany deutschland munich münchen hamburg frankfurt cologne köln stuttgart düsseldorf leipzig",
    "Europe/London": "uk england scotland wales britain united_kingdom great_britain manchester birmingham edinburgh glasgow leeds",
    "Europe/Paris": "france lyon marseille toulouse nice bordeaux",
    "Europe/Madrid": "spain barcelona valencia seville",
    "Europe/Rome": "italy milan milano naples turin florence venice roma",
    "Europe/Zurich": "switzerland geneva basel bern zürich",
    "Europe/Vienna": "austria wien graz salzburg",
    "Europe/Amsterdam": "netherlands holland rotterdam the_hague utrecht",
    "Europe/Warsaw": "poland krakow gdansk wroclaw",
    "Europe/Kyiv": "ukraine kiev lviv odesa odessa kharkiv",
    "Europe/Moscow": "st_petersburg saint_petersburg",
    "Europe/Istanbul": "turkey ankara izmir",
    "America/New_York": "nyc new_york_city boston washington washington_dc philadelphia atlanta miami eastern eastern_time",
    "America/Chicago": "houston dallas austin san_antonio minneapolis new_orleans central_time",
    "America/Denver": "salt_lake_city mountain_time",
    "America/Los_Angeles": "la california san_francisco san_diego san_jose seattle portland las_vegas pacific_time",
    "America/Toronto": "ottawa quebec montreal",
    "America/Sao_Paulo": "rio rio_de_janeiro brasilia são_paulo",
    "America/Argentina/Buenos_Aires": "argentina",
    "Asia/Kolkata": "india mumbai delhi new_delhi bangalore bengaluru chennai hyderabad calcutta",
    "Asia/Shanghai": "china beijing peking shenzhen guangzhou",
    "Asia/Tokyo": "japan osaka kyoto",
    "Asia/Jerusalem": "israel tel_aviv haifa",
    "Asia/Dubai": "abu_dhabi emirates uae",
    "Asia/Karachi": "pakistan lahore islamabad",
    "Asia/Ho_Chi_Minh": "vietnam saigon hanoi",
    "Australia/Sydney": "canberra",
    "Africa/Johannesburg": "south_africa cape_town durban pretoria",
    "Africa/Cairo": "egypt alexandria",
    "Africa/Lagos": "nigeria abuja",
}

_BETWEEN = {
    **{"+3:30": "Asia/Tehran", "+4:30": "Asia/Kabul", "+5:30": "Asia/Kolkata", "+5:45": "Asia/Kathmandu", "+6:30": "Asia/Yangon"},
    **{"+8:45": "Australia/Eucla", "+9:30": "Australia/Darwin", "-9:30": "Pacific/Marquesas"},
}
"""The zones between full hours whose clock stays there all year."""


def find_zones(text: str) -> list[str]:
    """Return the IANA zones that `text` may mean, at most MOST, the likeliest first; none where it means none."""
    wanted = _folded(text)
    if not wanted or len(wanted) > 60:
        return []
    zones = _zones()
    if wanted in zones:
        return [zones[wanted]]
    if (fixed := _of_offset(text)) is not None:
        return fixed
    cities = _cities()
    begun = wanted if len(wanted) >= GUESSED_LENGTH else f"{wanted}_"
    found = cities.get(wanted) or [zone for city in cities if len(wanted) > 2 and city.startswith(begun) for zone in cities[city]]
    if found:
        return _distinct(found)
    if len(wanted) < GUESSED_LENGTH or wanted.capitalize() in _AREAS:
        return []
    alike = process.extractOne(wanted, cities.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return _distinct(cities[alike[0]]) if alike else []


def _of_offset(text: str) -> list[str] | None:
    """Return the zone of an offset such as UTC+2, none for one that no zone has all year; None where `text` is no offset."""
    found = _OFFSET.fullmatch(text.strip())
    if found is None:
        return None
    hours, minutes = int(found[2]), int(found[3] or 0)
    if minutes:
        between = _BETWEEN.get(f"{'+' if found[1] == '+' else '-'}{hours}:{minutes:02}")
        return [between] if between else []
    if hours > 14:
        return []
    name = "UTC" if hours == 0 else f"Etc/GMT{'-' if found[1] == '+' else '+'}{hours}"  # POSIX counts the other way
    return [name] if _folded(name) in _zones() else []


def _folded(text: str) -> str:
    return re.sub(r"[\s_]+", "_", text.strip().strip(".,!").casefold())


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Return every zone by its folded name."""
    known = sorted(available_timezones())
    own = [name for name in known if "/" not in name or name.split("/")[0] in _AREAS]
    return {_folded(name): name for name in own if name not in {"Factory", "localtime"}}


@lru_cache(maxsize=1)
def _cities() -> dict[str, tuple[str, ...]]:
    """Return the zones by the folded names of their cities, of other cities and of countries."""
    found: dict[str, tuple[str, ...]] = {}
    for name in _zones().values():
        area, _, city = name.rpartition("/")
        if area and not area.startswith("Etc"):
            found[_folded(city)] = (*found.get(_folded(city), ()), name)
    for name, others in _MEANT.items():
        for other in others.split():
            found.setdefault(_folded(other), (name,))
    return found


def _distinct(names: Iterable[str]) -> list[str]:
    """Return `names` without those whose clock never differs from that of one before; the shortest names come first."""
    kept: dict[tuple[timedelta | None, ...], str] = {}
    for name in sorted(names, key=lambda name: (name.count("/"), name)):
        months = [datetime(2025, month, 15, 12, tzinfo=UTC) for month in range(1, 13)]
        kept.setdefault(tuple(moment.astimezone(ZoneInfo(name)).utcoffset() for moment in months), name)
    return list(kept.values())[:MOST]
