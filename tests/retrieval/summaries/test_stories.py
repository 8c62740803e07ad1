from collections.abc import Sequence

import numpy as np

from corpus.article import Article, Published
from retrieval.protocols import Vectors
from retrieval.summaries.stories import Story, stories_among, story_of
from retrieval.summaries.ties import Telling, rarity_in, tie
from tests.builders import an_article

RARITY = rarity_in({}, 0)


def told(number: int, title: str, text: str, day: str | None, source: str = "Harbour Post") -> Article:
    published = Published.parse(day) if day else None
    return an_article(address=f"https://x.example/{number}", title=title, text=text, published=published, source=source)


def telling(article: Article, vector: Sequence[float]) -> Telling:
    made: Vectors = np.asarray(vector, dtype=np.float32)
    return Telling(article, made / np.linalg.norm(made), RARITY)


SHUT = told(1, "Orla Bridge shut in Skelmouth", "The Orla Bridge in Skelmouth was shut on March 11 by Lionel Prewitt.", "2025-03-12")
CUT_OFF = told(2, "Gannet Island cut off", "Skelmouth's Orla Bridge is shut since March 11, Lionel Prewitt said.", "2025-03-13", "Wire")
REPAIR = told(3, "Council votes to repair bridge", "The Orla Bridge, shut since March 11, will be repaired, Prewitt said.", "2025-03-27")
THEFT = told(4, "Astrolabe stolen in Brennick", "Thieves broke into the Pellam Museum in Brennick on March 11.", "2025-03-12")
MAY = told(5, "Virus cases surpass one million", "Reported cases in Averland surpassed one million on May 2.", "2025-05-03")
JUNE = told(6, "Virus cases surpass two million", "Reported cases in Averland surpassed two million on June 9.", "2025-06-10")
BRIDGE, MUSEUM, VIRUS = (1.0, 0.3, 0.0), (0.0, 1.0, 0.2), (0.0, 0.2, 1.0)


def of(*tellings: Telling) -> list[list[str]]:
    return [[article.title for article in story.articles] for story in stories_among(tellings)]


def test_articles_on_one_event_are_one_story_the_newest_first() -> None:
    found = of(telling(SHUT, BRIDGE), telling(THEFT, MUSEUM), telling(REPAIR, BRIDGE), telling(CUT_OFF, BRIDGE))
    assert found == [
        ["Council votes to repair bridge", "Gannet Island cut off", "Orla Bridge shut in Skelmouth"],
        ["Astrolabe stolen in Brennick"],
    ]


def test_every_article_is_in_exactly_one_story_whatever_their_order() -> None:
    tellings = [telling(SHUT, BRIDGE), telling(CUT_OFF, BRIDGE), telling(MAY, VIRUS), telling(JUNE, VIRUS), telling(THEFT, MUSEUM)]
    assert of(*tellings) == of(*reversed(tellings))
    assert sorted(title for story in of(*tellings) for title in story) == sorted(found.article.title for found in tellings)


def test_the_next_of_a_series_is_another_event() -> None:
    assert len(of(telling(MAY, VIRUS), telling(JUNE, VIRUS))) == 2


def test_no_articles_make_no_stories() -> None:
    assert stories_among([]) == []


def test_undated_articles_are_tied_by_what_they_say() -> None:
    one = told(1, "Orla Bridge shut", SHUT.text, None)
    other = told(2, "Gannet Island cut off", SHUT.text, None)
    assert len(stories_among([telling(one, BRIDGE), telling(other, BRIDGE)])) == 1


def test_a_day_that_both_speak_of_ties_articles_weeks_apart() -> None:
    other = told(7, REPAIR.title, REPAIR.text.replace("March 11", "March 20"), "2025-03-27")
    assert tie(telling(SHUT, BRIDGE), telling(REPAIR, BRIDGE)) > tie(telling(SHUT, BRIDGE), telling(other, BRIDGE))


def test_a_storys_id_stays_when_newer_articles_come() -> None:
    assert story_of([SHUT], {}).id == story_of([REPAIR, SHUT], {}).id == SHUT.id


def test_a_publisher_counts_as_one_source_and_so_do_copies() -> None:
    def sources(*articles: Article, originals: dict[str, str] | None = None) -> int:
        found: Story = story_of(articles, originals or {})
        return found.sources

    assert sources(SHUT, REPAIR) == 1
    assert sources(SHUT, CUT_OFF) == 2
    assert sources(SHUT, CUT_OFF, originals={CUT_OFF.id: SHUT.id}) == 1
    assert sources(told(8, "Unknown one", "Some text.", None, ""), told(9, "Unknown other", "Other text.", None, "")) == 2
