"""Summaries and timelines on request: looked up, kept, and shown in chats and in the terminal."""
