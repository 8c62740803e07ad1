"""What the first lines of a plain text say about it: publisher, title, byline, date."""

import re
from dataclasses import dataclass, replace

from corpus.addresses import canonical_url
from corpus.article import Published
from corpus.cleaning import one_line, squeeze
from corpus.datelines import AGENCY, read_dateline
from corpus.dating import CLOCK, around_date, date_line, dateline, parse_published, update_in
from corpus.furniture import is_furniture, is_note, is_prose, without_credit
from corpus.navigation import is_navigation

LONGEST_MADE_TITLE = 100
"""Characters of a title made from the first sentence."""
LONGEST_TITLE = 200
"""Characters; a longer first line is a paragraph."""

_HEADER_LINES, _DATELINE_LINES = 14, 3
"""Lines at the top in which a publisher, title and byline, and in which a dateline may stand."""
_LONGEST_PUBLISHER = 50
"""Characters of a publisher's name."""
_SHORT_NAME, _LONG_NAME = 3, 6
"""Words of a publisher's name; the longer ones have a word that only the press has in them ("Post")."""
_SHORTEST_TITLE = 10
"""Characters."""
_WIDEST_LINE = 90
"""Characters of a line in a text that a program has cut into lines; a longer one is a paragraph."""
_LABELLED = re.compile(
    r"(?P<label>title|headline|source|publisher|publication|outlet|date|published|publication date|posted|"
    r"url|link|author|byline|by|written by)"
    r"\s?:\s?(?P<value>\S.*)",
    re.IGNORECASE,
)
_PERSON = r"[A-Z][\w.'’-]*"
_BYLINE = re.compile(rf"(?:By|BY|by) (?P<author>{_PERSON}(?:(?:,? and |, | ){_PERSON}){{0,9}})")
_PERSON_NAME = re.compile(rf"{_PERSON}(?: {_PERSON}){{1,3}}")
_ROLE = re.compile(
    r"(?i:(?:(?:staff|senior|chief|political|sports?|business|science|foreign|special|health|technology|[a-z]+ affairs) )*"
    r"(?:writer|reporter|correspondent|editor|columnist|journalist|contributor))"
)
_WITH_ROLE = re.compile(rf"(?:(?:By|BY|by) )?(?P<author>{_PERSON}(?: {_PERSON}){{1,3}}), {_ROLE.pattern}")
_BARS = re.compile(r"\s[|•·–—]\s")
_SEPARATORS = re.compile(r"\s[|•·–—/-](?:\s|$)|^[|•·–—/-]\s|[,;](?:\s|$)")
_CLOCK = re.compile(CLOCK, re.IGNORECASE)
_NAME_WORD = re.compile(r"[A-Z0-9][\w.'’&-]*|of|the|and|de|la|le|&|[a-z0-9-]+\.(?:com|org|net|co\.uk)")
_PRESS_WORD = re.compile(
    r"\b(?:news|times|post|herald|tribune|gazette|journal|daily|weekly|press(?! release)|agency|radio|tv|television|magazine|"
    r"observer|chronicle|star|mail|standard|review|today|courier|telegraph|guardian|broadcasting|wire|bulletin|examiner|independent|monitor|reporter|dispatch)\b|\w\.\w",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What is known of an article beside its text; unknown fields are empty, unknown `published` is None.

    `url` is canonical. `body` is the text without the lines that were taken as metadata; `notes` are those of them that tell when
    or how the article was changed.
    """

    body: str
    title: str = ""
    source: str = ""
    author: str = ""
    url: str = ""
    published: Published | None = None
    updated: Published | None = None
    place: str = ""
    notes: tuple[str, ...] = ()


def read_header(text: str, *, title: str = "") -> Header:
    """Return what the top of the normalised `text` says, guessing publisher and title by their shape unless `title` is known.

    A deck stays in the body. Where nothing would be left of the text, nothing is taken from it.
    """
    header = _take_labels(Header(body=text, title=title))
    header = _take_publisher(header) if header.title else _take_title(header)
    if not header.body.strip():
        return Header(body=text, title=title)
    return with_dateline(header)


def is_metadata(line: str) -> bool:
    """Return whether `line` alone is a labelled field, a byline or a date."""
    return bool(_fields(line))


def _take_labels(header: Header) -> Header:
    top, rest = _split_top(header.body)
    kept: list[str] = []
    notes = tuple(line for line in top if is_note(line))
    squeezed = [one_line(line) for line in top]
    has_title = bool(header.title) or any(not (_signed(line) or _says_nothing(line)) for line in squeezed if line)
    for written, line in zip(top, squeezed, strict=True):
        found = (_signed(line) if has_title else []) or _fields(line)
        for name, value in found:
            header = _with_field(header, name, value)
        kept.append("" if found or is_furniture(line) or is_navigation(line) else written)
    return replace(header, body=squeeze("\n".join(kept + rest)), notes=notes)


def _split_top(text: str) -> tuple[list[str], list[str]]:
    """Return the lines before the first paragraph, and the others."""
    lines = text.split("\n")
    end = next((number for number, line in enumerate(lines[:_HEADER_LINES]) if _is_paragraph(line)), min(len(lines), _HEADER_LINES))
    return lines[:end], lines[end:]


def _is_paragraph(line: str) -> bool:
    return len(line) > LONGEST_TITLE or (is_prose(line) and not line.endswith(("?", "!")))  # which titles may end with


def _says_nothing(line: str) -> bool:
    """Return whether `line` is no part of the article, but metadata, furniture or the way through the site to it."""
    return bool(_fields(line)) or is_furniture(line) or is_navigation(line)


def _signed(line: str) -> list[tuple[str, str]]:
    """Return the fields that `line` gives in a row, such as "The Town Gazette, January 29, 2025"; none where a part may be another."""
    if date_line(line) or is_note(line) or len(line) > LONGEST_TITLE:
        return []
    before, when, after = around_date(line) or (line, "", "")
    parts = [part.strip() for text in (before, after) for part in _SEPARATORS.split(text) if part.strip()]
    found = [_signing(part) for part in parts]
    fields = [("published", when)] * bool(when) + [each for each in found if each and each[1]]
    is_row = all(found) and len(found) + bool(when) > 1 and any(name != "source" for name, _ in fields)
    return fields if is_row else []


def _signing(part: str) -> tuple[str, str] | None:
    """Return what one part of a row says: an author, a publisher that is certainly one, or nothing to keep; None for anything else."""
    field = _field(part)
    if field is not None:
        return field if field[0] in ("author", "source") else None
    if _is_certain_publisher(part):
        return "source", part
    return ("author", "") if _CLOCK.fullmatch(part) or (is_furniture(part) and not is_note(part)) else None


def _fields(line: str) -> list[tuple[str, str]]:
    """Return the fields that `line` gives, each by name and value; none where any part of it gives none."""
    whole = _field(line)
    if whole is not None:
        return [whole]
    parts = [part.strip() for part in _BARS.split(line)] if len(line) <= LONGEST_TITLE else []
    found = [_field(part) or _credited(part) for part in parts]
    fields = [each for each in found if each is not None]
    is_credit = len(fields) == len(parts) > 1 and any(_field(part) for part in parts)
    return [each for each in fields if each[1]] if is_credit else []


def _credited(part: str) -> tuple[str, str] | None:
    """Return what a part of a credit line says that is no field by itself: an author with a role, a publisher, or nothing to keep."""
    if role := _WITH_ROLE.fullmatch(part):
        return "author", role["author"]
    if _ROLE.fullmatch(part) or _CLOCK.fullmatch(part) or (is_furniture(part) and not is_note(part)):
        return "author", ""
    if _PERSON_NAME.fullmatch(part) and not _PRESS_WORD.search(part):
        return "author", part
    return ("source", part) if _is_publisher(part) else None


def _field(line: str) -> tuple[str, str] | None:
    """Return the name of the field that `line` gives, and its value; None where it gives none."""
    if date_line(line):
        return "published", line
    if byline := _BYLINE.fullmatch(line):
        return "author", byline["author"]
    if line.startswith(("http://", "https://")):
        return ("url", line) if _url(line) else None
    labelled = _LABELLED.fullmatch(line)
    return _labelled_field(labelled["label"].lower(), labelled["value"]) if labelled else None


def _labelled_field(label: str, value: str) -> tuple[str, str] | None:
    match label:
        case "title" | "headline":
            return "title", value
        case "source" | "publisher" | "publication" | "outlet":
            return "source", value
        case "url" | "link":
            return ("url", value) if _url(value) else None
        case "author" | "byline" | "by" | "written by":
            return "author", value.removeprefix("By ")
        case _:
            return ("published", value) if parse_published(value) else None


def _with_field(header: Header, name: str, value: str) -> Header:
    """Return `header` with the field; the first line that gives a field wins."""
    match name:
        case "title":
            return replace(header, title=header.title or value)
        case "source":
            return replace(header, source=header.source or value)
        case "author":
            return replace(header, author=header.author or value)
        case "url":
            return replace(header, url=header.url or _url(value))
        case _:
            published = header.published or date_line(value) or parse_published(value)
            return replace(header, published=published, updated=header.updated or update_in(value))


def _url(text: str) -> str:
    try:
        return canonical_url(text)
    except ValueError:
        return ""


def _take_title(header: Header) -> Header:
    paragraphs = _set_apart(header.body).split("\n\n")
    first, second = paragraphs[0], paragraphs[1] if len(paragraphs) > 1 else ""
    if not header.source and len(paragraphs) > 2 and _is_publisher(first) and _is_title(second):
        return replace(header, source=first, title=second, body="\n\n".join(paragraphs[2:]))
    publisher, _, below = first.partition("\n")
    if not header.source and second and _is_publisher(publisher) and _is_title(below):
        return replace(header, source=publisher, title=below, body="\n\n".join(paragraphs[1:]))
    if second and _is_title(first):
        return replace(header, title=first, body="\n\n".join(paragraphs[1:]))
    return header


def _take_publisher(header: Header) -> Header:
    """Return `header`, whose title is known, with the publisher that its body begins with, where that is certainly one."""
    first, _, rest = header.body.partition("\n\n")
    return replace(header, source=first, body=rest) if rest and not header.source and _is_certain_publisher(first) else header


def _set_apart(body: str) -> str:
    """Return `body` with blank lines around the title, and the publisher above it, where its paragraphs are apart by line breaks alone."""
    lines = body.split("\n")
    for count in (1, 2):
        above, below = lines[:count], lines[count : count + 1]
        if all(above) and below and len(below[0]) > _WIDEST_LINE and is_prose(below[0]) and not any(map(is_prose, above)):
            return "\n\n".join([*above, "\n".join(lines[count:])])
    return body


def _is_certain_publisher(line: str) -> bool:
    return re.fullmatch(AGENCY, line) is not None or (_is_publisher(line) and _PRESS_WORD.search(line) is not None)


def _is_publisher(line: str) -> bool:
    words = line.split()
    if "\n" in line or not words or len(line) > _LONGEST_PUBLISHER or not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    return len(words) <= _SHORT_NAME or (len(words) <= _LONG_NAME and bool(_PRESS_WORD.search(line)))


def _is_title(line: str) -> bool:
    if "\n" in line or not _SHORTEST_TITLE <= len(line) <= LONGEST_TITLE or len(line.split()) < 2 or _LABELLED.fullmatch(line):
        return False
    ends_as_text = line.endswith((".", "…", ",", ";", ":", '."', ".”", ",”")) or without_credit(line) != line
    return not ends_as_text and not line.split()[0].islower() and re.search(r"[a-z]{4,}\. [A-Z]", line) is None


def with_dateline(header: Header) -> Header:
    """Return `header` with the day and the agency that its body's dateline names, where the day or the publisher are unknown."""
    lines = [line for line in header.body.split("\n")[:_HEADER_LINES] if line][:_DATELINE_LINES]
    agency = next((found.agency for line in lines if (found := read_dateline(line)) and found.agency), "")
    return replace(header, source=header.source or agency, published=header.published or dateline_of(header.body))


def dateline_of(body: str) -> Published | None:
    """Return the complete date that a line above the first paragraph of `body` is, or one of the first lines begins with; else None."""
    lines = [line for line in body.split("\n") if line][:_DATELINE_LINES]
    stated = next((found for line in _split_top(body)[0] if (found := date_line(line))), None)
    return stated or next((found for line in lines if not is_note(line) and (found := dateline(line))), None)


def title_from(text: str) -> str:
    """Return a title for an article without one: its first sentence, shortened at a word with "…" where it is long."""
    from sentencex import segment

    start = one_line(text.lstrip()[:1000])
    sentence = next((str(found).strip() for found in segment("en", start) if str(found).strip()), start)
    return shorten(sentence, LONGEST_MADE_TITLE)


def shorten(text: str, limit: int) -> str:
    """Return `text`, or its beginning up to a word and "…" where it has more than `limit` characters."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    words = head[: head.rfind(" ")] if " " in head else head[:-1]
    return words.rstrip(" ,;:–—-") + "…"
