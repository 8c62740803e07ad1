"""Where sentences begin and end."""

from retrieval.sentences import LONGEST, around, sentences, sentences_within

PARAGRAPH = "The bridge at Skelmouth closed on Monday. It will open in May."


def test_a_long_text_has_the_sentences_of_its_paragraphs() -> None:
    count = 3 * LONGEST // len(PARAGRAPH)
    text = "\n\n".join([PARAGRAPH] * count)
    assert [text[start:end] for start, end in sentences(text)] == [
        "The bridge at Skelmouth closed on Monday.",
        "It will open in May.",
    ] * count


def test_a_long_paragraph_is_split_between_words() -> None:
    text = "bridge " * LONGEST
    found = sentences(text)
    assert " ".join(text[start:end] for start, end in found) == text.strip()


def test_a_text_of_quotation_marks_alone_is_split_all_the_same() -> None:
    text = "“" * (2 * LONGEST + 1)
    found = sentences(text)
    assert "".join(text[start:end] for start, end in found) == text


def test_a_blank_text_has_no_sentences() -> None:
    assert sentences("") == sentences(" \n ") == []


def test_sentences_within_a_stretch_have_their_places_in_the_text() -> None:
    text = f"{PARAGRAPH} {PARAGRAPH}"
    start = len(PARAGRAPH) + 1
    assert [text[a:b] for a, b in sentences_within(text, start, len(text))] == [text[a:b] for a, b in sentences(PARAGRAPH)]


def test_what_touches_no_sentence_stays_as_it_is() -> None:
    assert around([(0, 5), (6, 9)], 4, 7) == (0, 9)
    assert around([(0, 5), (6, 9)], 5, 6) == (5, 6)
