"""The commands /summary and /timeline, and the buttons under what they show."""

import asyncio
from datetime import datetime
from functools import partial

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot import markup, messages, render
from bot.handlers.addressing import argument_of, understand, without_address
from bot.handlers.references import links_of
from bot.handlers.replies import Occasion, Replies
from bot.handlers.summary_desk import SummaryDesk, show_timeline
from bot.protocols import Summarising
from bot.sending import Sender
from bot.summaries import messages as summary_messages
from bot.summaries.keyboards import under_stories
from bot.summaries.lookup import Found, events, look_up, read_wish
from bot.summaries.rendering import briefing_html
from bot.summaries.shown import Shown
from retrieval.answer import Answer, NoAnswer
from retrieval.asking.smalltalk import news_since
from retrieval.summaries.briefing import Briefing, StorySummary


class Summaries:
    """Replies to /summary and /timeline."""

    def __init__(self, *, desk: SummaryDesk, sender: Sender, replies: Replies) -> None:
        self._desk = desk
        self._sender = sender
        self._replies = replies

    async def summary(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/summary, /summary TOPIC, /summary LINK, or as a reply to a card or to a message with a link."""
        message = await self._admitted(update, context)
        if message is None:
            return
        occasion, wanted = Occasion.of(update, message), argument_of(message)[: render.SEARCHED_LIMIT]
        links = links_of(message) or (links_of(message.reply_to_message) if message.reply_to_message and not wanted else [])
        article_id = await self._article_replied_to(message) if not wanted else None
        if article_id or links:
            await self._tell_article(occasion, article_id, links)
        elif not wanted and _replies_to_something(message):
            await self._replies.say(occasion, markup.plain(summary_messages.NO_REFERENCE))
        else:
            await self._tell_stories(occasion, wanted)

    async def news(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Reply to "what's new?" as to /summary, to "what happened this week?" as to /summary since then."""
        message = await self._admitted(update, context)
        if message is not None:
            await self._tell_stories(Occasion.of(update, message), news_since(without_address(message.text or "")) or "")

    async def timeline(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/timeline TOPIC; without one, of what is new."""
        message = await self._admitted(update, context)
        if message is None:
            return
        occasion, topic = Occasion.of(update, message), argument_of(message)[: render.SEARCHED_LIMIT]
        now = self._desk.clock()
        about, since = read_wish(topic, now)
        find = partial(events, self._desk.summariser, topic=about, since=since, now=now)
        found = await self._desk.consult(self._sender, occasion.place, find)
        if isinstance(found, str) or not found:
            await self._replies.say(occasion, markup.plain(found if isinstance(found, str) else summary_messages.NO_EVENTS))
        else:
            await show_timeline(self._replies, self._sender, occasion, found, title=topic, now=now)

    async def _admitted(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> Message | None:
        """Return the message where it is for this bot, new, not stale, and from somebody who may ask now: summaries count as questions."""
        message = update.message
        if message is None or understand(message, context.bot.bot) is None or not await self._replies.admit(update, message):
            return None
        occasion = Occasion.of(update, message)
        if await self._replies.is_stale(occasion, message):
            return None
        wait = self._desk.limits.take(occasion.person, occasion.place.chat_id)
        if wait and wait.is_news:
            await self._replies.say(occasion, markup.plain(messages.slower(wait.seconds)))
        return None if wait else message

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
            await self._replies.say(occasion, markup.plain(found))
        elif found is None:
            unknown = summary_messages.UNKNOWN_LINK.format(url=links[0]) if links else summary_messages.ARTICLES_GONE
            await self._replies.say(occasion, markup.plain(unknown))
        else:
            await self._give(occasion, Briefing((found,)), "")

    async def _tell_stories(self, occasion: Occasion, wanted: str) -> None:
        now, topic = self._desk.clock(), occasion.place.topic or 0
        about, since = read_wish(wanted, now)
        looked = await asyncio.to_thread(self._desk.shown.last_look, occasion.place.chat_id, topic) if about is None else None
        last = looked.astimezone(now.tzinfo) if looked and since is None else None
        work = partial(look_up, self._desk.summariser, topic=about, since=since or last, now=now)
        found = await self._desk.consult(self._sender, occasion.place, work)
        if isinstance(found, str):
            await self._replies.say(occasion, markup.plain(found))
            return
        was_given = await self._give(occasion, found.briefing, _heading(found, last))
        leaves_no_gap = since is None or (looked is not None and since <= looked)
        if was_given and about is None and leaves_no_gap:
            await asyncio.to_thread(self._desk.shown.note_look, occasion.place.chat_id, topic, now)

    async def _give(self, occasion: Occasion, briefing: Briefing, heading: str) -> bool:
        """Send stories, kept before so that their buttons work from the start; where there are none, the line that says so.

        Return whether that is known to have arrived.
        """
        if not briefing.stories:
            return await self._replies.say(occasion, markup.plain(heading)) is not None
        shown = Shown(self._desk.new_id(), occasion.place.chat_id, heading, briefing)
        await asyncio.to_thread(self._desk.shown.keep, shown)
        html = briefing_html(briefing, heading=heading)
        sent = await self._replies.say(occasion, html, under_stories(shown.id, len(briefing.stories)))
        if sent is not None:
            await asyncio.to_thread(self._desk.shown.note_message, shown.id, sent.message_id)
        return sent is not None


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
