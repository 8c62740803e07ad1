"""Questions that lean on the one before: "where?", "what did he say about it?", "and in Berlin?" are said in full.

A question that stands on its own is left alone. In doubt it does: a subject carried over by mistake is worse than one that is missed.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, Self

from retrieval.answer import Answer, NoAnswer, Silence
from retrieval.answering import Asked
from retrieval.asking.antecedents import SORT_OF, Spoken, genitive, in_capitals, tidy
from retrieval.asking.clause import AUXILIARIES, PREPOSITIONS, Clause
from retrieval.asking.completing import completed
from retrieval.asking.pronouns import ASKING_WORDS, POSSESSIVES, WORD, own_words, with_antecedents
from retrieval.asking.reasking import ask_about, ask_for, is_question_word
from retrieval.asking.several import questions_in
from retrieval.asking.smalltalk import small_talk
from retrieval.asking.wording import said_in_full, spelt_out, unwrapped, without_courtesy
from retrieval.composing import together
from retrieval.question import MAX_LENGTH, Kind, Question, kind_of

MAX_WORDS, MAX_OWN_WORDS = 16, 4
"""A question with more words, or with more that mean something by themselves, has a subject of its own."""

MAX_FRAGMENT_WORDS = 6
"""Words of "and the museum in Brennick?"."""

MAX_TEXT = 5000
"""Characters around an answer in which names are looked for: more than any passage of words has, so that one of dashes costs no more."""


@dataclass(frozen=True, slots=True)
class Context:
    """What was talked about: the last question in full with its kind, the words of the answer, the text around them, the articles cited."""

    question: str
    kind: Kind
    answer: str = ""
    text: str = ""
    articles: frozenset[str] = frozenset()

    @classmethod
    def of(cls, result: Answer | NoAnswer) -> Self | None:
        """Return what a result leaves to be referred to; None where nothing was asked."""
        full = result.understood_as or result.searched_for or result.question
        *before, question = [full] if result.kind is Kind.SUMMARY else questions_in(full)
        kind = kind_of(question) if before else result.kind
        if isinstance(result, NoAnswer):
            return cls(question, kind) if result.silence is Silence.NOT_FOUND else None
        items = result.items[-1:] if before else result.items
        best = items[0] if before and items else result.variant.best
        cited = frozenset(evidence.citation.id for evidence in (*result.variant.evidence, best))
        said = " and ".join(item.span.text for item in items if item.span != item.quote) or best.span.text
        return cls(question, kind, "" if kind is Kind.SUMMARY else said, best.passage.text[:MAX_TEXT], cited)

    @property
    def spoken(self) -> Spoken:
        """The question taken apart, or the topic of a summary, its names with their capitals."""
        asked = Question.parse(self.question).topic if self.kind is Kind.SUMMARY else said_in_full(self.question)
        return Spoken(Clause.parse(in_capitals(asked, self.text)), self.kind, self.answer, self.text)


def in_full(text: str, context: Context) -> str | None:
    """Return what a follow-up asks in full; None where `text` stands on its own, or where it is not clear what it refers to."""
    folded = _COURTESY.sub("", without_courtesy(spelt_out(Question.parse(text).text)))
    if len(folded.split()) > MAX_WORDS:
        return None
    lead = _LEAD.match(folded)
    bare = folded[lead.end() if lead else 0 :].strip(" ?!.,")
    if _MORE.fullmatch(bare):
        return _more(context.spoken)
    if more := _MORE_ABOUT.fullmatch(bare):
        return _about(more["whom"], context)
    if is_question_word(asked := _WHETHER_SAID.sub("", unwrapped(bare))):
        return _marked(ask_for(re.sub(r" (?:exactly|precisely|else|though|tho|then|so)$", "", asked), context.spoken))
    if _REASON.fullmatch(bare):
        return _marked(ask_for("why", context.spoken))
    if _EVENT.fullmatch(bare) and not context.spoken.clause.is_topic:
        return _marked(ask_for(bare.split(" ")[0], context.spoken))
    if _IDENTITY.fullmatch(bare):
        return _marked(f"who is {tidy(context.answer)}") if context.kind is Kind.WHO and context.answer else None
    if lead and lead["turning"] and _is_fragment(bare):
        return _about(bare, context)
    question = in_capitals(said_in_full(folded), context.text).strip(" ?!.")
    if not _ASKS.match(question) or len(own_words(question)) > MAX_OWN_WORDS:
        return None
    return _marked(with_antecedents(question, context.spoken) or completed(question, context.spoken))


_COURTESY = re.compile(
    r"^(?:(?:ok|okay|hm+|oh|ah|so|also|sorry|please|pls|plz|thanks|thx|ty|thank you)[,.! ]+"
    r"|(?:right|i see|got it|great|perfect|nice|cool|wow|yes|no)[,.!]+ )+",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?P<turning>(?:and what about|and|or|but|what about|how about)\b[, ]*)", re.IGNORECASE)
_REASON = re.compile(
    r"(?:why|how) (?:is|was) (?:that|this|it)(?: so)?|why (?:did|does|will) (?:that|this|it)(?: happen)?|how come|how so|what for|"
    r"(?:what (?:is|was) )?the (?:reason|cause)(?: (?:for|of) (?:that|this|it))?",
    re.IGNORECASE,
)
_EVENT = re.compile(r"who did (?:that|this|it)|(?:when|where|how) (?:did|does|will) (?:that|this|it) happen", re.IGNORECASE)
_IDENTITY = re.compile(r"who(?:'s| is| was) (?:that|this|it)", re.IGNORECASE)
_MORE = re.compile(
    r"(?:tell me )?(?:some )?more(?: details?| info| information)?(?: (?:about|on) (?:this|that|it))?"
    r"|go on|continue|(?:what|anything) else",
    re.IGNORECASE,
)
_MORE_ABOUT = re.compile(r"(?:(?:can you )?tell me )?(?:some )?(?:more )?(?:about|on) (?P<whom>him|her|them)", re.IGNORECASE)
_WHETHER_SAID = re.compile(r"^(?:did|do|does|has|have) (?:he|she|it|they|anyone|anybody) (?:say|said|explain|know) ", re.IGNORECASE)
_ASKS = re.compile(
    rf"(?:(?:at|in|on|by|from|for|since|until|to|with|under|of|about|against) )?(?:{'|'.join([*ASKING_WORDS, *sorted(AUXILIARIES)])})\b",
    re.IGNORECASE,
)


def _marked(question: str | None) -> str | None:
    return f"{question[0].upper()}{question[1:]}?" if question and len(question) < MAX_LENGTH else None


def _more(spoken: Spoken) -> str | None:
    """Return a question for all that is known of what was talked about."""
    clause = spoken.clause
    named = clause.subject or (tidy(spoken.answer) if spoken.kind in {Kind.WHO, Kind.WHAT} else "")
    topic = " and ".join(dict.fromkeys([named, *clause.objects])) if named else f"{clause.noun} {clause.rest}".strip() or spoken.answer
    question = f"Tell me about {topic}"
    return question if topic and len(question) <= MAX_LENGTH else None


def _is_fragment(text: str) -> bool:
    """Whether `text` is no sentence: it has neither a verb to ask with nor a question word, and is about something."""
    words = [word.casefold() for word in WORD.findall(text)]
    if (
        not 0 < len(words) <= MAX_FRAGMENT_WORDS
        or words[0] in {"you", "me", "us", "i", "thanks", "thank"}
        or _NAME_NOTHING.issuperset(words)
    ):
        return False
    return not any(word in AUXILIARIES or word in ASKING_WORDS for word in words)


_NAME_NOTHING = frozenset("then now so there here again really yes no ok okay sure too also else this that".split()) - SORT_OF.keys()


def _about(fragment: str, context: Context) -> str | None:
    spoken = context.spoken
    if fragment.casefold() in SORT_OF:
        meant = spoken.antecedent(fragment, as_subject=True)
        return f"Tell me about {meant}" if meant else None
    owner, _, owned = fragment.partition(" ")
    if owner.casefold() in POSSESSIVES:
        meant = spoken.antecedent(owner, as_subject=True)
        return _marked(ask_about(f"{meant}{genitive(meant)} {owned}", spoken)) if meant and context.kind is not Kind.SUMMARY else None
    if context.kind is Kind.SUMMARY:
        return None
    return _marked(ask_about(in_capitals(fragment, context.text), spoken))


def _may_be_a_topic(text: str) -> bool:
    """Whether a follow-up may as well start something else: "and the museum?", but not "and in Brennick?"."""
    topic = Question.parse(text).topic
    return kind_of(text) is Kind.SUMMARY and topic.split(" ")[0].casefold() not in PREPOSITIONS | {"of"}


class Asks(Protocol):
    """Answers questions, those articles preferred that it is told."""

    def ask(self, text: str, *, cited: Collection[str] = ()) -> Asked:
        """Return the answer, or why there is none. Raises QuestionTooLong."""


def ask_in_context(asks: Asks, text: str, earlier: Answer | NoAnswer | None) -> Asked:
    """Answer `text` as it is meant after `earlier`, the result before it (None: there is none). Raises QuestionTooLong.

    Of several questions in it, each is asked after the one before; their answers come together.
    """
    questions = questions_in(text)
    done: list[Asked] = []
    for question in questions:
        done.append(_ask_one(asks, question, earlier))
        earlier = done[-1].result if Context.of(done[-1].result) else earlier
    return done[0] if len(questions) == 1 else _at_once(Question.parse(text), questions, done)


def _at_once(typed: Question, questions: Sequence[str], done: Sequence[Asked]) -> Asked:
    """Return the results for the `questions` of `typed` as one, and the time that they took."""
    results = [asked.result for asked in done]
    full = [result.understood_as or result.searched_for or question for result, question in zip(results, questions, strict=True)]
    told = " ".join(f"{question.rstrip(' ?')}?" for question in full)
    understood = told if full != list(questions) and len(told) <= MAX_LENGTH else None
    milliseconds = {stage: sum(asked.milliseconds.get(stage, 0) for asked in done) for stage in done[0].milliseconds}
    return Asked(replace(together(typed, results), searched_for=None, understood_as=understood), milliseconds)


def _ask_one(asks: Asks, text: str, earlier: Answer | NoAnswer | None) -> Asked:
    context = Context.of(earlier) if earlier else None
    meant = in_full(text, context) if context and not small_talk(text) else None
    if context is None or meant is None:
        return asks.ask(text)
    asked = asks.ask(meant, cited=context.articles)
    typed = Question.parse(text).text
    if isinstance(asked.result, NoAnswer) and _may_be_a_topic(typed):
        alone = asks.ask(text)
        if isinstance(alone.result, Answer):
            return alone
    understood = asked.result.searched_for or meant
    return replace(asked, result=replace(asked.result, question=typed, searched_for=None, understood_as=understood))
