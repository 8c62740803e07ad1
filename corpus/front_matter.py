"""The YAML between "---" lines at the top of a Markdown file."""

import re

import yaml

from corpus.addresses import canonical_url
from corpus.article import Published
from corpus.cleaning import one_line
from corpus.dating import parse_published
from corpus.errors import UnreadableSource
from corpus.headers import Header

LONGEST = 20_000
"""Characters."""

_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"[\w-]+[ \t]*:")
_NOTHING = ("", "~", "null", "Null", "NULL")


def split_front_matter(text: str, *, name: str) -> Header | None:
    """Return what the front matter of `text` says, with the text below it as the body; None where `text` has none.

    Keys may have capitals.

    Raises UnreadableSource, naming the file `name` and the line or key, where it is not a YAML mapping, is never closed, or
    gives a value of the wrong kind.
    """
    opening = _FENCE.match(text)
    if opening is None or not opening[0].startswith("---"):
        return None
    closing = _FENCE.search(text, opening.end() + 1)
    if closing is None:
        if _KEY.match(text, opening.end() + 1) is None:
            return None  # a rule above the text
        raise UnreadableSource(f'{name}: the front matter that begins on line 1 is not closed by a "---" line.')
    fields = _parse(text[opening.end() + 1 : closing.start()], name)
    return _header(fields, text[closing.end() :], name)


def _parse(source: str, name: str) -> dict[str, object]:
    if not source.strip():
        return {}
    if len(source) > LONGEST:
        raise UnreadableSource(f"{name}: the front matter is longer than {LONGEST:,} characters.")
    try:
        # The base loader makes nothing but strings, lists and mappings: no date is refused or re-read by YAML's own rules.
        fields: object = yaml.load(source, Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 2
        raise UnreadableSource(f"{name}: line {line} of the front matter is not valid YAML.") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnreadableSource(f"{name}: the front matter below line 1 is not valid YAML.") from error
    if not isinstance(fields, dict):
        raise UnreadableSource(f'{name}: the front matter below line 1 must be a mapping, such as "title: A bridge closes".')
    return {str(key).lower(): value for key, value in fields.items()}


def _header(fields: dict[str, object], body: str, name: str) -> Header:
    return Header(
        body=body,
        title=_text(fields, "title", name),
        source=_text(fields, "source", name),
        author=_names(fields, "author", name),
        url=_url(fields, name),
        published=_date(fields, "published", name),
        updated=_date(fields, "updated", name),
        place=_text(fields, "place", name),
        notes=_lines(fields, "note", name),
    )


def _text(fields: dict[str, object], key: str, name: str) -> str:
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise UnreadableSource(f"{name}: {key} in the front matter must be text, not a {_kind(value)}.")
    return "" if value in _NOTHING else one_line(value)


def _kind(value: object) -> str:
    return "list" if isinstance(value, list) else "mapping"


def _names(fields: dict[str, object], key: str, name: str) -> str:
    value = fields.get(key)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return one_line(", ".join(value))
    return _text(fields, key, name)


def _url(fields: dict[str, object], name: str) -> str:
    value = _text(fields, "url", name)
    try:
        return canonical_url(value) if value else ""
    except ValueError as error:
        raise UnreadableSource(f"{name}: url in the front matter must be an http or https address, not {value!r}.") from error


def _lines(fields: dict[str, object], key: str, name: str) -> tuple[str, ...]:
    value = fields.get(key)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(one_line(item) for item in value)
    text = _text(fields, key, name)
    return (text,) if text else ()


def _date(fields: dict[str, object], key: str, name: str) -> Published | None:
    value = _text(fields, key, name)
    if not value:
        return None
    moment = parse_published(value)
    if moment is None:
        raise UnreadableSource(f"{name}: {key} in the front matter must be a date such as 2025-01-29, not {value!r}.")
    return moment
