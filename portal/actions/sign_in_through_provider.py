"""A member of staff comes from the landlord's provider of identities, which has said who they are."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.group_duties import duties_from_groups
from portal.domain.permissions import Action
from portal.domain.sign_in import Identity, NotLetIn, Provider
from portal.domain.staff import Change, Duties, Warned, duties_in_words
from portal.records import access_log, identities, staff
from portal.records.access_log import Access
from portal.records.accounts import User
from portal.records.queries import actor_of

ONE_DAY = timedelta(days=1)


def sign_in_through_provider(
    session: Session, landlord: str, provider: Provider, identity: Identity, *, secret_key: str, now: datetime
) -> User | NotLetIn:
    """The account that they are signed in to, with the roles that their groups give; or why they are not let in.

    A refusal is no exception, because it is put on record too. Nobody gets an account by it: they were invited.
    """
    user = _whose(session, landlord, identity)
    if isinstance(user, NotLetIn):
        return user
    duties = _duties(landlord, provider, identity, user)
    if isinstance(duties, NotLetIn):
        return _refused(session, user, duties, now)
    if not identities.is_bound(user, identity.issuer):
        _bind(session, user, identity, secret_key, now)
    _give(session, user, duties, now)
    access_log.note(session, actor_of(user), Access.SIGNED_IN, Action.KEEP_OWN_ACCOUNT, None, at=now)
    return user


def _whose(session: Session, landlord: str, identity: Identity) -> User | NotLetIn:
    """By subject; the first time by an address that the provider has checked. Whoever is somebody there already, is
    nobody else for having their address."""
    if bound := identities.bound_to(session, landlord, identity):
        return bound
    if not identity.email_checked:
        return NotLetIn.EMAIL_NOT_CHECKED
    found = identities.with_email(session, landlord, identity.email)
    if found is None:
        return NotLetIn.UNKNOWN
    return NotLetIn.SOMEBODY_ELSE if identities.is_bound(found, identity.issuer) else found


def _duties(landlord: str, provider: Provider, identity: Identity, user: User) -> Duties | NotLetIn:
    if not user.active:
        return NotLetIn.DISABLED
    ranks = [each.key for each in landlords.landlord(landlord).ranks]
    return duties_from_groups(provider, identity.groups, ranks, staff.duties_of(user))


def _refused(session: Session, user: User, why: NotLetIn, now: datetime) -> NotLetIn:
    """Whatever is open of whoever has no role any more ends with it."""
    if user.provider_subject:
        staff.end_sessions(user)
    staff.record(session, user, Change.PROVIDER_REFUSED, by_id=None, at=now, details=why)
    if why is NotLetIn.ROLES_CLASH and not staff.was_warned(session, user, Warned.GROUPS, since=now - ONE_DAY):
        # Administrators can mend it, and whoever stands before the door cannot.
        staff.warn(session, user.landlord or "", user.id, Warned.GROUPS, at=now)
    return why


def _bind(session: Session, user: User, identity: Identity, secret_key: str, now: datetime) -> None:
    """They are told, for it might be somebody else. What the password had opened ends."""
    identities.bind(user, identity)
    staff.end_sessions(user)
    staff.end_invitations(session, user, now)
    staff.record(session, user, Change.PROVIDER_BOUND, by_id=None, at=now)
    staff.tell(session, secret_key, user, Change.PROVIDER_BOUND, at=now)


def _give(session: Session, user: User, duties: Duties, now: datetime) -> None:
    before = staff.duties_of(user)
    if duties == before:
        return
    staff.give(user, duties)
    details = f"{duties_in_words(before)} > {duties_in_words(duties)}"
    staff.record(session, user, Change.DUTIES_FROM_GROUPS, by_id=None, at=now, details=details)
