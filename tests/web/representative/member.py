"""An office of representatives, and a member of it with a browser."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.actions.add_member import add_member
from portal.actions.create_office import create_office
from portal.actions.submit_complaint import submit_complaint
from portal.domain import references
from portal.domain.offices import NewOffice
from portal.domain.permissions import Actor, Role
from portal.domain.representation import NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityScope, Capacity
from portal.records.links import sign_in_code
from portal.records.models import Link, LinkPurpose
from portal.records.models import Office as OfficeTable
from portal.web.representative.sign_in import ASKED
from tests.actions.office import SUBMISSION, Office, ten_oclock
from tests.builders import MONDAY
from tests.web.answer import Answer
from tests.web.resident.visitor import Visitor


@dataclass(frozen=True)
class Known:
    """An office that staff have added, and its one member."""

    landlord: str
    office_id: int
    member_id: int
    email: str


def an_office(
    office: Office,
    name: str = "Office of the MP for Example Town",
    *,
    kind: Capacity = Capacity.MP,
    on: date = MONDAY,
    by: Actor | None = None,
    domain: str = "example.org",
    member: str = "caseworker",
) -> Known:
    """Added by the landlord's complaints officer, with one member."""
    actor, now, email = by or office.lead, ten_oclock(on), f"{member}@{domain}"
    with office.database.unit_of_work() as session:
        made = create_office(session, actor, NewOffice(kind, name, f"office@{domain}"), now=now)
        somebody = add_member(session, actor, made.id, name=member.title(), email=email, now=now)
        session.flush()
        return Known(office.landlord, made.id, somebody.id, email)


def codes(app: Flask) -> list[Link]:
    """Every code to sign in that anybody asked for, in order."""
    asked = select(Link).where(Link.purpose == LinkPurpose.SIGN_IN).order_by(Link.written_at, Link.id)
    with app.extensions["database"].session() as session:
        return list(session.scalars(asked))


class Member(Visitor):
    """Somebody of an office."""

    def ask(self, email: str) -> Answer:
        return self.post("office/sign-in", {"email": email})

    def code(self) -> str:
        """The code of the email that this browser asked for."""
        with self.client.session_transaction() as cookie:
            digest = sha256(cookie[ASKED].encode()).hexdigest()
        [asked] = [each for each in codes(self.app) if each.token_hash == digest]
        return sign_in_code(self.app.extensions["settings"].secret_key, asked.id)

    def enter(self, code: str) -> Answer:
        return self.post("office/sign-in/code", {"code": code})

    def sign_in(self, known: Known) -> Member:
        self.ask(known.email)
        assert self.enter(self.code()).location == f"/{self.landlord}/office/"
        return self

    def is_signed_in(self) -> bool:
        answer = self.get("office/")
        assert answer.status == 200 or answer.location == f"/{self.landlord}/office/sign-in"
        return answer.status == 200


def hand_in(office: Office, known: Known, on: date = MONDAY, name: str = "Resident One", **changes: Any) -> str:
    """A complaint from the office for a resident who asked for it, unless the changes say otherwise. Its reference."""
    with office.database.session() as session:
        row = session.get_one(OfficeTable, known.office_id)
    said = {
        "capacity": row.kind,
        "asked_by": AskedBy.RESIDENT,
        "name": "Caseworker",
        "organisation": row.name,
        "email": row.email,
        "wants": (AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY),
        "office_id": row.id,
        "official": True,
    }
    member = Actor(Role.OFFICE_MEMBER, landlord=known.landlord, office_id=row.id, member_id=known.member_id)
    acting = NewRepresentative(**(said | changes))
    told = replace(SUBMISSION, received_on=on, person=replace(SUBMISSION.person, name=name))
    code = references.new_code(secrets.choice)
    file = office.do(submit_complaint, member, known.landlord, told, code=code, representative=acting, on=on)
    return file.row.reference
