import pytest

from retrieval.speech import is_named, speeches
from tests.builders import an_article

COUNCIL = an_article(
    title="Council votes",
    text=(
        "Mayor Odette Farrow, who backed the repair, disagreed. “An island cannot wait,” she said. “Not for a loaf of bread.” "
        "The letter to Farrow named no date, the harbour office said.\n\n"
        "“We are putting a new roof on a sinking house,” said the town’s oldest member, Hale Ostrander, who was against it. "
        "State Sen. Delphine Osei said she supported the plan. “I would rather argue,” she said. Rain fell. "
        "Ostrander’s lawyer denied everything, and Voss told Ostrander that it was late. Tobias Wren thinks otherwise."
    ),
)


def said_by(speaker: str) -> list[str]:
    return [COUNCIL.text[speech.start : speech.end] for speech in speeches(COUNCIL, 0, len(COUNCIL.text), speaker)]


def test_a_quotation_comes_with_the_sentence_that_names_its_speaker() -> None:
    assert said_by("mayor farrow") == [
        "Mayor Odette Farrow, who backed the repair, disagreed. “An island cannot wait,” she said. “Not for a loaf of bread.”"
    ]


def test_the_speaker_may_stand_behind_the_verb() -> None:
    assert said_by("ostrander") == [
        "“We are putting a new roof on a sinking house,” said the town’s oldest member, Hale Ostrander, who was against it."
    ]


def test_what_others_say_is_not_the_speakers() -> None:
    assert said_by("Delphine Osei") == ["State Sen. Delphine Osei said she supported the plan. “I would rather argue,” she said."]
    assert said_by("Voss") == ["Ostrander’s lawyer denied everything, and Voss told Ostrander that it was late."]


def test_the_verb_of_another_subject_is_not_the_speakers() -> None:
    speech = an_article(
        text="After the re-election of George W Bush, Mr Kennedy said Iraq was lost. It was bad, he said. Prime Minister Ada Lane said no."
    )
    found = {
        speaker: [speech.text[said.start : said.end] for said in speeches(speech, 0, len(speech.text), speaker)]
        for speaker in ("Bush", "Kennedy", "prime minister")
    }
    assert found == {
        "Bush": [],
        "Kennedy": ["After the re-election of George W Bush, Mr Kennedy said Iraq was lost. It was bad, he said."],
        "prime minister": ["Prime Minister Ada Lane said no."],
    }


def test_opinions_count() -> None:
    assert said_by("Wren") == ["Tobias Wren thinks otherwise."]


CLAIMS = an_article(
    title="A fire",
    text=(
        "Police say the fire began in a kitchen. Experts at the college warn of more. Ada Lane stressed that nobody was hurt. "
        "Lane refused to say more. Lane did not say why. The Kremlin rejected the claim."
    ),
)


@pytest.mark.parametrize(
    ("speaker", "told"),
    [
        ("the police", ["Police say the fire began in a kitchen."]),
        ("experts", ["Experts at the college warn of more."]),
        ("Ada Lane", ["Ada Lane stressed that nobody was hurt."]),
        ("the Kremlin", ["The Kremlin rejected the claim."]),
    ],
)
def test_many_speak_in_the_present_and_some_stress_or_reject(speaker: str, told: list[str]) -> None:
    assert [CLAIMS.text[speech.start : speech.end] for speech in speeches(CLAIMS, 0, len(CLAIMS.text), speaker)] == told


@pytest.mark.parametrize("stranger", ["Biden", "Mayor Ostrander Biden", "the roof"])
def test_who_says_nothing_has_no_speeches(stranger: str) -> None:
    assert said_by(stranger) == []


def test_nobody_in_particular_is_everybody() -> None:
    assert len(said_by("")) >= 4


def test_only_quotation_marks_make_a_quotation() -> None:
    assert [speech.quoted for speaker in ("ostrander", "Voss") for speech in speeches(COUNCIL, 0, len(COUNCIL.text), speaker)] == [
        True,
        False,
    ]


def test_only_the_part_asked_for_is_looked_through() -> None:
    assert speeches(COUNCIL, 0, COUNCIL.text.index("State Sen."), "Osei") == []


DEAL = an_article(
    title="A deal",
    text=(
        "The US said the deal was fair. U.S. officials called it a start, and that told us nothing. “We wait,” said the president of "
        "the United States. Israel’s Prime Minister, Ada Lane, denied it. The markets reacted with a fall. At 9 p.m. Voss said no."
    ),
)


@pytest.mark.parametrize("speaker", ["the US", "the U.S.", "the united states"])
def test_a_well_known_speaker_has_a_short_and_a_long_form(speaker: str) -> None:
    assert [DEAL.text[speech.start : speech.end] for speech in speeches(DEAL, 0, len(DEAL.text), speaker)] == [
        "The US said the deal was fair.",
        "U.S. officials called it a start, and that told us nothing.",
        "“We wait,” said the president of the United States.",
    ]


def test_the_pronoun_us_names_no_country() -> None:
    letter = an_article(title="A letter", text="He showed us the plan, and Voss said it was late.")
    assert speeches(letter, 0, len(letter.text), "the US") == []
    assert not is_named("the US", letter.text)


@pytest.mark.parametrize(
    ("speaker", "told"),
    [
        ("the Israeli PM", ["Israel’s Prime Minister, Ada Lane, denied it."]),
        ("the markets", ["The markets reacted with a fall."]),
    ],
)
def test_an_office_is_known_by_its_short_form_and_markets_react(speaker: str, told: list[str]) -> None:
    assert [DEAL.text[speech.start : speech.end] for speech in speeches(DEAL, 0, len(DEAL.text), speaker)] == told


@pytest.mark.parametrize(
    ("speaker", "text", "named"),
    [
        ("the United States", "A U.S. envoy came.", True),
        ("the EU", "The European Union met.", True),
        ("markets", "The market fell.", True),
        ("Mayor Farrow of Skelmouth", "Farrow’s bridge is shut.", True),
        ("Mayor Farrow", "The mayor came.", False),
        ("", "The mayor came.", False),
    ],
)
def test_a_text_names_a_speaker(speaker: str, text: str, named: bool) -> None:
    assert is_named(speaker, text) is named
