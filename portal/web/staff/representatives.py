"""What staff do about who acts for a resident: add, ask, record what they may do, give a code, end."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, current_app
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from portal.actions.add_representative import add_representative
from portal.actions.ask_for_authority import ask_for_authority
from portal.actions.end_authority import end_authority
from portal.actions.issue_representative_code import issue_representative_code
from portal.actions.record_authority import record_authority
from portal.clock import current_clock
from portal.domain import references
from portal.domain.permissions import Action, Decision
from portal.domain.refusal import Refused
from portal.domain.representation import BY_THE_RESIDENT, NewAuthority, NewRepresentative, Representative
from portal.domain.representative_kinds import (
    AskedBy,
    AuthorityEvidence,
    AuthorityScope,
    Capacity,
    Ground,
    ReplyTo,
    WhyEnded,
)
from portal.records import offices
from portal.web.data import database
from portal.web.fragments import page
from portal.web.person_fields import Language
from portal.web.staff.act import Act, route
from portal.web.staff.desk import Desk
from portal.web.staff.fields import AnyOf, Day, OneOf, Pick, Tick, line, needed, words
from portal.web.staff.forms import StaffForm
from portal.web.wording import gettext
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices
from portal.web.words import words as in_words

When = dict[str, Any]


def needed_without_office(form: Any, field: Any) -> None:
    """Of an office that we know we know as what it acts."""
    if not form.office.data and not field.data:
        raise StopValidation(_l("Choose as what they act"))


class AddRepresentative(StaffForm):
    office = Pick(
        _l("Are they of an office that we know?"),
        description=_l("Its members then see the complaint in their list. As what it acts and its address are known."),
    )
    capacity = OneOf(_l("As what do they act?"), choices(Capacity), validators=[needed_without_office])
    name = line(_l("Name"), _l("Enter the name of whoever acts for the resident"))
    organisation = line(_l("Organisation"))
    email = line(_l("Email address"), longest=254)
    phone = line(_l("Phone number"), longest=100)
    address = words(_l("Address for letters"))
    own_reference = line(_l("Their own reference"), longest=100)
    asked_by = OneOf(_l("Who asked them?"), choices(AskedBy), validators=[needed(_l("Choose who asked them"))])
    wants = AnyOf(
        _l("What do they want to be told, or to do?"),
        choices(each for each in AuthorityScope if each is not AuthorityScope.SUBMIT),
    )
    reply_to = OneOf(_l("Where should our reply go?"), choices(ReplyTo), default=ReplyTo.BOTH.value)
    language = Language(_l("In which language should we write to them?"))
    official = Tick(_l("They were elected, and I have checked that this is their official address"))


class Whose(StaffForm):
    which = OneOf(_l("Which representative?"), (), validators=[needed(_l("Choose which one"))])


class RecordAuthority(Whose):
    evidence = OneOf(
        _l("What shows that they may?"),
        choices(each for each in AuthorityEvidence if each not in BY_THE_RESIDENT),
        validators=[needed(_l("Choose what shows that they may"))],
    )
    paper = Pick(
        _l("Which file shows it?"),
        description=_l("Files that they, or you, added as what shows that they may act. Leave it if there is none."),
    )
    ground = OneOf(
        _l("If the resident need not be asked: on which ground?"),
        choices(Ground),
        description=_l(
            "Only for elected people (Data Protection Act 2018, Schedule 1, paragraph 24). Your name is kept."
        ),
    )
    scopes = AnyOf(
        _l("What may they do?"), choices(each for each in AuthorityScope if each is not AuthorityScope.SUBMIT)
    )
    starts_on = Day(_l("From when?"), description=_l("Leave it empty for today."))
    expires_on = Day(_l("Until when?"), description=_l("Needed where it rests on what the resident said or signed."))
    words = words(
        _l("What were you told or shown, and how do you know who it is from?"),
        _l("Say what you were told or shown"),
        hint=_l("For example: called the number that we hold, or compared the signature with that of the tenancy."),
    )


class EndAuthority(Whose):
    why = OneOf(
        _l("Why does it end?"),
        choices(each for each in WhyEnded if each is not WhyEnded.JOINING_UNDONE),
        validators=[needed(_l("Choose why it ends"))],
    )
    words = words(
        _l("What happened, and who said so?"),
        _l("Say what happened, and who said so"),
        hint=_l("Nobody loses their representative without a reason. Both are told by letter."),
    )


class RepresentativeCode(Whose):
    identity_check = words(
        _l("How did you check who is asking?"), hint=_l("For example: called back on the number of their office.")
    )


def name_of(one: Representative) -> str:
    return f"{one.added.name or gettext('No name')} ({in_words(one.added.capacity)})"


def offer_offices(form: AddRepresentative, desk: Desk) -> None:
    with database().session() as session:
        found = offices.offices(session, desk.actor, at=current_clock().now())
    known = [SelectChoice(str(each.office.id), each.office.name) for each in found]
    form.office.choices = [SelectChoice("", _l("No, or not known here")), *known]


def offer_all(form: Whose, desk: Desk) -> None:
    form.which.choices = [SelectChoice(str(each.number), name_of(each)) for each in desk.case.representatives]
    if len(form.which.choices) == 1 and not form.is_submitted():
        form.which.data = form.which.choices[0].value


def offer_papers(form: RecordAuthority, desk: Desk) -> None:
    offer_all(form, desk)
    papers = [
        SelectChoice(str(paper.id), f"{paper.name or gettext('A file')}: {name_of(each)}")
        for each in desk.case.representatives
        for paper in desk.case.authority_papers(each.number)
    ]
    form.paper.choices = [SelectChoice("", _l("None of them")), *papers]


def offer_current(form: Whose, desk: Desk) -> None:
    offer_all(form, desk)
    current = {str(each.number) for each in desk.case.representatives if not each.ended}
    form.which.choices = [each for each in form.which.choices if each.value in current]


def somebody(desk: Desk) -> Decision:
    return Decision(bool(desk.case.representatives), str(_l("Nobody acts for the resident.")))


def somebody_now(desk: Desk) -> Decision:
    now = any(not each.ended for each in desk.case.representatives)
    return Decision(now, str(_l("Nobody acts for the resident.")))


def add(session: Session, desk: Desk, form: AddRepresentative, when: When) -> object:
    new = NewRepresentative(
        capacity=Capacity(form.capacity.data or Capacity.OTHER),
        office_id=int(form.office.data) if form.office.data else None,
        asked_by=AskedBy(form.asked_by.data),
        name=form.name.data or "",
        organisation=form.organisation.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        address=form.address.data or "",
        own_reference=form.own_reference.data or "",
        wants=tuple(AuthorityScope(each) for each in form.wants.data or ()),
        reply_to=ReplyTo(form.reply_to.data or ReplyTo.BOTH),
        official=bool(form.official.data),
        language=form.language.data or "",
    )
    return add_representative(session, desk.actor, desk.case.reference, new, **when)


def ask(session: Session, desk: Desk, form: Whose, when: When) -> object:
    number, key = int(form.which.data), current_app.extensions["settings"].secret_key
    try:
        return ask_for_authority(session, desk.actor, desk.case.reference, number, secret_key=key, **when)
    except Refused as refused:
        raise Refused(refused.message, "which") from refused


def record(session: Session, desk: Desk, form: RecordAuthority, when: When) -> object:
    wanted = NewAuthority(
        evidence=AuthorityEvidence(form.evidence.data),
        scopes=tuple(AuthorityScope(each) for each in form.scopes.data or ()),
        starts_on=form.starts_on.data,
        expires_on=form.expires_on.data,
        ground=Ground(form.ground.data) if form.ground.data else None,
        evidence_id=form.paper.data or None,
        words=form.words.data or "",
    )
    return record_authority(session, desk.actor, desk.case.reference, int(form.which.data), wanted, **when)


def end(session: Session, desk: Desk, form: EndAuthority, when: When) -> object:
    said = {"why": WhyEnded(form.why.data), "words": form.words.data or ""}
    return end_authority(session, desk.actor, desk.case.reference, int(form.which.data), **said, **when)


def new_code(session: Session, desk: Desk, form: RepresentativeCode, when: When) -> Response:
    """The code is on the answer to this one press and nowhere else."""
    code, number, check = references.new_code(secrets.choice), int(form.which.data), form.identity_check.data or ""
    reference = desk.case.reference
    issue_representative_code(session, desk.actor, reference, number, code=code, identity_check=check, **when)
    return page("staff/representative_code.html", desk=desk, code=code)


REPRESENTATIVE_ACTS = (
    Act(
        name="add-representative",
        button=_l("Record who acts"),
        action=Action.ADD_REPRESENTATIVE,
        title=_l("Record who acts for the resident"),
        done=_l("It is recorded, and the resident is told."),
        form=AddRepresentative,
        perform=add,
        prepare=offer_offices,
    ),
    Act(
        name="ask-for-authority",
        button=_l("Send the link"),
        action=Action.ASK_FOR_AUTHORITY,
        title=_l("Send a link to confirm who may act"),
        done=_l("The link is on its way."),
        form=Whose,
        perform=ask,
        possible=somebody_now,
        prepare=offer_current,
    ),
    Act(
        name="record-authority",
        button=_l("Record what they may do"),
        action=Action.RECORD_AUTHORITY,
        title=_l("Record what a representative may do"),
        done=_l("It is recorded, and the resident is told."),
        form=RecordAuthority,
        perform=record,
        possible=somebody,
        prepare=offer_papers,
    ),
    Act(
        name="representative-code",
        button=_l("Give them a new code"),
        action=Action.ISSUE_REPRESENTATIVE_CODE,
        title=_l("Give a representative a secret code"),
        done="",
        form=RepresentativeCode,
        perform=new_code,
        possible=somebody_now,
        prepare=offer_current,
    ),
    Act(
        name="end-authority",
        button=_l("Record that they act no more"),
        action=Action.END_AUTHORITY,
        title=_l("Record that somebody acts no more"),
        done=_l("It is ended, and both are told."),
        form=EndAuthority,
        perform=end,
        possible=somebody_now,
        prepare=offer_current,
    ),
)

for _act in REPRESENTATIVE_ACTS:
    route(_act)
