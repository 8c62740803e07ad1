"""An address on the web -> an article, whatever kind of thing is there."""

from urllib.parse import urlsplit

from corpus.addresses import canonical_url, shown
from corpus.article import Article
from corpus.decoding import decode
from corpus.errors import SourceUnreachable, UnreadableSource
from corpus.feeds import feeds_named_in
from corpus.files import MAX_BYTES
from corpus.kinds import Kind, kind_of
from corpus.pages import host_of, read_page
from corpus.protocols import Fetched, Fetcher
from corpus.texts import Origin, read_markdown, read_plain

_HEAD_BYTES = 200_000
_MARKDOWN_NAMES = (".md", ".markdown")


def read_web(url: str, fetcher: Fetcher) -> Article:
    """Return the article at `url`. Raises SourceUnreachable and UnreadableSource, each with one sentence."""
    fetched = fetcher.fetch(url)
    if not isinstance(fetched, Fetched):
        raise SourceUnreachable(f"{shown(url)} did not answer with its content; try again later.")
    return read_fetched(fetched)


def read_fetched(fetched: Fetched) -> Article:
    """Return the article that was fetched: a web page, Markdown or plain text, told apart by their content.

    Raises UnreadableSource where it is something else, too big, or holds no article.
    """
    name, size = shown(fetched.url), len(fetched.content)
    if not fetched.content.strip():
        raise UnreadableSource(f"{name} is empty.")
    kind = kind_of(fetched.content)
    if size > MAX_BYTES:
        raise UnreadableSource(f"{name} has {size / 1e6:.1f} MB, more than the {MAX_BYTES / 1e6:.0f} MB that one article may have.")
    match kind:
        case Kind.PAGE:
            return _read_page(fetched)
        case Kind.TEXT:
            reader = read_markdown if _is_markdown(fetched) else read_plain
            return reader(fetched.content, _origin(fetched), charset=fetched.charset)
        case _:
            raise UnreadableSource(f"{name} is {_NAMES[kind]}, not an article; give the address of a page or a text.")


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


def _origin(fetched: Fetched) -> Origin:
    return Origin(name=shown(fetched.url), address=canonical_url(fetched.url), source=host_of(fetched.url))


def _is_markdown(fetched: Fetched) -> bool:
    """Return whether a text is Markdown; its content cannot tell, as every text is Markdown too."""
    return fetched.media_type.endswith("markdown") or urlsplit(fetched.url).path.lower().endswith(_MARKDOWN_NAMES)


_NAMES = {
    Kind.XML: "an XML document",
    Kind.PDF: "a PDF document",
    Kind.ZIP: "a zip archive or an office document",
    Kind.BINARY: "a picture, a program or another binary file",
}
