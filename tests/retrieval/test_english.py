from retrieval.english import is_english


def test_rightly_spelt_words_are_english() -> None:
    assert [is_english(word) for word in ("bridge", "negotiation", "brigde", "qwertz", "")] == [True, True, False, False, False]
