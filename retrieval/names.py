"""Names of persons, as news articles use them: in full at first, then the last name alone."""

import re

_TITLES = frozenset(
    "mr mrs ms miss dr sir dame lord lady prof professor president minister premier chancellor governor gov senator sen rep "
    "representative congressman congresswoman mayor judge justice general gen colonel col captain capt lieutenant lt major sergeant sgt "
    "det detective chief king queen prince princess pope bishop cardinal rabbi imam former secretary ambassador envoy spokesman "
    "spokeswoman coach manager".split()
)
_LAST_NAME = re.compile(r"[^\W\d_a-z][\w’'-]+")


def full_name(name: str, text: str) -> str:
    """Return the only full name in `text` that ends with the last name `name`, as "Sara Netanyahu"; else `name` itself."""
    if not _LAST_NAME.fullmatch(name):
        return name
    before = set(re.findall(rf"\b([^\W\d_a-z][\w’'-]+)\s{re.escape(name)}\b", text))
    given = [word for word in before if word.casefold() not in _TITLES and not re.search(rf"\b{re.escape(word.casefold())}\b", text)]
    return f"{given[0]} {name}" if len(given) == 1 else name
