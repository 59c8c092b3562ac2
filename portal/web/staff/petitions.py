"""Petitions: a list, recording one, and what came of it."""

from __future__ import annotations

from flask import Response, abort, flash, url_for
from wtforms import HiddenField
from wtforms.validators import Email, Optional

from portal.actions.hand_in_petition import hand_in_petition
from portal.actions.settle_petition import settle_petition
from portal.clock import current_clock
from portal.domain.adjustment_kinds import AdjustmentScope
from portal.domain.events import SafeContact
from portal.domain.permissions import Action
from portal.domain.petitions import NewPetition
from portal.domain.refusal import Refused
from portal.records import drafts, enquiries, petitions
from portal.records.easier_requests import asked_with
from portal.records.petitions import Petition
from portal.records.sight import those_in_sight
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.easier_fields import AsksWhatIsEasierForThem, wish_in
from portal.web.fragments import page, see_other
from portal.web.petition_fields import number_of_signatures, organiser_of, signatures_of
from portal.web.reach_fields import ReachChecks, way_to_reply, what_is_not_safe
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import Day, OneOf, line, needed, problems, refuse, words
from portal.web.staff.forms import CHANNELS, StaffForm
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said
from portal.web.words import choices


class RecordPetition(AsksWhatIsEasierForThem, StaffForm, ReachChecks):
    once = HiddenField()
    channel = OneOf(
        _l("How did it reach us?"), choices(CHANNELS), validators=[needed(_l("Choose how the petition reached us"))]
    )
    received_on = Day(_l("The day it really reached us"), _l("Enter the day on which the petition reached us"))
    asks = words(_l("What does it ask for?"), _l("Write down what the petition asks for"))
    signatures = number_of_signatures()
    name = line(_l("Name of whoever organises it"))
    email = line(
        _l("Email address"),
        longest=254,
        checks=[Optional(), Email(_l("Enter an email address like name@example.com"))],
    )
    phone = line(_l("Phone number"), longest=100)
    address = words(_l("Address"))
    postcode = line(_l("Postcode"), longest=20)
    reply_by = way_to_reply(_l("How do they want to hear from us?"))
    safe_contact = what_is_not_safe(
        _l("Is there anything that we must not do, so that they are safe?"), choices(SafeContact)
    )


class SettlePetition(StaffForm):
    outcome = words(
        _l("What came of it?"),
        _l("Write what came of it. They are told it"),
        hint=_l("What was decided, by whom, and why. These words go to whoever organises it."),
    )


@blueprint.get("/petitions")
@requires(Action.SEE_PETITIONS)
def all_petitions() -> Response:
    """Those of which nothing has come yet first."""
    with database().session() as session:
        found = petitions.petitions(session, current_actor())
        easier = asked_with(session, found)
    return page("staff/petitions.html", petitions=found, easier=easier)


@blueprint.get("/petitions/record")
@requires(Action.RECORD_PETITION)
def record_petition() -> Response:
    form = RecordPetition(formdata=None)
    form.once.data = drafts.new_token()
    today = current_clock().today()
    form.received_on.typed = {part: str(getattr(today, part)) for part in ("day", "month", "year")}
    return _record_page(form)


@blueprint.post("/petitions/record")
@requires(Action.RECORD_PETITION)
def save_petition() -> Response:
    """One petition, however often the same form with the same words is sent."""
    form = RecordPetition()
    if not form.validate():
        return _record_page(form, status=422)
    landlord, now = current_landlord().key, current_clock().now()
    new = NewPetition(
        asks=form.asks.data or "",
        channel=form.channel.data,
        received_on=form.received_on.data,
        signatures=signatures_of(form.signatures),
        organiser=organiser_of(form),
        easier=wish_in(form, AdjustmentScope.ALL_CONTACT),
        **form.reach(),
    )
    try:
        with database().unit_of_work() as session:
            kept = drafts.claimed(session, landlord, f"{form.once.data}:{new}", at=now)
            if kept.submitted_reference is None:
                made = hand_in_petition(session, current_actor(), landlord, new, now=now)
                drafts.mark_submitted(kept, made.reference)
            reference = kept.submitted_reference
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _record_page(form, status=422)
    flash(str(_l("The petition is recorded. The chief executive is being told.")), "done")
    return see_other(url_for("staff.petition", reference=reference))


@blueprint.get("/petitions/<reference>")
@requires(Action.SEE_PETITIONS)
def petition(reference: str) -> Response:
    return _page(_open(reference), SettlePetition(formdata=None))


@blueprint.post("/petitions/<reference>")
@requires(Action.SETTLE_PETITION)
def settle(reference: str) -> Response:
    """What came of it, and how they were told."""
    found, form = _open(reference), SettlePetition()
    if not form.validate():
        return _page(found, form, status=422)
    try:
        with database().unit_of_work() as session:
            settle_petition(
                session, current_actor(), reference, outcome=form.outcome.data or "", now=current_clock().now()
            )
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(found, form, status=422)
    flash(str(_l("What came of it is recorded.")), "done")
    return see_other(url_for("staff.petition", reference=reference))


def _open(reference: str) -> Petition:
    if not reference.isprintable():
        abort(404)
    with database().session() as session:
        found = petitions.petition(session, current_actor(), reference)
    if found is None:
        abort(404)
    return found


def _record_page(form: RecordPetition, *, status: int = 200) -> Response:
    return page("staff/record_petition.html", status=status, form=form, errors=problems(form))


def _page(found: Petition, form: SettlePetition, *, status: int = 200) -> Response:
    with database().session() as session:
        known = those_in_sight(session, current_actor(), [found.complaint_reference])
        letters = enquiries.letters_about(session, found.landlord, found.reference)
        easier = asked_with(session, [found]).get(found.reference)
    return page(
        "staff/petition.html",
        status=status,
        petition=found,
        letters=letters,
        easier=easier,
        known=known,
        form=form,
        errors=problems(form),
    )
