"""Leading a group: asking others to join, offering the lead to one of them, and leaving."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, current_app, flash, url_for
from wtforms.validators import DataRequired

from portal.actions.form_group import form_group
from portal.actions.leave_lead import leave_lead
from portal.actions.offer_lead import offer_lead
from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records import access
from portal.records.history import CaseFile
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fields import Words
from portal.web.fragments import page, see_other
from portal.web.resident import forms, visit
from portal.web.resident.my_complaint import open_own
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


class FormGroup(forms.ResidentForm):
    matter = Words(
        _l("What does the group complain of?"),
        forms.SHORTER,
        description=_l("Whoever you ask to join reads this, and nothing else that you told us. Name nobody in it."),
        validators=[DataRequired(_l("Say what the group complains of"))],
    )


@requires(Action.TRACK_COMPLAINT)
def own_group() -> Response:
    """How many have joined, and what to hand round so that others can."""
    return _own(FormGroup(formdata=None))


@requires(Action.FORM_GROUP)
def form_own_group() -> Response:
    form, actor = FormGroup(), current_actor()
    if not form.validate():
        return _own(form, status=422)
    reference = actor.case_reference or ""
    try:
        with database().unit_of_work() as session:
            form_group(
                session,
                actor,
                reference,
                matter=form.matter.data or "",
                invitation=invitation_code(reference),
                now=current_clock().now(),
            )
    except Refused as no:
        return _own(form, no, status=422)
    flash(str(_l("Your complaint is now that of a group. Nothing else has changed.")), "done")
    return see_other(url_for("resident.own_group"))


@requires(Action.OFFER_LEAD)
def offer() -> Response:
    """Make the code with which one member can take the lead, shown on the lead's own page for as long as it holds."""
    return _offered(lead_code)


@requires(Action.OFFER_LEAD)
def take_back() -> Response:
    return _offered(lambda _file: None)


def _offered(code: Callable[[CaseFile], str | None]) -> Response:
    if not forms.Submit().validate():
        return see_other(url_for("resident.own_group"))
    actor = current_actor()
    try:
        with database().unit_of_work() as session:
            file = open_own(session)
            offer_lead(session, actor, file.case.reference, code=code(file), now=current_clock().now())
    except Refused as no:
        return _own(FormGroup(formdata=None), no, status=422)
    return see_other(url_for("resident.own_group"))


def lead_code(file: CaseFile) -> str:
    """Another one for each offer: what was taken back once opens nothing with the next. None where there is no group:
    the action refuses it then."""
    group = file.case.group
    if group is None:
        return ""
    number = group.offers if group.offered else group.offers + 1
    return access.code_for(_secret_key(), f"lead {file.case.reference} {number}")


@requires(Action.LEAVE_LEAD)
def leave_own() -> Response:
    """One press, no reason. The code is dead, and so is this visit; the others go on."""
    if not forms.Submit().validate():
        return see_other(url_for("resident.own_group"))
    actor = current_actor()
    try:
        with database().unit_of_work() as session:
            leave_lead(session, actor, actor.case_reference or "", now=current_clock().now())
    except Refused as no:
        return _own(FormGroup(formdata=None), no, status=422)
    visit.end()
    return see_other(url_for("resident.left_group"))


def invitation_code(reference: str) -> str:
    """The same each time: the lead can look it up again, and it is stored nowhere."""
    return access.code_for(_secret_key(), f"invitation {reference}")


def _own(form: FormGroup, refused: Refused | None = None, *, status: int = 200) -> Response:
    with database().session() as session:
        file = open_own(session)
    return page(
        "resident/group/own.html",
        status=status,
        form=form,
        errors=[(said(refused.message), refused.field)] if refused else form.problems,
        case=file.case,
        invitation=invitation_code(file.case.reference) if file.case.group else None,
        lead_code=lead_code(file) if file.case.group and file.case.group.offered else None,
    )


def _secret_key() -> str:
    key: str = current_app.extensions["settings"].secret_key
    return key
