import pytest
from telegram import InlineKeyboardMarkup

from bot import keyboards
from bot.keyboards import Action, Press, View
from bot.state import Example, Result, Tally
from retrieval.answer import NoAnswer, Silence
from retrieval.question import Kind
from tests.bot.objects import ANSWER, CONTESTED, NOTHING

Rows = list[list[tuple[str, str]]]


def rows(keyboard: InlineKeyboardMarkup | None) -> Rows:
    """Return the labels and data of the buttons."""
    return [[(button.text, str(button.callback_data)) for button in row] for row in keyboard.inline_keyboard] if keyboard else []


PASSAGE, QUOTE = ("Passage", "show.passage:k1"), ("Quote", "show.quote:k1")
OTHERS, BACK = ("Other answers", "show.others:k1"), ("Back", "show.quote:k1")


def thumbs(view: str) -> list[tuple[str, str]]:
    return [("👍", f"good.{view}:k1"), ("👎", f"bad.{view}:k1")]


@pytest.mark.parametrize(
    ("result", "view", "expected"),
    [
        (ANSWER, View.QUOTE, [[PASSAGE], thumbs("quote")]),
        (ANSWER, View.PASSAGE, [[QUOTE], thumbs("passage")]),
        (CONTESTED, View.QUOTE, [[PASSAGE, OTHERS], thumbs("quote")]),
        (CONTESTED, View.PASSAGE, [[QUOTE, OTHERS], thumbs("passage")]),
        (CONTESTED, View.OTHERS, [[BACK], thumbs("others")]),
        (NOTHING, View.QUOTE, [thumbs("quote")]),
        (NoAnswer("?", Kind.WHAT, Silence.NO_WORDS), View.QUOTE, []),
    ],
)
def test_an_answer_has_the_buttons_of_its_view(result: Result, view: View, expected: Rows) -> None:
    assert rows(keyboards.under("k1", result, view, Tally())) == expected


def test_votes_are_counted_on_their_buttons() -> None:
    keyboard = keyboards.under("k1", ANSWER, View.QUOTE, Tally(good=2))
    assert rows(keyboard)[-1] == [("👍 2", "good.quote:k1"), ("👎", "bad.quote:k1")]


def test_each_example_is_a_button_of_its_own() -> None:
    offered = [Example("e1", "When?"), Example("e2", "Who?")]
    assert rows(keyboards.examples(offered)) == [[("When?", "ask.quote:e1")], [("Who?", "ask.quote:e2")]]


def test_no_examples_have_no_buttons() -> None:
    assert keyboards.examples([]) is None


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("view", View)
def test_a_press_survives_the_way_to_telegram_and_back(action: Action, view: View) -> None:
    press = Press(action, "k" * 32, view)
    assert (Press.decode(press.encode()), len(press.encode().encode()) <= 64) == (press, True)


@pytest.mark.parametrize("data", [None, "", "show", "show:k1", "show.quote:", "shout.quote:k1", "show.moon:k1", "<b>&", ":::"])
def test_foreign_data_is_no_press(data: str | None) -> None:
    assert Press.decode(data) is None
