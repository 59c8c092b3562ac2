"""Somebody makes new recovery codes: the old ones are used, lost or seen by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain.permissions import Action, Actor, may
from portal.domain.refusal import Forbidden, Refused
from portal.domain.staff import Change
from portal.records import staff


def make_recovery_codes(
    session: Session, actor: Actor, codes: Sequence[str], *, secret_key: str, now: datetime
) -> None:
    """`codes` are shown this once; those from before are worth nothing."""
    decision = may(actor, Action.KEEP_OWN_ACCOUNT)
    if not decision:
        raise Forbidden(decision.reason)
    user = staff.member(session, actor.landlord or "", actor.user_id or 0, for_update=True)
    if user is None or not user.tf_totp_secret:
        raise Refused("Set up the second step first")
    staff.keep_codes(session, user, codes)
    staff.record(session, user, Change.CODES_MADE, by_id=user.id, at=now)
    staff.tell(session, secret_key, user, Change.CODES_MADE, at=now)
