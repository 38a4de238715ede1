"""What an operator may set, read from ZHITONG_… variables and validated before anything starts."""

from pathlib import Path
from typing import Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

NEAR = frozenset({"localhost", "127.0.0.1", "::1"})


class Environment(BaseSettings):
    """The settings of one county's instance. Every one has a safe default."""

    model_config = SettingsConfigDict(env_prefix="ZHITONG_", extra="ignore")

    data: Path = Field(
        Path("data"), description="Folder for the database, keys, pictures, backups and logs."
    )
    database_url: str = Field(
        "",
        description="postgresql://user:password@host:port/name; empty means SQLite in the data "
        "folder.",
    )
    demo: bool = Field(
        False,
        description="Demo mode: shared sign-ins, second factor relaxed, text messages shown on a "
        "page. Says so on every page.",
    )
    hosts: str = Field(
        "localhost,127.0.0.1,[::1]",
        description="Comma-separated host names under which the site may be reached.",
    )
    port: int = Field(8000, ge=1, le=65535, description="Port of the web server.")
    bind: str = Field("127.0.0.1", description="Address the web server listens on.")
    web_processes: int = Field(2, ge=1, le=64, description="Web server processes.")
    web_threads: int = Field(4, ge=1, le=64, description="Threads in each web process.")
    workers: int = Field(1, ge=1, le=32, description="Worker processes for relay and timers.")
    time_zone: str = Field("Asia/Shanghai", description="The county's time zone (IANA name).")
    county: str = Field(
        "371403", pattern=r"^\d{6}$", description="GB/T 2260 code of the county this instance is."
    )
    https: bool = Field(
        False, description="Served behind TLS: secure cookies, HSTS and redirects are on."
    )
    proxies: int = Field(
        0, ge=0, le=5, description="Trusted reverse proxies in front, for the client address."
    )
    say_limit: int = Field(
        300,
        ge=1,
        description="Sends of the public form that one network address may make in ten minutes; "
        "phones of one carrier share addresses.",
    )
    api_limit: int = Field(
        6000,
        ge=1,
        description="Calls that one API key may make in ten minutes to each web process.",
    )
    keep_matters: int = Field(
        1096,
        ge=30,
        le=36_525,
        description="Days after its end on which a matter is emptied: three years, for which "
        "civil claims can be brought (Civil Code, article 188), unless the county's archive "
        "rules say otherwise.",
    )
    outbound_near: str = Field(
        "",
        description="Comma-separated host names of the house's own network that may be called "
        "from here, by webhooks too, also by http:// and at any port; empty: public ones only.",
    )
    sms: Literal["file", "http"] = Field(
        "file", description="How text messages leave: kept on a page (file) or by signed HTTP."
    )
    sms_url: str = Field("", description="Address of the SMS gateway when sms is http.")
    sms_secret: str = Field("", description="Shared secret that signs requests to the gateway.")
    mail_address: str = Field(
        "",
        pattern=r"^([A-Za-z0-9._+-]{1,64}@[A-Za-z0-9.-]{1,180}[A-Za-z0-9])?$",
        description="Address of the mail door; empty: there is none.",
    )
    mail_name: str = Field("直通 Zhitong", description="Name beside the address of the mail door.")
    mail_area: str = Field(
        "",
        pattern=r"^(\d{9}|\d{12})?$",
        description="Code of the township or village to which mails belong until somebody who "
        "reads them corrects the place.",
    )
    mail_in: str = Field(
        "",
        description="Mailbox to read, imaps://user:password@host/INBOX; imap:// on this machine "
        "only; empty: mails are not read.",
    )
    mail_out: str = Field(
        "",
        description="Server that sends mails, smtps://user:password@host, or smtp:// with "
        "STARTTLS; empty: no mails are sent.",
    )
    log: Literal["file", "stderr"] = Field(
        "file", description="Where logs go: a file per day in DATA/logs, or the standard error."
    )
    public_url: str = Field(
        "", description="The address residents see, for links in messages; empty: made from port."
    )

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and urlsplit(value).scheme not in {"postgresql", "postgres"}:
            raise ValueError("use postgresql://… or leave it empty for SQLite")
        return value

    @model_validator(mode="after")
    def _gateway_is_named_and_private(self) -> Self:
        """Codes and numbers leave for a named gateway, signed, and in the clear on no network."""
        if self.sms == "http":
            gateway = urlsplit(self.sms_url)
            near = gateway.scheme == "http" and gateway.hostname in NEAR
            if not gateway.hostname or not (gateway.scheme == "https" or near):
                raise ValueError(
                    "ZHITONG_SMS_URL must be https://…, or http:// on this machine itself"
                )
            if not self.sms_secret:
                raise ValueError("ZHITONG_SMS_SECRET is needed to sign text messages")
        return self

    @model_validator(mode="after")
    def _mails_travel_sealed(self) -> Self:
        """Mails and passwords are in the clear on no network: STARTTLS is asked for elsewhere."""
        for name, value, sealed, plain in (
            ("ZHITONG_MAIL_IN", self.mail_in, {"imaps"}, "imap"),
            ("ZHITONG_MAIL_OUT", self.mail_out, {"smtps", "smtp"}, "smtp"),
        ):
            parts = urlsplit(value)
            near = parts.scheme == plain and parts.hostname in NEAR
            if value and not (parts.hostname and (parts.scheme in sealed or near)):
                raise ValueError(f"{name} must be {min(sealed)}://user:password@host")
            if value and not self.mail_address:
                raise ValueError(f"ZHITONG_MAIL_ADDRESS is needed with {name}")
        if self.mail_in and not self.mail_area:
            raise ValueError("ZHITONG_MAIL_AREA is needed with ZHITONG_MAIL_IN")
        return self

    @property
    def address(self) -> str:
        """The public address without a trailing slash."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    def database(self) -> dict[str, object]:
        """Django's DATABASES entry."""
        return _postgresql(self.database_url) if self.database_url else _sqlite(self.data)


def _sqlite(data: Path) -> dict[str, object]:
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA busy_timeout=20000; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
        "PRAGMA mmap_size=268435456; PRAGMA trusted_schema=OFF;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": data.resolve() / "zhitong.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE", "init_command": pragmas},
    }


def _postgresql(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "zhitong.kernel.databases.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": False},
    }
