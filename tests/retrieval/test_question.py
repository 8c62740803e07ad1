import unicodedata

import pytest

from retrieval.question import MAX_LENGTH, Kind, Question, QuestionTooLong, Said, kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("when is the meeting?", Kind.WHEN),
        ("The meeting is when?", Kind.WHEN),
        ("On what date do they meet", Kind.WHEN),
        ("which year was it built", Kind.WHEN),
        ("Who is Steve Witkoff?", Kind.WHO),
        ("whose idea was it", Kind.WHO),
        ("Which minister resigned?", Kind.WHO),
        ("where will they meet", Kind.WHERE),
        ("in which town is the plant", Kind.WHERE),
        ("how many jobs", Kind.HOW_MANY),
        ("What percentage voted?", Kind.HOW_MANY),
        ("how much does it cost", Kind.HOW_MUCH),
        ("How old is the bridge?", Kind.HOW_MUCH),
        ("how long ago did he resign?", Kind.WHEN),
        ("how long was the war before the ceasefire?", Kind.HOW_LONG),
        ("why did he resign", Kind.WHY),
        ("how come it closed", Kind.WHY),
        ("how did the thieves get in", Kind.HOW),
        ("What happened to the bridge?", Kind.HOW),
        ("who leads it and when did he resign", Kind.WHO),
        ("is it known when he left?", Kind.YES_NO),
        ("Didn't the council approve it?", Kind.YES_NO),
        ("do you know if it is open?", Kind.YES_NO),
        ("do you know when it opens?", Kind.WHEN),
        ("whens the meeting", Kind.WHEN),
        ("meeting when?", Kind.WHEN),
        ("who's in charge", Kind.WHO),
        ("any update on when the bridge opens?", Kind.WHEN),
        ("WHO IS THE MAYOR", Kind.WHO),
        ("THE MAYOR IS WHO?", Kind.WHO),
        ("Who leads the WHO?", Kind.WHO),
        ("WHO mpox emergency", Kind.SUMMARY),
        ("statement of the WHO", Kind.SUMMARY),
        ("WHO headquarters", Kind.WHERE),
        ("", Kind.WHAT),
    ],
)
def test_the_first_question_word_decides_the_kind(text: str, kind: Kind) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("the price?", Kind.HOW_MUCH),
        ("what is the new toll?", Kind.HOW_MUCH),
        ("bridge repair cost", Kind.HOW_MUCH),
        ("netanyahu meeting date", Kind.WHEN),
        ("what was the date of the vote", Kind.WHEN),
        ("mayor of Skelmouth", Kind.WHO),
        ("cindral headquarters", Kind.WHERE),
        ("and the mayor's name?", Kind.WHAT),
        ("capital of france?", Kind.WHAT),
        ("number of jobs at the plant", Kind.HOW_MANY),
        ("reasons for the delay", Kind.WHY),
        ("year the paper mill closed", Kind.WHEN),
        ("what is the date the bridge reopens", Kind.WHEN),
        ("price war", Kind.SUMMARY),
        ("what is an astrolabe?", Kind.WHAT),
        ("tell me the price of the ticket", Kind.HOW_MUCH),
        ("could you please tell me the price of the ticket?", Kind.HOW_MUCH),
        ("do we know how many died?", Kind.HOW_MANY),
    ],
)
def test_a_noun_decides_the_kind_where_there_is_no_better_word(text: str, kind: Kind) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "kind", "wording"),
    [
        ("give me the date of the talks", Kind.WHEN, "what is the date of the talks"),
        ("Please tell us the date the bridge reopens", Kind.WHEN, "what is the date the bridge reopens"),
        ("can you give me the name of the owner?", Kind.WHAT, "what is the name of the owner?"),
        ("name the mayor of Skelmouth", Kind.WHO, "who is the mayor of Skelmouth"),
    ],
)
def test_an_order_for_one_thing_asks_for_it(text: str, kind: Kind, wording: str) -> None:
    question = Question.parse(text)
    assert (question.kind, question.wording, question.wants_all) == (kind, wording, False)


@pytest.mark.parametrize(
    "text",
    [
        "give me the dates of the talks",
        "tell me the names of the victims",
        "can you list the countries that signed?",
        "name two people who resigned",
        "list everyone who resigned",
    ],
)
def test_an_order_for_several_things_wants_them_all(text: str) -> None:
    question = Question.parse(text)
    assert question.wants_all
    assert question.kind is not Kind.YES_NO


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("tell me about the ceasefire", "the ceasefire"),
        ("Can you tell me more about Hamas?", "Hamas"),
        ("what's new about the bridge?", "the bridge"),
        ("what do the articles say about Hamas", "Hamas"),
        ("latest news on cindral", "cindral"),
        ("summarize the theft.", "the theft"),
        ("any update on the bridge?", "the bridge"),
        ("updates on the astrolabe", "the astrolabe"),
        ("latest updates on the strike", "the strike"),
        ("is there any recent news from Gaza?", "Gaza"),
        ("any word on the strike?", "the strike"),
        ("give me the latest news on cindral", "cindral"),
        ("show me the latest on the strike", "the strike"),
        ("catch me up on the bridge", "the bridge"),
        ("could you fill me in on the bridge?", "the bridge"),
        ("bridge update", "bridge"),
        ("strike latest", "strike"),
        ("any bridge news?", "bridge"),
        ("latest update", "latest update"),
        ("ceasefire", "ceasefire"),
        ("and the St. Orla Bridge?", "the St. Orla Bridge"),
    ],
)
def test_a_topic_wants_a_summary(text: str, topic: str) -> None:
    question = Question.parse(text)
    assert (question.kind, question.topic, question.wording) == (Kind.SUMMARY, topic, topic)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what did Mayor Farrow say about the bridge?", Said("Mayor Farrow", "the bridge")),
        ("What has Trump said?", Said("Trump", "")),
        ("what does ostrander think of the repair", Said("ostrander", "the repair")),
        ("how did the mayor react to the vote?", Said("the mayor", "the vote")),
        ("what was Ostrander's reaction to the vote", Said("Ostrander", "the vote")),
        ("what did the board tell its shareholders about the price?", Said("the board", "the price")),
        ("what did they say about the price?", Said("", "the price")),
        ("what was said about the price?", Said("", "the price")),
        ("what did Trump say today?", Said("Trump", "")),
        ("what did Trump say on Monday about Gaza", Said("Trump", "Gaza")),
        ("what did Trump say about Gaza last week?", Said("Trump", "Gaza")),
        ("what has Trump recently said about Gaza?", Said("Trump", "Gaza")),
        ("how has the mayor reacted to the vote?", Said("the mayor", "the vote")),
        ("how has the mayor responded?", Said("the mayor", "")),
    ],
)
def test_somebodys_words_are_asked_for(text: str, said: Said) -> None:
    question = Question.parse(text)
    assert (question.kind, question.said) == (Kind.SAID, said)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what did kan say netanyahu would ask for", Kind.WHAT),
        ("who said that oysters do not wait", Kind.WHO),
        ("when did he say so", Kind.WHEN),
    ],
)
def test_what_somebody_is_said_to_do_is_another_question(text: str, kind: Kind) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "wants_all"),
    [
        ("who will attend the meeting?", True),
        ("who else will come", True),
        ("which challenges face the deal?", True),
        ("Which two countries have agreed?", True),
        ("what countries are involved", True),
        ("what challenges face the deal", True),
        ("what are the challenges of the deal?", True),
        ("name the parents of Orla", True),
        ("who leads the party?", False),
        ("which university did she attend?", False),
        ("which law firm represents him", False),
        ("what begins on Monday?", False),
        ("name of the baby", False),
        ("when will they attend?", False),
    ],
)
def test_a_plural_asks_for_everything_that_fits(text: str, wants_all: bool) -> None:
    assert Question.parse(text).wants_all is wants_all


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("When and where is the meeting?", ["When is the meeting?", "where is the meeting?"]),
        ("who and why did it", ["who did it", "why did it"]),
        ("when is the meeting and where?", ["when is the meeting?", "where is the meeting?"]),
        ("When was it shut, and why?", ["When was it shut?", "why was it shut?"]),
        ("how did the fire start & when", ["how did the fire start", "when did the fire start"]),
        ("how many people came and where?", ["how many people came and where?"]),
        ("when did Ann and Bob meet?", ["when did Ann and Bob meet?"]),
        ("where is it?", ["where is it?"]),
    ],
)
def test_two_questions_at_once_are_two(text: str, parts: list[str]) -> None:
    assert [part.text for part in Question.parse(text).parts()] == parts


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("meeting when?", "when is the meeting?"),
        ("the price?", "what is the price?"),
        ("mayor of skelmouth", "who is the mayor of skelmouth"),
        ("Is the bridge open?", "Is the bridge open?"),
        ("name the parents", "name the parents"),
        ("can you explain the strike?", "the strike"),
        ("Could you please summarize the strike", "the strike"),
        ("tell me about the strike please", "the strike"),
        ("WHO headquarters", "what is WHO headquarters"),
        ("WHO IS THE MAYOR", "WHO IS THE MAYOR"),
        ("", ""),
    ],
)
def test_what_is_searched_for_is_said_in_full(text: str, wording: str) -> None:
    assert Question.parse(text).wording == wording


def test_an_article_need_not_have_the_words_that_ask_for_words() -> None:
    assert Question.parse("what did Trump say about Gaza?").subject == "Trump Gaza"
    assert Question.parse("when is it?").subject == "when is it?"


@pytest.mark.parametrize(
    ("kind", "sentence"), [(Kind.WHY, True), (Kind.YES_NO, True), (Kind.SAID, True), (Kind.WHEN, False), (Kind.WHAT, False)]
)
def test_reasons_yes_or_no_and_words_want_sentences(kind: Kind, sentence: bool) -> None:
    assert kind.wants_sentence == sentence


def test_halves_of_characters_are_left_out() -> None:
    assert Question.parse("when is\udcff the \ud83dmeeting?").text == "when is the meeting?"
    assert Question.parse("\udcff").text == ""


def test_spelling_is_folded() -> None:
    assert Question.parse("  When’s \n the “meeting”? ").text == 'When\'s the "meeting"?'


@pytest.mark.parametrize("apostrophe", "'’‘ʼ´`")
def test_every_apostrophe_that_people_type_is_one(apostrophe: str) -> None:
    assert Question.parse(f"isn{apostrophe}t the bridge open?") == Question("isn't the bridge open?", Kind.YES_NO)


def test_what_cannot_be_seen_is_left_out() -> None:
    assert Question.parse("\u200eis the bridge\u200b open?\ufeff") == Question("is the bridge open?", Kind.YES_NO)
    assert Question.parse("the cease\u00adfire").text == "the ceasefire"


def test_a_letter_and_its_accent_are_one_character() -> None:
    assert Question.parse(unicodedata.normalize("NFD", "who is Müller-Erdoğan?")).text == "who is Müller-Erdoğan?"


def test_a_document_is_not_a_question() -> None:
    assert len(Question.parse("a" * MAX_LENGTH).text) == MAX_LENGTH
    with pytest.raises(QuestionTooLong, match="a question may have 1000 characters, got 1001"):
        Question.parse("a" * (MAX_LENGTH + 1))
    with pytest.raises(QuestionTooLong, match="got 2000"):
        Question.parse("\u0958" * MAX_LENGTH)  # composed, each is two characters
