"""Topics: which articles somebody wants to hear of, by words, "phrases", or a description matched by meaning.

No pattern language: what people type is compared word by word, so nothing that they type can be slow.
"""

import re
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, Self

import numpy as np

from corpus.article import Article
from retrieval.content_words import STOP_WORDS
from retrieval.lexicon import fold
from retrieval.protocols import Vectors

MAX_TOPICS = 20
"""Each way: to include, and to exclude."""
MAX_TOPIC_LENGTH = 100
LEAD = 400
"""Characters of an article after its title that say what it is about."""
SEARCHED_LENGTH = 20_000
"""Characters of an article in which words are counted: those of many articles are kept in memory."""
OFTEN = 3
"""An article that has the words this often below its lead is about them, too."""
WORDS_OF_A_NAME = 2
"""What has more words, and no quotation marks, is a description."""
THRESHOLD = 0.18
"""A description fits an article from this cosine on, between it and the article's title and lead. Looked at with the bundled model on
260 BBC articles of five subjects, two descriptions of a few words each: 81 % of the articles that fit were right, and 55 % of the right
ones fit (at 0.15: 74 and 67 %, at 0.22: 84 and 35 %). Descriptions of narrower things part from the rest at 0.2 to 0.25."""

_ABOUT = "about "
_QUOTES = '"“”„«»'
_QUOTED = re.compile(f"([{_QUOTES}][^{_QUOTES}]*[{_QUOTES}])")
_EVERYTHING = frozenset("all everything anything any".split())
_NOT = re.compile(r"(?:not |no |without |-|−|–)\s*", re.IGNORECASE)
_BUT_NOT = re.compile(
    r"(?:^|(?<=[\s,;]))(?:(?:but|and)\s(?:not|no)|not|except(?:\sfor)?|excluding|exclude)\s|"
    r"(?:(?<=\ball\s)|(?<=\beverything\s)|(?<=\banything\s))but\s",
    re.IGNORECASE,
)
"""What begins a topic not to hear of, also where no comma stands before it: "all but sport", "gaza, but not football"."""


class TextEmbedder(Protocol):
    """Turns texts into vectors of length 1 whose dot product says how near their meanings are."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, in the same order."""


@dataclass(frozen=True, slots=True)
class Match:
    """That an article fits a topic: which, and how ("in the title", "by meaning")."""

    topic: str
    why: str


@dataclass(frozen=True, slots=True)
class Topics:
    """What to hear of (everything where `include` is empty), and what not."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a topic that is empty or too long, and for too many."""
        for name, topics in (("include", self.include), ("exclude", self.exclude)):
            if len(topics) > MAX_TOPICS:
                raise ValueError(f"{name} must have at most {MAX_TOPICS} topics, got {len(topics)}")
            for topic in topics:
                if not _words(topic) or len(topic) > MAX_TOPIC_LENGTH:
                    raise ValueError(f"{name} must be topics of 1 to {MAX_TOPIC_LENGTH} characters with words in them, got {topic!r}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the topics in a list such as `gaza, "rate cut", not football`, or `all but football`; with "all", everything else fits.

        Raises ValueError with the topic at fault.
        """
        include, exclude = list[str](), list[str]()
        for topic in _split(_listed(text)):
            bare = _NOT.sub("", topic, count=1) if _NOT.match(topic) else topic
            (exclude if bare != topic else include).append(bare)
        everything = any(topic.casefold() in _EVERYTHING for topic in include)
        return cls(() if everything else tuple(dict.fromkeys(include)), tuple(dict.fromkeys(exclude)))

    @property
    def everything(self) -> bool:
        """Whether every article fits."""
        return not self.include and not self.exclude

    def __str__(self) -> str:
        """Return the list as `parse` reads it; empty where everything fits."""
        return ", ".join([*self.include, *(f"not {topic}" for topic in self.exclude)])


def _listed(text: str) -> str:
    """Return a list in which every topic not to hear of is an item of its own that begins with "not"."""
    return "".join(part if part[:1] in _QUOTES else _BUT_NOT.sub(", not ", part) for part in _QUOTED.split(text))


def _split(text: str) -> list[str]:
    """Return the parts of a list: between commas, semicolons and line breaks that stand outside quotation marks."""
    parts, inside = [""], False
    for character in text:
        inside ^= character in _QUOTES
        if character in ",;\n" and not inside:
            parts.append("")
        else:
            parts[-1] += character
    return [" ".join(part.split()) for part in parts if part.strip()]


class Remembering:
    """A TextEmbedder that keeps the vectors of the latest texts: many chats have the same articles matched by meaning."""

    def __init__(self, embedder: TextEmbedder, *, size: int = 2000) -> None:
        self._embedder = embedder
        self._size = size
        self._kept: OrderedDict[str, Vectors] = OrderedDict()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row per text, in the same order."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        made = dict(zip(missing, self._embedder.embed(missing), strict=True)) if missing else {}
        rows = np.asarray([made[text] if text in made else self._kept[text] for text in texts], dtype=np.float32)
        self._kept |= made
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return rows


class Filter:
    """Tells which articles fit `topics`; descriptions cost the embedding model one text each, and one per article."""

    def __init__(self, topics: Topics, embedder: TextEmbedder, *, threshold: float = THRESHOLD) -> None:
        self._topics = topics
        self._embedder = embedder
        self._threshold = threshold

    def matches(self, articles: Sequence[Article]) -> list[Match | None]:
        """Return for each article why it fits; None where it does not. Without topics to include, all fit that are not excluded."""
        included = self._found(self._topics.include, articles) if self._topics.include else [Match("", "")] * len(articles)
        excluded = self._found(self._topics.exclude, articles)
        return [None if bad else good for good, bad in zip(included, excluded, strict=True)]

    def _found(self, topics: Iterable[str], articles: Sequence[Article]) -> list[Match | None]:
        found: list[Match | None] = [None] * len(articles)
        described = [topic for topic in topics if is_description(topic)]
        for i, article in enumerate(articles):
            found[i] = next((match for topic in topics if not is_description(topic) and (match := _mention(topic, article))), None)
        open_ones = [i for i, match in enumerate(found) if match is None]
        if described and open_ones:
            vectors = self._embedder.embed([*map(_plain, described), *(beginning(articles[i]) for i in open_ones)])
            nearness = vectors[len(described) :] @ vectors[: len(described)].T
            for i, row in zip(open_ones, nearness, strict=True):
                best = int(row.argmax())
                if row[best] >= self._threshold:
                    found[i] = Match(described[best], "by meaning")
        return found


def is_description(topic: str) -> bool:
    """Return whether a topic is matched by meaning: more than WORDS_OF_A_NAME words, or "about …", and no quotation marks."""
    if topic[:1] in _QUOTES:
        return False
    return topic.casefold().startswith(_ABOUT) or len(topic.split()) > WORDS_OF_A_NAME


def beginning(article: Article) -> str:
    """Return what an article is about in brief: its title and its lead."""
    return f"{article.title}. {article.text}"[: len(article.title) + LEAD]


def _plain(topic: str) -> str:
    return topic[len(_ABOUT) :] if topic.casefold().startswith(_ABOUT) else topic


def _mention(topic: str, article: Article) -> Match | None:
    """Return where an article has the words of a topic: one next to the other for a phrase, all of them else."""
    phrase = topic[:1] in _QUOTES
    wanted = _words(topic.lower() if topic.isupper() and " " in topic else topic)
    if _has(wanted, _words(article.title), phrase=phrase):
        return Match(topic, "in the title")
    if _has(wanted, _words(article.text[:LEAD]), phrase=phrase):
        return Match(topic, "in the first lines")
    body = _words(article.text[:SEARCHED_LENGTH])
    often = _count(wanted, body) if phrase else min(_count((word,), body) for word in wanted)
    return Match(topic, f"{often} times in the text") if often >= OFTEN else None


def _has(wanted: tuple[str, ...], words: tuple[str, ...], *, phrase: bool) -> bool:
    return _count(wanted, words) > 0 if phrase else all(_count((word,), words) for word in wanted)


def _count(wanted: tuple[str, ...], words: tuple[str, ...]) -> int:
    """Return how often `words` have those `wanted` next to each other; "us" may be US, while "US" is never "us"."""
    forms = [{word, word.upper()} for word in wanted]
    starts = (place for place, word in enumerate(words) if word in forms[0])
    return sum(
        all(word in form for form, word in zip(forms, words[place:], strict=False)) for place in starts if place + len(forms) <= len(words)
    )


_INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
_ENDING = re.compile(r"['’]s\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[str, ...]:
    """Return the words of `text` in their plainest form: lower case, without accents, singular, no possessive; U.S. as US."""
    joined = _INITIALS.sub(lambda match: match[0].replace(".", ""), unicodedata.normalize("NFC", text))
    return tuple(_plainest(word) for word in re.findall(r"\w+", _ENDING.sub("", joined)))


def _plainest(word: str) -> str:
    """Return a word as it is compared; an abbreviation that is written like a common word, such as WHO, keeps its capitals."""
    folded = fold(word)
    return word if len(word) > 1 and word.isupper() and folded in STOP_WORDS else _singular(folded)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
