"""Settings: read once, from the environment and `.env`."""

from pathlib import Path

import pytest

from bot.settings import InvalidSettings, Settings, read_settings

TOKEN = "123456789:AAHfK3lqX0vJ7oUeWm2RzTnYbPdCgSiEaQw"


@pytest.fixture(autouse=True)
def _no_settings_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def write_env(text: str, encoding: str = "utf-8") -> None:
    Path(".env").write_text(text, encoding=encoding)


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings()
    assert (settings.token, settings.data_dir, settings.allowed_chats) == (None, Path("data"), frozenset())


def test_dotenv_is_read_from_the_current_folder() -> None:
    write_env(f"TELEGRAM_BOT_TOKEN={TOKEN}\nREADER_MODEL=some/reader\n")
    settings = read_settings()
    assert (settings.token, settings.reader_model) == (TOKEN, "some/reader")


def test_a_byte_order_mark_in_dotenv_does_no_harm() -> None:
    write_env("MIN_CONFIDENCE=0.7\n", encoding="utf-8-sig")
    assert read_settings().min_confidence == 0.7


def test_the_environment_wins_over_dotenv(monkeypatch: pytest.MonkeyPatch) -> None:
    write_env("READER_MODEL=some/reader\n")
    monkeypatch.setenv("READER_MODEL", "other/reader")
    assert read_settings().reader_model == "other/reader"


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "elsewhere")
    assert read_settings(data_dir=Path("here")).data_dir == Path("here")


def test_an_empty_value_means_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIN_CONFIDENCE", "")
    assert read_settings().min_confidence == 0.45


def test_a_tilde_in_the_data_folder_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "~/quotewire")
    assert read_settings().data_dir == Path.home() / "quotewire"


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("ALLOWED_CHATS", "1, -1002", frozenset({1, -1002})),
        ("ADMIN_IDS", "7 8,9", frozenset({7, 8, 9})),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_FORMAT", "JSON", "json"),
    ],
)
def test_values_may_be_written_as_people_write_them(monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: object) -> None:
    monkeypatch.setenv(name, text)
    assert getattr(read_settings(), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
        ("MIN_CONFIDENCE", "1.5"),
        ("ALLOWED_CHATS", "everyone"),
        ("FETCH_ALLOW", "http://intranet.example/"),
        ("TELEGRAM_WEBHOOK_PORT", "0"),
    ],
)
def test_a_wrong_value_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(InvalidSettings, match=rf"^{name} is not usable: .*; correct it in \.env or in the environment\.$"):
        read_settings()


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.setenv("MIN_CONFIDENCE", "much")
    with pytest.raises(InvalidSettings, match="MIN_CONFIDENCE") as raised:
        read_settings()
    assert [fault.partition(" ")[0] for fault in raised.value.faults] == ["MIN_CONFIDENCE", "LOG_LEVEL"]


def test_a_dotenv_that_is_no_text_is_refused() -> None:
    Path(".env").write_bytes(b"READER_MODEL=\xff\xfe\n")
    with pytest.raises(InvalidSettings, match=r"the file \.env cannot be read"):
        read_settings()


def test_the_token_is_hidden_from_repr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", TOKEN)
    assert TOKEN not in repr(read_settings())
