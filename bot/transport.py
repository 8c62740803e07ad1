"""The way to the Bot API. What comes back along it is a response of the Bot API, or a TelegramError.

Proxies, captive portals and other servers answer with JSON, too; PTB looks into that without asking what it is.
"""

import logging
from typing import Any, TypeGuard

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

INVALID = "Invalid server response"
"""What PTB, too, calls one."""

logger = logging.getLogger(__name__)


class _Response(dict[str, Any]):
    """A response, in which to look up a result that is not there, as PTB does after a status of success, raises TelegramError."""

    def __missing__(self, key: str) -> Any:
        raise TelegramError(self.get("description", INVALID))


class ApiRequest(HTTPXRequest):
    """A request to the Bot API."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the response that `payload` holds. Raises TelegramError where it is none."""
        body: object = HTTPXRequest.parse_json_payload(payload)
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


def _updates_in(result: object) -> list[dict[str, Any]]:
    """Return what is an update, readable. Raises TelegramError where nothing is, as it would only come again, at once and for ever."""
    if not isinstance(result, list):
        raise TelegramError(INVALID)
    updates = [_readable(item) for item in result if _has_id(item)]
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
