"""A Bot API server for tests, with the people who write to the bot."""

from tests.telegram.api import BotApi
from tests.telegram.limits import Limits
from tests.telegram.objects import (
    ADA,
    BEN,
    BOT,
    CONFLICT,
    FORBIDDEN,
    UNAUTHORIZED,
    AnswerLost,
    Call,
    Chat,
    ConnectionReset,
    Delay,
    Foreign,
    LateAnswer,
    Message,
    Swallowed,
    User,
    too_many_requests,
)

__all__ = [
    "ADA",
    "BEN",
    "BOT",
    "CONFLICT",
    "FORBIDDEN",
    "UNAUTHORIZED",
    "AnswerLost",
    "BotApi",
    "Call",
    "Chat",
    "ConnectionReset",
    "Delay",
    "Foreign",
    "LateAnswer",
    "Limits",
    "Message",
    "Swallowed",
    "User",
    "too_many_requests",
]
