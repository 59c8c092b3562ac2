"""Making a complaint: one thing a page, kept as each page is passed, checked, sent once."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import Response, abort, current_app, request, url_for
from limits import RateLimitItemPerHour
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal import landlords
from portal.actions.add_evidence import add_evidence
from portal.actions.submit_complaint import submit_complaint
from portal.clock import current_clock
from portal.domain.evidence import Evidence
from portal.domain.evidence_events import EvidenceAdded
from portal.domain.folding import begin
from portal.domain.permissions import Actor, Role
from portal.domain.refusal import Refused
from portal.records import access, drafts, evidence, history
from portal.web.access import public
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import one_more, source
from portal.web.resident import forms, progress
from portal.web.resident.pages import (
    CHECK,
    FILES,
    FIRST,
    ONLY_FOR_SOMEBODY_ELSE,
    PAGES,
    Answers,
    is_complete,
    is_for_somebody_else,
    place_of,
    representative_from,
    submission_from,
)
from portal.web.resident.visit import acting_as, resident_of
from portal.web.resident.words import kind_of, plainly
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

COOKIE = "draft"

DRAFTS_FROM_ONE_SOURCE = RateLimitItemPerHour(100)
"""More than a library or an advice centre begins, and few enough that nobody fills the database in a night."""

TOO_MANY = _l(
    "Very many complaints were begun from this connection in the last hour. Nothing that you typed is lost: wait a few "
    "minutes and press Continue again, or contact us"
)

ABOUT_SOMEBODY_ELSE = {
    "name": _l("Their name"),
    "address": _l("Their address"),
    "adjustments": _l("Is there anything that would make this easier for them?"),
    "reply_by": _l("How should we reply to them?"),
    "safe_contact": _l("Is there anything that we must not do, so that they are safe?"),
    "interpreter": _l("Which language do they need?"),
    "link": _l("What is their link to us?"),
    "aware_on": _l("When did they find out about it, if that was later?"),
}


@public
def show_page(name: str) -> Response:
    """One page of the form, filled in with what was written before."""
    if name not in PAGES:
        abort(404)
    kept = load_draft()
    if kept is not None and kept.submitted_reference and name != FIRST:
        return see_other(url_for("resident.received"))
    answers = kept.pages if kept else {}
    until = kept.expires_at if kept and kept.pages else None
    return show_form(
        name, form_for(name, answers, data=answers.get(name)), answers, resumed=bool(answers), kept_until=until
    )


@public
def answer_page(name: str) -> Response:
    """Keep the answers of one page and go on to the next, or back to where they are checked."""
    if name not in PAGES:
        abort(404)
    earlier = load_draft()
    form = form_for(name, earlier.pages if earlier else {})
    if not form.validate():
        until = earlier.expires_at if earlier else None
        return show_form(name, form, earlier.pages if earlier else None, resumed=False, kept_until=until, status=422)
    if not _may_begin(earlier, name):
        return show_form(name, form, resumed=False, refused=TOO_MANY, status=429)
    token, kept = keep(name, form.answers())
    if kept.submitted_reference and name != FIRST:
        return see_other(url_for("resident.received"))
    place = place_of(name, kept.pages)
    after = place.after if place.after in ONLY_FOR_SOMEBODY_ELSE or not returning() else CHECK
    there = url_for("resident.show_save") if request.form.get("then") == "save" else address_of(after)
    return with_cookie(see_other(there), token)


def _may_begin(earlier: drafts.Draft | None, name: str) -> bool:
    """Whether this page is one of a draft that is there, or there may be one more from here."""
    begins = earlier is None or (earlier.submitted_reference and name == FIRST)
    return not begins or one_more(DRAFTS_FROM_ONE_SOURCE, "drafts", source())


@public
def check() -> Response:
    """Everything that was written, before it is sent."""
    kept = load_draft()
    if kept is not None and kept.submitted_reference:
        return see_other(url_for("resident.received"))
    if kept is None or not is_complete(kept.pages):
        return see_other(address_of(FIRST))
    return show_answers(forms.Submit(), kept)


@public
def send() -> Response:
    """Make the complaint. A second press of the button finds the first one's complaint."""
    form = forms.Submit()
    if not form.validate():
        kept = load_draft()
        complete = kept is not None and is_complete(kept.pages)
        return show_answers(form, kept, status=422) if kept and complete else see_other(address_of(FIRST))
    with database().unit_of_work() as session:
        sent = send_once(session, request.cookies.get(COOKIE, ""))
    return see_other(url_for("resident.received") if sent else address_of(FIRST))


def send_once(session: Session, token: str) -> bool:
    """Whether the draft of this token is now a complaint, whoever made it so."""
    landlord, now = current_landlord().key, current_clock().now()
    # Whoever waited for another press of the same button finds that its draft has moved: it looks once more.
    kept = drafts.draft_to_submit(session, landlord, token, at=now) or drafts.draft_to_submit(
        session, landlord, token, at=now
    )
    if kept is None or not (kept.submitted_reference or is_complete(kept.pages)):
        return False
    if kept.submitted_reference is None:
        told, acting = submission_from(kept.pages, now.date()), representative_from(kept.pages)
        actor = Actor(Role.REPRESENTATIVE if acting else Role.ANYONE, landlord=landlord)
        key = current_app.extensions["settings"].secret_key
        file = submit_complaint(
            session, actor, landlord, told, code=code_of(token), now=now, representative=acting, secret_key=key
        )
        reference = file.case.reference
        sender = acting_as(landlord, reference, evidence.FIRST) if acting else resident_of(landlord, reference)
        for each in evidence.files_of_draft(session, landlord, token):
            shows = evidence.FIRST if acting and each.shows_authority else None
            with suppress(Refused):  # a file that went meanwhile must not keep the complaint from being received
                add_evidence(session, sender, reference, each.id, authority_of=shows, now=now)
        drafts.mark_submitted(kept, file.case.reference)
        drafts.leave_to_sender(session, kept, token)
    return True


@public
def received() -> Response:
    """The reference, the code and the dates, for as long as the browser keeps the draft's cookie.

    Somebody who cannot be known has no code: this page is all there is, until they make themselves known.
    """
    return show_received(request.cookies.get(COOKIE, ""))


def show_received(token: str, **more: Any) -> Response:
    """The same for the complaint of another token than that of the cookie."""
    landlord, now = current_landlord(), current_clock().now()
    with database().session() as session:
        kept = drafts.draft(session, landlord.key, token, at=now)
        if kept is None or kept.submitted_reference is None:
            return see_other(address_of(FIRST))
        reference = kept.submitted_reference
        opens = access.code_opens(session, landlord.key, reference, code_of(token), now.date())
        if opens is not None:
            file = history.opened(session, opens.complaint, landlords.rules_for)
        else:
            file = history.open_case(session, reference, resident_of(landlord.key, reference), landlords.rules_for)
    if (file.case.received.person.can_be_known or file.case.representatives) and opens is None:
        return see_other(url_for("resident.track"))  # another code was given out in its place
    acted = any(each.added.handed_it_in for each in file.case.representatives)
    if opens is not None and opens.holder == access.MEMBER:
        return see_other(url_for("resident.my_group"))  # somebody else leads the group now
    if opens is not None and _opens_something_else(opens, reference, acted=acted):
        return see_other(url_for("resident.track"))
    # What came later is not theirs to see who handed it in for somebody: where the resident lives now, for one.
    sent, case, on = file.recorded[0], file.case, now.date()
    if acted:
        case = begin(reference, landlord.key, sent)
        on = case.received.received_on
    return page(
        "resident/complain/received.html",
        told=sent.event,
        case=case,
        files=_files_sent(file, evidence.FIRST if acted else None),
        acted=acted,
        code=code_of(token) if opens else None,
        steps=progress.steps_ahead(case, file.rules, landlord, on),
        ombudsman=landlords.ombudsman(now.date()),
        **more,
    )


def _files_sent(file: history.CaseFile, representative: int | None) -> list[Evidence]:
    """Those that came with the complaint, in the same moment, and were not taken back."""
    moment = file.recorded[0].at
    came = [each.event for each in file.recorded if each.at == moment]
    added = {each.evidence_id for each in came if isinstance(each, EvidenceAdded)}
    return [each for each in file.case.files_of(representative) if str(each.id) in added]


def _opens_something_else(opens: access.AccessCode, reference: str, *, acted: bool) -> bool:
    """Whether what was sent goes on in another complaint, or the code is not any more that of whoever sent it."""
    holder = access.REPRESENTATIVE if acted else access.RESIDENT
    return (opens.complaint.reference, opens.holder) != (reference, holder)


@public
def forget() -> Response:
    """Delete what was written, or, once it was sent, take it off this device."""
    form = forms.Submit()
    if not form.validate():
        return see_other(address_of(FIRST))
    with database().unit_of_work() as session:
        drafts.delete_draft(session, current_landlord().key, request.cookies.get(COOKIE, ""))
    response = page("resident/complain/forgotten.html")
    response.delete_cookie(COOKIE, path=cookie_path(), httponly=True, samesite="Lax")
    return response


def load_draft() -> drafts.Draft | None:
    """What this browser has written to this landlord so far."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    with database().session() as session:
        return drafts.draft(session, current_landlord().key, token, at=current_clock().now())


def keep(name: str, answers: Mapping[str, Any]) -> tuple[str, drafts.Draft]:
    """Store one page. Somebody who has sent a complaint and starts at the first page begins another."""
    landlord, now = current_landlord().key, current_clock().now()
    token = request.cookies.get(COOKIE, "")
    with database().unit_of_work() as session:
        kept = drafts.draft_to_submit(session, landlord, token, at=now)
        if kept is None or (kept.submitted_reference and name == FIRST):
            token = drafts.new_token()  # never one that the browser made up: the secret code follows from it
        kept = drafts.save_page(session, landlord, token, name, answers, at=now)
    return token, kept


def form_for(name: str, answers: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> forms.Page:
    """The form of one page. The address is asked once: where letters go, if it was not given before."""
    form = PAGES[name](data=data)
    if is_for_somebody_else(answers):
        speak_of_somebody_else(form)
    if isinstance(form, forms.ReplyTo) and answers.get("about-you", {}).get("address"):
        del form.address
    return form


def speak_of_somebody_else(form: forms.Page) -> None:
    """The same questions, about the person for whom somebody complains."""
    for field in form:
        field.label.text = ABOUT_SOMEBODY_ELSE.get(field.name, field.label.text)
        kind = kind_of(field.name)
        if kind:
            field.choices = [SelectChoice(each.value, plainly(kind(each.value), True)) for each in field.choices]


def show_form(
    name: str,
    form: forms.Page,
    answers: Answers | None = None,
    *,
    resumed: bool,
    kept_until: datetime | None = None,
    refused: object = None,
    status: int = 200,
) -> Response:
    template = f"resident/complain/{name.replace('-', '_')}.html"
    return page(
        template,
        status=status,
        form=form,
        errors=[(refused, None)] if refused else form.problems,
        place=place_of(name, answers or {}),
        back=CHECK if returning() else place_of(name, answers or {}).before,
        for_somebody_else=is_for_somebody_else(answers or {}),
        resumed=resumed,
        kept_until=kept_until,
    )


def show_answers(form: forms.Submit, kept: drafts.Draft, status: int = 200) -> Response:
    return page(
        "resident/complain/check.html",
        status=status,
        form=form,
        errors=form.problems,
        told=submission_from(kept.pages, current_clock().today()),
        acting=representative_from(kept.pages),
        kept_until=kept.expires_at,
        files=files_of_draft(),
    )


def files_of_draft() -> list[Evidence]:
    """The files that this browser has added, oldest first."""
    token = request.cookies.get(COOKIE, "")
    with database().session() as session:
        rows = evidence.files_of_draft(session, current_landlord().key, token)
    return [evidence.as_evidence(row) for row in rows]


def returning() -> bool:
    """Whether somebody came from the page of answers to change one."""
    return request.args.get("return") == CHECK


def address_of(name: str) -> str:
    if name in (CHECK, FILES):
        return url_for(f"resident.{name}")
    return url_for("resident.show_page", name=name)


def code_of(token: str) -> str:
    return access.code_for(current_app.extensions["settings"].secret_key, token)


def cookie_path() -> str:
    return url_for("resident.check").removesuffix("/check")


def with_cookie(response: Response, token: str) -> Response:
    """Let this browser, and nothing else, find the draft again."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=drafts.KEPT_FOR,
        path=cookie_path(),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return response
