"""Flask-Security, set up for staff: argon2, no remember-me, no views of its own."""

from __future__ import annotations

from functools import partial

from flask import Flask, current_app, g, session, url_for
from flask_login import current_user
from flask_security import Security, SQLAlchemySessionUserDatastore, hash_password, login_user, logout_user
from itsdangerous import BadSignature, TimestampSigner
from sqlalchemy.orm import Session, scoped_session

from portal.domain.permissions import Actor
from portal.records.accounts import Role, User, WebAuthn
from portal.records.queries import actor_of
from portal.web.account.authenticator import is_needed
from portal.web.ending import ends_in

IDLE_SECONDS = 60 * 60
"""How long a session lasts without a page being opened: long enough to write an answer."""

LONGEST_SECONDS = 12 * 60 * 60
"""How long a session lasts in all: whoever was taken out of a group, or left, is not signed in the next day."""

SEEN = "seen"
BEGAN = "began"
SECOND = "second"
"""In the session of whoever has taken the second step too, or whose provider has seen to it."""

REFRESH_SECONDS = 60

CONFIG = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    # argon2 salts each password itself. A second salt made from the secret key would end every password with that key.
    "SECURITY_PASSWORD_SINGLE_HASH": {"argon2"},
    "SECURITY_DEFAULT_REMEMBER_ME": False,
    "SECURITY_CLI_USERS_NAME": None,
    "SECURITY_CLI_ROLES_NAME": None,
    "SECURITY_USE_REGISTER_V2": True,
}


def register(app: Flask) -> None:
    """Let the library find out who is signed in. Its pages are not registered: ours stand in `routes.py`."""
    app.config.update(CONFIG)
    accounts = scoped_session(partial(_accounts_session, app))
    app.teardown_appcontext(lambda _error: accounts.remove())
    Security(app, SQLAlchemySessionUserDatastore(accounts, User, Role, WebAuthn), register_blueprint=False)


def _accounts_session(app: Flask) -> Session:
    """Of the database that the application has at this moment."""
    session_of: Session = app.extensions["database"].accounts_session()
    return session_of


def signed_in() -> Actor | None:
    """The member of staff of this page's landlord who is signed in, and was at work within the last hour."""
    if not current_user.is_authenticated or idle_too_long():
        return None
    if "landlord" not in g or current_user.landlord != g.landlord.key:
        return None
    if BEGAN in session and not _seen_within(LONGEST_SECONDS, BEGAN):
        return None
    if is_needed() and not session.get(SECOND):
        return None
    touch()
    ends_in(IDLE_SECONDS - REFRESH_SECONDS, url_for("staff.queue"))
    return actor_of(current_user)


def user_of(email: str, landlord: str) -> User | None:
    """The active account with this email address at this landlord."""
    found: User | None = current_app.extensions["security"].datastore.find_user(case_insensitive=True, email=email)
    return found if found and found.active and found.landlord == landlord else None


def password_fits(user: User | None, password: str) -> bool:
    """Whether the password is right. It takes as long where there is no such account, so that nobody learns which."""
    if user is None or not user.password:
        hash_password(password)
        return False
    return bool(user.verify_and_update_password(password))


def sign_in(user: User, *, second: bool) -> None:
    """Begin a new session: nothing that an earlier visitor put into the old one stays.

    `second`: whether more than a password has shown who it is.
    """
    forget_session()
    login_user(user, remember=False, authn_via=["password", "authenticator"] if second else ["password"])
    current_app.extensions["security"].datastore.commit()
    touch()
    touch(BEGAN)
    session[SECOND] = second


def sign_in_anew(user_id: int) -> None:
    """Go on here after every session of this person was ended: the library reads the account again."""
    second = bool(session.get(SECOND))
    user = read_anew(user_id)
    if user is not None:
        sign_in(user, second=second)


def read_anew(user_id: int) -> User | None:
    """An account as it stands now, for the library, which may have read it before something changed it."""
    accounts = current_app.extensions["security"].datastore
    accounts.db.session.expire_all()
    found: User | None = accounts.find_user(id=user_id)
    return found


def sign_out() -> None:
    """End every session of this person: a copy of the cookie opens nothing from now on."""
    if current_user.is_authenticated:
        datastore = current_app.extensions["security"].datastore
        datastore.set_uniquifier(current_user)
        datastore.commit()
    logout_user()
    forget_session()


def forget_session() -> None:
    """Nothing of what the browser kept stays."""
    session.clear()
    g.pop("csrf_token", None)  # of the old session: the page that is drawn now must have one of the new


def touch(seen: str = SEEN) -> None:
    """Note that somebody is at work, at most once a minute. `seen` tells apart who it is of one browser."""
    if not _seen_within(REFRESH_SECONDS, seen):
        session[seen] = _signer().sign(seen.encode()).decode()


def idle_too_long(seen: str = SEEN) -> bool:
    """Whether the session was left alone for too long. The signer knows the real time; the demo's clock jumps."""
    return not _seen_within(IDLE_SECONDS, seen)


def _seen_within(seconds: int, seen: str) -> bool:
    try:
        _signer().unsign(session.get(seen, ""), max_age=seconds)
    except BadSignature:
        return False
    return True


def _signer() -> TimestampSigner:
    return TimestampSigner(current_app.secret_key or "", salt="staff-seen")
