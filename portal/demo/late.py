"""What staff do in the demonstration at the first reading of a complaint, and once its answer is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from portal.actions.agree_updates import agree_updates
from portal.actions.record_contact import record_contact
from portal.actions.triage_complaint import Reading, triage_complaint
from portal.demo.story import Story
from portal.domain.contact_events import ContactBy, ContactRecorded, ContactWay
from portal.domain.owed import next_due
from portal.domain.triage_events import Complexity, Risk

WORRYING = Reading(
    early_answer=False,
    complexity=Complexity.COMPLEX,
    risk=Risk.HIGH,
    hazard=False,
    words="Three teams have been there, and each left it to the next.",
    vulnerability="There is a baby of four months in the home.",
)
EARLY = Reading(
    early_answer=True,
    complexity=Complexity.SIMPLE,
    risk=Risk.NONE_SEEN,
    hazard=False,
    words="The appointment was missed, and our own record says so.",
)


def read_first(story: Story, reading: Reading = EARLY) -> Iterator[date]:
    """Somebody reads it on the day on which it came, before it is given to anybody."""
    story.receive()
    story.file = triage_complaint(story.session, story.office.lead, story.reference, reading, now=story.now)
    yield story.later(1)
    story.assign()
    story.acknowledge()


def late_with_updates(story: Story) -> Iterator[date]:
    """The answer is late: how often they hear from us is agreed on the phone, kept to once, and then forgotten."""
    yield from read_first(story, WORRYING)
    due = next_due(story.case, story.rules)
    assert due is not None, "an answer is owed"
    yield story.office.calendar.after(due.on, 1)
    story.file = agree_updates(
        story.session,
        story.office.lead,
        story.reference,
        every_working_days=3,
        agreed_on=story.now.date(),
        channel="phone",
        words="Every third working day by message is what they want.",
        now=story.now,
    )
    contact = ContactRecorded(
        way=ContactWay.CALL,
        by=ContactBy.US,
        contact_on=story.now.date(),
        reached=False,
        words="Rang twice to fix a day for the visit. Nobody answered, and no message was left.",
    )
    story.file = record_contact(story.session, story.office.lead, story.reference, contact, now=story.now)
    yield story.later(2)
    story.answer_message()
