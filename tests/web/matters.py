"""One matter of each kind that a form of staff can be about, so that whoever may send the form is never refused it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Flask

from portal.actions.add_day_off import add_day_off
from portal.actions.ask_for_check import ask_for_check
from portal.actions.ask_for_override import ask_for_override
from portal.actions.ask_without_complaint import ask_without_complaint
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.hand_in_petition import hand_in_petition
from portal.actions.keep_list import keep_list
from portal.actions.link_complaints import link_complaints
from portal.actions.raise_issue import raise_issue
from portal.actions.record_appeal import record_appeal
from portal.actions.record_determination import record_determination
from portal.actions.record_enquiry import record_enquiry
from portal.actions.request_service import request_service
from portal.actions.restrict_complaint import restrict_complaint
from portal.actions.restrict_contact import restrict_contact
from portal.actions.send_message import send_message
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling, Wish
from portal.domain.days_off import DayKind, DayOff
from portal.domain.events import Person, ReplyBy
from portal.domain.interest_events import Conflict
from portal.domain.linking_events import LinkKind
from portal.domain.ombudsman_events import Determination, OmbudsmanDetermined, OrderKind, OrderTerms
from portal.domain.petitions import NewPetition
from portal.domain.routes import Route
from portal.domain.service_request import ServiceWish
from portal.records.enquiries import LetterState, letters_about
from tests.actions.joining import DAUGHTER, SECRET, both, handed_in, join
from tests.actions.neighbours import IFOR, group
from tests.actions.office import Office, money, repair, response, restriction, ten_oclock
from tests.actions.test_referrals import refer
from tests.builders import MONDAY
from tests.mail.kept import came_in

TWIN = Person(name="Adjusted Once", email="adjusted@example.org", phone="020 7946 0955", postcode="N1 0AC")
AT_HOME = Person(name="Organiser One", address="3 Example Street", postcode="N1 0AD")


def matters(app: Flask, office: Office, day: date) -> Mapping[str, dict[str, Any]]:
    """What stands in the address of a form about each: with the reference of a complaint, or of what else it is."""
    return {
        "new": {"reference": assigned(office, day)},
        "answered": {"reference": office.answered(MONDAY, day, remedies=(repair(date(2026, 12, 1), office.handler),))},
        "group": {"reference": group(office, MONDAY, IFOR)[0]},
        "adjusted": {"reference": adjusted(office, day)},
        "again": {"reference": assigned(office, day, person=TWIN)},
        "anonymous": {"reference": office.submit(day, person=Person(), reply_by=ReplyBy.NONE)},
        "told by another": {"reference": handed_in(office, day, DAUGHTER)},
        "to check": {"reference": to_check(office, day)},
        "overridden": {"reference": overridden(office, day)},
        "restricted": {"reference": restricted(office, day)},
        "paid": {"reference": office.answered(MONDAY, day, remedies=(money(date(2026, 12, 1), office.handler),))},
        "contact restricted": {"reference": contact_restricted(office, day)},
        "appealed": {"reference": appealed(office, day)},
        "joined": {"reference": joined(office)},
        "linked": {"reference": linked(office, day)},
        "at the ombudsman": {"reference": at_the_ombudsman(office, day)},
        "written to": {"reference": written_to(office, day)},
        "referred": {"reference": referred(office, day)},
        "request": {"reference": a_request(office, day)},
        "made easier": {"reference": made_easier(office, day)},
        "petition": a_petition(office, day),
        "email": {"mail_id": came_in(office).id},
        "an added day": an_added_day(office, day),
        "list": {"number": a_list(office)},
    }


def a_list(office: Office) -> int:
    with office.database.unit_of_work() as session:
        return keep_list(session, office.handler, "Mine", "view=mine", begins=False).id


def assigned(office: Office, day: date, **changes: Any) -> str:
    reference = office.submit(day, **changes)
    office.assign(reference, day)
    return reference


def adjusted(office: Office, day: date) -> str:
    """Asked for and agreed, in all that we have to do with them: large print, and no call."""
    kinds = (Adjustment.LARGE_PRINT, Adjustment.NO_PHONE)
    reference = assigned(office, day, person=TWIN, adjustments=kinds)
    for number, kind in enumerate(kinds, start=1):
        ruling = Ruling(outcome=Outcome.AGREED, adjustment=kind, scope=AdjustmentScope.ALL_CONTACT)
        ruling = replace(ruling, print_size=18) if kind is Adjustment.LARGE_PRINT else ruling
        office.do(decide_adjustment, office.handler, reference, number, ruling, on=day)
    return reference


def to_check(office: Office, day: date) -> str:
    """The handler wrote an answer that waits for somebody else to read it."""
    reference = office.acknowledged(day)
    office.do(ask_for_check, office.handler, reference, response(), on=day)
    return reference


def overridden(office: Office, day: date) -> str:
    """A colleague asked that the handler may handle it all the same."""
    reference = assigned(office, day)
    office.declare(reference, day, actor=office.handler, conflict=Conflict.KNOWS)
    why = "Nobody else speaks Somali."
    office.do(ask_for_override, office.colleague, reference, office.handler.user_id, reason=why, on=day)
    return reference


def restricted(office: Office, day: date) -> str:
    reference = office.submit(day)
    named = [office.colleague.user_id or 0]
    office.do(restrict_complaint, office.lead, reference, named, reason="About a colleague.", on=day)
    return reference


def contact_restricted(office: Office, day: date) -> str:
    reference = assigned(office, day)
    office.do(restrict_contact, office.lead, reference, restriction(review_on=day + timedelta(days=60)), on=day)
    return reference


def appealed(office: Office, day: date) -> str:
    """By the complaints officer, who does not judge their own decision."""
    reference = contact_restricted(office, day)
    office.do(record_appeal, office.handler, reference, 1, appealed_on=day, on=day)
    return reference


def joined(office: Office) -> str:
    """The one that stays as it is, from which the joining is undone."""
    own, other = both(office, MONDAY)
    join(office, own, other, MONDAY)
    return other


def linked(office: Office, day: date) -> str:
    one, other = (office.submit(day) for _ in range(2))
    office.do(link_complaints, office.lead, one, other, kind=LinkKind.RELATED, reason="The same roof.", on=day)
    return one


def at_the_ombudsman(office: Office, day: date) -> str:
    """Declined; they wait for our evidence, and have ordered something."""
    reference = assigned(office, day)
    office.decline(reference, day)
    asked = {"own_reference": "202600001", "received_on": day, "evidence_due": day}
    office.do(record_enquiry, office.lead, reference, **asked, on=day)
    decided = OmbudsmanDetermined(
        determined_on=day,
        determination=Determination.SERVICE_FAILURE,
        orders=(OrderTerms(kind=OrderKind.ORDER, due=day),),
        order_words=("Say sorry.",),
    )
    office.do(record_determination, office.lead, reference, decided, on=day)
    return reference


def written_to(office: Office, day: date) -> str:
    """With a message that nobody has read and an issue that nobody has decided about."""
    reference = assigned(office, day)
    office.do(send_message, office.resident(reference), reference, words="When do you come?", on=day)
    office.do(raise_issue, office.resident(reference), reference, words="The door sticks too.", on=day)
    return reference


def referred(office: Office, day: date) -> str:
    reference = assigned(office, day)
    refer(office, reference, Route.SAFEGUARDING, day)
    return reference


def a_request(office: Office, day: date) -> str:
    wish = ServiceWish(words="The tap drips.", channel="online", person=TWIN)
    with office.database.unit_of_work() as session:
        now = ten_oclock(day)
        asked = request_service(session, office.anyone(), office.landlord, wish, secret_key=SECRET, now=now)
        return asked.reference


def made_easier(office: Office, day: date) -> str:
    wish = Wish(adjustments=(Adjustment.LARGE_PRINT,), words="18 point", print_size=18)
    with office.database.unit_of_work() as session:
        person, now = Person(name="Resident Nine", email="nine@example.org"), ten_oclock(day)
        return ask_without_complaint(session, office.anyone(), office.landlord, wish, person=person, now=now).reference


def a_petition(office: Office, day: date) -> dict[str, Any]:
    """Its acknowledgement goes by post."""
    new = NewPetition(asks="Mend the lift.", channel="post", received_on=day, signatures=43, organiser=AT_HOME)
    with office.database.unit_of_work() as session:
        made = hand_in_petition(session, office.lead, office.landlord, new, now=ten_oclock(day))
        session.flush()
        reference = made.reference
    with office.database.session() as session:
        letters = letters_about(session, office.landlord, reference)
        by_post = next(each for each in letters if each.state is LetterState.TO_POST)
        return {"reference": reference, "letter_id": by_post.id}


def an_added_day(office: Office, day: date) -> dict[str, Any]:
    """Of the landlord's calendar: a closure, which moves no date of a complaint."""
    closed = DayOff(date(2026, 12, 23), DayKind.CLOSURE, "Moving house")
    with office.database.unit_of_work() as session:
        add_day_off(session, office.administrator, closed, "We move.", now=ten_oclock(day))
    return {"day": closed.day.isoformat()}
