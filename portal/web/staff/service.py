"""Requests for service: a list by age, one of them, and what staff do with it."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, current_app, flash, url_for
from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import Email, Optional

from portal.actions.link_service import link_service
from portal.actions.request_service import request_service
from portal.actions.settle_service import settle_service
from portal.actions.submit_complaint import submit_complaint
from portal.clock import current_clock
from portal.domain.adjustment_kinds import AdjustmentScope
from portal.domain.events import SafeContact
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.domain.service_request import ServiceWish, complaint_about
from portal.records import access, drafts, enquiries
from portal.records.easier_requests import asked_with
from portal.records.service_requests import ServiceRequest, mark_complained, service_request, wish_of
from portal.records.sight import those_in_sight
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.easier_fields import AsksWhatIsEasierForThem, wish_in
from portal.web.fragments import page, see_other
from portal.web.person_fields import person_in
from portal.web.reach_fields import ReachChecks, way_to_reply, what_is_not_safe
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import AnyOf, OneOf, line, needed, problems, refuse
from portal.web.staff.fields import words as several_lines
from portal.web.staff.forms import CHANNELS
from portal.web.staff.service_list import age_of
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

CHOICE = [("request", _l("Yes, and they want it to be a request")), ("complaint", _l("Yes, and they want to complain"))]


class RecordService(AsksWhatIsEasierForThem, ReachChecks):
    """A request that reached staff. Nobody is given one in place of a complaint (Code 1.3)."""

    once = HiddenField(_l("One sending of this form"))
    channel = OneOf(_l("How did it reach us?"), choices(CHANNELS), validators=[needed(_l("Choose how it reached us"))])
    words = several_lines(_l("What needs to be put right?"), _l("Write down what needs to be put right"))
    offered = OneOf(
        _l("Were they offered the choice to complain?"),
        CHOICE,
        description=_l("Ask everybody who sounds unhappy. They need not say the word “complaint”."),
        validators=[needed(_l("Ask whether they want to complain, and choose what they said"))],
    )
    hazard = AnyOf(_l("Could it hurt somebody?"), [("yes", _l("Yes, something is dangerous, or makes somebody ill"))])
    name = line(_l("Name"))
    email = line(
        _l("Email address"),
        longest=254,
        checks=[Optional(), Email(_l("Enter an email address like name@example.com"))],
    )
    phone = line(_l("Phone number"), longest=100)
    address = several_lines(_l("Address"))
    postcode = line(_l("Postcode"), longest=20)
    reply_by = way_to_reply(_l("How do they want to hear from us?"))
    safe_contact = what_is_not_safe(
        _l("Is there anything that we must not do, so that they are safe?"), choices(SafeContact)
    )

    def wish(self) -> ServiceWish:
        return ServiceWish(
            words=self.words.data or "",
            channel=self.channel.data,
            person=person_in(self),
            hazard=bool(self.hazard.data),
            easier=wish_in(self, AdjustmentScope.ALL_CONTACT),
            **self.reach(),
        )


class SettleService(FlaskForm):
    outcome = several_lines(
        _l("What was done?"),
        _l("Write what was done. They are told it"),
        hint=_l("These words go to whoever asked."),
    )


class LinkService(FlaskForm):
    complaint = line(
        _l("Reference of the complaint"), _l("Enter the reference of the complaint that is about it"), longest=20
    )


@blueprint.get("/requests/record")
@requires(Action.RECORD_SERVICE_REQUEST)
def record_request() -> Response:
    form = RecordService(formdata=None)
    form.once.data = drafts.new_token()
    return page("staff/record_request.html", form=form, errors=[])


@blueprint.post("/requests/record")
@requires(Action.RECORD_SERVICE_REQUEST)
def save_request() -> Response:
    """Store it once, however often it is sent. Whoever wants to complain is not kept here."""
    form = RecordService()
    if form.validate() and form.offered.data == "complaint":
        refuse(form, str(_l("Then record it as a complaint. What you wrote is below, to copy")), "offered")
    if problems(form):
        return page("staff/record_request.html", status=422, form=form, errors=problems(form))
    landlord, now, wish = current_landlord().key, current_clock().now(), form.wish()
    key = current_app.extensions["settings"].secret_key
    with database().unit_of_work() as session:
        kept = drafts.claimed(session, landlord, f"request {form.once.data}:{wish}", at=now)
        if kept.submitted_reference is None:
            stored = request_service(session, current_actor(), landlord, wish, secret_key=key, now=now)
            drafts.mark_submitted(kept, stored.reference)
        reference = kept.submitted_reference
    flash(str(_l("The request is recorded.")), "done")
    return see_other(url_for("staff.request_for_service", reference=reference))


@blueprint.get("/requests/<reference>")
@requires(Action.SEE_SERVICE_REQUESTS)
def request_for_service(reference: str) -> Response:
    return _page(_found(reference))


@blueprint.post("/requests/<reference>/done")
@requires(Action.SETTLE_SERVICE_REQUEST)
def settle_request(reference: str) -> Response:
    found, form = _found(reference), SettleService()
    if not form.validate():
        return _page(found, settle=form, status=422)
    try:
        with database().unit_of_work() as session:
            outcome, now = form.outcome.data or "", current_clock().now()
            settle_service(session, current_actor(), reference, outcome=outcome, now=now)
    except Refused as no:
        found = _found(reference)
        refuse(form, no.message, None if found.done_at else no.field)
        return _page(found, settle=form, status=422)
    return _done(reference, _l("It is recorded."))


@blueprint.post("/requests/<reference>/link")
@requires(Action.LINK_SERVICE_REQUEST)
def link_request(reference: str) -> Response:
    found, form = _found(reference), LinkService()
    if not form.validate():
        return _page(found, link=form, status=422)
    try:
        with database().unit_of_work() as session:
            typed, now = form.complaint.data or "", current_clock().now()
            link_service(session, current_actor(), reference, complaint=typed, now=now)
    except Refused as no:
        found = _found(reference)  # where it is linked already, there is no field to put this beside
        refuse(form, no.message, None if found.complaint_reference else no.field)
        return _page(found, link=form, status=422)
    return _done(reference, _l("The request and the complaint are linked."))


@blueprint.post("/requests/<reference>/complaint")
@requires(Action.RECORD_COMPLAINT)
def complain_about_request(reference: str) -> Response:
    """One press: they are unhappy with it, so it is a complaint. The code is shown on this answer alone."""
    _found(reference)
    landlord, now = current_landlord().key, current_clock().now()
    key = current_app.extensions["settings"].secret_key
    code = access.code_for(key, f"complaint about request {landlord} {reference} by staff")
    with database().unit_of_work() as session:
        request = service_request(session, landlord, reference, for_update=True)
        if request is None or request.complaint_reference:
            return see_other(url_for("staff.request_for_service", reference=reference))
        told = complaint_about(
            wish_of(session, request), reference, request.asked_at.date(), received_on=now.date(), channel="phone"
        )
        file = submit_complaint(session, current_actor(), landlord, told, code=code, now=now)
        mark_complained(request, file.case.reference)
    known = file.case.received.person.can_be_known
    return page("staff/recorded.html", case=file.case, code=code if known else None)


def _found(reference: str) -> ServiceRequest:
    with database().session() as session:
        found = service_request(session, current_landlord().key, reference)
    if found is None or found.landlord != current_actor().landlord:
        abort(404)
    return found


def _done(reference: str, words: Any) -> Response:
    flash(str(words), "done")
    return see_other(url_for("staff.request_for_service", reference=reference))


def _page(
    found: ServiceRequest,
    *,
    settle: SettleService | None = None,
    link: LinkService | None = None,
    status: int = 200,
) -> Response:
    sent = settle or link
    with database().session() as session:
        known = those_in_sight(session, current_actor(), [found.complaint_reference])
        letters = enquiries.letters_about(session, found.landlord, found.reference)
        easier = asked_with(session, [found]).get(found.reference)
    return page(
        "staff/request.html",
        status=status,
        asked=found,
        age=age_of(found),
        known=known,
        letters=letters,
        easier=easier,
        settle=settle or SettleService(formdata=None),
        link=link or LinkService(formdata=None),
        errors=problems(sent) if sent else [],
    )
