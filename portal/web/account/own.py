"""What every member of staff sees to for themselves: password, second step, recovery codes, open sessions."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, current_app, flash, session, url_for
from flask_login import current_user
from flask_security import hash_password, verify_password

from portal.actions.change_password import change_password
from portal.actions.make_recovery_codes import make_recovery_codes
from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.domain.refusal import Refused
from portal.records import staff
from portal.records.accounts import User
from portal.web.access import current_actor, requires
from portal.web.account.authenticator import authenticators, is_needed, new_codes
from portal.web.account.blueprint import blueprint
from portal.web.account.forms import ChangePassword, Confirm, SetUp
from portal.web.account.second_step import PENDING, WRONG, code_fits, keep_app, shown
from portal.web.account.security import SECOND, sign_in_anew
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import limiter, network
from portal.web.staff.fields import problems, refuse
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


def _failed(response: Response) -> bool:
    return response.status_code == 422


def _mine_and_network() -> str:
    return f"{current_actor().user_id} {network()}"


slowly = limiter.shared_limit("10 per 15 minutes", scope="own account", key_func=_mine_and_network, deduct_when=_failed)
"""Whoever sits down at a computer that was left open cannot try passwords or codes all day."""


@blueprint.get("/account")
@requires(Action.KEEP_OWN_ACCOUNT)
def own_account() -> Response:
    return _page()


@blueprint.post("/account/password")
@requires(Action.KEEP_OWN_ACCOUNT)
@slowly
def new_password() -> Response:
    """Everywhere else they are signed out."""
    if not _account().password:
        abort(404)  # their provider looks after it
    form = ChangePassword()
    if not form.validate():
        return _page(password=form, status=422)
    try:
        with database().unit_of_work() as unit:
            change_password(
                unit,
                current_actor(),
                form.before.data,
                form.password.data,
                fits=verify_password,
                hashed=hash_password,
                **_told(),
            )
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(password=form, status=422)
    _stay_signed_in()
    return _done(_l("Your password is changed. Everywhere else you are signed out."))


@blueprint.post("/account/sessions")
@requires(Action.KEEP_OWN_ACCOUNT)
def end_other_sessions() -> Response:
    with database().unit_of_work() as unit:
        staff.end_sessions(_me(unit))
    _stay_signed_in()
    return _done(_l("Everywhere else you are signed out."))


@blueprint.post("/account/recovery-codes")
@requires(Action.KEEP_OWN_ACCOUNT)
@slowly
def new_recovery_codes() -> Response:
    """Shown on this answer alone."""
    form, user = Confirm(prefix="codes-"), _account()
    if not _confirmed(form, user):
        return _page(codes=form, status=422)
    codes = new_codes()
    try:
        with database().unit_of_work() as unit:
            make_recovery_codes(unit, current_actor(), codes, **_told())
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(codes=form, status=422)
    return page("account/recovery_codes.html", codes=codes, target=url_for("account.own_account"), kept=[])


@blueprint.post("/account/second-step/begin")
@requires(Action.KEEP_OWN_ACCOUNT)
@slowly
def begin_second_step() -> Response:
    """Whoever has one already shows it first, so that nobody else puts theirs in its place."""
    form, user = Confirm(prefix="replace-"), _account()
    if user.tf_totp_secret and not _confirmed(form, user):
        return _page(replace=form, status=422)
    session[PENDING] = authenticators().generate_totp_secret()
    return see_other(url_for("account.own_second_step"))


@blueprint.get("/account/second-step")
@requires(Action.KEEP_OWN_ACCOUNT)
def own_second_step() -> Response:
    if PENDING not in session:
        return see_other(url_for("account.own_account"))
    return _set_up_page(SetUp(formdata=None))


@blueprint.post("/account/second-step")
@requires(Action.KEEP_OWN_ACCOUNT)
@slowly
def keep_second_step() -> Response:
    """The recovery codes are shown on this answer alone."""
    form = SetUp()
    if not form.validate():
        return _set_up_page(form, status=422)
    codes = keep_app(_account(), "".join(form.code.data.split()), session.get(PENDING, ""))
    if codes is None:
        form.code.errors = [_l("This is not the code that the app shows now. Look at it again, and type the next one")]
        return _set_up_page(form, status=422)
    session.pop(PENDING, None)
    session[SECOND] = True
    return page("account/recovery_codes.html", codes=codes, target=url_for("account.own_account"), kept=[])


def _confirmed(form: Confirm, user: User) -> bool:
    if not form.validate():
        return False
    if not code_fits(user, form.code.data):
        form.code.errors = [WRONG]
        return False
    return True


def _account() -> User:
    with database().session() as reading:
        return _me(reading)


def _me(unit: Any) -> User:
    actor = current_actor()
    user = staff.member(unit, actor.landlord or "", actor.user_id or 0)
    return user or abort(404)


def _told() -> dict[str, Any]:
    return {"secret_key": current_app.extensions["settings"].secret_key, "now": current_clock().now()}


def _stay_signed_in() -> None:
    sign_in_anew(current_user.id)


def _done(words: Any) -> Response:
    flash(str(words), "done")
    return see_other(url_for("account.own_account"))


def _page(
    *,
    password: ChangePassword | None = None,
    codes: Confirm | None = None,
    replace: Confirm | None = None,
    status: int = 200,
) -> Response:
    sent = password or codes or replace
    with database().session() as reading:
        user = _me(reading)
        left = staff.codes_left(reading, user.id)
    return page(
        "account/own.html",
        status=status,
        user=user,
        left=left,
        needed=is_needed(),
        password=password or ChangePassword(formdata=None),
        codes=codes or Confirm(formdata=None, prefix="codes-"),
        replace=replace or Confirm(formdata=None, prefix="replace-"),
        errors=problems(sent) if sent else [],
    )


def _set_up_page(form: SetUp, *, status: int = 200) -> Response:
    return page("account/own_second_step.html", status=status, form=form, **shown(_account(), session.get(PENDING, "")))
