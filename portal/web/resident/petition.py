"""Handing in a petition, and being offered what a petition alone does not give: a complaint of the group."""

from __future__ import annotations

from flask import Response, url_for
from flask import session as browser
from wtforms import HiddenField
from wtforms.validators import DataRequired, Email, Optional

from portal.actions.hand_in_petition import hand_in_petition
from portal.clock import current_clock
from portal.domain.adjustment_kinds import AdjustmentScope
from portal.domain.events import SafeContact
from portal.domain.permissions import Actor, Role
from portal.domain.petitions import NewPetition
from portal.domain.policy import Channel
from portal.domain.refusal import Refused
from portal.records import drafts
from portal.web.access import public
from portal.web.data import database
from portal.web.easier_fields import AsksWhatIsEasier, wish_in
from portal.web.fields import Line, Words
from portal.web.fragments import page, see_other
from portal.web.limits import limiter, source
from portal.web.petition_fields import number_of_signatures, organiser_of, signatures_of
from portal.web.reach_fields import ReachChecks, way_to_reply, what_is_not_safe
from portal.web.resident.forms import ResidentForm
from portal.web.resident.words import SAFE_CONTACT
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said

HANDED_IN = "petition"

HANDED_IN_FROM_ONE_SOURCE = "20 per hour"
"""Each writes to an address that was typed. Whoever is told to wait can call."""


class HandIn(AsksWhatIsEasier, ResidentForm, ReachChecks):
    once = HiddenField()
    asks = Words(
        _l("What does the petition ask for?"),
        description=_l("Copy its words, or say it in your own."),
        validators=[DataRequired(_l("Tell us what the petition asks for"))],
    )
    signatures = number_of_signatures()
    name = Line(_l("Your name"), 300, _l("Your name must be 300 characters or fewer"))
    email = Line(
        _l("Email address"),
        254,
        _l("The email address must be 254 characters or fewer"),
        description=_l("We tell you there that we have recorded it."),
        validators=[Optional(), Email(_l("Enter an email address in the right form, like name@example.com"))],
    )
    phone = Line(_l("Phone number"), 100, _l("The phone number must be 100 characters or fewer"))
    address = Words(_l("Address for letters"), 1_000, description=_l("If we should write to you on paper."))
    postcode = Line(_l("Postcode"), 20, _l("Your postcode must be 20 characters or fewer"))
    reply_by = way_to_reply(_l("How should we reply to you?"))
    safe_contact = what_is_not_safe(
        _l("Is there anything that we must not do, so that you are safe?"),
        [(each.value, SAFE_CONTACT[each]) for each in SafeContact],
    )


@public
def show_petition() -> Response:
    form = HandIn(formdata=None)
    form.once.data = drafts.new_token()
    return _page(form)


@limiter.limit(HANDED_IN_FROM_ONE_SOURCE, key_func=source, methods=["POST"])
@public
def hand_in() -> Response:
    """Record it, once however often it is pressed."""
    form = HandIn()
    if not form.validate():
        return _page(form, status=422)
    landlord, now = current_landlord().key, current_clock().now()
    new = NewPetition(
        asks=form.asks.data or "",
        channel=Channel.ONLINE,
        received_on=now.date(),
        signatures=signatures_of(form.signatures),
        organiser=organiser_of(form),
        easier=wish_in(form, AdjustmentScope.ALL_CONTACT),
        **form.reach(),
    )
    try:
        with database().unit_of_work() as session:
            kept = drafts.claimed(session, landlord, f"{form.once.data}:{new}", at=now)
            if kept.submitted_reference is None:
                made = hand_in_petition(session, Actor(Role.ANYONE, landlord=landlord), landlord, new, now=now)
                drafts.mark_submitted(kept, made.reference)
            browser[HANDED_IN] = kept.submitted_reference
    except Refused as no:
        return _page(form, no, status=422)
    return see_other(url_for("resident.petition_received"))


@public
def received() -> Response:
    """The reference, for as long as this browser is open."""
    if HANDED_IN not in browser:
        return see_other(url_for("resident.show_petition"))
    return page("resident/petition_received.html", reference=browser[HANDED_IN])


def _page(form: HandIn, refused: Refused | None = None, *, status: int = 200) -> Response:
    problems = [(said(refused.message), refused.field)] if refused else form.problems
    return page("resident/petition.html", status=status, form=form, errors=problems)
