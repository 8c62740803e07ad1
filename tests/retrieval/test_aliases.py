"""Explanations found in texts, and what a question gains from them."""

from collections.abc import Iterable

import pytest

from retrieval.aliases import definitions, expansions, plain

TEXTS = [
    "The Israel Defense Forces (IDF) said on Monday that the line moved.",
    "The World Health Organization (WHO) warned. The IDF moved.",
    "The Skelmouth Port Authority (SPA) and the Society of Port Artists (SPA) met. The Skelmouth Port Authority (SPA) stayed.",
]


def texts(phrases: Iterable[str], most: int) -> list[str]:
    """Return the texts that have all of `phrases`."""
    return [text for text in TEXTS if all(f" {phrase} " in f" {plain(text)} " for phrase in phrases)][:most]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Israel Defense Forces (IDF) said", [("idf", "israel defense forces")]),
        ("the IDF (Israel Defense Forces) said", [("idf", "israel defense forces")]),
        ("the European Court of Human Rights (ECHR)", [("echr", "european court of human rights")]),
        ("by the Office of Alien Property (OAP)", [("oap", "office of alien property")]),
        ("the Bank of England (BoE) and gross domestic product (GDP)", [("boe", "bank of england"), ("gdp", "gross domestic product")]),
        ("Apple (AAPL), a team (UK), Smith (R-TX), he (it) and 1999 (IDF)", []),
        ("he laughed (loudly) at the IDF (who were there)", []),
        ("(IDF) (", []),
        ("()" * 1000, []),
    ],
)
def test_explanations_are_found(text: str, found: list[tuple[str, str]]) -> None:
    assert list(definitions(text)) == found


@pytest.mark.parametrize(
    ("query", "words", "found"),
    [
        ("what did the IDF say", ["idf", "say"], {"idf": ("i d f", "israel defense forces")}),
        ("what did the idf say", ["idf", "say"], {"idf": ("i d f", "israel defense forces")}),
        ("what did the WHO warn of", ["warn"], {"who": ("w h o", "world health organization")}),
        ("who warned", ["warned"], {}),
        ("WHO WARNED", ["warned"], {}),
        ("let us vote", ["let", "vote"], {}),
        ("the U.S. vote", ["u", "vote"], {"us": ("u s", "united states")}),
        ("the pm", ["pm"], {"pm": ("p m", "prime minister")}),
        ("which SPA", ["spa"], {"spa": ("s p a", "skelmouth port authority")}),
        ("NATO troops", ["nato", "troops"], {}),
        ("the prime minister", ["prime", "minister"], {"prime": ("pm", "p m"), "minister": ("pm", "p m")}),
        (
            "did the world health organization warn",
            ["world", "health", "organization", "warn"],
            {"world": ("who", "w h o"), "health": ("who", "w h o"), "organization": ("who", "w h o")},
        ),
        ("", [], {}),
    ],
)
def test_short_and_long_forms_stand_for_one_another(query: str, words: list[str], found: dict[str, tuple[str, ...]]) -> None:
    assert expansions(query, words, texts) == found


def test_the_work_for_a_question_is_bounded() -> None:
    asked: list[tuple[str, ...]] = []

    def counted(phrases: Iterable[str], most: int) -> list[str]:
        asked.append(tuple(phrases))
        return []

    words = [f"q{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(250)]
    expansions(" ".join(words), words, counted)
    assert len(asked) == 48
