"""What is recorded when two complaints about the same matter become one case, and when that is undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.events import Event, Flag, Person, ReplyBy, SafeContact, content, event


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undone(Event):
    """A joining was a mistake."""

    undone_on: date
    reason: str = content()


@event("complaint_taken_in")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintTakenIn(Event):
    """Another complaint about the same matter, which reached us later, goes on in this one.

    `acknowledged_on` and `answer_due` are those of the other. `representatives` are the numbers that its
    representatives have here, in their order there; `stopped` those of them whom the resident had stopped here.
    `adjustments` are the numbers here of what was asked for there, `named_staff` whom it is about beside those of this
    one, `tied_staff` who declared a conflict of interest there.
    `into_definition`: the lists were added to a definition that was set out already. `contact_taken`: the
    resident is reached as they said there, because here somebody else had said it.
    """

    other_reference: str
    other_received_on: date
    joined_on: date
    acknowledged_on: date | None = None
    answer_due: date | None = None
    flags: tuple[Flag, ...] = ()
    named_staff: tuple[int, ...] = ()
    tied_staff: tuple[int, ...] = ()
    representatives: tuple[int, ...] = ()
    stopped: tuple[int, ...] = ()
    adjustments: tuple[int, ...] = ()
    into_definition: bool = False
    contact_taken: bool = False
    reply_by: ReplyBy | None = None
    reason: str = content()
    identity_check: str = content()
    points: tuple[str, ...] = content(())
    outcomes: tuple[str, ...] = content(())
    responsible_for: tuple[str, ...] = content(())
    not_responsible_for: tuple[str, ...] = content(())
    person: Person = content(Person())
    safe_contact: tuple[SafeContact, ...] = content(())


@event("complaint_joined")
@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintJoined(Event):
    """This complaint goes on in another about the same matter, which reached us before it."""

    into_reference: str
    joined_on: date
    reason: str = content()


@event("taking_in_undone")
@dataclass(frozen=True, slots=True, kw_only=True)
class TakingInUndone(_Undone):
    """Another complaint goes on by itself again. With `reply_by` this says how the resident of this one is reached.

    `contact_to_check`: somebody else had said so, and nobody has checked it.
    """

    other_reference: str
    contact_to_check: bool = False
    reply_by: ReplyBy | None = None
    person: Person = content(Person())
    safe_contact: tuple[SafeContact, ...] = content(())


@event("joining_undone")
@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningUndone(_Undone):
    """This complaint goes on by itself again, where it stood, with every date from its own receipt."""
