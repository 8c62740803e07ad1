"""What makes an article the same article when it comes again: its canonical URL, or where its file lies."""

import os
import re
from pathlib import Path
from urllib.parse import SplitResult, unquote_plus, urlsplit, urlunsplit

LONGEST_SHOWN = 200
"""Characters of an address in a sentence."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
# fmt: off
_TRACKERS = frozenset((
    "_ga", "_gl", "_hsenc", "_hsmi", "cmpid", "dclid", "fbclid", "gad_source", "gbraid", "gclid", "gclsrc", "igsh", "igshid",
    "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "msclkid", "oly_anon_id", "oly_enc_id", "ttclid", "twclid", "vero_id", "wbraid",
    "yclid",
))
# fmt: on


def canonical_url(url: str) -> str:
    """Return `url` in the one form that all its copies share.

    Scheme and host are lower-case; the default port, user name, fragment, trackers and trailing slash are gone; the query is
    sorted. Raises ValueError where `url` is not an http or https address.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or any(character.isspace() for character in parts.netloc + parts.path):
        raise ValueError(f"not an http or https address: {url}")
    return urlunsplit((parts.scheme, _host(parts), parts.path.rstrip("/") or "/", _query(parts.query), ""))


def _host(parts: SplitResult) -> str:
    name = (parts.hostname or "").rstrip(".")
    name = f"[{name}]" if ":" in name else name
    return name if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{name}:{parts.port}"


def _query(query: str) -> str:
    return "&".join(sorted(field for field in query.split("&") if field and not _is_tracker(field)))


def _is_tracker(field: str) -> bool:
    name = unquote_plus(field.partition("=")[0]).lower()
    return name.startswith("utm_") or name in _TRACKERS


def same_site(url: str, other: str) -> bool:
    """Return whether two web addresses belong to one owner by their hosts: www.example.co.uk and m.example.co.uk do."""
    site = _site(url)
    return bool(site) and site == _site(other)


def _site(url: str) -> str:
    """Return the part of the host in `url` that somebody registered, or all of it; empty where there is none."""
    from tld import get_fld

    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    if ":" in host or host.rpartition(".")[2].isdecimal():
        return host
    # Who has a page on a platform, such as github.io, owns no more than that. Names of no known kind are two words long.
    return get_fld(f"http://{host}", fail_silently=True, search_private=True) or ".".join(host.split(".")[-2:])


def is_web_address(text: str) -> bool:
    """Return whether `text` begins as a web address does."""
    return text.strip().lower().startswith(("http://", "https://"))


def shown(url: str) -> str:
    """Return `url` as a sentence names it: without name and password, on one line, and not too long."""
    text = re.sub(r"(?<=//)[^/?#\s]*@", "", " ".join(url.split()))
    text = "".join(character if character.isprintable() else "\ufffd" for character in text)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def file_address(path: Path) -> str:
    """Return the URI of the file that `path` leads to, links resolved; two paths to one file have one address."""
    return Path(os.path.realpath(path)).as_uri()
