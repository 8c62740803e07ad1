"""What a chat shows while articles are added, and afterwards: pure functions, safe for hostile text, never longer than a message."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot import messages
from bot.jobs.table import Job, JobState
from bot.markup import LIMIT, escaped, link, plain, shorten, units, visible
from corpus.article import Article
from retrieval.outcome import Indexed, Outcome
from retrieval.sentences import sentences

TITLE_LIMIT, LINE_LIMIT, REASON_LIMIT, NAME_LIMIT = 200, 300, 300, 60
NOTES = 4
"""Lines on how an article was changed that its card shows."""
LISTED = 10
"""Sources that a report names; of more, it tells the number."""

UNDO, ACCEPT = "undo", "add"
PRESSED = re.compile(rf"^(?P<action>{UNDO}|{ACCEPT}):(?P<job>\d{{1,18}})$", re.ASCII)
"""What our buttons carry: an action and the id of the job that it is about."""

FIRST = (Outcome.ADDED, Outcome.UPDATED)
"""What a report names before the rest."""


def under_report(job_id: int, results: Sequence[Indexed], followed: Sequence[str] = ()) -> InlineKeyboardMarkup | None:
    """Return the button that takes back what was added, and the feeds that are `followed` since; None where there is neither."""
    is_more = bool(followed) or any(result.outcome is Outcome.ADDED for result in results)
    return _button(messages.UNDO, UNDO, job_id) if is_more else None


def under_offer(job_id: int) -> InlineKeyboardMarkup | None:
    """Return the button that accepts an offer."""
    return _button(messages.ADD_IT, ACCEPT, job_id)


def _button(label: str, action: str, job_id: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"{action}:{job_id}")]])


def offer(urls: Sequence[str]) -> str:
    """Return the question whether to add what is at these addresses."""
    lines = [escaped(shorten(url, LINE_LIMIT)) for url in urls]
    return "\n".join([escaped(messages.OFFER), "", *lines])


def underway(job: Job) -> str:
    """Return what is shown while a job waits or runs."""
    progress = job.progress
    if job.state is JobState.QUEUED:
        return plain(messages.ADDING)
    if progress.total > 1:
        return plain(messages.ADDING_SO_FAR.format(done=progress.done, total=progress.total))
    return plain(messages.ADDING_MORE.format(done=progress.done) if progress.done else messages.ADDING)


def report(job: Job, results: Sequence[Indexed], articles: Mapping[str, Article], *, error: str = "", followed: Sequence[str] = ()) -> str:
    """Return what became of a job that has ended.

    `articles` are those of `results` that are there, `error` is why it was not taken back, `followed` are the names of new feeds.
    """
    if job.state is JobState.UNDONE:
        return plain(messages.taken_back(sum(result.outcome is Outcome.ADDED for result in results)))
    trouble = error or {JobState.FAILED: job.error, JobState.CANCELLED: messages.ADDING_CANCELLED}.get(job.state, "")
    ordered = sorted(results, key=lambda result: result.outcome not in FIRST)
    following = messages.following([shorten(name, NAME_LIMIT) for name in followed])
    if len(ordered) == 1 and not trouble:
        return "\n".join(part for part in (_card(ordered[0], articles), escaped(following)) if part)
    sums = messages.sums(results)
    head = [escaped(text) for text in (trouble, f"{sums}." if sums else messages.NOTHING_ADDED, following) if text]
    return _fitting(head, [f"• {_line(result, articles)}" for result in ordered])


def _fitting(head: Sequence[str], lines: Sequence[str]) -> str:
    """Return a message of `head` and the first of `lines`, with the number of the rest."""
    shown = ["\n".join(head)]
    for number, line in enumerate(lines):
        text = "\n".join([*shown, line])
        if number == LISTED or units(visible(text)) > LIMIT - 40:
            return "\n".join([*shown, messages.MORE.format(count=len(lines) - number)])
        shown = [text]
    return shown[0]


def _card(result: Indexed, articles: Mapping[str, Article]) -> str:
    """Return the card of one article: what became of it, its title, source, date and passages, and its first line."""
    article = articles.get(result.article_id or "")
    heading = f"<b>{messages.OUTCOMES[result.outcome]}</b>"
    if article is None or result.outcome in {Outcome.SKIPPED, Outcome.DUPLICATE}:
        return f"{heading}: {_line(result, articles)}"
    known = [article.source, messages.day(article.published), messages.passages(result.passages) if result.passages else ""]
    about = " · ".join(escaped(shorten(part, TITLE_LIMIT)) for part in known if part)
    first = next((article.text[start:end] for start, end in sentences(article.text)), article.text)
    quote = f"<blockquote>{escaped(shorten(' '.join(first.split()), LINE_LIMIT))}</blockquote>"
    told = messages.changes(article.updated, article.note)[:NOTES]
    changes = [f"<i>{escaped(shorten(line, LINE_LIMIT))}</i>" for line in told]
    return "\n".join(part for part in (f"{heading}: {_title(article)}", about, quote, *changes) if part)


def _line(result: Indexed, articles: Mapping[str, Article]) -> str:
    article = articles.get(result.article_id or "")
    source = result.source if "://" in result.source else Path(result.source).name
    name = _title(article) if article and result.outcome in FIRST else escaped(shorten(result.title or source, TITLE_LIMIT))
    told = result.reason or (messages.passages(result.passages) if result.passages else messages.OUTCOMES[result.outcome].lower())
    return f"{name}: {escaped(shorten(told, REASON_LIMIT))}"


def _title(article: Article) -> str:
    return link(escaped(shorten(article.title, TITLE_LIMIT)), article.url)
