"""Letters that belong to no complaint: as they were written, and what somebody does to bring them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from flask import Response, abort, current_app, flash, url_for

from portal.actions.call_about_enquiry import call_about_enquiry, can_be_told
from portal.actions.post_enquiry_letter import can_be_posted, post_enquiry_letter
from portal.clock import current_clock
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.enquiries import Asker, EnquiryKind
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records import enquiries
from portal.records.enquiries import EnquiryLetter
from portal.records.sent import SentCopy, copies_of
from portal.web.access import current_actor, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import problems, refuse
from portal.web.staff.forms import RecordCall, RecordPosting
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said
from portal.web.words import words

PAGES = {
    EnquiryKind.PETITION: "staff.petition",
    EnquiryKind.SERVICE: "staff.request_for_service",
    EnquiryKind.EASIER: "staff.easier_request",
}
"""The page of what a letter is about."""


class Opened(NamedTuple):
    """A letter, whom it is for, each time that somebody tried to bring it, and what is kept of each time it went."""

    letter: EnquiryLetter
    asker: Asker
    brought: Sequence[enquiries.Brought]
    copies: Sequence[SentCopy]


@blueprint.get("/letters/<uuid:letter_id>")
@requires(Action.SEE_ENQUIRY_LETTER)
def enquiry_letter(letter_id: UUID) -> Response:
    """One letter, word for word, with what became of it."""
    return _page(open_letter(letter_id), RecordPosting(formdata=None), RecordCall(formdata=None))


@blueprint.get("/letters/<uuid:letter_id>.pdf")
@requires(Action.SEE_ENQUIRY_LETTER)
def enquiry_letter_pdf(letter_id: UUID) -> Response:
    """A letter to print, in the size of type that was asked for."""
    return Response(current_app.extensions["letter_pdf"](open_letter(letter_id).letter), mimetype="application/pdf")


@blueprint.post("/letters/<uuid:letter_id>/posted")
@requires(Action.ANSWER_ENQUIRY)
def enquiry_letter_posted(letter_id: UUID) -> Response:
    """Somebody put it in the post."""
    opened, form = open_letter(letter_id), RecordPosting()
    if not form.validate():
        return _page(opened, form, RecordCall(formdata=None), status=422)
    try:
        with database().unit_of_work() as session:
            post_enquiry_letter(
                session,
                current_actor(),
                letter_id,
                posted_on=form.posted_on.data,
                as_agreed=form.as_agreed.data != "no",
                reason=form.reason.data or "",
                now=current_clock().now(),
            )
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(opened, form, RecordCall(formdata=None), status=422)
    return _done(opened.letter, _l("The posting is recorded."))


@blueprint.post("/letters/<uuid:letter_id>/called")
@requires(Action.ANSWER_ENQUIRY)
def enquiry_letter_called(letter_id: UUID) -> Response:
    """Somebody called, and told them what it says or reached nobody."""
    opened, form = open_letter(letter_id), RecordCall()
    if not form.validate():
        return _page(opened, RecordPosting(formdata=None), form, status=422)
    reached = form.reached.data == "yes"
    try:
        with database().unit_of_work() as session:
            call_about_enquiry(
                session,
                current_actor(),
                letter_id,
                called_on=form.called_on.data,
                reached=reached,
                words=form.words.data or "",
                now=current_clock().now(),
            )
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(opened, RecordPosting(formdata=None), form, status=422)
    tried = _l("The try is recorded. They are still to be called.")
    return _done(opened.letter, _l("The call is recorded.") if reached else tried)


def open_letter(letter_id: UUID) -> Opened:
    """A letter about something that whoever asks may see."""
    with database().session() as session:
        found = enquiries.letter(session, current_actor(), letter_id)
        if found is None:
            abort(404)
        asker = enquiries.asker_of(session, enquiries.enquiry_of(session, found))
        return Opened(found, asker, enquiries.brought(session, found), copies_of(session, found))


def _done(found: EnquiryLetter, message: object) -> Response:
    flash(str(message), "done")
    return see_other(url_for(PAGES[found.enquiry], reference=found.reference))


def _page(opened: Opened, posting: RecordPosting, call: RecordCall, *, status: int = 200) -> Response:
    found, asker, brought, copies = opened
    size = [_l("%(size)s point type", size=found.type_size)] if found.type_size else []
    return page(
        "staff/enquiry_letter.html",
        status=status,
        letter=found,
        slip="",
        copies=copies,
        asker=asker,
        brought=brought,
        about=url_for(PAGES[found.enquiry], reference=found.reference),
        to_post=can_be_posted(found) and bool(asker.person.address.strip()),
        to_call=can_be_told(found) and Adjustment.NO_PHONE not in asker.adjustments,
        needs_format=[*size, *(words(Adjustment(each)) for each in found.by_hand.split())],
        posting=posting,
        call=call,
        errors=[*problems(posting), *problems(call)],
    )
