"""Members of a group look after themselves: how they are reached, and what makes it easier, which nobody else sees."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from portal.actions.apply_adjustment import apply_adjustment
from portal.actions.call_resident import call_resident
from portal.actions.change_member_contact import change_member_contact
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.record_call import record_call
from portal.actions.record_posting import record_posting
from portal.actions.request_adjustment import request_adjustment
from portal.actions.review_adjustment import review_adjustment
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome, ReviewOutcome
from portal.domain.adjustments import Ruling, Wish
from portal.domain.contact import Contact
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.group import Member, NewMember
from portal.domain.policy import LetterKind
from portal.domain.reach_events import ContactPart
from portal.domain.refusal import Refused
from portal.records.chain import verify
from portal.records.database import Database
from portal.records.models import Channel, LetterState
from tests.actions.neighbours import IFOR, LEAD, MONA, TUESDAY, group, letters_to, member_of
from tests.actions.office import Office
from tests.builders import MONDAY

NEW = "ifor.innis@example.net"


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return Office(sqlite_database)  # what members may do has nothing to do with which database it is


def member(office: Office, reference: str, number: int) -> Member:
    found = office.case(reference).case.group
    assert found is not None
    return found.members[number - 1]


def move(office: Office, reference: str, number: int, on: date = TUESDAY, **changes: Any) -> None:
    now = member(office, reference, number).contact
    new = Contact(**{name: changes.get(name, getattr(now, name)) for name in Contact.__slots__})
    office.do(change_member_contact, member_of(office, reference, number), reference, new, on=on)


def ask(office: Office, reference: str, number: int, *kinds: Adjustment, on: date = TUESDAY, **said: Any) -> None:
    wish = Wish(adjustments=kinds, **said)
    office.do(request_adjustment, member_of(office, reference, number), reference, wish, member=number, on=on)


def decide(office: Office, reference: str, whose: int, number: int, on: date = TUESDAY, **said: Any) -> None:
    asked = member(office, reference, whose).adjustments[number - 1]
    words = {"outcome": Outcome.AGREED, "adjustment": asked.adjustment, "print_size": asked.print_size, **said}
    ruling = Ruling(scope=AdjustmentScope.THIS_COMPLAINT, **words)
    office.do(decide_adjustment, office.lead, reference, number, ruling, member=whose, on=on)


def test_a_new_address_holds_from_then_on_and_the_old_one_is_told_and_nobody_else(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    before = len(office.letters(reference)), len(letters_to(office, reference, 2))
    move(office, reference, 1, email=NEW)
    told = letters_to(office, reference, 1)[-1]
    assert (told.kind, told.to_address, told.member) == (LetterKind.CONTACT_CHANGED, "ifor@example.org", 1)
    assert NEW not in told.subject + told.body
    assert "goes to everybody" not in told.body
    assert (len(office.letters(reference)), len(letters_to(office, reference, 2))) == before
    changed = member(office, reference, 1).contact_changed
    assert changed is not None
    assert changed.changed == (ContactPart.EMAIL,)
    version = office.case(reference).version
    move(office, reference, 1, email=NEW)
    assert office.case(reference).version == version, "a second press finds nothing new"
    office.assign(reference, TUESDAY)
    office.acknowledge(reference, TUESDAY)
    assert letters_to(office, reference, 1)[-1].to_address == NEW
    assert letters_to(office, reference, 2)[-1].to_address.startswith("Mona Merrow")
    with office.database.session() as session:
        assert verify(session, "ids") is None


def test_what_is_not_safe_is_heeded_at_once_also_for_the_word_about_it(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    move(office, reference, 2, reply_by=ReplyBy.NONE, safe_contact=(SafeContact.NO_POST,))
    assert [each.kind for each in letters_to(office, reference, 2)] == [LetterKind.MEMBER_JOINED]
    move(office, reference, 1, safe_contact=(SafeContact.DISCREET,))
    told = letters_to(office, reference, 1)[-1]
    assert (told.kind, told.discreet) == (LetterKind.CONTACT_CHANGED, True)
    office.assign(reference, TUESDAY)
    office.acknowledge(reference, TUESDAY)
    assert letters_to(office, reference, 2)[-1].channel is Channel.PAGE
    assert letters_to(office, reference, 1)[-1].discreet
    joined = letters_to(office, reference, 2)[0]
    with pytest.raises(Refused, match="not safe"):
        office.do(record_posting, office.lead, reference, joined.id, posted_on=TUESDAY, on=TUESDAY)


def test_a_way_without_details_is_refused_at_its_field(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR)
    with pytest.raises(Refused) as refused:
        move(office, reference, 1, email=" ")
    assert refused.value.field == "email"


def test_what_a_member_asks_for_is_decided_and_told_to_them_alone_and_kept_to(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    own = len(office.letters(reference))
    assert office.case(reference).row.adjustments_to_decide, "large print, from joining"
    ask(office, reference, 1, Adjustment.SUMMARY_FIRST)
    for number in (1, 2):
        decide(office, reference, 1, number)
    decide(office, reference, 2, 1)
    assert not office.case(reference).row.adjustments_to_decide
    told = [each for each in letters_to(office, reference, 1) if each.kind is LetterKind.ADJUSTMENT]
    assert ["24 point" in each.body for each in told] == [True, False], "each tells what is newly decided"
    assert len(office.letters(reference)) == own
    assert office.case(reference).case.adjustments == ()
    office.assign(reference, TUESDAY)
    office.acknowledge(reference, TUESDAY)
    letter = letters_to(office, reference, 1)[-1]
    assert letter.type_size == 24
    assert letter.body.index("In short") < letter.body.index("When we will answer")
    # Print: the letters about it and the acknowledgement; the summary: its own letter and the acknowledgement.
    applied = [len(each.applied) for each in member(office, reference, 1).adjustments]
    assert applied == [len(letters_to(office, reference, 1)), 3]
    braille = letters_to(office, reference, 2)[-1]
    assert (braille.state, braille.by_hand) == (LetterState.TO_POST, "braille_or_audio")
    office.do(record_posting, office.lead, reference, braille.id, posted_on=TUESDAY, on=TUESDAY)
    assert len(member(office, reference, 2).adjustments[0].applied) == 1


def test_declining_gives_a_member_reason_alternative_and_next_rights(office: Office) -> None:
    reference, _codes = group(office, MONDAY, MONA)
    with pytest.raises(Refused) as refused:
        decide(office, reference, 1, 1, outcome=Outcome.DECLINED)
    assert refused.value.field == "reason"
    said = {"reason": "Nobody here can make it.", "alternative": "We read each letter to you by phone."}
    decide(office, reference, 1, 1, outcome=Outcome.DECLINED, **said)
    letter = letters_to(office, reference, 1)[-1]
    for words in (*said.values(), "You can also complain about it", "0300 111 3000"):
        assert words in " ".join(letter.body.split())
    assert letter.by_hand == "", "what was declined holds no letter up"


def test_it_is_reviewed_in_six_months_and_at_stage_2_and_can_end(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR)
    decide(office, reference, 1, 1)
    assert office.case(reference).row.adjustments_review_on == date(2027, 5, 3)
    office.assign(reference, TUESDAY)
    office.acknowledge(reference, TUESDAY)
    office.answer(reference, TUESDAY)
    office.escalate(reference, TUESDAY + timedelta(days=1))
    assert office.case(reference).row.adjustments_review_on == TUESDAY + timedelta(days=1)
    said = {"outcome": ReviewOutcome.ENDED, "words": "They read on screen now.", "member": 1}
    office.do(review_adjustment, office.lead, reference, 1, **said, on=TUESDAY + timedelta(days=1))
    assert office.case(reference).row.adjustments_review_on is None
    said = {"applied_on": TUESDAY, "how": "Read out.", "member": 1}
    with pytest.raises(Refused, match="does not hold"):
        office.do(apply_adjustment, office.lead, reference, 1, **said, on=TUESDAY + timedelta(days=1))


def test_nobody_asks_for_somebody_else_nor_with_the_leads_page(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    wish = Wish(adjustments=(Adjustment.MORE_TIME,))
    for other in (2, None):
        with pytest.raises(Refused, match="somebody else"):
            office.do(request_adjustment, member_of(office, reference, 1), reference, wish, member=other, on=TUESDAY)


def test_a_member_is_called_at_their_own_number_and_not_against_their_wish(office: Office) -> None:
    by_phone = NewMember(
        person=Person(name="Petra Penrose", phone="020 7946 0777"), reply_by=ReplyBy.PHONE, consent="By phone."
    )
    reference, _codes = group(office, MONDAY, by_phone)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    letter = letters_to(office, reference, 1)[-1]
    assert letter.state is LetterState.TO_CALL
    assert office.letters(reference)[-1].state is LetterState.PENDING, f"{LEAD.name} hears by email"
    ask(office, reference, 1, Adjustment.NO_PHONE)
    called = {"called_on": TUESDAY, "reached": True, "words": "Told."}
    with pytest.raises(Refused, match="no phone calls"):
        office.do(record_call, office.lead, reference, letter.id, **called, on=TUESDAY)
    with pytest.raises(Refused):
        office.do(call_resident, office.lead, reference, reason=" ", member=1, on=TUESDAY)
    with pytest.raises(Refused, match="has not asked"):
        office.do(call_resident, office.lead, reference, reason="Gas leak", on=TUESDAY)
    office.do(call_resident, office.lead, reference, reason="Gas leak", member=1, on=TUESDAY)
    office.do(record_call, office.lead, reference, letter.id, **called, on=TUESDAY)
    assert len(member(office, reference, 1).adjustments[0].set_aside) == 1
