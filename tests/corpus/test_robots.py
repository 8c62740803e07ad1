from collections.abc import Mapping

import pytest

from corpus.errors import ServerRefused, SourceUnreachable
from corpus.protocols import Fetched, NotModified
from corpus.robots import KEPT_SECONDS, MOST_SITES, RETRY_SECONDS, PoliteFetcher, Rules
from tests.fakes import FakeFetcher

SITE = "https://post.example"
PAGE = Fetched(url=f"{SITE}/a", content=b"words", etag='"1"')


def allowed(text: str, *paths: str) -> list[bool]:
    rules = Rules.parse(text, product="Quotewire")
    return [rules.allow(f"{SITE}{path}") for path in paths]


def test_a_site_without_rules_may_be_read() -> None:
    assert allowed("", "/", "/a") == [True, True]
    assert allowed("<html><body>Not found: allow me", "/a") == [True]


def test_what_is_disallowed_is_left_alone_with_all_below_it() -> None:
    assert allowed("User-agent: *\nDisallow: /private\n", "/private", "/private/a?b", "/privat", "/a/private") == [False, False, True, True]


def test_an_empty_rule_forbids_nothing() -> None:
    assert allowed("User-agent: *\nDisallow:\n", "/a") == [True]


def test_the_longest_rule_decides_and_the_kinder_of_two() -> None:
    text = "User-agent: *\nAllow: /news/open\nDisallow: /news\nDisallow: /x\nAllow: /x"
    assert allowed(text, "/news/open/a", "/news/a", "/x") == [True, False, True]


def test_rules_for_this_program_go_before_those_for_all() -> None:
    text = "User-agent: *\nDisallow: /\n\nUSER-AGENT: quoteWire/2.0 # the bot\nDisallow: /drafts\n"
    assert allowed(text, "/a", "/drafts/a") == [True, False]


def test_one_group_may_be_for_several_programs_and_a_program_may_have_several_groups() -> None:
    text = "User-agent: Other\nUser-agent: Quotewire\nDisallow: /a\n\nUser-agent: Third\nDisallow: /\nUser-agent: Quotewire\nDisallow: /b"
    assert allowed(text, "/a", "/b", "/c") == [False, False, True]


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("/*.pdf$", ["/a.pdf", "/a/b.pdf"], ["/a.pdf?x", "/a.pdfs"]),
        ("/*?print", ["/a?print=1"], ["/print", "/a?x=print"]),
        ("/a*b*c$", ["/abc", "/axbxbxc", "/abcc"], ["/ab", "/acb", "/abcd"]),
        ("/a$", ["/a"], ["/a/", "/ab"]),
        ("*", ["/", "/a"], []),
        ("/caf%C3%A9", ["/caf%c3%a9/menu", "/café"], ["/cafe"]),
        ("/aa*aa$", ["/aaaa"], ["/aaa"]),
    ],
)
def test_patterns_mean_what_they_mean_to_search_engines(pattern: str, yes: list[str], no: list[str]) -> None:
    assert allowed(f"User-agent: *\nDisallow: {pattern}", *yes, *no) == [False] * len(yes) + [True] * len(no)


def test_a_hostile_pattern_is_matched_in_no_time() -> None:
    assert allowed("User-agent: *\nDisallow: /" + "*a" * 5_000 + "b$", "/" + "a" * 100_000) == [True]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def polite(answers: Mapping[str, bytes | Fetched | Exception], clock: Clock | None = None) -> tuple[PoliteFetcher, FakeFetcher]:
    web = FakeFetcher(answers)
    return PoliteFetcher(web, product="Quotewire", clock=clock or Clock()), web


def test_a_page_is_fetched_where_its_site_allows_it_and_the_rules_are_asked_for_once() -> None:
    fetcher, web = polite({f"{SITE}/robots.txt": b"User-agent: *\nDisallow: /b", f"{SITE}/a": PAGE})
    assert [fetcher.fetch(f"{SITE}/a"), fetcher.fetch(f"{SITE}/a", etag='"1"')] == [PAGE, NotModified(f"{SITE}/a")]
    assert web.asked == [f"{SITE}/robots.txt", f"{SITE}/a", f"{SITE}/a"]


def test_a_page_that_is_to_be_left_alone_is_not_asked_for() -> None:
    fetcher, web = polite({f"{SITE}/robots.txt": b"User-agent: *\nDisallow: /a", f"{SITE}/a": PAGE})
    with pytest.raises(
        SourceUnreachable, match=r"^https://post\.example/a was not read, as its site's robots\.txt asks programs not to; .*\.$"
    ):
        fetcher.fetch(f"{SITE}/a")
    assert web.asked == [f"{SITE}/robots.txt"]


def test_a_page_that_leads_to_one_to_be_left_alone_is_not_handed_on() -> None:
    moved = Fetched(url="https://other.example/private", content=b"words")
    fetcher, _ = polite(
        {f"{SITE}/robots.txt": b"", f"{SITE}/a": moved, "https://other.example/robots.txt": b"User-agent: *\nDisallow: /private"}
    )
    with pytest.raises(SourceUnreachable, match=r"^https://other\.example/private was not read, as its site's robots\.txt asks"):
        fetcher.fetch(f"{SITE}/a")


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_that_has_no_rules_to_give_may_be_read(status: int) -> None:
    fetcher, _ = polite({f"{SITE}/robots.txt": ServerRefused("No.", status=status), f"{SITE}/a": PAGE})
    assert fetcher.fetch(f"{SITE}/a") == PAGE


@pytest.mark.parametrize("trouble", [ServerRefused("No.", status=503), ServerRefused("No.", status=429), SourceUnreachable("No.")])
def test_a_site_that_cannot_say_its_rules_is_left_alone_for_a_while(trouble: Exception) -> None:
    clock = Clock()
    fetcher, web = polite({f"{SITE}/robots.txt": trouble, f"{SITE}/a": PAGE}, clock)
    for _ in range(2):
        with pytest.raises(
            SourceUnreachable, match=r"^https://post\.example/a was not read, as its site could not say whether programs may; .*\.$"
        ):
            fetcher.fetch(f"{SITE}/a")
    assert web.asked == [f"{SITE}/robots.txt"]
    web.answers[f"{SITE}/robots.txt"] = b"User-agent: *\nAllow: /"
    clock.now = RETRY_SECONDS
    assert fetcher.fetch(f"{SITE}/a") == PAGE


def test_rules_are_asked_for_again_after_half_a_day() -> None:
    clock = Clock()
    fetcher, web = polite({f"{SITE}/robots.txt": b"User-agent: *\nAllow: /", f"{SITE}/a": PAGE}, clock)
    fetcher.fetch(f"{SITE}/a")
    clock.now = KEPT_SECONDS
    fetcher.fetch(f"{SITE}/a")
    assert web.asked.count(f"{SITE}/robots.txt") == 2


def test_the_rules_of_no_more_than_so_many_sites_are_remembered() -> None:
    sites = [f"https://{number}.example" for number in range(MOST_SITES + 1)]
    fetcher, web = polite({f"{site}/a": Fetched(url=f"{site}/a", content=b"words") for site in sites})
    for site in (*sites, sites[-1], sites[0]):
        fetcher.fetch(f"{site}/a")
    assert [web.asked.count(f"{site}/robots.txt") for site in (sites[0], sites[-1])] == [2, 1]


def test_each_port_and_scheme_has_rules_of_its_own() -> None:
    fetcher, _ = polite({f"{SITE}/robots.txt": b"User-agent: *\nDisallow: /", "http://post.example:8080/a": b"words"})
    assert fetcher.fetch("http://post.example:8080/a") == Fetched(url="http://post.example:8080/a", content=b"words")


def test_what_is_no_web_address_is_a_sentence() -> None:
    fetcher, _ = polite({})
    with pytest.raises(SourceUnreachable, match=r"^http://\[broken is no web address; check how it is spelt\.$"):
        fetcher.fetch("http://[broken")
