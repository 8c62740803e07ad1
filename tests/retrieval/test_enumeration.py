from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.enumeration import items_of


def taken_apart(span: str) -> list[str]:
    text = f"They are {span}."
    return [text[slice(*item)] for item in items_of(text, 9, 9 + len(span))]


@pytest.mark.parametrize(
    ("span", "items"),
    [
        ("France, Germany and Poland", ["France", "Germany", "Poland"]),
        ("the U.S. and Qatar", ["the U.S.", "Qatar"]),
        ("red, white, blue", ["red", "white", "blue"]),
        ("bread, milk, and eggs", ["bread", "milk", "eggs"]),
        ("Rufus Tanskey, 34, and Levi Tanskey, 29", ["Rufus Tanskey, 34", "Levi Tanskey, 29"]),
        ("Ada Lane, the mayor, and Ben Cole", ["Ada Lane, the mayor", "Ben Cole"]),
        ("Ada Lane, chief executive of Cindral, and Ben Cole", ["Ada Lane, chief executive of Cindral", "Ben Cole"]),
        ("Ben Cole, Jr., and Ada Lane", ["Ben Cole, Jr.", "Ada Lane"]),
        ("both Spain and Italy", ["Spain", "Italy"]),
        ("either tea or coffee", ["tea", "coffee"]),
        ("more than 20 countries, including France and Spain", ["France", "Spain"]),
        ("fruit such as apples, pears and plums", ["apples", "pears", "plums"]),
        ("Spain, Italy, Greece, etc.", ["Spain", "Italy", "Greece"]),
        ("Spain, Italy and several others", ["Spain", "Italy"]),
        ("Johnson & Johnson and Pfizer", ["Johnson & Johnson", "Pfizer"]),
        ("Tom, Dick & Harry", ["Tom", "Dick", "Harry"]),
        ("Mayor Lane; Judge Cole; and Ben Ray", ["Mayor Lane", "Judge Cole", "Ben Ray"]),
        ("“calm” in the region, a truce and an end to the war", ["“calm” in the region", "a truce", "an end to the war"]),
    ],
)
def test_an_enumeration_is_taken_apart(span: str, items: list[str]) -> None:
    assert taken_apart(span) == items


@pytest.mark.parametrize(
    "span",
    [
        "Paris",
        "France and others",
        "Ada Lane and others, including Ben Cole and Tim Ray",
        "both",
        "Calder Quay, Ohio",
        "Petra and Sam Ivers",
        "Trinidad and Tobago",
        "salt and pepper, and bread and butter",
        f"that {'very ' * 12}old bridge and the road",
        ", and",
    ],
)
def test_one_thing_stays_whole(span: str) -> None:
    assert taken_apart(span) == [span]


@given(st.text(alphabet="Ab1,; and", min_size=1, max_size=60))
def test_items_are_slices_in_order(span: str) -> None:
    items = items_of(span, 0, len(span))
    assert items == sorted(items)
    assert all(0 <= start < end <= len(span) for start, end in items)
    assert all(one[1] <= other[0] for one, other in pairwise(items))
