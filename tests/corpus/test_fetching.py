import gzip
import ssl
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import ServerRefused, SourceUnreachable
from corpus.fetching import LONGEST_FIELD, HttpFetcher, Limits
from corpus.hosts import AllowList, HostGuard
from corpus.protocols import Fetched, NotModified
from tests.web import (
    NO_HTTP,
    SLOW_BODY,
    SLOW_HEADERS,
    Answer,
    Raw,
    Reply,
    Seen,
    WebSite,
    bomb,
    endless,
    gzipped,
    page,
    redirect,
    validated,
)

CERTIFICATE = Path(__file__).parents[1] / "data" / "harbourpost.pem"
AGENT = "Quotewire/0.0 (a test)"
HERE = AllowList.parse("127.0.0.1")
SMALL = Limits(size=1_000_000)
STORY = page("The mayor closed it.")


class Clock:
    """Seconds that pass as they are slept, and `tick` more at each look."""

    def __init__(self, tick: float = 0) -> None:
        self.now = 0.0
        self.tick = tick
        self.slept: list[float] = []

    def __call__(self) -> float:
        self.now += self.tick
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def fetcher(
    clock: Clock | None = None,
    *,
    guard: HostGuard | None = None,
    limits: Limits = SMALL,
    certificates: ssl.SSLContext | None = None,
) -> HttpFetcher:
    clock = clock or Clock()
    return HttpFetcher(
        user_agent=AGENT, guard=guard or HostGuard(allowed=HERE), clock=clock, sleep=clock.sleep, limits=limits, certificates=certificates
    )


@pytest.fixture
def site() -> Iterator[WebSite]:
    with WebSite() as server:
        yield server


def test_a_page_is_fetched_with_what_its_server_says_of_it(site: WebSite) -> None:
    headers = {"Content-Type": "Text/HTML; charset=ISO-8859-1", "ETag": '"7"', "Last-Modified": "Tue, 14 Jan 2025 10:00:00 GMT"}
    url = site.put("/a?b=c", Reply(body=b"<p>The caf\xe9 closed.</p>", headers=headers))
    assert fetcher().fetch(f" {url}#top ") == Fetched(
        url=url,
        content=b"<p>The caf\xe9 closed.</p>",
        media_type="text/html",
        charset="iso-8859-1",
        etag='"7"',
        last_modified="Tue, 14 Jan 2025 10:00:00 GMT",
    )


@pytest.mark.parametrize(
    ("said", "max_age"),
    [
        ("max-age=600", 600),
        ("public, Max-Age=600, stale-while-revalidate=30", 600),
        ('max-age="600"', 600),
        ("s-maxage=600", 0),
        ("no-cache, max-age=600", 0),
        ("no-store", 0),
        ("max-age=-5", 0),
        ("max-age=soon", 0),
        (f"max-age={'9' * 30}", 0),
        ("x" * 10_000, 0),
    ],
)
def test_a_server_says_how_long_its_answer_is_fresh(site: WebSite, said: str, max_age: int) -> None:
    reply = validated(Reply(body=b"words", headers={"Cache-Control": said}), etag='"7"')
    url = site.put("/feed", reply)
    first = fetcher().fetch(url)
    assert isinstance(first, Fetched)
    assert (first.max_age, fetcher().fetch(url, etag='"7"')) == (max_age, NotModified(url, max_age))


def test_the_fetcher_says_who_it_is_and_brings_nothing_else_along(site: WebSite) -> None:
    fetcher().fetch(site.put("/a", STORY))
    (seen,) = site.seen
    assert seen.headers["user-agent"] == AGENT
    assert seen.headers.keys() == {"host", "user-agent", "accept", "accept-language", "accept-encoding", "connection"}


def test_what_a_server_does_not_say_is_empty(site: WebSite) -> None:
    url = site.put("/a", Reply(body=b"words", headers={"ETag": "x" * (LONGEST_FIELD + 1)}))
    assert fetcher().fetch(url) == Fetched(url=url, content=b"words")


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=gzip.compress(b"words"), headers={"Content-Encoding": "gzip"}),
        Reply(body=gzip.compress(b"words"), headers={"Content-Encoding": " X-GZip "}),
        Reply(body=zlib.compress(b"words"), headers={"Content-Encoding": "deflate"}),
        Reply(body=zlib.compress(b"words")[2:-4], headers={"Content-Encoding": "deflate"}),
        Reply(body=b"words", headers={"Content-Encoding": "identity"}),
        Reply(body=(letter.encode() for letter in "words")),
        Reply(body=(bytes([byte]) for byte in gzip.compress(b"words")), headers={"Content-Encoding": "gzip"}),
    ],
)
def test_a_body_comes_unpacked_however_it_is_sent(site: WebSite, reply: Reply) -> None:
    fetched = fetcher().fetch(site.put("/a", reply))
    assert isinstance(fetched, Fetched)
    assert fetched.content == b"words"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_body_without_a_byte_is_empty_whatever_it_is_packed_in(site: WebSite, encoding: str) -> None:
    url = site.put("/a", Reply(headers={"Content-Encoding": encoding}))
    assert fetcher().fetch(url) == Fetched(url=url, content=b"")


# --- Redirects


def test_redirects_are_followed_to_their_end(site: WebSite) -> None:
    site.put("/a", redirect("/b"))
    site.put("/b", redirect(site.url("/c#part"), 307))
    end = site.put("/c", Reply(body=b"words"))
    assert fetcher().fetch(site.url("/a")) == Fetched(url=end, content=b"words")


def test_a_site_that_wants_its_cookie_back_gets_it_within_one_errand(site: WebSite) -> None:
    def answer(seen: Seen) -> Reply:
        if "cookie" in seen.headers:
            return Reply(body=seen.headers["cookie"].encode())
        return Reply(status=302, headers={"Location": "/a", "Set-Cookie": "seen=1; Path=/"})

    same = fetcher()
    url = site.put("/a", answer)
    assert [same.fetch(url), same.fetch(url)] == [Fetched(url=url, content=b"seen=1")] * 2
    assert ["cookie" in seen.headers for seen in site.seen] == [False, True, False, True]


@pytest.mark.parametrize(("first", "second", "home"), [(301, 308, "/c"), (308, 302, "/b"), (302, 301, "")])
def test_a_move_is_known_as_far_as_it_is_for_good(site: WebSite, first: int, second: int, home: str) -> None:
    site.put("/a", redirect("/b", first))
    site.put("/b", redirect("/c", second))
    site.put("/c", Reply(body=b"words"))
    fetched = fetcher().fetch(site.url("/a"))
    assert isinstance(fetched, Fetched)
    assert fetched.moved_to == (site.url(home) if home else "")


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("http://169.254.169.254/latest/meta-data/", r"^169\.254\.169\.254 is not on the public Internet; if it may be read from, add it"),
        ("http://[::1]/", r"^::1 is not on the public Internet"),
        ("http://[::ffff:10.0.0.1]/", r"^::ffff:(?:10\.0\.0\.1|a00:1) is not on the public Internet"),
        ("http://10.0.0.1:8080/", r"^10\.0\.0\.1 is not on the public Internet"),
        ("//192.168.0.1/", r"^192\.168\.0\.1 is not on the public Internet"),
        ("http://0x7f.1/", r"^0x7f\.1 is not how an address is written"),
        ("http://2130706433/", r"^2130706433 is not how an address is written"),
        ("file:///etc/passwd", r"^.* is no web address"),
        ("ftp://127.0.0.1/a", r"^ftp://127\.0\.0\.1/a is no web address; one begins with http:// or https:// and a host\.$"),
        ("gopher://127.0.0.1:25/_HELO", r"^gopher://127\.0\.0\.1:25/_HELO is no web address"),
        ("http://mayor:secret@127.0.0.1/", r"^http://127\.0\.0\.1/ has a user name or a password in it; write the address without\.$"),
        ("http://[broken", r"^http://%5Bbroken is no web address; one begins with"),
        ("https://xn--i-7iq.ws/x", r"^http://127\.0\.0\.1:\d+/a leads to something that is no web address\.$"),
    ],
)
def test_a_redirect_leads_nowhere_that_may_not_be_asked(site: WebSite, to: str, sentence: str) -> None:
    with pytest.raises(SourceUnreachable, match=sentence):
        fetcher().fetch(site.put("/a", redirect(to)))
    assert site.paths() == ["/a"]


def test_redirects_in_a_circle_end(site: WebSite) -> None:
    site.put("/a", redirect("/b"))
    site.put("/b", redirect("/a"))
    with pytest.raises(SourceUnreachable, match=r"^http://127\.0\.0\.1:\d+/a is redirected more than 10 times, and never arrives\.$"):
        fetcher().fetch(site.url("/a"))
    assert len(site.seen) == 11


# --- Where it may connect


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "[::ffff:127.0.0.1]"])
def test_this_machine_is_not_asked_unless_that_is_allowed(site: WebSite, host: str) -> None:
    site.put("/a", STORY)
    with pytest.raises(
        SourceUnreachable, match=r"is not on the public Internet|leads to .*, which is not on|is not how an address is written"
    ):
        fetcher(guard=HostGuard()).fetch(site.url("/a", host=host))
    assert site.seen == []


def test_a_name_that_changes_its_address_between_two_looks_gains_nothing(site: WebSite) -> None:
    """DNS rebinding: the connection goes to the address that was checked, and nobody looks the name up again."""
    looks: list[str] = []

    def rebinding(host: str, seconds: float) -> list[str]:
        looks.append(host)
        return ["127.0.0.1"] if len(looks) == 1 else ["10.0.0.1"]

    site.put("/a", redirect("/b"))
    with pytest.raises(SourceUnreachable, match=r"^evil\.example leads to 10\.0\.0\.1, which is not on the public Internet"):
        fetcher(guard=HostGuard(allowed=HERE, resolve=rebinding)).fetch(site.url("/a", host="evil.example"))
    assert (looks, site.paths()) == (["evil.example", "evil.example"], ["/a"])


def test_the_server_is_asked_by_its_name(site: WebSite) -> None:
    site.put("/a", STORY)
    fetcher(guard=HostGuard(allowed=HERE, resolve=lambda host, seconds: ["127.0.0.1"])).fetch(site.url("/a", host="harbourpost.example"))
    assert site.seen[0].headers["host"] == f"harbourpost.example:{site.port}"


def test_the_next_address_of_a_host_is_tried_where_one_does_not_answer(site: WebSite) -> None:
    guard = HostGuard(allowed=AllowList.parse("127.0.0.0/8"), resolve=lambda host, seconds: ["127.0.0.2", "127.0.0.1"])
    url = site.put("/a", Reply(body=b"words"))
    assert fetcher(guard=guard).fetch(url) == Fetched(url=url, content=b"words")


def test_a_certificate_is_checked_against_the_name_and_not_the_address() -> None:
    trusting = ssl.create_default_context(cafile=str(CERTIFICATE))
    guard = HostGuard(allowed=HERE, resolve=lambda host, seconds: ["127.0.0.1"])
    with WebSite(str(CERTIFICATE)) as secure:
        secure.put("/a", Reply(body=b"words"))
        right, wrong = secure.url("/a", host="harbourpost.example"), secure.url("/a", host="evil.example")
        assert fetcher(guard=guard, certificates=trusting).fetch(right) == Fetched(url=right, content=b"words")
        with pytest.raises(SourceUnreachable, match=r"^https://evil\.example:\d+/a cannot be trusted: Hostname mismatch"):
            fetcher(guard=guard, certificates=trusting).fetch(wrong)
        with pytest.raises(SourceUnreachable, match=r"^https://harbourpost\.example:\d+/a cannot be trusted: .+\.$"):
            fetcher(guard=guard).fetch(right)


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("ftp://news.example/a", r"^ftp://news\.example/a is no web address; one begins with http:// or https:// and a host\.$"),
        ("file:///etc/passwd", r"^file:///etc/passwd is no web address"),
        ("https://news.example:0/a", r"is no web address"),
        ("https:///a", r"is no web address"),
        ("news.example/a", r"^news\.example/a is no web address"),
        ("https://[broken", r"^https://\[broken is no web address; one begins with"),
        ("https://bad\u00adname.example/", r"^https://bad\ufffdname\.example/ is no web address; check how it is spelt\.$"),
        ("https://news.example:99999/a", r"is no web address"),
        ("https://xn--i-7iq.ws/x", r"^https://xn--i-7iq\.ws/x is no web address; check how it is spelt\.$"),
        ("http://xn--a.example/", r"^http://xn--a\.example/ is no web address; check how it is spelt\.$"),
        (
            "https://user:secret@news.example/a",
            r"^https://news\.example/a has a user name or a password in it; write the address without\.$",
        ),
        ("ftp://news.example/" + "a" * 300, r"^ftp://news\.example/a{181}… is no web"),
        ("", r"is no web address"),
    ],
)
def test_what_is_no_web_address_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(SourceUnreachable, match=sentence):
        fetcher(guard=HostGuard(resolve=lambda host, seconds: [])).fetch(url)


# --- Limits


@pytest.mark.parametrize("answer", [bomb("gzip"), bomb("deflate"), endless()], ids=["gzip", "deflate", "endless"])
def test_a_body_is_taken_up_to_the_limit_and_no_further(site: WebSite, answer: Reply) -> None:
    with pytest.raises(SourceUnreachable, match=r"^http://127\.0\.0\.1:\d+/a has more than 1 MB, the most that is taken from the web\.$"):
        fetcher().fetch(site.put("/a", answer))


def test_a_body_that_is_announced_as_too_large_is_not_waited_for(site: WebSite) -> None:
    with pytest.raises(SourceUnreachable, match="has more than 1 MB"):
        fetcher().fetch(site.put("/a", Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")))


def test_a_packed_body_may_be_no_larger_than_an_unpacked_one(site: WebSite) -> None:
    nothing = zlib.compressobj(0, zlib.DEFLATED, 31)
    packed = nothing.compress(b"") + nothing.flush(zlib.Z_SYNC_FLUSH) * 1
    body = Reply(body=[packed] + [b"\x00\x00\x00\xff\xff" * 10_000] * 30, headers={"Content-Encoding": "gzip"})
    with pytest.raises(SourceUnreachable, match="has more than 1 MB"):
        fetcher().fetch(site.put("/a", body))


@pytest.mark.parametrize("answer", [SLOW_HEADERS, SLOW_BODY, Raw(b"")], ids=["headers", "body", "nothing"])
def test_a_server_that_never_comes_to_an_end_is_left(site: WebSite, answer: Answer) -> None:
    clock = Clock(tick=9)  # each look at the clock, one for every piece that arrives, takes nine of its seconds
    with pytest.raises(SourceUnreachable, match=r"^http://127\.0\.0\.1:\d+/a did not arrive within 40 seconds; try again later\.$"):
        fetcher(clock, limits=Limits(seconds=40)).fetch(site.put("/a", answer))


def test_pages_of_one_host_are_fetched_at_its_pace(site: WebSite) -> None:
    clock = Clock()
    same = fetcher(clock, limits=Limits(per_minute=12))
    url = site.put("/a", redirect("/b"))
    site.put("/b", STORY)
    for _ in range(3):
        same.fetch(url)
    assert (clock.slept, len(site.seen)) == ([5.0] * 5, 6)


def test_waiting_for_a_turn_does_not_count_as_the_servers_time(site: WebSite) -> None:
    same = fetcher(Clock(), limits=Limits(per_minute=1, seconds=30))
    url = site.put("/a", Reply(body=b"words"))
    assert [same.fetch(url) for _ in range(2)] == [Fetched(url=url, content=b"words")] * 2


# --- Errors


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "wants a password; what only members can read cannot be added by its address (HTTP 401)."),
        (403, "is not given to programs; save it in a browser and add the file (HTTP 403)."),
        (404, "does not exist; check the address (HTTP 404)."),
        (410, "has been taken down (HTTP 410)."),
        (418, "is not given out (HTTP 418)."),
        (429, "was asked for too often; try again later (HTTP 429)."),
        (500, "cannot be shown, since its server is in trouble (HTTP 500); try again later."),
        (304, "is not given out (HTTP 304)."),
        (300, "is not given out (HTTP 300)."),
    ],
)
def test_a_server_that_says_no_is_quoted(site: WebSite, status: int, sentence: str) -> None:
    url = site.put("/a", Reply(status=status, body=b"" if status == 304 else b"<p>Sorry</p>"))
    with pytest.raises(ServerRefused) as raised:
        fetcher().fetch(url)
    assert (str(raised.value), raised.value.status) == (f"{url} {sentence}", status)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "120"}, 120.0),
        ({"Retry-After": "Tue, 14 Jan 2025 10:05:00 GMT", "Date": "Tue, 14 Jan 2025 10:00:00 GMT"}, 300.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "9" * 30}, None),
        ({}, None),
    ],
)
def test_a_server_says_when_it_wants_to_be_asked_again(site: WebSite, headers: dict[str, str], seconds: float | None) -> None:
    start = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with pytest.raises(ServerRefused) as raised:
        fetcher().fetch(site.put("/a", Raw(f"{start}\r\n".encode())))
    assert raised.value.retry_after == seconds


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (NO_HTTP, "does not answer as a web server does; try again later."),
        (Raw(b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"y" * 200_000), "does not answer as a web server does; try again later."),
        (
            Reply(body=gzip.compress(b"words" * 999)[:-9], headers={"Content-Encoding": "gzip"}),
            "arrived damaged, or packed in a way that cannot be read; try again later.",
        ),
        (
            Reply(body=b"<p>words</p>", headers={"Content-Encoding": "gzip"}),
            "arrived damaged, or packed in a way that cannot be read; try again later.",
        ),
        (
            Reply(body=b"\x0b\x02\x80words\x03", headers={"Content-Encoding": "br"}),
            "arrived damaged, or packed in a way that cannot be read; try again later.",
        ),
        (
            Reply(body=gzip.compress(gzip.compress(b"words")), headers={"Content-Encoding": "gzip, gzip"}),
            "arrived damaged, or packed in a way that cannot be read; try again later.",
        ),
    ],
)
def test_an_answer_that_cannot_be_read_is_a_sentence(site: WebSite, answer: Answer, sentence: str) -> None:
    url = site.put("/a", answer)
    with pytest.raises(SourceUnreachable) as raised:
        fetcher().fetch(url)
    assert str(raised.value) == f"{url} {sentence}"


def test_a_body_that_ends_before_its_length_is_not_taken(site: WebSite) -> None:
    short = Reply(body=[b"<p>The mayor"], headers={"Content-Length": "1000"})
    with pytest.raises(SourceUnreachable, match=r"does not answer as a web server does; try again later\.$"):
        fetcher().fetch(site.put("/a", short))


def test_a_server_that_is_not_there_is_a_sentence() -> None:
    with WebSite() as gone:
        url = gone.url("/a")
    with pytest.raises(SourceUnreachable, match=r"^http://127\.0\.0\.1:\d+/a is not served: nothing listens there; check the address\.$"):
        fetcher().fetch(url)


# --- Unchanged resources


def test_what_has_not_changed_is_not_sent_again(site: WebSite) -> None:
    url = site.put("/feed", validated(gzipped(b"<p>words</p>"), etag='W/"7"'))
    first = fetcher().fetch(url)
    assert isinstance(first, Fetched)
    assert fetcher().fetch(url, etag=first.etag, last_modified="Tue, 14 Jan 2025 10:00:00 GMT") == NotModified(url)
    assert site.seen[-1].headers["if-modified-since"] == "Tue, 14 Jan 2025 10:00:00 GMT"


def test_what_has_changed_is_sent_again(site: WebSite) -> None:
    url = site.put("/feed", validated(Reply(body=b"words"), etag='"8"'))
    assert fetcher().fetch(url, etag='"7"') == Fetched(url=url, content=b"words", etag='"8"')


def test_marks_of_a_version_that_cannot_be_sent_are_not_kept(site: WebSite) -> None:
    """HTTP has them in ASCII; some servers do not keep to it."""
    url = site.put("/feed", Reply(body=b"words", headers={"ETag": '"caf\xe9"', "Last-Modified": "12 M\xe4rz 2025"}))
    unmarked = Fetched(url=url, content=b"words")
    assert [fetcher().fetch(url), fetcher().fetch(url, etag='"caf\xe9"', last_modified="12 M\xe4rz 2025")] == [unmarked, unmarked]
