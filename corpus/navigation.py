"""The way through a site that stands above an article in text copied from a browser."""

import re

LONGEST = 200
"""Characters."""

_SECTION = (
    r"(?:home(?:page)?|front page|news|headlines|latest|breaking|top stories|world|international|national|local|regional|politics|business|"
    r"economy|markets|money|finance|sports?|football|opinion|analysis|technology|tech|science|health|environment|climate|culture|arts|"
    r"entertainment|lifestyle|travel|education|weather|europe|africa|asia|americas|middle east|latin america|us|u\.s\.|usa|uk)"
)
_SECTIONS = re.compile(rf"{_SECTION}(?:,? (?:(?:and|&) )?{_SECTION}){{0,3}}", re.IGNORECASE)
_HOME = re.compile(r"home(?:page)?", re.IGNORECASE)
_CRUMBS = re.compile(r"\s*(?P<arrow>[>›»])\s*|\s[|/]\s")


def is_navigation(line: str) -> bool:
    """Return whether `line` is the way through a site, such as "Home > News > World", or the name of a section alone."""
    parts = [part for part in _CRUMBS.sub("\n", line).split("\n") if part]
    if not parts or len(line) > LONGEST:
        return False
    are_sections = [_SECTIONS.fullmatch(part) is not None for part in parts]
    has_arrows = any(found["arrow"] for found in _CRUMBS.finditer(line))
    begins = _HOME.fullmatch(parts[0]) is not None or (has_arrows and are_sections[0])
    return all(are_sections) or (len(parts) > 1 and begins)
