"""Logs: one line per event on stderr, never a token, and no words of a question unless LOG_LEVEL=DEBUG."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

from bot.settings import Settings
from retrieval.answer import Answer
from retrieval.answering import Asked

CHATTY = ("alembic", "chromadb", "httpcore", "httpx", "huggingface_hub", "sentence_transformers", "transformers")
"""Libraries whose INFO lines say nothing to an operator; httpx's would even show the Bot API's address with the token in it."""

COMPLAINING = ("htmldate", "trafilatura")
"""Libraries that log each bad page as an error; the reason for a skip says it better."""

TOKEN = re.compile(r"\d{6,}(?::|%3A)[A-Za-z0-9_-]{30,}", re.IGNORECASE)
REDACTED = "[token]"
MIN_SECRET = 8
"""Characters; to blank out shorter secrets would tear ordinary words apart."""

logger = logging.getLogger(__name__)


class Redactor:
    """Takes `secrets`, and whatever is shaped like a bot token, out of texts."""

    def __init__(self, *secrets: str) -> None:
        self._secrets = [secret for secret in secrets if len(secret) >= MIN_SECRET]

    def clean(self, text: str) -> str:
        """Return `text` with `[token]` in place of each secret."""
        for secret in self._secrets:
            text = text.replace(secret, REDACTED)
        return TOKEN.sub(REDACTED, text)


class TextFormatter(logging.Formatter):
    """Formats a record for people; redacts at the very end, so that arguments and tracebacks are covered too."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, followed by the traceback where there is one."""
        return self._redactor.clean(super().format(record))


class JsonFormatter(logging.Formatter):
    """Formats a record as one JSON object on one line."""

    def __init__(self, redactor: Redactor) -> None:
        super().__init__()
        self._redactor = redactor

    def format(self, record: logging.LogRecord) -> str:
        """Return an object with `time` (UTC), `level`, `logger`, `message` and, after a failure, `exception`."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps({name: self._redactor.clean(text) for name, text in entry.items()})


def configure_logging(settings: Settings, *, quiet: bool = False) -> None:
    """Send logs to stderr as `settings` say, in place of earlier handlers.

    `quiet` is for commands whose output people read: only warnings then, unless LOG_LEVEL was set on purpose.
    """
    secrets = (settings.telegram_bot_token, settings.telegram_webhook_secret)
    redactor = Redactor(*(secret.get_secret_value() for secret in secrets if secret))
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter(redactor) if settings.log_format == "json" else TextFormatter(redactor))
    chosen = "log_level" in settings.model_fields_set
    logging.basicConfig(level="WARNING" if quiet and not chosen else settings.log_level, handlers=[handler], force=True)
    for name in COMPLAINING:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def log_question(chat_kind: str, asked: Asked) -> None:
    """Write the one line that a question leaves: where it came from, how long each stage took, whether it was answered."""
    times = " ".join(f"{stage}={milliseconds:.0f}ms" for stage, milliseconds in asked.milliseconds.items())
    result = asked.result
    outcome = f"answered confidence={result.confidence:.2f}" if isinstance(result, Answer) else f"silent reason={result.silence}"
    logger.info("question chat=%s %s %s", chat_kind, outcome, times)
    logger.debug("question text=%r", result.question)
