import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleaning import normalise, one_line, take_apart

FURNITURE = [
    "Also Read: Gaza ceasefire faces new hurdle as Israel claims Hamas violated agreement twice",
    "Also Read: 'Israel reserves right to resume Gaza war': Netanyahu's big warning before ceasefire takes effect",
    "ALSO READ | What the deal says",
    "Read more: The bridge that never was",
    "READ MORE - The bridge that never was",
    "Related: 7 Strange Signs You're Having an Allergic Reaction",
    "Related Stories: Bridge to close",
    "▶ Watch now: The bridge falls",
    "See also: How the bridge was built?",
    "Don’t miss: our guide to bridges",
    "More: The bridge in pictures",
    "Read: Full text of the letter",
    "[Read: Why the bridge was closed]",
    "Read more about the bridge",
    "Share this article",
    "Share on Facebook",
    "Facebook | Twitter | WhatsApp | Email",
    "Facebook Twitter WhatsApp Email",
    "About Us | Contact | Privacy Policy | Terms of Use",
    "ADVERTISEMENT",
    "Advertisement - story continues below",
    "Sponsored content",
    "Sign up",
    "Log in | Subscribe",
    "Click here to read the full story",
    "12 comments",
    "Back to top",
    "5 min read",
    "Sign up for our daily newsletter and never miss a story.",
    "Subscribe to NJ.com’s newsletters.",
    "Get the latest updates right in your inbox. Subscribe to our newsletters.",
    "Receive the latest news in your inbox!",
    "Stay up to date with everything in town.",
    "Join our WhatsApp channel",
    "By signing up you agree to our Terms of Use and Privacy Policy.",
    "Follow her on Twitter @jane",
    "Want weekly tips on what to watch? Sign up for Screen Time",
    "Have a tip? Write to us at tips@example.com.",
    "Write to Jane Doe at jane@example.com",
    "Help us educate people on a daily basis about what is happening in town and why it matters.",
    "For as little as $10, you can support the Gazette, a non-profit organization that is supported by readers like you.",
    "Your donation helps to keep this paper free.",
    "Please consider making a donation today.",
    "Donate to the Gazette",
    "Donate now",
    "Become a member today",
    "The Town Gazette Staff is a team of journalists in Smallville.",
    "Jane Doe contributed to this report.",
    "(Reporting by Jane Doe; editing by John Roe)",
    "Additional reporting by Jane Doe",
    "This article was originally published by the Gazette. Read the original article.",
    "Updated at 1:23 p.m.",
    "Last updated: January 29, 2025 10:15",
    "We use cookies to improve your experience.",
    "This website uses cookies.",
    "Accept all cookies",
    "© 2025 The Gazette",
    "Copyright 2019 Hawaii News Now. All rights reserved.",
    "(c) 2025 Gazette Media",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "Photo: Jane Doe/Reuters",
    "Image credit: NASA/JPL",
    "Image credit Getty Images",
    "(Photo by Win McNamee/Getty Images)",
    "File photo",
    "Getty Images",
    "AP Photo/Evan Vucci",
    "Photograph by Jane Doe",
    "Source: News agencies",
]

ARTICLE = [
    "Read more books, the mayor said.",
    "Read more books",
    "“Read more: that is my advice,” she said.",
    "“Sign up for the newsletter,” the message read.",
    "Sign up for alerts by text message before the storm arrives, the county's daily newsletter said.",
    "Subscribe to nothing, the consumer group warned readers of its newsletter.",
    "The company lost 200,000 subscribers in the last quarter.",
    "Subscribers to the newsletter rose to two million.",
    "The donation of $10 million was the largest in the museum's history.",
    "Donations to the Red Cross rose by a tenth.",
    "Donate to the Red Cross, the mayor urged.",
    "For just $5, you can ride the new tram all day.",
    "Help us, the villagers shouted.",
    "Support for the bridge grew to 54 percent.",
    "Related costs rose by a third.",
    "Related: it is a word that the judge used twice, he said in a ruling that ran to more than three hundred pages and took the court "
    "almost a year to write, after hearings at which some forty witnesses were called and the city's former engineer broke his silence.",
    "More than 2,500 people were killed.",
    "Watch: he will be back, she said.",
    "Copyright law changes in Europe",
    "Copyright infringement cost the industry billions, the report said.",
    "The cookies were sold out by noon.",
    "We use cookies to lure the bears, the ranger said.",
    "(c) the third condition, was met in May.",
    "Photos of the bridge were taken by a drone.",
    "Picture by picture, the story emerged.",
    "The photo, published by AP, shows the bridge.",
    "The image was credited to NASA (the U.S. space agency).",
    "It was confirmed by the African National Congress (ANC)",
    "He is the author of “The Bridge” (2019)",
    "WASHINGTON (AP) — The bridge will be closed.",
    "(Reuters) - The bridge will be closed on Tuesday.",
    "Share prices fell by a tenth.",
    "Comments by the minister angered the opposition.",
    "Follow the money, the prosecutor told the jury.",
    "The staff is a team of twelve.",
    "Updated figures were published on Tuesday.",
    "Updated 3 of the 12 rules will apply from May.",
    "Advertising revenue fell in 2024.",
    "About 300 people attended.",
    "Contact with the aircraft was lost at 9:12 p.m.",
    "Privacy campaigners welcomed the ruling.",
    "“Most read,”",
    "Sources: three officials with knowledge of the talks said so.",
    "By signing up to the treaty, the countries said they would cut emissions.",
]


def clean(text: str) -> str:
    return take_apart(text).text


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_goes(line: str) -> None:
    assert clean(f"The bridge was closed.\n\n{line}\n\nIt opens in May.") == "The bridge was closed.\n\nIt opens in May."


@pytest.mark.parametrize("line", ARTICLE)
def test_what_the_article_says_stays(line: str) -> None:
    assert clean(f"The bridge was closed.\n\n{line}\n\nIt opens in May.") == f"The bridge was closed.\n\n{line}\n\nIt opens in May."


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("They will meet next week(AP)", "They will meet next week"),
        ("They will meet next week (AP)", "They will meet next week"),
        ("They will meet next week. (AP Photo/Alex Brandon, File)", "They will meet next week."),
        ("They will meet next week (Photo by Win McNamee/Getty Images)", "They will meet next week"),
        ("They will meet next week (Reuters)", "They will meet next week"),
        ("They will meet next week (Evan Vucci/AP)", "They will meet next week"),
        ("They will meet next week (Kobi Gideon/GPO)", "They will meet next week"),
        ("They will meet next week (File photo)(AFP)", "They will meet next week"),
        ("They will meet next week (in Rome)", "They will meet next week (in Rome)"),
        ("They met in the city (AP reported the meeting first)", "They met in the city (AP reported the meeting first)"),
        ("They met at the World Health Organization (WHO)", "They met at the World Health Organization (WHO)"),
        ("They will meet next week, said the agency (AP).", "They will meet next week, said the agency (AP)."),
    ],
)
def test_the_credit_of_a_caption_goes_and_its_sentence_stays(line: str, kept: str) -> None:
    assert clean(line) == kept


@pytest.mark.parametrize(
    "heading",
    [
        "Popular Articles",
        "Latest Stories",
        "Most read",
        "MOST POPULAR",
        "Receive latest news & updates",
        "You may also like",
        "More from Sport:",
    ],
)
def test_a_list_at_the_end_goes_with_its_heading(heading: str) -> None:
    text = f"The bridge was closed.\n\n{heading}\nTown Gazette\n    Mayor resigns after vote\n\nIs the war over?\n    Latest Stories"
    assert clean(text) == "The bridge was closed."


def test_an_article_goes_on_after_a_list_in_its_middle() -> None:
    text = "The bridge was closed.\nMost read in world news\nMayor resigns\nThe road was closed too.\nMore follows."
    assert clean(text) == "The bridge was closed.\nThe road was closed too.\nMore follows."


def test_a_quotation_ends_a_list() -> None:
    assert clean("It was closed.\nRelated Articles\nMayor resigns\n“It is over.”") == "It was closed.\n“It is over.”"


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("\ufeffone\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\x0cthree", "one\ntwo\nthree"),
        ("zero\u200bwidth and\u00ad soft\u200e\u202emarks\u2066", "zerowidth and softmarks"),
        ("nul\x00 and\x1b bell\x07", "nul and bell"),
        ("trailing \u00a0 \n\n\n\n  leading", "trailing\n\nleading"),
        ("“Typographic” – ‘quotes’ … and\u00a0spaces", "“Typographic” – ‘quotes’ … and\u00a0spaces"),
        ("a\tb", "a\tb"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
        ("Latin\u200d letters", "Latin letters"),
        ("lone \ud800surrogate", "lone surrogate"),
        (" \n\t\n", ""),
    ],
)
def test_invisible_characters_go_and_nothing_else_changes(text: str, normal: str) -> None:
    assert normalise(text) == normal


def test_a_title_is_one_line() -> None:
    assert one_line("  A bridge\n\u200bcloses\t ") == "A bridge closes"


LINES = st.one_of(st.sampled_from([*FURNITURE, *ARTICLE, "Popular Articles", "Most read", "", "(AP)", "Trump(AP)"]), st.text(max_size=40))
TEXTS = st.one_of(st.text(), st.lists(LINES, max_size=12).map("\n".join))


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(TEXTS)
def test_cleaning_invents_nothing(text: str) -> None:
    normal = normalise(text)
    assert [line for line in clean(text).split("\n") if line not in normal] == []
