import pytest

from corpus.decoding import decode, is_binary, kind_of_binary

ENGLISH = "“It’s a café,” she said – naïve… £5 or €6 of crème brûlée was all that the town’s mayor had eaten since Tuesday evening."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_english_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


def test_another_alphabet_is_recognised_by_its_letters() -> None:
    russian = "Мэр города заявил во вторник, что мост будет закрыт на ремонт до конца месяца. Движение откроется в мае. " * 4
    assert decode(russian.encode("cp1251")) == russian


def test_a_declared_encoding_is_believed() -> None:
    assert decode("Мост закрыт".encode("koi8-r"), declared="KOI8-R") == "Мост закрыт"


@pytest.mark.parametrize("declared", ["no-such-encoding", "unicode_escape", "windows-99999", ""])
def test_a_strange_declaration_is_not_believed(declared: str) -> None:
    assert decode(b"A caf\xe9 in town", declared=declared) == "A café in town"


def test_latin_1_means_windows_1252() -> None:
    assert decode(b"It\x92s closed", declared="iso-8859-1") == "It’s closed"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("A “café”".encode() + b"\xff in town", "A “café”\ufffd in town"),
        ("A “café” cut o".encode() + b"\xe2\x80", "A “café” cut o\ufffd"),
        (b"ascii and \x81 a hole", "ascii and \ufffd a hole"),
    ],
)
def test_a_few_broken_bytes_do_not_change_the_encoding(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "a PDF document"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"Plain words", None),
        (b"", None),
    ],
)
def test_a_signature_tells_the_kind(data: bytes, kind: str | None) -> None:
    assert kind_of_binary(data) == kind


@pytest.mark.parametrize(
    ("text", "binary"), [("words", False), ("nul\0byte", True), ("\x01\x02\x03\x04\x05", True), ("one\x1b escape", False), ("", False)]
)
def test_control_characters_tell_a_binary_file(text: str, *, binary: bool) -> None:
    assert is_binary(text) is binary
