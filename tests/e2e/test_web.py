"""`quotewire add` with addresses on the web: what can be read is added, everything else is a sentence."""

import re

import pytest

from tests.contract import Added, Articles
from tests.documents import column, pdf
from tests.running import Quotewire
from tests.web import HTML, NO_HTTP, Answer, Reply, WebSite, bomb, endless, page, redirect

pytestmark = [pytest.mark.e2e, pytest.mark.models]

SENTENCE = re.compile(r"\S+ .+\.")
STORY = page(
    "The council met in Skelmouth on Monday.",
    "Mayor Odette Farrow said the bridge will reopen on June 2.",
    head="<link rel='canonical' href='https://victim.example/story'><meta property='og:site_name' content='Harbour Post'>",
)
TROUBLE: dict[str, Answer] = {
    "/inside": redirect("http://169.254.169.254/latest/meta-data/"),
    "/circle": redirect("/circle"),
    "/bomb": bomb("gzip"),
    "/endless": endless(),
    "/no-http": NO_HTTP,
    "/no-article": Reply(body=b"<html><body><div></div></body></html>", headers={"Content-Type": HTML}),
    "/picture": Reply(body=b"\x89PNG\r\n\x1a\n\x00\x00", headers={"Content-Type": HTML}),
    "/forbidden": page("No.", status=403),
}


def test_a_batch_of_addresses_is_read_as_far_as_it_can_be(fresh: Quotewire) -> None:
    with WebSite() as site:
        story = site.put("/story", STORY)
        troubled = [site.put(path, answer) for path, answer in TROUBLE.items()]
        paper = site.put(
            "/paper", Reply(body=pdf(column("The ferry sails on Saturday, its captain said.")), headers={"Content-Type": HTML})
        )
        gone, unknown = site.url("/gone"), "http://nowhere.invalid/a"
        finished = fresh.run("add", *troubled, gone, unknown, story, paper, "--json", seconds=300, FETCH_ALLOW="127.0.0.1")
        added = finished.read(Added)
        assert [(stored.source, stored.title) for stored in added.added] == [
            (story, "Old bridge to close"),
            (paper, "The ferry sails on Saturday, its captain said."),
        ]
        assert {skipped.source for skipped in added.skipped} == {*troubled, gone, unknown}
        assert [skipped for skipped in added.skipped if not SENTENCE.fullmatch(skipped.reason)] == []
        articles = fresh.run("articles", "--json").read(Articles).articles
        assert {(article.url, article.source, article.file) for article in articles} == {
            (story, "Harbour Post", None),
            (paper, "127.0.0.1", None),
        }
    assert "June 2" in fresh.run("ask", "when will the bridge reopen?").stdout


def test_this_machine_is_not_read_from_unless_the_operator_allows_it(fresh: Quotewire) -> None:
    with WebSite() as site:
        finished = fresh.run("add", site.put("/story", STORY), "--json")
        (skipped,) = finished.read(Added).skipped
    assert (finished.code, site.seen) == (1, [])
    assert skipped.reason == "127.0.0.1 is not on the public Internet; if it may be read from, add it to FETCH_ALLOW."
