"""Forms of one address, and addresses that only look like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.addresses import canonical_url, same_page

STORY = "https://example.com/news/bridge-reopens-in-june"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/news/bridge-reopens-in-june/",
        "https://example.com:443/news/bridge-reopens-in-june",
        "https://example.com/news/bridge-reopens-in-june#comments",
        "https://example.com/news/bridge-reopens-in-june?utm_source=rss&utm_medium=feed",
        "https://example.com/news/bridge-reopens-in-june?fbclid=IwAR1&mc_cid=1&mc_eid=2&gclid=3",
        "https://example.com/news/bridge-reopens-in-june?at_medium=RSS&at_campaign=KARANGA&ns_mchannel=rss",
        "https://example.com/news/bridge-reopens-in-june?CMP=share_btn_tw&smid=tw-share&ref_src=twsrc%5Etfw",
        "https://example.com/news/bridge-reopens-in-june?_hsenc=p2&_hsmi=8&hsa_acc=1&mtm_campaign=x&pk_source=y",
        "https://example.com/news/bridge-reopens-in-june?guccounter=1&guce_referrer=aHR0&srsltid=AfmB&usqp=mq331AQ",
        "https://example.com/news/bridge-reopens-in-june/amp",
        "https://example.com/news/bridge-reopens-in-june/amp/",
        "https://example.com/amp/news/bridge-reopens-in-june",
        "https://example.com/news/bridge-reopens-in-june.amp",
        "https://example.com/news/bridge-reopens-in-june?amp=1",
        "https://example.com/news/bridge-reopens-in-june?amp",
        "https://example.com/news/bridge-reopens-in-june?outputType=amp",
        "https://amp.example.com/news/bridge-reopens-in-june",
        "https://m.example.com/news/bridge-reopens-in-june",
        "https://mobile.example.com/news/bridge-reopens-in-june",
        "https://M.Example.COM./news/bridge-reopens-in-june",
        "https://www.google.com/amp/s/example.com/news/bridge-reopens-in-june",
        "https://google.co.uk/amp/s/amp.example.com/news/bridge-reopens-in-june/amp/?utm_source=x",
        "https://example-com.cdn.ampproject.org/c/s/example.com/news/bridge-reopens-in-june",
        "https://example-com.cdn.ampproject.org/v/s/example.com/news/bridge-reopens-in-june/amp/?amp_js_v=0.1&usqp=mq331AQ",
        "https://www.google.com/amp/s/example-com.cdn.ampproject.org/c/s/example.com/news/bridge-reopens-in-june",
        "https://example.com/news/bridge-reopens-in-june;jsessionid=1A2B3C",
        "https://example.com/news/bridge-reopens-in-june?PHPSESSID=abc",
        "https://example.com/news/bridge-reopens-in-june?jsessionid=1234567890abcdef1234",
        "https://example.com/news/bridge%2Dreopens%2din-june",
        "https://example.com/n%65ws/bridge-reopens-in-june?&&",
    ],
)
def test_every_form_of_an_address_is_that_address(url: str) -> None:
    assert canonical_url(url) == STORY


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://example.com/a?id=5&utm_source=x", "https://example.com/a?id=5"),
        ("https://example.com/?p=5", "https://example.com/?p=5"),
        ("https://example.com/a?sid=5", "https://example.com/a?sid=5"),  # the number of a story
        ("https://example.com/a?session_id=12", "https://example.com/a?session_id=12"),
        ("https://example.com/products/amp", "https://example.com/products/amp"),
        ("https://example.com/amp", "https://example.com/amp"),
        ("https://example.com/ampere-wins", "https://example.com/ampere-wins"),
        ("https://example.com/a?amp=5", "https://example.com/a?amp=5"),
        ("https://example.com/#!/story/5", "https://example.com/#!/story/5"),
        ("https://example.com/#/story/5", "https://example.com/#/story/5"),
        ("https://m.com/a", "https://m.com/a"),
        ("https://m.co.uk/a", "https://m.co.uk/a"),
        ("https://m.bbc.co.uk/a", "https://bbc.co.uk/a"),
        ("https://en.m.wikinews.org/wiki/A", "https://en.wikinews.org/wiki/A"),
        ("https://ampere.example.com/a", "https://ampere.example.com/a"),
        ("https://www.google.com/amp/about", "https://www.google.com/amp/about"),
        ("https://www.google.com/search?q=amp", "https://www.google.com/search?q=amp"),
        ("http://127.0.0.1:8000/a", "http://127.0.0.1:8000/a"),
        ("https://müller.example/grüße", "https://xn--mller-kva.example/gr%C3%BC%C3%9Fe"),
        ("https://xn--mller-kva.example/gr%c3%bc%c3%9fe", "https://xn--mller-kva.example/gr%C3%BC%C3%9Fe"),
        ("https://example.com/100%", "https://example.com/100%"),
        ("https://example.com/a%2Fb", "https://example.com/a%2Fb"),  # another path than a/b
        ("https://example.com/Story", "https://example.com/Story"),
        ("https://example.com/a?q=A%26B", "https://example.com/a?q=A%26B"),
    ],
)
def test_what_tells_two_articles_apart_stays(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize("inner", ["example.com:port/a-b", "exa mple.com/a-b"])
def test_a_copy_of_what_is_no_address_is_refused(inner: str) -> None:
    with pytest.raises(ValueError, match=r"[Pp]ort|address"):
        canonical_url(f"https://www.google.com/amp/s/{inner}")


@pytest.mark.parametrize("part", ["a.", "/amp", "%41", "&amp=1", "-", ".amp", "é"])
def test_an_endless_address_takes_no_endless_time(part: str) -> None:
    """A slip here would take hours, not seconds."""
    assert canonical_url(f"https://www.google.com/amp/s/{part * 100_000}").startswith("https://")
    assert canonical_url(f"https://example.com/{part * 100_000}?{part * 100_000}").startswith("https://")


@given(
    host=st.sampled_from(["example.com", "www.example.com", "m.example.co.uk", "amp.example.com", "müller.example"]),
    path=st.lists(st.sampled_from(["amp", "a-b", "news", "é", "%2F", "%41", ".amp", "a.amp.html", ""]), max_size=5),
    query=st.lists(st.sampled_from(["amp=1", "id=5", "utm_x=1", "%61=b", "sid=0123456789abcdef", "q=é"]), max_size=4),
)
def test_the_canonical_form_of_any_form_is_its_own(host: str, path: list[str], query: list[str]) -> None:
    canonical = canonical_url(f"https://{host}/{'/'.join(path)}?{'&'.join(query)}")
    assert canonical_url(canonical) == canonical
    assert ("id=5" in canonical) == ("id=5" in query)


@given(
    name=st.sampled_from(["id", "p", "page", "story", "article", "sid", "nid", "ref", "src", "cid", "v", "s"]),
    one=st.integers(0, 10**9),
    other=st.integers(0, 10**9),
)
def test_two_numbers_in_a_query_are_two_articles(name: str, one: int, other: int) -> None:
    addresses = [canonical_url(f"https://example.com/view?{name}={number}&utm_source=x") for number in (one, other)]
    assert (addresses[0] == addresses[1]) == (one == other)


@pytest.mark.parametrize(
    ("address", "others"),
    [
        ("https://example.com/a", {"http://example.com/a", "https://www.example.com/a", "http://www.example.com/a"}),
        ("http://www.example.com/a?id=5", {"https://www.example.com/a?id=5", "https://example.com/a?id=5", "http://example.com/a?id=5"}),
        ("https://example.com:8443/a", set()),
        ("http://127.0.0.1/a", set()),
        ("http://localhost/a", set()),
        ("file:///a.txt", set()),
    ],
)
def test_scheme_and_www_do_not_make_another_page(address: str, others: set[str]) -> None:
    assert set(same_page(address)) == {address, *others}
    for other in others:
        assert set(same_page(other)) == {address, *others}
