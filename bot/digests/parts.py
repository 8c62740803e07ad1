"""Digests put together: their handlers, and the work that goes on beside them."""

from dataclasses import dataclass

from sqlalchemy import Engine
from telegram import Message
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from bot.clock import Clock
from bot.digests import menu as digest_menu
from bot.digests.books import Books
from bot.digests.dispatch import Dispatcher
from bot.digests.editor import Editor, Newsroom
from bot.digests.posting import Poster
from bot.digests.previews import Previewer
from bot.handlers.access import Access
from bot.handlers.digest_buttons import DigestButtons
from bot.handlers.digest_desk import DigestDesk
from bot.handlers.digests import DigestCommands, asks_for_place, asks_for_topics
from bot.handlers.replies import Replies
from bot.handlers.rights import Rights
from bot.handlers.standing import Standing
from bot.sending import Sender
from bot.serving import App
from bot.worker import Worker

BESIDE = 1
"""The handlers' group of those that go along with others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestParts:
    """What digests work with. `zone` is where the clock of a new chat is thought to stand; `editor` is for the thread of `worker`.

    `questions` is the worker that answers them: digests wait for it.
    """

    books: Books
    editor: Editor
    worker: Worker
    questions: Worker
    access: Access
    clock: Clock
    zone: str


def digest_parts(
    *, engine: Engine, newsroom: Newsroom, worker: Worker, questions: Worker, access: Access, clock: Clock, zone: str
) -> DigestParts:
    """Return the parts over a database and a newsroom."""
    return DigestParts(
        books=Books.of(engine, clock),
        editor=Editor(newsroom),
        worker=worker,
        questions=questions,
        access=access,
        clock=clock,
        zone=zone,
    )


def build_dispatcher(application: App, parts: DigestParts) -> Dispatcher:
    """Return what makes and sends the digests."""
    return Dispatcher(
        books=parts.books,
        editor=parts.editor,
        worker=parts.worker,
        poster=Poster(application.bot),
        access=parts.access,
        clock=parts.clock,
        is_asked=lambda: parts.questions.at_work or parts.questions.waiting > 0,
    )


def add_digest_handlers(application: App, parts: DigestParts, *, sender: Sender, replies: Replies) -> None:
    """Let /digest, its menu and what it asks for be heard. To be called before handlers that hear every message are added."""
    desk, rights = DigestDesk(books=parts.books, clock=parts.clock, zone=parts.zone), Rights(parts.clock)
    previewer = Previewer(books=parts.books, editor=parts.editor, worker=parts.worker, poster=Poster(application.bot), clock=parts.clock)
    commands = DigestCommands(
        desk=desk,
        access=parts.access,
        rights=rights,
        replies=replies,
        previewer=previewer,
        editor=parts.editor,
        worker=parts.worker,
    )
    buttons = DigestButtons(desk=desk, access=parts.access, rights=rights, sender=sender, replies=replies, previewer=previewer)
    standing = Standing(parts.books, parts.access)
    application.add_handler(CommandHandler("digest", commands.hear, filters=filters.UpdateType.MESSAGE))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.TEXT & ~filters.COMMAND & _AsksFor(), commands.answer))
    application.add_handler(CallbackQueryHandler(buttons.press, pattern=rf"^{digest_menu.PREFIX}:"))
    application.add_handler(ChatMemberHandler(standing.change, ChatMemberHandler.MY_CHAT_MEMBER), group=BESIDE)
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, standing.move), group=BESIDE)


class _AsksFor(filters.MessageFilter):
    """Lets replies to what the menu asked through."""

    def filter(self, message: Message) -> bool:
        asked = message.reply_to_message
        ours = asked is not None and asked.from_user is not None and asked.from_user.id == message.get_bot().id
        return asked is not None and ours and (asks_for_place(asked) or asks_for_topics(asked))
