"""Whether a contact can be put on record as it is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from portal.domain.adjustments import AdjustmentRecord, against_a_call
from portal.domain.case import Case
from portal.domain.contact_events import ContactBy, ContactRecorded, ContactWay
from portal.domain.folding import as_reader
from portal.domain.refusal import Refused


def check_contact(case: Case, event: ContactRecorded, today: date) -> None:
    """Raises `Refused` for one that cannot have been, that says nothing, or that somebody asked not to be made."""
    if event.contact_on > today:
        raise Refused("The day of the contact cannot be in the future", "contact_on")
    if not event.words.strip():
        raise Refused("Say what was said, or that nobody was reached", "words")
    if event.companions.strip() and not event.reached:
        raise Refused("Nobody was reached: nobody can have come along", "companions")
    of_group = event.with_resident or event.member is not None
    if of_group and event.way is ContactWay.CALL and event.by is ContactBy.US:
        check_called(as_reader(case, event.member).adjustments, event.contact_on)


def check_called(records: Iterable[AdjustmentRecord], on: date) -> None:
    """Raises `Refused` for a call to somebody who asked for none, where nobody said beforehand why it had to be one."""
    against = against_a_call(records)
    if against and not any(each.on == on for each in against.set_aside):
        raise Refused("The resident asked for no phone calls. Record first why it has to be a call")
