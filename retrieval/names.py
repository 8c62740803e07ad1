"""Names of persons, as news articles use them: in full at first, then the last name alone."""

import re

from rapidfuzz.distance import OSA

_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady prof professor president minister premier chancellor governor gov senator sen rep "
    "representative congressman congresswoman mayor judge justice general gen colonel col captain capt lieutenant lt major sergeant sgt "
    "det detective chief king queen prince princess pope bishop cardinal rabbi imam former secretary ambassador envoy spokesman "
    "spokeswoman coach manager".split()
)
_LONGEST_NAME = 40
"""Letters after the first; without an end, a text of dashes would take time with its square."""
_LAST_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+")


def full_name(name: str, text: str) -> str:
    """Return the only full name in `text` that ends with the last name `name`, as "Sara Netanyahu"; else `name` itself."""
    if not _LAST_NAME.fullmatch(name):
        return name
    before = set(re.findall(rf"\b([^\W\d_a-z][\w’'-]{{1,{_LONGEST_NAME}}})\s{re.escape(name)}\b", text))
    given = [word for word in before if word.casefold() not in _TITLES and not re.search(rf"\b{re.escape(word.casefold())}\b", text)]
    return f"{given[0]} {name}" if len(given) == 1 else name


_BODIES = frozenset(
    "administration agency army association authority bank board cabinet club commission committee company congress corporation council "
    "court department federation force forces government group house league ministry nations navy office parliament party police senate "
    "service state states team union university".split()
)


def can_be_persons(name: str) -> bool:
    """Whether `name` can be a person's: its last word is no title and no body of many ("Prime Minister", "Justice Department")."""
    return name.casefold().split()[-1] not in _TITLES | _BODIES


_SHORT_NAME = 3
"""Letters of a name that no spelling but one is taken for."""


def spelt_alike(one: str, other: str) -> bool:
    """Whether two last names in lower case may be one in two spellings, at most a letter of three different: "zelensky", "zelenskyy".

    Three letters or fewer, and whatever has digits, must be equal.
    """
    shortest = min(len(one), len(other))
    may_differ = shortest > _SHORT_NAME and one.isalpha() and other.isalpha()
    return OSA.distance(one, other) <= (shortest // 3 if may_differ else 0)


_NAME = re.compile(r"\b[^\W\d_a-z][\w’'-]{2,}")
_NO_NAMES = frozenset(
    "the but and that this these his her she its for with from after they their there one two three when while what how who according "
    "some not our you are was has last also new more all about many most other then now today yesterday "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
"""Words that sentences begin with, and the calendar's."""


def names_in(text: str) -> set[str]:
    """Return the capitalised words of `text` in lower case, without possessives and without words that only begin sentences."""
    return {re.sub(r"['’]s$", "", name.casefold()) for name in _NAME.findall(text)} - _NO_NAMES
