"""A lost code: the same answer for everybody, and what helps goes to the contact on file alone.

What was asked is written down first, for every reference alike. The rest is done once the answer has been sent, so that
neither its words nor its time tell whether there is a case; where it is not done then, the worker does it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import structlog
from flask import Response, current_app, request, url_for
from sqlalchemy.orm import Session

from portal.actions.ask_for_code import ask_for_code, send_way_to_code
from portal.actions.ask_for_member_code import ask_for_member_code
from portal.actions.renew_code import renew_code
from portal.actions.renew_member_code import renew_member_code
from portal.actions.renew_representative_code import renew_representative_code
from portal.clock import current_clock
from portal.domain import references
from portal.domain.permissions import Actor, Role
from portal.domain.refusal import Refused
from portal.records import access, links, queries
from portal.records.history import CaseFile
from portal.web.access import public
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import (
    count_wrong_code,
    limiter,
    remember_guess,
    slow_down_guesses,
    slow_down_links,
    source,
    unreadable,
)
from portal.web.resident import forms, visit
from portal.web.resident.return_forms import LostCode, LostMemberCode, Slip
from portal.web.resident.visit import acting_as, member_of, resident_of
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said

PAGES = {
    access.RESIDENT: "resident.my_complaint",
    access.MEMBER: "resident.my_group",
    access.REPRESENTATIVE: "acting.case",
}
"""What a code opens, by whose it is."""

log = structlog.get_logger("portal.web")

ASKED_FROM_ONE_SOURCE = "10 per hour"
ASKED_FOR_ONE_REFERENCE = "3 per hour"
"""Whether there is such a complaint or not: nobody's mailbox is filled."""

NOT_FOUND = _l(
    "We cannot find this reference with this code from a letter. A code from a letter works once, for 28 days"
)


@public
def show_lost_code() -> Response:
    return _show_lost_code(LostCode(formdata=None))


def ask() -> Response:
    """Say the same to everybody, then do what there is to do."""
    form = LostCode()
    if not form.validate():
        return _show_lost_code(form, status=422)
    now, actor = current_clock().now(), Actor(Role.ANYONE, landlord=current_landlord().key)
    with database().unit_of_work() as session:
        reference = references.reference_from(form.reference.data) or ""
        request_id = ask_for_code(session, actor, reference, acting=bool(form.acting.data), now=now)
    response = see_other(url_for("resident.code_asked"))
    response.call_on_close(_sending(request_id, now))
    return response


@public
def show_lost_member_code() -> Response:
    return _show_lost_member_code(LostMemberCode(formdata=None))


def ask_of_member() -> Response:
    """Say the same to everybody, whoever is of the group or not, then do what there is to do."""
    form = LostMemberCode()
    if not form.validate():
        return _show_lost_member_code(form, status=422)
    now, actor = current_clock().now(), Actor(Role.ANYONE, landlord=current_landlord().key)
    reference = references.reference_from(form.reference.data) or ""
    try:
        with database().unit_of_work() as session:
            request_id = ask_for_member_code(session, actor, reference, form.person(), now=now)
    except Refused as no:
        return _show_lost_member_code(form, no, status=422)
    response = see_other(url_for("resident.code_asked"))
    response.call_on_close(_sending(request_id, now))
    return response


def _sending(request_id: UUID, now: datetime) -> Callable[[], None]:
    """What is done after the answer, with everything that it needs from the request."""
    data, key = database(), secret_key()

    def work() -> None:
        try:
            with data.unit_of_work() as session:
                send_way_to_code(session, request_id, secret_key=key, now=now)
        except Refused as refused:
            log.error("code_not_sent_yet", error=type(refused).__name__)  # it waits for the worker

    return work


@public
def code_asked() -> Response:
    return page("resident/lost_code/asked.html")


@public
def show_new_code(token: str) -> Response:  # noqa: ARG001 - the page is the same for every link
    """The page with the button. Nothing is looked up before the press."""
    return page("resident/lost_code/link.html", form=forms.Submit(formdata=None))


def make_new_code(token: str) -> Response:
    """Make a new code with the link of an email, and show it once."""
    form, now = forms.Submit(), current_clock().now()
    if not form.validate():
        return page("resident/lost_code/link.html", status=422, form=form, errors=form.problems)
    with database().unit_of_work() as session:
        landlord = current_landlord().key
        link = links.link_of(session, landlord, links.LinkPurpose.NEW_CODE, token, at=now)
        made = _renewed(session, link) if link else None
    return made or _over()


@public
def show_slip() -> Response:
    return _show_slip(Slip(formdata=None))


def use_slip() -> Response:
    """Make a new code with the code that came by post, and show it once."""
    form, now = Slip(), current_clock().now()
    if not form.validate():
        return _show_slip(form, form.problems, status=422)
    landlord = current_landlord().key
    reference = references.reference_from(form.reference.data) or ""
    with database().unit_of_work() as session:
        slip = links.slip_of(session, landlord, reference, form.code.data, at=now)
        made = _renewed(session, slip) if slip else None
    if made is None:
        count_wrong_code(landlord, reference)
        return _show_slip(form, [(NOT_FOUND, "reference")], status=422)
    return made


def _renewed(session: Session, link: links.Link) -> Response | None:
    """The page with the new code, which is derived and so the same for a second press of the button.

    The complaint is open here too: a code would have to be typed where others may have tried too many wrong ones.
    """
    if link.complaint is None:
        return None
    code = access.code_for(secret_key(), f"new code {link.id}")
    try:
        file = _renew(session, link, link.complaint.reference, code)
    except queries.NotFound:
        return None  # they act no more
    now = current_clock().now()
    opens = access.code_opens(session, link.landlord, file.case.reference, code, now.date()) if file else None
    if file is None or opens is None:
        return None
    visit.begin_with(session, opens)
    return page("resident/lost_code/made.html", case=file.case, code=code, open_at=url_for(PAGES[opens.holder]))


def _renew(session: Session, link: links.Link, reference: str, code: str) -> CaseFile | None:
    """Give the code to whom the link or the slip was sent."""
    landlord, now = link.landlord, current_clock().now()
    if link.group_member is not None:
        return renew_member_code(session, member_of(landlord, reference, link.group_member), link, code=code, now=now)
    if link.representative is not None:
        actor = acting_as(landlord, reference, link.representative)
        return renew_representative_code(session, actor, link, code=code, now=now)
    return renew_code(session, resident_of(landlord, reference), link, code=code, now=now)


def _over() -> Response:
    remember_guess()
    return page("resident/lost_code/over.html", status=404)


def _show_lost_code(form: LostCode, *, status: int = 200) -> Response:
    return page("resident/lost_code/lost_code.html", status=status, form=form, errors=form.problems)


def _show_lost_member_code(form: LostMemberCode, refused: Refused | None = None, *, status: int = 200) -> Response:
    errors = [(said(refused.message), refused.field)] if refused else form.problems
    return page("resident/group/lost_code.html", status=status, form=form, errors=errors)


def _show_slip(form: Slip, errors: object = (), *, status: int = 200) -> Response:
    return page("resident/lost_code/slip.html", status=status, form=form, errors=errors)


def secret_key() -> str:
    key: str = current_app.extensions["settings"].secret_key
    return key


def _member_typed() -> str:
    """Each of a group asks for themselves. What was typed is in no store in clear."""
    typed = [" ".join(request.form.get(each, "").split())[:300] for each in ("email", "phone", "name", "postcode")]
    return unreadable(f"{_reference_typed()} {typed}")


def _reference_typed() -> str:
    return f"{current_landlord().key} {references.plain(request.form.get('reference', ''))[:20]}"


ask = public(
    limiter.limit(ASKED_FROM_ONE_SOURCE, key_func=source)(
        limiter.limit(ASKED_FOR_ONE_REFERENCE, key_func=_reference_typed)(ask)
    )
)
ask_of_member = public(
    limiter.limit(ASKED_FROM_ONE_SOURCE, key_func=source)(
        limiter.limit(ASKED_FOR_ONE_REFERENCE, key_func=_member_typed)(ask_of_member)
    )
)
make_new_code = public(slow_down_links(make_new_code))
use_slip = public(slow_down_guesses(use_slip))
