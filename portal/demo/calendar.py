"""What an administrator does in the demonstration to the calendar: a day is added by mistake and taken out again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.actions.add_day_off import add_day_off
from portal.actions.remove_day_off import remove_day_off
from portal.demo.story import Story
from portal.domain.actors import Role
from portal.domain.days_off import DayKind, DayOff
from portal.records import staff
from portal.records.queries import actor_of


def moved_by_mistake(story: Story) -> Iterator[date]:
    """Both in one minute, so that no other story is told a date that was counted with it."""
    story.receive()
    story.assign()
    yield story.later(1)
    story.acknowledge()
    administrator = actor_of(staff.holders(story.session, story.office.landlord.key, Role.ADMINISTRATOR)[0])
    day = DayOff(story.later(3), DayKind.BANK_HOLIDAY, "A holiday of another nation")
    add_day_off(story.session, administrator, day, "It was in the diary.", now=story.now)
    why = "It is a holiday in Scotland, and none of our homes is there."
    remove_day_off(story.session, administrator, day.day, why, now=story.now)
