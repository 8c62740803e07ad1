"""The sentences of the conversation, in the terminal and in the chat; digests, summaries and the commands have their own.

Plain text: `render` escapes it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from corpus.article import Precision, Published
from corpus.followed import FollowedFeed
from retrieval.answer import Answer, NoAnswer, Silence
from retrieval.outcome import Indexed, Outcome
from retrieval.question import MAX_LENGTH

WELCOME = (
    "I answer questions about a collection of news articles, always with a word-for-word quote and its source. "
    "If the articles do not say, I tell you so."
)
TRY_ONE = "Try one of these, or ask your own:"
HELP_PRIVATE = (
    "Just write your question, such as “when is the meeting?”. I answer with a quote, its article and its date. "
    "You can go on asking: “and where?”, “what did he say about it?”; /new begins anew."
)
HELP_GROUP = "In a group, ask with /ask and your question, or reply to one of my messages. I stay silent otherwise."
HELP_BUTTONS = (
    "Under an answer: Passage shows the text around the quote, Other answers shows what else I found, "
    "and the thumbs tell the operator what was right and wrong."
)
ABOUT = (
    "Quotewire finds answers with a search index and a small reading model on the operator's own machine. "
    "It writes nothing itself: what stands in an answer stands in the article. It reads English."
)
PRIVACY = (
    "Your questions are answered on the operator's machine and sent to no other service. "
    "I keep each answer with its question for {days} days so that its buttons work, and your thumbs as feedback. "
    "I count questions without noting whose they are, and keep the words of those that found no answer for {days} days, "
    "so that the operator sees what is missing. "
    "For {minutes} minutes I know which answer you got last, to understand “and where?”; /new makes me forget it. "
    "I keep no other messages, and in groups I do not read what is not addressed to me."
)
HELP_TERMINAL = (
    "Type a question and press Enter. Under an answer, a number shows that answer's passage and p shows the first one's. "
    "You can go on asking: “and where?”, “why?”; /new begins anew. "
    "/summary tells what is new, /summary and /timeline with a topic what the articles say about it. "
    "/start shows examples, /sources the sources; /about, /privacy, /quit. Ctrl-D leaves, too."
)
HINT_TERMINAL = "Type a question; /start shows examples, /help the rest. Ctrl-D leaves."
PRIVACY_TERMINAL = (
    "Your questions are answered on this machine and sent to no other service. "
    "The last {lines} lines that you typed are kept in {path}, so that the arrow keys find them; delete it whenever you like."
)
MORE_BY_NUMBER = "Type a number to see its passage."
NO_SUCH_NUMBER = "Nothing above has that number."
NO_PASSAGE_YET = "There is no answer to show the passage of yet; ask a question first."
EMPTY_QUESTION = "Please write your question after /ask, such as: /ask when is the meeting?"
TOO_LONG = f"That is longer than {MAX_LENGTH} characters; please ask it in a sentence or two."
WORDS_ONLY = "I answer questions in words; please write me one."
UNKNOWN_COMMAND = "I do not know that command; /help shows what I can do."
BUSY = "I have more questions waiting than I can answer right now; please ask again in a minute."
STALE = "I was away when you wrote; please ask again if you still want to know."
STOPPING = "I am being restarted; please ask again in a minute."
FAILED = "Something went wrong on my side and has been logged; please try again."
INLINE_HINT = "Type a question: when is the meeting?"
INLINE_BUSY = "Too many questions right now; type on in a moment."
GUEST_TITLE = "Answer"
NOT_ALLOWED = "This bot answers only in chats that its operator has approved; this chat's id is {chat_id}."
EXPIRED = "I no longer have that answer; please ask again."
NO_OTHERS = "I found no other answers."
THANKS = "Thank you, noted."
FORGOTTEN = "Let us talk about something else; I no longer refer to what you asked before."
NO_SOURCES = "There are no articles yet."
NO_ARTICLES = "There are no articles yet; add some with: quotewire add FILE_OR_FOLDER"
FOLLOWED = "Followed from now on"
FOLLOWED_TERMINAL = "Followed from now on, while the bot runs or with `quotewire sources refresh`"
FEEDS_NAMED = 10
NO_FEEDS = "No feeds are followed yet."
FEEDS_HEADING = "Feeds"
FEED_ORDERS = (
    "Write /sources refresh, pause, resume or remove with a feed's number, such as: /sources pause 3. The articles of a removed feed stay."
)
FEEDS_PAUSED = "Paused: {names}."
FEEDS_RESUMED = "Fetched again from now on: {names}."
FEEDS_HASTENED = "To be fetched within a minute, unless paused: {names}."
FEEDS_REMOVED = "No longer followed: {names}. The articles stay."
UNKNOWN_FEED = "No feed has the number or address {names}; nothing was changed."
WHICH_FEED = "Which feed? Write its number, such as: /sources pause 3"
UNKNOWN_ORDER = "I do not know that; what I can do with feeds is refresh, pause, resume and remove."
NOTHING_NEW = "nothing new"

SILENCES = {
    Silence.NOT_FOUND: "That is not in my articles.",
    Silence.EMPTY_CORPUS: "I have no articles yet, so I cannot answer; add some with: quotewire add FILE_OR_FOLDER",
    Silence.NO_WORDS: WORDS_ONLY,
    Silence.UNCLEAR: "I cannot tell what that is about; please ask it in a whole question, such as “when is the meeting?”.",
    Silence.OTHER_LANGUAGE: "I only read English; please ask in English.",
    Silence.UNKNOWN_WORDS: "I do not know any of these words; please ask in English words.",
    Silence.GREETING: "Hello! Ask me anything about my articles, such as “when is the meeting?”.",
    Silence.THANKS: "You are welcome!",
    Silence.GOODBYE: "Goodbye!",
    Silence.HELP: WELCOME + " " + HELP_PRIVATE,
    Silence.DOUBT: "I only repeat what the articles say, word for word, with where they say it; whether that is true I cannot tell.",
}
CLOSEST = "The closest I found:"
UNDERSTOOD_AS = "Understood as: {question}"
SEARCHED_FOR = "Searched for “{question}”"
OTHER_ANSWERS = "Other answers"
ALSO = "also"
COPY = "copy"
DIFFER = "Other articles say otherwise:"
NOT_ANSWERED = "Not in my articles: {questions}"
DATE = "Date"
UPDATED = "Updated {moment}"

PASSAGE = "Passage"
QUOTE = "Quote"
BACK = "Back"
SOURCES_HEADING = "Sources"
UNKNOWN_SOURCE = "Source unknown"
MORE = "… and {count} more."
COMMANDS = {
    "ask": "Ask a question",
    "digest": "Regular digests: when, where and about what",
    "summary": "What is new, or a topic, in a few sentences",
    "timeline": "What happened when, about a topic",
    "new": "Begin anew: forget what we talked about",
    "sources": "Which sources I know",
    "help": "How to ask",
    "about": "How I find answers",
    "privacy": "What I keep",
}
ADMIN_COMMANDS = {
    "add": "Add articles by their addresses; or send me a document",
    "remove": "Remove articles by their ids",
    "status": "How I am doing",
    "unanswered": "What the articles lack",
    "feedback": "What people thought of the answers",
    "week": "A picture of the last seven days",
}
HELLO = "Hello! Ask me about the news articles that I know with /ask and your question, or by replying to one of my messages."
HELLO_MENTIONS = "You can also mention me by name: {name}."
HELLO_DIGEST = "Summaries of what is new come here only if an administrator of the group switches them on with /digest."
HELLO_NO_MENTIONS = "I do not see mentions of my name here, unless I am made an administrator of the group."


ADMINS_ONLY = "Only this bot's administrators can add and remove articles; ask one of them, and they will do it for you."
HOW_TO_ADD = "Write the addresses after /add, such as: /add https://example.com/article (at most {most}). You can also send me a document."
HOW_TO_REMOVE = "Write the ids of the articles after /remove; `quotewire articles` shows them."
ADDING = "Adding …"
REMOVING = "Removing …"
ADDING_SO_FAR = "Adding … {done} of {total}"
ADDING_MORE = "Adding … {done} so far"
ADDING_CANCELLED = "It was cancelled; what was added before that stays."
NOTHING_ADDED = "Nothing was found there."
UNSUPPORTED_FILE = "I cannot read documents of that kind; send me a text, Markdown, HTML, PDF or DOCX file, or an OPML list of feeds."
FILE_TOO_BIG = "Telegram gives bots no documents of more than 20 MB; please send a smaller one."
NOT_DOWNLOADED = "Telegram did not give me that document; please send it again."
OFFER = "Shall I add this to my articles?"
ADD_IT = "Add"
UNDO = "Undo"
OFFER_EXPIRED = "That was too long ago; send me the address again."
JOB_EXPIRED = "That was too long ago; remove the articles with /remove and their ids."
OUTCOMES = {
    Outcome.ADDED: "Added",
    Outcome.UPDATED: "Updated",
    Outcome.UNCHANGED: "Unchanged",
    Outcome.DUPLICATE: "A duplicate",
    Outcome.SKIPPED: "Skipped",
}


def counted(count: int, one: str, many: str = "") -> str:
    """Return "1 article", "12 articles"; `many` is the plural where an s does not make it."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def taken_back(count: int) -> str:
    """Return that what was added is gone again."""
    return f"Taken back: {articles(count)} removed."


def following(names: Sequence[str], heading: str = FOLLOWED) -> str:
    """Return which feeds are followed from now on, the first few by name; an empty string for none."""
    more = [MORE.format(count=len(names) - FEEDS_NAMED)] if len(names) > FEEDS_NAMED else []
    return f"{heading}: {', '.join([*names[:FEEDS_NAMED], *more])}" if names else ""


def sums(results: Sequence[Indexed]) -> str:
    """Return "2 added, 1 skipped"; an empty string where nothing was found."""
    counts = {outcome: sum(result.outcome is outcome for result in results) for outcome in Outcome}
    return ", ".join(f"{count} {outcome.value}" for outcome, count in counts.items() if count)


def removed(count: int, unknown: Sequence[str]) -> str:
    """Return how many articles are gone, and which ids no article has."""
    told = f"{articles(count)} removed."
    return f"{told} No article has the id {', '.join(unknown)}." if unknown else told


def passages(count: int) -> str:
    """Return "1 passage" or "12 passages"."""
    return counted(count, "passage")


def privacy(days: int, context_time: timedelta) -> str:
    """Return what is kept of the people who ask, and for how long."""
    return PRIVACY.format(days=days, minutes=int(context_time.total_seconds() // 60))


def slower(seconds: int) -> str:
    """Return what somebody is told who asks faster than is allowed."""
    when = "in a second" if seconds == 1 else f"in {seconds} seconds"
    return f"That is a lot of questions in a short time; please ask again {when}."


def inline_slower(seconds: int) -> str:
    """Return what somebody is told who types questions faster than is allowed; Telegram shows 64 characters."""
    return f"A lot of questions in a short time; go on in {seconds} s."


def understood(result: Answer | NoAnswer, shown: Callable[[str], str]) -> str:
    """Return how the question was understood, as `shown`, where it leant on another or its words were misspelt; else an empty string."""
    if result.understood_as:
        return UNDERSTOOD_AS.format(question=shown(result.understood_as))
    return SEARCHED_FOR.format(question=shown(result.searched_for)) if result.searched_for else ""


def agreement(sources: int) -> str:
    """Return "3 sources agree"; for a single source, that it stands alone."""
    return "1 source says so" if sources == 1 else f"{sources} sources agree"


def unanswered(questions: Sequence[str]) -> str:
    """Return the line that names the parts of a question that the articles do not answer; an empty string for none."""
    return NOT_ANSWERED.format(questions=", ".join(f"“{question}”" for question in questions)) if questions else ""


def day(published: Published | None) -> str:
    """Return "29 January 2025", or as much of it as is known; an empty string for None."""
    if published is None:
        return ""
    moment = published.moment
    match published.precision:
        case Precision.YEAR:
            return f"{moment:%Y}"
        case Precision.MONTH:
            return f"{moment:%B %Y}"
        case _:
            return f"{moment.day} {moment:%B %Y}"


def moment(published: Published | None) -> str:
    """Return `day`, with the time and its zone where the source gives one: "29 January 2025, 14:30 UTC+2"."""
    if published is None or published.precision is not Precision.MINUTE:
        return day(published)
    offset = f"{published.moment:%z}"  # a zone's name would not survive being stored
    hours, minutes = offset[1:3].removeprefix("0"), offset[3:5]
    zone = "" if offset == "+0000" else f"{offset[0]}{hours}" + (f":{minutes}" if minutes != "00" else "")
    return f"{day(published)}, {published.moment:%H:%M} UTC{zone}"


def changes(updated: Published | None, note: str) -> list[str]:
    """Return when an article was updated, and what its publisher says about that, a line each; nothing where nothing is known."""
    return [line for line in (UPDATED.format(moment=moment(updated)) if updated else "", *note.split("\n")) if line]


def articles(count: int) -> str:
    """Return "1 article" or "12 articles"."""
    return counted(count, "article")


def feed_state(feed: FollowedFeed, now: datetime) -> str:
    """Return how a feed does: "last fetched 12 min ago, 3 new", or since when it fails and why; times are in the zone of `now`."""
    if feed.paused:
        return f"paused: {feed.error}" if feed.error else "paused"
    if feed.failing_since:
        since = feed.failing_since.astimezone(now.tzinfo)
        return f"failing since {since.day} {since:%B %H:%M}: {feed.error}"
    if feed.last_fetched is None:
        return "not fetched yet"
    return f"last fetched {_ago(now - feed.last_fetched)}, {feed.last_new} new"


def _ago(passed: timedelta) -> str:
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes} min ago"
    return f"{minutes // 60} h ago" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days ago"
