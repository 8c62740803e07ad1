"""Messages to the bot: questions and commands."""

import asyncio
from collections.abc import Callable, Sequence

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.ext import ContextTypes

from bot import keyboards, markup, messages, render
from bot.clock import Clock
from bot.contexts import CONTEXT_TIME
from bot.handlers.addressing import Command, Heard, Wordless, Words, understand
from bot.handlers.administration import Administration
from bot.handlers.consulting import consult
from bot.handlers.once import Once
from bot.handlers.questions import Questions
from bot.handlers.replies import Occasion, Replies
from bot.sending import Sender
from bot.state import ANSWER_DAYS, State
from bot.worker import Worker
from corpus.catalog import SourceSummary

NEW = "new"


class Commands:
    """The commands that are not questions. `examples` and `sources` block; the former may use the models."""

    def __init__(
        self,
        *,
        examples: Callable[[], Sequence[str]],
        sources: Callable[[], Sequence[SourceSummary]],
        worker: Worker,
        state: State,
        sender: Sender,
        replies: Replies,
    ) -> None:
        self._examples = examples
        self._sources = sources
        self._worker = worker
        self._state = state
        self._sender = sender
        self._replies = replies

    async def run(self, name: str, occasion: Occasion) -> None:
        """Reply to the command `name`; an unknown one gets a line that says so."""
        match name:
            case "start" if occasion.chat_kind == ChatType.PRIVATE:
                await self._welcome(occasion)
            case "start" | "help":
                await self._replies.say(occasion, render.help_text(private=occasion.chat_kind == ChatType.PRIVATE))
            case "sources":
                await self._replies.say(occasion, render.sources(await asyncio.to_thread(self._sources)))
            case "about":
                await self._replies.say(occasion, markup.plain(messages.ABOUT))
            case "privacy":
                await self._replies.say(occasion, markup.plain(messages.privacy(ANSWER_DAYS, CONTEXT_TIME)))
            case _:
                await self._replies.say(occasion, markup.plain(messages.UNKNOWN_COMMAND))

    async def _welcome(self, occasion: Occasion) -> None:
        found = await consult(self._worker, self._examples, self._sender, occasion.place)
        offered = await asyncio.to_thread(self._state.offer, [] if isinstance(found, str) else found)  # none while there is no time
        await self._replies.say(occasion, render.welcome(with_examples=bool(offered)), keyboards.examples(offered))


class Conversation:
    """Hears messages, and sees that those addressed to the bot get one reply each."""

    def __init__(
        self,
        *,
        replies: Replies,
        questions: Questions,
        commands: Commands,
        administration: Administration,
        clock: Clock,
    ) -> None:
        self._replies = replies
        self._questions = questions
        self._commands = commands
        self._administration = administration
        self._albums = Once(clock)

    async def hear(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply to a message where it is addressed to the bot; stay silent otherwise."""
        message = update.message
        heard = understand(message, context.bot.bot) if message else None
        if message is not None and heard is not None and await self._replies.admit(update, message):
            await self._reply(Occasion.of(update, message), message, heard)

    async def _reply(self, occasion: Occasion, message: Message, heard: Heard) -> None:
        if heard == Command(NEW):
            await self._questions.forget(occasion)
            await self._replies.say(occasion, markup.plain(messages.FORGOTTEN))
        elif isinstance(heard, Command) and self._administration.is_for(heard.name, occasion):
            await self._administration.run(heard.name, occasion)
        elif isinstance(heard, Command):
            await self._commands.run(heard.name, occasion)
        elif await self._replies.is_stale(occasion, message):
            return
        elif isinstance(heard, Wordless):
            if self._albums.first((message.chat.id, message.media_group_id or message.message_id)):
                await self._replies.say(occasion, markup.plain(messages.WORDS_ONLY))
        elif heard == Words(""):
            await self._replies.say(occasion, markup.plain(messages.EMPTY_QUESTION))
        else:
            await self._questions.answer(occasion, heard.text)
