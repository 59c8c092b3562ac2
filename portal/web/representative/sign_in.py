"""Signing in without a password: a code goes to the official address, and works on the device that asked for it.

Whether or not somebody has the address, the answer is the same after the same work; and a GET signs nobody in.
"""

from __future__ import annotations

import secrets

from flask import Response, url_for
from flask import session as browser
from limits import RateLimitItemPerHour

from portal.actions.ask_to_sign_in import ask_to_sign_in
from portal.actions.sign_in_member import sign_in_member
from portal.clock import current_clock
from portal.domain import references
from portal.domain.permissions import Role
from portal.web.access import current_actor, public
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
    source,
)
from portal.web.representative import presence
from portal.web.representative.forms import AskForCode, SignInCode
from portal.web.resident.forms import Submit
from portal.web.resident.lost_code import secret_key
from portal.web.whose import current_landlord
from portal.web.wording import language
from portal.web.wording import lazy_gettext as _l

ASKED = "office_asked"
"""What the browser keeps that asks for a code."""

ASKED_FROM_ONE_SOURCE = "200 per hour"
"""A whole council may sit behind one address, and begin work at nine. Known and unknown addresses count alike."""

ASKED_FOR_IT_FROM_ONE_SOURCE = "5 per hour"

SENT_TO_ONE_ADDRESS = RateLimitItemPerHour(30)
"""Nobody's mailbox is filled. It caps what is sent and refuses nobody; what a source was refused is not counted, so
that one source alone cannot use it up."""

WRONG = _l("This code does not sign you in. Check it, or ask for a new one")


@public
def show_sign_in() -> Response:
    """Whoever is signed in already goes on."""
    if _signed_in():
        return see_other(url_for("representative.cases"))
    _token()
    return _show_sign_in(AskForCode(formdata=None))


def ask() -> Response:
    """The same answer to everybody."""
    form = AskForCode()
    if not form.validate():
        return _show_sign_in(form, status=422)
    landlord, token, now = current_landlord().key, _token(), current_clock().now()
    send = one_more(SENT_TO_ONE_ADDRESS, "sign-in codes", address_typed())
    with database().unit_of_work() as session:
        ask_to_sign_in(session, landlord, form.email.data, token=token, language=language(), send=send, now=now)
    return see_other(url_for("representative.code"))


@public
def show_code() -> Response:
    """Looking uses nothing up."""
    if _signed_in():
        return see_other(url_for("representative.cases"))
    return _show_code(SignInCode(formdata=None))


def check_code() -> Response:
    """Sign in, or say that the code is not right, whatever is wrong with it."""
    if _signed_in():
        return see_other(url_for("representative.cases"))
    form = SignInCode()
    if not form.validate():
        return _show_code(form, status=422)
    token = _begun(references.sign_in_code_from(form.code.data) or "")
    if token is None:
        remember_guess()
        return _show_code(form, [(WRONG, "code")], status=422)
    browser.pop(ASKED, None)
    presence.begin(token)
    return see_other(url_for("representative.cases"))


@public
def sign_out() -> Response:
    """A POST, so that no link and no image can sign anybody out."""
    form = Submit()
    if form.validate():
        presence.end()
    return see_other(url_for("representative.sign_in"))


def _token() -> str:
    """What this browser keeps until somebody has signed in. It has it with the page already, so that two presses of
    the button ask for one code."""
    token: str = browser.setdefault(ASKED, secrets.token_urlsafe(32))
    return token


def _begun(code: str) -> str | None:
    with database().unit_of_work() as session:
        return sign_in_member(
            session,
            current_landlord().key,
            token=browser.get(ASKED, ""),
            code=code,
            secret_key=secret_key(),
            now=current_clock().now(),
        )


def _signed_in() -> bool:
    return current_actor().role is Role.OFFICE_MEMBER


def _show_sign_in(form: AskForCode, *, status: int = 200) -> Response:
    return page("representative/sign_in.html", status=status, form=form, errors=form.problems)


def _show_code(
    form: SignInCode, errors: list[tuple[object, str | None]] | None = None, *, status: int = 200
) -> Response:
    return page("representative/code.html", status=status, form=form, errors=errors or form.problems)


ask = public(
    limiter.limit(ASKED_FROM_ONE_SOURCE, key_func=source, deduct_when=accepted)(
        limiter.limit(ASKED_FOR_IT_FROM_ONE_SOURCE, key_func=address_and_source, deduct_when=accepted)(ask)
    )
)
check_code = public(slow_down_guesses(check_code))
