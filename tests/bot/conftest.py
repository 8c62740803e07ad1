"""Fixtures for the tests of this folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.harness import Bench, bench


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Bench]:
    async with bench(tmp_path) as running:
        yield running
