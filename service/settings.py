"""Settings from the environment, ``ONESEAL_*``. Each says what it is for and what a wrong value endangers.

In a container a setting may also be a file of its name in /run/secrets, as ``oneseal_database_url``; the environment goes before.
"""

from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.domain.accounts import SecondFactor, SignInRules
from service.domain.keeping import Retention
from service.domain.passwords import PROFILES, PasswordProfile
from service.domain.texts import say

DATABASES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")
REPOSITORY = Path(__file__).parents[1]
SECRETS = Path("/run/secrets")
SHORTEST_KEY = 32


def shipped_bpmn() -> Path:
    """The diagrams beside the source, or the copy inside an installed package."""
    beside = REPOSITORY / "bpmn"
    return beside if beside.is_dir() else Path(__file__).parent / "shipped" / "bpmn"


class Settings(BaseSettings):
    """Read once at start; nothing else in the house looks at the environment."""

    model_config = SettingsConfigDict(
        env_prefix="ONESEAL_", extra="ignore", secrets_dir=SECRETS if SECRETS.is_dir() else None
    )

    database_url: str = Field(
        "sqlite:///data/oneseal.db", description="SQLite for one process, postgresql:// for several."
    )
    host: str = Field("127.0.0.1", description="Address to listen on; behind a proxy that speaks TLS use 0.0.0.0.")
    port: int = Field(8000, ge=0, le=65535, description="0 lets the system choose a free one.")
    public_url: str = Field(
        "",
        description="What browsers call this service; https:// makes cookies Secure and __Host-. Wrong: CSRF checks refuse.",
    )
    trusted_proxies: str = Field(
        "",
        description="Addresses or networks of our own proxies, with commas; only they may say in X-Forwarded-For whom they speak for. "
        "Too wide: anybody can give a false address; empty behind a proxy: all callers have the proxy's.",
    )
    demo: bool = Field(False, description="Lets the clock be moved and loads invented people. Never on in service.")
    worker_threads: int = Field(
        1, ge=0, le=16, description="Workers inside the service; 0 when `oneseal worker` runs apart."
    )
    pool_size: int = Field(10, ge=1, le=100, description="Connections to PostgreSQL per process.")
    threads: int = Field(16, ge=2, le=200, description="Requests worked on at once per process.")
    session_hours: int = Field(12, ge=1, le=24, description="A session ends after this at the latest.")
    session_idle_minutes: int = Field(30, ge=1, le=240, description="A session ends after this without a request.")
    one_session: bool = Field(False, description="A new sign-in ends the person's other sessions.")
    password_profile: Literal["dengbao", "asvs"] = Field(
        "dengbao", description="dengbao: 10 characters of 3 kinds, changed in time; asvs: 12 characters of any kind."
    )
    password_max_age_days: int = Field(
        90, ge=0, le=3650, description="dengbao: a password must be changed after so many days; 0 switches that off."
    )
    second_factor: SecondFactor = Field(
        SecondFactor.OFFERED, description="Who must show codes of a phone: off, offered, administrators, all."
    )
    secret_key: SecretStr = Field(
        SecretStr(""),
        description="At least 32 characters; seals the secrets of second factors. Lost: all have to be set up anew.",
    )
    oidc_issuer: str = Field("", description="Issuer of the county's identity provider; empty: passwords only.")
    oidc_client_id: str = Field("", description="What the provider calls this service.")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="The provider's secret for this service.")
    oidc_login_claim: str = Field(
        "preferred_username",
        description="The claim that holds the login. It must be one that people cannot set themselves, or they pass for others.",
    )
    oidc_name: str = Field(
        default_factory=lambda: say("oidc.name"), description="What the button on the sign-in page says."
    )
    upload_mib: int = Field(
        50, ge=1, le=500, description="Largest file of any kind; each kind has its own limit below it."
    )
    keep_answers_days: int = Field(
        7,
        ge=1,
        le=90,
        description="Answers to repeated requests (Idempotency-Key). Shorter: a late repetition acts twice.",
    )
    keep_sessions_days: int = Field(
        30, ge=1, le=3660, description="Rows of sessions that are over. Who signed in when stays in the history."
    )
    keep_notices_days: int = Field(
        365, ge=180, le=3660, description="Notices to people that belong to no running case. The case's history stays."
    )
    keep_uploads_days: int = Field(
        30, ge=7, le=3660, description="Uploaded files that no act, draft or record uses. Shorter: work begun is lost."
    )
    keep_failures_days: int = Field(
        190,
        ge=184,
        le=3660,
        description="Failed sign-ins, those of unknown names too. 网络安全法 wants six months at least.",
    )
    backups: Path = Field(
        Path("data/backups"),
        description="Folder for backups when none is named. On the same disk it dies with the data.",
    )
    log_format: Literal["console", "json"] = Field("console", description="json for collectors.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info")
    bpmn: Path = Field(default_factory=shipped_bpmn, description="Folder with bundles.toml, for deploy without files.")

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if not value.startswith(DATABASES) or not _readable(value):
            raise ValueError(say("setting.database_url"))
        return value

    @field_validator("public_url")
    @classmethod
    def _an_origin(cls, value: str) -> str:
        """Browsers name their origin without a path; a slash at the end is forgiven."""
        bare = value.strip().rstrip("/")
        head, _, host = bare.partition("://")
        wrong = head not in ("http", "https") or not host or set(host) & set("/?#@ ") or not _readable(bare)
        if bare and wrong:
            raise ValueError(say("setting.public_url"))
        return bare

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: str) -> str:
        for part in filter(None, (part.strip() for part in value.split(","))):
            try:
                ip_network(part)
            except ValueError as error:
                raise ValueError(say("setting.trusted_proxies", part=part)) from error
        return value

    @model_validator(mode="after")
    def _one_writer(self) -> "Settings":
        if self.database_url.startswith("sqlite") and self.worker_threads > 1:
            raise ValueError(say("setting.one_writer"))
        return self

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SHORTEST_KEY:
            raise ValueError(say("setting.secret_key", shortest=SHORTEST_KEY))
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _over_tls(cls, value: str) -> str:
        """What the provider says is believed, so it must come over TLS; on the loopback it may not."""
        found = urlsplit(value)
        if (value and not (found.hostname and (found.scheme == "https" or _loopback(found)))) or found.query:
            raise ValueError(say("setting.oidc_issuer"))
        return value

    @model_validator(mode="after")
    def _codes_can_be_checked(self) -> "Settings":
        """The embedded database keeps a key beside it; a server's database must not hold the key to its own secrets."""
        demanded = self.second_factor in (SecondFactor.ADMINISTRATORS, SecondFactor.ALL)
        if demanded and not self.sqlite_path and not self.secret_key.get_secret_value():
            raise ValueError(say("setting.secret_key_missing", shortest=SHORTEST_KEY))
        return self

    @model_validator(mode="after")
    def _a_whole_provider(self) -> "Settings":
        if self.oidc_issuer and not (self.oidc_client_id and self.public_url):
            raise ValueError(say("setting.oidc_incomplete"))
        return self

    @property
    def password(self) -> PasswordProfile:
        """The profile with the county's own age."""
        chosen = PROFILES[self.password_profile]
        days = self.password_max_age_days
        return replace(chosen, longest_age=timedelta(days=days) if chosen.longest_age and days else None)

    @property
    def sign_in_rules(self) -> SignInRules:
        return SignInRules(self.second_factor, self.password.longest_age)

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over TLS."""
        return self.public_url.startswith("https://")

    @property
    def retention(self) -> Retention:
        """The spans of ``keep_..._days``."""
        return Retention(
            answers=timedelta(days=self.keep_answers_days), sessions=timedelta(days=self.keep_sessions_days),
            notices=timedelta(days=self.keep_notices_days), uploads=timedelta(days=self.keep_uploads_days),
            failures=timedelta(days=self.keep_failures_days),
        )  # fmt: skip

    @property
    def sqlite_path(self) -> Path | None:
        """The file of the embedded database, or None."""
        head = "sqlite:///"
        return Path(self.database_url.removeprefix(head)) if self.database_url.startswith(head) else None


def _loopback(url: SplitResult) -> bool:
    if url.scheme != "http":
        return False
    try:
        return url.hostname == "localhost" or ip_address(url.hostname or "").is_loopback
    except ValueError:
        return False


def _readable(url: str) -> bool:
    """Whether the port, if there is one, is a number."""
    host = url.rpartition("@")[2].rpartition("://")[2].partition("/")[0]
    try:
        return urlsplit(f"//{host}").port != 0
    except ValueError:
        return False
