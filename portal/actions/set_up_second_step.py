"""Somebody sets up the second step of signing in, or puts another telephone in the place of the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.refusal import Refused
from portal.domain.staff import Change
from portal.records import staff
from portal.records.accounts import User

GONE = "You cannot sign in any more. Ask whoever looks after this service"


def set_up_second_step(
    session: Session,
    landlord: str,
    user_id: int,
    secret: str,
    counter: int,
    codes: Sequence[str],
    *,
    secret_key: str,
    now: datetime,
) -> User:
    """`secret`, encrypted, is that of the app which has just shown the code of the moment `counter`.

    `codes` are the recovery codes that they are shown, this once; those from before are worth nothing.
    """
    user = staff.member(session, landlord, user_id, for_update=True)
    if user is None or not user.active:
        raise Refused(GONE)
    user.tf_totp_secret, user.tf_primary_method, user.totp_counter = secret, "authenticator", counter
    staff.keep_codes(session, user, codes)
    staff.record(session, user, Change.SECOND_STEP_SET_UP, by_id=user.id, at=now)
    staff.tell(session, secret_key, user, Change.SECOND_STEP_SET_UP, at=now)
    return user
