from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import markup, messages, render
from bot.keyboards import View
from corpus.article import Published
from corpus.catalog import SourceSummary
from retrieval.answer import Answer, Citation, Evidence, Extract, Near, NoAnswer, Silence, Variant
from retrieval.dates.partial_date import PartialDate
from retrieval.question import Kind
from tests.bot.objects import ANSWER, CONTESTED, HARBOUR, LOWLAND, NOTHING, TEXT, evidence, extract, variant

HARBOUR_LINE = '<a href="https://harbour.example/1?a=1&amp;b=2">Leaders to meet</a> · Harbour Post · 29 January 2025'
LOWLAND_LINE = '<a href="https://lowland.example/2">Visit planned</a> · Lowland Courier · 29 January 2025'
QUOTE = "<blockquote expandable>The meeting is on <b>4 February</b> at the White House.</blockquote>"


def test_an_answer_comes_with_its_quote_article_and_agreement() -> None:
    assert render.card(ANSWER) == f"<b>4 February</b>\n\n{QUOTE}\n{HARBOUR_LINE}\n2 sources agree"


def test_the_other_articles_that_agree_are_linked() -> None:
    unnamed = replace(LOWLAND, source="", url=None)
    both = Variant("x", (evidence("4 February"), evidence("4 February", LOWLAND), evidence("4 February", unnamed)), 3)
    last = render.card(replace(ANSWER, variant=both)).splitlines()[-1]
    assert last == '3 sources agree (also <a href="https://lowland.example/2">Lowland Courier</a>, Visit planned)'


def test_a_copy_that_says_so_is_marked() -> None:
    copied = Variant("x", (evidence("4 February"), replace(evidence("4 February", LOWLAND), is_copy=True)), 1)
    last = render.card(replace(ANSWER, variant=copied)).splitlines()[-1]
    assert last == '1 source says so (also <a href="https://lowland.example/2">Lowland Courier</a> (copy))'


def test_disagreements_are_lines_of_their_own() -> None:
    expected = (
        f"<b>4 February</b>\n\n{QUOTE}\n{HARBOUR_LINE}\n2 sources agree\n\nOther articles say otherwise:\n• <b>February</b>: {LOWLAND_LINE}"
    )
    assert render.card(CONTESTED) == expected


TUESDAY = PartialDate(2025, 2, 4)


def dated(span: str, known: PartialDate | None) -> Answer:
    return replace(ANSWER, variant=Variant(str(known), (evidence(span),), 2, known))


@pytest.mark.parametrize(
    ("known", "today", "line"),
    [
        (TUESDAY, None, '<i>Date: <tg-time unix="1738670400">Tuesday 4 February 2025</tg-time></i>'),
        (TUESDAY, date(2025, 1, 29), '<i>Date: <tg-time unix="1738670400">Tuesday 4 February 2025</tg-time>, in 6 days</i>'),
        (TUESDAY, date(2025, 2, 5), '<i>Date: <tg-time unix="1738670400">Tuesday 4 February 2025</tg-time>, yesterday</i>'),
        (PartialDate.week_of(date(2025, 2, 4)), date(2025, 2, 5), "<i>Date: 3 to 9 February 2025</i>"),
        (PartialDate(2025, 2), date(2025, 5, 5), "<i>Date: February 2025, 3 months ago</i>"),
        (PartialDate(1587, 5, 3), None, "<i>Date: Sunday 3 May 1587</i>"),
        (PartialDate(None, 2, 4), date(2025, 2, 5), ""),
    ],
)
def test_an_answers_date_is_told_in_full_as_far_as_it_is_known(known: PartialDate, today: date | None, line: str) -> None:
    assert render.card(dated("4 February", known), today=today).splitlines()[1] == line


def test_a_year_that_the_answer_names_is_not_told_again() -> None:
    text = "It was in 1968."
    answer = replace(ANSWER, variant=Variant("1968", (evidence("1968", text=text, quote=text),), 1, PartialDate(1968)))
    assert render.card(answer, today=date(2025, 2, 5)).splitlines()[1] == ""


def test_a_differing_date_is_told_in_full() -> None:
    differing = replace(variant("February", LOWLAND), date=PartialDate(2025, 2))
    assert f"\n• <b>February</b> (February 2025): {LOWLAND_LINE}" in render.card(replace(ANSWER, disagreements=(differing,)))


def test_without_dates_our_markup_keeps_its_words() -> None:
    html = render.card(dated("4 February", TUESDAY), today=date(2025, 1, 29))
    assert "tg-time" not in markup.without_dates(html)
    assert markup.visible(markup.without_dates(html)) == markup.visible(html)


def test_the_passage_takes_the_place_of_the_quote() -> None:
    passage = TEXT.replace("4 February", "<b>4 February</b>")
    expected = f"<b>4 February</b>\n\n<blockquote expandable>{passage}</blockquote>\n{HARBOUR_LINE}\n2 sources agree"
    assert render.card(ANSWER, View.PASSAGE) == expected


def test_the_passage_comes_with_what_was_changed_in_its_article() -> None:
    updated, note = Published.parse("2025-02-05T10:12Z"), "Correction: It is <b>the</b> 4th.\nEditor’s note: " + "word " * 100
    changed = replace(HARBOUR, updated=updated, note=note)
    answer = replace(ANSWER, variant=variant("4 February", changed, sources=2))
    _, _, below = render.card(answer, View.PASSAGE).partition("</blockquote>\n")
    lines = below.split("\n")
    assert lines[1:3] == ["<i>Updated 5 February 2025, 10:12 UTC</i>", "<i>Correction: It is &lt;b&gt;the&lt;/b&gt; 4th.</i>"]
    assert (len(lines), lines[3].endswith("word…</i>")) == (5, True)
    assert render.card(answer) == render.card(ANSWER)


def test_a_sentence_is_not_quoted_again() -> None:
    sentence = "Talks go on."
    answer = Answer("why?", Kind.WHY, Variant(sentence, (evidence(sentence, quote=sentence),), 1), 0.9)
    assert render.card(answer) == f"<b>{sentence}</b>\n\n{HARBOUR_LINE}\n1 source says so"


def test_a_sentence_is_marked_in_its_quote_where_that_is_longer() -> None:
    answer = Answer("why?", Kind.WHY, Variant("", (evidence("Talks go on.", quote=TEXT),), 1), 0.9)
    quote = TEXT.replace("Talks go on.", "<b>Talks go on.</b>")
    assert render.card(answer) == f"<blockquote expandable>{quote}</blockquote>\n{HARBOUR_LINE}\n1 source says so"


def test_the_items_of_a_list_stand_above_the_quotes_that_have_them() -> None:
    house = evidence("White House")
    other = evidence("Talks", LOWLAND, quote="Talks go on.")
    bullets = "• <b>4 February</b>\n• <b>White House</b>\n• <b>Talks</b>"
    both = "<blockquote>The meeting is on <b>4 February</b> at the <b>White House</b>.</blockquote>"
    expected = f"{bullets}\n\n{both}\n{HARBOUR_LINE}\n\n<blockquote><b>Talks</b> go on.</blockquote>\n{LOWLAND_LINE}"
    assert render.card(replace(ANSWER, items=(evidence("4 February"), house, other))) == expected


def test_of_spans_that_overlap_in_a_quote_the_first_is_marked() -> None:
    items = (evidence("4 February at"), evidence("February at the White"))
    assert "The meeting is on <b>4 February at</b> the White House." in render.card(replace(ANSWER, items=items))


def test_a_summary_is_its_sentences_with_their_articles() -> None:
    items = (
        evidence("Talks go on.", quote="Talks go on."),
        evidence("Both sides confirmed it.", LOWLAND, quote="Both sides confirmed it."),
    )
    first = f"<blockquote>Talks go on.</blockquote>\n{HARBOUR_LINE}"
    second = f"<blockquote>Both sides confirmed it.</blockquote>\n{LOWLAND_LINE}"
    assert render.card(replace(ANSWER, kind=Kind.SUMMARY, items=items)) == f"{first}\n\n{second}"


def test_a_long_list_stays_a_message() -> None:
    text = "x < y & " * 200
    items = tuple(evidence("x < y", replace(HARBOUR, id=str(number)), text, quote=text) for number in range(12))
    shown = render.card(replace(ANSWER, items=items))
    assert markup.units(markup.visible(shown)) <= markup.LIMIT
    assert shown.count("<blockquote>") == shown.count("</blockquote>") >= 3


def test_other_answers_are_quoted_with_their_articles() -> None:
    first = f"<blockquote>The meeting is on 4 <b>February</b> at the White House.</blockquote>\n{LOWLAND_LINE}"
    second = f"<blockquote>The meeting is on 4 February at the <b>White House</b>.</blockquote>\n{HARBOUR_LINE}"
    assert render.card(CONTESTED, View.OTHERS) == f"<b>Other answers</b>\n\n{first}\n\n{second}"


def test_no_other_answers_are_said_to_be_none() -> None:
    assert render.card(ANSWER, View.OTHERS) == messages.NO_OTHERS


def test_no_answer_shows_the_closest_passages() -> None:
    expected = f"That is not in my articles.\n\nThe closest I found:\n\n<blockquote>Talks go on.</blockquote>\n{LOWLAND_LINE}"
    assert render.card(NOTHING) == expected


@pytest.mark.parametrize("result", [ANSWER, CONTESTED, NOTHING])
def test_what_was_searched_for_comes_last(result: Answer | NoAnswer) -> None:
    shown = render.card(replace(result, searched_for="<b>bridge meeting"))
    assert shown == f"{render.card(result)}\n\n<i>Searched for “&lt;b&gt;bridge meeting”</i>"


def test_the_part_of_a_question_that_is_not_answered_is_named() -> None:
    shown = render.card(replace(CONTESTED, unanswered=("where is <b>it?",), searched_for="when"))
    assert shown == f"{render.card(CONTESTED)}\n\nNot in my articles: “where is &lt;b&gt;it?”\n\n<i>Searched for “when”</i>"


def test_a_long_question_leaves_room_for_the_answer() -> None:
    wide = replace(ANSWER, searched_for="🙂 " * 500)
    assert markup.units(markup.visible(render.card(wide, View.PASSAGE))) <= markup.LIMIT


@pytest.mark.parametrize("silence", Silence)
def test_every_silence_has_its_sentence(silence: Silence) -> None:
    assert render.card(NoAnswer("?", Kind.WHAT, silence)) == messages.SILENCES[silence]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"url": None}, "Leaders to meet · Harbour Post · 29 January 2025"),
        ({"url": None, "source": ""}, "Leaders to meet · one.md · 29 January 2025"),
        ({"url": None, "source": "", "file": None, "published": None}, "Leaders to meet"),
        ({"url": "https://h.example/", "source": "", "published": None}, '<a href="https://h.example/">Leaders to meet</a>'),
        ({"url": "https://h.example/" + "x" * 2000, "published": None}, "Leaders to meet · Harbour Post"),
        ({"url": None, "published": Published.parse("2025")}, "Leaders to meet · Harbour Post · 2025"),
        ({"url": None, "published": Published.parse("2025-01")}, "Leaders to meet · Harbour Post · January 2025"),
        ({"url": None, "published": Published.parse("2025-01-29T09:05Z")}, "Leaders to meet · Harbour Post · 29 January 2025, 09:05 UTC"),
        (
            {"url": None, "published": Published.parse("2025-01-29T09:05-03:30")},
            "Leaders to meet · Harbour Post · 29 January 2025, 09:05 UTC-3:30",
        ),
        ({"url": None, "title": "<b>&", "source": '"<i>'}, '&lt;b&gt;&amp; · "&lt;i&gt; · 29 January 2025'),
        (
            {"url": 'https://h.example/"><b>', "published": None, "source": ""},
            '<a href="https://h.example/&quot;&gt;&lt;b&gt;">Leaders to meet</a>',
        ),
    ],
)
def test_an_article_is_named_by_what_is_known(changes: dict[str, str | None], line: str) -> None:
    result = NoAnswer("?", Kind.WHAT, Silence.NOT_FOUND, (Near(replace(HARBOUR, **changes), extract(TEXT, "Talks go on.")),))  # type: ignore[arg-type]
    assert render.card(result).splitlines()[-1] == line


class Seen(HTMLParser):
    """What Telegram makes of HTML: the visible text, the bold parts, the number of entities; unbalanced tags are noted."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.entities, self.balanced = "", 0, True
        self.bold: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.balanced &= not self._open

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self._open.append(tag)
        self.entities += 1
        if tag == "b":
            self.bold.append("")

    def handle_endtag(self, tag: str) -> None:
        self.balanced &= bool(self._open) and self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "b" in self._open:
            self.bold[-1] += data


hostile = st.text(st.sampled_from("ab <>&\"'\n🙂é\u200d;#x"), min_size=1, max_size=40).filter(str.strip)
lengths = st.sampled_from([1, 1, 50, 1000])


PUBLISHED = Published.parse("2025-01-29T10:00Z")


@st.composite
def an_evidence(draw: st.DrawFn) -> Evidence:
    """Evidence whose every text may be hostile and up to some 20,000 characters long."""
    before, span, after = (draw(hostile) * draw(lengths) for _ in range(3))
    text = before + span + after
    quote_start, quote_end = draw(st.integers(0, len(before))), draw(st.integers(len(before) + len(span), len(text)))
    title, source = draw(hostile) * draw(lengths), draw(hostile) * draw(lengths)
    url = draw(st.sampled_from([None, "https://x.example/"])) and f"https://x.example/{draw(hostile)}"
    return Evidence(
        Citation("a", title, source, url, PUBLISHED, draw(hostile), PUBLISHED, f"{title}\n{source}\n{draw(hostile)}\n{text}"),
        Extract(len(before), len(before) + len(span), span),
        Extract(quote_start, quote_end, text[quote_start:quote_end]),
        Extract(0, len(text), text),
        0.9,
    )


dates = st.none() | st.dates().map(PartialDate.on) | st.dates().map(lambda day: PartialDate(day.year, day.month))
variants = st.builds(lambda shown, known: Variant("v", (shown,), 1, known), an_evidence(), dates)
answers = st.builds(
    Answer,
    st.just("?"),
    st.sampled_from(Kind),
    variants,
    st.just(0.9),
    st.lists(variants, max_size=8).map(tuple),
    st.lists(variants, max_size=8).map(tuple),
)


@settings(max_examples=60)
@given(answers, st.sampled_from(View))
def test_every_card_is_well_formed_and_fits_into_a_message(answer: Answer, view: View) -> None:
    html = render.card(answer, view, today=date(2025, 2, 1))
    seen = Seen(html)
    assert seen.balanced
    assert seen.text == markup.visible(html)
    assert (markup.units(seen.text) <= 4096, seen.entities <= 100) == (True, True)


@settings(max_examples=60)
@given(answers, st.sampled_from([View.QUOTE, View.PASSAGE]))
def test_what_is_bold_is_in_the_article_word_for_word(answer: Answer, view: View) -> None:
    span = answer.variant.best.span.text
    bold = Seen(render.card(answer, view)).bold
    headline = bold[0]
    assert headline == span if markup.units(span) <= render.ANSWER_LIMIT else span.startswith(headline.removesuffix("…"))


@settings(max_examples=60)
@given(st.lists(st.builds(SourceSummary, hostile, st.integers(1, 10**6), st.just(Published.parse("2025-01-29"))), max_size=200))
def test_any_number_of_sources_fits_into_a_message(summaries: list[SourceSummary]) -> None:
    seen = Seen(render.sources(summaries))
    assert (seen.balanced, markup.units(seen.text) <= 4096) == (True, True)


def test_the_span_stays_whole_in_a_shortened_quote() -> None:
    text = "before " * 3000 + "THE ANSWER" + " after" * 3000
    answer = Answer("?", Kind.WHAT, Variant("", (evidence("THE ANSWER", text=text, quote=text),), 1), 0.9)
    quote = render.card(answer).partition("expandable>")[2].partition("</blockquote>")[0]
    assert quote.startswith("…before before")
    assert quote.endswith("after after…")
    assert "before <b>THE ANSWER</b> after" in quote
    assert 1150 <= markup.units(markup.visible(quote)) <= 1200


def test_many_disagreements_are_cut_to_the_first_few() -> None:
    answer = replace(ANSWER, disagreements=(variant("February", LOWLAND),) * 20)
    assert render.card(answer).count("•") == render.DISAGREEMENTS_SHOWN


def test_sources_are_listed_with_their_total() -> None:
    summaries = [SourceSummary("Harbour <Post>", 12, Published.parse("2025-01-29")), SourceSummary("", 1, None)]
    expected = "<b>Sources</b>: 13 articles\n\n• Harbour &lt;Post&gt;: 12 articles, newest 29 January 2025\n• Source unknown: 1 article"
    assert render.sources(summaries) == expected


def test_sources_beyond_a_message_are_counted() -> None:
    shown = render.sources([SourceSummary("x" * 80, 1, None)] * 100)
    assert shown.splitlines()[-1] == f"… and {100 - shown.count('•')} more."


def test_no_sources_are_said_to_be_none() -> None:
    assert render.sources([]) == messages.NO_SOURCES


@pytest.mark.parametrize("private", [True, False])
def test_help_names_every_command(private: bool) -> None:
    shown = render.help_text(private=private)
    assert [name for name in messages.COMMANDS if f"/{name} – " not in shown] == []
