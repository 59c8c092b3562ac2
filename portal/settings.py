"""Settings: read once from PORTAL_* variables; every wrong one is named at once, and no secret is printed."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

from portal.clock import LONDON
from portal.domain.reply_address import LONGEST_LOCAL_PART

T = TypeVar("T")

SHORTEST_SECRET = 32
LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?")
DEFAULT_LANGUAGE = "en_GB"
"""What everything is written in; it needs no catalogue."""

MAIL_PORTS = {"starttls": 587, "tls": 465, "none": 25}


PROVIDER_SECRET = "PORTAL_PROVIDER_SECRET_"  # noqa: S105 - how the variables begin


def secret_name(landlord: str) -> str:
    """The variable that holds what the landlord's provider of identities knows us by."""
    return PROVIDER_SECRET + landlord.upper().replace("-", "_")


class SettingsError(Exception):
    """Something needed is missing or wrong; the text names every variable and never its value."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("The settings are not right:\n" + "\n".join(f"  - {each}" for each in problems))


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over. `tls` is "starttls", "tls" or "none"."""

    host: str
    port: int
    tls: str = "none"
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox that email for a landlord reaches. `tls` is "tls", "starttls" or "none".

    `address` is whose mail lands there, with anything after a plus sign too; `minutes` is how often it is looked into.
    """

    landlord: str
    address: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    tls: str = "tls"
    folder: str = "INBOX"
    minutes: int = 5

    @property
    def name(self) -> str:
        """What it is told apart by, without its password."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between two installations. No landlords means all that are known.

    `second_step`: whether whoever signs in with a password needs the code of an app too.
    `provider_secrets`: what the provider of identities of each landlord knows us by, as `secret_name` names it.
    The first of `languages` is that of staff's pages; residents choose among all.
    `proxies` are those whose word about the visitor's address is believed: one too many lets anybody
    invent addresses, one too few counts everybody as one source.
    """

    secret_key: str = field(repr=False)
    database_url: str = field(default="sqlite:///portal.db", repr=False)
    landlords: tuple[str, ...] = ()
    landlord_files: tuple[Path, ...] = ()
    base_url: str = "http://127.0.0.1:5000"
    mail: MailServer | None = None
    mail_from: str = "complaints@example.org"
    mailboxes: tuple[Mailbox, ...] = ()
    redis_url: str | None = field(default=None, repr=False)
    files_url: str | None = field(default=None, repr=False)
    clamd_url: str | None = None
    proxies: int = 0
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    language_folder: Path | None = None
    clock: datetime | None = None
    second_step: bool = False
    provider_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    production: bool = False
    demo: bool = False

    def provider_secret(self, landlord: str) -> str:
        """What the landlord's provider of identities knows us by; nothing where it was not given."""
        return self.provider_secrets.get(secret_name(landlord), "")

    def mailbox_of(self, landlord: str) -> Mailbox | None:
        """Where answers to this landlord's letters are to go, if its email is fetched."""
        return next((each for each in self.mailboxes if each.landlord == landlord), None)

    def catalogue(self, language: str) -> Path | None:
        """The messages of a language: the installation's own before ours. None where there are none."""
        return catalogue_of(language, self.language_folder)

    @property
    def files_place(self) -> str:
        """Where files are kept: beside an SQLite database, or in the folder that the portal runs in, unless told."""
        if self.files_url:
            return self.files_url
        path = self.database_url.removeprefix("sqlite:///") if self.database_url.startswith("sqlite:///") else ""
        beside = Path(path).with_name(f"{Path(path).stem}-files") if path and path != ":memory:" else Path("files")
        return beside.absolute().as_uri()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], *, production: bool, demo: bool = False) -> Settings:
        """Read the PORTAL_* variables. Raises SettingsError with everything that is missing or wrong."""
        return _Reading(environ, production=production).settings(demo=demo)


class _Reading:
    """One pass over the variables, which collects problems instead of stopping at the first."""

    def __init__(self, environ: Mapping[str, str], *, production: bool) -> None:
        self._environ = environ
        self._production = production
        self._problems: list[str] = []

    def settings(self, *, demo: bool) -> Settings:
        values = {
            "secret_key": self._get("SECRET_KEY", _secret, needed=True) or secrets.token_hex(SHORTEST_SECRET),
            "database_url": self._get("DATABASE_URL", _database),
            "landlords": self._get("LANDLORDS", _words),
            "landlord_files": self._get("LANDLORD_FILES", _files),
            "base_url": self._get("BASE_URL", _web_address, needed=True),
            "mail": self._get("MAIL_URL", mail_server, needed=True),
            "mail_from": self._get("MAIL_FROM", _email, needed=True),
            "mailboxes": self._get("IMAP_URL", mailboxes),
            "redis_url": self._get("REDIS_URL", _redis),
            "files_url": self._get("FILES_URL", _files_place),
            "clamd_url": self._get("CLAMD_URL", _scanner),
            "proxies": self._get("PROXIES", _hops),
            "languages": self._get("LANGUAGES", _words),
            "language_folder": self._get("LANGUAGE_FOLDER", _folder),
            "clock": self._get("CLOCK", self._moment),
            "second_step": self._get("SECOND_STEP", self._needed),
            "provider_secrets": {
                name: text.strip() for name, text in self._environ.items() if name.startswith(PROVIDER_SECRET)
            },
        }
        self._look_for_catalogues(values["languages"] or (), values["language_folder"])  # type: ignore[arg-type]
        if self._production and not values["files_url"] and str(values["database_url"] or "").startswith("postgresql"):
            self._problems.append(f"PORTAL_FILES_URL is missing: {WHAT_IT_IS['FILES_URL']}")
        if self._problems:
            raise SettingsError(self._problems)
        values["second_step"] = self._production if values["second_step"] is None else values["second_step"]
        given = {name: value for name, value in values.items() if value is not None}
        return Settings(**given, production=self._production, demo=demo)  # type: ignore[arg-type]

    def _get(self, name: str, parse: Callable[[str], T], *, needed: bool = False) -> T | None:
        """The parsed variable, or None. `needed` holds in production, where no default would be right."""
        text = self._environ.get(f"PORTAL_{name}", "").strip()
        if not text:
            if needed and self._production:
                self._problems.append(f"PORTAL_{name} is missing: {WHAT_IT_IS[name]}")
            return None
        try:
            return parse(text)
        except ValueError as wrong:
            # Only our own words are shown: those of a library could repeat the value, which may be secret.
            why = str(wrong) if isinstance(wrong, WrongValue) else WHAT_IT_IS[name]
            self._problems.append(f"PORTAL_{name} is wrong: {why}")
            return None

    def _look_for_catalogues(self, languages: tuple[str, ...], own: Path | None) -> None:
        missing = [each for each in languages if each != DEFAULT_LANGUAGE and not catalogue_of(each, own)]
        if missing:
            there = ", ".join([DEFAULT_LANGUAGE, *catalogues(CATALOGUES), *(catalogues(own) if own else ())])
            self._problems.append(f"PORTAL_LANGUAGES is wrong: no catalogue for {', '.join(missing)}; there is {there}")

    def _needed(self, text: str) -> bool:
        """Nobody weakens how staff sign in by a word in a file: where it is needed, it cannot be switched off."""
        if text not in ("on", "off"):
            raise WrongValue(WHAT_IT_IS["SECOND_STEP"])
        if text == "off" and self._production:
            raise WrongValue(
                "staff always need a second step here; it can be switched off in the demo alone; remove it"
            )
        return text == "on"

    def _moment(self, text: str) -> datetime:
        if self._production:
            raise WrongValue("the clock can be set in the demo and in tests alone; remove it")
        return datetime.fromisoformat(text).replace(tzinfo=LONDON)


class WrongValue(ValueError):
    """A value that we refuse, in words that do not repeat it."""


CATALOGUES = Path(__file__).parent / "languages"
CATALOGUE = Path("LC_MESSAGES", "messages.po")


def catalogue_of(language: str, own: Path | None) -> Path | None:
    """Where the messages of a language are: in a folder of one's own, or among ours."""
    places = [place / language / CATALOGUE for place in (own, CATALOGUES) if place]
    return next((path for path in places if LANGUAGE.fullmatch(language) and path.is_file()), None)


def catalogues(folder: Path) -> list[str]:
    """The languages whose catalogues are in a folder."""
    return sorted(path.parent.parent.name for path in folder.glob(f"*/{CATALOGUE}"))


WHAT_IT_IS = {
    "SECRET_KEY": f"a random text of at least {SHORTEST_SECRET} characters, kept secret and kept the same",
    "DATABASE_URL": "sqlite:///file.db or postgresql://user:password@host/name",
    "LANDLORDS": "keys of landlords, with commas between them",
    "LANDLORD_FILES": "paths of landlords' TOML files, with commas between them",
    "BASE_URL": "the address that people open, such as https://complaints.example.org",
    "MAIL_URL": "the mail server, as smtp://user:password@host:port?tls=starttls (or tls, or none)",
    "MAIL_FROM": "the email address that letters come from",
    "IMAP_URL": (
        "imaps://user:password@host/INBOX?landlord=KEY&address=replies@example.org, where email for that landlord "
        "arrives; several with spaces between them"
    ),
    "REDIS_URL": "redis://host:port/number",
    "FILES_URL": "where the files that people send are kept: file:///folder or s3://bucket/prefix?endpoint=https://host",
    "CLAMD_URL": "where ClamAV listens: unix:///path/of/its/socket or tcp://host:port",
    "PROXIES": "how many proxies of your own stand before the portal, 0 to 9",
    "LANGUAGES": "codes of languages with commas between them, such as en_GB,cy; the first is that of staff",
    "LANGUAGE_FOLDER": "a folder with catalogues of your own, each as CODE/LC_MESSAGES/messages.po in it",
    "SECOND_STEP": "on or off: whether staff who sign in with a password need the code of an authenticator app too",
    "CLOCK": "a date and time without a zone, such as 2026-12-17T10:00",
}


def mail_server(text: str) -> MailServer:
    """`smtp://user:password@host:port?tls=starttls` as a value; user, password and port may be left out."""
    url = urlsplit(text)
    tls = parse_qs(url.query).get("tls", ["none"])[0]
    if url.scheme != "smtp" or not url.hostname or tls not in MAIL_PORTS:
        raise WrongValue(WHAT_IT_IS["MAIL_URL"])
    return MailServer(
        host=url.hostname,
        port=url.port or MAIL_PORTS[tls],
        tls=tls,
        user=unquote(url.username) if url.username else None,
        password=unquote(url.password) if url.password else None,
    )


IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
LONGEST_INTERVAL = 24 * 60


def mailboxes(text: str) -> tuple[Mailbox, ...]:
    """One or more of `imaps://user:password@host/FOLDER?landlord=KEY&address=replies@example.org`.

    With `imap://` the line is encrypted once it is open, and only `tls=none` leaves it as it is. `minutes=5` is how
    often the worker looks.
    """
    return tuple(_mailbox(each) for each in text.split())


def _mailbox(text: str) -> Mailbox:
    url = urlsplit(text)
    said = {name: values[0] for name, values in parse_qs(url.query).items()}
    tls = "tls" if url.scheme == "imaps" else said.get("tls", "starttls")
    local, _, host = said.get("address", "").partition("@")
    minutes = said.get("minutes", "5")
    if (
        url.scheme not in {"imaps", "imap"}
        or not (url.hostname and url.username and url.password and "landlord" in said)
        or not (local and host and "+" not in local)
        or tls not in IMAP_PORTS
        or not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= LONGEST_INTERVAL)
    ):
        raise WrongValue(WHAT_IT_IS["IMAP_URL"])
    if len(local) > LONGEST_LOCAL_PART:
        raise WrongValue(f"its address has more than {LONGEST_LOCAL_PART} characters before the @")
    return Mailbox(
        landlord=said["landlord"],
        address=f"{local}@{host}",
        host=url.hostname,
        port=url.port or IMAP_PORTS[tls],
        user=unquote(url.username),
        password=unquote(url.password),
        tls=tls,
        folder=unquote(url.path.strip("/")) or "INBOX",
        minutes=int(minutes),
    )


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise WrongValue(f"it is shorter than {SHORTEST_SECRET} characters")
    return text


def _database(text: str) -> str:
    """The address with the driver that we use: `postgresql://` alone would mean another one."""
    for plain in ("postgres://", "postgresql://"):
        if text.startswith(plain):
            return "postgresql+psycopg://" + text.removeprefix(plain)
    return _starting_with(text, "sqlite:///", "postgresql+psycopg://")


def _redis(text: str) -> str:
    return _starting_with(text, "redis://", "rediss://", "unix://")


def _files_place(text: str) -> str:
    url = urlsplit(text)
    if not (url.scheme == "file" and not url.netloc and url.path) and not (url.scheme == "s3" and url.hostname):
        raise WrongValue(WHAT_IT_IS["FILES_URL"])
    return text


def _scanner(text: str) -> str:
    url = urlsplit(text)
    if not (url.scheme == "unix" and url.path) and not (url.scheme == "tcp" and url.hostname and url.port):
        raise WrongValue(WHAT_IT_IS["CLAMD_URL"])
    return text


def _hops(text: str) -> int:
    if len(text) != 1 or not text.isdecimal():
        raise WrongValue(WHAT_IT_IS["PROXIES"])
    return int(text)


def _starting_with(text: str, *starts: str) -> str:
    if not text.startswith(starts):
        raise WrongValue("it must start with " + " or ".join(starts))
    return text


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _files(text: str) -> tuple[Path, ...]:
    paths = tuple(Path(word) for word in _words(text))
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        raise WrongValue("there is no file " + ", ".join(missing))
    return paths


def _folder(text: str) -> Path:
    if not Path(text).is_dir():
        raise WrongValue("there is no such folder")
    return Path(text)


def _web_address(text: str) -> str:
    url = urlsplit(text)
    if url.scheme not in {"http", "https"} or not url.hostname:
        raise WrongValue(WHAT_IT_IS["BASE_URL"])
    return text.rstrip("/")


def _email(text: str) -> str:
    if text.count("@") != 1 or text.startswith("@") or text.endswith("@"):
        raise WrongValue(WHAT_IT_IS["MAIL_FROM"])
    return text
