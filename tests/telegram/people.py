"""The people who talk to the bot: what they do comes to it as updates."""

import time
from dataclasses import replace

from tests.telegram.objects import ADA, Chat, Message, Payload, User, entities_of
from tests.telegram.world import Pending, World

FIRST_UPDATE = 700_000_001


class People:
    """What people can do in `world`."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._updates: dict[tuple[int, int], Payload] = {}
        self._last_update = FIRST_UPDATE

    @property
    def last_update(self) -> int:
        """The id of the newest update."""
        return self._last_update

    def private_message(self, text: str, *, user: User = ADA, date: int | None = None, reply_to: Message | None = None) -> Message:
        """Let `user` write to the bot; `date` is in seconds since 1970, now where not given."""
        return self._write(Chat.with_person(user), text, user=user, date=date, reply_to=reply_to)

    def group_message(
        self,
        text: str,
        chat: Chat,
        *,
        user: User = ADA,
        thread_id: int | None = None,
        reply_to: Message | None = None,
        date: int | None = None,
    ) -> Message:
        """Let `user` write in a group, in the topic `thread_id` where given."""
        return self._write(chat, text, user=user, date=date, thread_id=thread_id, reply_to=reply_to)

    def _write(
        self,
        chat: Chat,
        text: str,
        *,
        user: User,
        date: int | None,
        thread_id: int | None = None,
        reply_to: Message | None = None,
        document: Payload | None = None,
    ) -> Message:
        chained = reply_to.id if reply_to and chat.type == "supergroup" else None
        with self._world.changed:
            message = Message(
                chat=chat,
                id=self._world.next_message_id(),
                sender=user,
                text=text,
                date=int(time.time()) if date is None else date,
                entities=tuple(entities_of(text)),
                thread_id=thread_id or chained,
                in_topic=thread_id is not None,
                reply_to=reply_to,
            )
            self._world.chats[chat.id] = chat
            if thread_id is not None:
                self._world.topics.add((chat.id, thread_id))
            self._world.keep(message)
            attached: Payload = {"document": document} if document else {}
            self._updates[chat.id, message.id] = self.raw({"message": message.payload() | attached})
        return message

    def document(self, name: str, content: bytes, *, user: User = ADA) -> Message:
        """Let `user` send the bot a document."""
        with self._world.changed:
            file_id = f"file-{len(self._world.files)}"
            self._world.files[file_id] = content
            return self._write(
                Chat.with_person(user),
                "",
                user=user,
                date=None,
                document={"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": len(content)},
            )

    def edited_message(self, message: Message, text: str) -> Message:
        """Let a person change what they wrote."""
        edited = replace(message, text=text, entities=tuple(entities_of(text)))
        with self._world.changed:
            self._world.keep(edited)
            self.raw({"edited_message": edited.payload() | {"edit_date": int(time.time())}})
        return edited

    def delete(self, message: Message) -> None:
        """Let a person take back what they wrote; bots are not told."""
        with self._world.changed:
            del self._world.messages[message.chat.id, message.id]

    def press(self, button: str, message: Message, *, user: User = ADA) -> str:
        """Let `user` press the button whose text contains, or whose data is, `button`; return the id of the press."""
        found = next((known for known in message.buttons if known.data and (button in known.text or button == known.data)), None)
        if found is None:
            raise AssertionError(f"no button {button!r} among {message.buttons}")
        with self._world.changed:
            query_id = str(4_000_000_000 + len(self._world.queries))
            self._world.queries.add(query_id)
            query: Payload = {
                "id": query_id,
                "from": user.payload(),
                "message": message.payload(),
                "chat_instance": "1",
                "data": found.data,
            }
            self.raw({"callback_query": query})
        return query_id

    def inline_query(self, text: str, *, user: User = ADA) -> str:
        """Let `user` type `text` after the bot's name in a chat that the bot is not in; return the id of the query."""
        with self._world.changed:
            query_id = str(5_000_000_000 + len(self._world.queries))
            self._world.queries.add(query_id)
            self.raw({"inline_query": {"id": query_id, "from": user.payload(), "query": text, "offset": ""}})
        return query_id

    def raw(self, update: Payload) -> Payload:
        """Deliver any update; an id is given to one that has none. Return it with its id."""
        with self._world.changed:
            self._last_update += 1
            complete = {"update_id": self._last_update} | update
            self._world.pending.append(Pending(complete))
            self._world.changed.notify_all()
        return complete

    def redeliver(self, message: Message) -> None:
        """Deliver the update that brought `message` once more, under its old id."""
        with self._world.changed:
            self._world.pending.append(Pending(self._updates[message.chat.id, message.id], again=True))
            self._world.changed.notify_all()
