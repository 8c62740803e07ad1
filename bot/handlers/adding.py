"""Articles added and removed in an administrator's private chat: /add and /remove, documents, links; and the buttons under the reports."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from telegram import Bot, Document, InlineKeyboardMarkup, Message, Update
from telegram.constants import ChatType, FileSizeLimit
from telegram.error import TelegramError
from telegram.ext import ContextTypes, filters

from bot import adding_cards as cards
from bot import markup, messages
from bot.handlers.access import Access
from bot.handlers.addressing import argument_of, listed
from bot.handlers.references import is_links_alone, links_of, web_address
from bot.handlers.replies import Occasion, Replies
from bot.intake import may_be_list
from bot.jobs.duties import ADD, REMOVE, REMOVED, UNDO, UPLOAD, indexed_json
from bot.jobs.table import Job, Jobs, JobState
from bot.protocols import FeedsView
from bot.sending import Place, Sender
from corpus.article import Article
from corpus.files import is_supported

LOOK_SECONDS = 0.5
EDIT_LOOKS = 6
"""A message is edited at most every so many looks: Telegram allows some twenty edits a minute."""
MAX_SOURCES, MAX_OFFERED = 50, 3
NAME_LIMIT = 200
"""Bytes of a document's name, without its kind: file systems allow 255 in all."""
CHAT, MESSAGE, TOLD = "chat_id", "message_id", "told"
"""Arguments of a job: the chat that waits for its report, the message that will show it, and whether it does.

A job has no message where it is not known to have arrived; then the report is one of its own.
"""

logger = logging.getLogger(__name__)


class Addition(filters.MessageFilter):
    """Lets through what is about adding or removing articles, in private chats that the bot answers."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self._access = access

    def filter(self, message: Message) -> bool:
        """Return whether `message` is for `Adding`. Documents with words, and links, of others than administrators are not.

        Telegram calls an animation a document, too.
        """
        if message.animation or message.chat.type != ChatType.PRIVATE or message.via_bot or not self._access.allows(message.chat.id):
            return False
        if _command_of(message) or (message.document and not message.caption):
            return True
        return message.chat.id in self._access.admins and bool(message.document or _handed_links(message))


class Adding:
    """Adds and removes articles for administrators; others get a kind word. The work is a job, which survives a restart."""

    def __init__(
        self,
        *,
        access: Access,
        jobs: Jobs,
        article: Callable[[str], Article | None],
        feeds: FeedsView,
        uploads: Path,
        bot: Bot,
        sender: Sender,
        replies: Replies,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._access = access
        self._jobs = jobs
        self._article = article
        self._feeds = feeds
        self._uploads = uploads
        self._bot = bot
        self._sender = sender
        self._replies = replies
        self._sleep = sleep
        self._watched: dict[int, asyncio.Task[None]] = {}

    async def hear(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """Do what a message that `Addition` lets through asks for."""
        message = update.message
        if message is None or not await self._replies.admit(update, message):
            return
        occasion = Occasion.of(update, message)
        if message.chat.id not in self._access.admins:
            await self._say(occasion, messages.ADMINS_ONLY)
        elif command := _command_of(message):
            words = list(dict.fromkeys(listed(argument_of(message))))
            await (self._add(occasion, words, links_of(message)) if command == ADD else self._remove(occasion, words))
        elif message.document:
            await self._take(occasion, message.document)
        else:
            await self._offer(occasion, _handed_links(message))

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """React to a press on one of our buttons."""
        query = update.callback_query
        pressed = cards.PRESSED.match(query.data or "") if query else None
        if query is None or pressed is None or query.message is None:
            return
        job = await asyncio.to_thread(self._jobs.find, int(pressed["job"]))
        if query.from_user.id not in self._access.admins:
            await self._sender.answer_press(query.id, messages.ADMINS_ONLY, alert=True)
        elif job is None:
            expired = messages.JOB_EXPIRED if pressed["action"] == cards.UNDO else messages.OFFER_EXPIRED
            await self._sender.answer_press(query.id, expired, alert=True)
        else:
            await self._sender.answer_press(query.id)
            shown = {CHAT: query.message.chat.id, MESSAGE: query.message.message_id}
            await (self._undo if pressed["action"] == cards.UNDO else self._accept)(job, shown)

    async def resume(self) -> None:
        """Show what becomes, or has become, of the jobs that chats were waiting for when the bot ended."""
        for job in await asyncio.to_thread(self._jobs.of_kinds, [ADD, REMOVE, UNDO]):
            if CHAT in job.arguments and not job.arguments.get(TOLD) and job.state is not JobState.OFFERED:
                self._watch(job.id)

    async def _add(self, occasion: Occasion, words: Sequence[str], links: Collection[str]) -> None:
        """Add what is at the addresses that `words` are; those without a scheme are the ones that Telegram takes for `links`."""
        urls = [web_address(word) for word in words]
        if all("://" in word or url in links for word, url in zip(words, urls, strict=True)) and 0 < len(urls) <= MAX_SOURCES:
            await self._begin(occasion, ADD, {"sources": urls})
        else:
            await self._say(occasion, messages.HOW_TO_ADD.format(most=MAX_SOURCES))

    async def _take(self, occasion: Occasion, document: Document) -> None:
        """Add a document that was sent or forwarded."""
        name = _file_name(document)
        if not is_supported(Path(name)) and not may_be_list(name):
            await self._say(occasion, messages.UNSUPPORTED_FILE)
        elif (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
            await self._say(occasion, messages.FILE_TOO_BIG)
        elif (path := await self._download(document, name)) is None:
            await self._say(occasion, messages.NOT_DOWNLOADED)
        else:
            await self._begin(occasion, ADD, {"sources": [str(path)], UPLOAD: str(path)})

    async def _download(self, document: Document, name: str) -> Path | None:
        """Return where the document lies now: the same bytes at the same place; None where Telegram does not give them."""
        try:
            file = await self._bot.get_file(document.file_id)
            content = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            logger.warning("A document could not be downloaded: %s", error)
            return None
        folder = self._uploads / sha256(content).hexdigest()[:16]
        await asyncio.to_thread(_write, folder / name, content)
        return folder.absolute() / name

    async def _begin(self, occasion: Occasion, kind: str, arguments: Mapping[str, object]) -> None:
        """Put a job on the table, with one message that tells how far it is."""
        job_id = await asyncio.to_thread(self._jobs.submit, kind, {**arguments, CHAT: occasion.place.chat_id})
        message = await self._say(occasion, messages.ADDING if kind == ADD else messages.REMOVING)
        if message is not None:
            await asyncio.to_thread(self._jobs.amend, job_id, {MESSAGE: message.message_id})
        self._watch(job_id)

    async def _offer(self, occasion: Occasion, urls: Sequence[str]) -> None:
        offered = list(urls[:MAX_OFFERED])
        job_id = await asyncio.to_thread(lambda: self._jobs.submit(ADD, {"sources": offered}, state=JobState.OFFERED))
        await self._replies.say(occasion, cards.offer(offered), cards.under_offer(job_id))

    async def _accept(self, job: Job, shown: Mapping[str, int]) -> None:
        await asyncio.to_thread(self._jobs.amend, job.id, shown)
        if await asyncio.to_thread(self._jobs.accept, job.id):
            self._watch(job.id)

    async def _undo(self, job: Job, shown: Mapping[str, int]) -> None:
        """Take back what a job added; a second press finds that done, and shows the same."""
        undoing = await asyncio.to_thread(self._jobs.submit, UNDO, {"job": job.id, **shown})
        self._watch(undoing)

    async def _remove(self, occasion: Occasion, ids: Sequence[str]) -> None:
        if not ids or len(ids) > MAX_SOURCES:
            await self._say(occasion, messages.HOW_TO_REMOVE)
        else:
            await self._begin(occasion, REMOVE, {"ids": list(ids)})

    def _watch(self, job_id: int) -> None:
        if job_id not in self._watched:
            task = self._watched[job_id] = asyncio.create_task(self._show(job_id))
            task.add_done_callback(lambda _: self._watched.pop(job_id, None))

    async def _show(self, job_id: int) -> None:
        """Keep a job's message up to date until it shows the report."""
        shown, looks = "", 0
        while (job := await asyncio.to_thread(self._jobs.find, job_id)) and job.state.is_open:
            html = cards.underway(job)
            if job.kind == ADD and MESSAGE in job.arguments and html != shown and looks % EDIT_LOOKS == EDIT_LOOKS - 1:
                await self._sender.edit(job.arguments[CHAT], job.arguments[MESSAGE], html, None)
                shown = html
            looks += 1
            await self._sleep(LOOK_SECONDS)
        if job is not None:
            await self._report(job)

    async def _report(self, job: Job) -> None:
        """Show what became of a job; where that fails, it is tried again at the next start."""
        about = await asyncio.to_thread(self._jobs.find, job.arguments["job"]) if job.kind == UNDO else job
        if about is None:
            return
        html, keyboard = await asyncio.to_thread(self._told, about, job.error)
        chat_id = job.arguments[CHAT]
        if MESSAGE in job.arguments:
            is_told = await self._sender.edit(chat_id, job.arguments[MESSAGE], html, keyboard)
        else:
            is_told = await self._sender.send(Place(chat_id), html, keyboard) is not None
        if is_told:
            await asyncio.to_thread(self._jobs.amend, job.id, {TOLD: True})

    def _told(self, job: Job, error: str) -> tuple[str, InlineKeyboardMarkup | None]:
        """Return the report of a job and the buttons under it; `error` is what went wrong in the end, with the job or with its undoing."""
        if job.kind == REMOVE:
            return markup.plain(" ".join([*filter(None, [error]), self._removed(job)])), None
        results = [indexed_json.validate_json(result) for result in self._jobs.results(job.id)]
        found = {result.article_id: self._article(result.article_id) for result in results if result.article_id}
        articles = {article_id: article for article_id, article in found.items() if article}
        sources = job.arguments.get("sources", ())
        followed = [feed.name for feed in self._feeds.feeds() if feed.added >= job.created and feed.came_from in sources]
        keyboard = None if job.state is JobState.UNDONE else cards.under_report(job.id, results, followed)
        return cards.report(job, results, articles, error=error, followed=followed), keyboard

    def _removed(self, job: Job) -> str:
        """Return what became of the articles that a job was to remove."""
        results = self._jobs.results(job.id)
        unknown = [article_id for article_id, result in zip(job.arguments["ids"], results, strict=False) if result != REMOVED]
        return messages.removed(results.count(REMOVED), unknown)

    async def _say(self, occasion: Occasion, text: str) -> Message | None:
        return await self._replies.say(occasion, markup.plain(text))


def _command_of(message: Message) -> str:
    """Return "add" or "remove" where `message` is that command; an empty string otherwise."""
    first = (message.text or "").split(maxsplit=1)
    name = first[0].partition("@")[0].lower() if first else ""
    return name[1:] if name in {f"/{ADD}", f"/{REMOVE}"} else ""


def _handed_links(message: Message) -> list[str]:
    """Return the addresses in a forwarded message, or in one that consists of addresses; none otherwise."""
    return links_of(message) if message.forward_origin or is_links_alone(message) else []


def _file_name(document: Document) -> str:
    """Return the document's name, which a stranger chose, as a plain one; without a kind, that of its media type."""
    name = Path((document.file_name or "").replace("\\", "/")).name
    name = "".join(character for character in name if character.isprintable()).strip(" .")
    stem, suffix = Path(name).stem, Path(name).suffix
    short = stem.encode()[:NAME_LIMIT].decode(errors="ignore")
    return f"{short or 'document'}{suffix[:10] or _SUFFIXES.get(document.mime_type or '', '')}"


_SUFFIXES = {"text/plain": ".txt", "text/html": ".html", "text/markdown": ".md", "application/pdf": ".pdf"}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
