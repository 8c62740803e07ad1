"""Every sentence about summaries that a reader can see, in the terminal and in the chat. Plain text: rendering escapes it."""

from datetime import datetime

from bot.messages import counted, day
from corpus.article import Published

NOTHING_NEW = "There is nothing new since {since}."
NOTHING_ON_TOPIC = "My articles do not mention that topic."
NOTHING_NEW_ON_TOPIC = "Nothing new on that topic since {since}."
NO_SENTENCE = "I found no sentence in it that can be read alone."
NO_ARTICLES = "There are no articles yet; add some with: quotewire add FILE_OR_FOLDER"
DEVELOPMENT = "New in this story:"
DIFFER = "The articles differ:"
NO_EVENTS = "I found no dated events for that."
AHEAD = "still to come"
UNKNOWN_LINK = "I do not have an article at that address; the operator can add it with: quotewire add {url}"
NO_REFERENCE = "I do not know which article you mean; reply to one of my answers, or to a message with an article's link."
GONE = "I no longer have that summary; please ask for it again with /summary."
ARTICLES_GONE = "The articles of that story are no longer there."
ASK_ABOUT = "Ask about “{headline}”: reply to this message with your question, such as “when?” or “who said so?”."
MORE, TIMELINE, ASK, BACK = "More", "Timeline", "Ask about this", "Back to the stories"
LAST_LOOK = "New since the last summary here, {since}:"
NOTHING_SINCE_LAST_LOOK = "There is nothing new since the last summary here, {since}."
ONE_OF = "Give either a TOPIC or --article, not both."
NO_SINCE_FOR_ARTICLE = "--since goes with a TOPIC or alone, not with --article."


def further(stories: int) -> str:
    """Return how many stories there was no room for."""
    return f"{counted(stories, 'more story', 'more stories')}."


def told_by(sources_told: int, newest: Published | None) -> str:
    """Return "3 sources, 29 January 2025"."""
    return ", ".join(part for part in (counted(sources_told, "source"), day(newest)) if part)


def clock(moment: datetime) -> str:
    """Return "12 March 2025, 08:30 UTC", in the moment's own zone."""
    return f"{moment.day} {moment:%B %Y, %H:%M %Z}".rstrip()


def new_since(moment: datetime) -> str:
    """Return the heading of what is new."""
    return f"New since {clock(moment)}:"


def timeline_of(title: str) -> str:
    """Return the heading of a timeline."""
    return f"Timeline: {title}" if title else "Timeline"
