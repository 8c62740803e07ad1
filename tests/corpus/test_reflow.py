from corpus.reflow import Flow, Line, reflow


def page(*lines: str, x: float = 70, top: float = 760, size: float = 10, leading: float = 12) -> list[Line]:
    """Return `lines` below one another; an empty one leaves a gap, one that begins with a tab is indented."""
    return [
        Line(line.lstrip("\t"), x + 15 * line.startswith("\t"), top - number * leading, size) for number, line in enumerate(lines) if line
    ]


FULL = "The council met on Monday and spoke about the old bridge for five"
OTHER = "hours, and after that about the ferry, which is as old as it, and"


def test_lines_of_one_paragraph_are_one_line() -> None:
    assert reflow([page(FULL, OTHER, "the station.")]).paragraphs == (f"{FULL} {OTHER} the station.",)


def test_a_gap_ends_a_paragraph() -> None:
    assert reflow([page(FULL, "hours.", "", FULL, "weeks.")]).paragraphs == (f"{FULL} hours.", f"{FULL} weeks.")


def test_an_indent_begins_a_paragraph_where_a_sentence_ended() -> None:
    lines = (f"\t{FULL}", OTHER, "it was late. The mayor, who had been there all day long, went home.", f"\t{FULL}", "weeks.")
    assert reflow([page(*lines)]).paragraphs == (f"{FULL} {OTHER} {lines[2]}", f"{FULL} weeks.")


def test_a_short_line_that_ends_a_sentence_ends_a_paragraph() -> None:
    assert reflow([page(FULL, "hours.", FULL, OTHER, "weeks.")]).paragraphs == (f"{FULL} hours.", f"{FULL} {OTHER} weeks.")


def test_a_paragraph_goes_on_over_columns_and_pages() -> None:
    right = page("five hours. Then she went home.", x=320)
    assert reflow([[*page(FULL, OTHER, "spoke for", top=100), *right], page("Nobody knows", "why.", top=700)]).paragraphs == (
        f"{FULL} {OTHER} spoke for five hours. Then she went home.",
        "Nobody knows why.",
    )


def test_lines_that_had_room_for_more_stand_alone() -> None:
    lines = ("By Jane Doe", "January 29, 2025", "Photographs by John Roe", FULL, "hours.")
    assert reflow([page(*lines)]).paragraphs == (*lines[:3], f"{FULL} hours.")


def test_a_narrow_column_beside_wide_text_is_no_list_of_lines() -> None:
    wide = page(FULL, OTHER, FULL, OTHER, FULL, OTHER, FULL, "weeks.")
    narrow = page(
        "The Harbour Post is",
        "read in Skelmouth",
        "and in Lower Fenwick and",
        "Upper Fenwick, and",
        "In Old Town, and",
        "Nowhere else.",
        x=420,
    )
    assert reflow([[*wide, *narrow]]).paragraphs[1:] == (
        "The Harbour Post is read in Skelmouth and in Lower Fenwick and Upper Fenwick, and In Old Town, and Nowhere else.",
    )


def test_items_of_a_list_stand_apart_and_so_does_what_follows() -> None:
    bullet = [Line("• First the parapets are", 70, 700, 10), Line("taken down.", 80, 688, 10)]
    after = [Line("• Then the arches are rebuilt", 70, 676, 10), Line("with care", 80, 664, 10), Line("The rest is easy.", 70, 652, 10)]
    assert reflow([[*bullet, *after]]).paragraphs == (
        "• First the parapets are taken down.",
        "• Then the arches are rebuilt with care",
        "The rest is easy.",
    )


def test_pieces_of_a_line_are_joined() -> None:
    assert reflow([[Line("The price is", 70, 700, 10), Line("4 dollars.", 150, 700.5, 10)]]).paragraphs == ("The price is 4 dollars.",)


def cut(left: str, right: str, *others: str) -> str:
    """Return the paragraph of a line that ends with `left` and one that begins with `right`; `others` stand elsewhere."""
    return (
        reflow([page(f"They said {left}", f"{right} again", "", *others)]).paragraphs[0].removeprefix("They said ").removesuffix(" again")
    )


def test_a_word_that_was_cut_is_whole_again() -> None:
    assert cut("infor-", "mation") == "information"


def test_a_soft_hyphen_is_always_one() -> None:
    assert cut("well\u00ad", "being") == "wellbeing"


def test_a_hyphen_that_stands_in_the_word_elsewhere_stays() -> None:
    assert cut("news-", "paper", "Every news-paper wrote it.") == "news-paper"
    assert cut("well-", "being", "His wellbeing is known.") == "wellbeing"


def test_a_hyphen_after_what_is_a_word_of_its_own_stays() -> None:
    assert [cut("well-", "known"), cut("Anglo-", "Irish"), cut("COVID-", "19"), cut("half-", "hour")] == [
        "well-known",
        "Anglo-Irish",
        "COVID-19",
        "half-hour",
    ]


def test_capitals_are_cut_like_other_words() -> None:
    assert cut("INFOR-", "MATION") == "INFORMATION"


def test_a_dash_or_slash_at_a_lines_end_glues() -> None:
    assert [cut("either/", "or"), cut("late\u2014", "too late"), cut("2024-", "25")] == ["either/or", "late\u2014too late", "2024-25"]


def test_ligatures_are_letters() -> None:
    assert reflow([page("The ﬁrst oﬃcial ﬂed.")]).paragraphs == ("The first official fled.",)


def test_running_heads_and_page_numbers_are_not_in_the_text() -> None:
    pages = [
        [
            Line("Harbour Post Quarterly", 70, 810, 8),
            Line(f"Spring {2020 + number}", 400, 810, 8),
            *page(f"{FULL} {number} hours."),
            Line(f"Page {number} of 4", 280, 30, 8),
        ]
        for number in range(1, 5)
    ]
    assert reflow(pages).paragraphs == tuple(f"{FULL} {number} hours." for number in range(1, 5))


def test_what_a_browser_prints_around_a_page_is_not_in_the_text() -> None:
    printed = [
        [
            Line("1/29/25, 10:12 AM Bridge closed - Harbour Post", 30, 820, 8),
            *page(*lines),
            Line(f"https://post.example/bridge-closed {number}/2", 30, 20, 8),
        ]
        for number, lines in ((1, (FULL, OTHER)), (2, ("the station, although it was late, and some had gone home.",)))
    ]
    assert reflow(printed).paragraphs == (f"{FULL} {OTHER} the station, although it was late, and some had gone home.",)
    assert reflow(printed[:1]).paragraphs == (f"{FULL} {OTHER}",)


def test_a_head_that_changes_with_the_chapter_is_known_by_its_number() -> None:
    pages = [
        [Line(f"Chapter {number // 2}: Bridges {number}", 70, 810, 10), *page(f"Text {number}a.", f"Text {number}b.")]
        for number in range(4, 8)
    ]
    assert [paragraph for paragraph in reflow(pages).paragraphs if "Chapter" in paragraph] == []


def test_what_stands_once_at_the_top_is_text() -> None:
    assert reflow([page("Old bridge closed.")]).paragraphs == ("Old bridge closed.",)


def test_the_largest_lines_at_the_top_are_the_title() -> None:
    title = [Line("Old bridge to close", 70, 780, 20), Line("for the summer", 70, 756, 20)]
    assert reflow([[*title, *page(FULL, "hours.", top=700)]]) == Flow("Old bridge to close for the summer", (f"{FULL} hours.",))


def test_the_title_is_kept_where_later_pages_repeat_it() -> None:
    texts = [f"The council spoke about the {what} for all of the evening." for what in ("bridge", "ferry", "station", "market")]
    pages = [[Line("Old bridge to close", 70, 780, 20), *page(texts[0], top=700)]]
    pages += [[Line("Old bridge to close", 70, 810, 8), *page(text, top=700)] for text in texts[1:]]
    assert reflow(pages) == Flow("Old bridge to close", tuple(texts))


def test_where_all_is_of_one_size_there_is_no_title() -> None:
    assert reflow([page("Old bridge to close", "", "The mayor closed it.")]).title == ""


def test_a_table_of_contents_is_no_text() -> None:
    assert reflow([page("1 Bridges . . . . . . . . . 7", "2 Ferries ................ 9", "", "The mayor closed it.")]).paragraphs == (
        "The mayor closed it.",
    )


def test_pages_without_words_hold_nothing() -> None:
    assert (reflow([]), reflow([[], [Line("  ", 0, 0, 10)], [Line("7", 300, 20, 10)]])) == (Flow("", ()), Flow("", ()))
