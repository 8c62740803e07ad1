"""The terminal's streams."""

import sys

import pytest

from bot.commands.terminal import open_missing_streams


def test_a_command_whose_output_was_closed_writes_into_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    open_missing_streams()
    with sys.stdout as opened:
        assert (opened.name, opened.write("words")) == ("/dev/null", 5)
