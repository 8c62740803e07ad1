"""What leans on the question before, and what stands on its own."""

from collections.abc import Collection, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.answer import Answer, NoAnswer, Silence
from retrieval.answering import Asked
from retrieval.asking.followup import Context, ask_in_context, in_full
from retrieval.question import MAX_LENGTH, Kind, Question, kind_of
from tests.bot.objects import ANSWER, NOTHING

VISIT = (
    "Israeli Prime Minister Benjamin Netanyahu will travel to Washington for a meeting with President Donald Trump at the White House "
    "on Tuesday, Feb. 4, after an invitation that Netanyahu’s office announced."
)
ATTACK = "The attack in Kabul on Sunday killed 17 people and injured 40, officials said."
BRIDGE = "Mayor Odette Farrow said the St. Orla Bridge would reopen on June 2. It was closed after inspectors found cracks in its hangers."
FOUND = "A cleaner, Mireille Sandoval, opened locker 114. “I thought it was a clock,” she said. It held the stolen astrolabe."


def after(question: str, answer: str = "", text: str = "") -> Context:
    return Context(question, kind_of(question), answer, text)


@pytest.mark.parametrize(
    ("context", "asked", "full"),
    [
        (after("when is the meeting?", "Tuesday, Feb. 4", VISIT), "where?", "Where is the meeting?"),
        (after("when is the meeting?", "Tuesday, Feb. 4", VISIT), "and who else will attend?", "Who else will attend the meeting?"),
        (after("when is the meeting?", "Tuesday, Feb. 4", VISIT), "And where, exactly?", None),
        (after("when is the meeting?", "Tuesday, Feb. 4", VISIT), "tell me more", "Tell me about the meeting"),
        (after("When will Netanyahu meet Trump?", "Feb. 4", VISIT), "what will they discuss?", "What will Netanyahu and Trump discuss?"),
        (
            after("when will netanyahu meet trump at the white house", "Feb. 4", VISIT),
            "what did he say about it?",
            "What did Benjamin Netanyahu say about Netanyahu meeting Trump at the White House?",
        ),
        (
            after("When will Netanyahu meet Trump in Washington?", "Feb. 4", VISIT),
            "and in Berlin?",
            "When will Netanyahu meet Trump in Berlin?",
        ),
        (after("When will the St. Orla Bridge reopen?", "June 2", BRIDGE), "why was it closed?", "Why was the St. Orla Bridge closed?"),
        (after("When will the St. Orla Bridge reopen?", "June 2", BRIDGE), "and the museum?", "When will the museum reopen?"),
        (after("When will the St. Orla Bridge reopen?", "June 2", BRIDGE), "ok, and why is that?", "Why will the St. Orla Bridge reopen?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "who ordered it?", "Who ordered the bridge being closed?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "by whom?", "Who closed the bridge?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "thx, who ordered it?", "Who ordered the bridge being closed?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "and then?", None),
        (after("How long is the bridge?", "400 metres", BRIDGE), "why?", "Why is the bridge so long?"),
        (after("How many hangers were cracked?", "14", BRIDGE), "why?", "Why were hangers cracked?"),
        (after("who found the astrolabe", "Mireille Sandoval", FOUND), "where?", "Where did Mireille Sandoval find the astrolabe?"),
        (after("who found the astrolabe", "Mireille Sandoval", FOUND), "what did she say?", "What did Mireille Sandoval say?"),
        (after("who found the astrolabe", "Mireille Sandoval", FOUND), "what is her job?", "What is Mireille Sandoval's job?"),
        (after("Who is the mayor of Skelmouth?", "Odette Farrow", BRIDGE), "and of Brennick?", "Who is the mayor of Brennick?"),
        (after("Who is the mayor of Skelmouth?", "Odette Farrow", BRIDGE), "since when?", "Since when is the mayor of Skelmouth?"),
        (after("How many phases does the deal have?", "three"), "when does the first one end?", "When does the first phase end?"),
        (after("ceasefire"), "when?", "When is the ceasefire?"),
        (after("Tell me about the ceasefire"), "when?", "When is the ceasefire?"),
        (after("Tell me about the ceasefire"), "tell me more", "Tell me about the ceasefire"),
        (after("what's going on with the bridge?", "", BRIDGE), "when does it reopen?", "When does the bridge reopen?"),
        (after("When and where is the meeting?", "Feb. 4 and the White House", VISIT), "tell me more", "Tell me about the meeting"),
        (after("When and where is the meeting?", "Feb. 4 and the White House", VISIT), "who will attend?", "Who will attend the meeting?"),
        (after("When is the meeting and where?", "Feb. 4 and the White House", VISIT), "why?", "Why is the meeting?"),
        (after("When is the meeting?", "Feb. 4", VISIT), "where and why?", "Where and why is the meeting?"),
        (after("When is the meeting?", "Feb. 4", VISIT), "where please?", "Where is the meeting?"),
        (after("When is the meeting?", "Feb. 4", VISIT), "sorry, where?", "Where is the meeting?"),
        (after("When is the meeting?", "Feb. 4", VISIT), "great! and where pls", "Where is the meeting?"),
        (after("When is the meeting?", "Feb. 4", VISIT), "why tho", "Why is the meeting?"),
        (after("When is the meeting?", "Feb. 4", VISIT), "and the place?", "What is the place of the meeting?"),
        (after("When will the toll rise?", "June 2"), "and the fare?", "When will the fare rise?"),
        (after("Is the bridge open?", "It is shut", BRIDGE), "and tomorrow?", "Is the bridge open tomorrow?"),
        (after("Is the bridge open today?", "It is shut", BRIDGE), "what about next week?", "Is the bridge open next week?"),
        (after("Is the bridge open?", "It is shut", BRIDGE), "why not?", "Why is the bridge not open?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "who did it?", "Who closed the bridge?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "where did that happen?", "Where was the bridge closed?"),
        (
            after("When was the bridge closed?", "Tuesday", BRIDGE),
            "what happened after that?",
            "What happened after the bridge being closed?",
        ),
        (after("What was stolen?", "the astrolabe", FOUND), "by whom?", "Who stole the astrolabe?"),
        (after("What was stolen?", "the astrolabe", FOUND), "how did it happen?", "How was the astrolabe stolen?"),
        (after("who found the astrolabe", "Mireille Sandoval", FOUND), "who is that?", "Who is Mireille Sandoval?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "who's that?", None),
        (after("How many people died in the flood?", "12"), "where?", "Where did people die in the flood?"),
        (after("How many people died in the flood?", "12"), "tell me more", "Tell me about people died in the flood"),
        (after("What did Trump say about Gaza?", "“No”"), "tell me more", "Tell me about Trump and Gaza"),
        (after("When is the meeting?", "Feb. 4", VISIT), "wher?", "Where is the meeting?"),
        (after("When is the meeting?", "Feb. 4", VISIT), "and wher is it", "Where is the meeting?"),
        (after("When is the meeting?", "Feb. 4", VISIT), "Can you tell me where?", "Where is the meeting?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "do we know why?", "Why was the bridge closed?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "did they say why", "Why was the bridge closed?"),
        (after("When was the bridge closed?", "Tuesday", BRIDGE), "and what's the reason?", "Why was the bridge closed?"),
        (after("How many people were killed in the attack?", "17", ATTACK), "how many were hurt?", "How many were hurt in the attack?"),
        (after("How many died in Gaza last week?", "17", ATTACK), "how many were hurt?", "How many were hurt in Gaza last week?"),
        (after("How many people were killed in the attack?", "17", ATTACK), "what happened?", "What happened in the attack?"),
        (after("How many people were killed in the attack?", "17", ATTACK), "when was that?", "When was the attack?"),
        (after("How many people were killed last week?", "17", ATTACK), "when was that?", None),
        (after("Where will Trump and Netanyahu meet?", "Washington", VISIT), "when is it?", "When is Trump and Netanyahu meeting?"),
        (after("Who is the mayor of Skelmouth?", "Odette Farrow", BRIDGE), "tell me more about her", "Tell me about Odette Farrow"),
        (after("Who is the mayor of Skelmouth?", "Odette Farrow", BRIDGE), "and her husband?", "Who is Odette Farrow's husband?"),
        (after("When will the St. Orla Bridge reopen?", "June 2", BRIDGE), "and its price?", "What is the St. Orla Bridge's price?"),
        (after("How much does the bridge cost?", "$4.2 million", ""), "and his wife?", None),
        (after("When was the heist?", "Monday", "The heist was on Monday."), "where was it?", "Where was the heist?"),
    ],
)
def test_a_follow_up_is_said_in_full(context: Context, asked: str, full: str | None) -> None:
    assert in_full(asked, context) == full


@pytest.mark.parametrize(
    "asked",
    [
        "Who is the mayor of Skelmouth?",
        "and when does the toll go up?",
        "When did Trump say that he was not confident?",
        "when did trump say he was not confident?",
        "how many signatures",
        "what did tully say trump told him",
        "what did the officials promise they would do",
        "why did carrie lam have to give her policy speech on video",
        "how long would it take to build a new bridge?",
        "is it true that the ferry is free?",
        "what time is it in Tokyo?",
        "Is there a cure for the common cold?",
        "when was it given to the museum by Adelaide Pellam in 1931?",
        "What happened to the paper mill?",
        "ceasefire",
        "tell me about the bridge",
        "thanks",
        "and you?",
        "¿y dónde?",
        "und wo ist das?",
        "où est-il?",
        "",
        "?",
        "and",
        "it " * 200,
    ],
)
def test_what_stands_on_its_own_is_left_alone(asked: str) -> None:
    assert in_full(asked, after("When will the St. Orla Bridge reopen?", "June 2", BRIDGE)) is None


def test_without_anybody_to_mean_a_pronoun_is_left_alone() -> None:
    assert in_full("what did he say?", after("How much does the repair cost?", "$4.2 million", "The repair costs $4.2 million.")) is None


def test_small_talk_leaves_nothing_to_refer_to() -> None:
    assert Context.of(NoAnswer("hello", Kind.WHAT, Silence.GREETING)) is None
    assert Context.of(NOTHING) == Context("what is the capital of peru?", Kind.WHAT)


def test_an_answer_leaves_its_words_its_passage_and_its_articles() -> None:
    passage = ANSWER.variant.best.passage.text
    assert Context.of(ANSWER) == Context("when is the meeting?", Kind.WHEN, "4 February", passage, frozenset({"a1"}))


WORDS = (
    "who when where why how what which many much and or about is was will did has he she it they their her this that there one ones first "
    "the an of in at by against bridge meeting council voted attend happened Trump Ben Gvir St. Orla ? , ' “ - ( 2009 $4.2 it's else é 日本"
).split()
SCRAPS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


@settings(max_examples=300)
@given(asked=SCRAPS, before=SCRAPS, answer=SCRAPS, text=SCRAPS)
def test_whatever_is_said_comes_out_as_a_question_of_some_length_or_is_left_alone(asked: str, before: str, answer: str, text: str) -> None:
    full = in_full(asked, after(before, answer, text))
    assert full is None or 0 < len(full.strip()) <= MAX_LENGTH


class Echo:
    """Answers what it has answers for, and remembers what it was asked."""

    def __init__(self, *known: str) -> None:
        self._known = known
        self.asked: list[tuple[str, frozenset[str]]] = []

    def ask(self, text: str, *, cited: Collection[str] = ()) -> Asked:
        self.asked.append((text, frozenset(cited)))
        return Asked(ANSWER if text in self._known else NoAnswer(Question.parse(text).text, Kind.WHAT, Silence.NOT_FOUND), {"total": 1.0})


class Mute:
    """Knows no answer, and says why for some questions."""

    def __init__(self, silences: Mapping[str, NoAnswer]) -> None:
        self._silences = silences

    def ask(self, text: str, *, cited: Collection[str] = ()) -> Asked:
        return Asked(self._silences.get(text, NoAnswer(text, Kind.WHEN, Silence.NOT_FOUND)), {})


def test_a_follow_up_is_asked_in_full_near_the_articles_that_were_cited() -> None:
    echo = Echo("Where is the meeting?")
    result = ask_in_context(echo, "  where?", ANSWER).result
    assert echo.asked == [("Where is the meeting?", frozenset({"a1"}))]
    assert (result.question, result.understood_as) == ("where?", "Where is the meeting?")


def test_the_next_follow_up_goes_on_from_there() -> None:
    echo = Echo("Where is the meeting?")
    where = ask_in_context(echo, "where?", ANSWER).result
    assert ask_in_context(echo, "why?", where).result.understood_as == "Why is the meeting?"


@pytest.mark.parametrize("earlier", [None, NoAnswer("hello", Kind.WHAT, Silence.GREETING)])
def test_without_a_question_before_nothing_is_carried_over(earlier: NoAnswer | None) -> None:
    echo = Echo()
    assert ask_in_context(echo, "where?", earlier).result.understood_as is None
    assert echo.asked == [("where?", frozenset())]


def test_a_doubt_is_no_follow_up() -> None:
    echo = Echo()
    assert ask_in_context(echo, "how do you know that?", ANSWER).result.understood_as is None
    assert echo.asked == [("how do you know that?", frozenset())]


def test_a_topic_that_does_not_fit_the_question_before_is_taken_by_itself() -> None:
    echo = Echo("what about the museum?")
    result = ask_in_context(echo, "what about the museum?", ANSWER).result
    assert [text for text, _ in echo.asked] == ["When is the museum?", "what about the museum?"]
    assert isinstance(result, Answer)
    assert result.understood_as is None


def test_several_questions_are_each_asked_after_the_one_before() -> None:
    echo = Echo("When is the meeting?", "Where is the meeting?")
    result = ask_in_context(echo, "When is the meeting? And where is it?", None).result
    assert [text for text, _ in echo.asked] == ["When is the meeting?", "Where is the meeting?"]
    assert (result.question, result.understood_as) == (
        "When is the meeting? And where is it?",
        "When is the meeting? Where is the meeting?",
    )


def test_after_several_questions_the_conversation_goes_on_from_the_last() -> None:
    echo = Echo("When is the meeting?", "Where is the museum?")
    both = ask_in_context(echo, "When is the meeting? Where is the museum?", None).result
    assert both.understood_as is None
    assert ask_in_context(echo, "why?", both).result.understood_as == "Why is the museum?"


def test_what_remains_open_of_several_questions_is_named() -> None:
    result = ask_in_context(Echo("When is the meeting?"), "When is the meeting? Who will attend?", None).result
    assert isinstance(result, Answer)
    assert result.unanswered == ("Who will attend the meeting?",)


def test_of_several_questions_small_talk_is_passed_over() -> None:
    silent = NoAnswer("how are you?", Kind.HOW, Silence.GREETING)
    asks = Mute({"How are you?": silent})
    result = ask_in_context(asks, "How are you? When is the meeting?", None).result
    assert (result.question, isinstance(result, NoAnswer) and result.silence) == ("How are you? When is the meeting?", Silence.NOT_FOUND)


def test_the_time_that_several_questions_take_adds_up() -> None:
    assert ask_in_context(Echo(), "When is the meeting? Who won?", None).milliseconds == {"total": 2.0}
