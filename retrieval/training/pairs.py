"""Pairs of a question and a passage for training the reader: half of them hold the answer, half do not.

Passages are cut as the product cuts them, and half of the answered questions keep their whole paragraph. A question goes
unanswered in five ways: the passage that the words of the question find elsewhere, the passage without the sentence that
answers, an exchanged entity, number, date or negation, and the questions that were written to be unanswerable.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.chunking import Chunker
from retrieval.evaluation.squad import Paragraph, SquadArticle, SquadQuestion
from retrieval.passage import Passage
from retrieval.sentences import sentences
from retrieval.training.perturbation import Pool, perturb


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a passage under its article's title; `span` are the answer's characters, None where there is none."""

    question: str
    title: str
    passage: str
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """How many pairs of each sort to draw. Sorts that yield less give what they have."""

    answered: int = 42_000
    elsewhere: int = 12_000
    removed: int = 11_000
    perturbed: int = 11_000
    written_answered: int = 5_000
    written: int = 11_000


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question where it stands."""

    entry: SquadArticle
    paragraph: Paragraph
    question: SquadQuestion


def draw(articles: Sequence[SquadArticle], mixture: Mixture, rng: random.Random) -> list[Pair]:
    """Return pairs of all sorts, shuffled."""
    asked = [_Asked(entry, paragraph, question) for entry in articles for paragraph in entry.paragraphs for question in paragraph.questions]
    written = {id(entry) for entry in articles if any(not q.golds for p in entry.paragraphs for q in p.questions)}
    answered = [one for one in asked if id(one.entry) not in written and _located(one)]
    by_hand = [one for one in asked if id(one.entry) in written and _located(one)]
    impossible = [one for one in asked if not one.question.golds]
    every = _mixed(answered, by_hand, rng)
    drawing = _Drawing(articles, rng)
    pairs = [
        *(drawing.answered(one) for one in _sample(answered, mixture.answered, rng)),
        *drawing.elsewhere(_sample(every, mixture.elsewhere, rng)),
        *_first(mixture.removed, (drawing.without_its_sentence(one) for one in _sample(every, len(every), rng))),
        *_first(mixture.perturbed, (drawing.perturbed(one) for one in _sample(every, len(every), rng))),
        *(drawing.answered(one) for one in _sample(by_hand, mixture.written_answered, rng)),
        *(drawing.impossible(one) for one in _sample(impossible, mixture.written, rng)),
    ]
    rng.shuffle(pairs)
    return [replace(pair, question=as_typed(pair.question, rng)) for pair in pairs]


def _located(one: _Asked) -> bool:
    """Whether the first gold answer stands where the file says."""
    golds = one.question.golds
    return bool(golds) and one.paragraph.text[golds[0].start : golds[0].end] == golds[0].text


def _mixed(answered: Sequence[_Asked], by_hand: Sequence[_Asked], rng: random.Random) -> list[_Asked]:
    """Return all of them, those of articles with questions by hand as often as makes them a quarter (of few others, once each)."""
    return [*answered, *_sample(by_hand, max(len(by_hand), len(answered) // 3), rng)]


def _sample(asked: Sequence[_Asked], count: int, rng: random.Random) -> list[_Asked]:
    """Return `count` of them at random: each once before any comes again."""
    drawn: list[_Asked] = []
    while asked and len(drawn) < count:
        drawn += rng.sample(asked, min(len(asked), count - len(drawn)))
    return drawn


def _first(count: int, pairs: Iterator[Pair | None]) -> Iterator[Pair]:
    """Yield the first `count` pairs that there are."""
    for pair in pairs:
        if count == 0:
            return
        if pair:
            count -= 1
            yield pair


class _Drawing:
    """Makes pairs of each sort out of `articles`."""

    def __init__(self, articles: Sequence[SquadArticle], rng: random.Random) -> None:
        self._rng = rng
        chunker = Chunker()
        self._passages = {id(entry): chunker.cut(entry.article) for entry in articles}
        self._pools = {id(entry): Pool.of([paragraph.text for paragraph in entry.paragraphs]) for entry in articles}

    def answered(self, one: _Asked) -> Pair:
        """Return a pair that holds the answer: in its paragraph or in a passage, as chance has it."""
        gold = one.question.golds[0]
        start, end = one.paragraph.start + gold.start, one.paragraph.start + gold.end
        homes = [passage for passage in self._near(one) if passage.start <= start and end <= passage.end]
        title = one.entry.article.title
        if homes and self._rng.random() < 0.5:
            home = self._rng.choice(homes)
            return Pair(one.question.text, title, home.text, (start - home.start, end - home.start))
        return Pair(one.question.text, title, one.paragraph.text, (gold.start, gold.end))

    def impossible(self, one: _Asked) -> Pair:
        """Return a question that people wrote to be unanswerable, with its paragraph or a passage of it."""
        near = self._near(one)
        text = self._rng.choice(near).text if near and self._rng.random() < 0.5 else one.paragraph.text
        return Pair(one.question.text, one.entry.article.title, text, None)

    def perturbed(self, one: _Asked) -> Pair | None:
        """Return the question with something exchanged; half of the time for something from the same paragraph."""
        pool = Pool.of([one.paragraph.text]) if self._rng.random() < 0.5 else self._pools[id(one.entry)]
        question = perturb(one.question.text, one.question.golds[0].text, pool, self._rng)
        return replace(self.answered(one), question=question, span=None) if question else None

    def without_its_sentence(self, one: _Asked) -> Pair | None:
        """Return the pair without the sentence that answers; None where the answer stands elsewhere, too, or nothing is left."""
        pair = self.answered(one)
        if pair.span is None:
            return None
        start, end = pair.span
        kept = [pair.passage[first:last] for first, last in sentences(pair.passage) if last <= start or first >= end]
        text = " ".join(kept)
        if len(kept) < 2 or pair.passage[start:end].casefold() in text.casefold():
            return None
        return replace(pair, passage=text, span=None)

    def elsewhere(self, asked: Sequence[_Asked]) -> Iterator[Pair]:
        """Yield each question with a passage from another place that shares its words and lacks the answer's."""
        from sklearn.feature_extraction.text import TfidfVectorizer

        passages = list({passage.key: passage for found in self._passages.values() for passage in found}.values())
        vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True)
        rows = vectorizer.fit_transform(f"{passage.article.title} {passage.text}" for passage in passages).T.tocsr()
        for first in range(0, len(asked), 500):
            part = asked[first : first + 500]
            scores = vectorizer.transform(one.question.text for one in part) @ rows
            for i, one in enumerate(part):
                row = scores.getrow(i)
                best = sorted(zip(row.data, row.indices, strict=True), reverse=True)[:12]
                found = [passages[place] for _, place in best if self._is_elsewhere(one, passages[place])]
                if found:
                    passage = self._rng.choice(found[:3])
                    yield Pair(one.question.text, passage.article.title, passage.text, None)

    def _is_elsewhere(self, one: _Asked, passage: Passage) -> bool:
        start, end = one.paragraph.start, one.paragraph.start + len(one.paragraph.text)
        beside = passage.article.id == one.entry.article.id and passage.start < end and start < passage.end
        return not beside and all(answer.casefold() not in passage.text.casefold() for answer in one.question.answers)

    def _near(self, one: _Asked) -> list[Passage]:
        """Return the passages that overlap the question's paragraph."""
        start, end = one.paragraph.start, one.paragraph.start + len(one.paragraph.text)
        return [passage for passage in self._passages[id(one.entry)] if passage.start < end and start < passage.end]


_NEIGHBOURS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnm",
        "wa qes wrd etf ryg tuh yij uok ipl o qsz awdx sefc drvg fthb gyjn hukm jil ko asx zdc xfv cgb vhn bjm n".split(),
        strict=False,
    )
)


def as_typed(question: str, rng: random.Random) -> str:
    """Return `question` as chats have it: a third without its mark, one in twelve with a slip of a finger.

    Letter case is left alone: the model does not see it.
    """
    if rng.random() < 0.33:
        question = question.rstrip("? ")
    return _with_slip(question, rng) if rng.random() < 1 / 12 else question


def _with_slip(text: str, rng: random.Random) -> str:
    """Return `text` with one letter lost, doubled, swapped with the next or hit beside its key, in a word of five letters or more."""
    places = [i for i in range(1, len(text) - 1) if text[i - 1 : i + 2].isalpha()]
    if not places:
        return text
    i = rng.choice(places)
    letter = text[i]
    match rng.randrange(4):
        case 0:
            return text[:i] + text[i + 1 :]
        case 1:
            return text[:i] + letter + text[i:]
        case 2:
            return text[:i] + text[i + 1] + letter + text[i + 2 :]
        case _:
            return text[:i] + rng.choice(_NEIGHBOURS.get(letter.lower(), letter)) + text[i + 1 :]
