"""Save and come back: a code to note down, or a link by email, brings a draft to another device.

A link leads to a page with a button, and only the button opens the draft: whatever else follows links, such as
a scanner of emails, changes nothing and uses nothing up.
"""

from __future__ import annotations

from flask import Response, current_app, request, url_for
from limits import RateLimitItemPerHour
from sqlalchemy.orm import Session

from portal.actions.send_draft_link import send_draft_link
from portal.clock import current_clock
from portal.domain import references
from portal.records import access, drafts, links
from portal.web.access import public
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import (
    accepted,
    address_and_source,
    address_typed,
    limiter,
    one_more,
    remember_guess,
    slow_down_guesses,
    slow_down_links,
    source,
)
from portal.web.resident import complain, forms
from portal.web.resident.pages import CHECK, PAGES, Answers, order_for
from portal.web.resident.return_forms import ComeBack, EmailLink
from portal.web.whose import current_landlord
from portal.web.wording import language
from portal.web.wording import lazy_gettext as _l

LINKS_FROM_ONE_SOURCE = "10 per hour"
LINKS_TO_IT_FROM_ONE_SOURCE = "3 per hour"

LINKS_TO_ONE_ADDRESS = RateLimitItemPerHour(10)
"""It caps what is sent and refuses nobody; what a source was refused is not counted."""

NOT_FOUND = _l(
    "We cannot find anything with this code. It may have been sent or deleted, or its time may be over. Check the code"
)


@public
def show_save() -> Response:
    """How to come back, and until when. The code is shown again on the device that asked for it."""
    return _show_save(EmailLink(formdata=None))


@public
def give_code() -> Response:
    """A code, once it is asked for: until then nothing but this browser finds the draft."""
    form = forms.Submit()
    if not form.validate():
        return _show_save(EmailLink(formdata=None), form.problems, status=422)
    token = request.cookies.get(complain.COOKIE, "")
    with database().unit_of_work() as session:
        kept = drafts.draft(session, current_landlord().key, token, at=current_clock().now())
        if kept is not None and kept.submitted_reference is None:
            drafts.keep_code(session, kept, code_of(token))
    return see_other(url_for("resident.show_save"))


def send_link() -> Response:
    """A link, to the address that is typed. The same is said whether the email arrives or not."""
    form = EmailLink()
    if not form.validate():
        return _show_save(form, form.problems, status=422)
    send = one_more(LINKS_TO_ONE_ADDRESS, "links", address_typed())
    with database().unit_of_work() as session:
        waits = send_draft_link(
            session,
            current_landlord().key,
            request.cookies.get(complain.COOKIE, ""),
            to_address=form.email.data,
            language=language(),
            secret_key=secret_key(),
            send=send,
            now=current_clock().now(),
        )
    return see_other(url_for("resident.link_sent" if waits else "resident.show_save"))


@public
def link_sent() -> Response:
    return page("resident/come_back/sent.html")


@public
def show_come_back() -> Response:
    """Ask for the code. It is never in an address."""
    return _show_come_back(ComeBack(formdata=None))


def come_back() -> Response:
    """Open the draft of the code here too."""
    form = ComeBack()
    if not form.validate():
        return _show_come_back(form, form.problems, status=422)
    with database().unit_of_work() as session:
        code = references.code_from(form.code.data) or ""
        kept = drafts.draft_of_code(session, current_landlord().key, code, at=current_clock().now())
        opened = _open_here(session, kept) if kept else None
    return opened or _wrong_code(form)


@public
def show_link(token: str) -> Response:  # noqa: ARG001 - the page is the same for every link
    """The page with the button. It looks the same for every link: nothing is looked up before the press."""
    return page("resident/come_back/link.html", form=forms.Submit(formdata=None))


def open_link(token: str) -> Response:
    """Open the draft that the link was written for."""
    form, landlord, now = forms.Submit(), current_landlord().key, current_clock().now()
    if not form.validate():
        return page("resident/come_back/link.html", status=422, form=form, errors=form.problems)
    with database().unit_of_work() as session:
        link = links.link_of(session, landlord, links.LinkPurpose.DRAFT, token, at=now)
        kept = drafts.unsent_draft(session, landlord, link.draft_hash or "", at=now) if link else None
        opened = _open_here(session, kept) if kept else None
    return opened or _over()


def _open_here(session: Session, kept: drafts.Draft) -> Response:
    """Go on with the draft in this browser, at the first page that was not passed."""
    there = see_other(complain.address_of(next_page(kept.pages)))
    return complain.with_cookie(there, drafts.open_elsewhere(session, kept))


def next_page(answers: Answers) -> str:
    return next((name for name in order_for(answers) if name in PAGES and name not in answers), CHECK)


def _over() -> Response:
    remember_guess()
    return page("resident/come_back/over.html", status=404)


def _wrong_code(form: ComeBack) -> Response:
    remember_guess()
    return _show_come_back(form, [(NOT_FOUND, "code")], status=422)


def _show_come_back(form: ComeBack, errors: object = (), *, status: int = 200) -> Response:
    return page("resident/come_back/come_back.html", status=status, form=form, errors=errors)


def _show_save(form: EmailLink, errors: object = (), *, status: int = 200) -> Response:
    token, landlord = request.cookies.get(complain.COOKIE, ""), current_landlord().key
    code = code_of(token)
    with database().session() as session:
        kept = drafts.draft(session, landlord, token, at=current_clock().now()) if token else None
        has_code = kept is not None and drafts.is_code_kept(session, landlord, code)
    if kept is not None and kept.submitted_reference:
        return see_other(url_for("resident.received"))
    return page(
        "resident/come_back/save.html",
        status=status,
        form=form,
        errors=errors,
        kept=kept,
        code=code if has_code else None,
        go_on=complain.address_of(next_page(kept.pages) if kept else "what-happened"),
    )


def code_of(token: str) -> str:
    """The code that belongs to this browser's token: the same each time, and stored as a digest alone."""
    return access.code_for(secret_key(), f"come back {token}")


def secret_key() -> str:
    key: str = current_app.extensions["settings"].secret_key
    return key


come_back = public(slow_down_guesses(come_back))
open_link = public(slow_down_links(open_link))
send_link = public(
    limiter.limit(LINKS_FROM_ONE_SOURCE, key_func=source, deduct_when=accepted)(
        limiter.limit(LINKS_TO_IT_FROM_ONE_SOURCE, key_func=address_and_source, deduct_when=accepted)(send_link)
    )
)
