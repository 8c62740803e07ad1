"""Settings: read once from the environment and `.env`, then handed down. Nothing else reads the environment."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.digests.schedule import is_zone
from bot.errors import UsageError
from corpus.hosts import AllowList

REMEDY = "correct it in .env or in the environment."

ChatIds = Annotated[frozenset[int], NoDecode]


class Settings(BaseSettings):
    """What the operator decides; each has a line in `.env.example`."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8-sig", env_ignore_empty=True, extra="ignore", frozen=True)

    telegram_bot_token: SecretStr | None = None
    telegram_base_url: str = "https://api.telegram.org"
    telegram_base_file_url: str = ""
    telegram_webhook_url: str = ""
    telegram_webhook_secret: SecretStr | None = None
    telegram_webhook_port: int = Field(default=8443, ge=1, le=65535)
    admin_ids: ChatIds = frozenset()
    allowed_chats: ChatIds = frozenset()
    data_dir: Path = Path("data")
    chroma_url: str = ""
    database_url: str = ""
    embedding_model: str = ""
    reader_model: str = ""
    feed_minutes: int = Field(default=30, ge=5, le=1440)
    fetch_allow: str = ""
    min_confidence: float = Field(default=0.45, ge=0, le=1)
    questions_per_minute: int = Field(default=20, ge=0, le=10_000)
    timezone: str = "UTC"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("admin_ids", "allowed_chats", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        """Accept `1, -100` beside a collection of numbers."""
        return value.replace(",", " ").split() if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        """Refuse what is no IANA time zone."""
        if not is_zone(value):
            raise ValueError(f"{value!r} is no IANA time zone; write it like Europe/Berlin")
        return value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        """Accept any letter case."""
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        """Accept any letter case."""
        return value.lower() if isinstance(value, str) else value

    @field_validator("data_dir")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        """Accept `~/quotewire`, which no shell has expanded in `.env`."""
        try:
            return value.expanduser()
        except RuntimeError as error:
            raise ValueError("names the home folder of a user who does not exist") from error

    @field_validator("fetch_allow")
    @classmethod
    def _hosts(cls, value: str) -> str:
        """Refuse what names no host or network."""
        AllowList.parse(value)
        return value

    @property
    def token(self) -> str | None:
        """The bot's token; None where none is set."""
        return self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else None


class InvalidSettings(UsageError):
    """At least one setting is wrong; each of `faults` names the variable and the reason."""

    def __init__(self, *faults: str) -> None:
        super().__init__(f"{'; '.join(faults)}; {REMEDY}")
        self.faults = faults


def read_settings(*, data_dir: Path | None = None) -> Settings:
    """Return the settings in force; `data_dir` overrides the environment's. Raises InvalidSettings naming the variables at fault."""
    try:
        return Settings() if data_dir is None else Settings(data_dir=data_dir)
    except ValidationError as error:
        raise InvalidSettings(*(_fault(detail["loc"], detail["msg"]) for detail in error.errors())) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSettings(f"the file .env cannot be read ({error})") from error


def _fault(location: tuple[int | str, ...], message: str) -> str:
    name = str(location[0]).upper() if location else "a setting"
    reason = message.removeprefix("Value error, ")
    return f"{name} is not usable: {reason[:1].lower()}{reason[1:]}"
