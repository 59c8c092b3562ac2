"""A landlord's office for tests: its people, and what they do on a day, each act in a unit of work of its own."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from portal import landlords
from portal.actions.acknowledge_complaint import acknowledge_complaint
from portal.actions.assign_handler import assign_handler
from portal.actions.close_complaint import close_complaint
from portal.actions.complete_remedy import complete_remedy
from portal.actions.declare_interests import declare_interests
from portal.actions.decline_complaint import decline_complaint
from portal.actions.extend_deadline import extend_deadline
from portal.actions.issue_code import issue_code
from portal.actions.name_staff import name_staff
from portal.actions.notice_missed_limit import notice_missed_limit
from portal.actions.request_escalation import request_escalation
from portal.actions.send_response import send_response
from portal.actions.submit_complaint import submit_complaint
from portal.actions.triage_complaint import Reading
from portal.actions.withdraw_complaint import withdraw_complaint
from portal.clock import LONDON
from portal.domain import references
from portal.domain.decline import Decline
from portal.domain.definition import Definition
from portal.domain.events import ExtensionReason, Finding, Link, Person, PointAnswer, RemedyKind, ReplyBy, Stage
from portal.domain.extension import Extension
from portal.domain.independence import has_declared
from portal.domain.interest_events import Conflict
from portal.domain.offers import RemedyOffer, to_account_for
from portal.domain.permissions import Actor, Role
from portal.domain.remedy_kinds import CompensationHead, OwnDelay
from portal.domain.response import Response
from portal.domain.restriction_kinds import ContactLimit, Disability
from portal.domain.restrictions import RestrictionWish
from portal.domain.submission import Submission
from portal.domain.triage_events import Complexity, Risk
from portal.records.access import revoke_codes
from portal.records.database import Database
from portal.records.history import CaseFile, open_case
from portal.records.models import Base, ComplaintRow, EventContent, EventRow, LetterRow
from portal.records.queries import actor_of, overdue_references
from tests import builders

# The ranks that each policy lets answer stage 1, and stage 2 after it, as read in the texts.
RANKS: Mapping[str, tuple[str | None, str | None]] = {
    "ids": ("officer", "smt"),
    "ivh": ("investigating_manager", "head_of_service"),
    "hs": (None, "business_manager"),
    "ih": ("board_member", "director"),
    "ms": (None, None),
}

POINTS = ("The roof leaks", "Nobody called back")

SUBMISSION = Submission(
    what_happened="The roof leaks and nobody called back.",
    channel="online",
    received_on=builders.MONDAY,
    person=Person(name="Resident One", email="resident.one@example.org", address="1 Example Street", postcode="N1 0AA"),
    link=Link.TENANT,
    outcome_wanted="A dry ceiling",
    reply_by=ReplyBy.EMAIL,
)

DEFINITION = Definition(
    points=POINTS,
    outcomes=("A dry ceiling",),
    responsible_for=("The roof",),
    not_responsible_for=("The neighbour's tree",),
)

Act = Callable[..., CaseFile]


def ten_oclock(day: date) -> datetime:
    """A moment of that day in London, within office hours."""
    return datetime.combine(day, time(10), LONDON)


def definition(**changes: Any) -> Definition:
    return Definition(**{**{name: getattr(DEFINITION, name) for name in DEFINITION.__slots__}, **changes})


def response(*, finding: Finding = Finding.UPHELD, **changes: Any) -> Response:
    answers = tuple(
        PointAnswer(point=point, finding=finding, reasons="We were slow.", law_and_policy="Repairs policy 4")
        for point in POINTS
    )
    sorry = RemedyOffer(kind=RemedyKind.APOLOGY, words="We are sorry that we were slow.")
    return Response(**{"answers": answers, "remedies": (sorry,), **changes})


def extension(new_due: date, **changes: Any) -> Extension:
    said = {"reason": ExtensionReason.INSPECTION_BOOKED, "explanation": "The surveyor comes next week.", "agreed": True}
    return Extension(new_due=new_due, **{**said, **changes})


def decline(ground: str = "court", **changes: Any) -> Decline:
    said = {
        "reasons": "A court is deciding this.",
        "evidence": "The claim form.",
        "circumstances": "A solicitor acts for the resident.",
        "claim_filed_on": date(2026, 1, 5),
    }
    return Decline(ground=ground, **{**said, **changes})


def reading(**changes: Any) -> Reading:
    """A first reading in which nothing stands out."""
    seen = {"early_answer": False, "complexity": Complexity.ORDINARY, "risk": Risk.SOME, "hazard": False}
    return Reading(**{**seen, **changes})


class Office:
    """The staff of one landlord, and what they and residents do."""

    def __init__(self, database: Database, landlord: str = "ids") -> None:
        self.database, self.landlord = database, landlord
        self._chance = random.Random(landlord)
        first_rank, second_rank = RANKS[landlord]
        staff = (
            (Role.LEAD, None),
            (Role.HANDLER, first_rank),
            (Role.HANDLER, second_rank),
            (Role.HANDLER, None),
            (Role.ADMINISTRATOR, None),
            (Role.OVERSIGHT, None),
            (Role.RECORDER, None),
            (Role.REVIEWER, second_rank),
            (Role.ADJUSTMENTS_LEAD, None),
            (Role.AUDITOR, None),
        )
        with database.unit_of_work() as session:
            users = [builders.somebody(landlord, role, rank=rank) for role, rank in staff]
            session.add_all(users)
            session.flush()  # once: one after another would take most of the time of making an office
        self.lead, self.handler, self.second, self.colleague, *others = map(actor_of, users)
        self.administrator, self.oversight, self.recorder, self.reviewer, *others = others
        self.adjustments_lead, self.auditor = others

    def another(self, rank: str | None) -> Actor:
        """One more handler."""
        with self.database.unit_of_work() as session:
            return actor_of(builders.staff(session, self.landlord, Role.HANDLER, rank=rank))

    def anyone(self) -> Actor:
        return Actor(role=Role.ANYONE, landlord=self.landlord)

    def resident(self, reference: str) -> Actor:
        """Whoever holds the secret code of this complaint."""
        return Actor(role=Role.RESIDENT, landlord=self.landlord, case_reference=reference)

    def do(self, act: Act, actor: Actor, *arguments: Any, on: date, **named: Any) -> CaseFile:
        with self.database.unit_of_work() as session:
            return act(session, actor, *arguments, now=ten_oclock(on), **named)

    # What happens to a complaint, in the usual order. Each takes what is unusual about it by name.

    def submit(self, on: date, *, actor: Actor | None = None, **changes: Any) -> str:
        told = {name: getattr(SUBMISSION, name) for name in SUBMISSION.__slots__} | {"received_on": on} | changes
        code = references.new_code(self._chance.choice)
        file = self.do(submit_complaint, actor or self.anyone(), self.landlord, Submission(**told), code=code, on=on)
        return file.row.reference

    def assign(self, reference: str, on: date, *, to: Actor | None = None, **named: Any) -> CaseFile:
        chosen = to or (self.handler if self.case(reference).case.stage is Stage.ONE else self.second)
        named = {"no_conflict": True, "actor": self.lead, **named}
        declares = named.pop("declares", True)
        file = self.do(assign_handler, named.pop("actor"), reference, chosen.user_id, on=on, **named)
        return self.declare(reference, on, actor=chosen) if declares and not has_declared(file.case) else file

    def declare(self, reference: str, on: date, *, actor: Actor, conflict: Conflict | None = None) -> CaseFile:
        """The handler says what ties them to it."""
        return self.do(declare_interests, actor, reference, conflict, on=on)

    def name(self, reference: str, on: date, *user_ids: int | None, actor: Actor | None = None) -> CaseFile:
        return self.do(name_staff, actor or self.lead, reference, user_ids, on=on)

    def acknowledge(self, reference: str, on: date, *, actor: Actor | None = None, **changes: Any) -> CaseFile:
        second = self.case(reference).case.stage is Stage.TWO
        why = {"why_still_dissatisfied": "The ceiling is still wet."} if second else {}
        version = changes.pop("version", None)
        words = definition(**{**why, **changes})
        return self.do(acknowledge_complaint, actor or self.lead, reference, words, on=on, version=version)

    def extend(
        self, reference: str, on: date, new_due: date, *, actor: Actor | None = None, **changes: Any
    ) -> CaseFile:
        return self.do(extend_deadline, actor or self.lead, reference, extension(new_due, **changes), on=on)

    def answer(self, reference: str, on: date, *, actor: Actor | None = None, **changes: Any) -> CaseFile:
        file = self.case(reference)
        changed: dict[str, Any] = {"changes_to_remedy": "Nothing changes."} if file.case.stage is Stage.TWO else {}
        if to_account_for(file.case, file.rules, on):  # late: nothing is offered for that, unless a test says so
            changed |= {"own_delay": OwnDelay.NO_REMEDY, "own_delay_reason": "An apology is enough."}
        signer = actor or (self.handler if file.case.stage is Stage.ONE else self.second)
        return self.do(send_response, signer, reference, response(**{**changed, **changes}), on=on)

    def escalate(self, reference: str, on: date, *, actor: Actor | None = None, **named: Any) -> CaseFile:
        return self.do(request_escalation, actor or self.resident(reference), reference, on=on, **named)

    def decline(self, reference: str, on: date, *, actor: Actor | None = None, **changes: Any) -> CaseFile:
        return self.do(decline_complaint, actor or self.lead, reference, decline(**changes), on=on)

    def withdraw(self, reference: str, on: date, *, actor: Actor | None = None, **changes: Any) -> CaseFile:
        said = {"withdrawn_on": on, "words": "By phone: it is mended.", **changes}
        return self.do(withdraw_complaint, actor or self.lead, reference, on=on, **said)

    def close(self, reference: str, on: date, *, actor: Actor | None = None) -> CaseFile:
        return self.do(close_complaint, actor or self.lead, reference, learning="Check gutters in autumn.", on=on)

    def erase(self, reference: str, on: date) -> None:
        """What retention leaves of a complaint: that it was there, without words, and with no code that opens it."""
        with self.database.unit_of_work() as session:
            row = session.scalars(select(ComplaintRow).where(ComplaintRow.reference == reference)).one()
            revoke_codes(session, row, ten_oclock(on))
            its_events = select(EventRow.id).where(EventRow.complaint_id == row.id)
            gone = {"key": None, "body": None, "erased_at": ten_oclock(on)}
            session.execute(update(EventContent).where(EventContent.event_id.in_(its_events)).values(**gone))

    def complete(
        self, reference: str, on: date, number: int = 1, *, actor: Actor | None = None, **changes: Any
    ) -> CaseFile:
        said = {"done_on": on, "evidence": "A photo", **changes}
        return self.do(complete_remedy, actor or self.lead, reference, number, on=on, **said)

    def issue_code(
        self, reference: str, on: date, *, actor: Actor | None = None, identity_check: str = "Two questions by phone"
    ) -> str:
        code = references.new_code(self._chance.choice)
        self.do(issue_code, actor or self.lead, reference, code=code, identity_check=identity_check, on=on)
        return code

    def notice_missed(self, on: date) -> int:
        """What the worker does each day: how many cases have a limit newly on record as missed."""
        with self.database.session() as session:
            late = overdue_references(session, self.landlord, on)
        return sum(self._notice(reference, on) for reference in late)

    def _notice(self, reference: str, on: date) -> bool:
        with self.database.unit_of_work() as session:
            return notice_missed_limit(session, self.landlord, reference, now=ten_oclock(on))

    # Longer ways, for tests of what comes after.

    def acknowledged(self, received: date, on: date | None = None) -> str:
        reference = self.submit(received)
        self.assign(reference, received)
        self.acknowledge(reference, on or received)
        return reference

    def answered(self, received: date, on: date, **changes: Any) -> str:
        reference = self.acknowledged(received)
        self.answer(reference, on, **changes)
        return reference

    # What there is now.

    def case(self, reference: str) -> CaseFile:
        with self.database.session() as session:
            return open_case(session, reference, self.lead, landlords.rules_for)

    def letters(self, reference: str) -> list[LetterRow]:
        """In the order of the record: several may have been written at one moment of a test."""
        with self.database.session() as session:
            written = [UUID(each.letter_id) for each in self.case(reference).case.letters]
            return [session.get_one(LetterRow, each) for each in written]


def repair(due: date, owner: Actor) -> RemedyOffer:
    """A remedy that leaves something to be done."""
    return RemedyOffer(kind=RemedyKind.ACT_ON_DELAY, words="Repair the gutter", owner_id=owner.user_id, due=due)


def money(due: date, owner: Actor, **changes: Any) -> RemedyOffer:
    """A remedy that is paid."""
    said = {
        "words": "For the cold evenings",
        "amount_pence": 7500,
        "head": CompensationHead.DISTRESS,
        "impact": "The flat was cold.",
    }
    return RemedyOffer(kind=RemedyKind.MONEY, owner_id=owner.user_id, due=due, **{**said, **changes})


def restriction(**changes: Any) -> RestrictionWish:
    """Calls at set times, to be looked at again on Monday 1 February 2027."""
    said = {
        "limits": (ContactLimit.CALLS_AT_SET_TIMES,),
        "terms": "We call you on Tuesdays at ten",
        "reason": "Three calls ended in shouting",
        "evidence": "Notes of the calls",
        "disability": Disability.NO_SIGN,
        "equality": "We asked what would help",
        "review_on": date(2027, 2, 1),
        "ends_on": None,
    }
    return RestrictionWish(**{**said, **changes})


def rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    with database.session() as session:
        counted = {
            table.name: session.scalar(select(func.count()).select_from(table)) for table in Base.metadata.sorted_tables
        }
    return {name: number or 0 for name, number in counted.items()}
