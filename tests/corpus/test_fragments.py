import pytest

from corpus.fragments import text_of


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>bold</b> word.</p>\n<p>Two</p>", "One bold word.\n\nTwo"),
        ("Line one<br>line two<br/><br />Paragraph", "Line one line two\n\nParagraph"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("plain &amp; simple\n\nsecond\nline", "plain & simple\n\nsecond line"),
        ("<p>a</p><script>x</script><style>y</style> tail <figure><img><figcaption>no</figcaption></figure>", "a\n\ntail"),
        ("<!-- c -->5 < 6 &lt;b&gt;", "5 < 6 <b>"),
        ("<img src=x>", ""),
        ("", ""),
        ("<p>a\x00\x01b\ud800</p>", "ab"),
        ("<body><html><p>Un<p>closed", "Un\n\nclosed"),
    ],
)
def test_the_words_of_html_come_in_paragraphs(html: str, text: str) -> None:
    assert text_of(html) == text


def test_endless_html_is_cut() -> None:
    assert len(text_of("<p>w</p>" * 100_000).split()) < 20_000


def test_deep_html_ends() -> None:
    assert text_of("<div>" * 15_000 + "x") in ("x", "")
