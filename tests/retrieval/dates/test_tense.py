import pytest

from retrieval.dates.tense import Tense, looks_ahead, side_of, tense_of


@pytest.mark.parametrize(
    ("before", "after", "tense"),
    [
        ("The council met on ", ".", Tense.PAST),
        ("The council will meet on ", ".", Tense.FUTURE),
        ("It would have met on ", ".", Tense.PAST),
        ("He said that it should open on ", ".", Tense.FUTURE),
        ("He’ll leave on ", ".", Tense.FUTURE),
        ("Police said on ", " that it will open.", Tense.PAST),
        ("Police said that it will open on ", ".", Tense.FUTURE),
        ("It will remain closed until ", ".", Tense.FUTURE),
        ("On ", ", the leaders will meet.", Tense.FUTURE),
        ("Closed since May 5, it opens on ", ".", Tense.FUTURE),
        ("The election will be held on ", ".", Tense.FUTURE),
        ("It is to be formally signed on ", ".", Tense.FUTURE),
        ("The election is being held on ", ".", Tense.FUTURE),
        ("The election was being held on ", ".", Tense.PAST),
        ("The election was held on ", ".", Tense.PAST),
        ("On ", " it will be sold.", Tense.FUTURE),
        ("The court heard on ", " that it will open.", Tense.PAST),
        ("Germans cast their votes on ", "", None),
        ("It was to begin on ", ".", None),
        ("It was scheduled to begin on ", ".", None),
        ("Leaders to meet on ", "", Tense.FUTURE),
        ("The council said that repairs must be finished by ", ".", Tense.FUTURE),
        ("It must have been left there on ", ".", Tense.PAST),
        ("The firm has to pay by ", ".", Tense.FUTURE),
        ("The hearing, the court said, is ", ".", Tense.FUTURE),
        ("Talks on ", " in Cairo", None),
        ("", "", None),
        ("will " + "x " * 1000, "", None),  # too far away to belong to it
    ],
)
def test_the_verb_beside_a_date_tells_its_tense(before: str, after: str, tense: Tense | None) -> None:
    assert tense_of(before, after) is tense


@pytest.mark.parametrize(
    ("before", "after", "side"),
    [
        ("It has been shut since ", " and will open soon.", Tense.PAST),
        ("It has been shut until ", ".", Tense.FUTURE),
        ("It was shut until ", ".", Tense.PAST),
        ("It was put off to ", ".", Tense.FUTURE),
        ("It was put off on ", ".", Tense.PAST),
        ("They called a strike for ", ".", Tense.FUTURE),
        ("It was scheduled for ", ".", None),
        ("The judge demanded an answer by ", ".", Tense.FUTURE),
        ("He wanted them gone by noon on ", ".", Tense.FUTURE),
        ("It was expected by ", ".", None),
        ("They asked the police, who said it was found by ", ".", Tense.PAST),
        ("Power was restored by ", ".", Tense.PAST),
        ("It will be held on ", ".", Tense.FUTURE),
    ],
)
def test_the_words_right_in_front_of_a_date_tell_more_than_its_verb(before: str, after: str, side: Tense | None) -> None:
    assert side_of(before, after) is side


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It was last closed for more than a day in 2009, when a freighter struck its pier.", False),
        ("The museum plans to put it back on display on Dec. 6.", True),
        ("The bridge, closed in March, was to reopen on June 2.", True),
        ("", False),
    ],
)
def test_a_sentence_looks_ahead_where_anything_in_it_was_to_come(sentence: str, expected: bool) -> None:
    assert looks_ahead(sentence) is expected
