"""Who acts for a resident: to see it, to say yes or no, and to stop it with one press.

A link leads to a page with the question; nothing changes until somebody answers, and a scanner that follows it uses
nothing up.
"""

from __future__ import annotations

from datetime import datetime

from flask import Response, abort, flash, url_for
from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.confirm_address import confirm_address
from portal.actions.confirm_authority import confirm_authority
from portal.actions.end_authority import end_authority
from portal.clock import current_clock
from portal.domain.permissions import Action, Actor
from portal.domain.refusal import Refused
from portal.domain.representation import Representative, with_number
from portal.domain.representative_kinds import AuthorityEvidence, AuthorityScope, WhyEnded
from portal.records import links, queries
from portal.records.history import CaseFile
from portal.web.access import current_actor, public, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import remember_guess, slow_down_links
from portal.web.resident.acting_forms import SayWhoActs
from portal.web.resident.forms import Submit
from portal.web.resident.my_complaint import open_own
from portal.web.resident.visit import acting_as, resident_of
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

STOPPED = _l("It is stopped. They can see nothing more, from now on.")
ALLOWED = _l("They may act for you, as you chose.")


@requires(Action.TRACK_COMPLAINT)
def who_acts() -> Response:
    """Who has access, to what and until when."""
    return _list(Submit(formdata=None))


@requires(Action.STOP_REPRESENTATIVE)
def stop(number: int) -> Response:
    """One press. Their very next click is refused; the resident's own code goes on."""
    form = Submit()
    if not form.validate():
        return _list(form, status=422)
    actor, now = current_actor(), current_clock().now()
    with database().unit_of_work() as session:
        _stop(session, actor, number, now)
    flash(str(STOPPED), "done")
    return see_other(url_for("resident.who_acts"))


@requires(Action.CONFIRM_AUTHORITY)
def ask(number: int) -> Response:
    """The question about one of them."""
    with database().session() as session:
        file = open_own(session)
    return _question(file, _one(file, number), SayWhoActs(formdata=None))


@requires(Action.CONFIRM_AUTHORITY)
def answer(number: int) -> Response:
    """Yes, to as much as was ticked, or no."""
    form, actor = SayWhoActs(), current_actor()
    with database().session() as session:
        file = open_own(session)
    one = _one(file, number)
    if not form.validate():
        return _question(file, one, form, status=422)
    try:
        with database().unit_of_work() as session:
            _answered(session, actor, number, form, AuthorityEvidence.OWN_PAGE)
    except Refused as refused:
        return _question(file, one, form, refused, status=422)
    flash(str(ALLOWED if form.answer.data == "yes" else STOPPED), "done")
    return see_other(url_for("resident.who_acts"))


@public
def show_link(token: str) -> Response:
    """The same question for whoever has the link that went to the resident. Looking changes nothing."""
    with database().session() as session:
        found = _of_link(session, token, links.LinkPurpose.AUTHORITY)
        if found is None:
            return _over()
        file, one = found
    return _question(file, one, SayWhoActs(formdata=None), by_link=True)


def answer_link(token: str) -> Response:
    """The answer, as the resident's own."""
    form = SayWhoActs()
    with database().session() as session:
        found = _of_link(session, token, links.LinkPurpose.AUTHORITY)
    if found is None:
        return _over()
    file, one = found
    if not form.validate():
        return _question(file, one, form, by_link=True, status=422)
    actor = resident_of(file.case.landlord, file.case.reference)
    try:
        with database().unit_of_work() as session:
            _answered(session, actor, one.number, form, AuthorityEvidence.LINK)
    except Refused as refused:
        return _question(file, one, form, refused, by_link=True, status=422)
    return page("resident/who_acts/answered.html", yes=form.answer.data == "yes")


@public
def show_official_address(token: str) -> Response:  # noqa: ARG001 - the page is the same for every link
    """The page with the button. Nothing is looked up before the press."""
    return page("resident/who_acts/official_address.html", form=Submit(formdata=None))


def confirm_official_address(token: str) -> Response:
    """Whoever presses it has the address that was given."""
    form = Submit()
    if not form.validate():
        return page("resident/who_acts/official_address.html", status=422, form=form, errors=form.problems)
    with database().session() as session:
        found = _of_link(session, token, links.LinkPurpose.OFFICIAL_ADDRESS)
    if found is None:
        return _over()
    file, one = found
    actor = acting_as(file.case.landlord, file.case.reference, one.number)
    try:
        with database().unit_of_work() as session:
            confirm_address(session, actor, file.case.reference, now=current_clock().now())
    except (Refused, queries.NotFound):
        return _over()
    return page("resident/who_acts/address_confirmed.html")


def _answered(session: Session, actor: Actor, number: int, form: SayWhoActs, evidence: AuthorityEvidence) -> None:
    now = current_clock().now()
    if form.answer.data == "yes":
        wanted = form.authority(evidence, now.date())
        confirm_authority(session, actor, actor.case_reference or "", number, wanted, now=now)
    else:
        _stop(session, actor, number, now, why=WhyEnded.RESIDENT_DENIED)


def _stop(
    session: Session, actor: Actor, number: int, now: datetime, *, why: WhyEnded = WhyEnded.RESIDENT_STOPPED
) -> None:
    try:
        end_authority(session, actor, actor.case_reference or "", number, why=why, now=now)
    except Refused:
        abort(404)


def _of_link(session: Session, token: str, purpose: links.LinkPurpose) -> tuple[CaseFile, Representative] | None:
    """The case and the representative that a link is about, while it works."""
    landlord = current_landlord().key
    link = links.link_of(session, landlord, purpose, token, at=current_clock().now())
    if link is None or link.complaint is None:
        return None
    resident = resident_of(landlord, link.complaint.reference)
    file = queries.open_case(session, link.complaint.reference, resident, landlords.rules_for)
    one = with_number(file.case.representatives, link.representative or 0)
    return None if one.ended else (file, one)


def _one(file: CaseFile, number: int) -> Representative:
    try:
        one = with_number(file.case.representatives, number)
    except Refused:
        abort(404)
    return abort(404) if one.of_former_lead else one


def _question(
    file: CaseFile,
    one: Representative,
    form: SayWhoActs,
    refused: Refused | None = None,
    *,
    by_link: bool = False,
    status: int = 200,
) -> Response:
    offered = {each.value for each in one.row.most}
    form.scopes.choices = [each for each in form.scopes.choices if each.value in offered]
    if form.scopes.raw_data is None:
        wanted = one.added.wants or (AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY)
        form.scopes.data = [each.value for each in wanted if each.value in offered]
    return page(
        "resident/who_acts/question.html",
        status=status,
        form=form,
        errors=[(refused.message, None)] if refused else form.problems,
        one=one,
        by_link=by_link,
        discreet=file.case.received.is_discreet,
    )


def _list(form: Submit, *, status: int = 200) -> Response:
    today = current_clock().today()
    with database().session() as session:
        file = open_own(session)
    return page(
        "resident/who_acts/list.html", status=status, form=form, errors=form.problems, case=file.case, today=today
    )


def _over() -> Response:
    remember_guess()
    return page("resident/who_acts/over.html", status=404)


answer_link = public(slow_down_links(answer_link))
confirm_official_address = public(slow_down_links(confirm_official_address))
