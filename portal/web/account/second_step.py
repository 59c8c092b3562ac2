"""After the right password: the code of an authenticator app, one of the recovery codes, or setting up the app.

Nobody is signed in before it. What the browser keeps meanwhile says whose password was right, and for how long.
"""

from __future__ import annotations

from flask import Response, current_app, g, session, url_for
from htmx_flask import request
from itsdangerous import BadSignature, TimestampSigner
from limits import RateLimitItemPerDay

from portal.actions.set_up_second_step import set_up_second_step
from portal.actions.use_recovery_code import use_recovery_code
from portal.clock import current_clock
from portal.domain.references import code_from
from portal.domain.staff import Warned
from portal.records import staff
from portal.records.accounts import User
from portal.records.queries import actor_of
from portal.web.access import public
from portal.web.account.authenticator import DIGITS, authenticators, is_needed, new_codes
from portal.web.account.blueprint import blueprint
from portal.web.account.forms import SecondStep, SetUp
from portal.web.account.going_on import begin_at, go_on, kept_pairs, local
from portal.web.account.security import forget_session, sign_in
from portal.web.account.warning import warn_once_a_day
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.limits import limiter, network, one_more
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

HALF = "half"
PENDING = "pending_secret"
SECONDS = 10 * 60
"""How long after the password the code may be typed."""

FROM_ONE_SOURCE = "5 per 15 minutes"
WRONG_CODES = RateLimitItemPerDay(30)
"""For one account, from wherever they come: from then on no code of an app is looked at until the next day, because
each of them is one of a million. Recovery codes cannot be guessed, so with one of those its owner gets in all the same.
"""

MANY_WRONG_CODES = 10
"""From so many in a day on, its owner and the administrators are warned: somebody has the password."""

TRIED = "wrong codes of the second step"
WRONG = _l("This is not the code that the app shows now, nor one of your recovery codes")
TOO_MANY = _l("Too many wrong codes were typed for this account today. Use one of your recovery codes")


def needs_it(user: User) -> bool:
    """Whether somebody whose password was right has more to show."""
    return is_needed() or bool(user.tf_totp_secret)


def ask(user: User, target: str, kept: str) -> Response:
    """On to the second step. Words that were kept go along on the page, and in no cookie."""
    forget_session()
    session[HALF] = _signer().sign(user.fs_uniquifier).decode()
    if not user.tf_totp_secret:
        session[PENDING] = authenticators().generate_totp_secret()
    g.half = user
    if kept:
        form = SecondStep(formdata=None) if user.tf_totp_secret else SetUp(formdata=None)
        form.next.data, form.kept.data = target, kept
        return _page(user, form)
    return see_other(url_for("account.second_step", next=target))


def whose_password() -> User | None:
    """Whoever has typed their password here within the last minutes, and nothing more yet."""
    if "half" not in g:
        g.half = _found()
    return g.half  # type: ignore[no-any-return]


def _found() -> User | None:
    try:
        whose = _signer().unsign(session.get(HALF, ""), max_age=SECONDS).decode()
    except BadSignature:
        return None
    found: User | None = current_app.extensions["security"].datastore.find_user(fs_uniquifier=whose)
    return found if found and found.active and found.landlord == current_landlord().key else None


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.secret_key or "", salt="second-step")


@blueprint.get("/sign-in/second-step")
@public
def second_step() -> Response:
    """To whoever has not typed a password it is not there."""
    user = whose_password()
    if user is None:
        return see_other(url_for("account.sign_in_page", next=local(request.args.get("next", ""))))
    form = SecondStep(formdata=None) if user.tf_totp_secret else SetUp(formdata=None)
    form.next.data = local(request.args.get("next", ""))
    return _page(user, form)


def _failed(response: Response) -> bool:
    return response.status_code == 422


def _account_and_network() -> str:
    user = whose_password()
    return f"{user.id if user else 'nobody'} {network()}"


@blueprint.post("/sign-in/second-step")
@public
@limiter.limit(FROM_ONE_SOURCE, key_func=_account_and_network, deduct_when=_failed)
def check_second_step() -> Response:
    """Only failures count."""
    user = whose_password()
    if user is None:
        return see_other(url_for("account.sign_in_page"))
    return _check_code(user) if user.tf_totp_secret else _check_set_up(user)


def _check_code(user: User) -> Response:
    form = SecondStep()
    if not form.validate():
        return _page(user, form, status=422)
    if not code_fits(user, form.code.data):
        form.code.errors = [WRONG if app_codes_are_taken(user) else TOO_MANY]
        return _page(user, form, status=422)
    sign_in(user, second=True)
    return go_on(form, actor_of(user))


def code_fits(user: User, typed: str) -> bool:
    """Whether it is a recovery code of theirs or what their app shows now. It is used up by it."""
    recovery, digits = code_from(typed), "".join(typed.split())
    if recovery:
        fits = _spend_recovery(user, recovery)
    else:
        fits = app_codes_are_taken(user) and len(digits) == DIGITS and _spend_moment(user, digits)
    if not fits:
        one_more(WRONG_CODES, TRIED, str(user.id))
        warn_once_a_day(user, Warned.CODES, MANY_WRONG_CODES, WRONG_CODES, TRIED, str(user.id))
    return fits


def app_codes_are_taken(user: User) -> bool:
    """Not any more today, once too many wrong ones were typed."""
    return limiter.limiter.test(WRONG_CODES, TRIED, str(user.id))


def _spend_recovery(user: User, code: str) -> bool:
    key, now = current_app.extensions["settings"].secret_key, current_clock().now()
    with database().unit_of_work() as session:
        return use_recovery_code(session, user.landlord or "", user.id, code, secret_key=key, now=now)


def _spend_moment(user: User, digits: str) -> bool:
    counter = authenticators().moment_of(digits, user.tf_totp_secret or "", user.totp_counter)
    if counter is None:
        return False
    with database().unit_of_work() as session:
        return staff.spend_moment(session, user.id, counter)


def _check_set_up(user: User) -> Response:
    form, pending = SetUp(), session.get(PENDING, "")
    if not form.validate():
        return _page(user, form, status=422)
    codes = keep_app(user, "".join(form.code.data.split()), pending)
    if codes is None:
        form.code.errors = [_l("This is not the code that the app shows now. Look at it again, and type the next one")]
        return _page(user, form, status=422)
    sign_in(user, second=True)
    kept, target = kept_pairs(form.kept.data or ""), begin_at(actor_of(user), local(form.next.data or ""))
    return page("account/recovery_codes.html", codes=codes, target=target, kept=kept)


def keep_app(user: User, digits: str, pending: str) -> list[str] | None:
    """The recovery codes that go with the app, once it has shown a right code. None where it has not."""
    counter = authenticators().moment_of(digits, pending, None) if pending else None
    if counter is None:
        return None
    codes, now = new_codes(), current_clock().now()
    key, landlord = current_app.extensions["settings"].secret_key, user.landlord or ""
    with database().unit_of_work() as session:
        set_up_second_step(session, landlord, user.id, pending, counter, codes, secret_key=key, now=now)
    return codes


def _page(user: User, form: SecondStep | SetUp, *, status: int = 200) -> Response:
    if user.tf_totp_secret:
        return page("account/second_step.html", status=status, form=form)
    return page("account/set_up.html", status=status, form=form, **shown(user, session.get(PENDING, "")))


def shown(user: User, pending: str) -> dict[str, object]:
    """What the app is to be given: as a picture, and to be typed."""
    if not pending:
        return {"picture": None, "key": ""}
    drawn = authenticators().picture(pending, user.email, current_landlord().short_name)
    return {"picture": drawn, "key": authenticators().key(pending)}
