import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digests.schedule import is_zone
from bot.digests.zones import MOST, find_zones


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        (" new  york. ", "America/New_York"),
        ("Mumbai", "Asia/Kolkata"),
        ("são paulo", "America/Sao_Paulo"),
        ("germany", "Europe/Berlin"),
        ("Berln", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("UTC+2", "Etc/GMT-2"),
        ("GMT -5", "Etc/GMT+5"),
        ("utc+0", "UTC"),
        ("UTC+5:30", "Asia/Kolkata"),
        ("-9:30", "Pacific/Marquesas"),
        ("louisville", "America/Louisville"),
    ],
)
def test_a_place_is_found_by_its_name(text: str, zone: str) -> None:
    assert find_zones(text) == [zone]


@pytest.mark.parametrize(
    "text", ["", "   ", "atlantis city", "UTC+5:17", "UTC+19", "x" * 1000, "8", "MSK", "IST", "war", "turn", "mars", "Australia"]
)
def test_what_is_no_place_is_none(text: str) -> None:
    assert find_zones(text) == []


def test_a_name_that_fits_several_offers_those_whose_clocks_differ() -> None:
    found = find_zones("san")
    assert (len(found) > 1, len(found) <= MOST, "America/Los_Angeles" in found) == (True, True, True)


@given(st.text(max_size=30))
def test_whatever_is_typed_only_zones_come_back(text: str) -> None:
    assert [name for name in find_zones(text) if not is_zone(name)] == []
