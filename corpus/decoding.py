"""Bytes -> text: what they are when they are no text, and which encoding they are in when they are."""

import codecs
import re

_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARABLE = re.compile(r"(?:iso-?8859|windows|cp)-?\d{1,5}|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gb(?:k|2312|18030)|big5")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PRINTABLE = bytes([*b"\t\n\r", *range(0x20, 0x7F)])
_SAMPLE_BYTES = 100_000
"""By which an encoding is guessed."""
_MOST_CONTROLS = 0.01
"""Share of control characters up to which something is text."""
_WIDE_NULS, _WIDE_OTHERS = 0.8, 0.1
"""UTF-16 of a language in Latin letters has at least this share of NUL in one half of its bytes, at most that of others than ASCII in the
other half."""


def kind_of_binary(data: bytes) -> str | None:
    """Return what `data` is by its signature, such as "a PDF document"; None where it has no known one."""
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def is_binary(text: str) -> bool:
    """Return whether decoded text has so many control characters (or any NUL) that its bytes were no text."""
    return "\0" in text or len(_CONTROL.findall(text)) > max(3, len(text) * _MOST_CONTROLS)


def decode(data: bytes, *, declared: str = "") -> str:
    """Return `data` as text: by its byte order mark, as UTF-8, in the encoding `declared`, or in the likeliest one.

    Nothing is refused: bytes that cannot be read become U+FFFD.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := _wide_encoding(data[:_SAMPLE_BYTES]):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_legacy_encoding(data, declared.strip().lower()), "replace")


def _wide_encoding(data: bytes) -> str | None:
    """Return the UTF-16 that English text without a mark is in: every other byte of it is NUL."""
    even, odd = data[::2], data[1::2]
    if _is_ascii(even) and odd.count(0) > _WIDE_NULS * len(odd):
        return "utf-16-le"
    return "utf-16-be" if _is_ascii(odd) and even.count(0) > _WIDE_NULS * len(even) else None


def _is_ascii(half: bytes) -> bool:
    """Return whether nearly all bytes are printable ASCII."""
    return bool(half) and len(half.translate(None, _PRINTABLE)) <= _WIDE_OTHERS * len(half)


def _legacy_encoding(data: bytes, declared: str) -> str:
    if _is_damaged_utf8(data):
        return "utf-8"
    if declared in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
        return "cp1252"  # as browsers do: pages that declare Latin-1 mean it
    if _DECLARABLE.fullmatch(declared) and _is_known(declared):
        return declared
    return _likeliest(data)


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether more of the non-ASCII characters are sound UTF-8 than are not: a few bytes broke on the way."""
    sound = sum(character > "\x7f" for character in data.decode("utf-8", "ignore"))
    return sound > 0 and sound >= data.decode("utf-8", "replace").count("\ufffd")


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _likeliest(data: bytes) -> str:
    ascii_share = len(data.decode("ascii", "ignore")) / len(data)
    if ascii_share > 0.9:  # a language in Latin letters, where guessing by statistics takes one accent for another
        return "cp1252" if _decodes(data, "cp1252") else "utf-8"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE_BYTES]).best()
    return best.encoding if best else "utf-8"


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
