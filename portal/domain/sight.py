"""Which complaints a member of staff may know of at all. `records/sight.py` asks the same of the database."""

from __future__ import annotations

from typing import Protocol

from portal.domain.actors import Actor, Role


class Seen(Protocol):
    """A complaint, as far as it says who may know of it."""

    @property
    def handler_id(self) -> int | None: ...
    @property
    def area(self) -> str | None: ...
    @property
    def restricted_to(self) -> tuple[int, ...] | None: ...


def in_sight(actor: Actor, case: Seen) -> bool:
    """Whether the complaint exists for this member of staff.

    Whoever handles it and whoever is let in by name sees it. A restricted one is seen by complaints officers besides.
    Somebody who is limited to areas sees those; what belongs to no area yet is seen by complaints officers, so that
    somebody is there to give it one.
    """
    if actor.user_id is not None and actor.user_id in (case.handler_id, *(case.restricted_to or ())):
        return True
    officer = Role.LEAD in actor.roles
    if case.restricted_to is not None and not officer:
        return False
    return not actor.areas or case.area in actor.areas or (officer and case.area is None)
