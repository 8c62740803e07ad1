"""The commands /summary and /timeline, and the buttons under what they show."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import messages, render, summary_messages
from bot.contexts import Contexts
from bot.errors import UsageError
from bot.handlers.access import Access
from bot.handlers.addressing import understand
from bot.handlers.references import links_of
from bot.handlers.replies import Occasion, Replies
from bot.moments import moment_of
from bot.primer import primed
from bot.protocols import Summarising
from bot.sending import Place, Sender
from bot.shown import Shown, ShownSummaries
from bot.state import Kept, State
from bot.story_keyboards import StoryPress, Wish, under_stories, under_story
from bot.summaries import Found, look_up
from bot.summary_rendering import briefing_html, story_html
from bot.timeline_picture import draw_timeline
from bot.timeline_text import CAPTION_LIMIT, timeline_html
from bot.worker import Busy, Stopping, Worker
from retrieval.answer import Answer, NoAnswer
from retrieval.briefing import Briefing, StorySummary
from retrieval.timeline import Event

T = TypeVar("T")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryDesk:
    """What summaries are made and kept with. `summariser` blocks and uses the models: it is for the worker's thread."""

    summariser: Summarising
    shown: ShownSummaries
    state: State
    contexts: Contexts
    worker: Worker
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    async def consult(self, sender: Sender, place: Place, work: Callable[[], T]) -> T | str:
        """Return what `work` returns on the models' thread, or the line that says why there is no time for it."""
        try:
            async with sender.typing(place):
                return await self.worker.submit(work)
        except Busy:
            return messages.BUSY
        except Stopping:
            return messages.STOPPING


class Summaries:
    """Replies to /summary and /timeline."""

    def __init__(self, *, desk: SummaryDesk, access: Access, sender: Sender, replies: Replies) -> None:
        self._desk = desk
        self._access = access
        self._sender = sender
        self._replies = replies

    async def summary(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/summary, /summary TOPIC, /summary LINK, or as a reply to a card or to a message with a link."""
        message = await self._admitted(update, context)
        if message is None:
            return
        occasion, wanted = Occasion.of(update, message), _argument(message)
        links = links_of(message) or (links_of(message.reply_to_message) if message.reply_to_message and not wanted else [])
        article_id = await self._article_replied_to(message) if not wanted else None
        if article_id or links:
            await self._tell_article(occasion, article_id, links)
        elif not wanted and _replies_to_something(message):
            await self._replies.say(occasion, render.plain(summary_messages.NO_REFERENCE))
        else:
            await self._tell_stories(occasion, wanted)

    async def timeline(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/timeline TOPIC; without one, of what is new."""
        message = await self._admitted(update, context)
        if message is None:
            return
        occasion, topic = Occasion.of(update, message), _argument(message)
        find = partial(_events, self._desk.summariser, topic, self._desk.clock())
        events = await self._desk.consult(self._sender, occasion.place, find)
        if isinstance(events, str) or not events:
            await self._replies.say(occasion, render.plain(events if isinstance(events, str) else summary_messages.NO_EVENTS))
        elif await self._replies.take(occasion):
            await show_timeline(self._sender, occasion.place, events, topic, self._desk.clock())

    async def _admitted(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> Message | None:
        """Return the message where it is for this bot, from somebody who may ask, and new."""
        message = update.message
        if message is None or understand(message, context.bot.bot) is None or not self._access.allows(message.chat.id):
            return None
        return message if await self._replies.admit(update.update_id) else None

    async def _article_replied_to(self, message: Message) -> str | None:
        """Return the id of the article that the bot's card, which the message replies to, cites first; None for none."""
        reply = message.reply_to_message
        if reply is None:
            return None
        kept = await asyncio.to_thread(self._desk.state.shown_in, message.chat.id, reply.message_id)
        if kept is not None:
            return _cited(kept.result)
        shown = await asyncio.to_thread(self._desk.shown.shown_in, message.chat.id, reply.message_id)
        return shown.briefing.stories[0].headline.id if shown and shown.briefing.stories else None

    async def _tell_article(self, occasion: Occasion, article_id: str | None, links: list[str]) -> None:
        found = await self._desk.consult(self._sender, occasion.place, partial(_of_article, self._desk.summariser, article_id, links))
        if isinstance(found, str):
            await self._replies.say(occasion, render.plain(found))
        elif found is None:
            unknown = summary_messages.UNKNOWN_LINK.format(url=links[0]) if links else summary_messages.ARTICLES_GONE
            await self._replies.say(occasion, render.plain(unknown))
        else:
            await self._give(occasion, Briefing((found,)), "")

    async def _tell_stories(self, occasion: Occasion, wanted: str) -> None:
        now, topic = self._desk.clock(), occasion.place.topic or 0
        since, about = _read(wanted, now)
        last = None
        if since is None and about is None:
            last = await asyncio.to_thread(self._desk.shown.last_look, occasion.place.chat_id, topic)
        work = partial(look_up, self._desk.summariser, topic=about, since=since or last, now=now)
        found = await self._desk.consult(self._sender, occasion.place, work)
        if isinstance(found, str):
            await self._replies.say(occasion, render.plain(found))
            return
        await self._give(occasion, found.briefing, _heading(found, last))
        if about is None:
            await asyncio.to_thread(self._desk.shown.note_look, occasion.place.chat_id, topic, now)

    async def _give(self, occasion: Occasion, briefing: Briefing, heading: str) -> None:
        """Send stories, kept before so that their buttons work from the start; where there are none, the line that says so."""
        if not briefing.stories:
            await self._replies.say(occasion, render.plain(heading))
            return
        shown = Shown(self._desk.new_id(), occasion.place.chat_id, heading, briefing)
        await asyncio.to_thread(self._desk.shown.keep, shown)
        html = briefing_html(briefing, heading=heading)
        sent = await self._replies.say(occasion, html, under_stories(shown.id, len(briefing.stories)))
        if sent is not None:
            await asyncio.to_thread(self._desk.shown.note_message, shown.id, sent.message_id)


class StoryButtons:
    """Does what a pressed button under a summary says. Each press is answered, so that its button stops waiting."""

    def __init__(self, *, desk: SummaryDesk, access: Access, sender: Sender, replies: Replies) -> None:
        self._desk = desk
        self._access = access
        self._sender = sender
        self._replies = replies

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """React to a press."""
        query = update.callback_query
        press = StoryPress.decode(query.data) if query else None
        if query is None:
            return
        message = query.message
        shown = await asyncio.to_thread(self._desk.shown.find, press.id) if press else None
        if press is None or message is None or shown is None or shown.chat_id != message.chat.id or not _has(shown, press):
            await self._sender.answer_press(query.id, summary_messages.GONE, alert=True)
            return
        if not self._access.allows(message.chat.id) or not await self._replies.admit(update.update_id):
            await self._sender.answer_press(query.id)
            return
        await self._sender.answer_press(query.id)
        place = Place.of(message) if isinstance(message, Message) else Place(message.chat.id, reply_to=message.message_id)
        occasion = Occasion(update.update_id, place, message.chat.type, query.from_user.id)
        await self._do(occasion, message.message_id, shown, press)

    async def _do(self, occasion: Occasion, message_id: int, shown: Shown, press: StoryPress) -> None:
        story = shown.briefing.stories[press.place]
        match press.wish:
            case Wish.LIST:
                html = briefing_html(shown.briefing, heading=shown.heading)
                await self._sender.edit(shown.chat_id, message_id, html, under_stories(shown.id, len(shown.briefing.stories)))
            case Wish.MORE:
                await self._more(occasion, message_id, shown, press.place)
            case Wish.TIMELINE:
                await self._timeline(occasion, story)
            case Wish.ASK:
                await self._ask(occasion, story)

    async def _more(self, occasion: Occasion, message_id: int, shown: Shown, place: int) -> None:
        story = shown.briefing.stories[place]
        longer = partial(self._desk.summariser.story, [citation.id for citation in story.articles])
        found = await self._desk.consult(self._sender, occasion.place, longer)
        if isinstance(found, StorySummary):
            await self._sender.edit(shown.chat_id, message_id, story_html(found), under_story(shown.id, place))
        else:
            await self._replies.say(occasion, render.plain(found or summary_messages.ARTICLES_GONE))

    async def _timeline(self, occasion: Occasion, story: StorySummary) -> None:
        find = partial(self._desk.summariser.timeline_of, [citation.id for citation in story.articles])
        events = await self._desk.consult(self._sender, occasion.place, find)
        if isinstance(events, str) or not events:
            await self._replies.say(occasion, render.plain(events if isinstance(events, str) else summary_messages.NO_EVENTS))
        elif await self._replies.take(occasion):
            await show_timeline(self._sender, occasion.place, events, story.headline.title, self._desk.clock())

    async def _ask(self, occasion: Occasion, story: StorySummary) -> None:
        """Invite a question about the story, and let what is asked in reply, or next, be understood as one about it."""
        kept = Kept(self._desk.new_id(), occasion.place.chat_id, primed(story))
        await asyncio.to_thread(self._desk.state.keep, kept)
        if occasion.talk:
            await asyncio.to_thread(self._desk.contexts.note, occasion.talk, kept.id)
        headline = render.shorten(story.headline.title, 200)
        sent = await self._replies.say(occasion, render.plain(summary_messages.ASK_ABOUT.format(headline=headline)))
        if sent is not None:
            await asyncio.to_thread(self._desk.state.note_message, kept.id, sent.message_id)


async def show_timeline(sender: Sender, place: Place, events: list[Event], title: str, now: datetime) -> None:
    """Send a timeline as a picture, whose caption names it, and as text with the quotes and links."""
    today = now.date()
    picture = await asyncio.to_thread(draw_timeline, events, title=summary_messages.timeline_of(title), today=today)
    caption = render.plain(render.shorten(summary_messages.timeline_of(title), CAPTION_LIMIT))
    await sender.send_photo(place, picture, caption)
    await sender.send(replace(place, reply_to=None), timeline_html(events, title=title, today=today))


def _argument(message: Message) -> str:
    """Return what was typed after the command."""
    return (message.text or message.caption or "").partition(" ")[2].strip()[: render.SEARCHED_LIMIT]


def _read(wanted: str, now: datetime) -> tuple[datetime | None, str | None]:
    """Return the moment and the topic that were typed: "3 days" and "since yesterday" are moments, anything else a topic."""
    if not wanted:
        return None, None
    try:
        return moment_of(wanted.lower().removeprefix("since "), now), None
    except UsageError:
        return None, wanted


def _heading(found: Found, last: datetime | None) -> str:
    if last is None or found.since is None:
        return found.heading
    told = summary_messages.LAST_LOOK if found.briefing.stories else summary_messages.NOTHING_SINCE_LAST_LOOK
    return told.format(since=summary_messages.clock(last))


def _replies_to_something(message: Message) -> bool:
    """In a forum, every message "replies" to the one that opened its topic; that one has no words."""
    reply = message.reply_to_message
    return reply is not None and bool(reply.text or reply.caption)


def _cited(result: Answer | NoAnswer) -> str | None:
    if isinstance(result, Answer):
        return result.variant.best.citation.id
    return result.closest[0].citation.id if result.closest else None


def _of_article(summariser: Summarising, article_id: str | None, links: list[str]) -> StorySummary | None:
    known = article_id or next((found for link in links[:5] if (found := summariser.known_at(link))), None)
    return summariser.article(known) if known else None


def _events(summariser: Summarising, topic: str, now: datetime) -> list[Event]:
    if topic:
        return summariser.timeline(topic)
    found = look_up(summariser, topic=None, since=None, now=now)
    return summariser.timeline_of([citation.id for story in found.briefing.stories for citation in story.articles])


def _has(shown: Shown, press: StoryPress) -> bool:
    return press.place < len(shown.briefing.stories)
