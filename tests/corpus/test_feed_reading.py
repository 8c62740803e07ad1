"""What is new in a feed, and how its state goes on, over a web in memory."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from corpus.article import Article, Published
from corpus.errors import PageUnwelcome, ServerRefused, SourceUnreachable
from corpus.feed_catalog import KnownEntry
from corpus.feed_reading import FIRST_ENTRIES, MOST_AT_ONCE, MOST_ATTEMPTS, MOST_FAILURES_IN_A_ROW, FeedReader, Harvest
from corpus.followed import FollowedFeed
from corpus.loading import Skipped
from tests.fake_web import WORDS, FakeWeb, item, page, rss, teaser

ADDRESS = "https://post.example/feed.xml"
NOON = datetime(2025, 3, 13, 12, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)
LATER = SourceUnreachable("It did not answer; try again later.")


@dataclass
class Reading:
    """A feed that is read again and again; the clock stands still unless it is moved."""

    web: FakeWeb = field(default_factory=FakeWeb)
    now: datetime = NOON
    feed: FollowedFeed = field(default_factory=lambda: FollowedFeed(number=1, address=ADDRESS, title="", added=NOON, due=NOON))
    known: dict[str, KnownEntry] = field(default_factory=dict)

    def fetch(self) -> Harvest:
        """Fetch the feed, and keep what is to be remembered."""
        reader = FeedReader(fetcher=self.web, pages=self.web, every=HALF_AN_HOUR, clock=lambda: self.now, chance=lambda: 0.0)
        harvest = reader.harvest(self.feed, self.known)
        self.feed = harvest.feed
        self.known |= harvest.known
        return harvest

    def titles(self) -> list[str]:
        """Fetch the feed; return the titles of the articles and the reasons of the skips."""
        return [each.reason if isinstance(each, Skipped) else each.title for each in self.fetch().loaded]


@pytest.fixture
def reading() -> Reading:
    return Reading()


def only(harvest: Harvest) -> Article:
    (article,) = harvest.loaded
    assert isinstance(article, Article)
    return article


# Entries


def test_an_entry_that_holds_its_article_costs_no_page(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(item(1, author="Jane Doe")))
    assert only(reading.fetch()) == Article(
        address="https://post.example/1",
        title="Story 1",
        text=f"This is story 1. {WORDS * 3}".strip() + "\n\n" + (WORDS * 3).strip(),
        source="Harbour Post",
        author="Jane Doe",
        published=Published.parse("2025-03-12T00:01+00:00"),
    )
    assert reading.web.asked == [ADDRESS]


def test_the_page_is_read_where_the_entry_is_only_a_teaser(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(teaser(1, author="Jane Doe")))
    reading.web.put("https://post.example/1", page(1))
    article = only(reading.fetch())
    assert article.text.startswith("This is the page of story 1.")
    assert (article.source, article.author, article.published) == ("Harbour Post", "Jane Doe", Published.parse("2025-03-12T00:01+00:00"))


@pytest.mark.parametrize("ending", ["…", "[...]", "Read more", "Continue reading →", "Read the full story"])
def test_a_long_entry_that_breaks_off_is_a_teaser_too(reading: Reading, ending: str) -> None:
    reading.web.put(ADDRESS, rss(item(1, **{"content:encoded": f"<p>{WORDS * 30} {ending}</p>"})))
    reading.web.put("https://post.example/1", page(1))
    assert only(reading.fetch()).text.startswith("This is the page")


def test_what_the_publishers_program_adds_at_the_end_is_left_out(reading: Reading) -> None:
    added = '<p>The post <a href="/1">Story 1</a> appeared first on <a href="/">Harbour Post</a>.</p>'
    reading.web.put(ADDRESS, rss(item(1, **{"content:encoded": f"<p>{WORDS * 9}</p>{added}"})))
    assert only(reading.fetch()).text == (WORDS * 9).strip()


def test_the_pages_own_source_author_and_date_stay(reading: Reading) -> None:
    head = """<meta property="og:site_name" content="The Star"><meta name="author" content="Bob Roe">
    <meta property="article:published_time" content="2025-03-10T08:30:00Z">"""
    reading.web.put(ADDRESS, rss(teaser(1, author="Jane Doe")))
    reading.web.put("https://post.example/1", page(1).replace("<head>", f"<head>{head}"))
    article = only(reading.fetch())
    assert (article.source, article.author, article.published) == ("The Star", "Bob Roe", Published.parse("2025-03-10T08:30+00:00"))


def test_a_page_without_an_article_leaves_the_entrys_own_words(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(teaser(1, description=WORDS), teaser(2)))
    for number in (1, 2):
        reading.web.put(f"https://post.example/{number}", "<html><body></body></html>")
    assert reading.titles() == ["https://post.example/2 has no article in it.", "Story 1"]


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_a_page_that_is_refused_for_good_leaves_the_entrys_own_words(reading: Reading, status: int) -> None:
    reading.web.put(ADDRESS, rss(teaser(1, description=WORDS)))
    reading.web.fail("https://post.example/1", ServerRefused("It is refused.", status=status))
    assert reading.titles() == ["Story 1"]


def test_pages_that_a_site_asks_programs_to_leave_alone_are_left_alone_and_do_not_hold_up_the_rest(reading: Reading) -> None:
    unwelcome = PageUnwelcome("It is not to be read by programs.")
    reading.web.put(ADDRESS, rss(*(teaser(number, description=WORDS) for number in range(5)), teaser(5)))
    for number in range(6):
        reading.web.fail(f"https://post.example/{number}", unwelcome)
    assert reading.titles() == [str(unwelcome), "Story 4", "Story 3", "Story 2", "Story 1", "Story 0"]
    assert reading.titles() == []


def test_a_title_that_an_entrys_words_repeat_is_not_in_its_text(reading: Reading) -> None:
    words = item(1)["content:encoded"]
    reading.web.put(ADDRESS, rss(item(1, **{"content:encoded": f"<h1>Story 1</h1>{words}"})))
    assert only(reading.fetch()).text.startswith("This is story 1.")


UNFORESEEN = RuntimeError("a parser met what nobody foresaw")


def test_a_page_that_trips_a_parser_leaves_the_entrys_own_words_or_a_skip_and_the_others_go_on(reading: Reading) -> None:
    words = f"<p>Story 2 in short. {WORDS}</p>"
    reading.web.put(ADDRESS, rss(teaser(1), teaser(2, description=words), item(3)))
    reading.web.fail("https://post.example/1", UNFORESEEN)
    reading.web.fail("https://post.example/2", UNFORESEEN)
    unread = "https://post.example/1 could not be read, for a reason that nobody foresaw; it has been logged."
    assert reading.titles() == ["Story 3", "Story 2", unread]
    assert (reading.feed.failures, reading.titles()) == (0, [])


def test_an_entry_without_a_page_has_no_link_and_stays_the_same_article(reading: Reading) -> None:
    entry = {"title": "Story", "guid": "story-1", "description": WORDS}
    reading.web.put(ADDRESS, rss(entry))
    before = only(reading.fetch())
    reading.web.put(ADDRESS, rss(entry | {"title": "Changed"}))
    after = only(reading.fetch())
    assert (before.url, before.id, after.title) == (None, after.id, "Changed")


@pytest.mark.parametrize(
    ("link", "url"), [("/news/a b.html", "https://post.example/news/a%20b.html"), ("https://post.example:99999/a", None)]
)
def test_an_entry_whose_link_was_written_badly_is_an_article_all_the_same(reading: Reading, link: str, url: str | None) -> None:
    entries = [{"id": "a", "url": link, "title": "Odd", "content_text": WORDS * 6}, {"id": "b", "url": "/b", "content_text": WORDS * 7}]
    base = "https://post.example/"
    reading.web.put(ADDRESS, json.dumps({"version": "https://jsonfeed.org/version/1.1", "home_page_url": base, "items": entries}))
    odd, sound = reading.fetch().loaded
    assert isinstance(odd, Article)
    assert isinstance(sound, Article)
    assert (odd.title, odd.url, sound.url) == ("Odd", url, "https://post.example/b")


def test_an_entry_dated_in_the_future_has_no_date(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(item(1, pubDate="Wed, 12 Mar 2098 12:00:00 GMT")))
    assert only(reading.fetch()).published is None


def test_the_same_entry_in_two_feeds_is_one_article() -> None:
    first, second = Reading(), Reading()
    first.web.put(ADDRESS, rss(item(1)))
    second.web.put(ADDRESS, rss(item(1, link="https://post.example/1?utm_source=other#top", guid="other"), title="Other"))
    assert only(first.fetch()).id == only(second.fetch()).id


# What is new


def test_a_new_feed_gives_its_newest_entries_and_no_others_later(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(*(item(number) for number in range(FIRST_ENTRIES + 30))))
    assert reading.titles() == [f"Story {number}" for number in range(FIRST_ENTRIES + 29, 29, -1)]
    assert reading.titles() == []


def test_only_new_and_changed_entries_are_read(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(item(1), item(2)))
    reading.fetch()
    reading.web.put(ADDRESS, rss(item(1), item(2, title="Story 2, corrected"), item(3)))
    assert reading.titles() == ["Story 3", "Story 2, corrected"]
    assert reading.titles() == []


def test_an_old_entry_that_slides_in_when_others_are_taken_down_is_not_new(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(item(1), item(2)))
    reading.fetch()
    late, old = (item(number, pubDate=f"{day} Mar 2025 10:00:00 GMT") for number, day in ((3, 12), (4, 10)))
    reading.web.put(ADDRESS, rss(item(2), late, old))
    assert [reading.titles(), reading.titles()] == [["Story 3"], []]


def test_an_unchanged_teaser_costs_no_page(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(teaser(1)))
    reading.web.put("https://post.example/1", page(1))
    reading.fetch()
    reading.web.asked.clear()
    reading.fetch()
    assert reading.web.asked == [ADDRESS]


def test_an_unchanged_feed_is_not_read_at_all(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(item(1)), etag='"1"')
    reading.fetch()
    reading.now += HALF_AN_HOUR
    harvest = reading.fetch()
    assert (harvest.loaded, harvest.known, harvest.feed.last_fetched, harvest.feed.due) == ((), {}, reading.now, reading.now + HALF_AN_HOUR)


def test_many_new_entries_are_read_in_turns_although_the_feed_has_not_changed(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(item(0)), etag='"1"')
    reading.fetch()
    reading.web.put(ADDRESS, rss(*(item(number) for number in range(1, 61))), etag='"2"')
    assert [len(reading.titles()) for _ in range(3)] == [MOST_AT_ONCE, 60 - MOST_AT_ONCE, 0]
    assert reading.feed.etag == '"2"'


def test_an_entry_whose_page_cannot_be_reached_is_tried_again(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(teaser(1)), etag='"1"')
    reading.web.fail("https://post.example/1", LATER)
    assert reading.titles() == [str(LATER)]
    reading.web.put("https://post.example/1", page(1))
    assert [reading.titles(), reading.titles()] == [["Story 1"], []]


def test_an_entry_that_stays_out_of_reach_is_given_up_or_stands_for_itself(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(teaser(1), teaser(2, description=WORDS)))
    for number in (1, 2):
        reading.web.fail(f"https://post.example/{number}", LATER)
    tries = [reading.titles() for _ in range(MOST_ATTEMPTS + 1)]
    assert tries == [[str(LATER)] * 2] * (MOST_ATTEMPTS - 1) + [["Story 2", str(LATER)], []]


def test_a_site_that_does_not_answer_is_left_alone_and_its_entries_wait(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(*(teaser(number) for number in range(10))))
    for number in range(10):
        reading.web.fail(f"https://post.example/{number}", LATER)
    assert len(reading.titles()) == MOST_FAILURES_IN_A_ROW
    for number in range(10):
        reading.web.put(f"https://post.example/{number}", page(number))
    assert len(reading.titles()) == 10


# How it goes on


def test_a_feed_that_goes_well_is_due_when_it_wants(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(item(1), more="<ttl>90</ttl>"), etag='"1"')
    reading.fetch()
    assert (reading.feed.title, reading.feed.last_fetched, reading.feed.due) == ("Harbour Post", NOON, NOON + timedelta(minutes=90))
    reading.fetch()
    assert reading.feed.due == NOON + timedelta(minutes=90)


def test_a_feed_is_left_alone_as_long_as_its_server_calls_it_fresh(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(item(1)), etag='"1"', max_age=7_200)
    reading.fetch()
    assert reading.feed.due == NOON + timedelta(hours=2)
    reading.fetch()
    assert reading.feed.due == NOON + timedelta(hours=2)  # not changed, and fresh again
    reading.web.put(ADDRESS, rss(item(1)), etag='"1"', max_age=31_536_000)
    reading.fetch()
    assert reading.feed.due == NOON + timedelta(hours=6)
    reading.web.put(ADDRESS, rss(item(1)), etag='"1"')
    reading.fetch()
    assert reading.feed.due == NOON + HALF_AN_HOUR


def test_an_update_that_lies_in_the_future_is_none(reading: Reading) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title>'
        + "".join(
            f"<entry><id>{number}</id><title>Story {number}</title><link href='https://post.example/{number}'/>"
            f"<published>2025-03-12T10:00:00Z</published><updated>{updated}</updated><content>{WORDS * 6}</content></entry>"
            for number, updated in enumerate(("2025-03-12T11:00:00Z", "2031-01-01T00:00:00Z"))
        )
        + "</feed>"
    )
    reading.web.put(ADDRESS, atom)
    updates = [article.updated for article in reading.fetch().loaded if isinstance(article, Article)]
    assert updates == [Published.parse("2025-03-12T11:00Z"), None]


def test_a_name_that_a_person_gave_stays(reading: Reading) -> None:
    reading.feed = replace(reading.feed, title="Mine")
    reading.web.put(ADDRESS, rss(item(1)))
    assert (only(reading.fetch()).source, reading.feed.title) == ("Mine", "Mine")


def test_a_failing_feed_is_tried_less_and_less_over_days_and_recovers(reading: Reading) -> None:
    reading.web.fail(ADDRESS, ServerRefused("It is out of order.", status=500))
    tried = []
    while reading.now < NOON + timedelta(days=5):
        tried.append((reading.now - NOON) / timedelta(hours=1))
        reading.fetch()
        reading.now = reading.feed.due
    assert tried == [0, 1, 3, 7, 15, 31, 55, 79, 103]
    assert (reading.feed.failures, reading.feed.failing_since, reading.feed.error) == (9, NOON, "It is out of order.")
    reading.web.put(ADDRESS, rss(item(1)))
    reading.fetch()
    assert (reading.feed.failures, reading.feed.failing_since, reading.feed.error) == (0, None, "")
    assert reading.feed.due == reading.now + HALF_AN_HOUR


def test_a_busy_server_is_left_alone_as_long_as_it_asks(reading: Reading) -> None:
    for retry_after, hours in ((7200.0, 2.0), (1e300, 7 * 24.0), (-5.0, 4.0)):
        reading.web.fail(ADDRESS, ServerRefused("It is busy.", status=429, retry_after=retry_after))
        reading.fetch()
        assert reading.feed.due - NOON >= timedelta(hours=hours)


def test_a_feed_that_is_gone_is_paused_with_the_reason(reading: Reading) -> None:
    reading.web.fail(ADDRESS, ServerRefused(f"{ADDRESS} has been taken down.", status=410))
    reading.fetch()
    assert (reading.feed.paused, reading.feed.error) == (True, f"{ADDRESS} has been taken down.")


def test_a_feed_that_became_a_web_page_fails_in_a_sentence(reading: Reading) -> None:
    reading.web.put(ADDRESS, page(1))
    assert (reading.titles(), reading.feed.error) == ([], f"{ADDRESS} is a web page, where a feed was expected.")


def test_a_feed_that_moved_for_good_is_fetched_there_from_then_on(reading: Reading) -> None:
    reading.web.put(ADDRESS, rss(item(1)), moved_to="https://new.example/feed")
    reading.web.put("https://new.example/feed", rss(item(1)))
    reading.fetch()
    assert reading.feed.address == "https://new.example/feed"
    assert reading.titles() == []
