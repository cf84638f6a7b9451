"""Every setting, read once from the environment. The table in docs/settings.md is checked against this class by a test."""

import datetime as dt
import functools
import ipaddress
from pathlib import Path

from pydantic import BaseSettings, Field, SecretStr, validator

ROOT = Path(__file__).resolve().parents[2]
DEMO_SECRET = "smelt-demo-secret-not-for-production"  # noqa: S105 - refused in production by check_production


class SettingsError(RuntimeError):
    """The environment asks for something unsafe or contradictory; the text says which setting and why."""


class Settings(BaseSettings):
    """What an operator may set. Safe defaults for a laptop; ``check_production`` refuses them on the internet."""

    mode: str = Field(
        default="demo", env="SMELT_MODE", description="`demo` (invented data, demo sign-in) or `production`"
    )
    web_port: int = Field(default=8080, env="WEB_PORT", description="port of the page, the chat and `/health`")
    engine_port: int = Field(default=5005, env="ENGINE_PORT", description="loopback port of the Rasa engine")
    actions_port: int = Field(default=5055, env="ACTIONS_PORT", description="loopback port of the action server")
    web_host: str = Field(default="127.0.0.1", env="WEB_HOST", description="address the web process listens on")
    trusted_proxies: str = Field(
        default="127.0.0.1",
        env="SMELT_TRUSTED_PROXIES",
        description="comma-separated addresses or networks of proxies that may say in `X-Forwarded-For` who asks",
    )
    engine_url: str | None = Field(
        default=None, env="ENGINE_URL", description="where web finds the engine; default loopback"
    )
    model: Path | None = Field(
        default=None,
        env="SMELT_MODEL",
        description="trained model the engine loads; default the one that fits the data, trained when there is none",
    )
    data_dir: Path = Field(
        default=ROOT / "var", env="SMELT_DATA_DIR", description="databases, mails and logs of a laptop run"
    )
    production_url: str | None = Field(
        default=None,
        env="SMELT_PRODUCTION_URL",
        description="SQLAlchemy url of the production database (read-only role is enough)",
    )
    database_url: str | None = Field(
        default=None, env="SMELT_DATABASE_URL", description="SQLAlchemy url of Smelt's own database"
    )
    tracker_url: str | None = Field(
        default=None, env="SMELT_TRACKER_URL", description="SQLAlchemy url of the engine's tracker store"
    )
    redis_url: str | None = Field(
        default=None, env="SMELT_REDIS_URL", description="Redis for several web processes; without it one web process"
    )
    secret: SecretStr = Field(
        default=DEMO_SECRET, env="SMELT_SECRET", description="key that signs conversation ids and identities"
    )
    engine_token: SecretStr | None = Field(
        default=None, env="SMELT_ENGINE_TOKEN", description="shared by web and engine; default derived from the secret"
    )
    jwt_secret: SecretStr | None = Field(
        default=None, env="SMELT_JWT_SECRET", description="HS256 secret of the website's sign-in tokens"
    )
    jwt_jwks_url: str | None = Field(
        default=None, env="SMELT_JWT_JWKS_URL", description="JWKS address for RS256/ES256 sign-in tokens"
    )
    jwt_audience: str = Field(
        default="smelt", env="SMELT_JWT_AUDIENCE", description="audience a sign-in token must carry"
    )
    today: dt.date | None = Field(
        default=None, env="SMELT_TODAY", description="moves today (ISO date) for all processes; demo and tests only"
    )
    demo_seed: int = Field(default=1, env="SMELT_DEMO_SEED", description="seed of the invented plant")
    time_zone: str = Field(default="Europe/Oslo", env="SMELT_TIME_ZONE", description="time zone of the foundry")
    allowed_origins: str = Field(
        default="",
        env="SMELT_ALLOWED_ORIGINS",
        description="comma-separated web origins that may open the chat; empty: same host only",
    )
    mail_to: str = Field(
        default="sales@norsemetal.example", env="SMELT_MAIL_TO", description="the sales desk's mailbox"
    )
    mail_from: str = Field(default="smelt@norsemetal.example", env="SMELT_MAIL_FROM", description="sender of mails")
    smtp_url: SecretStr | None = Field(
        default=None,
        env="SMELT_SMTP_URL",
        description="smtp://user:password@host:port; without it mails land in `<data dir>/mail`",
    )
    public_url: str | None = Field(
        default=None, env="SMELT_PUBLIC_URL", description="address of the chat page for links in mails; https"
    )
    unseen_minutes: float = Field(
        default=2,
        env="SMELT_UNSEEN_MINUTES",
        description="minutes an answer of the sales desk may stay unseen before it goes by mail",
    )
    turn_timeout: float = Field(
        default=4.5, env="SMELT_TURN_TIMEOUT", description="seconds before a turn of the engine counts as failed"
    )
    max_message_chars: int = Field(
        default=4000, env="SMELT_MAX_MESSAGE_CHARS", description="longest message a customer may send"
    )
    rate_limit: int = Field(
        default=600,
        env="SMELT_RATE_LIMIT",
        description="messages a minute one conversation may send; an address may send twenty times as many",
    )
    desk_session_hours: float = Field(
        default=12, env="SMELT_DESK_SESSION_HOURS", description="hours after which staff sign in again in any case"
    )
    desk_idle_hours: float = Field(
        default=2, env="SMELT_DESK_IDLE_HOURS", description="hours without use after which staff sign in again"
    )
    oidc_issuer: str | None = Field(
        default=None, env="SMELT_OIDC_ISSUER", description="issuer of the staff's OpenID Connect sign-in"
    )
    oidc_client_id: str | None = Field(
        default=None, env="SMELT_OIDC_CLIENT_ID", description="client id of the desk at that issuer"
    )
    oidc_client_secret: SecretStr | None = Field(
        default=None, env="SMELT_OIDC_CLIENT_SECRET", description="client secret of the desk at that issuer"
    )
    keep_days: int = Field(
        default=90,
        env="SMELT_KEEP_DAYS",
        ge=1,
        description="days a conversation, its files and the engine's memory of it are kept after its last message",
    )
    case_days: int = Field(
        default=1827,
        env="SMELT_CASE_DAYS",
        ge=1,
        description="days a case is kept after the end of the year it was received in; default five years, two of them leap",
    )
    audit_days: int = Field(
        default=365, env="SMELT_AUDIT_DAYS", ge=1, description="days the record of what staff did is kept"
    )
    documents_dir: Path | None = Field(
        default=None,
        env="SMELT_DOCUMENTS_DIR",
        description="folder with the files `v_document` names; default `<data dir>/documents`",
    )
    bring_uid: str | None = Field(
        default=None, env="SMELT_BRING_UID", description="user id (mail address) of Bring's tracking API"
    )
    bring_key: SecretStr | None = Field(
        default=None, env="SMELT_BRING_KEY", description="key of Bring's tracking API; without it no live status"
    )
    bring_url: str = Field(
        default="https://api.bring.com", env="SMELT_BRING_URL", description="address of Bring's tracking API"
    )
    intake: str = Field(
        default="tables",
        env="SMELT_INTAKE",
        description="where confirmed wishes go: `tables` (Smelt's own in the production database) or `none` (mail only)",
    )
    intake_give_up_hours: float = Field(
        default=24,
        env="SMELT_INTAKE_GIVE_UP_HOURS",
        gt=0,
        description="hours after which a wish the production side does not take is given to the sales desk by mail",
    )
    max_upload_mb: int = Field(default=25, env="SMELT_MAX_UPLOAD_MB", description="largest file in megabytes")
    log_level: str = Field(default="INFO", env="SMELT_LOG_LEVEL", description="level of the log")

    class Config:
        frozen = True

    @validator("trusted_proxies")
    def _known_networks(cls, value: str) -> str:
        for one in filter(None, map(str.strip, value.split(","))):
            try:
                ipaddress.ip_network(one)
            except ValueError as error:
                raise ValueError(f"SMELT_TRUSTED_PROXIES: {one} is neither an address nor a network") from error
        return value

    @validator("intake")
    def _known_intake(cls, value: str) -> str:
        if value not in ("tables", "none"):
            raise ValueError("SMELT_INTAKE is tables or none")
        return value

    @validator("mode")
    def _known_mode(cls, value: str) -> str:
        if value not in ("demo", "production"):
            raise ValueError("SMELT_MODE is demo or production")
        return value

    @property
    def demo(self) -> bool:
        """Whether the invented plant and the demo sign-in may be used."""
        return self.mode == "demo"

    @property
    def oidc(self) -> bool:
        """Whether staff may sign in through an identity provider."""
        return bool(self.oidc_issuer and self.oidc_client_id and self.oidc_client_secret)

    @property
    def production_db(self) -> str:
        """Url of the production database, by default a file in the data folder."""
        return self.production_url or f"sqlite:///{self.data_dir / 'production.db'}"

    @property
    def own_db(self) -> str:
        """Url of Smelt's own database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'smelt.db'}"

    @property
    def tracker_db(self) -> str:
        """Url of the engine's tracker store."""
        return self.tracker_url or f"sqlite:///{self.data_dir / 'tracker.db'}"

    @property
    def engine_base(self) -> str:
        """Where web reaches the engine."""
        return self.engine_url or f"http://127.0.0.1:{self.engine_port}"

    @property
    def public_base(self) -> str:
        """The address of the chat page, without a slash at its end."""
        return (self.public_url or f"http://127.0.0.1:{self.web_port}").rstrip("/")

    @property
    def documents_folder(self) -> Path:
        """Where the files of documents lie."""
        return self.documents_dir or self.data_dir / "documents"

    @property
    def mail_folder(self) -> Path:
        """Where mails land without a mail server."""
        return self.data_dir / "mail"

    def check_production(self) -> None:
        """Refuse to start on demo defaults in production. Raises SettingsError naming the setting."""
        if self.demo:
            return
        if self.secret.get_secret_value() == DEMO_SECRET or len(self.secret.get_secret_value()) < 32:
            raise SettingsError("SMELT_SECRET: secret key not set (at least 32 characters)")
        if self.production_url is None:
            raise SettingsError("SMELT_PRODUCTION_URL: not set, and production does not run on the demo plant")
        if self.today is not None:
            raise SettingsError("SMELT_TODAY: a moved clock is for tests and demos")
        if self.public_url is None or not self.public_url.startswith("https://"):
            raise SettingsError("SMELT_PUBLIC_URL: mails cannot link to the chat (an https:// address)")
        given = [bool(one) for one in (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)]
        if any(given) and not (all(given) and str(self.oidc_issuer).startswith("https://")):
            raise SettingsError(
                "SMELT_OIDC_ISSUER (https), SMELT_OIDC_CLIENT_ID and SMELT_OIDC_CLIENT_SECRET go together"
            )
        if self.jwt_secret is None and self.jwt_jwks_url is None:
            raise SettingsError("SMELT_JWT_SECRET or SMELT_JWT_JWKS_URL: nobody could sign in")


@functools.lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
