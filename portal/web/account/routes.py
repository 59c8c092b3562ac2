"""Signing in and out. One answer for a wrong password, an unknown address and another landlord's staff."""

from __future__ import annotations

import json

from flask import Response, abort, flash, session, url_for
from flask_wtf.csrf import validate_csrf
from htmx_flask import request
from limits import RateLimitItemPerDay
from wtforms.validators import ValidationError

from portal.domain.staff import Warned
from portal.records.queries import actor_of
from portal.web.access import public
from portal.web.account import invitation, own, provider_sign_in, second_step
from portal.web.account.blueprint import blueprint
from portal.web.account.forms import SignIn
from portal.web.account.going_on import NEVER_CARRIED, begin_at, go_on, local, path_of
from portal.web.account.security import SEEN, password_fits, sign_in, sign_out, signed_in, user_of
from portal.web.account.warning import warn_once_a_day
from portal.web.fields import readable
from portal.web.fragments import page, see_other, wants_fragment
from portal.web.limits import address_typed, limiter, network, one_more, source
from portal.web.staff.routes import add_navigation
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

__all__ = ["blueprint", "invitation", "own", "provider_sign_in", "second_step"]

add_navigation(blueprint)

WRONG = _l("The email address or the password is not right")
FROM_ONE_SOURCE = "10 per 15 minutes"
FROM_ONE_SOURCE_WHILE_GUESSED = "5 per day"
FAILURES_FOR_ONE_ACCOUNT = RateLimitItemPerDay(100)
"""From so many in a day on, from wherever they came, each source has few tries left for this account. Nobody is kept
out by it: a stranger uses up what their own source may try and no more. Known and unknown addresses count alike."""

MANY_FAILURES = 20
"""From so many in a day on, administrators are warned."""

FAILED = "failed sign-ins"


@blueprint.get("/sign-in")
@public
def sign_in_page() -> Response:
    """Whoever is signed in already goes on."""
    target = local(request.args.get("next", ""))
    if actor := signed_in():
        return see_other(begin_at(actor, target))
    form = SignIn()
    form.next.data = target
    form.email.data = request.args.get("email", "")
    return page("account/sign_in.html", form=form, ended=SEEN in session)


def _failed(response: Response) -> bool:
    return response.status_code == 422


def _pace() -> str:
    """How many failures one source may have for one account."""
    calm = limiter.limiter.test(FAILURES_FOR_ONE_ACCOUNT, FAILED, address_typed())
    return FROM_ONE_SOURCE if calm else FROM_ONE_SOURCE_WHILE_GUESSED


def _account_and_network() -> str:
    return f"{address_typed()} {network()}"


@blueprint.post("/sign-in")
@public
@limiter.limit(_pace, key_func=_account_and_network, deduct_when=_failed)
@limiter.limit("60 per 15 minutes", key_func=source, deduct_when=_failed)
def check_sign_in() -> Response:
    """Only failures count. Whatever others did elsewhere, the right password from a source of one's own gets in."""
    if not current_landlord().sign_in.password:
        abort(404)
    form = SignIn()
    if not form.validate():
        return page("account/sign_in.html", form=form, status=422)
    user = user_of(form.email.data, current_landlord().key)
    if not password_fits(user, form.password.data) or user is None:
        one_more(FAILURES_FOR_ONE_ACCOUNT, FAILED, address_typed())
        warn_once_a_day(user, Warned.PASSWORDS, MANY_FAILURES, FAILURES_FOR_ONE_ACCOUNT, FAILED, address_typed())
        form.email.errors = [WRONG]
        return page("account/sign_in.html", form=form, status=422)
    if second_step.needs_it(user):
        return second_step.ask(user, local(form.next.data or ""), form.kept.data or "")
    sign_in(user, second=False)
    return go_on(form, actor_of(user))


@blueprint.post("/sign-out")
@public
def leave() -> Response:
    """A POST, so that no link and no image can sign anybody out."""
    through_provider = provider_sign_in.came_through()
    sign_out()
    if through_provider:
        return see_other(url_for("account.signed_out"))
    flash(str(_l("You are signed out.")), "done")
    return see_other(url_for("account.sign_in_page"))


def sign_in_first() -> Response:
    """What a page for staff answers to anybody else: the same whether or not there is such a case."""
    if wants_fragment():
        where = path_of(request.headers.get("HX-Current-URL", ""))
        return Response(headers={"HX-Redirect": url_for("account.sign_in_page", next=local(where))})
    target = request.full_path.rstrip("?") if request.method == "GET" else request.path
    if request.method == "POST" and _was_at_work():
        return _keep_words(target)
    return see_other(url_for("account.sign_in_page", next=target))


def _was_at_work() -> bool:
    """Whether this form comes from somebody whose session ended while they were writing."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return SEEN in session


def _keep_words(target: str) -> Response:
    """Sign in on the spot, with what was typed carried along and nothing of it done."""
    form = SignIn(formdata=None)
    form.next.data = target
    typed = [(name, readable(value)) for name, value in request.form.items(multi=True) if name not in NEVER_CARRIED]
    form.kept.data = json.dumps(typed)
    return page("account/sign_in.html", form=form, ended=True, status=401)
