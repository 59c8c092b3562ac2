"""The link of an invitation: a page with a form. Opening it uses nothing up, so that whatever looks into emails may."""

from __future__ import annotations

from flask import Response, abort, flash, url_for
from flask_security import hash_password

from portal.actions.accept_invitation import accept_invitation
from portal.clock import current_clock
from portal.domain.refusal import Refused
from portal.records import links, staff
from portal.records.links import Link, LinkPurpose
from portal.web.access import public
from portal.web.account.blueprint import blueprint
from portal.web.account.forms import ChoosePassword
from portal.web.account.security import sign_out
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import remember_guess, slow_down_links
from portal.web.staff.fields import refuse
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said


@blueprint.get("/invitation/<token>")
@public
@slow_down_links
def invitation(token: str) -> Response:
    found = _found(token)
    return _page(found, ChoosePassword(formdata=None)) if found else _over()


@blueprint.post("/invitation/<token>")
@public
@slow_down_links
def accept(token: str) -> Response:
    """Then they sign in, with the second step."""
    found, form = _found(token), ChoosePassword()
    if found is None:
        return _over()
    if not current_landlord().sign_in.password:
        abort(404)  # they sign in through the provider, and need no password
    if not form.validate():
        return _page(found, form, status=422)
    try:
        with database().unit_of_work() as session:
            user = accept_invitation(
                session, found, form.password.data, hashed=hash_password, now=current_clock().now()
            )
    except Refused as no:
        refuse(form, said(no.message), no.field)
        return _page(found, form, status=422)
    sign_out()  # whoever was signed in on this computer is somebody else
    flash(str(_l("Your password is kept. Sign in with it.")), "done")
    return see_other(url_for("account.sign_in_page", email=user.email))


def _found(token: str) -> Link | None:
    with database().session() as session:
        found = links.link_of(session, current_landlord().key, LinkPurpose.INVITATION, token, at=current_clock().now())
    return found if found and found.used_at is None else None


def _over() -> Response:
    remember_guess()
    return page("account/invitation_over.html", status=404)


def _page(found: Link, form: ChoosePassword, *, status: int = 200) -> Response:
    with database().session() as session:
        user = staff.member(session, found.landlord, found.user_id or 0)
    return page("account/invitation.html", status=status, form=form, user=user)
