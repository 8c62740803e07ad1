"""The bytes of a PDF or DOCX document -> an article. They are read by a process of their own: see `corpus.extraction`."""

import re
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from corpus.article import Article
from corpus.cleaning import normalise, one_line
from corpus.errors import SourceUnreachable, UnreadableSource
from corpus.extracted import LONGEST_TEXT, MOST_PAGES, OUTPUT_BYTES, Extracted, Refusal, from_json
from corpus.headers import read_header
from corpus.texts import Origin, article_of

MAX_BYTES = 30_000_000
"""Of one document."""
SECONDS = 90
"""Of a processor, for one document; half as much again by the clock on the wall."""

_ROOT = Path(__file__).parents[1]
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGKILL)
_SENTENCES = {
    Refusal.ENCRYPTED: "is locked with a password; save it without one and add it again",
    Refusal.MANY_PAGES: f"has more than the {MOST_PAGES} pages that one article may have; add it in parts",
    Refusal.LONG: f"has more than the {LONGEST_TEXT:,} characters that one article may have; add it in parts",
    Refusal.PICTURES: "has no text in it, only pictures of pages; have them recognised (OCR) first",
    Refusal.EMPTY: "has no text in it",
    Refusal.SWOLLEN: "unpacks to more than a document may have, so it was not read; save it anew without its pictures",
    Refusal.OTHER_KIND: "is a zip archive or an office document of another kind; save it as .docx or .pdf",
    Refusal.NO_MEMORY: "takes more memory than a document may; save its text as .txt and add that",
}
_SLOW = "takes longer to read than a document may; save its text as .txt and add that"
_DAMAGED = "is damaged, or not what it looks like; open it and save it anew"
# What programs write into a title that nobody gave.
_NO_TITLE = re.compile(
    r"(?:untitled|document|presentation|slide|title|word document|print|layout|microsoft (?:word|powerpoint|excel))\b.{0,4}|"
    r"microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|pdf|pptx?|xlsx?|indd|qxd|tex|dvi|rtf|odt|html?|fm)|\S*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:,? (?:and |& )?[^\W\d_][\w.'’-]*){1,11}")
_NO_NAME = re.compile(
    r".*\b(?:user|admin|administrator|owner|python|microsoft|office|adobe|unknown|author|student|guest)\b.*", re.IGNORECASE
)


def read_pdf_document(data: bytes, origin: Origin, *, seconds: int = SECONDS) -> Article:
    """Return the article in a PDF. Raises UnreadableSource, with one sentence, where there is none, or none that can be read in time."""
    return _article(_extracted(data, "pdf", origin.name, seconds), origin)


def read_word_document(data: bytes, origin: Origin, *, seconds: int = SECONDS) -> Article:
    """Return the article in a DOCX. Raises UnreadableSource, with one sentence, where there is none, or none that can be read in time."""
    return _article(_extracted(data, "docx", origin.name, seconds), origin)


def _article(found: Extracted, origin: Origin) -> Article:
    text = normalise(found.text)
    header = read_header(text, title=_title(found, text))
    title = header.title or _stated_title(found)
    author = header.author or (found.author if _NAME.fullmatch(found.author) and not _NO_NAME.fullmatch(found.author) else "")
    return article_of(replace(header, title=title, author=author), origin)


def _title(found: Extracted, text: str) -> str:
    """Return the title that stands in the document, unless its properties have one that stands there, too."""
    stated = _stated_title(found)
    top = " ".join(f"{found.title} {text[:2_000]}".casefold().split())
    return stated if stated and stated.casefold() in top else one_line(found.title)


def _stated_title(found: Extracted) -> str:
    """Return the title in the document's properties, which may be that of another one; empty where nobody gave it."""
    stated = one_line(found.stated_title)
    return "" if _NO_TITLE.fullmatch(stated) else stated


def _extracted(data: bytes, kind: str, name: str, seconds: int) -> Extracted:
    if not data.strip():
        raise UnreadableSource(f"{name} is empty.")
    try:
        code, written = _run(kind, seconds, data)
    except OSError as error:
        raise SourceUnreachable(f"{name} cannot be read, as no room or no process is left for that: {error.strerror}.") from error
    if code is None or code in _OUT_OF_TIME:
        raise UnreadableSource(f"{name} {_SLOW}.")
    try:
        found = from_json(written) if code == 0 else None
    except ValueError:
        found = None
    if isinstance(found, Extracted):
        return found
    raise UnreadableSource(f"{name} {_SENTENCES[found] if found else _DAMAGED}.")


def _run(kind: str, seconds: int, data: bytes) -> tuple[int | None, str]:
    """Return the exit code of the process that reads `data`, None where it took too long and was ended, and what it wrote.

    It gets nothing of this process's environment, where the bot's token is.
    """
    command = [sys.executable, "-m", "corpus.extraction", kind, str(seconds)]
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as output:
        source.write(data)
        source.seek(0)
        try:
            code: int | None = subprocess.run(  # noqa: S603  # our own module
                command,
                stdin=source,
                stdout=output,
                stderr=subprocess.DEVNULL,
                cwd=_ROOT,
                env={"PYTHONUTF8": "1"},
                timeout=1.5 * seconds,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            code = None
        output.seek(0)
        return code, output.read(OUTPUT_BYTES).decode("utf-8", "replace")
