"""What a terminal shows: plain where nobody looks, safe whatever an article says."""

import io
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from bot.cards import added_report, article_card, articles_table, card, checks_table, detail, others, sources_report, sources_table
from bot.commands.terminal import make_console
from bot.doctor import Check, Status
from bot.printable import printable
from corpus.article import Published
from corpus.catalog import SourceSummary
from retrieval.answer import Answer, Citation, NoAnswer, Silence
from retrieval.dates.partial_date import PartialDate
from retrieval.outcome import Indexed, Outcome
from retrieval.question import Kind
from tests.bot.fake_backend import ANSWER, POST, POST_EVIDENCE, STAR, STAR_EVIDENCE, no_answer

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def plain(shown: object) -> str:
    """Return `shown` as it comes out of a pipe."""
    stream = io.StringIO()
    make_console(stream).print(shown)
    return stream.getvalue()


def coloured(shown: object, width: int = 80) -> str:
    """Return `shown` as a terminal gets it."""
    stream = io.StringIO()
    Console(file=stream, force_terminal=True, width=width, color_system="standard", markup=False, emoji=False, highlight=False).print(shown)
    return stream.getvalue()


def test_a_card_has_answer_quote_citation_agreement_and_what_else_there_is() -> None:
    assert plain(card(ANSWER)) == (
        "February 4\n"
        "\n"
        "“The meeting is on February 4 in Washington.”\n"
        "Netanyahu to Visit the White House\n"
        "The Star, 29 January 2025, https://star.example/visit\n"
        "\n"
        "2 sources agree.\n"
        "\n"
        "Other articles say otherwise:\n"
        "  1. the 16th day (Talks [bold]Delayed[/bold])\n"
        "\n"
        "Other answers:\n"
        "  2. Washington (The Star, 29 January 2025)\n"
    )


def test_a_date_is_told_in_full_and_as_other_programs_read_it() -> None:
    answer = replace(ANSWER, variant=replace(ANSWER.variant, date=PartialDate(2025, 2, 4)))
    lines = plain(card(answer, today=date(2026, 11, 22))).splitlines()
    assert lines[:2] == ["February 4", "Date: Tuesday 4 February 2025 (2025-02-04), 21 months ago"]


def test_a_date_without_a_year_is_not_told() -> None:
    answer = replace(ANSWER, variant=replace(ANSWER.variant, date=PartialDate(None, 2, 4)))
    assert plain(card(answer, today=date(2026, 11, 22))) == plain(card(ANSWER))


def test_a_differing_date_comes_with_its_normal_form() -> None:
    differing = replace(ANSWER.disagreements[0], date=PartialDate(2025, 2, 16))
    assert "  1. the 16th day = 2025-02-16 (Talks [bold]Delayed[/bold])\n" in plain(card(replace(ANSWER, disagreements=(differing,))))


def test_the_other_articles_that_agree_are_named() -> None:
    both = replace(ANSWER.variant, evidence=(STAR_EVIDENCE, POST_EVIDENCE), sources=2)
    assert "2 sources agree (also Talks [bold]Delayed[/bold])." in plain(card(replace(ANSWER, variant=both)))


def test_a_copy_that_says_so_is_marked() -> None:
    copied = replace(ANSWER.variant, evidence=(STAR_EVIDENCE, replace(POST_EVIDENCE, is_copy=True)), sources=1)
    assert "1 source says so (also Talks [bold]Delayed[/bold] (copy))." in plain(card(replace(ANSWER, variant=copied)))


@pytest.mark.parametrize("result", [ANSWER, no_answer("why?")])
def test_what_was_searched_for_comes_last(result: Answer | NoAnswer) -> None:
    shown = plain(card(replace(result, searched_for="bridge \x1b[31mmeeting")))
    assert shown == f"{plain(card(result))}\nSearched for “bridge \ufffd[31mmeeting”\n"


def test_the_part_of_a_question_that_is_not_answered_is_named() -> None:
    shown = plain(card(replace(ANSWER, unanswered=("where is the \x1b[31mmeeting?",))))
    assert shown == f"{plain(card(ANSWER))}\nNot in my articles: “where is the \ufffd[31mmeeting?”\n"


def test_a_sentence_is_shown_in_the_quote_that_it_takes_to_read_it() -> None:
    answer = replace(ANSWER, kind=Kind.WHY, disagreements=(), alternatives=())
    assert plain(card(answer)).startswith("“The meeting is on February 4 in Washington.”\n")


def test_the_items_of_a_list_stand_above_the_quotes_that_have_them() -> None:
    washington = ANSWER.alternatives[0].best
    answer = replace(ANSWER, items=(STAR_EVIDENCE, washington), disagreements=(), alternatives=())
    assert plain(card(answer)) == (
        "• February 4\n"
        "• Washington\n"
        "\n"
        "“The meeting is on February 4 in Washington.”\n"
        "Netanyahu to Visit the White House\n"
        "The Star, 29 January 2025, https://star.example/visit\n"
    )


def test_a_summary_is_its_sentences_with_their_articles() -> None:
    sentence = replace(STAR_EVIDENCE, span=STAR_EVIDENCE.quote)
    answer = replace(ANSWER, items=(sentence, replace(POST_EVIDENCE, span=POST_EVIDENCE.quote)), disagreements=(), alternatives=())
    first, second = plain(card(answer)).split("\n\n")
    assert first.startswith("“The meeting is on February 4 in Washington.”\nNetanyahu to Visit")
    assert second.startswith(f"“{printable(POST_EVIDENCE.quote.text)}”\n")


def test_the_numbers_on_a_card_are_those_of_others() -> None:
    assert [shown.span.text for shown in others(ANSWER) if hasattr(shown, "span")] == ["the 16th day", "Washington"]


def test_the_answer_is_marked_in_its_quote() -> None:
    assert "The meeting is on \x1b[1;7mFebruary 4\x1b[0m in Washington." in coloured(card(ANSWER))


def test_a_quote_that_is_the_answer_is_not_repeated() -> None:
    whole = replace(STAR_EVIDENCE, span=STAR_EVIDENCE.quote)
    shown = card(replace(ANSWER, variant=replace(ANSWER.variant, evidence=(whole,))))
    assert plain(shown).count("The meeting is on February 4") == 1


def test_an_honest_no_shows_the_closest_passages() -> None:
    assert plain(card(no_answer("why?"))) == (
        "That is not in my articles.\n"
        "\n"
        "The closest I found:\n"
        "  1. “The first visit is set.” (Netanyahu to Visit the White House, The Star, 29 January 2025)\n"
    )


def test_an_empty_corpus_says_how_to_fill_it() -> None:
    assert "quotewire add" in plain(card(replace(no_answer("why?", Silence.EMPTY_CORPUS), closest=())))


def test_a_detail_shows_the_whole_passage() -> None:
    assert STAR.text in plain(detail(STAR_EVIDENCE))


def test_an_article_and_its_passages_come_with_how_it_was_changed() -> None:
    note = "Correction: It is a \x1bTuesday.\nEditor’s note: It is."
    changed = replace(STAR, updated=Published.parse("2025-02-05T10:12Z"), place="LONDON", note=note)
    told = "Updated 5 February 2025, 10:12 UTC\nCorrection: It is a \ufffdTuesday.\nEditor’s note: It is.\n"
    citation = "Netanyahu to Visit the White House\nThe Star, 29 January 2025, https://star.example/visit\n"
    assert plain(article_card(changed)) == f"{citation}A. Writer, LONDON\n{told}\n{STAR.text}\n"
    assert plain(detail(replace(STAR_EVIDENCE, citation=Citation.of(changed)))).endswith(f"{citation}{told}")


def test_markup_in_an_article_is_shown_as_it_is_written() -> None:
    assert "Talks [bold]Delayed[/bold]" in plain(detail(POST_EVIDENCE))


def test_no_article_can_command_the_terminal() -> None:
    shown = plain(article_card(POST))
    assert ("\x1b" in shown, "\ufffd[31ma source" in shown) == (False, True)


@pytest.mark.parametrize("shown", [card(ANSWER), card(no_answer("why?")), detail(POST_EVIDENCE), sources_table([])])
def test_nothing_is_coloured_in_a_pipe(shown: object) -> None:
    assert "\x1b" not in plain(shown)


@given(st.text())
def test_printable_text_keeps_its_length_and_has_no_controls(text: str) -> None:
    safe = printable(text)
    controls = [character for character in safe if unicodedata.category(character) in {"Cc", "Cs"} and character != "\n"]
    assert (len(safe), controls) == (len(text), [])


def test_text_that_turns_the_reading_direction_is_disarmed() -> None:
    assert printable("safe\u202etxt.exe") == "safe\ufffdtxt.exe"


def test_the_marks_that_hebrew_and_arabic_are_written_with_stay() -> None:
    assert printable("\u05e9\u05dc\u05d5\u05dd\u200f! \u200eOK") == "\u05e9\u05dc\u05d5\u05dd\u200f! \u200eOK"


@given(st.text(min_size=1).filter(str.strip))
def test_any_title_can_be_shown(title: str) -> None:
    hostile = replace(STAR_EVIDENCE, citation=Citation.of(replace(STAR, title=title)))
    assert plain(detail(hostile)).count("\n") == 5


@pytest.mark.parametrize("width", [20, 40, 80])
def test_a_terminal_gets_no_line_wider_than_itself(width: int) -> None:
    stream = io.StringIO()
    Console(file=stream, force_terminal=True, width=width, color_system=None, markup=False).print(card(ANSWER))
    assert [line for line in stream.getvalue().splitlines() if len(line) > width] == []


def test_a_pipe_gets_long_lines_whole() -> None:
    long = replace(STAR, text="word " * 500)
    assert "word " * 499 in plain(article_card(long))


def test_a_table_is_ruled_on_a_terminal_only() -> None:
    listing = sources_table([SourceSummary("The Star", 2, None)])
    assert ("─" in coloured(listing), "─" in plain(listing), len(plain(listing).splitlines())) == (True, False, 2)


def test_an_unchanged_article_has_no_number_of_new_passages() -> None:
    [_, row, _] = plain(added_report([Indexed(Outcome.UNCHANGED, "a.txt", "id", "The fair")])).splitlines()
    assert row.split() == ["unchanged", "The", "fair"]


@pytest.mark.parametrize("empty", [articles_table([]), sources_table([]), sources_report([], [], NOW)])
def test_a_list_of_nothing_says_how_to_add_articles(empty: object) -> None:
    assert plain(empty) == "There are no articles yet; add some with: quotewire add FILE_OR_FOLDER\n"


def test_a_source_without_a_name_is_listed() -> None:
    assert "Source unknown" in plain(sources_table([SourceSummary("", 1, None)]))


def test_a_failed_check_says_what_to_do() -> None:
    shown = plain(checks_table([Check("disk", Status.FAILED, "full", "Make room.")]))
    assert [word for word in ("disk", "failed", "full", "Make room.") if word not in shown] == []
