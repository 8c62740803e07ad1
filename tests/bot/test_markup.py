import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import markup


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("one two", 7, "one two"),
        ("one two three", 9, "one two…"),
        ("onetwothree", 6, "onetw…"),
        ("🙂🙂🙂", 6, "🙂🙂🙂"),
        ("🙂🙂🙂🙂", 6, "🙂🙂…"),
        ("a veryveryverylongword", 12, "a veryveryv…"),
        ("one two three", 8, "one two…"),
        ("  x", 2, "…"),
        ("long", 1, "…"),
        ("", 1, ""),
    ],
)
def test_long_text_is_cut_at_a_word(text: str, limit: int, expected: str) -> None:
    assert markup.shorten(text, limit) == expected


@given(st.text(), st.integers(1, 50))
def test_shortened_text_keeps_the_limit(text: str, limit: int) -> None:
    shortened = markup.shorten(text, limit)
    assert markup.units(shortened) <= limit
    assert shortened == text or text.startswith(shortened.removesuffix("…"))


def test_an_address_that_telegram_would_drop_is_no_link() -> None:
    assert markup.link("Post &amp; Star", 'https://post.example/?a="1"&b') == (
        '<a href="https://post.example/?a=&quot;1&quot;&amp;b">Post &amp; Star</a>'
    )
    assert [markup.link("Post", address) for address in (None, "", "https://" + "x" * markup.URL_LIMIT)] == ["Post"] * 3


def test_as_many_lines_fit_as_a_message_has_room_for() -> None:
    assert [markup.fitting(["<b>one</b>", "two"], room) for room in (3, 4, 7, 8)] == [0, 1, 1, 2]
