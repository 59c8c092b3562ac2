"""The tables of days that administrators add to a landlord's calendar: what holds now, and every change of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from portal.domain.days_off import DayKind
from portal.records.base import Base
from portal.records.columns import Choice, Instant


class CalendarChange(StrEnum):
    ADDED = "added"
    REMOVED = "removed"


class LandlordCalendar(Base):
    """The added days of a landlord as they are now, which every complaint is read with: a copy of `calendar_record`.

    `days` is a JSON list of [day, kind, name]. `version` counts the changes.
    """

    __tablename__ = "landlord_calendars"

    landlord: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[int]
    days: Mapped[str] = mapped_column(Text)


class CalendarEntry(Base):
    """A day that was added or taken out again: by whom, when and why. The database refuses to change or delete it.

    `moved` is how many complaints had a date moved by it. `by_id` is empty for what was typed on the machine itself.
    """

    __tablename__ = "calendar_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    landlord: Mapped[str] = mapped_column(String(40))
    at: Mapped[datetime] = mapped_column(Instant())
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    change: Mapped[CalendarChange] = mapped_column(Choice(CalendarChange))
    kind: Mapped[DayKind] = mapped_column(Choice(DayKind))
    day: Mapped[date]
    name: Mapped[str] = mapped_column(String(80))
    why: Mapped[str] = mapped_column(Text)
    moved: Mapped[int]

    __table_args__ = (Index("ix_calendar_record_landlord", "landlord", "id"),)
