"""Pictures of conversations with the real bot, for README.

    python -m benchmarks.screens FOLDER

The bot (`quotewire run`, over the sample articles) talks to a Bot API server on this machine; what people would see there
is drawn as it was sent.
"""

import argparse
import json
import logging
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.drawing import Bubble, draw, styles_of
from tests.running import Quotewire
from tests.telegram import BotApi, Message

logger = logging.getLogger(__name__)

CONVERSATIONS = {
    "answer": ("when do the phase two talks begin?",),
    "follow-up": ("when was the bridge shut?", "and why?"),
    "silence": ("what is the capital of peru?",),
    "summary": ("/summary bridge",),
    "timeline": ("/timeline bridge",),
    "digest": ("/digest weekdays 8:00 Europe/Berlin topics ceasefire, bridge",),
}
"""What a person writes to the bot, by the picture that shows it."""


def bubble(message: Message, *, from_person: bool = False) -> Bubble:
    """Return what people see of `message`."""
    rows = json.loads(message.markup)["inline_keyboard"] if message.markup else []
    return Bubble(
        text=message.text,
        styles=styles_of(message.text, message.entities),
        buttons=tuple(tuple(button["text"] for button in row) for row in rows),
        from_person=from_person,
        image=message.photo,
    )


def converse(api: BotApi, texts: Sequence[str]) -> list[Bubble]:
    """Return what a person writes and what the bot replies, in order."""
    said = []
    for text in texts:
        written = api.private_message(text)
        said += [bubble(written, from_person=True), bubble(api.reply(written, seconds=120))]
    return said


def main(arguments: Sequence[str]) -> None:
    """Draw every conversation into the folder that the command line names."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.screens", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="where the pictures go")
    folder = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="quotewire-screens-") as work, BotApi() as api:
        quotewire = Quotewire(Path(work) / "data", Path(work))
        with quotewire.start("run", TELEGRAM_BOT_TOKEN=api.token, TELEGRAM_BASE_URL=api.url):
            api.wait_for(lambda: api.polls, seconds=300)
            for name, texts in CONVERSATIONS.items():
                (folder / f"{name}.png").write_bytes(draw(converse(api, texts)))
                logger.info("drew %s", name)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    main(sys.argv[1:])
