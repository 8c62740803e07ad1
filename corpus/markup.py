"""Markdown -> plain text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAG = re.compile(r"<[^<>]*>")
_COMMENT_OR_TAG = re.compile(rf"<!--.*?-->|{_TAG.pattern}", re.DOTALL)
_UNSEEN = re.compile(r"\s*<(?:script|style|!)", re.IGNORECASE)
_LITERAL = ("text", "code_inline", "text_special")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A Markdown text without its marks: `heading` is its first `# heading`, empty where it has none; `body` is the rest."""

    heading: str
    body: str


def plain_text(markdown: str, *, keeps_lines: Callable[[str], bool]) -> PlainText:
    """Return the words of `markdown`: links by their texts, no images, one blank line between blocks.

    A paragraph's lines are joined, as Markdown means them, unless `keeps_lines` is true of one of them.
    """
    tokens = MarkdownIt("commonmark").parse(markdown)
    heading = ""
    blocks: list[str] = []
    for position, token in enumerate(tokens):
        text = _joined(_block(token), keeps_lines)
        if not heading and token.type == "inline" and tokens[position - 1].tag == "h1":
            heading = text.replace("\n", " ")
        elif text:
            blocks.append(text)
    return PlainText(heading, "\n\n".join(blocks))


def _block(token: Token) -> str:
    if token.type == "inline":
        return _inline(token.children or ())
    if token.type in ("code_block", "fence"):
        return token.content.strip()
    if token.type == "html_block" and not _UNSEEN.match(token.content):
        return _without_tags(token.content).strip()
    return ""


def _without_tags(html: str) -> str:
    """Return `html` without tags and comments. Behind the last comment's end, patterns would follow each opening mark to the end."""
    comments, end, rest = html.rpartition("-->")
    return _COMMENT_OR_TAG.sub("", comments + end) + _TAG.sub("", rest)


def _inline(tokens: Sequence[Token]) -> str:
    return "".join(_words(token) for token in tokens).strip()


def _words(token: Token) -> str:
    if token.type in _LITERAL:
        return token.content
    return "\n" if token.type in ("softbreak", "hardbreak") else ""


def _joined(text: str, keeps_lines: Callable[[str], bool]) -> str:
    lines = [line.strip() for line in text.split("\n")]
    return ("\n" if any(keeps_lines(line) for line in lines) else " ").join(lines)
