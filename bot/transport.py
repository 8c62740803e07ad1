"""The way to the Bot API. What comes back along it is a response of the Bot API, or a TelegramError.

Proxies, captive portals and other servers answer, too, some with JSON. PTB takes the status of such an answer for Telegram's word
("the token is wrong", "the group has put the bot out"), and looks into its JSON without asking what it is.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from telegram import BotCommand, ChatMember, File, Message, SentGuestMessage, Update, User
from telegram.error import NetworkError, TelegramError
from telegram.request import HTTPXRequest

INVALID = "Invalid server response"
"""What PTB, too, calls one."""
RESULTS: Mapping[str, Callable[[Any], object]] = {
    "answerGuestQuery": SentGuestMessage.de_json,
    "editMessageReplyMarkup": Message.de_json,
    "editMessageText": Message.de_json,
    "getChatMember": ChatMember.de_json,
    "getFile": File.de_json,
    "getMe": User.de_json,
    "getMyCommands": BotCommand.de_list,
    "sendMessage": Message.de_json,
    "sendPhoto": Message.de_json,
}
"""How PTB reads the results of the methods that the bot calls; those of the others it takes as they are."""

logger = logging.getLogger(__name__)


class _Response(dict[str, Any]):
    """A response, in which to look up a result that is not there, as PTB does after a status of success, raises TelegramError."""

    def __missing__(self, key: str) -> Any:
        raise TelegramError(self.get("description", INVALID))


class ApiRequest(HTTPXRequest):
    """A request to the Bot API."""

    async def do_request(self, url: str, method: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Return the status and the body of the answer.

        Raises NetworkError where it is not the Bot API that answers a call, and where the result cannot be read: the call may have been
        obeyed then.
        """
        status, payload = await super().do_request(url, method, *args, **kwargs)
        if method == "POST" and not _is_readable(url.rpartition("/")[2], payload):  # files come by GET
            raise NetworkError(f"{INVALID} ({status})")
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the response that `payload` holds. Raises TelegramError where it is none."""
        try:
            body: object = json.loads(payload.decode(errors="replace"))
        except ValueError:  # PTB would log the whole page
            raise TelegramError(INVALID) from None
        if not _is_response(body):
            raise TelegramError(INVALID)
        return _Response(body)


class UpdatesRequest(ApiRequest):
    """A request for updates that one unreadable update does not spoil: of that, only the id is left, so that nothing is done about it.

    Servers older or newer than python-telegram-bot send such ones: a poll from before Bot API 9.6, for instance. PTB reads all updates
    or none, logs what people wrote, and would be given the same ones again for ever.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the response that `payload` holds. Raises TelegramError where it is none, or has a result without any updates in it."""
        response = ApiRequest.parse_json_payload(payload)
        if "result" in response:
            response["result"] = _updates_in(response["result"])
        return response


def _is_readable(method: str, payload: bytes) -> bool:
    """Return whether `payload` is a response to `method` whose result, if any, PTB can read."""
    try:
        response = ApiRequest.parse_json_payload(payload)
    except TelegramError:
        return False
    if method not in RESULTS or "result" not in response:
        return True
    try:
        RESULTS[method](response["result"])
    except Exception as error:  # noqa: BLE001 - whatever its parser trips over
        logger.error("The result of %s cannot be read: %s: %s", method, type(error).__name__, error)
        return False
    return True


def _is_response(body: object) -> TypeGuard[dict[str, Any]]:
    """Return whether `body` is what the Bot API promises of each response, as far as PTB relies on that."""
    if not isinstance(body, dict):
        return False
    parameters = body.get("parameters", {})
    return (
        isinstance(body.get("ok"), bool)
        and isinstance(body.get("description", ""), str)
        and isinstance(parameters, dict)
        and all(isinstance(value, int) for value in parameters.values())
    )


def read_update(item: object) -> dict[str, Any] | None:
    """Return an update that PTB can read, or its bare id where it cannot read the rest; None for what is no update."""
    return _readable(item) if _has_id(item) else None


def _updates_in(result: object) -> list[dict[str, Any]]:
    """Return what is an update, readable. Raises TelegramError where nothing is, as it would only come again, at once and for ever."""
    if not isinstance(result, list):
        raise TelegramError(INVALID)
    updates = [update for item in result if (update := read_update(item))]
    if len(updates) < len(result):
        logger.error("%d updates without an id are left out", len(result) - len(updates))
    if result and not updates:
        raise TelegramError(INVALID)
    return updates


def _has_id(item: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(item, dict) and isinstance(item.get("update_id"), int)


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    """Return `update`, or its bare id where PTB cannot read the rest."""
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001 - whatever its parser trips over, an update that is not confirmed comes again for ever
        kinds = ", ".join(sorted(update.keys() - {"update_id"}))
        logger.error("Update %s (%s) cannot be read and is left out: %s: %s", update["update_id"], kinds, type(error).__name__, error)
        return {"update_id": update["update_id"]}
    return update
