"""The calls of the Bot API that the tests of this folder expect."""

from tests.recording import Call

REPLY = {"message_id": 10, "allow_sending_without_reply": True, "quote_parse_mode": "HTML"}
BUTTONS = {
    "inline_keyboard": [
        [{"text": "Passage", "callback_data": "show.passage:k1"}],
        [{"text": "👍", "callback_data": "good.quote:k1"}, {"text": "👎", "callback_data": "bad.quote:k1"}],
    ]
}


def sent(text: str, *, chat_id: int = 7, **more: object) -> Call:
    """Return the call that replies with `text`."""
    return "sendMessage", {
        "chat_id": chat_id,
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_parameters": REPLY,
        **more,
    }


def texts(calls: list[Call]) -> list[str]:
    """Return the texts of the messages sent."""
    return [parameters["text"] for name, parameters in calls if name == "sendMessage"]


def answered(text: str | None = None, *, alert: bool = False) -> Call:
    return "answerCallbackQuery", {"callback_query_id": "p1", **({"text": text} if text else {}), "show_alert": alert}
