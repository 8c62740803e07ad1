"""What the articles say, and how it is recognised however it is put."""

import re

from tests.telegram import Message

MEETING = "when is the meeting?"
THE_DAY = re.compile(r"Feb(?:ruary|\.) 4|4 February")
OUTLETS = re.compile("Meridian Wire|Capitol Ledger|Eastgate Herald")

BRIDGE = "When will the St. Orla Bridge reopen?"
THE_REOPENING = re.compile("June 2|May 19")

NOT_TOLD = "what is the capital of peru?"


def tells_the_day(message: Message) -> bool:
    """Return whether the message's bold headline is the day of the meeting; passages that merely mention it do not count."""
    return any(THE_DAY.search(words) for words in message.marked("bold")[:1])
