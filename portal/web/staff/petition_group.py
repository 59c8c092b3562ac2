"""A petition becomes the complaint of its group, with whoever organises it as the lead."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, abort, url_for
from sqlalchemy.orm import Session

from portal.actions.form_group import form_group
from portal.actions.submit_complaint import submit_complaint
from portal.clock import current_clock
from portal.domain import references
from portal.domain.events import ReplyBy
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.domain.submission import Submission
from portal.records import petitions
from portal.records.easier_requests import person_of, wish_asked_with
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import Day, OneOf, needed, problems, refuse, words
from portal.web.staff.forms import CHANNELS, StaffForm
from portal.web.staff.groups import invitation_code
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices


class GroupOfPetition(StaffForm):
    channel = OneOf(
        _l("How did they ask for it?"), choices(CHANNELS), validators=[needed(_l("Choose how they asked for it"))]
    )
    received_on = Day(
        _l("The day on which they asked that it be a complaint"),
        _l("Enter the day on which they asked"),
        description=_l("Every date is counted from this day."),
    )
    matter = words(
        _l("What does the group complain of?"),
        _l("Say what the group complains of"),
        hint=_l("Whoever joins reads this. Name nobody in it."),
    )


@blueprint.get("/petitions/<reference>/group")
@requires(Action.RECORD_COMPLAINT)
def petition_group(reference: str) -> Response:
    found, answers = _petition(reference), GroupOfPetition(formdata=None)
    answers.matter.data = found.asks
    today = current_clock().today()
    answers.received_on.typed = {part: str(getattr(today, part)) for part in ("day", "month", "year")}
    return _group_page(found, answers)


@blueprint.post("/petitions/<reference>/group")
@requires(Action.RECORD_COMPLAINT)
def make_petition_group(reference: str) -> Response:
    """Make it a complaint with its organiser as the lead. It counts from the day on which they asked for that."""
    found, answers = _petition(reference), GroupOfPetition()
    if found.complaint_reference:
        return see_other(url_for("staff.case", reference=found.complaint_reference))
    if not answers.validate():
        return _group_page(found, answers, status=422)
    new = references.new_code(secrets.choice)
    try:
        with database().unit_of_work() as session:
            file = _made(session, found, answers, new)
    except Refused as no:
        refuse(answers, no.message, no.field)
        return _group_page(found, answers, status=422)
    return page(
        "staff/recorded.html",
        case=file.case,
        code=new if file.case.received.person.can_be_known else None,
        invitation=invitation_code(file.case.reference),
    )


def _made(session: Session, found: petitions.Petition, answers: GroupOfPetition, new: str) -> Any:
    actor, now = current_actor(), current_clock().now()
    easier = wish_asked_with(session, found)
    told = Submission(
        what_happened=found.asks,
        channel=answers.channel.data,
        received_on=answers.received_on.data,
        person=person_of(found),
        reply_by=found.reply_by if found.reply_by is not ReplyBy.NONE else _reply_by(found),
        safe_contact=found.safe_contact,
        adjustments=easier.adjustments,
        adjustment_words=easier.words,
        interpreting=easier.interpreting,
    )
    file = submit_complaint(session, actor, found.landlord, told, code=new, now=now)
    reference = file.case.reference
    return form_group(
        session,
        actor,
        reference,
        matter=answers.matter.data or "",
        invitation=invitation_code(reference),
        petition=found.reference,
        now=now,
    )


def _reply_by(found: petitions.Petition) -> ReplyBy:
    """As the acknowledgement of the petition went."""
    if found.email.strip():
        return ReplyBy.EMAIL
    if found.address.strip():
        return ReplyBy.POST
    return ReplyBy.PHONE if found.phone.strip() else ReplyBy.NONE


def _petition(reference: str) -> petitions.Petition:
    if not reference.isprintable():
        abort(404)
    with database().session() as session:
        found = petitions.petition(session, current_actor(), reference)
    if found is None:
        abort(404)
    return found


def _group_page(found: petitions.Petition, answers: GroupOfPetition, *, status: int = 200) -> Response:
    return page("staff/petition_group.html", status=status, petition=found, form=answers, errors=problems(answers))
