"""One case of an office: what its authority allows at this moment, and no more.

A case of another office is a page that does not exist. Where access has ended, what the office handed in stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Response, abort
from sqlalchemy.orm import Session

from portal import landlords
from portal.clock import current_clock
from portal.domain.escalation import can_ask_for_stage_2
from portal.domain.messages import last_message_to
from portal.domain.office_cases import OfficeCase, Represented, seen_by_office
from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.representation import NOTHING_BACK, Representative, with_number
from portal.domain.representative_kinds import AuthorityScope
from portal.records import office_cases, queries
from portal.records.history import CaseFile
from portal.records.representing import TheirPart, parts_of
from portal.web.access import current_actor, requires
from portal.web.acting.case import letter_in, letters_for
from portal.web.data import database
from portal.web.fragments import page
from portal.web.representative.cases import ACCESS, ON_OFFICE
from portal.web.resident import progress
from portal.web.resident.forms import Submit
from portal.web.whose import current_landlord


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as the office has it open. `actor` is its representative in that case, with today's scopes."""

    own: Represented
    seen: OfficeCase
    actor: Actor
    file: CaseFile
    parts: list[TheirPart]

    @property
    def representative(self) -> Representative:
        return with_number(self.file.case.representatives, self.own.number)

    @property
    def readable(self) -> list[TheirPart]:
        """The parts whose letters can be read, as on the representative's own page: none once access has ended."""
        return self.parts if self.actor.scopes else []

    def may(self, action: Action) -> bool:
        return bool(may(self.actor, action, self.file.case))


@requires(Action.SEE_OWN_OFFICE)
def show_case(reference: str) -> Response:
    """Stage, dates and letters as the authority allows; that it was received; or that access has ended."""
    return page_of_case(reference, Submit(formdata=None))


def page_of_case(reference: str, form: Submit, errors: object = (), *, status: int = 200) -> Response:
    today = current_clock().today()
    with database().session() as session:
        opened = open_for_office(session, reference)
    told = opened.may(Action.SEE_PROGRESS)
    decides = opened.may(Action.REQUEST_ESCALATION)
    return page(
        "representative/case.html",
        status=status,
        form=form,
        errors=errors,
        stage_2=decides and bool(can_ask_for_stage_2(opened.file.case, opened.file.rules, today)),
        comes_along=AuthorityScope.MEETINGS in opened.actor.scopes,
        acts=bool(opened.actor.scopes),
        last_message=last_message_to(opened.file.recorded, opened.own.number) if opened.actor.scopes else None,
        case=opened.seen,
        own_words=opened.parts[-1].file.case.received if opened.own.submitted else None,
        progress=_progress(opened) if told else None,
        letters=letters_for(opened.readable, opened.actor),
        titles=progress.LETTERS,
        access=ACCESS[opened.seen.standing],
        on_office=ON_OFFICE.get(opened.seen.waits_for) if opened.seen.waits_for else None,
        authority=opened.representative.authority,
        ombudsman=landlords.ombudsman(today),
    )


@requires(Action.SEE_OWN_OFFICE)
def letter(reference: str, letter_id: UUID) -> Response:
    """One letter to the office, or one to the resident that its authority covers."""
    with database().session() as session:
        opened = open_for_office(session, reference)
        found = letter_in(session, opened.readable, opened.actor, letter_id)
    return page("representative/letter.html", letter=found, title=progress.LETTERS[found.kind], reference=reference)


def open_for_office(session: Session, reference: str) -> Opened:
    """The case with the office's part in it; 404 for a case in which the office has none."""
    today, member = current_clock().today(), current_actor()
    own = office_cases.own_case(session, member, reference) if reference.isprintable() else None
    if own is None:
        abort(404)
    actor = Actor(
        Role.REPRESENTATIVE,
        landlord=member.landlord,
        name=member.name,
        case_reference=own.reference,
        representative=own.number,
        scopes=own.scopes(today),
        office_id=member.office_id,
        member_id=member.member_id,
    )
    # Their own words are read even where access has ended, and nothing else is shown then.
    reader = (
        actor
        if actor.scopes
        else Actor(Role.REPRESENTATIVE, landlord=member.landlord, case_reference=own.reference, scopes=NOTHING_BACK)
    )
    file = queries.open_case(session, own.reference, reader, landlords.rules_for)
    parts = parts_of(session, file, own.number, landlords.rules_for)
    return Opened(own, seen_by_office(own, today), actor, file, parts)


def _progress(opened: Opened) -> progress.Progress:
    file, today = opened.file, current_clock().today()
    return progress.progress_of(file.case, file.rules, current_landlord(), file.recorded, today)
