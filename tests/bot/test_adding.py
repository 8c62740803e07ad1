"""Administrators add and remove articles in their private chats."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import messages
from bot.adding_cards import LISTED
from bot.handlers.access import Access
from bot.jobs.table import JobState, Progress
from corpus.article import Article, Published
from corpus.errors import DatabaseUnusable
from corpus.loading import Skipped
from tests.bot.calls import sent, texts
from tests.bot.fake_backend import POST, STAR
from tests.bot.fake_feeds import FINE
from tests.bot.harness import Bench, bench
from tests.bot.objects import GROUP, PRIVATE, Json, message, press
from tests.recording import Refusal, Unanswered

ADMINS = Access(admins=frozenset({7}))
STRANGER = {"id": 8, "type": "private", "first_name": "Eve"}
EVE = {"id": 8, "is_bot": False, "first_name": "Eve"}
STAR_URL, POST_URL = "https://star.example/visit", "https://post.example/talks"
FILES: dict[str, Article | Skipped] = {
    STAR_URL: STAR,
    POST_URL: POST,
    "https://gone.example/": Skipped("https://gone.example/", "It is <gone>."),
}
CARD = (
    f'<b>Added</b>: <a href="{STAR_URL}">Netanyahu to Visit the White House</a>\nThe Star · 29 January 2025 · 1 passage\n'
    "<blockquote>The first visit is set.</blockquote>"
)
FORWARDED: dict[str, Any] = {"forward_origin": {"type": "user", "date": 0, "sender_user": EVE}}


def undo(job: int) -> Json:
    return {"inline_keyboard": [[{"text": "Undo", "callback_data": f"undo:{job}"}]]}


def document(**about: object) -> Json:
    return {"file_id": "f", "file_unique_id": "u", "file_name": "storm.txt", "file_size": 100, **about}


BEHIND = ((0, "tg://user?id=7"), (5, STAR_URL))
"""A person and an address behind the words of a message."""


def link(text: str, url: str, **more: Any) -> Json:
    offset = len(text[: text.index(url)].encode("utf-16-le")) // 2
    return message(text, entities=[{"type": "url", "offset": offset, "length": len(url)}], **more)


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench(tmp_path, access=ADMINS) as running:
        running.library.files = FILES
        yield running


async def reported(bot: Bench, times: int = 1) -> tuple[str, object]:
    """Return the text and the buttons of the last edit, which is the given one."""
    async with asyncio.timeout(120):
        await bot.network.until("editMessageText", times)
    parameters = bot.network.named("editMessageText")[-1][1]
    return parameters["text"], parameters.get("reply_markup")


async def sent_report(bot: Bench, times: int) -> Json:
    """Return the parameters of the last message, which is the given one."""
    async with asyncio.timeout(120):
        await bot.network.until("sendMessage", times)
    return bot.network.named("sendMessage")[-1][1]


async def test_one_article_becomes_a_card_with_an_undo_button(bot: Bench) -> None:
    assert await bot.feed(message=message(f"/add {STAR_URL}")) == [sent(messages.ADDING)]
    assert await reported(bot) == (CARD, undo(1))
    assert bot.library.kept == {STAR.id: STAR}


async def test_undo_takes_back_what_was_added_and_a_second_time_changes_nothing(bot: Bench) -> None:
    await bot.feed(message=message(f"/add {STAR_URL}"))
    await reported(bot)
    for times in (2, 3):
        await bot.feed(callback_query=press("undo:1"))
        assert await reported(bot, times) == ("Taken back: 1 article removed.", None)
    assert bot.library.kept == {}


async def test_the_report_tells_why_something_was_not_taken_back_and_lets_it_be_tried_again(bot: Bench) -> None:
    await bot.feed(message=message(f"/add {STAR_URL}"))
    await reported(bot)
    bot.library.broken = "The disk is full."
    await bot.feed(callback_query=press("undo:1"))
    text, keyboard = await reported(bot, 2)
    assert (text.startswith("The disk is full.\n1 added."), keyboard) == (True, undo(1))


async def test_undo_works_after_a_restart_and_never_takes_what_came_later(bot: Bench, tmp_path: Path) -> None:
    await bot.feed(message=message(f"/add {STAR_URL}"))
    await reported(bot)
    async with bench(tmp_path, access=ADMINS, first_update=900) as restarted:
        restarted.library.kept[STAR.id] = STAR
        await restarted.feed(callback_query=press("undo:1"))
        await reported(restarted)
        assert restarted.library.kept == {}
        restarted.library.kept[STAR.id] = STAR  # somebody added it again
        await restarted.feed(callback_query=press("undo:1"))
        await reported(restarted, 2)
        assert restarted.library.kept == {STAR.id: STAR}


async def test_what_was_there_before_is_not_undone(bot: Bench) -> None:
    bot.library.kept[STAR.id] = STAR
    await bot.feed(message=message(f"/add {STAR_URL}"))
    text, keyboard = await reported(bot)
    assert (text.startswith("<b>Unchanged</b>"), keyboard) == (True, None)


async def test_several_sources_become_a_list_with_reasons(bot: Bench) -> None:
    await bot.feed(message=message(f"/add https://gone.example/ {STAR_URL} {POST_URL}"))
    assert await reported(bot) == (
        "2 added, 1 skipped.\n"
        f'• <a href="{STAR_URL}">Netanyahu to Visit the White House</a>: 1 passage\n'
        "• Talks [bold]Delayed[/bold]: 1 passage\n"
        "• https://gone.example/: It is &lt;gone&gt;.",
        undo(1),
    )


async def test_a_list_may_have_commas(bot: Bench) -> None:
    await bot.feed(message=message(f"/add {STAR_URL}, {POST_URL},"))
    assert (await reported(bot))[0].startswith("2 added.")
    await bot.feed(message=message(f"/remove {STAR.id}, {POST.id}"))
    assert (await reported(bot, 2))[0] == "2 articles removed."


async def test_a_long_list_is_cut(bot: Bench) -> None:
    await bot.feed(message=message("/add " + " ".join(f"https://a.example/{'x' * 50}{number}" for number in range(30))))
    text, _ = await reported(bot)
    assert (text.count("\n• "), text.endswith(f"… and {30 - LISTED} more.")) == (LISTED, True)


async def test_the_message_follows_a_long_job(bot: Bench) -> None:
    job = bot.jobs.submit("add", {})
    bot.jobs.take({"add"})
    await bot.feed(message=message(f"/add {STAR_URL}"))
    assert bot.network.named("editMessageText") == []
    bot.jobs.end(job, JobState.DONE)
    await reported(bot)


async def test_the_card_of_an_article_tells_how_it_was_changed(bot: Bench) -> None:
    changed = replace(STAR, updated=Published.parse("2025-02-05"), note="Correction: It is <4> February.")
    bot.library.files = {STAR_URL: changed}
    await bot.feed(message=message(f"/add {STAR_URL}"))
    text, _ = await reported(bot)
    assert text == f"{CARD}\n<i>Updated 5 February 2025</i>\n<i>Correction: It is &lt;4&gt; February.</i>"


async def test_an_address_may_be_written_without_its_scheme(bot: Bench) -> None:
    bare = STAR_URL.removeprefix("https://")
    written: Json = message(f"/add {bare}")
    written["entities"].append({"type": "url", "offset": len("/add "), "length": len(bare)})
    await bot.feed(message=written)
    assert await reported(bot) == (CARD, undo(1))


@pytest.mark.parametrize("written", ["/add", "/add bridge", f"/add {STAR_URL} bridge", "/add " + "https://a.example/{} " * 51])
async def test_what_names_no_addresses_is_told_how(bot: Bench, written: str) -> None:
    written = written.format(*range(51))
    assert texts(await bot.feed(message=message(written))) == [messages.HOW_TO_ADD.format(most=50)]
    assert bot.jobs.find(1) is None


async def test_a_document_is_downloaded_added_and_deleted(bot: Bench, tmp_path: Path) -> None:
    bot.network.file = b"A storm over Skelmouth\n\nThe storm took the roof of the town hall on Friday night."
    await bot.feed(message=message(document=document()))
    text, keyboard = await reported(bot)
    assert (text.startswith("<b>Added</b>: A storm over Skelmouth\n1 passage\n"), keyboard) == (True, undo(1))
    assert [article.file for article in bot.library.kept.values()] == ["storm.txt"]
    assert [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()] == []


async def test_a_list_of_feeds_may_be_sent_too(bot: Bench) -> None:
    bot.network.file = b"<opml><body></body></opml>"
    await bot.feed(message=message(document=document(file_name="feeds.opml", mime_type="text/xml")))
    await reported(bot)
    job = bot.jobs.find(1)
    assert job
    assert [Path(source).name for source in job.arguments["sources"]] == ["feeds.opml"]


async def test_undo_unfollows_the_feed_that_was_added(bot: Bench) -> None:
    bot.library.files = {**bot.library.files, FINE.address: STAR}
    bot.library.feeding.followed.append(FINE)
    await bot.feed(message=message(f"/add {FINE.address}"))
    await reported(bot)
    await bot.feed(callback_query=press("undo:1"))
    await reported(bot, 2)
    assert ("unfollow", 1) in bot.library.feeding.changes


async def test_feeds_that_are_followed_are_named_and_can_be_taken_back_even_without_articles(bot: Bench) -> None:
    address = "https://quiet.example/feed"
    bot.library.files = {address: Skipped(address, "It did not answer.")}
    bot.library.feeding.followed += [replace(FINE, title="A <quiet> feed", came_from=address), FINE]
    await bot.feed(message=message(f"/add {address}"))
    text, keyboard = await reported(bot)
    assert (text.split("\n")[-1], keyboard) == ("Followed from now on: A &lt;quiet&gt; feed", undo(1))


async def test_the_same_document_again_is_the_same_article(bot: Bench) -> None:
    bot.network.file = b"A storm over Skelmouth\n\nThe storm took the roof of the town hall on Friday night."
    await bot.feed(message=message(document=document(), caption="look", **FORWARDED))
    await reported(bot)
    await bot.feed(message=message(document=document()))
    assert (await reported(bot, 2))[0].startswith("<b>Unchanged</b>")


@pytest.mark.parametrize(
    "name", ["../../storm.txt", "..\\storm.txt", "/etc/storm.txt", "\x00storm\n.txt", "x" * 300 + ".txt", "🙂" * 90 + ".txt", None]
)
async def test_a_hostile_name_stays_in_the_folder(bot: Bench, tmp_path: Path, name: str | None) -> None:
    bot.network.file = b"A storm over Skelmouth\n\nThe storm took the roof of the town hall on Friday night."
    await bot.feed(message=message(document=document(file_name=name, mime_type="text/plain")))
    assert (await reported(bot))[0].startswith("<b>Added</b>")
    job = bot.jobs.find(1)
    assert job
    (source,) = job.arguments["sources"]
    assert (Path(source).parents[1], len(Path(source).name.encode()) <= 255) == (tmp_path / "uploads", True)


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ({"file_name": "film.mp4"}, messages.UNSUPPORTED_FILE),
        ({"file_name": "film"}, messages.UNSUPPORTED_FILE),
        ({"file_size": 20_000_001}, messages.FILE_TOO_BIG),
    ],
)
async def test_a_document_that_cannot_be_taken_is_not_downloaded(bot: Bench, about: Json, sentence: str) -> None:
    assert await bot.feed(message=message(document=document(**about))) == [sent(sentence)]


@pytest.mark.parametrize("failure", [Refusal(400, "Bad Request: file is too big"), Unanswered])
async def test_a_document_that_telegram_does_not_give_is_told(bot: Bench, failure: Refusal | type[Unanswered]) -> None:
    bot.network.fail("getFile", failure)
    assert texts(await bot.feed(message=message(document=document()))) == [messages.NOT_DOWNLOADED]


@pytest.mark.parametrize(
    "content",
    [
        link(f"Look: {STAR_URL}", STAR_URL, **FORWARDED),
        link(f"“Talks at last!” ({STAR_URL})", STAR_URL, **FORWARDED),
        link(f"🙂 All of it is at {STAR_URL}.", STAR_URL, **FORWARDED),
        message(f"Look: {STAR_URL}.", **FORWARDED),
        link(STAR_URL, STAR_URL),
        link(f"👉 {STAR_URL}!", STAR_URL),
        message("Look here", entities=[{"type": "text_link", "offset": 5, "length": 4, "url": STAR_URL}], **FORWARDED),
        message("Ada: here", entities=[{"type": "text_link", "offset": at, "length": 3, "url": url} for at, url in BEHIND], **FORWARDED),
    ],
)
async def test_a_link_is_offered_and_added_with_a_tap(bot: Bench, content: Json) -> None:
    [(_, offer)] = await bot.feed(message=content)
    assert offer["text"] == f"{messages.OFFER}\n\n{STAR_URL}"
    [[button]] = offer["reply_markup"]["inline_keyboard"]
    assert bot.library.kept == {}
    await bot.feed(callback_query=press(button["callback_data"]))
    assert await reported(bot) == (CARD, undo(1))


@pytest.mark.parametrize("between", ["\n", " ", ", "])
async def test_several_links_are_offered_together(bot: Bench, between: str) -> None:
    text = between.join([STAR_URL, POST_URL])
    entities = [{"type": "url", "offset": text.index(url), "length": len(url)} for url in (STAR_URL, POST_URL)]
    [(_, offer)] = await bot.feed(message=message(text, entities=entities))
    assert offer["text"] == f"{messages.OFFER}\n\n{STAR_URL}\n{POST_URL}"


async def test_a_question_with_a_link_in_it_is_a_question(bot: Bench) -> None:
    await bot.feed(message=link(f"what does {STAR_URL} say?", STAR_URL))
    assert len(bot.oracle.questions) == 1


async def test_articles_are_removed_by_their_ids(bot: Bench) -> None:
    bot.library.kept[STAR.id] = STAR
    assert await bot.feed(message=message(f"/remove {STAR.id} nonsense")) == [sent(messages.REMOVING)]
    assert await reported(bot) == ("1 article removed. No article has the id nonsense.", None)
    assert bot.library.kept == {}
    assert texts(await bot.feed(message=message("/remove"))) == [messages.HOW_TO_REMOVE]


@pytest.mark.parametrize(
    "content", [message(f"/add {STAR_URL}", chat=STRANGER, sender=EVE), message("/remove x", chat=STRANGER, sender=EVE)]
)
async def test_others_are_told_who_can(bot: Bench, content: Json) -> None:
    assert await bot.feed(message=content) == [sent(messages.ADMINS_ONLY, chat_id=8)]
    assert await bot.feed(message=message(document=document(), chat=STRANGER, sender=EVE)) == [sent(messages.ADMINS_ONLY, chat_id=8)]
    assert bot.jobs.find(1) is None


async def test_others_cannot_undo(bot: Bench) -> None:
    await bot.feed(message=message(f"/add {STAR_URL}"))
    await reported(bot)
    [(name, parameters)] = await bot.feed(callback_query=press("undo:1", sender=EVE, chat=STRANGER))
    assert (name, parameters["text"], list(bot.library.kept)) == ("answerCallbackQuery", messages.ADMINS_ONLY, [STAR.id])


async def test_groups_hear_nothing_of_it(bot: Bench) -> None:
    assert await bot.feed(message=message(f"/add {STAR_URL}", chat=GROUP)) == []
    assert await bot.feed(message=message(document=document(), chat=GROUP)) == []


@pytest.mark.parametrize(("data", "sentence"), [("undo:99", messages.JOB_EXPIRED), ("add:99", messages.OFFER_EXPIRED)])
async def test_a_button_of_a_job_that_is_gone_says_so(bot: Bench, data: str, sentence: str) -> None:
    [(_, parameters)] = await bot.feed(callback_query=press(data))
    assert parameters["text"] == sentence


async def test_a_report_that_a_restart_interrupted_is_shown_after_it(tmp_path: Path) -> None:
    async with bench(tmp_path, access=ADMINS) as bot:
        bot.library.files = FILES
        bot.jobs.submit("add", {"sources": [STAR_URL], "chat_id": PRIVATE["id"], "message_id": 1001})
        told = bot.jobs.submit("add", {"sources": [STAR_URL], "chat_id": 7, "message_id": 900, "told": True})
        bot.jobs.end(told, JobState.DONE)
        await bot.resume()
        assert await reported(bot) == (CARD, undo(1))
        assert [parameters["message_id"] for _, parameters in bot.network.named("editMessageText")] == [1001]


async def test_what_a_restart_left_to_be_removed_is_told_after_it(tmp_path: Path) -> None:
    async with bench(tmp_path, access=ADMINS) as bot:
        bot.library.kept = {POST.id: POST}
        job = bot.jobs.submit("remove", {"ids": [STAR.id, POST.id], "chat_id": PRIVATE["id"], "message_id": 1001})
        bot.jobs.note(job, Progress(), ["removed"])
        await bot.resume()
        assert await reported(bot) == ("2 articles removed.", None)
        assert bot.library.kept == {}


async def test_what_cannot_be_removed_is_told_with_the_reason(bot: Bench) -> None:
    bot.library.broken = "The disk is full."
    await bot.feed(message=message(f"/remove {STAR.id}"))
    assert await reported(bot) == ("The disk is full. 0 articles removed.", None)


@pytest.mark.parametrize("failure", [Unanswered, Refusal(500, "Internal Server Error")])
async def test_where_the_first_message_is_not_known_to_have_arrived_the_report_is_one_of_its_own(
    bot: Bench, tmp_path: Path, failure: Refusal | type[Unanswered]
) -> None:
    bot.network.file = b"A storm over Skelmouth\n\nThe storm took the roof of the town hall on Friday night."
    bot.network.fail("sendMessage", failure)
    assert texts(await bot.feed(message=message(document=document()))) == [messages.ADDING]
    assert (await sent_report(bot, 2))["text"].startswith("<b>Added</b>: A storm over Skelmouth\n1 passage\n")
    assert [path for path in (tmp_path / "uploads").rglob("*") if path.is_file()] == []


async def test_a_job_whose_first_message_a_kill_prevented_is_reported_after_the_restart(tmp_path: Path) -> None:
    async with bench(tmp_path, access=ADMINS) as bot:
        bot.library.files = FILES
        bot.jobs.submit("add", {"sources": [STAR_URL], "chat_id": PRIVATE["id"]})
        await bot.resume()
        report = await sent_report(bot, 1)
        assert (report["chat_id"], report["text"], report["reply_markup"]) == (7, CARD, undo(1))


async def test_a_report_that_could_not_be_shown_is_shown_after_a_restart_and_then_no_more(tmp_path: Path) -> None:
    async with bench(tmp_path, access=ADMINS) as bot:
        bot.library.files = FILES
        bot.network.fail("editMessageText", Refusal(403, "Forbidden: bot was blocked by the user"))
        await bot.feed(message=message(f"/add {STAR_URL}"))
        await reported(bot)
    for reports in (1, 0):
        async with bench(tmp_path, access=ADMINS) as restarted:
            restarted.library.kept[STAR.id] = STAR
            before = asyncio.all_tasks()
            await restarted.resume()
            await asyncio.gather(*(asyncio.all_tasks() - before))
            assert [parameters["text"] for _, parameters in restarted.network.named("editMessageText")] == [CARD] * reports


async def test_a_job_that_failed_says_why(bot: Bench) -> None:
    def fail() -> None:
        raise DatabaseUnusable("The disk is full.")

    bot.library.meanwhile = fail
    await bot.feed(message=message(f"/add {STAR_URL}"))
    assert await reported(bot) == ("The disk is full.\nNothing was found there.", None)
