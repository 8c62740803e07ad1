"""What makes an article the same article when it comes again: its canonical URL, or where its file lies."""

import os
from pathlib import Path
from urllib.parse import SplitResult, unquote_plus, urlsplit, urlunsplit

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


def file_address(path: Path) -> str:
    """Return the URI of the file that `path` leads to, links resolved; two paths to one file have one address."""
    return Path(os.path.realpath(path)).as_uri()
