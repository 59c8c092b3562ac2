"""How actions begin: the case, locked, for somebody who may do this to it, or a new one."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.events import ComplaintReceived
from portal.domain.independence import may_decide
from portal.domain.joining import where_it_goes_on
from portal.domain.owed import missed_limits
from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.references import new_reference
from portal.domain.refusal import Forbidden, Refused, StaleVersion
from portal.domain.representation import NOTHING_BACK, whole, with_number
from portal.domain.saying import say
from portal.domain.submission import Submission, flags_for
from portal.records import calendars, own_lists, staff
from portal.records.accounts import User
from portal.records.calendars import LandlordCalendar
from portal.records.history import CaseFile, NotFound, append, begin_case, open_case
from portal.records.own_lists import OwnList
from portal.records.queries import is_taken

GONE = say("There is no complaint with this reference")
MOVED_ON = say("Something has happened in the other complaint. Look at it again")


def own_list(session: Session, actor: Actor, list_id: int) -> OwnList:
    """A list that the actor keeps, ready to be changed. Raises `NotFound` where it is not theirs."""
    found = own_lists.one(session, keeper_of_lists(actor), list_id)
    if found is None:
        raise NotFound(str(list_id))
    return found


def keeper_of_lists(actor: Actor) -> int:
    """Whose lists are meant. Raises `Forbidden` for somebody who may not see the queue."""
    decision = may(actor, Action.SEE_QUEUE)
    if not decision:
        raise Forbidden(decision.reason)
    assert actor.user_id is not None, "only staff see the queue"
    return actor.user_id


def open_for(session: Session, actor: Actor, action: Action, reference: str, version: int | None = None) -> CaseFile:
    """The case, ready to be changed.

    Raises `NotFound` where the actor may not know of it, `StaleVersion` where it has changed since
    `version`, and `Forbidden` where the actor may see it but not do this.
    """
    file = open_case(session, reference, actor, landlords.rules_for, for_update=True, version=version)
    decision = (
        may(actor, action, file.case) and where_it_goes_on(file.case, action) and may_decide(actor, action, file.case)
    )
    if not decision:
        raise Forbidden(decision.reason)
    if actor.role is Role.REPRESENTATIVE and not _acts_still(file, actor):
        raise NotFound(reference)
    return file


def open_both(
    session: Session,
    actor: Actor,
    action: Action,
    reference: str,
    other: str,
    version: int | None = None,
    other_version: int | None = None,
) -> tuple[CaseFile, CaseFile]:
    """Two cases, ready to be changed. What is wrong with the other is said of the field `other`.

    They are held in one order, so that of two people who do this nobody waits for the other.
    """
    wanted = {reference: version, other: other_version}
    found, wrong = {}, None
    for each in sorted(wanted):
        try:
            found[each] = open_for(session, actor, action, each, wanted[each])
        except (NotFound, StaleVersion) as error:
            if each == reference:
                raise
            wrong = GONE if isinstance(error, NotFound) else MOVED_ON
    if wrong:
        raise Refused(wrong, "other")
    return found[reference], found[other]


def account_for(session: Session, actor: Actor, user_id: int) -> User:
    """The account of a colleague, held, for somebody who looks after accounts.

    Raises `NotFound` where the landlord has nobody with this number, and `Forbidden` where the actor may not.
    """
    decision = may(actor, Action.KEEP_STAFF)
    if not decision:
        raise Forbidden(decision.reason)
    user = staff.member(session, actor.landlord or "", user_id, for_update=True)
    if user is None:
        raise NotFound(str(user_id))
    return user


def calendar_held(session: Session, actor: Actor, version: int | None) -> LandlordCalendar:
    """The days that were added to the calendar of the actor's landlord, held, for somebody who looks after them.

    Raises `Forbidden` where the actor may not, and `StaleVersion` where it has changed since `version`.
    """
    decision = may(actor, Action.KEEP_WORKING_DAYS)
    if not decision:
        raise Forbidden(decision.reason)
    return calendars.held(session, actor.landlord or "", version=version)


def _acts_still(file: CaseFile, actor: Actor) -> bool:
    """Whether they act, for their own office, and may as much as they come with: the case, held now, knows best."""
    if actor.representative is None:
        return False
    one = with_number(file.case.representatives, actor.representative)
    granted = whole(one.authority.scopes) if one.authority else NOTHING_BACK
    return not one.ended and actor.office_id == one.added.office_id and actor.scopes <= granted


def admit_lateness(session: Session, file: CaseFile, now: datetime) -> None:
    """Put the limits that have passed on record before the late act itself, even if nobody noticed them in time."""
    portal = Actor(role=Role.SYSTEM, landlord=file.row.landlord)
    for missed in missed_limits(file.case, file.rules, now.date()):
        append(session, file, missed, by=portal, at=now)


def begin(session: Session, actor: Actor, landlord: str, submission: Submission, now: datetime) -> CaseFile:
    """A new case under a reference that nobody has yet."""
    event = _received(landlord, submission)
    return begin_case(
        session, landlord, _unused_reference(session), event, by=actor, at=now, rules_for=landlords.rules_for
    )


def check_countable(landlord: str, received_on: date) -> None:
    """Every limit counts from this day, so the bank holidays since then must be known."""
    calendar = landlords.calendar_for(landlord)
    if not calendar.covers(received_on):
        raise Refused(
            say("The day it was received must be in %(year)s or later", year=str(calendar.first.year)), "received_on"
        )


def _unused_reference(session: Session) -> str:
    while is_taken(session, reference := new_reference(secrets.choice)):
        continue
    return reference


def _received(landlord: str, submission: Submission) -> ComplaintReceived:
    rules = landlords.rules_for(landlord, submission.received_on)
    # The kinder of the two age limits: a policy that allows less than the Code cannot narrow it (Code 2.3).
    limits = [each for each in (rules.policy.age_limit, rules.code.age_limit) if each]
    return ComplaintReceived(
        received_on=submission.received_on,
        channel=submission.channel,
        link=submission.link,
        link_from=submission.link_from,
        link_until=submission.link_until,
        reply_by=submission.reply_by,
        flags=flags_for(submission, max(limits, key=lambda each: each.months, default=None)),
        happened_on=submission.happened_on,
        aware_on=submission.aware_on,
        adjustments_asked=submission.asks_for_adjustments,
        from_request=submission.from_request,
        area=landlords.landlord(landlord).area_of(submission.person.postcode),
        person=submission.person,
        what_happened=submission.what_happened,
        outcome_wanted=submission.outcome_wanted,
        adjustments=submission.adjustments,
        adjustment_words=submission.adjustment_words,
        interpreting=submission.interpreting,
        safe_contact=submission.safe_contact,
    )
