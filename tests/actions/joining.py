"""Complaints that belong together, for tests of joining: the resident's own, and those that others hand in for them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.actions.create_office import create_office
from portal.actions.join_complaints import join_complaints
from portal.actions.submit_complaint import submit_complaint
from portal.actions.undo_joining import undo_joining
from portal.domain import references
from portal.domain.events import Person, ReplyBy
from portal.domain.offices import NewOffice
from portal.domain.permissions import Actor, Role
from portal.domain.policy import LetterKind
from portal.domain.representation import NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityScope, Capacity
from portal.records import access
from portal.records.history import CaseFile
from portal.records.models import LetterRow
from tests import builders
from tests.actions.office import SUBMISSION, Office, ten_oclock

CODE = references.new_code(lambda letters: letters[0])
"""Of whoever hands a complaint in."""

SECRET = "not-a-secret-" * 3

RESIDENT = SUBMISSION.person
GIVEN = Person(name="R One", email="somewhere.else@example.org", postcode="N1 0AA")
"""The resident as somebody else describes them, with an address that may be anybody's."""

MP = NewRepresentative(
    capacity=Capacity.MP,
    asked_by=AskedBy.RESIDENT,
    name="Member One",
    email="office@parliament.example",
    own_reference="MP/1",
    official=True,
)
DAUGHTER = NewRepresentative(
    capacity=Capacity.FAMILY,
    asked_by=AskedBy.RESIDENT,
    name="Daughter One",
    email="daughter.one@example.org",
    own_reference="D-1",
    wants=(AuthorityScope.FULL_REPLY,),
)

WHY = {"reason": "The same roof.", "identity_check": "Called the resident on the number that we hold."}


def handed_in(office: Office, on: date, new: NewRepresentative = MP, *, code: str = CODE, **changes: Any) -> str:
    """A complaint that a representative hands in."""
    told = {"received_on": on, "person": GIVEN, "what_happened": "My constituent's roof leaks.", **changes}
    by_staff = new.official or new.office_id is not None  # who alone are believed that an address is an official one
    actor = office.lead if by_staff else Actor(role=Role.REPRESENTATIVE, landlord=office.landlord)
    file = office.do(
        submit_complaint,
        actor,
        office.landlord,
        replace(SUBMISSION, **told),
        code=code,
        representative=new,
        secret_key=SECRET,
        on=on,
    )
    return file.row.reference


def an_office(office: Office, on: date) -> int:
    """The office of the MP, whose members sign in."""
    number = builders.number()
    new = NewOffice(Capacity.MP, f"Office of MP {number}", f"office{number}@parliament.example")
    with office.database.unit_of_work() as session:
        return create_office(session, office.lead, new, now=ten_oclock(on)).id


def join(office: Office, one: str, other: str, on: date, **named: Any) -> CaseFile:
    actor = named.pop("actor", office.lead)
    return office.do(join_complaints, actor, one, other, on=on, secret_key=SECRET, **{**WHY, **named})


def undo(office: Office, joined: str, on: date, **named: Any) -> CaseFile:
    actor = named.pop("actor", office.lead)
    return office.do(undo_joining, actor, joined, on=on, secret_key=SECRET, **{"reason": "Two roofs.", **named})


def opened(office: Office, reference: str, code: str, on: date) -> access.Visit | None:
    """What somebody gets to who types this reference and this code."""
    with office.database.unit_of_work() as session:
        found = access.code_opens(session, office.landlord, reference, code, on)
        if found is None:
            return None
        token = access.begin_visit(session, found, at=ten_oclock(on))
        session.flush()
        return access.visit(session, token, at=ten_oclock(on))


def by_phone(name: str) -> dict[str, Any]:
    """Somebody who left a name and a postcode and looks at the tracking page."""
    return {"person": Person(name=name, postcode="N1 0AA"), "reply_by": ReplyBy.NONE}


def both(office: Office, on: date, **changes: Any) -> tuple[str, str]:
    """The resident's own complaint, acknowledged, and one that an MP handed in for them on the same day."""
    own = office.acknowledged(on)
    return own, handed_in(office, on, code=CODE, **changes)


def letter_of(office: Office, reference: str, kind: LetterKind) -> LetterRow:
    """Of several of this kind the one whose address comes first."""
    with office.database.session() as session:
        of_it = select(LetterRow).where(LetterRow.complaint_id == office.case(reference).row.id, LetterRow.kind == kind)
        return session.scalars(of_it.order_by(LetterRow.to_address)).all()[0]
