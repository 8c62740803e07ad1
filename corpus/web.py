"""An address on the web -> an article, whatever kind of thing is there."""

from urllib.parse import urlsplit

from corpus import documents
from corpus.addresses import canonical_url, shown
from corpus.article import Article
from corpus.decoding import decode
from corpus.documents import read_pdf_document, read_word_document
from corpus.errors import SourceUnreachable, UnreadableSource, guarded
from corpus.feeds import feeds_named_in
from corpus.files import MAX_BYTES, too_big
from corpus.kinds import Kind, kind_of
from corpus.pages import host_of, read_page
from corpus.protocols import Fetched, Fetcher
from corpus.texts import Origin, read_markdown, read_plain

_HEAD_BYTES = 200_000
_NO_ARTICLES = {Kind.XML: "an XML document", Kind.JSON: "data for programs (JSON)"}
_MARKDOWN_NAMES = (".md", ".markdown")


def read_web(url: str, fetcher: Fetcher) -> Article:
    """Return the article at `url`. Raises SourceUnreachable and UnreadableSource, each with one sentence."""
    with guarded(shown(url)):
        fetched = fetcher.fetch(url)
        if not isinstance(fetched, Fetched):
            raise SourceUnreachable(f"{shown(url)} did not answer with its content; try again later.")
        return read_fetched(fetched)


def read_fetched(fetched: Fetched) -> Article:
    """Return the article that was fetched: a web page, Markdown, plain text, a PDF or a DOCX, told apart by their content.

    Raises UnreadableSource where it is something else, too big, or holds no article.
    """
    content, size = fetched.content, len(fetched.content)
    origin = Origin(name=shown(fetched.url), address=canonical_url(fetched.url), source=host_of(fetched.url))
    if not content.strip():
        raise UnreadableSource(f"{origin.name} is empty.")
    kind = kind_of(content)
    limit = documents.MAX_BYTES if kind in (Kind.PDF, Kind.ZIP) else MAX_BYTES
    if size > limit:
        raise UnreadableSource(too_big(origin.name, size, limit))
    match kind:
        case Kind.PAGE:
            return _read_page(fetched)
        case Kind.TEXT:
            reader = read_markdown if _is_markdown(fetched) else read_plain
            return reader(content, origin, charset=fetched.charset)
        case Kind.PDF:
            return read_pdf_document(content, origin)
        case Kind.ZIP:
            return read_word_document(content, origin)
        case _:
            what = _NO_ARTICLES.get(kind, "a picture, a program or another binary file")
            raise UnreadableSource(f"{origin.name} is {what}, not an article; give the address of a page, a text, a PDF or a DOCX.")


def _read_page(fetched: Fetched) -> Article:
    """Return the article of a web page; where there is none, the reason tells which feed the page names."""
    feeds = feeds_named_in(decode(fetched.content[:_HEAD_BYTES]), url=fetched.url)
    parts = urlsplit(fetched.url)
    if feeds and parts.path in ("", "/") and not parts.query:
        raise UnreadableSource(f"{shown(fetched.url)} is a front page, not an article; to follow the site's feed, add {shown(feeds[0])}.")
    try:
        return read_page(fetched.content, address_hint=fetched.url, file=None, charset=fetched.charset)
    except UnreadableSource as error:
        if not feeds:
            raise
        raise UnreadableSource(f"{str(error).removesuffix('.')}; to follow the feed that it names, add {shown(feeds[0])}.") from error


def _is_markdown(fetched: Fetched) -> bool:
    """Return whether a text is Markdown; its content cannot tell, as every text is Markdown too."""
    return fetched.media_type.endswith("markdown") or urlsplit(fetched.url).path.lower().endswith(_MARKDOWN_NAMES)
