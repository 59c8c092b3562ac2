"""Groups that complain together: recording one, its members, and who leaves."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, current_app
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.actions.form_group import form_group
from portal.actions.issue_member_code import issue_member_code
from portal.actions.join_group import join_group
from portal.actions.leave_group import leave_group
from portal.actions.leave_lead import leave_lead
from portal.actions.take_lead import take_lead
from portal.domain import references
from portal.domain.events import ReplyBy, SafeContact
from portal.domain.group import NewMember
from portal.domain.permissions import Action, Decision
from portal.records import access
from portal.web.easier_fields import interpreting_in, kinds_chosen
from portal.web.fragments import page
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.desk import Desk
from portal.web.staff.fields import OneOf, needed, words
from portal.web.staff.forms import RecordComplaint, StaffForm
from portal.web.wording import lazy_gettext as _l


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

    def member(self) -> NewMember:
        return NewMember(
            person=self.person(),
            reply_by=ReplyBy(self.reply_by.data),
            consent=self.consent.data or "",
            adjustments=kinds_chosen(self),
            adjustment_words=self.adjustment_words.data or "",
            interpreting=interpreting_in(self),
            safe_contact=tuple(SafeContact(each) for each in self.safe_contact.data or ()),
        )


class ChooseMember(StaffForm):
    number = OneOf(_l("Who of the group?"), (), validators=[needed(_l("Choose a member"))])


class ChangeLead(ChooseMember):
    words = words(
        _l("How did both say that they agree?"),
        hint=_l("For example: both called, on the numbers that we hold. Where nobody leads, how this member said so."),
    )


class LeadLeaves(StaffForm):
    words = words(_l("How did they tell us?"))


class MemberLeaves(ChooseMember):
    words = words(_l("How did they tell us?"))


class MemberCode(ChooseMember):
    identity_check = words(_l("How did you check who is asking?"))


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


def lead(session: Session, desk: Desk, answers: ChangeLead, when: When) -> object:
    number, said = int(answers.number.data), answers.words.data or ""
    return take_lead(session, desk.actor, desk.case.reference, number, words=said, **when)


def lead_leaves(session: Session, desk: Desk, answers: LeadLeaves, when: When) -> object:
    return leave_lead(session, desk.actor, desk.case.reference, words=answers.words.data or "", **when)


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


def can_go_on(desk: Desk) -> Decision:
    """Whether there is a lead to leave, and anybody to go on."""
    if desk.case.is_without_lead:
        return Decision(False, str(_l("Nobody leads this group.")))
    return has_members(desk)


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
        name="change-lead",
        action=Action.RECORD_GROUP,
        title=_l("Record that a member leads the group"),
        done=_l("They lead the group now. Everybody in it is being told, and nobody who it is."),
        button=_l("Record who leads"),
        form=ChangeLead,
        perform=lead,
        possible=has_members,
        prepare=offer_members,
    ),
    Act(
        name="lead-leaves",
        action=Action.RECORD_GROUP,
        title=_l("Record that whoever leads the group leaves it"),
        done=_l("They have left. The members are being told that any of them can lead."),
        button=_l("Record that they leave"),
        form=LeadLeaves,
        perform=lead_leaves,
        possible=can_go_on,
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
