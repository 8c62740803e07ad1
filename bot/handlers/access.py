"""Who may talk to the bot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Access:
    """The operator's allow-list: no `chats` mean everyone. `admins` are always heard in their private chats."""

    chats: frozenset[int] = frozenset()
    admins: frozenset[int] = frozenset()

    def allows(self, chat_id: int) -> bool:
        """Return whether the bot speaks in this chat. (A private chat has the id of its user.)"""
        return not self.chats or chat_id in self.chats or chat_id in self.admins
