import pytest

from retrieval.answer import Silence
from retrieval.asking.smalltalk import news_since, small_talk


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", Silence.GREETING),
        ("Hi!", Silence.GREETING),
        ("hey there 👋", Silence.GREETING),
        ("good morning everyone", Silence.GREETING),
        ("How are you?", Silence.GREETING),
        ("thanks", Silence.THANKS),
        ("Thank you so much!!", Silence.THANKS),
        ("ok thx", Silence.THANKS),
        ("thanks for the help", Silence.THANKS),
        ("great", Silence.THANKS),
        ("sure", Silence.THANKS),
        ("hahaha", Silence.THANKS),
        ("great answer!", Silence.THANKS),
        ("thanks, that’s all", Silence.THANKS),
        ("that's all, thanks", Silence.THANKS),
        ("never mind", Silence.THANKS),
        ("how's it going?", Silence.GREETING),
        ("hi, how r u", Silence.GREETING),
        ("how`s it going", Silence.GREETING),
        ("bye", Silence.GOODBYE),
        ("see you later", Silence.GOODBYE),
        ("good night", Silence.GOODBYE),
        ("help", Silence.HELP),
        ("who are you?", Silence.HELP),
        ("what can you do", Silence.HELP),
        ("are you a bot?", Silence.HELP),
        ("how does this work?", Silence.HELP),
        ("are you sure?", Silence.DOUBT),
        ("are you really sure about that", Silence.DOUBT),
        ("but is that true?", Silence.DOUBT),
        ("hmm, that's wrong", Silence.DOUBT),
        ("You’re wrong!", Silence.DOUBT),
        ("how do you know that?", Silence.DOUBT),
        ("says who?", Silence.DOUBT),
        ("really??", Silence.DOUBT),
    ],
)
def test_small_talk_is_known(text: str, said: Silence) -> None:
    assert small_talk(text) is said


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thanks to whom was the deal reached?",
        "hello, when is the meeting?",
        "who is Thanh Ha?",
        "who are you talking about",
        "what is this war about",
        "help for the islanders",
        "hi-tech shares",
        "what did the bot say",
        "how does the ferry work?",
        "is it true that the ferry is late?",
        "are you sure the ferry sails?",
        "who says the ferry is late?",
        "good morning america host",
    ],
)
def test_questions_are_no_small_talk(text: str) -> None:
    assert small_talk(text) is None


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("What’s new?", ""),
        ("latest news", ""),
        ("any news today?", "today"),
        ("hey, what's happening", ""),
        ("give me the headlines", ""),
        ("news", ""),
        ("give me a summary", ""),
        ("summary", ""),
        ("what did I miss?", ""),
        ("What did I miss since Monday?", "monday"),
        ("what happened this week?", "this week"),
        ("whats happened in the last 3 days", "last 3 days"),
        ("today's news", "today"),
        ("give me this week’s headlines", "this week"),
        ("news from yesterday", "yesterday"),
        ("todays news", "today"),
        ("what's today's news?", "today"),
        ("is there any news?", ""),
        ("Are there any updates today?", "today"),
        ("whats the latest news", ""),
        ("what´s new", ""),
        ("news please", ""),
        ("good morning, what's new?", ""),
        ("can you give me the news please", ""),
        ("tell me what's new", ""),
        ("summarize the news", ""),
        ("what have I missed?", ""),
        ("is there any news about the bridge?", None),
        ("summarize the strike", None),
        ("what happened?", None),
        ("what happened on Monday at the dam?", None),
        ("what's new in Gaza?", None),
        ("latest news about the bridge", None),
        ("is the bridge new?", None),
        ("", None),
    ],
)
def test_asking_for_news_names_no_subject(text: str, since: str | None) -> None:
    assert news_since(text) == since
