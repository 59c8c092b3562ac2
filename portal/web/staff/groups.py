"""Groups that complain together: recording one, its members, and who leaves."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, abort, current_app, url_for
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.actions.form_group import form_group
from portal.actions.issue_member_code import issue_member_code
from portal.actions.join_group import join_group
from portal.actions.leave_group import leave_group
from portal.actions.submit_complaint import submit_complaint
from portal.clock import current_clock
from portal.domain import references
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.group import NewMember
from portal.domain.permissions import Action, Decision
from portal.domain.refusal import Refused
from portal.domain.submission import Submission
from portal.records import access, petitions
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.person_fields import TYPED
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk
from portal.web.staff.fields import AnyOf, Day, OneOf, needed, problems, refuse, words
from portal.web.staff.forms import CHANNELS, RecordComplaint, StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices


class FormGroup(StaffForm):
    matter = words(
        _l("What does the group complain of?"),
        _l("Say what the group complains of"),
        hint=_l("Whoever joins reads this. Name nobody in it."),
    )


class AddMember(RecordComplaint):
    """Of the questions about a complaint those about a person."""

    once = received_on = link = link_from = link_until = None
    what_happened = happened_on = aware_on = outcome_wanted = hazard = None

    consent = words(
        _l("How did they say that they want to be of the group?"),
        _l("Say how they gave their word"),
        hint=_l(
            "For example: signed on the sheet with their address, or said so in a call on the number that we hold."
        ),
    )
    adjustments = AnyOf(_l("Would anything make this easier for them?"), choices(Adjustment))

    def member(self) -> NewMember:
        return NewMember(
            person=self.person(),
            reply_by=ReplyBy(self.reply_by.data),
            consent=self.consent.data or "",
            adjustments=tuple(Adjustment(each) for each in self.adjustments.data or ()),
            adjustment_words=self.adjustment_words.data or "",
            safe_contact=tuple(SafeContact(each) for each in self.safe_contact.data or ()),
        )


class ChooseMember(StaffForm):
    number = OneOf(_l("Who of the group?"), (), validators=[needed(_l("Choose a member"))])


class MemberLeaves(ChooseMember):
    words = words(_l("How did they tell us?"))


class MemberCode(ChooseMember):
    identity_check = words(_l("How did you check who is asking?"))


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


def invitation_code(reference: str) -> str:
    """The same as on the lead's own page, where it can be looked up again."""
    return access.code_for(current_app.extensions["settings"].secret_key, f"invitation {reference}")


def form(session: Session, desk: Desk, answers: FormGroup, when: When) -> object:
    reference = desk.case.reference
    matter = answers.matter.data or ""
    return form_group(session, desk.actor, reference, matter=matter, invitation=invitation_code(reference), **when)


def add(session: Session, desk: Desk, answers: AddMember, when: When) -> Response:
    """The code is on the answer to this one press and nowhere else."""
    code = references.new_code(secrets.choice)
    channel = answers.channel.data
    join_group(session, desk.actor, desk.case.reference, answers.member(), code=code, channel=channel, **when)
    return page("staff/code_issued.html", desk=desk, code=code)


def leaves(session: Session, desk: Desk, answers: MemberLeaves, when: When) -> object:
    number, said = int(answers.number.data), answers.words.data or ""
    return leave_group(session, desk.actor, desk.case.reference, number, words=said, **when)


def code(session: Session, desk: Desk, answers: MemberCode, when: When) -> Response:
    new, number = references.new_code(secrets.choice), int(answers.number.data)
    check = answers.identity_check.data or ""
    issue_member_code(session, desk.actor, desk.case.reference, number, code=new, identity_check=check, **when)
    return page("staff/code_issued.html", desk=desk, code=new)


def offer_members(answers: Any, desk: Desk) -> None:
    present = desk.case.group.present if desk.case.group else ()
    answers.number.choices = [
        SelectChoice(str(each.number), each.joined.person.name or str(each.number)) for each in present
    ]


def grouped(desk: Desk) -> Decision:
    return Decision(desk.case.group is not None, str(_l("This complaint is not that of a group.")))


def has_members(desk: Desk) -> Decision:
    group = desk.case.group
    return Decision(bool(group and group.present), str(_l("Nobody but the lead is in this group.")))


GROUP_ACTS = (
    Act(
        name="group",
        action=Action.RECORD_GROUP,
        title=_l("Make it the complaint of a group"),
        done=_l("It is the complaint of a group. Whoever it came from leads it."),
        button=_l("Make it the complaint of a group"),
        form=FormGroup,
        perform=form,
        possible=lambda desk: Decision(desk.case.group is None, str(_l("It is that of a group already."))),
    ),
    Act(
        name="add-member",
        action=Action.RECORD_GROUP,
        title=_l("Add a member of the group"),
        done="",
        button=_l("Add this member"),
        form=AddMember,
        perform=add,
        possible=grouped,
    ),
    Act(
        name="member-leaves",
        action=Action.RECORD_GROUP,
        title=_l("Record that a member leaves the group"),
        done=_l("They have left. Their code works no more."),
        button=_l("Record that they leave"),
        form=MemberLeaves,
        perform=leaves,
        possible=has_members,
        prepare=offer_members,
    ),
    Act(
        name="member-code",
        action=Action.RECORD_GROUP,
        title=_l("Give a member a new secret code"),
        done="",
        button=_l("Give a new code"),
        form=MemberCode,
        perform=code,
        possible=has_members,
        prepare=offer_members,
    ),
)

for _act in GROUP_ACTS:
    route(_act)


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
    told = Submission(
        what_happened=found.asks,
        channel=answers.channel.data,
        received_on=answers.received_on.data,
        person=Person(**{name: getattr(found, name) for name in TYPED}),
        reply_by=_reply_by(found),
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
