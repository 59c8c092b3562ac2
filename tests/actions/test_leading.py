"""The lead of a group is handed over, or left: nobody takes over what another told, and the complaint goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.actions.ask_for_code import ask_for_code, send_way_to_code
from portal.actions.form_group import form_group
from portal.actions.join_person import join_person
from portal.actions.leave_group import leave_group
from portal.actions.leave_lead import leave_lead
from portal.actions.move_referral import move_referral
from portal.actions.offer_lead import offer_lead
from portal.actions.request_adjustment import request_adjustment
from portal.actions.send_message import send_message
from portal.actions.take_lead import take_lead
from portal.actions.tell_condition import tell_condition
from portal.domain.adjustment_events import ConditionTold
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import Wish
from portal.domain.anonymous import Known
from portal.domain.case import Case
from portal.domain.events import Flag, ReplyBy
from portal.domain.leading import letters_to as letters_of
from portal.domain.messages import conversation
from portal.domain.owed import deadlines_of
from portal.domain.policy import LetterKind
from portal.domain.referral_events import ReferralStep
from portal.domain.refusal import Refused
from portal.domain.representative_kinds import AuthorityScope
from portal.domain.routes import Route
from portal.records import links
from portal.records.chain import verify
from portal.records.database import Database
from portal.records.models import Link
from tests.actions.neighbours import (
    IFOR,
    LEAD,
    MATTER,
    MONA,
    OTIS,
    group,
    join,
    letters_to,
    member_of,
    new_code,
    opens,
)
from tests.actions.office import Office, ten_oclock
from tests.actions.test_referrals import refer
from tests.actions.test_representatives import represented
from tests.builders import MONDAY

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return Office(sqlite_database)  # who leads has nothing to do with which database it is


def offer(office: Office, reference: str, code: str | None) -> None:
    office.do(offer_lead, office.resident(reference), reference, code=code, on=TUESDAY)


def take(office: Office, reference: str, number: int, code: str = "", **named: object) -> None:
    office.do(take_lead, member_of(office, reference, number), reference, number, code=code, on=TUESDAY, **named)


def handed_over(office: Office, reference: str, number: int = 1) -> None:
    code = new_code()
    offer(office, reference, code)
    take(office, reference, number, code)


def case_of(office: Office, reference: str) -> Case:
    return office.case(reference).case


def told(office: Office, reference: str, member: int | None) -> list[LetterKind]:
    return [each.event.letter for each in letters_of(office.case(reference).recorded, member)]


def test_the_codes_stay_and_what_each_opens_changes(office: Office) -> None:
    reference, (ifor, mona) = group(office, MONDAY, IFOR, MONA)
    lead = office.issue_code(reference, MONDAY)
    code = new_code()
    offer(office, reference, code)
    assert opens(office, reference, code) == "lead_offer"
    dates = deadlines_of(case_of(office, reference), office.case(reference).rules)
    take(office, reference, 1, code)
    found = [opens(office, reference, each) for each in (ifor, mona, lead, code)]
    assert found == ["resident", "member", "member", None]
    file = office.case(reference)
    assert deadlines_of(file.case, file.rules) == dates
    assert file.row.resident_name == "Ifor Innis"
    assert [(each.number, each.name) for each in file.case.members] == [(2, "Mona Merrow"), (3, "Leda Leadwell")]
    with office.database.session() as session:
        assert verify(session, "ids") is None


def test_everybody_is_told_and_nobody_who_it_is(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    handed_over(office, reference)
    to_lead, to_mona, to_former = (
        office.letters(reference)[-1],
        letters_to(office, reference, 2)[-1],
        (letters_to(office, reference, 3)[-1]),
    )
    for letter, name, says in (
        (to_lead, "Ifor Innis", "you lead the group"),
        (to_mona, "Mona Merrow", "somebody else leads the group"),
        (to_former, "Leda Leadwell", "You are one of the group"),
    ):
        assert letter.kind is LetterKind.LEAD_CHANGED
        assert f"Dear {name}" in letter.body
        assert says in " ".join(letter.body.split())
        assert "goes to everybody in the group" not in letter.body
        others = {"Ifor", "Mona", "Leda"} - {name.split()[0]}
        assert not [other for other in others if other in letter.body]
    assert (to_lead.to_address, to_former.to_address) == ("ifor@example.org", LEAD.email)


def test_whoever_leads_now_is_told_and_shown_nothing_that_the_other_told(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    resident = office.resident(reference)
    office.do(send_message, resident, reference, words="Leda again: my mother is worse.", on=MONDAY)
    wish = Wish(adjustments=(Adjustment.PLAIN_TEXT,), words="Leda reads on a phone")
    office.do(request_adjustment, resident, reference, wish, on=MONDAY)
    office.do(tell_condition, resident, reference, "A condition called Zebra", on=MONDAY)
    before = [each.event.letter_id for each in letters_of(office.case(reference).recorded, None)]
    handed_over(office, reference)
    file = office.case(reference)
    shown = repr((file.case.received, file.case.adjustments, file.case.conditions, file.case.residents_files))
    for hidden in (LEAD.name, LEAD.email, LEAD.phone, LEAD.address, "mother", "Leda", "Zebra"):
        assert hidden not in shown
    assert file.case.received.what_happened == MATTER
    assert not list(conversation(each for each in file.recorded if each.number > file.case.led_since))
    assert [each.words for each in (r.event for r in file.recorded) if isinstance(each, ConditionTold)] == [""]
    now = [each.event.letter_id for each in letters_of(file.recorded, None)]
    assert not set(before) & set(now)
    assert set(before) <= {each.event.letter_id for each in letters_of(file.recorded, 3)}, "they stay their reader's"
    assert told(office, reference, None) == [LetterKind.MEMBER_JOINED, LetterKind.LEAD_CHANGED]
    office.assign(reference, TUESDAY)
    office.acknowledge(reference, TUESDAY)
    ours, theirs = office.letters(reference)[-1], letters_to(office, reference, 3)[-1]
    assert (ours.to_address, ours.type_size, ours.plain_text) == ("ifor@example.org", 24, False)
    assert (theirs.to_address, theirs.type_size, theirs.plain_text) == (LEAD.email, None, True)


def test_what_was_passed_on_of_the_former_lead_stays_theirs(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR)
    refer(office, reference, Route.ASB, MONDAY, part="Leda’s neighbour shouts.")
    handed_over(office, reference)
    said = {"step": ReferralStep.COMPLETED, "on": TUESDAY, "words": "Leda’s neighbour was spoken to.", "number": 1}
    before = len(office.letters(reference))
    with office.database.unit_of_work() as session:
        move_referral(session, office.lead, reference, now=ten_oclock(TUESDAY), **said)  # type: ignore[arg-type]
    assert len(office.letters(reference)) == before
    assert "spoken to" in letters_to(office, reference, 2)[-1].body


def test_a_way_to_a_new_code_that_was_on_its_way_opens_nothing_of_the_other(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR)
    with office.database.unit_of_work() as session:
        asked = ask_for_code(session, office.anyone(), reference, now=ten_oclock(TUESDAY))
    with office.database.unit_of_work() as session:
        send_way_to_code(session, asked, secret_key="key", now=ten_oclock(TUESDAY))
        token = links.token_of("key", session.query(Link).one().id)
    handed_over(office, reference)
    with office.database.session() as session:
        purpose = links.LinkPurpose.NEW_CODE
        assert links.link_of(session, "ids", purpose, token, at=ten_oclock(TUESDAY)) is None


def test_only_the_code_of_the_offer_that_holds_makes_a_lead(office: Office) -> None:
    reference, (ifor, _mona) = group(office, MONDAY, IFOR, MONA)
    first, second = new_code(), new_code()
    with pytest.raises(Refused) as refused:
        take(office, reference, 1, new_code())
    assert refused.value.field == "code"
    offer(office, reference, first)
    version = office.case(reference).version
    offer(office, reference, second)
    assert office.case(reference).version == version, "a second press changes nothing"
    offer(office, reference, None)
    offer(office, reference, second)
    for wrong in (first, ifor, "", new_code()):
        with pytest.raises(Refused, match="not the code"):
            take(office, reference, 1, wrong)
    with pytest.raises(Refused, match="somebody else"):
        office.do(take_lead, member_of(office, reference, 1), reference, 2, code=second, on=TUESDAY)
    take(office, reference, 2, second)
    assert office.case(reference).row.resident_name == "Mona Merrow"
    with pytest.raises(Refused, match="not the code"):
        take(office, reference, 1, second)


def test_it_goes_back_and_on_and_everybody_keeps_their_number(office: Office) -> None:
    reference, (ifor, mona) = group(office, MONDAY, IFOR, MONA)
    lead = office.issue_code(reference, MONDAY)
    handed_over(office, reference, 1)
    handed_over(office, reference, 3)
    handed_over(office, reference, 2)
    case = case_of(office, reference)
    assert case.received.person.name == "Mona Merrow"
    assert [(each.number, each.name) for each in case.members] == [(1, "Ifor Innis"), (3, "Leda Leadwell")]
    assert [opens(office, reference, each) for each in (ifor, mona, lead)] == ["member", "resident", "member"]
    assert told(office, reference, 3).count(LetterKind.LEAD_CHANGED) == 3
    with office.database.session() as session:
        assert verify(session, "ids") is None


def test_nobody_who_acts_for_one_lead_goes_on_for_another(office: Office) -> None:
    reference = represented(office, AuthorityScope.FULL_REPLY)
    office.do(form_group, office.lead, reference, matter=MATTER, invitation=new_code(), on=MONDAY)
    join(office, reference, IFOR, MONDAY)
    with pytest.raises(Refused, match="Somebody acts for you"):
        offer(office, reference, new_code())
    with pytest.raises(Refused, match="Somebody acts"):
        office.do(leave_lead, office.resident(reference), reference, on=TUESDAY)
    with pytest.raises(Refused, match="Somebody acts"):
        office.do(take_lead, office.lead, reference, 1, words="Both called.", on=TUESDAY)


def test_who_leads_can_leave_and_any_of_the_others_can_lead(office: Office) -> None:
    reference, (ifor, mona) = group(office, MONDAY, IFOR, MONA)
    lead = office.issue_code(reference, MONDAY)
    office.do(leave_lead, office.resident(reference), reference, on=TUESDAY)
    assert [opens(office, reference, each) for each in (lead, ifor, mona)] == [None, "member", "member"]
    file = office.case(reference)
    assert Flag.GROUP_WITHOUT_LEAD in file.row.flags
    assert file.row.resident_name == ""
    for number in (1, 2):
        assert "Nobody does. Any of you can" in " ".join(letters_to(office, reference, number)[-1].body.split())
    office.assign(reference, TUESDAY)
    office.acknowledge(reference, TUESDAY)
    assert letters_to(office, reference, 1)[-1].kind is LetterKind.ACKNOWLEDGEMENT
    known = Known(person=LEAD, reply_by=ReplyBy.EMAIL, identity_check="Rang.")
    with pytest.raises(Refused):
        office.do(join_person, office.lead, reference, known, code=new_code(), on=TUESDAY)
    with pytest.raises(Refused, match="Nobody is known"):
        office.issue_code(reference, TUESDAY)
    take(office, reference, 2)
    file = office.case(reference)
    assert (opens(office, reference, mona), Flag.GROUP_WITHOUT_LEAD in file.row.flags) == ("resident", False)
    assert told(office, reference, None).count(LetterKind.ACKNOWLEDGEMENT) == 2, "what came meanwhile is theirs too"
    with office.database.session() as session:
        assert verify(session, "ids") is None


def test_who_joined_while_nobody_led_can_lead_through_staff_alone(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR)
    office.do(leave_lead, office.resident(reference), reference, on=TUESDAY)
    stranger = join(office, reference, OTIS, TUESDAY)
    with pytest.raises(Refused, match="joined after"):
        take(office, reference, 2)
    assert opens(office, reference, stranger) == "member"
    take(office, reference, 1)
    office.do(leave_lead, office.resident(reference), reference, on=TUESDAY)
    take(office, reference, 2)
    assert case_of(office, reference).received.person.name == OTIS.person.name


def test_the_last_one_withdraws_and_does_not_leave(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR)
    office.do(leave_group, member_of(office, reference, 1), reference, 1, on=TUESDAY)
    with pytest.raises(Refused, match="withdrawn instead"):
        office.do(leave_lead, office.resident(reference), reference, on=TUESDAY)
    with pytest.raises(Refused, match="Nobody but you"):
        offer(office, reference, new_code())
    alone = office.submit(MONDAY)
    with pytest.raises(Refused):
        office.do(leave_lead, office.resident(alone), alone, on=TUESDAY)


def test_staff_record_what_both_agreed_and_say_how(office: Office) -> None:
    reference, (_ifor, mona, _otis) = group(office, MONDAY, IFOR, MONA, OTIS)
    with pytest.raises(Refused) as refused:
        office.do(take_lead, office.lead, reference, 2, on=TUESDAY)
    assert refused.value.field == "words"
    office.do(take_lead, office.lead, reference, 2, words="Both called.", on=TUESDAY)
    assert opens(office, reference, mona) == "resident"
    with pytest.raises(Refused, match="leads the group already"):
        office.do(take_lead, office.lead, reference, 2, words="Both called.", on=TUESDAY)
    with pytest.raises(Refused) as refused:
        office.do(leave_lead, office.colleague, reference, on=WEDNESDAY)
    assert refused.value.field == "words"
    office.do(leave_lead, office.colleague, reference, words="By phone.", on=WEDNESDAY)
    assert [each.number for each in case_of(office, reference).members] == [1, 3, 4]
