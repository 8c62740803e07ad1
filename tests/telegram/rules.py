"""What Telegram refuses, with its words."""

import html
import json
import re
from dataclasses import dataclass

from telegram.constants import ChatAction, ReactionEmoji

from tests.telegram.objects import Parameters, Payload, utf16_units

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_PHOTO = 10 * 2**20
MAX_NOTICE = 200
MAX_CALLBACK_DATA = 64
MAX_BUTTONS = 100
MAX_RESULTS = 50
MAX_BUTTON_TEXT = 64

_TOKEN = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z0-9-]*)(?P<attributes>[^<>]*)(?P<end>>?)|&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_ENTITIES = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-time": "date_time",
}


class BadRequestError(Exception):
    """The Bot API answers 400 with this description; `migrate_to` is the id that a group has now."""

    def __init__(self, description: str, migrate_to: int | None = None) -> None:
        super().__init__(description)
        self.migrate_to = migrate_to


class BarredError(Exception):
    """The Bot API answers 403 with this description."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """What people read, and its formatting."""

    text: str
    entities: tuple[Payload, ...] = ()


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    name: str
    entity: Payload


def parse_html(source: str) -> Formatted:
    """Return `source` as people read it. Raises BadRequestError for markup that Telegram does not take."""
    text, done = "", 0
    waiting: list[_Open] = []
    entities: list[Payload] = []
    for token in _TOKEN.finditer(source):
        text += source[done : token.start()]
        done = token.end()
        if token["name"] is None:
            text += html.unescape(token.group())
            continue
        offset = len(source[: token.start()].encode())
        if token["close"]:
            entities.append(_closed(waiting, token["name"].lower(), offset, utf16_units(text)))
        else:
            waiting.append(_opened(token, offset, utf16_units(text)))
    if waiting:
        raise BadRequestError(f"can't parse entities: Can't find end tag corresponding to start tag \"{waiting[-1].name}\"")
    return Formatted((text + source[done:]).strip(), tuple(entity for entity in entities if entity["length"]))


def _opened(token: re.Match[str], offset: int, position: int) -> _Open:
    name = token["name"].lower()
    if not token["end"]:
        raise BadRequestError(f"can't parse entities: Unclosed start tag at byte offset {offset}")
    if name not in _ENTITIES or (name == "span" and "tg-spoiler" not in token["attributes"]):
        raise BadRequestError(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset}')
    kind = "expandable_blockquote" if name == "blockquote" and "expandable" in token["attributes"] else _ENTITIES[name]
    entity: Payload = {"type": kind, "offset": position}
    link = re.search(r"""href\s*=\s*["']([^"']*)["']""", token["attributes"])
    if name == "a" and link:
        entity["url"] = html.unescape(link[1])
    return _Open(name, entity)


def _closed(waiting: list[_Open], name: str, offset: int, position: int) -> Payload:
    if not waiting:
        raise BadRequestError(f"can't parse entities: Unexpected end tag at byte offset {offset}")
    tag = waiting.pop()
    if name not in ("", tag.name):
        raise BadRequestError(
            f'can\'t parse entities: Unmatched end tag at byte offset {offset}, expected "</{tag.name}>", found "</{name}>"'
        )
    start = tag.entity["offset"]
    assert isinstance(start, int)
    return tag.entity | {"length": position - start}


def _formatted(source: str, parse_mode: str) -> Formatted:
    match parse_mode:
        case "HTML":
            return parse_html(source)
        case "":
            return Formatted(source.strip())
        case other:
            raise BadRequestError(f"unsupported parse_mode {other}")


def checked_text(parameters: Parameters) -> Formatted:
    """Return the text of a message to send. Raises BadRequestError where it is empty, too long or badly marked up."""
    formatted = _formatted(parameters.get("text", ""), parameters.get("parse_mode", ""))
    if not formatted.text:
        raise BadRequestError("message text is empty")
    if utf16_units(formatted.text) > MAX_TEXT:
        raise BadRequestError("message is too long")
    return formatted


def checked_caption(parameters: Parameters) -> Formatted:
    """Return the words under a picture to send; they may be none. Raises BadRequestError where they are too long or badly marked up."""
    formatted = _formatted(parameters.get("caption", ""), parameters.get("parse_mode", ""))
    if utf16_units(formatted.text) > MAX_CAPTION:
        raise BadRequestError("message caption is too long")
    return formatted


def checked_photo(parameters: Parameters) -> bytes:
    """Return the file of a picture to send. Raises BadRequestError where it is none or too big (PNG only, as the bot sends no other)."""
    photo = parameters.get("photo", "").encode(errors="surrogateescape")
    if not photo.startswith(b"\x89PNG"):
        raise BadRequestError("IMAGE_PROCESS_FAILED")
    if len(photo) > MAX_PHOTO:
        raise BadRequestError("PHOTO_TOO_BIG")
    return photo


def check_results(parameters: Parameters) -> None:
    """Raise BadRequestError for answers to an inline query that Telegram does not take."""
    results = json.loads(parameters.get("results", "[]"))
    ids = [result["id"] for result in results]
    if len(ids) > MAX_RESULTS:
        raise BadRequestError("RESULTS_TOO_MUCH")
    if len(set(ids)) != len(ids):
        raise BadRequestError("RESULT_ID_DUPLICATE")
    if not all(1 <= len(each.encode()) <= MAX_CALLBACK_DATA for each in ids):
        raise BadRequestError("RESULT_ID_INVALID")
    for result in results:
        content = result["input_message_content"]
        checked_text({"text": content["message_text"], "parse_mode": content.get("parse_mode", "")})
    button = json.loads(parameters.get("button", "{}"))
    if len(button.get("text", "")) > MAX_BUTTON_TEXT:
        raise BadRequestError("BUTTON_TEXT_INVALID")


def checked_markup(parameters: Parameters) -> str:
    """Return the inline keyboard as JSON; empty where there is none. Raises BadRequestError for a button that Telegram does not take."""
    markup = parameters.get("reply_markup", "")
    if not markup:
        return ""
    buttons = [button for row in json.loads(markup).get("inline_keyboard", []) for button in row]
    if len(buttons) > MAX_BUTTONS:
        raise BadRequestError("reply markup is too long")
    for button in buttons:
        if not button["text"].strip():
            raise BadRequestError("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= MAX_CALLBACK_DATA:
            raise BadRequestError("BUTTON_DATA_INVALID")
    return markup if buttons else ""


def check_commands(parameters: Parameters) -> None:
    """Raise BadRequestError for a command list that Telegram does not take."""
    for command in json.loads(parameters.get("commands", "[]")):
        if not _COMMAND.fullmatch(command["command"]):
            raise BadRequestError("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise BadRequestError("BOT_COMMAND_DESCRIPTION_INVALID")


def check_reaction(parameters: Parameters) -> None:
    """Raise BadRequestError for an emoji that bots cannot react with."""
    for reaction in json.loads(parameters.get("reaction", "[]")):
        if reaction["emoji"] not in set(ReactionEmoji):
            raise BadRequestError("REACTION_INVALID")


def check_action(parameters: Parameters) -> None:
    """Raise BadRequestError for a chat action that does not exist."""
    if parameters.get("action") not in set(ChatAction):
        raise BadRequestError("wrong parameter action in request")


def check_notice(parameters: Parameters) -> None:
    """Raise BadRequestError for an answer to a button press that is too long."""
    if len(parameters.get("text", "")) > MAX_NOTICE:
        raise BadRequestError("MESSAGE_TOO_LONG")


def check_description(parameters: Parameters) -> None:
    """Raise BadRequestError for a description that is too long."""
    if len(parameters.get("description", "")) > 512 or len(parameters.get("short_description", "")) > 120:
        raise BadRequestError("bot description is too long")
