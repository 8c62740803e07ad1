"""Presses on the buttons under summaries."""

import asyncio
from functools import partial

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import markup, messages
from bot.handlers.replies import Occasion, Replies
from bot.handlers.summary_desk import SummaryDesk, show_timeline
from bot.sending import Place, Sender
from bot.state import Kept
from bot.summaries import messages as summary_messages
from bot.summaries.keyboards import StoryPress, Wish, under_stories, under_story
from bot.summaries.primer import primed
from bot.summaries.rendering import briefing_html, story_html
from bot.summaries.shown import Shown
from retrieval.summaries.briefing import StorySummary


class StoryButtons:
    """Does what a pressed button under a summary says. Each press is answered, so that its button stops waiting."""

    def __init__(self, *, desk: SummaryDesk, sender: Sender, replies: Replies) -> None:
        self._desk = desk
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
        if not await self._replies.admit_press(update, query, message.chat):
            return
        wait = None if press.wish is Wish.LIST else self._desk.limits.take(query.from_user.id, message.chat.id)
        await self._sender.answer_press(query.id, messages.slower(wait.seconds) if wait else None, alert=wait is not None)
        if wait:
            return
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
            await self._replies.say(occasion, markup.plain(found or summary_messages.ARTICLES_GONE))

    async def _timeline(self, occasion: Occasion, story: StorySummary) -> None:
        find = partial(self._desk.summariser.timeline_of, [citation.id for citation in story.articles])
        events = await self._desk.consult(self._sender, occasion.place, find)
        if isinstance(events, str) or not events:
            await self._replies.say(occasion, markup.plain(events if isinstance(events, str) else summary_messages.NO_EVENTS))
        else:
            await show_timeline(self._replies, self._sender, occasion, events, title=story.headline.title, now=self._desk.clock())

    async def _ask(self, occasion: Occasion, story: StorySummary) -> None:
        """Invite a question about the story, and let what is asked in reply, or next, be understood as one about it."""
        kept = Kept(self._desk.new_id(), occasion.place.chat_id, primed(story))
        await asyncio.to_thread(self._desk.state.keep, kept)
        if occasion.talk:
            await asyncio.to_thread(self._desk.contexts.note, occasion.talk, kept.id)
        headline = markup.shorten(story.headline.title, 200)
        sent = await self._replies.say(occasion, markup.plain(summary_messages.ASK_ABOUT.format(headline=headline)))
        if sent is not None:
            await asyncio.to_thread(self._desk.state.note_message, kept.id, sent.message_id)


def _has(shown: Shown, press: StoryPress) -> bool:
    return press.place < len(shown.briefing.stories)
