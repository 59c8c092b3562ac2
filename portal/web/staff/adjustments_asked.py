"""Adjustments of a complaint as a form offers them: those of the resident, and those of the members of a group."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from wtforms.fields import SelectChoice

from portal.domain.adjustments import AdjustmentRecord, against_a_call
from portal.domain.case import Case
from portal.domain.group import Member
from portal.domain.permissions import Decision
from portal.web.staff.desk import Desk
from portal.web.wording import gettext
from portal.web.words import words as in_words

LEAD = "0"
"""Whoever the complaint is from, where it is asked for whom: the members of a group are counted from 1."""

Wanted = Callable[[Iterable[AdjustmentRecord]], tuple[AdjustmentRecord, ...]]
Asked = tuple[Member | None, AdjustmentRecord]
"""An adjustment, with the member of the group who asked for it, where it was not the resident."""


def asked_in(case: Case) -> list[Asked]:
    """What was asked for by the resident and by the members of the group."""
    own: list[Asked] = [(None, each) for each in case.adjustments]
    return own + [(member, each) for member in case.members for each in member.adjustments]


def picked(case: Case, wanted: Wanted) -> list[Asked]:
    """Those of them to which something can be done."""
    return [(member, each) for member, each in asked_in(case) if wanted((each,))]


def offer(wanted: Wanted) -> Any:
    """Put the adjustments that can be chosen into a form."""

    def prepare(form: Any, desk: Desk) -> None:
        form.which.choices = [SelectChoice(key(*each), label(*each)) for each in picked(desk.case, wanted)]
        if len(form.which.choices) == 1 and not form.is_submitted():
            form.which.data = form.which.choices[0].value

    return prepare


def key(member: Member | None, record: AdjustmentRecord) -> str:
    """Which adjustment is meant, in a form: "2", or "1.2" for the second of the first member."""
    return f"{member.number}.{record.number}" if member else str(record.number)


def meant(desk: Desk, form: Any) -> Asked:
    """The one that was chosen."""
    return next(each for each in asked_in(desk.case) if key(*each) == form.which.data)


def label(member: Member | None, record: AdjustmentRecord) -> str:
    size = f", {gettext('%(size)s point', size=record.print_size)}" if record.print_size else ""
    words = f"{record.number}. {in_words(record.adjustment)}{size}"
    return f"{words} ({member.name or member.number})" if member else words


def some(wanted: Wanted, otherwise: Any) -> Any:
    """Whether there is any adjustment to which it can be done."""
    return lambda desk: Decision(bool(picked(desk.case, wanted)), str(otherwise))


def offer_people(form: Any, desk: Desk) -> None:
    """For whom something is recorded: asked only where there is a group."""
    lead = SelectChoice(LEAD, desk.case.received.person.name or gettext("Whoever the complaint is from"))
    form.whose.choices = [lead, *(SelectChoice(str(each.number), each.name or "") for each in desk.case.members)]


def offer_to_call(form: Any, desk: Desk) -> None:
    """Those who asked for no calls."""
    offer_people(form, desk)
    asked = {str(member.number if member else LEAD) for member, _ in picked(desk.case, not_to_be_called)}
    form.whose.choices = [each for each in form.whose.choices if each.value in asked]
    if form.whose.choices and not form.is_submitted():
        form.whose.data = form.whose.choices[0].value


def not_to_be_called(records: Iterable[AdjustmentRecord]) -> tuple[AdjustmentRecord, ...]:
    against = against_a_call(records)
    return (against,) if against else ()


def member_in(form: Any) -> int | None:
    """The number of the member for whom it is, or None for the resident."""
    return int(form.whose.data or LEAD) or None
