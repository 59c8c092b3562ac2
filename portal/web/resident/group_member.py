"""A member of a group that complains: their own letters, contact and adjustments, and nothing of anybody else."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Response, abort, current_app, flash, url_for

from portal import landlords
from portal.actions.change_member_contact import change_member_contact
from portal.actions.choose_own_language import choose_own_language
from portal.actions.leave_group import leave_group
from portal.actions.request_adjustment import request_adjustment
from portal.actions.take_lead import take_lead
from portal.clock import current_clock
from portal.domain.adjustment_kinds import AdjustmentScope
from portal.domain.group import Member, with_number
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records import queries
from portal.records.history import CaseFile
from portal.web.access import current_actor, public, requires
from portal.web.data import database
from portal.web.fields import Line
from portal.web.fragments import page, see_other
from portal.web.limits import count_wrong_code, slow_down_guesses
from portal.web.resident import forms, progress, visit
from portal.web.resident.contact_forms import ChangeContact
from portal.web.resident.my_complaint import open_own, own_letter
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


class TakeLead(forms.ResidentForm):
    code = Line(
        _l("The code that whoever leads the group gave you"),
        60,
        _l("A code has 16 letters and numbers, in four groups of four"),
        description=_l("It has 16 letters and numbers, and is not your own secret code."),
    )


@requires(Action.TRACK_GROUP)
def my_group() -> Response:
    """Where the complaint stands, and one's own letters: nothing of the lead, and nothing of another member."""
    today = current_clock().today()
    with database().session() as session:
        file = open_own(session)
    return page("resident/group/mine.html", **_facts(file, today), ombudsman=landlords.ombudsman(today))


def _facts(file: CaseFile, today: date) -> dict[str, Any]:
    case = file.case
    member = myself(file)
    found = progress.progress_of(case, file.rules, current_landlord(), (), today)
    mine = progress.letters_of(file.recorded, member.number)
    codes = [
        (each, progress.MEMBERS_CODES[each.event.kind])
        for each in file.recorded
        if each.event.kind in progress.MEMBERS_CODES and each.event.number == member.number
    ]
    assert case.group is not None, "who follows a group is of one"
    return {
        "reference": case.reference,
        "stage": case.stage,
        "matter": case.group.formed.matter,
        "heading": found.heading,
        "steps": found.steps,
        "letters": mine,
        "without_lead": case.is_without_lead,
        "needs_no_code": case.group.needs_no_code(member.number),
        "member": member,
        "codes": codes,
    }


@requires(Action.TRACK_GROUP)
def group_letter(letter_id: UUID) -> Response:
    found = _letter(letter_id)
    return page("resident/group/letter.html", letter=found, title=progress.LETTERS[found.kind])


@requires(Action.TRACK_GROUP)
def group_letter_pdf(letter_id: UUID) -> Response:
    return Response(current_app.extensions["letter_pdf"](_letter(letter_id)), mimetype="application/pdf")


def _letter(letter_id: UUID) -> queries.LetterRow:
    with database().session() as session:
        try:
            return own_letter(session, open_own(session), letter_id)
        except queries.NotFound:
            abort(404)


def myself(file: CaseFile) -> Member:
    return with_number(file.case.group, current_actor().member)


@requires(Action.CHANGE_MEMBER_CONTACT)
def member_contact() -> Response:
    """What we have, to be changed."""
    form = ChangeContact(formdata=None)
    with database().session() as session:
        member = myself(open_own(session))
    for part in form.PARTS:
        form[part].data = getattr(member.contact, part)
    form.language.data = member.joined.person.language or form.language.data
    return _contact_page(form)


@requires(Action.CHANGE_MEMBER_CONTACT)
def change_contact() -> Response:
    """Keep it. A second press finds nothing new and is answered like the first."""
    form, actor = ChangeContact(), current_actor()
    if not form.validate():
        return _contact_page(form, status=422)
    try:
        with database().unit_of_work() as session:
            reference, now = actor.case_reference or "", current_clock().now()
            change_member_contact(session, actor, reference, form.contact(), now=now)
            if form.language.data:
                choose_own_language(session, actor, reference, form.language.data, now=now)
    except Refused as no:
        return _contact_page(form, no, status=422)
    flash(str(_l("We reach you in this way from now on.")), "done")
    return see_other(url_for("resident.my_group"))


def _contact_page(form: ChangeContact, refused: Refused | None = None, *, status: int = 200) -> Response:
    return page("resident/group/contact.html", status=status, form=form, errors=_problems(form, refused))


@requires(Action.REQUEST_MEMBER_ADJUSTMENT)
def member_easier() -> Response:
    """What was asked for and agreed, and a form to ask for more."""
    return _easier_page(forms.MakeItEasier(formdata=None))


@requires(Action.REQUEST_MEMBER_ADJUSTMENT)
def ask_easier() -> Response:
    form, actor = forms.MakeItEasier(), current_actor()
    if not form.validate():
        return _easier_page(form, status=422)
    try:
        with database().unit_of_work() as session:
            reference, wish = actor.case_reference or "", form.wish(AdjustmentScope.THIS_COMPLAINT)
            request_adjustment(session, actor, reference, wish, member=actor.member, now=current_clock().now())
    except Refused as no:
        return _easier_page(form, no, status=422)
    flash(str(_l("We have it. Whoever handles the complaint decides about it, and we write to you.")), "done")
    return see_other(url_for("resident.member_easier"))


def _easier_page(form: forms.MakeItEasier, refused: Refused | None = None, *, status: int = 200) -> Response:
    with database().session() as session:
        records = myself(open_own(session)).adjustments
    errors = _problems(form, refused)
    return page("resident/group/easier.html", status=status, form=form, errors=errors, records=records)


def _problems(form: forms.ResidentForm, refused: Refused | None) -> object:
    return [(said(refused.message), refused.field)] if refused else form.problems


@requires(Action.TAKE_LEAD)
def show_lead() -> Response:
    """What leading means, for whoever was asked to; where nobody leads, anybody may who was of the group before."""
    return _lead_page(TakeLead(formdata=None))


def take() -> Response:
    """Lead from now on: this very browser then has the whole complaint open."""
    form, actor = TakeLead(), current_actor()
    if not form.validate():
        return _lead_page(form, status=422)
    reference, number = actor.case_reference or "", actor.member or 0
    try:
        with database().unit_of_work() as session:
            take_lead(session, actor, reference, number, code=form.code.data or "", now=current_clock().now())
    except Refused as no:
        count_wrong_code(actor.landlord or "", reference)
        return _lead_page(form, no, status=422)
    flash(str(_l("You lead the group now.")), "done")
    return see_other(url_for("resident.own_group"))


def _lead_page(form: TakeLead, refused: Refused | None = None, *, status: int = 200) -> Response:
    with database().session() as session:
        case = open_own(session).case
    if case.is_without_lead:
        del form.code
    return page(
        "resident/group/lead.html",
        status=status,
        form=form,
        errors=_problems(form, refused),
        without_lead=case.is_without_lead,
        needs_no_code=case.group is not None and case.group.needs_no_code(current_actor().member),
    )


take = requires(Action.TAKE_LEAD)(slow_down_guesses(take))


@requires(Action.LEAVE_GROUP)
def leave() -> Response:
    """One press, no reason. The code is dead, and so is this visit."""
    actor = current_actor()
    if not forms.Submit().validate():
        return see_other(url_for("resident.my_group"))
    with database().unit_of_work() as session:
        leave_group(session, actor, actor.case_reference or "", actor.member or 0, now=current_clock().now())
    visit.end()
    return see_other(url_for("resident.left_group"))


@public
def left_group() -> Response:
    return page("resident/group/left.html")
