"""Who somebody is to the provider of identities of their landlord: found, bound to an account, forgotten."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.domain.sign_in import Identity
from portal.records.accounts import User


def bound_to(session: Session, landlord: str, identity: Identity) -> User | None:
    """The account that this is, held against other writers."""
    theirs = (
        User.landlord == landlord,
        User.provider_issuer == identity.issuer,
        User.provider_subject == identity.subject,
    )
    return session.scalar(select(User).where(*theirs).with_for_update())


def with_email(session: Session, landlord: str, email: str) -> User | None:
    """The account with this address, held; whom else the provider says it is, is not asked here."""
    theirs = (User.landlord == landlord, func.lower(User.email) == email.strip().lower())
    return session.scalar(select(User).where(*theirs).with_for_update())


def is_bound(user: User, issuer: str) -> bool:
    """Whether they are somebody to this provider. What they were to an earlier one counts for nothing."""
    return user.provider_issuer == issuer and user.provider_subject is not None


def bind(user: User, identity: Identity) -> None:
    """From now on the provider alone says who they are: the password ends."""
    user.provider_issuer, user.provider_subject = identity.issuer, identity.subject
    user.password = None


def forget(user: User) -> None:
    user.provider_issuer, user.provider_subject = None, None
