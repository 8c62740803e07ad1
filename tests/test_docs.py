"""The documentation names what there is."""

import re
from pathlib import Path

import pytest
from pydantic import SecretStr
from typer.main import get_group

from bot.backend import RealBackend
from bot.cli import build_app
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(get_group(build_app(RealBackend(), clock=lambda: 0.0)).commands)


def written(value: object) -> str:
    """Return a default as `.env.example` writes it; nothing for None and for empty collections."""
    if isinstance(value, frozenset):
        return ",".join(map(str, sorted(value)))
    if value is None or isinstance(value, SecretStr):
        return ""
    return str(value)


def test_env_example_has_every_setting_with_its_default_and_nothing_else() -> None:
    lines = dict(line.split("=", 1) for line in EXAMPLE.splitlines() if line and not line.startswith("#"))
    assert lines == {name.upper(): written(field.default) for name, field in Settings.model_fields.items()}


def test_env_example_explains_each_setting_in_the_line_above() -> None:
    lines = EXAMPLE.splitlines()
    unexplained = [
        line for before, line in zip(["", *lines], lines, strict=False) if re.match(r"[A-Z]", line) and not before.startswith("# ")
    ]
    assert unexplained == []


def test_env_example_can_be_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    nothing_set = Settings()
    Path(".env").write_text(EXAMPLE, encoding="utf-8")
    assert Settings() == nothing_set


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readme_names_the_command(command: str) -> None:
    assert re.search(rf"`quotewire {command}\b|^quotewire {command}\b", README, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_the_readme_names_the_setting(name: str) -> None:
    assert name.upper() in README
