"""The Bot API's methods: what each does to the chats, and what it returns."""

import json
import time
from collections.abc import Callable
from dataclasses import replace

from tests.telegram import rules
from tests.telegram.objects import BOT, Chat, Message, Parameters, Payload
from tests.telegram.rules import BadRequestError, BarredError, Formatted
from tests.telegram.wire import FILE
from tests.telegram.world import Pending, World

UNLESS_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Updates that come only to bots that name them in `allowed_updates`."""


class TakenOverError(Exception):
    """Another poller took over."""


Method = Callable[[Parameters], object]


def _accept(_: Parameters) -> object:
    return True


class Methods:
    """What the bot can ask for. Anything not listed here succeeds and does nothing, as most settings do."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._named: dict[str, Method] = {
            "getMe": self._get_me,
            "getChatMember": self._get_member,
            "getUpdates": self._get_updates,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "editMessageText": self._edit_text,
            "editMessageReplyMarkup": self._edit_markup,
            "deleteMessage": self._delete_message,
            "answerCallbackQuery": self._answer_query,
            "sendChatAction": self._checked(rules.check_action, in_chat=True),
            "setMessageReaction": self._checked(rules.check_reaction, in_chat=True),
            "setMyCommands": self._set_commands,
            "getMyCommands": self._get_commands,
            "getFile": self._get_file,
            FILE: self._file,
            "getMyDescription": lambda _: {"description": ""},
            "getMyShortDescription": lambda _: {"short_description": ""},
            "setMyDescription": self._checked(rules.check_description),
            "setMyShortDescription": self._checked(rules.check_description),
            "answerInlineQuery": self._answer_inline_query,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }

    def call(self, method: str, parameters: Parameters) -> object:
        """Return the result of `method`. Raises BadRequestError or TakenOverError where Telegram would refuse it."""
        with self._world.changed:
            result = self._named.get(method, _accept)(parameters)
            self._world.changed.notify_all()
            return result

    def _checked(self, check: Callable[[Parameters], None], *, in_chat: bool = False) -> Method:
        def method(parameters: Parameters) -> object:
            if in_chat:
                self._chat(parameters)
            check(parameters)
            return True

        return method

    def _get_me(self, _: Parameters) -> object:
        rights: Payload = {"can_join_groups": True, "can_read_all_group_messages": not self._world.privacy}
        inline: Payload = {"supports_inline_queries": self._world.inline}
        return BOT.payload() | rights | inline | {"can_connect_to_business": False, "has_main_web_app": False}

    def _get_member(self, parameters: Parameters) -> object:
        user_id = int(parameters["user_id"])
        owner = (self._chat(parameters).id, user_id) in self._world.administrators
        member: Payload = {"status": "creator", "is_anonymous": False} if owner else {"status": "member"}
        return member | {"user": {"id": user_id, "is_bot": False, "first_name": "Somebody"}}

    def _get_updates(self, parameters: Parameters) -> object:
        world = self._world
        if world.webhook:
            raise TakenOverError("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
        if "allowed_updates" in parameters:
            world.allowed_updates = tuple(json.loads(parameters["allowed_updates"]))
        world.polls += 1
        turn = world.polls
        world.changed.notify_all()
        self._confirm(int(parameters.get("offset", "0")))
        seconds = float(parameters.get("timeout", "0"))
        world.polling = True
        world.changed.wait_for(lambda: self._due() or world.closing or world.polls != turn, seconds)
        if world.polls != turn:
            raise TakenOverError("terminated by other getUpdates request; make sure that only one bot instance is running")
        world.polling = False
        updates = self._due()[: int(parameters.get("limit", "100"))]
        for update in updates:
            update.again = False
        return [update.payload for update in updates]

    def _confirm(self, offset: int) -> None:
        if offset:
            self._world.pending = [update for update in self._world.pending if update.again or update.id >= offset]

    def _due(self) -> list[Pending]:
        return [update for update in self._world.pending if self._wanted(update.payload)]

    def _wanted(self, payload: Payload) -> bool:
        kind = next(name for name in payload if name != "update_id")
        allowed = self._world.allowed_updates
        return kind in allowed if allowed else kind not in UNLESS_ASKED

    def _chat(self, parameters: Parameters) -> Chat:
        chat = self._world.chats.get(int(parameters.get("chat_id", "0")))
        if chat is None:
            raise BadRequestError("chat not found")
        if chat.id in self._world.moved:
            raise BadRequestError("group chat was upgraded to a supergroup chat", self._world.moved[chat.id])
        if chat.id in self._world.barred:
            raise BarredError("bot was kicked from the supergroup chat")
        return chat

    def _send_message(self, parameters: Parameters) -> object:
        return self._sent(parameters, rules.checked_text(parameters), parameters["text"])

    def _send_photo(self, parameters: Parameters) -> object:
        photo = rules.checked_photo(parameters)
        return self._sent(parameters, rules.checked_caption(parameters), parameters.get("caption", ""), photo)

    def _sent(self, parameters: Parameters, formatted: Formatted, html: str, photo: bytes = b"") -> Message:
        chat = self._chat(parameters)
        markup = rules.checked_markup(parameters)
        thread = self._thread(chat, parameters)
        message = Message(
            chat=chat,
            id=self._world.next_message_id(),
            sender=BOT,
            text=formatted.text,
            date=int(time.time()),
            html=html,
            entities=formatted.entities,
            markup=markup,
            thread_id=thread,
            in_topic=thread is not None,
            reply_to=self._replied(chat, parameters),
            photo=photo,
        )
        return self._world.keep(message)

    def _thread(self, chat: Chat, parameters: Parameters) -> int | None:
        if "message_thread_id" not in parameters:
            return None
        thread = int(parameters["message_thread_id"])
        if (chat.id, thread) not in self._world.topics:
            raise BadRequestError("message thread not found")
        if (chat.id, thread) in self._world.closed_topics:
            raise BadRequestError("TOPIC_CLOSED")
        return thread

    def _replied(self, chat: Chat, parameters: Parameters) -> Message | None:
        reply = json.loads(parameters.get("reply_parameters", "{}"))
        if not reply:
            return None
        message = self._world.messages.get((chat.id, reply["message_id"]))
        if message is None and not reply.get("allow_sending_without_reply", False):
            raise BadRequestError("message to be replied not found")
        if message and reply.get("quote", "") not in message.text:
            raise BadRequestError("QUOTE_TEXT_INVALID")
        return message

    def _own(self, parameters: Parameters) -> Message:
        message = self._world.messages.get((self._chat(parameters).id, int(parameters.get("message_id", "0"))))
        if message is None:
            raise BadRequestError("message to edit not found")
        if message.sender != BOT:
            raise BadRequestError("message can't be edited")
        return message

    def _edit_text(self, parameters: Parameters) -> object:
        old, new = self._own(parameters), rules.checked_text(parameters)
        markup = rules.checked_markup(parameters)
        return self._replace(old, replace(old, text=new.text, html=parameters["text"], entities=new.entities, markup=markup))

    def _edit_markup(self, parameters: Parameters) -> object:
        old = self._own(parameters)
        return self._replace(old, replace(old, markup=rules.checked_markup(parameters)))

    def _replace(self, old: Message, new: Message) -> Message:
        if (old.text, old.entities, old.buttons) == (new.text, new.entities, new.buttons):
            raise BadRequestError(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        return self._world.keep(new)

    def _set_commands(self, parameters: Parameters) -> object:
        rules.check_commands(parameters)
        self._world.commands[parameters.get("scope", "")] = json.loads(parameters["commands"])
        return True

    def _get_commands(self, parameters: Parameters) -> object:
        return self._world.commands.get(parameters.get("scope", ""), [])

    def _get_file(self, parameters: Parameters) -> object:
        file_id = parameters.get("file_id", "")
        if file_id not in self._world.files:
            raise BadRequestError("invalid file_id")
        return {"file_id": file_id, "file_unique_id": file_id, "file_path": f"documents/{file_id}"}

    def _file(self, parameters: Parameters) -> object:
        return self._world.files[parameters["file_path"].removeprefix("documents/")]

    def _delete_message(self, parameters: Parameters) -> object:
        if self._world.messages.pop((self._chat(parameters).id, int(parameters.get("message_id", "0"))), None) is None:
            raise BadRequestError("message to delete not found")
        return True

    def _answer_query(self, parameters: Parameters) -> object:
        if parameters.get("callback_query_id") not in self._world.queries:
            raise BadRequestError("query is too old and response timeout expired or query ID is invalid")
        rules.check_notice(parameters)
        return True

    def _answer_inline_query(self, parameters: Parameters) -> object:
        if parameters.get("inline_query_id") not in self._world.queries:
            raise BadRequestError("query is too old and response timeout expired or query ID is invalid")
        rules.check_results(parameters)
        return True

    def _set_webhook(self, parameters: Parameters) -> object:
        url = parameters.get("url", "")
        if url and not url.startswith("https://"):
            raise BadRequestError("bad webhook: An HTTPS URL must be provided for webhook")
        self._world.webhook = url
        return True

    def _delete_webhook(self, parameters: Parameters) -> object:
        self._world.webhook = ""
        if parameters.get("drop_pending_updates", "").lower() == "true":
            self._world.pending.clear()
        return True

    def _webhook_info(self, _: Parameters) -> object:
        return {"url": self._world.webhook, "has_custom_certificate": False, "pending_update_count": len(self._world.pending)}
