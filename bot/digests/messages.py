"""Every sentence about digests that people can see, as `bot.messages` has the others. Plain text: it is escaped where it is rendered."""

from datetime import date, datetime

from bot.messages import counted

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
PAUSED_REMOVED = "the bot was removed from the chat, or blocked"
PAUSED_MUTE = "the bot may not write in the chat"
PAUSED_GONE = "Telegram does not know the chat"

# Typed wishes
EXAMPLE = "/digest daily 08:00 Europe/Berlin topics gaza, economy"
NOT_UNDERSTOOD = f"I did not understand “{{text}}”; write it like: {EXAMPLE}"
NO_SUCH_TIME = "There is no time “{text}”; write it like 8:00 or 18:30."
WHICH_TIMES = "Say which times you mean by “{text}”, such as: /digest 8:00 13:00 18:00"
ONE_DAY = "A weekly digest comes on one day of the week; “weekdays” stands for Monday to Friday, “daily” for every day."
TOO_MANY_TIMES = "That is too often; I send at most {most} digests a day."
WRONG_TOPICS = f"I cannot use these topics: at most 20 of up to 100 characters each, separated by commas, such as: {EXAMPLE}"
TOO_LONG = f"That is too long for me; write it like: {EXAMPLE}"
WHICH_ZONE = "Which “{text}” do you mean?"

# The card and its buttons
CARD_TITLE = "Digest"
IS_OFF = "Off: I send nothing by myself here. Choose how often you want a digest of what is new."
ABOUT = "About: {topics}"
EVERYTHING = "everything"
LENGTHS = {
    "short": "Length: short, up to 3 stories with a sentence each",
    "normal": "Length: normal, up to 6 stories with two sentences each",
    "long": "Length: long, up to 12 stories with three sentences each",
}
EMPTIES = {"skip": "When nothing is new: silence", "line": "When nothing is new: one line that says so"}
PLACE_TOPIC = "Where: in the chosen topic"
PLACE_CHAT = "Where: in the chat"
IS_PAUSED = "Paused since {day}: {reason}"
NEXT = "Next: {moment}"
RHYTHMS = {"off": "Off", "daily": "Daily", "weekdays": "Weekdays", "weekly": "Weekly", "several": "Several a day"}
LENGTH_BUTTONS = {"short": "Short", "normal": "Normal", "long": "Long"}
EMPTY_BUTTONS = {"skip": "No news: silence", "line": "No news: a line"}
TOPICS_BUTTON = "Topics"
TYPE_TOPICS = "Type topics"
ALL_TOPICS = "Everything"
OTHER_PLACE = "Another place: type a city"
TO_TOPIC = "Send to this topic"
TO_CHAT = "Send to the chat instead"
PREVIEW_BUTTON = "Preview for me"
CLOSE = "Done"
BACK = "Back"

# What is asked, and answered
ASK_ZONE = "Reply to this message with your city or time zone, such as Berlin, New York or UTC+2."
ASK_TOPICS = (
    "Reply to this message with topics, separated by commas: words such as gaza, phrases in quotation marks, "
    "or a description such as space exploration and astronomy; put “not” before what you do not want. “all” stands for everything."
)
ADMINS_ONLY = "Only this group's administrators can change its digest; /digest copy sends it to you privately, too."
TEXT_ONLY_ADMINS = "The group's administrators change this. /digest copy sends the group's digest to you privately, too."
EXPIRED = "This menu is out of date; send /digest for a new one."
SAVED = "Saved."
NO_ZONE = "I know no place or time zone “{text}”; try a larger city nearby, or UTC+2."
PREVIEW_HEADING = "This is what would be sent now:"
PREVIEW_EMPTY = "Nothing would be sent now: nothing is new on these topics since the last digest."
PREVIEW_SENT = "I have sent you the preview privately."
PREVIEW_STARTED = "I am preparing it and send it to you privately."
START_FIRST = "I cannot write to you privately yet; open @{name}, press Start, and try again."
ANONYMOUS = "While you are anonymous I cannot tell whom to write to; send this under your own name."
COPY_IN_GROUP = "Send /digest copy in the group whose digest you want privately, too."
COPY_NOT_ALLOWED = "The bot's operator has not approved your private chat with me, so I cannot send you anything there."
COPY_TOO_MANY = "You have the digests of {most} groups copied, and more do not fit; /digest copy off in one of them makes room."
COPY_ON = "From now on you get this group's digest privately, too; /digest copy off ends that. {state}"
COPY_HERE = "From now on I send you the digest of “{group}” here, too; /digest copy off ends that."
COPY_ON_ALREADY = "You get this group's digest privately already; /digest copy off ends that."
COPY_OFF = "You do not get this group's digest privately any more."
COPY_GROUP_OFF = "At present the group has none."
COPIES_STOPPED = "You get no group's digest privately any more."
TEST_HEADING = "The latest {count} articles, by these topics: {topics}"
TEST_EVERYTHING = "No topics are set, so every article counts; try: /digest test gaza, economy"
TEST_EMPTY = "There are no articles yet."
TEST_FITS = "fits"

# For the operator
STATUS_DAY = "Last day: {sent} messages sent; digests skipped: {skipped}"
STATUS_DUE = "Due now: {due}; messages waiting: {waiting}"
STATUS_MISSED = "Missed while I was away: {count}"
STATUS_PAUSED = "Paused chats: {pauses}"
STATUS_LOST = "Given up: {count} messages that certainly did not arrive"
STATUS_PARKED = "Parked: {count} messages that may have arrived; /digest parked shows them"
PARKED_HEADING = "These messages may have arrived or not, so I do not repeat them by myself:"
PARKED_LINE = "{number}. Chat {chat_id}, digest of {slot}, message {part}: {note}"
PARKED_MORE = "… and {count} more."
PARKED_NONE = "No message is parked."
PARKED_GONE = "That message is not parked any more."
SEND_AGAIN = "Send {number} again"
FORGET = "Forget {number}"
SENT_AGAIN = "It goes out again within half a minute."
FORGOTTEN = "Forgotten."

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def weekday_and_day(day: date) -> str:
    """Return "Monday, 10 March"."""
    return f"{DAYS[day.weekday()]}, {day.day} {day:%B}"


def moment(local: datetime) -> str:
    """Return "Monday, 10 March, 08:00"."""
    return f"{weekday_and_day(local.date())}, {local:%H:%M}"


def when(rhythm: str, weekday: int, times: list[str], zone: str) -> str:
    """Return "Every Monday at 08:00, Europe/Berlin" and the like."""
    days = {"weekly": f"Every {DAYS[weekday]}", "weekdays": "Monday to Friday"}.get(rhythm, "Every day")
    listed = times[0] if len(times) == 1 else f"{', '.join(times[:-1])} and {times[-1]}"
    return f"{days} at {listed}, {zone_name(zone)}"


def zone_name(zone: str) -> str:
    """Return an IANA zone as people read it: "America/New York", and "UTC+2" for Etc/GMT-2, whose sign is the other way round."""
    area, _, fixed = zone.partition("/")
    if area == "Etc" and fixed[:4] in {"GMT+", "GMT-"}:
        return f"UTC{'-' if fixed[3] == '+' else '+'}{fixed[4:]}"
    return zone.replace("_", " ")


def status_chats(count: int, following: datetime | None) -> str:
    """Return "3 chats with digests, next: Monday, 10 March, 08:00" on the clock of that chat."""
    chats = "1 chat with a digest" if count == 1 else f"{count} chats with digests"
    return f"{chats}, next: {moment(following)} {following:%Z}" if following else chats


def copies(count: int) -> str:
    """Return that somebody has one group's digests copied, or several groups'."""
    groups = "a group's digest comes" if count == 1 else f"the digests of {count} groups come"
    return f"Besides, {groups} here as a copy; /digest copy off ends that."


def stories(count: int) -> str:
    """Return "1 story" or "6 stories"."""
    return counted(count, "story", "stories")


def told_by(sources: int, articles: int) -> str:
    """Return "1 source", or "3 sources, 5 articles" where there are more articles than sources."""
    told = counted(sources, "source")
    return told if articles <= sources else f"{told}, {counted(articles, 'article')}"
