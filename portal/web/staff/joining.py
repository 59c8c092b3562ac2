"""Two complaints of one person about the same matter: joining them, with both in sight, and undoing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session
from wtforms import HiddenField

from portal import landlords
from portal.actions.join_complaints import join_complaints
from portal.actions.undo_joining import undo_joining
from portal.domain import references
from portal.domain.case import Case
from portal.domain.events import Stage
from portal.domain.joining import can_be_joined, check_joining, takes_contact
from portal.domain.permissions import Action, Decision
from portal.domain.refusal import Refused
from portal.records import queries
from portal.records.history import CaseFile
from portal.web.access import current_actor
from portal.web.access_log import note_also
from portal.web.data import database
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.desk import Desk
from portal.web.staff.fields import Lines, line, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


class OfBoth(StaffForm):
    """A form about two cases. `other_version` is that of the other as the page showed it."""

    other_version = HiddenField()

    @property
    def other_seen(self) -> int | None:
        sent = self.other_version.data or ""
        return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


class JoinComplaints(OfBoth):
    other = line(_l("Reference of the other complaint"), _l("Enter the reference of the other complaint"), longest=20)
    reason = words(
        _l("Why are both about the same matter?"),
        _l("Say why both are about the same matter"),
        hint=_l("For example: both are about the leak in the bathroom since October."),
    )
    identity_check = words(
        _l("How did you make sure that both are from the same person?"),
        _l("Say how you made sure that it is the same person"),
        hint=_l("For example: called the resident on the number that we hold. A name and a postcode prove nothing."),
    )
    points = Lines(
        _l("Points of the other that our definition does not have yet"),
        _l("Point"),
        hint=_l("Read the words of the other again. Each point that is added here has to be answered."),
    )


class UndoJoining(OfBoth):
    reason = words(_l("Why was it a mistake?"), _l("Say why it was a mistake"))


@dataclass(frozen=True, slots=True)
class Together:
    """Both complaints side by side, and what would come of joining them."""

    kept: Case
    other: Case
    why_not: str
    contact_taken: bool
    today: date


def together(desk: Desk, form: JoinComplaints) -> dict[str, Any]:
    """What the page shows of both, once the other has been named."""
    found = _other(form.other.data)
    if found is None or found.row.reference == desk.case.reference:
        return {"together": None, "not_found": bool(form.other.data)}
    form.other_version.data = str(found.version)
    note_also([found.row.reference])
    kept, other = sorted((desk.file, found), key=lambda each: (each.case.received.received_on, each.row.id))
    shown = Together(
        kept=kept.case,
        other=other.case,
        why_not=_why_not(kept.case, other.case),
        contact_taken=takes_contact(kept.case, other.case),
        today=desk.today,
    )
    return {"together": shown, "not_found": False}


def _other(typed: str | None) -> CaseFile | None:
    reference = references.reference_from(typed or "")
    if reference is None:
        return None
    with database().session() as session:
        try:
            return queries.open_case(session, reference, current_actor(), landlords.rules_for)
        except queries.NotFound:
            return None


def _why_not(kept: Case, other: Case) -> str:
    try:
        check_joining(kept, other)
    except Refused as no:
        return str(said(no.message))
    return ""


def join(session: Session, desk: Desk, form: JoinComplaints, when: When) -> object:
    if form.other_seen is None:
        raise Refused("Look at both complaints first", "other")
    return join_complaints(
        session,
        desk.actor,
        desk.case.reference,
        references.reference_from(form.other.data or "") or "",
        reason=form.reason.data or "",
        identity_check=form.identity_check.data or "",
        points=form.points.filled,
        secret_key=current_app.extensions["settings"].secret_key,
        other_version=form.other_seen,
        **when,
    )


def joined_now(desk: Desk) -> Decision:
    return Decision(desk.case.joined_into is not None, str(_l("This complaint is not joined to another.")))


def where_it_goes_on(desk: Desk, form: UndoJoining) -> dict[str, Any]:
    """The case in which it goes on, as the page shows it."""
    kept = _other(desk.case.joined_into.into_reference) if desk.case.joined_into else None
    if kept is None:
        return {"kept": None}
    form.other_version.data = str(kept.version)
    return {"kept": kept.case, "answered": kept.case.stages[Stage.ONE].response is not None}


def undo(session: Session, desk: Desk, form: UndoJoining, when: When) -> object:
    key = current_app.extensions["settings"].secret_key
    seen = {"other_version": form.other_seen, **when}
    return undo_joining(session, desk.actor, desk.case.reference, reason=form.reason.data or "", secret_key=key, **seen)


JOINING_ACTS = (
    Act(
        name="join-complaints",
        action=Action.JOIN_COMPLAINTS,
        title=_l("Join with another complaint about the same matter"),
        done=_l("The two are one case now. Everybody is told."),
        form=JoinComplaints,
        perform=join,
        possible=lambda desk: can_be_joined(desk.case),
        facts=together,
        writes_letter=True,
        rows={"points": "staff/_rows.html"},
    ),
    Act(
        name="undo-joining",
        action=Action.UNDO_JOINING,
        title=_l("Undo the joining"),
        done=_l("It goes on by itself again. Everybody is told."),
        form=UndoJoining,
        perform=undo,
        possible=joined_now,
        facts=where_it_goes_on,
        writes_letter=True,
    ),
)

for _act in JOINING_ACTS:
    route(_act)
