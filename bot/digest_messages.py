"""Every sentence about digests that people can see, as `bot.messages` has the others. Plain text: it is escaped where it is rendered."""

from datetime import date, datetime

# What a digest says
TITLE = "News of {day}"
NOTHING_NEW = "Nothing new in my articles on {day}."
FOOTER = "/digest shows when and about what these come, and changes it."
LEFT_OUT = "There is more: {stories} had no room here. /summary shows the latest."
DEVELOPMENT = "New in a story that you have had:"
DIFFER = "They differ:"
TOPIC_GONE = "The topic for digests is closed or deleted, so they come here from now on; /digest chooses another."

# Why there was none
SKIPPED_NOTHING_NEW = "nothing new"
SKIPPED_NOT_ALLOWED = "the chat is not among ALLOWED_CHATS"
PAUSED_REMOVED = "the bot was removed from the chat, or blocked"
PAUSED_MUTE = "the bot may not write in the chat"
PAUSED_GONE = "Telegram does not know the chat"

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday_and_day(day: date) -> str:
    """Return "Monday, 10 March"."""
    return f"{DAYS[day.weekday()]}, {day.day} {day:%B}"


def moment(local: datetime) -> str:
    """Return "Monday, 10 March, 08:00"."""
    return f"{weekday_and_day(local.date())}, {local:%H:%M}"


def stories(count: int) -> str:
    """Return "1 story" or "6 stories"."""
    return "1 story" if count == 1 else f"{count} stories"


def told_by(sources: int, articles: int) -> str:
    """Return "1 source", or "3 sources, 5 articles" where there are more articles than sources."""
    counted = "1 source" if sources == 1 else f"{sources} sources"
    return counted if articles <= sources else f"{counted}, {articles} articles"
