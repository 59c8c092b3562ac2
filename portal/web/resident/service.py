"""Asking us to put something right, and saying with one press that one is unhappy with how it was dealt with."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from flask import Response, current_app, url_for
from flask import session as browser
from sqlalchemy.orm import Session

from portal.actions.request_service import request_service
from portal.actions.submit_complaint import submit_complaint
from portal.clock import current_clock
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Channel
from portal.domain.refusal import Refused
from portal.domain.service_request import complaint_about
from portal.records import drafts, links
from portal.records.service_requests import ServiceRequest, mark_complained, service_request, wish_of
from portal.web.access import public
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import limiter, remember_guess, slow_down_links, source
from portal.web.resident import complain, forms
from portal.web.whose import current_landlord

OPEN = "service request"
OPEN_FOR = timedelta(hours=1)
"""A request is in sight in this browser for as long as a complaint is."""

ASKED_FROM_ONE_SOURCE = "20 per hour"


@public
def show_request() -> Response:
    form = forms.RequestService(formdata=None)
    form.once.data = drafts.new_token()
    return _form_page(form)


@limiter.limit(ASKED_FROM_ONE_SOURCE, key_func=source, methods=["POST"])
@public
def ask_for_service() -> Response:
    """Record it, once however often the button is pressed, and show it."""
    form = forms.RequestService()
    if not form.validate():
        return _form_page(form, status=422)
    try:
        with database().unit_of_work() as session:
            reference = _recorded(session, form)
    except Refused as no:
        return _form_page(form, no, status=422)
    _open_here(reference)
    return see_other(url_for("resident.my_request"))


def _recorded(session: Session, form: forms.RequestService) -> str:
    landlord, now, wish = current_landlord().key, current_clock().now(), form.wish()
    kept = drafts.claimed(session, landlord, f"request {form.once.data}:{wish}", at=now)
    if kept.submitted_reference is None:
        actor = Actor(Role.ANYONE, landlord=landlord)
        request = request_service(session, actor, landlord, wish, secret_key=secret_key(), now=now)
        drafts.mark_submitted(kept, request.reference)
    return kept.submitted_reference or ""


@public
def my_request() -> Response:
    """What was asked for, and what became of it."""
    found = _open_request()
    return _own_page(found, forms.Unhappy(formdata=None)) if found else see_other(url_for("resident.show_request"))


@public
def unhappy() -> Response:
    """Make the complaint, with what was written carried over. The request goes on (Code 1.5)."""
    found, form = _open_request(), forms.Unhappy()
    if found is None:
        return see_other(url_for("resident.track"))
    if not form.validate():
        return _own_page(found, form, status=422)
    with database().unit_of_work() as session:
        _complained(session, found.reference, form.words.data or "")
    return see_other(url_for("resident.request_complaint"))


def _complained(session: Session, reference: str, words: str) -> None:
    landlord, now = current_landlord().key, current_clock().now()
    request = service_request(session, landlord, reference, for_update=True)
    if request is None or request.complaint_reference:
        return  # a second press of the button, or staff were first
    token = _token(request)
    kept = drafts.claimed(session, landlord, token, at=now)
    told = complaint_about(
        wish_of(session, request),
        reference,
        request.asked_at.date(),
        received_on=now.date(),
        channel=Channel.ONLINE,
        words=words,
    )
    actor = Actor(Role.ANYONE, landlord=landlord)
    file = submit_complaint(session, actor, landlord, told, code=complain.code_of(token), now=now)
    mark_complained(request, file.case.reference)
    drafts.mark_submitted(kept, file.case.reference)


@public
def request_complaint() -> Response:
    """The reference and the code of the complaint, in the browser that made it."""
    found = _open_request()
    if found is None or found.complaint_reference is None:
        return see_other(url_for("resident.my_request"))
    return complain.show_received(_token(found), forget_at=url_for("resident.forget_request"))


@public
def forget_request() -> Response:
    """Take it off this device."""
    browser.pop(OPEN, None)
    return page("resident/complain/forgotten.html")


@public
def show_request_link(token: str) -> Response:  # noqa: ARG001 - the page is the same for every link
    """The page with the button. Nothing is looked up before the press."""
    return page("resident/service/link.html", form=forms.Submit(formdata=None))


def open_request_link(token: str) -> Response:
    """Show the request of an emailed link in this browser. It can be done again."""
    form, landlord, now = forms.Submit(), current_landlord().key, current_clock().now()
    if not form.validate():
        return page("resident/service/link.html", status=422, form=form, errors=form.problems)
    with database().unit_of_work() as session:
        link = links.link_of(session, landlord, links.LinkPurpose.SERVICE_REQUEST, token, at=now)
        about = link.about if link else None
    if about is None:
        remember_guess()
        return page("resident/service/over.html", status=404)
    _open_here(about)
    return see_other(url_for("resident.my_request"))


open_request_link = public(slow_down_links(open_request_link))


def _open_here(reference: str) -> None:
    until = current_clock().now() + OPEN_FOR
    browser[OPEN] = [current_landlord().key, reference, until.isoformat()]


def _open_request() -> ServiceRequest | None:
    """The request that this browser has opened, for an hour."""
    landlord, reference, until = browser.get(OPEN, ("", "", ""))
    if landlord != current_landlord().key or current_clock().now() > datetime.fromisoformat(until):
        return None
    with database().session() as session:
        return service_request(session, landlord, reference)


def _token(request: ServiceRequest) -> str:
    """What the complaint about this request is found by: only this installation can work it out."""
    about = f"complaint about request {request.landlord} {request.reference}"
    return hmac.new(secret_key().encode(), about.encode(), sha256).hexdigest()


def secret_key() -> str:
    key: str = current_app.extensions["settings"].secret_key
    return key


def _form_page(form: forms.RequestService, refused: Refused | None = None, *, status: int = 200) -> Response:
    errors = [(refused.message, refused.field)] if refused else form.problems
    return page("resident/service/ask.html", status=status, form=form, errors=errors)


def _own_page(found: ServiceRequest, form: forms.Unhappy, *, status: int = 200) -> Response:
    return page("resident/service/mine.html", status=status, form=form, errors=form.problems, asked=found)
