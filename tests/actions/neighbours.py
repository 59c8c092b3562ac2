"""Neighbours who complain as a group, and what they and the office do."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from portal.actions.form_group import form_group
from portal.actions.join_group import join_group
from portal.domain import references
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.group import NewMember
from portal.domain.permissions import Actor, Role
from portal.records import access
from portal.records.models import LetterRow
from tests.actions.office import Office
from tests.builders import MONDAY

TUESDAY = MONDAY + timedelta(days=1)
MATTER = "The heating of the whole block fails every night."
LEAD = Person(name="Leda Leadwell", email="leda@example.org", phone="020 7946 0901", address="9 Example Street")
IFOR = NewMember(
    person=Person(name="Ifor Innis", email="ifor@example.org"),
    reply_by=ReplyBy.EMAIL,
    consent="Ticked.",
    adjustments=(Adjustment.LARGE_PRINT,),
    adjustment_words="24 point",
)
MONA = NewMember(
    person=Person(name="Mona Merrow", address="2 Example Street", postcode="N1 0AB"),
    reply_by=ReplyBy.POST,
    consent="On paper.",
    adjustments=(Adjustment.BRAILLE_OR_AUDIO,),
)
OTIS = NewMember(
    person=Person(name="Otis Orrell", email="otis@example.org"),
    reply_by=ReplyBy.EMAIL,
    consent="Ticked.",
    adjustments=(Adjustment.PLAIN_TEXT,),
    safe_contact=(SafeContact.DISCREET,),
)

_chance = random.Random("groups")


def new_code() -> str:
    return references.new_code(_chance.choice)


def member_of(office: Office, reference: str, number: int | None = None) -> Actor:
    return Actor(Role.GROUP_MEMBER, landlord=office.landlord, case_reference=reference, member=number)


def group(office: Office, on: date = MONDAY, *new: NewMember, invitation: str = "") -> tuple[str, list[str]]:
    """A complaint of a group with these members. Its reference, and the code of each."""
    reference = office.submit(on, person=LEAD, what_happened="I, Leda, have no heating. My mother is ill.")
    invitation = invitation or new_code()
    office.do(form_group, office.resident(reference), reference, matter=MATTER, invitation=invitation, on=on)
    return reference, [join(office, reference, each, on) for each in new]


def join(office: Office, reference: str, new: NewMember, on: date, **named: Any) -> str:
    code = new_code()
    actor = named.pop("actor", member_of(office, reference))
    office.do(join_group, actor, reference, new, code=code, on=on, **named)
    return code


def letters_to(office: Office, reference: str, number: int) -> list[LetterRow]:
    """What this member was sent, in the order of the record."""
    found = office.case(reference).case.group
    assert found is not None
    with office.database.session() as session:
        return [session.get_one(LetterRow, UUID(each.letter_id)) for each in found.members[number - 1].letters]


def opens(office: Office, reference: str, code: str) -> str | None:
    with office.database.session() as session:
        found = access.code_opens(session, office.landlord, reference, code, TUESDAY)
        return found.holder if found else None
