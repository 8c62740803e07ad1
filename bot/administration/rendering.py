"""What the bot's administrators read: its sentences, and the pure functions that fill them. Telegram HTML."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import messages
from bot.administration.feedback import Opinion
from bot.administration.question_log import LOG_DAYS, Figures
from bot.administration.status import Status
from bot.markup import LIMIT, fitting, plain, shorten, units, visible
from retrieval.answer import Answer

QUESTION_LIMIT, ANSWER_LIMIT = 200, 150
GROUPS_SHOWN = 25
NONE_UNANSWERED = f"Every question of the last {LOG_DAYS} days has found an answer, as far as I know."
UNANSWERED_HEADING = "Questions without an answer"
UNANSWERED_HINT = f"The last {LOG_DAYS} days, grouped by meaning: this is what the articles lack."
NO_FEEDBACK = "Nobody has judged an answer yet."
FEEDBACK_HEADING = "Thumbs"
NO_QUESTIONS = "Nobody has asked anything in the last {days} days."
WANT_WEEKLY, STOP_WEEKLY = "Send me this every Monday", "No longer every Monday"
WEEKLY_ON = "Every Monday at 8 in the morning from now on."
WEEKLY_OFF = "It comes only when you send /week."
NO_ANSWER = "not in my articles"
NEWER, OLDER = "Newer", "Older"


@dataclass(frozen=True, slots=True)
class Lack:
    """Questions of one meaning that found no answer: the newest one, how many there are, and since when."""

    question: str
    count: int
    since: datetime


def status(now: Status) -> str:
    """Return the answer to /status."""
    newest = f", newest {messages.day(now.newest)}" if now.newest else ""
    lines = [
        f"<b>Quotewire {plain(now.version)}</b>, running for {_duration(now.up)}",
        f"{messages.articles(now.articles)} in {now.passages:,} passages{newest}",
        f"Questions in the last 24 hours: {_figures(now.day)}",
        f"Waiting: {messages.counted(now.queue, 'question')}",
        f"Chats that got answers in the last 30 days: {now.chats}",
        *(plain(line) for line in now.further),
    ]
    shown = fitting(lines, LIMIT - 40)
    return "\n".join(lines[:shown])


def _figures(counted: Figures) -> str:
    """Return "12, 83 % answered, half of them within 0.6 s"; "0" where nothing was asked."""
    if counted.share is None or counted.median_ms is None:
        return "0"
    return f"{counted.questions:,}, {counted.share:.0%} answered, half of them within {counted.median_ms / 1000:.1f} s".replace("%", " %")


def _duration(time: timedelta) -> str:
    """Return "3 days 4 hours", "2 hours 5 minutes" or "less than a minute"."""
    minutes = int(time.total_seconds() // 60)
    counts = [(minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute")]
    told = [messages.counted(count, unit) for count, unit in counts if count]
    return " ".join(told[:2]) or "less than a minute"


def unanswered(lacks: Sequence[Lack]) -> str:
    """Return the answer to /unanswered."""
    if not lacks:
        return plain(NONE_UNANSWERED)
    head = f"<b>{UNANSWERED_HEADING}</b>\n{plain(UNANSWERED_HINT)}"
    lines = [_lack(lack) for lack in lacks[:GROUPS_SHOWN]]
    shown = fitting(lines, LIMIT - units(visible(head)) - 40)
    rest = [messages.MORE.format(count=len(lacks) - shown)] if shown < len(lacks) else []
    return f"{head}\n\n" + "\n".join([*lines[:shown], *rest])


def _lack(lack: Lack) -> str:
    times = "once" if lack.count == 1 else f"{lack.count} times"
    since = f"on {_day(lack.since)}" if lack.count == 1 else f"since {_day(lack.since)}"
    return f"• {plain(shorten(lack.question, QUESTION_LIMIT))} <i>({times}, {since})</i>"


def feedback(opinions: Sequence[Opinion], offset: int, total: int) -> str:
    """Return a page of /feedback, whose first is the `offset`-th (from 0) of `total`."""
    if not opinions:
        return plain(NO_FEEDBACK)
    head = f"<b>{FEEDBACK_HEADING}</b> {offset + 1}–{offset + len(opinions)} of {total}"
    lines = [_opinion(opinion) for opinion in opinions]
    shown = fitting(lines, LIMIT - units(visible(head)) - 40)
    return f"{head}\n\n" + "\n\n".join(lines[:shown])


def _opinion(opinion: Opinion) -> str:
    thumbs = [f"{thumb} {count}" for thumb, count in (("👎", opinion.tally.bad), ("👍", opinion.tally.good)) if count]
    result = opinion.result
    question = plain(shorten(result.understood_as or result.question, QUESTION_LIMIT))
    if isinstance(result, Answer):
        best = result.variant.best
        source = best.citation.source or best.citation.title
        said = f"“{plain(shorten(best.span.text, ANSWER_LIMIT))}” ({plain(shorten(source, ANSWER_LIMIT))})"
    else:
        said = NO_ANSWER
    return f"{' '.join(thumbs)} {_day(opinion.given)}: <b>{question}</b>\n{said}"


def week(days: Sequence[tuple[date, Figures]]) -> str:
    """Return the caption of the picture of /week; where nothing was asked, the sentence in its place."""
    questions = sum(counted.questions for _, counted in days)
    if not questions:
        return plain(NO_QUESTIONS.format(days=len(days)))
    answered = sum(counted.answered for _, counted in days)
    share = f"{answered / questions:.0%}".replace("%", " %")
    return plain(f"The last {len(days)} days: {questions:,} {'question' if questions == 1 else 'questions'}, {share} answered.")


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
