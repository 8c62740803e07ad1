"""Feeds on a web site of this machine, followed by the real command."""

import re
from pathlib import Path

import pytest

from tests.contract import Added, Articles, Feed, Sources
from tests.e2e.serving import Copy, await_polling
from tests.fake_web import WORDS, item, rss, teaser
from tests.running import Quotewire
from tests.telegram import ADA, BotApi
from tests.web import Reply, Seen, WebSite, endless, gzipped, page, redirect, validated

pytestmark = [pytest.mark.e2e, pytest.mark.models]

ALLOWED = "127.0.0.1"
MAYOR = "Mayor Odette Farrow said the bridge will reopen on June 2."


def feed(content: str | bytes, **headers: str) -> Reply:
    body = content.encode() if isinstance(content, str) else content
    return Reply(body=body, headers={"Content-Type": "application/rss+xml"} | headers)


def feeds_of(quotewire: Quotewire) -> list[Feed]:
    return quotewire.run("sources", "--json").read(Sources).feeds


def test_a_feed_is_followed_refreshed_paused_and_removed(fresh: Quotewire) -> None:
    with WebSite() as site:
        whole, short, gone = (item(1, link=site.url("/1")), teaser(2, link=site.url("/2")), teaser(3, link=site.url("/3")))
        site.put("/2", page(MAYOR, WORDS, WORDS, title="The bridge will reopen"))
        address = site.put("/feed.xml", validated(feed(rss(whole, short, gone))))
        added = fresh.run("add", address, "--json", FETCH_ALLOW=ALLOWED).read(Added)
        assert [(stored.source, stored.title) for stored in added.added] == [
            (site.url("/2"), "The bridge will reopen"),
            (site.url("/1"), "Story 1"),
        ]
        assert [skipped.source for skipped in added.skipped] == [site.url("/3")]
        (followed,) = feeds_of(fresh)
        assert (followed.feed, followed.title, followed.new, followed.state) == (1, "Harbour Post", 2, "last fetched just now, 2 new")

        site.seen.clear()
        refreshed = fresh.run("sources", "refresh", "--json", FETCH_ALLOW=ALLOWED).read(Added)
        assert (refreshed.added, refreshed.updated, site.paths()) == ([], [], ["/feed.xml"])
        assert site.seen[0].headers["if-none-match"] == '"1"'

        corrected = item(1, link=site.url("/1"), title="Story 1, corrected")
        site.put("/feed.xml", feed(rss(corrected, short)))
        refreshed = fresh.run("sources", "refresh", "1", "--json", FETCH_ALLOW=ALLOWED).read(Added)
        assert ([stored.title for stored in refreshed.updated], refreshed.added) == (["Story 1, corrected"], [])

        site.put("/feed.xml", page("Gone fishing."))
        failed = fresh.run("sources", "refresh", FETCH_ALLOW=ALLOWED)
        assert (failed.code, "is a web page, where a feed was expected." in failed.stdout) == (1, True)
        assert re.fullmatch(r"failing since \d+ \w+ \d\d:\d\d: \S+ is a web page, where a feed was expected\.", feeds_of(fresh)[0].state)
    assert "June 2" in fresh.run("ask", "when will the bridge reopen?").stdout
    assert fresh.run("sources", "pause", "1").stdout == "1 feed paused.\n"
    assert feeds_of(fresh)[0].state.startswith("paused")
    assert fresh.run("sources", "remove", "1").stdout == "1 feed removed. The articles stay.\n"
    assert (feeds_of(fresh), len(fresh.run("articles", "--json").read(Articles).articles)) == ([], 2)


BOMB = b'<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'


def test_troubled_feeds_of_a_list_are_each_told_in_a_sentence_and_the_others_are_read(fresh: Quotewire, tmp_path: Path) -> None:
    def busy(_: Seen) -> Reply:
        return Reply(status=503, headers={"Retry-After": "7200"})

    with WebSite() as site:
        sound = rss(item(1, link=site.url("/1")), item(2, link=site.url("/2")))
        troubled = [
            site.put("/html", page("No feed.")),
            site.put("/empty", feed("")),
            site.put("/bomb", feed(BOMB)),
            site.put("/binary", feed(b"\x89PNG\r\n\x1a\n\x00")),
            site.put("/json", feed('{"version": "https://jsonfeed.org/version/1", "items": [')),
            site.put("/endless", endless(b"<rss><channel><item></item>" * 1000)),
            site.put("/busy", busy),
            site.put("/inside", redirect("http://169.254.169.254/feed")),
            site.url("/gone"),
        ]
        fine = [
            site.put("/sound", feed(sound)),
            site.put("/truncated", feed(sound[: sound.index("This is story 2")])),
            site.put("/charset", feed(sound.replace("Story 1", "Café 1").encode("latin-1"))),
            site.put("/packed", gzipped(sound.encode())),
        ]
        outlines = "".join(f'<outline xmlUrl="{address}"/>' for address in [*troubled, *fine])
        (tmp_path / "feeds.opml").write_text(f"<opml><body><outline>{outlines}</outline></body></opml>")
        added = fresh.run("add", str(tmp_path / "feeds.opml"), "--json", seconds=300, FETCH_ALLOW=ALLOWED).read(Added)
    assert ({skipped.source for skipped in added.skipped}, len(added.added)) == ({*troubled}, 2)
    assert [skipped.reason for skipped in added.skipped if not re.fullmatch(r"\S+ .+\.", skipped.reason)] == []
    states = {each.address: each for each in feeds_of(fresh)}
    assert ({address for address, each in states.items() if each.failures}, len(states)) == ({*troubled}, 13)
    assert (states[site.url("/busy")].due or "") > (states[site.url("/gone")].due or "")


def test_the_running_bot_fetches_feeds_when_they_are_due_and_when_others_ask(copy: Copy) -> None:
    quotewire = copy()
    with BotApi() as api, WebSite() as site:
        address = site.put("/feed.xml", feed(rss(item(1, link=site.url("/1")))))
        telegram = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_BASE_URL": api.url, "ADMIN_IDS": str(ADA.id)}
        with quotewire.start("run", FETCH_ALLOW=ALLOWED, **telegram) as bot:
            await_polling(api, bot)
            added = quotewire.run("add", address, "--json").read(Added)
            assert ([stored.title for stored in added.added], added.feeds[0].title) == (["Story 1"], "Harbour Post")
            news = f"<p>The Skelmouth lighthouse was painted green on 3 May.</p><p>{WORDS * 6}</p>"
            second = item(2, link=site.url("/2"), pubDate="", **{"content:encoded": news})
            site.put("/feed.xml", feed(rss(item(1, link=site.url("/1")), second)))
            refreshed = quotewire.run("sources", "refresh", "--json").read(Added)
            assert [stored.title for stored in refreshed.added] == ["Story 2"]
            assert "3 May" in api.reply(api.private_message("when was the lighthouse painted?")).text

            site.seen.clear()
            assert "Paused: Harbour Post." in api.reply(api.private_message("/sources pause 1")).text
            assert quotewire.run("sources", "resume", "1").stdout == "1 feed resumed.\n"
            api.wait_for(lambda: "/feed.xml" in site.paths())
            assert "Harbour Post: last fetched" in api.reply(api.private_message("/sources")).text
            bot.terminate()
            assert bot.finish(seconds=60).code == 0
