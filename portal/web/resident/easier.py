"""Asking for something that makes things easier: in a complaint, and without one."""

from __future__ import annotations

from datetime import datetime

from flask import Response, flash, url_for
from flask import session as browser
from sqlalchemy.orm import Session

from portal.actions.ask_without_complaint import ask_without_complaint
from portal.actions.request_adjustment import request_adjustment
from portal.actions.tell_condition import tell_condition
from portal.clock import current_clock
from portal.domain.adjustment_kinds import AdjustmentScope
from portal.domain.permissions import Action, Actor, Role
from portal.domain.refusal import Refused
from portal.web.access import current_actor, public, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import limiter, source
from portal.web.person_fields import person_in
from portal.web.resident import forms
from portal.web.resident.my_complaint import open_own
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said

ASKED = "easier"

ASKED_FROM_ONE_SOURCE = "20 per hour"
"""A household or a library asks less often. Whoever is told to wait can call."""


@public
def make_it_easier() -> Response:
    """The page that needs no complaint."""
    return _page(forms.EasierWithoutComplaint(formdata=None))


@limiter.limit(ASKED_FROM_ONE_SOURCE, key_func=source, methods=["POST"])
@public
def ask() -> Response:
    """Record it for staff to decide."""
    form = forms.EasierWithoutComplaint()
    if not form.validate():
        return _page(form, status=422)
    landlord = current_landlord().key
    try:
        with database().unit_of_work() as session:
            asked = ask_without_complaint(
                session,
                Actor(Role.ANYONE, landlord=landlord),
                landlord,
                form.wish(AdjustmentScope.ALL_CONTACT),
                person=person_in(form),
                **form.reach(),
                now=current_clock().now(),
            )
            browser[ASKED] = asked.reference
    except Refused as no:
        return _page(form, no, status=422)
    return see_other(url_for("resident.easier_received"))


@public
def received() -> Response:
    """The reference, for as long as this browser is open."""
    if ASKED not in browser:
        return see_other(url_for("resident.make_it_easier"))
    return page("resident/easier_received.html", reference=browser[ASKED])


@requires(Action.REQUEST_ADJUSTMENT)
def own() -> Response:
    """What was asked for and agreed in a complaint, and a form to ask for more."""
    return _own_page(forms.OwnEasier(formdata=None))


@requires(Action.REQUEST_ADJUSTMENT)
def ask_own() -> Response:
    form = forms.OwnEasier()
    if not form.validate():
        return _own_page(form, status=422)
    try:
        with database().unit_of_work() as session:
            _record(session, form, current_clock().now())
    except Refused as no:
        return _own_page(form, no, status=422)
    flash(str(_l("We have it. Whoever handles your complaint decides about it, and we write to you.")), "done")
    return see_other(url_for("resident.own_easier"))


def _record(session: Session, form: forms.OwnEasier, now: datetime) -> None:
    """What is asked for, and what was told about it: either may be empty, but not both."""
    actor = current_actor()
    reference = actor.case_reference or ""
    wish = form.wish(AdjustmentScope(form.everywhere.data or AdjustmentScope.THIS_COMPLAINT))
    if wish.kinds or not form.condition.data:
        request_adjustment(session, actor, reference, wish, now=now)
    if form.condition.data:
        tell_condition(session, actor, reference, form.condition.data, now=now)


def _page(form: forms.EasierWithoutComplaint, refused: Refused | None = None, *, status: int = 200) -> Response:
    return page("resident/make_it_easier.html", status=status, form=form, errors=_problems(form, refused))


def _own_page(form: forms.OwnEasier, refused: Refused | None = None, *, status: int = 200) -> Response:
    with database().session() as session:
        file = open_own(session)
    return page("resident/own_easier.html", status=status, form=form, errors=_problems(form, refused), case=file.case)


def _problems(form: forms.MakeItEasier, refused: Refused | None) -> object:
    return [(said(refused.message), refused.field)] if refused else form.problems
