"""What a summary is: stories, each with a few sentences of its articles, word for word.

Every object here is self-contained: it can be shown, stored and read back without the articles that it quotes.
"""

from dataclasses import dataclass

from retrieval.answer import Citation, Evidence, Variant


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the articles of a story tell differently: each version with who tells it, the newest first."""

    versions: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class StorySummary:
    """A story in a few sentences: `headline` names it, `sentences` tell it in an order to be read in.

    `articles` are all that tell it, the newest first; `sources` counts independent sources: copies of one report count once.
    `id` stays the same while articles are added to the story. Of a story that readers were told of before (`is_development`), the
    sentences tell only what is new; `new` names the articles that they come from in any case.
    """

    id: str
    headline: Citation
    sentences: tuple[Evidence, ...]
    articles: tuple[Citation, ...]
    sources: int
    new: frozenset[str]
    differing: tuple[Difference, ...] = ()
    is_development: bool = False


@dataclass(frozen=True, slots=True)
class Briefing:
    """The stories that there are, the most important first. `left_out` counts those that there was no room for."""

    stories: tuple[StorySummary, ...]
    left_out: int = 0
