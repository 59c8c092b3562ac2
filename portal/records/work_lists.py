"""What the lists of staff are: their views, what narrows them, their orders, and where a page of one ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, String, and_, bindparam, or_, select, text, type_coerce

from portal.domain.events import Flag, Stage
from portal.records.letter_columns import NEEDS_A_PERSON
from portal.records.models import ComplaintRow, LetterRow
from portal.records.sight import IN_SIGHT

LARGEST_ID = 2**63 - 1
"""A number beyond it is no id, and SQLite refuses to be asked about one."""


class View(StrEnum):
    """The ways to look at the queue. Each is one condition, with an index of its own."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    LAW = "law"
    UPDATES = "updates"
    MESSAGES = "messages"
    WAITING = "waiting"
    ANSWERS = "answers"
    LETTERS = "letters"
    ADJUSTMENTS = "adjustments"
    AUTHORITY = "authority"
    REMEDIES = "remedies"
    RESTRICTIONS = "restrictions"
    OMBUDSMAN = "ombudsman"
    ALL_OPEN = "all_open"
    ENDED = "ended"


class Order(StrEnum):
    """By which date, and from which end."""

    DUE = "due"
    OLDEST = "oldest"
    NEWEST = "newest"
    CHANGED = "changed"
    QUIET = "quiet"


class Whose(StrEnum):
    """Whose complaints: one's own, those of the others whose complaints one may see, or those that nobody has."""

    MINE = "mine"
    TEAM = "team"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Only:
    """What a list is narrowed to: each part that is None or empty asks for nothing, and all others hold together.

    `handler` is the id of one, or `Whose`. `also` are other views that a complaint must stand in.
    """

    handler: int | Whose | None = None
    stage: Stage | None = None
    due_by: date | None = None
    flag: Flag | None = None
    area: str | None = None
    channel: str | None = None
    also: tuple[View, ...] = ()


EVERYTHING = Only()


class Place(NamedTuple):
    """Where a page ended: the day or the moment that its last case is sorted by, and its id."""

    on: date
    id: int

    def __str__(self) -> str:
        return f"{self.on.isoformat()}.{self.id}"

    @classmethod
    def from_text(cls, text: str, kind: type[date] = date) -> Place | None:
        """The reverse of `str`, or None where it is not one of this kind: the first page then."""
        on, _, number = text.rpartition(".")
        try:
            place = cls(kind.fromisoformat(on), int(number))
        except ValueError:
            return None
        if isinstance(place.on, datetime) and place.on.tzinfo is None:
            return None
        return place if 0 <= place.id <= LARGEST_ID else None


# The conditions are made once, because making them took longer than asking them.
_OPEN = and_(IN_SIGHT, ComplaintRow.is_open)
_TODAY: BindParameter[date] = bindparam("today")
_SOON: BindParameter[date] = bindparam("soon")
_TO_SEE_TO = select(LetterRow.complaint_id).where(LetterRow.landlord == bindparam("ours"), text(NEEDS_A_PERSON))

IN_VIEW: Mapping[View, ColumnElement[bool]] = {
    View.MINE: and_(_OPEN, ComplaintRow.handler_id == bindparam("me")),
    View.UNASSIGNED: and_(_OPEN, ComplaintRow.handler_id.is_(None)),
    View.DUE_SOON: and_(_OPEN, ComplaintRow.due_on >= _TODAY, ComplaintRow.due_on <= _SOON),
    View.OVERDUE: and_(_OPEN, ComplaintRow.due_on < _TODAY),
    View.LAW: and_(IN_SIGHT, ComplaintRow.law_due_on.is_not(None), ComplaintRow.law_due_on <= _SOON),
    View.UPDATES: and_(IN_SIGHT, ComplaintRow.update_due_on.is_not(None), ComplaintRow.update_due_on <= _TODAY),
    View.MESSAGES: and_(IN_SIGHT, ComplaintRow.messages_waiting),
    View.WAITING: and_(IN_SIGHT, ComplaintRow.waits_for_resident),
    View.ANSWERS: and_(IN_SIGHT, ComplaintRow.answer_is_known),
    View.LETTERS: and_(IN_SIGHT, ComplaintRow.id.in_(_TO_SEE_TO)),
    View.ADJUSTMENTS: and_(IN_SIGHT, ComplaintRow.adjustment_due_on <= _TODAY),
    View.AUTHORITY: and_(IN_SIGHT, ComplaintRow.authority_check_on <= _TODAY),
    View.REMEDIES: and_(IN_SIGHT, ComplaintRow.remedy_due_on < _TODAY),
    View.RESTRICTIONS: and_(IN_SIGHT, ComplaintRow.restriction_due_on <= _TODAY),
    View.OMBUDSMAN: and_(IN_SIGHT, ComplaintRow.ombudsman_due_on.is_not(None), ComplaintRow.ombudsman_due_on <= _SOON),
    View.ALL_OPEN: _OPEN,
    View.ENDED: and_(IN_SIGHT, ~ComplaintRow.is_open),
}

_OWN_DATE = {
    View.ENDED: "received_on",
    View.MESSAGES: "received_on",
    View.LETTERS: "received_on",
    View.ADJUSTMENTS: "adjustment_due_on",
    View.AUTHORITY: "authority_check_on",
    View.LAW: "law_due_on",
    View.REMEDIES: "remedy_due_on",
    View.RESTRICTIONS: "restriction_due_on",
    View.UPDATES: "update_due_on",
    View.OMBUDSMAN: "ombudsman_due_on",
}
"""Views of complaints in which nothing may be due, by another date: messages come after the end too."""

_BY = {
    Order.OLDEST: "received_on",
    Order.NEWEST: "received_on",
    Order.CHANGED: "changed_at",
    Order.QUIET: "changed_at",
}
_LATEST_FIRST = {Order.NEWEST, Order.CHANGED}


def column_of(view: View, order: Order) -> str:
    """The name of the column by which a list is ordered; none of its rows is without."""
    return _BY.get(order) or _OWN_DATE.get(view, "due_on")


def latest_first(view: View, order: Order) -> bool:
    """What has ended has nothing due: there the latest comes first unless somebody asks for the oldest."""
    return order in _LATEST_FIRST or (view is View.ENDED and order is Order.DUE)


def kind_of_place(order: Order) -> type[date]:
    """Whether a page in this order ends on a day or at a moment."""
    return datetime if _BY.get(order) == "changed_at" else date


FLAGS = type_coerce(ComplaintRow.flags, String)
_WHOSE = {
    Whose.MINE: ComplaintRow.handler_id == bindparam("me"),
    Whose.TEAM: and_(ComplaintRow.handler_id.is_not(None), ComplaintRow.handler_id != bindparam("me")),
    Whose.NOBODY: ComplaintRow.handler_id.is_(None),
}


def conditions(only: Only) -> Iterator[ColumnElement[bool]]:
    """What the database is asked beside the view."""
    if isinstance(only.handler, Whose):
        yield _WHOSE[only.handler]
    elif only.handler is not None:
        yield ComplaintRow.handler_id == only.handler
    if only.stage is not None:
        yield ComplaintRow.stage == only.stage
    if only.due_by is not None:
        yield ComplaintRow.due_on <= only.due_by
    if only.flag is not None:
        # Between blanks, because the name of one flag may be a part of another's.
        yield (" " + FLAGS + " ").contains(f" {only.flag} ")
    if only.area is not None:
        yield ComplaintRow.area == only.area
    if only.channel is not None:
        yield ComplaintRow.channel == only.channel
    yield from (IN_VIEW[view] for view in only.also)


RISKS = (Flag.BUILDING_SAFETY_IMMEDIATE, Flag.BUILDING_SAFETY_HIGH, Flag.BUILDING_SAFETY_LOWER)
"""The most urgent first."""

AT_RISK = and_(_OPEN, or_(*(FLAGS.contains(flag.value) for flag in RISKS)))
