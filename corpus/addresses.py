"""What makes an article the same article when it comes again: its canonical URL, or where its file lies."""

import os
import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, quote, unquote_plus, urljoin, urlsplit, urlunsplit

LONGEST_SHOWN = 200
"""Characters of an address in a sentence."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
# fmt: off
_TRACKERS = frozenset((
    "__tn__", "__twitter_impression", "_ga", "_gl", "amp_gsa", "amp_js_v", "at_campaign", "at_campaign_type", "at_creation", "at_format",
    "at_medium", "at_variant", "awc", "cmp", "cmpid", "dclid", "epik", "fb_action_ids", "fb_action_types", "fb_ref", "fb_source", "fbclid",
    "ga_campaign", "ga_content", "ga_medium", "ga_place", "ga_source", "ga_term", "gad_source", "gbraid", "gclid", "gclsrc",
    "guccounter", "guce_referrer", "guce_referrer_sig", "icid", "igsh", "igshid", "intcmp", "ito", "itm_campaign", "itm_content",
    "itm_medium", "itm_source", "itm_term", "li_fat_id", "mibextid", "mkt_tok", "msclkid", "ncid", "ns_campaign", "ns_fee", "ns_linkname",
    "ns_mchannel", "ns_source", "ocid", "oly_anon_id", "oly_enc_id", "pk_campaign", "pk_cid", "pk_content", "pk_kwd", "pk_medium",
    "pk_source", "rdid", "ref_src", "ref_url", "s_cid", "s_kwcid", "smid", "smtyp", "sr_share", "srsltid", "ttclid", "twclid", "usqp",
    "vero_conv", "vero_id", "wbraid", "wt.mc_id", "wt_mc", "xtor", "yclid", "ysclid",
))
_TRACKER_PREFIXES = ("utm_", "mc_", "hsa_", "mtm_", "matomo_", "piwik_", "_hs", "at_bbc", "at_custom", "at_link", "at_ptr", "aspsessionid")
_SESSIONS = frozenset(("jsessionid", "phpsessid", "sessionid", "session_id", "cfid", "cftoken", "sid", "zenid"))
# fmt: on
_AMP_FIELDS = re.compile(r"(?:amp|_amp|isamp)(?:=(?:1|true|yes|)?)?|(?:output|outputtype|view|format|type)=amp", re.IGNORECASE)
_SESSION_VALUE = re.compile(r"[0-9a-z.!_-]{16,}", re.IGNORECASE)
"""A shorter "sid" may be the number of a story."""
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_GOOGLE = re.compile(r"(?:www\.)?google\.(?:com?\.)?[a-z]{2,3}")
_GOOGLE_AMP = re.compile(r"/amp/(?P<secure>s/)?(?P<rest>[^/]+/.+)")
_CACHE = "cdn.ampproject.org"
_CACHE_PATH = re.compile(r"/(?:c|v|i|wp|wp/c)/(?P<secure>s/)?(?P<rest>[^/]+/.+)")
_VARIANTS = ("amp", "m", "mobile", "touch")
"""What hosts put before their name for pages made for telephones."""
_SLUG = re.compile(r"[^/]*[\d_-][^/]*|[^/]{20,}")
"""The name of an article in a path, such as "bridge-reopens" or "12345"; "products" is the name of a section."""
_MOST_NESTED = 3
"""Addresses, or marks of AMP pages, within one another."""
_BLANK = re.compile(r"\s")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_KEPT = "!$%&'()*+,/:;=@-._~"
_KEPT_IN_QUERY = _KEPT + "?"


def canonical_url(url: str) -> str:
    """Return `url` in the one form that all its copies share; it leads to the same page.

    Scheme and host are lower-case and in ASCII; the default port, user name, fragment, trackers, session and trailing slash are
    gone; the query is sorted, and only what must be is percent-encoded. Pages for telephones (AMP, "m.") have the address of
    the page that they are made from. Raises ValueError where `url` is not an http or https address.
    """
    parts = _parts(url)
    for _ in range(_MOST_NESTED):
        if inner := _inside_cache(parts):
            parts = _parts(inner)
    return urlunsplit((parts.scheme, _host(parts), _path(parts.path), _query(parts.query), _route(parts.fragment)))


def _parts(url: str) -> SplitResult:
    parts = urlsplit(url.strip())
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or any(character.isspace() for character in parts.netloc + parts.path):
        raise ValueError(f"not an http or https address: {url}")
    return parts


def key_of(url: str) -> str:
    """Return what is equal for all spellings of one address: its canonical form; `url` itself where it has none."""
    try:
        return canonical_url(url)
    except ValueError:
        return url


def absolute(link: str, base: str) -> str:
    """Return where `link` leads on the page at `base`, as an address that `canonical_url` takes; empty where it is none."""
    try:
        parts = urlsplit(urljoin(base, link.strip()) if link.strip() else "")
        address = urlunsplit(parts._replace(path=_BLANK.sub(lambda blank: quote(blank[0]), parts.path)))
        canonical_url(address)
    except ValueError:
        return ""
    return address


def same_page(address: str) -> list[str]:
    """Return the canonical addresses, `address` among them, that lead where it leads: by http and https, with and without "www."."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme not in _DEFAULT_PORTS or parts.port or "." not in host or _is_number(host):
        return [address]
    bare = host.removeprefix("www.")
    hosts = [bare, f"www.{bare}"] if "." in bare else [host]
    return [urlunsplit(parts._replace(scheme=scheme, netloc=name)) for scheme in ("https", "http") for name in hosts]


def _inside_cache(parts: SplitResult) -> str:
    """Return the address of the page that Google's copy of it was made from; empty for any other address."""
    host = parts.hostname or ""
    if _GOOGLE.fullmatch(host):
        found = _GOOGLE_AMP.fullmatch(parts.path)
    elif host == _CACHE or host.endswith(f".{_CACHE}"):
        found = _CACHE_PATH.fullmatch(parts.path)
    else:
        return ""
    if found is None:
        return ""
    rest: str = found["rest"]
    name, _, path = rest.partition("/")
    return urlunsplit(("https" if found["secure"] else "http", name, path, parts.query, "")) if "." in name else ""


def _host(parts: SplitResult) -> str:
    name = _ascii((parts.hostname or "").rstrip("."))
    name = f"[{name}]" if ":" in name else _for_desks(name)
    return name if parts.port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{name}:{parts.port}"


def _ascii(host: str) -> str:
    """Return `host` as the network knows it: "xn--mller-kva.example" for "müller.example"."""
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _for_desks(host: str) -> str:
    """Return `host` without what marks pages for telephones: "m.example.com", "en.m.wikipedia.org"."""
    if _is_number(host):
        return host
    own = len(_site(f"http://{host}").split("."))
    labels = host.split(".")
    return ".".join(label for place, label in enumerate(labels) if label not in _VARIANTS or place >= len(labels) - own)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _path(path: str) -> str:
    path = _encoded(_SESSION_IN_PATH.sub("", path), _KEPT).rstrip("/")
    for _ in range(_MOST_NESTED):
        path = _without_amp(path)
    return path or "/"


def _without_amp(path: str) -> str:
    """Return the path of the page that an AMP page was made from, where `path` looks like that of one."""
    for shorter in (path.removesuffix("/amp"), re.sub(r"\.amp(?=\.html?$|$)", "", path), path.removeprefix("/amp")):
        if shorter != path and shorter.startswith("/") and _SLUG.fullmatch(shorter.rpartition("/")[2]):
            return shorter
    return path


def _query(query: str) -> str:
    fields = [_encoded(field, _KEPT_IN_QUERY) for field in query.split("&") if field and not _is_passing(field)]
    return "&".join(sorted(fields))


def _is_passing(field: str) -> bool:
    """Whether a field tells where the reader came from or how the page is shown, and not which page it is."""
    name, _, value = field.partition("=")
    name = unquote_plus(name).lower()
    if name in _SESSIONS:
        return name == "phpsessid" or _SESSION_VALUE.fullmatch(value) is not None
    return name in _TRACKERS or name.startswith(_TRACKER_PREFIXES) or _AMP_FIELDS.fullmatch(field) is not None


def _route(fragment: str) -> str:
    """Return the fragment where it tells which page is meant, as in "#!/story/5"; else nothing."""
    return _encoded(fragment, _KEPT_IN_QUERY) if fragment.startswith(("!", "/")) else ""


def _encoded(text: str, kept: str) -> str:
    """Return `text` with every character percent-encoded that must be, and no other."""
    plain = _ESCAPE.sub(lambda escape: _unescaped(escape[0]), text)
    return quote(plain, safe=kept, errors="replace")


def _unescaped(escape: str) -> str:
    character = chr(int(escape[1:], 16))
    return character if character in _PLAIN else escape.upper()


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
