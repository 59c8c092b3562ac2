"""Two complaints of one person about the same matter: whether they can be one case.

What makes one case untrue is refused: an answer that the other never had, two people, a group. Those stay two cases,
and staff can record that they belong together. The one that reached us first goes on, so that no date moves away.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.domain.case import Case
from portal.domain.events import Stage
from portal.domain.lifecycle import AWAITING_US, Status
from portal.domain.messages import waiting
from portal.domain.permissions import Action, Decision
from portal.domain.refusal import Refused
from portal.domain.representation import BY_THE_RESIDENT, STOPPED, Representative, Representatives
from portal.domain.same_person import may_be_same, same
from portal.domain.saying import say

IN_ITS_PLACE = frozenset(
    {
        Action.MAKE_PACK,
        Action.MAKE_OWN_DATA_PACK,
        Action.SEE_CASE,
        Action.JOIN_COMPLAINTS,
        Action.UNDO_JOINING,
        Action.LINK_COMPLAINTS,
        Action.RECORD_POSTING,
        Action.RECORD_CALL,
        Action.MOVE_REFERRAL,
        Action.COMPLETE_REMEDY,
        Action.FOLLOW_PAYMENT,
        Action.REVIEW_RESTRICTION,
        Action.RECORD_APPEAL,
        Action.DECIDE_APPEAL,
        Action.STOP_REPRESENTATIVE,
    }
)
"""What can be done to a complaint while it is joined to another. Letters on their way, what was passed on, what was
promised and restrictions on contact stay."""


def where_it_goes_on(case: Case, action: Action) -> Decision:
    """Whether this is done to this complaint at all, and not to the one to which it was joined."""
    if case.joined_into is None or action in IN_ITS_PLACE:
        return Decision(True)
    into = case.joined_into.into_reference
    return Decision(False, say("This complaint goes on in %(reference)s. Do it there.", reference=into))


def check_words(reason: str, identity_check: str) -> None:
    """Raises `Refused` where nobody says why, or how it is known to be one person."""
    if not reason.strip():
        raise Refused("Say why both are about the same matter", "reason")
    if not identity_check.strip():
        raise Refused("Say how you made sure that it is the same person", "identity_check")


def check_joining(kept: Case, other: Case) -> None:
    """Raises `Refused` where the other cannot go on in the one that is kept."""
    for each in (kept, other):
        check_waits(each)
    if not may_be_same(kept.received.person, other.received.person):
        raise Refused(
            "As far as names and contact details tell, these are two people. Two people who complain together are a "
            "group, and each goes on being told by themselves",
            "other",
        )
    if _seen_by(kept) != _seen_by(other):
        raise Refused(
            "One of the two is limited to some people, and the other not in the same way. Limit both alike first",
            "other",
        )
    if waiting(other.messages):
        raise Refused(
            say("%(reference)s has messages that nobody has seen to. Do that first", reference=other.reference), "other"
        )
    if kept.handler_id is not None and kept.handler_id in other.named_staff:
        raise Refused("Whoever handles this is named in the other complaint. Give it to somebody else first", "other")
    if kept.handler_id is not None and kept.handler_id in other.tied_staff:
        raise Refused("Whoever handles this is tied to the other complaint. Give it to somebody else first", "other")
    _check_representatives(kept, other)


def can_be_joined(case: Case) -> Decision:
    """Whether this complaint can be one of two that are joined, and why not."""
    try:
        check_waits(case)
    except Refused as no:
        return Decision(False, no.message)
    return Decision(True)


def _seen_by(case: Case) -> frozenset[int] | None:
    """Those to whom it is limited, or None where it is not."""
    return None if case.restricted_to is None else frozenset(case.restricted_to)


def check_waits(case: Case) -> None:
    """Raises `Refused` where this complaint cannot be one of two that are joined."""
    if case.joined_into:
        raise Refused(say("%(reference)s was joined to another already", reference=case.reference), "other")
    if case.group:
        raise Refused(
            say("%(reference)s is the complaint of a group, and stays by itself", reference=case.reference), "other"
        )
    if case.stage is Stage.TWO or case.status in (Status.RESPONDED, Status.CLOSED):
        raise Refused(
            say(
                "%(reference)s was answered, or is past stage 1. In one case that answer would look as if it had been "
                "to both",
                reference=case.reference,
            ),
            "other",
        )
    if case.status not in AWAITING_US:
        raise Refused(say("%(reference)s has ended", reference=case.reference), "other")
    if not case.received.person.name.strip():
        raise Refused(
            say("It is not known whom %(reference)s is from. Record that first", reference=case.reference), "other"
        )


def _check_representatives(kept: Case, other: Case) -> None:
    for one in acting(kept.representatives):
        if stopped_as(one, other.representatives):
            raise Refused(
                say(
                    "The resident stopped %(name)s in %(reference)s, and they still act in the other. Ask the "
                    "resident, and record what they say first",
                    name=one.added.name,
                    reference=other.reference,
                ),
                "other",
            )
    for one in unsure(kept, other):
        raise Refused(
            say(
                "%(name)s may act because somebody said yes at an address that the resident did not give us "
                "themselves. Call the resident, and record what they say first",
                name=one.added.name,
            ),
            "other",
        )


def acting(all_of_them: Representatives) -> Representatives:
    """Those who act, or wait to be allowed to."""
    return tuple(each for each in all_of_them if not each.ended)


def stopped_as(one: Representative, all_of_them: Representatives) -> Representative | None:
    """The same representative where the resident stopped them, if they did. It is better to take two for one here."""
    return next(
        (each for each in all_of_them if each.ended and each.ended.why in STOPPED and _is_same(one, each)), None
    )


def _is_same(one: Representative, other: Representative) -> bool:
    mine, theirs = one.added, other.added
    if mine.office_id is not None and mine.office_id == theirs.office_id:
        return True
    return same(mine.email, theirs.email) or same(mine.name, theirs.name)


def unsure(kept: Case, other: Case) -> Iterator[Representative]:
    """Those to whom the yes came from an address that they may have given themselves: whoever hands a complaint in for
    a resident says how the resident is reached, and only the resident's own word for it makes sure.
    """
    if _reached_alike(kept, other):
        return
    for case in (kept, other):
        if case.contact_to_check:
            yield from (
                each
                for each in acting(case.representatives)
                if each.authority and each.authority.evidence in BY_THE_RESIDENT
            )


def _reached_alike(kept: Case, other: Case) -> bool:
    mine, theirs = kept.received.person, other.received.person
    if mine.email.strip() or theirs.email.strip():
        return same(mine.email, theirs.email)
    return same(mine.address, theirs.address)


def takes_contact(kept: Case, other: Case) -> bool:
    """Whether the resident is reached as in the other: how they are in the one that is kept somebody else has said.

    What somebody else says never takes the place of what they said themselves, or of what was checked.
    """
    return kept.contact_to_check and not other.contact_to_check
