"""The bytes of a plain text or a Markdown file -> an article."""

from dataclasses import dataclass, replace

from corpus.addresses import is_web_address, same_site
from corpus.article import Article
from corpus.cleaning import normalise, one_line, take_apart
from corpus.decoding import decode, is_binary
from corpus.errors import UnreadableSource
from corpus.front_matter import split_front_matter
from corpus.headers import Header, is_metadata, read_header, shorten, title_from, with_dateline
from corpus.markup import plain_text
from corpus.notes import note_of, updated_of
from corpus.pages import LONGEST_TEXT, LONGEST_TITLE

MOST_MARKS = 100_000
"""Brackets, stars and the like in one Markdown file; parsing so many takes some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where bytes came from. `name` is what sentences call it, `address` what identifies the article unless it says so itself.

    `file` is the name of the file, None for what has none; `source` is whose article it is, unless that says so itself.
    """

    name: str
    address: str
    file: str | None = None
    source: str = ""


def read_plain(data: bytes, origin: Origin, *, charset: str = "") -> Article:
    """Return the article of a plain text. Raises UnreadableSource; `charset` is what the text is said to be in."""
    return article_of(read_header(normalise(_decoded(data, origin, charset))), origin)


def read_markdown(data: bytes, origin: Origin, *, charset: str = "") -> Article:
    """Return the article of a Markdown text, front matter and all. Raises UnreadableSource."""
    text = _decoded(data, origin, charset).replace("\r\n", "\n")
    if (marks := sum(text.count(mark) for mark in "[]*_`<&")) > MOST_MARKS:
        raise UnreadableSource(f"{origin.name} has {marks:,} Markdown marks, more than the {MOST_MARKS:,} that one article may have.")
    front = split_front_matter(text, name=origin.name)
    plain = plain_text(normalise(front.body if front else text), keeps_lines=is_metadata)
    if front is None:
        return article_of(read_header(normalise(plain.body), title=plain.heading), origin)
    return article_of(_with_heading(front, plain.heading, plain.body), origin)


def article_of(header: Header, origin: Origin) -> Article:
    """Return the article that `header` describes, cleaned. Raises UnreadableSource where nothing is left of its text."""
    found = take_apart(header.body)
    if not found.text:
        raise UnreadableSource(f"{origin.name} has no article in it.")
    notes = (*header.notes, *found.notes)
    return Article(
        address=_address(header.url, origin),
        title=shorten(one_line(header.title), LONGEST_TITLE) or title_from(found.text),
        text=found.text,
        source=one_line(header.source) or origin.source,
        author=one_line(header.author),
        published=header.published,
        file=origin.file,
        updated=updated_of(header.updated, notes, header.published),
        place=one_line(header.place) or found.place,
        note=note_of(notes),
    )


def _address(claimed: str, origin: Origin) -> str:
    """Return the address that the text claims, unless it came from the site of somebody else."""
    if claimed and is_web_address(origin.address) and not same_site(claimed, origin.address):
        return origin.address
    return claimed or origin.address


def _decoded(data: bytes, origin: Origin, charset: str) -> str:
    text = decode(data, declared=charset)
    if is_binary(text):
        raise UnreadableSource(f"{origin.name} is a binary file, not text.")
    if len(text) > LONGEST_TEXT:
        raise UnreadableSource(f"{origin.name} has {len(text):,} characters, more than the {LONGEST_TEXT:,} that one article may have.")
    if not normalise(text):
        raise UnreadableSource(f"{origin.name} is empty.")
    return text


def _with_heading(front: Header, heading: str, body: str) -> Header:
    """Return `front` over `body`: the heading is the title where the front matter has none, and text where it says another."""
    if front.title and heading and heading.casefold() != front.title.casefold():
        body = f"{heading}\n\n{body}"
    return with_dateline(replace(front, body=body, title=front.title or heading))
