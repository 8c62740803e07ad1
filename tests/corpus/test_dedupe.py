"""What is a copy, on texts written for it; `python -m benchmarks.copies` measures it on real ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dedupe import BANDS, TextPrint, are_copies, bands_of, same_outlet
from tests.builders import an_article
from tests.corpus.test_copies import SENTENCES, TEXT

STATEMENT = (
    "“We have listened to the fishermen, the rowers and the people of both banks, and we have heard one thing above all others: that a "
    "town without its bridge is two towns. So we will wait neither for the county nor for the spring, and we will begin on Monday "
    "with what we have, even if it is only a crane, a barge and forty men who know the river better than any of us”"
)
POST = (
    f"Odette Farrow surprised the council last night. {STATEMENT}, she told members, who had come to hear about parking fees. The "
    "vote that followed took less than a minute; two members of the opposition left the hall before it was called."
)
WIRE = (
    f"Work on the shut St. Orla crossing is to start earlier than planned, according to Skelmouth’s mayor. {STATEMENT}, Ms Farrow said. "
    "Engineers had asked for a delay until the floods are over. Insurers did not want to comment on the new date when they were rung up."
)
MARKETS = (
    "Shares on the Skelmouth exchange closed {how} on {day}, with the Harbour index {moved} {points} points to end at {level}. Lowland "
    "Ferries was the busiest share, with {busy} changing hands, and the price of a barrel of Northern crude stood at ${oil}. Dealers "
    "said that trading had been thin, and that they expected more of the same until the bank meets on {next}."
)
MONDAY = MARKETS.format(
    how="higher", day="Monday", moved="gaining", points=31.5, level="4,912.7", busy="120,300", oil="61.20", next="12 March"
)
FRIDAY = MARKETS.format(how="lower", day="Friday", moved="losing", points=18.2, level="4,790.1", busy="98,000", oil="58.75", next="9 April")
EDITED = [
    TEXT,
    TEXT.upper(),
    TEXT.replace("told", "informed").replace("old", "former"),
    " ".join(SENTENCES[:4]),
    " ".join(reversed(SENTENCES)),
    f"By A. Writer. Skelmouth. {' '.join(SENTENCES[1:])} Readers may write to the editor about any of this at the usual address.",
    TEXT.replace("79", "84"),
]


@pytest.mark.parametrize("edited", EDITED)
def test_light_edits_are_copies(edited: str) -> None:
    one, other = TextPrint(TEXT), TextPrint(edited)
    assert (are_copies(one, other), are_copies(other, one)) == (True, True)
    assert set(bands_of(TEXT)) & set(bands_of(edited))


def test_two_outlets_that_quote_one_statement_at_length_are_no_copies() -> None:
    assert not are_copies(TextPrint(POST), TextPrint(WIRE))
    straight = [text.replace("“", '"').replace("”", '"') for text in (POST, WIRE)]
    assert not are_copies(*map(TextPrint, straight))


def test_what_is_all_quotation_is_compared_as_it_is() -> None:
    assert are_copies(TextPrint(STATEMENT), TextPrint(f"{STATEMENT}."))


def test_notes_from_one_template_with_different_facts_are_no_copies() -> None:
    assert not are_copies(TextPrint(MONDAY), TextPrint(FRIDAY))
    assert are_copies(TextPrint(MONDAY), TextPrint(MONDAY.replace("Dealers", "Traders")))


def test_notes_from_one_template_about_different_people_are_no_copies() -> None:
    note = "{0} has been named head of the school in {1}. {0} takes over from {2} in the summer, the governors of the school in {1} say."
    one, other = note.format("Ada Moss", "Orla", "Ned Thorn"), note.format("Jem Birch", "Skelmouth", "Una Reed")
    assert not are_copies(TextPrint(one), TextPrint(other))


def test_other_news_is_no_copy() -> None:
    assert not are_copies(TextPrint(TEXT), TextPrint(POST))
    assert not set(bands_of(TEXT)) & set(bands_of(POST))


@pytest.mark.parametrize("text", ["", "The fair is off.", "日本語 だけ", "\x00"])
def test_what_is_too_short_proves_nothing(text: str) -> None:
    assert (bands_of(text), are_copies(TextPrint(text), TextPrint(text))) == ([], False)


@given(st.text(), st.text())
def test_the_order_of_two_texts_never_matters(one: str, other: str) -> None:
    assert are_copies(TextPrint(one), TextPrint(other)) == are_copies(TextPrint(other), TextPrint(one))


@given(st.text(max_size=300))
def test_bands_depend_on_the_text_alone(text: str) -> None:
    assert bands_of(text) == bands_of(text)
    assert len(bands_of(text)) in {0, BANDS}


def test_bands_are_the_same_on_every_machine() -> None:
    """They are stored."""
    assert bands_of(TEXT)[:2] == BANDS_OF_TEXT


BANDS_OF_TEXT = [-3773564193963282909, -2503000541528885981]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {"address": "https://www.other.example/"}, True),
        ({}, {"source": "The HARBOUR post", "address": "file:///a"}, True),
        ({}, {"source": "Harbour Post Online"}, True),  # one host
        ({}, {"source": "Wire", "address": "https://wire.example/a"}, False),
        ({}, {"source": "Wire", "address": "file:///a"}, False),
        ({}, {"source": "", "address": "file:///a"}, True),
        ({"source": ""}, {"source": "", "address": "https://wire.example/a"}, False),
        ({"source": ""}, {"source": "Wire", "address": "https://wire.example/a"}, False),
    ],
)
def test_an_outlet_is_known_by_its_name_or_its_host(one: dict[str, str], other: dict[str, str], same: bool) -> None:
    articles = an_article(**one), an_article(**other)
    assert (same_outlet(*articles), same_outlet(*reversed(articles))) == (same, same)
