"""What a visitor of the demonstration needs to know: who can sign in, and which complaints can be followed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from portal import landlords
from portal.demo.office import email_of, posts
from portal.demo.offices import CASEWORKER
from portal.demo.seed import Seeded
from portal.domain.permissions import Role
from portal.domain.policy import Landlord

PASSWORD = "kind words, exact dates"  # noqa: S105  everybody may know it
"""Of every account. It is printed, and these accounts exist in a demonstration alone."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """An account, and what the person does."""

    label: str
    email: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """What there is to see of one landlord."""

    landlord: Landlord
    roles: tuple[SignIn, ...]
    ranks: tuple[SignIn, ...]
    complaints: tuple[Seeded, ...]
    caseworker: str = CASEWORKER


@dataclass(frozen=True, slots=True)
class Guide:
    """All of it. `mail_server` is the host that letters really go to, if there is one."""

    chapters: tuple[Chapter, ...]
    password: str
    mail_server: str | None


def write(file: Path, seeded: Iterable[Seeded]) -> None:
    """Remember the codes, which the database cannot tell, for the next start in the same folder."""
    file.write_text(json.dumps([asdict(each) for each in seeded]))


def read(file: Path, mail_server: str | None) -> Guide:
    """The guide to the demonstration that was written there."""
    seeded = [Seeded(**each) for each in json.loads(file.read_text())]
    chapters = (_chapter(landlords.landlord(key), seeded) for key in landlords.keys())
    return Guide(tuple(chapters), PASSWORD, mail_server)


def _chapter(landlord: Landlord, seeded: Iterable[Seeded]) -> Chapter:
    return Chapter(
        landlord,
        tuple(_sign_ins(landlord, ranked=False)),
        tuple(_sign_ins(landlord, ranked=True)),
        tuple(each for each in seeded if each.landlord == landlord.key and each.shown),
    )


def _sign_ins(landlord: Landlord, *, ranked: bool) -> Iterator[SignIn]:
    for post in posts(landlord):
        if (post.role is Role.HANDLER) is ranked:
            yield SignIn(post.label, email_of(landlord, post))
