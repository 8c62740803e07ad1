"""What is read of feeds, sound and broken, friendly and hostile."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Published
from corpus.errors import UnreadableSource
from corpus.feed import Entry, Feed
from corpus.feeds import MOST_ENTRIES, feeds_named_in, is_feed, read_feed
from tests.fake_web import item, rss

ADDRESS = "https://post.example/feed.xml"
NOON = Published.parse("2025-03-12T12:00+00:00")


def read(content: str | bytes, *, charset: str = "") -> Feed:
    return read_feed(content.encode() if isinstance(content, str) else content, url=ADDRESS, charset=charset)


def titles(content: str | bytes) -> list[str]:
    return [entry.title for entry in read(content).entries]


def links(content: str | bytes) -> list[str]:
    return [entry.url for entry in read(content).entries]


def only(content: str | bytes) -> Entry:
    (entry,) = read(content).entries
    return entry


# Kinds of feeds

ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><link href="https://post.example/"/>
<entry><id>tag:post.example,2025:1</id><title type="html">A &lt;i&gt;bridge&lt;/i&gt; opens</title><link href="/1"/>
<published>2025-03-12T12:00:00Z</published><updated>2025-03-13T09:00:00Z</updated><author><name>Jane Doe</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>It <b>opens</b>.</p></div></content></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>Harbour Post</title><link>https://post.example/</link></channel><item rdf:about="https://post.example/1">
<title>A bridge opens</title><link>https://post.example/1</link><description>It opens.</description><dc:date>2025-03-12T12:00:00Z</dc:date>
<dc:creator>Jane Doe</dc:creator></item></rdf:RDF>"""
OLD = """<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">
<rss version="0.91"><channel><title>Harbour Post</title><link>https://post.example/</link><item><title>A bridge opens</title>
<link>https://post.example/1</link><description>It opens.</description></item></channel></rss>"""
JSON_ITEM = {
    "id": 1,
    "url": "/1",
    "title": "A bridge opens",
    "content_text": "It opens.\n\nOn <b>.",
    "date_published": "2025-03-12T12:00:00Z",
    "authors": [{"name": "Jane Doe"}],
}
JSON = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour Post", "home_page_url": "https://post.example/", "items": [JSON_ITEM]}
)


@pytest.mark.parametrize("content", [ATOM, RDF, OLD, JSON, rss(item(1, title="A bridge opens"))])
def test_every_kind_of_feed_gives_its_name_and_its_entries(content: str) -> None:
    feed = read(content)
    assert (feed.title, [(entry.title, entry.url) for entry in feed.entries]) == (
        "Harbour Post",
        [("A bridge opens", "https://post.example/1")],
    )
    assert is_feed(content.encode())


def test_an_atom_entry_is_read_whole() -> None:
    assert only(ATOM) == Entry(
        id="tag:post.example,2025:1",
        url="https://post.example/1",
        title="A bridge opens",
        author="Jane Doe",
        published=NOON,
        updated="2025-03-13T09:00:00Z",
        content="<p>It <b>opens</b>.</p>",
        is_whole=True,
    )


def test_a_json_item_is_read_whole() -> None:
    assert only(JSON) == Entry(
        id="1",
        url="https://post.example/1",
        title="A bridge opens",
        author="Jane Doe",
        published=NOON,
        content="<p>It opens.</p><p>On &lt;b&gt;.</p>",
        is_whole=True,
    )


def test_an_rdf_item_is_read_whole() -> None:
    entry = only(RDF)
    assert (entry.author, entry.published, entry.content, entry.is_whole) == ("Jane Doe", NOON, "It opens.", False)


# Fields


@pytest.mark.parametrize(
    ("fields", "url"),
    [
        ({"link": "/2025/a"}, "https://post.example/2025/a"),
        ({"guid": "https://post.example/2025/a"}, "https://post.example/2025/a"),
        ({"guid": "story-17"}, ""),
        ({"link": "javascript:alert(1)"}, ""),
        ({"link": "http://[broken"}, ""),
        ({"link": "https://post.example/news/a b.html"}, "https://post.example/news/a%20b.html"),
        ({"link": "https://post.example:99999/a"}, ""),
        ({"link": "file:///etc/passwd"}, ""),
    ],
)
def test_the_page_is_the_link_or_else_a_permanent_id(fields: dict[str, str], url: str) -> None:
    assert only(rss({"title": "A", "description": "words", "guid": "x", **fields})).url == url


def test_an_id_that_is_said_to_be_no_link_is_none() -> None:
    content = rss({"title": "A", "description": "words"}).replace(
        "</item>", '<guid isPermaLink="false">https://post.example/1</guid></item>'
    )
    assert (only(content).url, only(content).id) == ("", "https://post.example/1")


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("Wed, 12 Mar 2025 13:00:00 +0100", "2025-03-12T13:00+01:00"),
        ("12 Mar 25 12:00 GMT", "2025-03-12T12:00+00:00"),
        ("2025-03-12T12:00:00Z", "2025-03-12T12:00+00:00"),
        ("2025-03-12", "2025-03-12"),
        ("Wed, 12 Mar 2025 00:00:00 -0500", "2025-03-12"),
        ("March 12, 2025", "2025-03-12"),
        ("Mer, 12 Mar 2025 12:00:00 GMT", "2025-03-12T12:00+00:00"),
        ("Wed, 12 Mar 2025 24:61:00 GMT", "2025-03-12"),
        ("Wed, 12 Mar 2025 10:12:00 PM GMT", "2025-03-12T22:12+00:00"),
        ("Mar 12, 2025 10:12 PM", "2025-03-12T22:12+00:00"),
        ("March 12, 2025 12:05 a.m. EST", "2025-03-12T00:05-05:00"),
        ("Wed, 12 Mar 2025 12:00:00 CET", "2025-03-12T12:00+01:00"),
        ("Wed, 09 Jul 2025 12:00:00 BST", "2025-07-09T12:00+01:00"),
        ("Wed, 12 Mar 2025 12:00:00 IST", "2025-03-12T12:00+05:30"),
        ("Wed, 12 Mar 2025 12:00:00 +05:30", "2025-03-12T12:00+05:30"),
        ("Wed, 12 Mar 2025 00:00:00 CET", "2025-03-12"),
        ("Wed, 12 Mar 2025 12:00:00 QQQ", "2025-03-12T12:00+00:00"),
        ("Wed, 12 Mar 2025 12:00:00", "2025-03-12T12:00+00:00"),
        ("10:12 PM, some day", None),
        ("1741780800", None),
        ("--12", None),
        ("yesterday", None),
        ("0000-00-00T00:00:00Z", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Wed, 31 Dec 1969 19:00:00 -0500", None),
        ("1970-01-01T00:00:00Z", None),
        ("Mon, 01 Jan 0001 00:00:00 GMT", None),
        ("Mon, 01 Jan 0001 00:00:00", None),
        ("Thu, 01 Jan 1970 09:30:00 GMT", "1970-01-01T09:30+00:00"),
        ("9" * 500, None),
    ],
)
def test_dates_are_read_in_many_forms_and_never_guessed(written: str, published: str | None) -> None:
    entry = only(rss(item(1, pubDate=written)))
    assert (entry.published.isoformat() if entry.published else None) == published


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("jane@post.example (Jane Doe)", "Jane Doe"),
        ("Jane Doe <jane@post.example>", "Jane Doe"),
        ("jane@post.example", ""),
        ("Jane Doe", "Jane Doe"),
    ],
)
def test_an_author_is_a_name_and_no_mail_address(written: str, author: str) -> None:
    assert only(rss(item(1, author=written))).author == author


def test_a_title_is_plain_text_however_it_was_escaped() -> None:
    written = ["AT&amp;T's <b>bridge</b>", "5 < 6", "Fish &amp; chips", "Caf&eacute;"]
    assert titles(rss(*(item(number, title=title) for number, title in enumerate(written)))) == [
        "AT&T's bridge",
        "5 < 6",
        "Fish & chips",
        "Café",
    ]


def test_the_pause_that_a_feed_asks_for_is_known() -> None:
    pauses = [read(rss(item(1), more=f"<ttl>{ttl}</ttl>")).pause for ttl in ("60", "soon", "-5", "9" * 30)]
    assert pauses == [timedelta(hours=1), None, None, None]


@pytest.mark.parametrize(
    ("more", "pause"),
    [
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>", timedelta(hours=1)),
        ("<sy:updatePeriod>\n\tdaily\t</sy:updatePeriod><sy:updateFrequency> 4 </sy:updateFrequency>", timedelta(hours=6)),
        ("<sy:updatePeriod>weekly</sy:updatePeriod>", timedelta(days=7)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", timedelta(hours=1)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><ttl>90</ttl>", timedelta(minutes=90)),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
        ("<sy:updateFrequency>2</sy:updateFrequency>", None),
    ],
)
def test_a_feed_may_ask_by_how_often_it_is_updated(more: str, pause: timedelta | None) -> None:
    namespace = '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
    assert read(rss(item(1), more=more).replace('<rss version="2.0"', namespace)).pause == pause


def test_the_same_entry_twice_is_one() -> None:
    assert titles(rss(item(1), item(2), item(1, title="Again"))) == ["Story 1", "Story 2"]


def test_a_page_that_many_entries_share_is_none_of_theirs() -> None:
    entries = [{"title": f"Note {number}", "guid": f"note-{number}", "link": "/", "description": "words"} for number in range(3)]
    assert [(entry.title, entry.url) for entry in read(rss(*entries, item(4))).entries] == [
        ("Note 0", ""),
        ("Note 1", ""),
        ("Note 2", ""),
        ("Story 4", "https://post.example/4"),
    ]
    assert [(entry.title, entry.url) for entry in read(rss(*entries[:2])).entries] == [("Note 0", "https://post.example/")]


def test_an_entry_whose_link_only_differs_in_trackers_is_the_same() -> None:
    first, second = (only(rss(item(1, link=f"https://post.example/1?utm_source={name}"))) for name in ("a", "b"))
    assert first.key == second.key


def test_an_entry_without_a_page_and_without_words_is_none() -> None:
    assert titles(rss({"title": "A"}, {"guid": "x"}, item(1))) == ["Story 1"]


def test_a_date_of_change_that_all_entries_share_is_the_feeds_own() -> None:
    entry = "<entry><id>{0}</id><link href='/{0}'/><title>T</title><updated>{1}</updated></entry>"
    same = "".join(entry.format(number, "2025-03-12T12:00:00Z") for number in range(2))
    other = "".join(entry.format(number, f"2025-03-1{number}T12:00:00Z") for number in range(2))
    feed = '<feed xmlns="http://www.w3.org/2005/Atom">{}</feed>'
    assert {entry.updated for entry in read(feed.format(same)).entries} == {""}
    assert {entry.updated for entry in read(feed.format(other)).entries} == {"2025-03-10T12:00:00Z", "2025-03-11T12:00:00Z"}


def test_the_digest_changes_with_the_words_and_the_key_does_not() -> None:
    before, after = only(rss(item(1, guid="a"))), only(rss(item(1, guid="b", title="New")))
    assert (before.key == after.key, before.digest == after.digest) == (True, False)


# Broken feeds


def test_a_feed_that_breaks_off_gives_the_entries_before() -> None:
    whole = rss(item(1), item(2), item(3))
    assert titles(whole[: whole.index("This is story 3") + 20]) == ["Story 1", "Story 2"]


@pytest.mark.parametrize("charset", ["latin-1", "cp1252", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["utf-8", "iso-8859-1", "ascii", "nonsense"])
def test_a_wrong_charset_does_no_harm(charset: str, declared: str) -> None:
    content = rss(item(1, title="Café Zoë")).replace('encoding="utf-8"', f'encoding="{declared}"')
    assert titles(content.encode(charset)) == ["Café Zoë"]


def test_the_servers_charset_counts_where_the_feed_says_nothing() -> None:
    content = rss(item(1, title="Мост открыт")).replace(' encoding="utf-8"', "")
    assert [entry.title for entry in read(content.encode("koi8-r"), charset="koi8-r").entries] == ["Мост открыт"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<!doctype html><html><body><p>Not found</p></body></html>", "is a web page"),
        ("<HTML><rss>", "is a web page"),
        ("", "is empty"),
        (" \n", "is empty"),
        ("Just words.", "is no feed by its content"),
        ('{"items": []}', "is no feed by its content"),
        (b"%PDF-1.7", "is no feed by its content"),
        (b"\x00\x01\x02" * 100, "is no feed by its content"),
    ],
)
def test_what_is_no_feed_is_refused_in_a_sentence(content: str | bytes, kind: str) -> None:
    with pytest.raises(UnreadableSource, match=f"^{ADDRESS} {kind}, where a feed was expected\\.$"):
        read(content)
    assert not is_feed(content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"version": "https://jsonfeed.org/version/1", "items": [', "is not valid JSON"),
        ('{"version": "https://jsonfeed.org/version/1"}', "has no list of items"),
        ('{"version": "https://jsonfeed.org/version/1", "items": ' + "[" * 100_000, "is not valid JSON"),
    ],
)
def test_a_broken_json_feed_is_refused_in_a_sentence(content: str, why: str) -> None:
    with pytest.raises(UnreadableSource, match=why):
        read(content)


BAD = "<gml:pos>nowhere</gml:pos>"  # of a namespace that is never declared: feedparser takes it for a place that has begun before


@pytest.mark.parametrize(
    "content",
    [
        rss(item(1), item(2), item(3)).replace("<title>Story 2</title>", f"<title>Story 2</title>{BAD}"),
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title>'
        + "".join(
            f'<entry><id>{number}</id><title>Story {number}</title><link href="https://post.example/{number}"/>{more}</entry>'
            for number, more in ((1, ""), (2, BAD), (3, ""))
        )
        + "</feed>",
    ],
)
def test_an_entry_that_trips_the_parser_does_not_stop_the_others(content: str) -> None:
    assert titles(content) == ["Story 1", "Story 3"]
    assert (read(content).title, links(content)) == ("Harbour Post", ["https://post.example/1", "https://post.example/3"])


def test_a_feed_that_trips_the_parser_outside_of_its_entries_is_refused_in_a_sentence() -> None:
    with pytest.raises(UnreadableSource, match=f"^{ADDRESS} could not be read, for a reason that nobody foresaw; it has been logged.$"):
        read(rss(item(1), more=BAD))


def test_a_feed_without_entries_is_one() -> None:
    assert (read(rss()).entries, read("<rss/>").title) == ((), "")


def test_what_a_broken_server_writes_before_a_feed_is_passed_over() -> None:
    assert titles(f"\n<br />\n<b>Warning</b>: mysql in line 3<br />\n{rss(item(1))}") == ["Story 1"]


def test_characters_that_xml_forbids_are_left_out() -> None:
    assert titles(rss(item(1, title="A\x0b bridge\x01"))) == ["A bridge"]


@pytest.mark.parametrize("reference", ["&#55357;", "&#xD83D;", "&#x1f", "&#0;", "&#1114112;", "&#x110000;", f"&#{'9' * 5000};"])
def test_references_to_characters_that_there_are_not_are_left_out(reference: str) -> None:
    assert titles(rss(item(1, title="A café&REF; bridge")).replace("&amp;REF;", reference)) == ["A café bridge"]


def test_other_references_stay() -> None:
    assert titles(rss(item(1, title="A caf&REF; bridge")).replace("&amp;REF;", "&#233;&#x1F600;&#38;")) == ["A café😀& bridge"]


# Hostile feeds

BOMB = "".join(f'<!ENTITY l{depth} "{f"&l{depth - 1};" * 10}">' for depth in range(1, 12))


@pytest.mark.parametrize(
    "entities", [f'<!ENTITY l0 "lol">{BOMB}', '<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY % x "y">', "<!ENTITY x 'a&b;'>"]
)
def test_entities_that_stand_for_one_another_or_for_files_are_refused(entities: str) -> None:
    content = f"<?xml version='1.0'?><!DOCTYPE rss [{entities}]>{rss(item(1, title='&l11;&x;')).partition('?>')[2]}"
    with pytest.raises(UnreadableSource, match="declares XML entities that stand for one another or for files, as attacks do"):
        read(content)


def test_entities_for_single_characters_do_no_harm() -> None:
    content = f'<!DOCTYPE rss [<!ENTITY nbsp "&#160;">]>{rss(item(1)).partition("?>")[2].replace("Story 1", "A&nbsp;bridge")}'
    assert titles(content) == ["A bridge"]


def test_declarations_below_the_root_are_only_text() -> None:
    content = rss(item(1)).replace("<channel>", '<!DOCTYPE rss [\n<!ENTITY a "lol">\n]><channel>').replace("Story 1", "Story &a; 1")
    assert "lol" not in repr(read(content))


def test_an_endless_number_of_entries_is_cut_between_two() -> None:
    feed = read(rss(*(item(1, link=f"/{number}", title=str(number)) for number in range(MOST_ENTRIES + 100))))
    assert (len(feed.entries), feed.entries[-1].title) == (MOST_ENTRIES, str(MOST_ENTRIES - 1))


def test_endless_items_of_a_json_feed_are_cut() -> None:
    items = [{"id": number, "url": f"/{number}"} for number in range(MOST_ENTRIES + 100)]
    assert len(read(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})).entries) == MOST_ENTRIES


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<rss>" + "<a>" * 300_000, "has 300,001 tags, more than the 200,000"),
        ("<rss>" + "a" * 10_000_000, "has 10.0 MB, more than the 10 MB"),
    ],
)
def test_what_is_too_big_is_refused_in_a_sentence(content: str, why: str) -> None:
    with pytest.raises(UnreadableSource, match=why):
        read(content)


def test_deep_nesting_ends() -> None:
    deep = "<div>" * 20_000
    assert titles(f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><link href="/1"/><content type="xhtml">{deep}') == []
    assert titles(rss(item(1, **{"content:encoded": deep}))) == ["Story 1"]


@settings(max_examples=60)
@given(st.integers(0, 2_000), st.integers(0, 2_000), st.binary(max_size=40))
def test_a_damaged_feed_gives_entries_or_a_sentence(start: int, end: int, junk: bytes) -> None:
    content = rss(item(1), item(2)).encode()
    damaged = content[:start] + junk + content[end:]
    try:
        feed = read(damaged)
    except UnreadableSource as error:
        said = str(error)
    else:
        said = f"{ADDRESS} has {len(feed.entries)} entries"
    assert said.startswith(ADDRESS)


# Which feeds a page names


def test_the_feeds_that_a_page_names_are_found() -> None:
    page = """<head><link rel="alternate" type="application/rss+xml" href="/rss.xml">
    <link href=feed.json type=application/feed+json rel='alternate home'>
    <link rel="alternate" type="text/html" href="/de"> <link rel="stylesheet" type="application/rss+xml" href="/x">
    <link rel=alternate type=application/atom+xml> <link rel="alternate" type="application/atom+xml" href="ftp://x/y"></head>"""
    assert feeds_named_in(page, url="https://post.example/news/") == ["https://post.example/rss.xml", "https://post.example/news/feed.json"]


def test_a_page_without_feeds_names_none() -> None:
    assert feeds_named_in("<html>", url="https://post.example/") == []
