"""The resident's complaint and an MP's about the same matter: one case, two correspondents, the earlier receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from portal.actions.ask_for_code import ask_for_code, send_way_to_code
from portal.actions.change_contact import change_contact
from portal.actions.confirm_authority import confirm_authority
from portal.actions.confirm_contact import confirm_contact
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.end_authority import end_authority
from portal.actions.record_authority import record_authority
from portal.actions.send_message import send_message
from portal.actions.tell_condition import tell_condition
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling, holding
from portal.domain.contact import Contact, contact_of
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.lifecycle import Status
from portal.domain.owed import deadlines_of, next_due
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Key, LetterKind
from portal.domain.refusal import Refused, StaleVersion
from portal.domain.representation import NewAuthority
from portal.domain.representative_kinds import AskedBy, AuthorityEvidence, AuthorityScope, Standing, WhyEnded
from portal.records import access, office_cases
from portal.records.history import NotFound
from portal.records.models import LetterRow, Link, LinkPurpose
from portal.records.office_cases import Show
from portal.records.queue import counts
from portal.records.work_lists import View
from tests.actions.joining import CODE, DAUGHTER, GIVEN, MP, RESIDENT, SECRET, an_office, handed_in, join, opened, undo
from tests.actions.office import Office, ten_oclock
from tests.actions.test_representatives import chain_holds

pytestmark = pytest.mark.on_both

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
THURSDAY = date(2026, 11, 5)
IN_MAY = date(2027, 5, 2)
MPS = {AuthorityScope.SUBMIT, AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY}


def due(office: Office, reference: str) -> date | None:
    file = office.case(reference)
    found = next_due(file.case, file.rules)
    assert file.row.due_on == (found.on if found else None)
    return found.on if found else None


@pytest.mark.parametrize("mp_first", [True, False])
@pytest.mark.parametrize("from_the_other", [True, False])
def test_the_earlier_receipt_is_day_0_whoever_was_first_and_from_whichever_they_are_joined(
    office: Office, mp_first: bool, from_the_other: bool
) -> None:
    if mp_first:
        mps, own = handed_in(office, MONDAY), office.submit(TUESDAY)
    else:
        own, mps = office.submit(MONDAY), handed_in(office, TUESDAY)
    first, second = (mps, own) if mp_first else (own, mps)
    join(office, *((second, first) if from_the_other else (first, second)), WEDNESDAY)
    kept, other = office.case(first), office.case(second)
    assert kept.case.received.received_on == MONDAY
    assert kept.row.due_on == date(2026, 11, 9)  # IDS 6.2.1: five working days from Monday the 2nd
    assert (other.case.status, other.row.is_open, other.row.due_on) == (Status.JOINED, False, None)
    assert other.case.joined_into.into_reference == first
    members = [each for each in kept.case.representatives if each.added.name == MP.name]
    assert [each.scopes(WEDNESDAY) for each in members] == [MPS]
    assert members[0].added.own_reference == "MP/1"
    assert kept.case.received.person == RESIDENT, "what the resident said themselves holds"
    assert opened(office, mps, CODE, WEDNESDAY).reference == first
    assert chain_holds(office)


def test_it_counts_once(office: Office) -> None:
    own, mps = office.submit(MONDAY), handed_in(office, TUESDAY)
    with office.database.session() as session:
        assert counts(session, office.lead, WEDNESDAY)[View.ALL_OPEN] == 2
    join(office, own, mps, WEDNESDAY)
    with office.database.session() as session:
        seen = counts(session, office.lead, WEDNESDAY)
    assert (seen[View.ALL_OPEN], seen[View.ENDED]) == (1, 1)


def test_three_joined_in_any_order_end_in_the_first(office: Office) -> None:
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
        references = [
            office.submit(MONDAY),
            handed_in(office, TUESDAY, code=f"{order[0]}222222222222222"),
            handed_in(office, WEDNESDAY, DAUGHTER, code=f"{order[0]}333333333333333"),
        ]
        one, two, three = (references[place] for place in order)
        in_two = join(office, one, two, THURSDAY).row.reference
        kept = join(office, three, in_two, THURSDAY)
        assert kept.row.reference == references[0]
        assert kept.row.due_on == date(2026, 11, 9)
        acting = {each.added.name for each in kept.case.representatives if not each.ended}
        assert acting == {MP.name, DAUGHTER.name}
        assert len(kept.case.representatives) == 2


# IDS: acknowledge within 5 working days of receipt (6.2.1), answer within 10 of the acknowledgement (6.2.3).
def test_the_answer_counts_from_the_first_acknowledgement_of_the_two(office: Office) -> None:
    own, mps = office.submit(MONDAY), handed_in(office, TUESDAY)
    office.assign(mps, TUESDAY)
    office.acknowledge(mps, TUESDAY)
    join(office, own, mps, WEDNESDAY)
    assert due(office, own) == date(2026, 11, 9), "its own acknowledgement is still owed, by its own date"
    file = office.case(own)
    answers = {each.due for each in deadlines_of(file.case, file.rules) if each.key is Key.RESPOND_STAGE_1}
    assert answers == {date(2026, 11, 17)}, "ten working days from Tuesday the 3rd"
    office.assign(own, THURSDAY)
    office.acknowledge(own, THURSDAY)
    assert due(office, own) == date(2026, 11, 17)


def test_no_answer_comes_later_than_was_told_of_the_other(office: Office) -> None:
    own = office.acknowledged(MONDAY)
    office.extend(own, TUESDAY, date(2026, 11, 30))
    mps = handed_in(office, TUESDAY)
    assert due(office, own) == date(2026, 11, 30)
    join(office, own, mps, WEDNESDAY)
    # The MP was told: five working days, then ten more, from Tuesday the 3rd.
    assert due(office, own) == date(2026, 11, 24)
    office.extend(own, WEDNESDAY, date(2026, 11, 26), good_reason="The roof is unsafe.", update_every_working_days=5)
    assert due(office, own) == date(2026, 11, 26), "everybody is told of a new date"
    undo(office, mps, THURSDAY)
    assert due(office, own) == date(2026, 11, 26)
    assert due(office, mps) == date(2026, 11, 10)


def test_limits_that_passed_before_are_on_record_in_both(office: Office) -> None:
    own, mps = office.submit(MONDAY), handed_in(office, TUESDAY)
    late = date(2026, 11, 12)
    join(office, own, mps, late)
    for reference in (own, mps):
        assert {key for key, _ in office.case(reference).case.missed} == {Key.ACKNOWLEDGE_STAGE_1}


def test_what_the_other_complains_of_is_answered_too(office: Office) -> None:
    own = office.acknowledged(MONDAY)
    mps = handed_in(office, TUESDAY)
    join(office, own, mps, WEDNESDAY, points=["The gutter is broken", " the ROOF leaks "])
    points = office.case(own).case.now.acknowledged.points
    assert points == ("The roof leaks", "Nobody called back", "The gutter is broken")
    told = office.letters(own)[-1]
    assert told.kind is LetterKind.COMPLAINTS_JOINED
    assert "The gutter is broken" in told.body
    undo(office, mps, THURSDAY)
    assert office.case(own).case.now.acknowledged.points == ("The roof leaks", "Nobody called back")


def letters_of(office: Office, reference: str, kind: LetterKind) -> list[LetterRow]:
    with office.database.session() as session:
        wanted = (LetterRow.complaint_id == office.case(reference).row.id, LetterRow.kind == kind)
        return list(session.scalars(select(LetterRow).where(*wanted).order_by(LetterRow.to_address)))


def test_each_correspondent_is_told_and_reads_nothing_of_the_others(office: Office) -> None:
    own = office.acknowledged(MONDAY)
    mps, hers = handed_in(office, TUESDAY), handed_in(office, TUESDAY, DAUGHTER, code="3333333333333333")
    join(office, own, mps, WEDNESDAY)
    join(office, own, hers, WEDNESDAY)
    told = letters_of(office, own, LetterKind.COMPLAINTS_JOINED)
    to = [each.to_address for each in told]
    assert to == [DAUGHTER.email, MP.email, MP.email, RESIDENT.email, RESIDENT.email]
    for letter in told:
        assert own in letter.body
        assert "Monday 2 November 2026" in letter.body
        assert "is lost" in letter.body
    daughters, mps_first, mps_second, *_ = told
    assert "Your reference: D-1" in daughters.body
    assert hers in daughters.body
    for private in (MP.name, "MP/1", mps, "The roof leaks", RESIDENT.name):
        assert private not in daughters.body, "she may be told that it was received, and no more"
    for letter in (mps_first, mps_second):
        for private in (DAUGHTER.name, hers, "D-1"):
            assert private not in letter.body
    assert "The roof leaks" in mps_first.body + mps_second.body
    assert not letters_of(office, mps, LetterKind.COMPLAINTS_JOINED), "the other sends nothing any more"


def checked(office: Office, reference: str) -> None:
    """Staff find that the resident is reached as on record."""
    told = contact_of(office.case(reference).case.received)
    office.do(confirm_contact, office.lead, reference, told, how="Called.", secret_key=SECRET, on=WEDNESDAY)


def test_what_the_resident_says_as_somebody_else_said_it_needs_no_check(office: Office) -> None:
    mps, own = handed_in(office, MONDAY, person=RESIDENT), office.submit(TUESDAY)
    assert office.case(mps).case.contact_to_check
    join(office, own, mps, WEDNESDAY)
    assert not office.case(mps).case.contact_to_check
    undo(office, own, THURSDAY)
    assert office.case(mps).case.contact_to_check


def test_an_address_that_somebody_else_gave_never_takes_the_place_of_the_residents(office: Office) -> None:
    mps, own = handed_in(office, MONDAY), office.submit(TUESDAY)
    through_it = office.issue_code(mps, MONDAY)
    theirs = office.issue_code(own, TUESDAY)
    join(office, own, mps, WEDNESDAY)
    kept = office.case(mps).case
    assert (kept.received.person, kept.received.reply_by) == (RESIDENT, ReplyBy.EMAIL)
    assert opened(office, mps, through_it, WEDNESDAY) is None, "whoever has that address reads nothing that is theirs"
    visit = opened(office, own, theirs, WEDNESDAY)
    assert (visit.reference, visit.holder) == (mps, access.RESIDENT)
    sent_to = {each.to_address for each in letters_of(office, mps, LetterKind.COMPLAINTS_JOINED)}
    assert sent_to == {"", MP.email}, "anybody can type an address: it waits until somebody has checked it"
    assert office.case(mps).case.contact_to_check
    checked(office, mps)
    sent_to = {each.to_address for each in letters_of(office, mps, LetterKind.COMPLAINTS_JOINED)}
    assert sent_to == {RESIDENT.email, MP.email}
    assert not letters_of(office, mps, LetterKind.MOVED_BY_JOINING)
    undo(office, own, THURSDAY)
    assert office.case(mps).case.received.person == GIVEN
    assert opened(office, mps, through_it, THURSDAY).reference == mps
    assert opened(office, own, theirs, THURSDAY).reference == own


def test_whoever_has_a_code_for_the_other_reads_the_other_and_nothing_more(office: Office) -> None:
    """Anybody can type a name and an address into the form, and is shown a code."""
    own = office.submit(MONDAY)
    again = office.submit(TUESDAY, person=replace(RESIDENT, email="new.address@example.org"))
    code, code_again = office.issue_code(own, TUESDAY), office.issue_code(again, TUESDAY)
    join(office, own, again, WEDNESDAY)
    assert opened(office, own, code, WEDNESDAY).reference == own
    assert opened(office, again, code_again, WEDNESDAY).reference == again
    assert office.case(own).case.received.person == RESIDENT
    (moved,) = letters_of(office, own, LetterKind.MOVED_BY_JOINING)
    assert moved.to_address == "new.address@example.org"


def test_what_must_not_be_done_so_that_somebody_is_safe_is_never_lost(office: Office) -> None:
    own = office.submit(MONDAY)
    mps = handed_in(office, TUESDAY, safe_contact=(SafeContact.NO_POST, SafeContact.DISCREET), reply_by=ReplyBy.NONE)
    join(office, own, mps, WEDNESDAY)
    assert set(office.case(own).case.received.safe_contact) == {SafeContact.NO_POST, SafeContact.DISCREET}
    assert all(each.discreet for each in letters_of(office, own, LetterKind.COMPLAINTS_JOINED))
    undo(office, mps, THURSDAY)
    assert office.case(own).case.received.safe_contact == ()


def waits_for_yes(office: Office, on: date, **changes: object) -> str:
    return handed_in(office, on, replace(DAUGHTER, **changes), code="3333333333333333")


def allow(office: Office, reference: str, number: int, on: date, *scopes: AuthorityScope) -> None:
    told = NewAuthority(evidence=AuthorityEvidence.CALL, scopes=scopes, expires_on=IN_MAY, words="By phone.")
    office.do(record_authority, office.lead, reference, number, told, on=on)


def stop(office: Office, reference: str, number: int, on: date) -> None:
    resident = office.resident(reference)
    office.do(end_authority, resident, reference, number, why=WhyEnded.RESIDENT_STOPPED, on=on)


def test_nobody_whom_the_resident_stopped_comes_back_with_another_complaint(office: Office) -> None:
    first = waits_for_yes(office, MONDAY)
    stop(office, first, 1, MONDAY)
    again = handed_in(office, TUESDAY, DAUGHTER, code="4444444444444444")
    allow(office, again, 1, TUESDAY, AuthorityScope.FULL_REPLY)
    join(office, first, again, WEDNESDAY)
    stopped, back = office.case(first).case.representatives
    assert (stopped.standing(WEDNESDAY), back.standing(WEDNESDAY)) == (Standing.ENDED, Standing.ENDED)
    assert opened(office, again, "4444444444444444", WEDNESDAY) is None
    assert DAUGHTER.email not in {each.to_address for each in letters_of(office, first, LetterKind.COMPLAINTS_JOINED)}
    undo(office, again, THURSDAY)
    assert opened(office, again, "4444444444444444", THURSDAY).scopes == MPS, "there nobody had stopped her"


def test_one_who_was_stopped_in_the_other_has_to_be_asked_about_first(office: Office) -> None:
    first = waits_for_yes(office, MONDAY)
    again = handed_in(office, TUESDAY, DAUGHTER, code="4444444444444444")
    stop(office, again, 1, TUESDAY)
    with pytest.raises(Refused, match="Ask the resident"):
        join(office, first, again, WEDNESDAY)


def test_one_press_in_either_complaint_ends_it_in_both(office: Office) -> None:
    own, hers = office.submit(MONDAY), waits_for_yes(office, TUESDAY)
    allow(office, hers, 1, TUESDAY, AuthorityScope.FULL_REPLY)
    join(office, own, hers, WEDNESDAY)
    assert opened(office, hers, "3333333333333333", WEDNESDAY).scopes == MPS
    stop(office, hers, 1, WEDNESDAY)
    assert opened(office, hers, "3333333333333333", WEDNESDAY) is None
    assert office.case(own).case.representatives[0].ended.why is WhyEnded.RESIDENT_STOPPED
    assert chain_holds(office)


def test_what_was_stopped_or_narrowed_meanwhile_is_not_given_back(office: Office) -> None:
    own, hers = office.submit(MONDAY), waits_for_yes(office, TUESDAY)
    mps = handed_in(office, TUESDAY)
    allow(office, hers, 1, TUESDAY, AuthorityScope.FULL_REPLY)
    join(office, own, hers, WEDNESDAY)
    join(office, own, mps, WEDNESDAY)
    allow(office, own, 1, WEDNESDAY, AuthorityScope.PROGRESS)
    stop(office, own, 2, WEDNESDAY)
    undo(office, hers, THURSDAY)
    undo(office, mps, THURSDAY)
    assert office.case(hers).case.representatives[0].scopes(THURSDAY) == {
        AuthorityScope.SUBMIT,
        AuthorityScope.PROGRESS,
    }
    assert office.case(mps).case.representatives[0].ended.why is WhyEnded.RESIDENT_STOPPED
    assert opened(office, mps, CODE, THURSDAY) is None


def test_what_was_allowed_meanwhile_was_allowed_for_the_one_complaint_alone(office: Office) -> None:
    own, hers = office.submit(MONDAY), waits_for_yes(office, TUESDAY)
    join(office, own, hers, WEDNESDAY)
    allow(office, own, 1, WEDNESDAY, AuthorityScope.DECIDE)
    undo(office, hers, THURSDAY)
    assert office.case(hers).case.representatives[0].standing(THURSDAY) is Standing.WAITING


def test_a_yes_at_an_address_that_is_not_the_residents_is_asked_about_first(office: Office) -> None:
    own, hers = office.submit(MONDAY), waits_for_yes(office, TUESDAY)
    said_yes(office, hers)
    with pytest.raises(Refused, match="Call the resident"):
        join(office, own, hers, WEDNESDAY)
    allow(office, hers, 1, WEDNESDAY, AuthorityScope.PROGRESS)
    join(office, own, hers, WEDNESDAY)


def said_yes(office: Office, reference: str) -> None:
    wanted = NewAuthority(evidence=AuthorityEvidence.LINK, scopes=(AuthorityScope.FULL_REPLY,), expires_on=IN_MAY)
    office.do(confirm_authority, office.resident(reference), reference, 1, wanted, on=TUESDAY)


TWO_PEOPLE = [
    Person(name="Resident Two", email="two@example.org", postcode="N1 0AA"),
    Person(name="Other Person", email=RESIDENT.email, postcode=RESIDENT.postcode),
    Person(name="Resident One", email="namesake@example.org", postcode="N9 9ZZ"),
]


@pytest.mark.parametrize("person", TWO_PEOPLE)
def test_complaints_of_two_people_are_a_group_and_not_one_case(office: Office, person: Person) -> None:
    own, other = office.submit(MONDAY), office.submit(TUESDAY, person=person)
    with pytest.raises(Refused, match="group") as refused:
        join(office, own, other, WEDNESDAY)
    assert refused.value.field == "other"
    assert office.case(other).case.status is Status.RECEIVED


def test_what_would_make_one_case_untrue_is_refused(office: Office) -> None:
    waiting = office.submit(MONDAY)
    answered = office.answered(MONDAY, MONDAY)
    at_stage_2 = office.answered(MONDAY, MONDAY)
    office.escalate(at_stage_2, MONDAY)
    withdrawn, nameless = office.submit(MONDAY), office.submit(MONDAY, person=Person(email=RESIDENT.email))
    office.withdraw(withdrawn, MONDAY)
    for other, words in (
        (answered, "was answered"),
        (at_stage_2, "was answered"),
        (withdrawn, "has ended"),
        (nameless, "not known whom"),
        (waiting, "of the other complaint"),
        ("H4KM-72QT", "no complaint with this reference"),
    ):
        for pair in ((waiting, other), (other, waiting)):
            if pair[0] == "H4KM-72QT":
                continue
            with pytest.raises(Refused, match=words):
                join(office, *pair, TUESDAY)
    assert office.case(waiting).version == 2, "nothing is left of what was refused"


def test_it_needs_a_reason_and_both_as_they_were_looked_at(office: Office) -> None:
    own, mps = office.submit(MONDAY), handed_in(office, TUESDAY)
    for missing in ("reason", "identity_check"):
        with pytest.raises(Refused) as refused:
            join(office, own, mps, WEDNESDAY, **{missing: " "})
        assert refused.value.field == missing
    seen = {"version": office.case(own).version, "other_version": office.case(mps).version}
    office.name(mps, TUESDAY, office.colleague.user_id)
    with pytest.raises(Refused) as refused:
        join(office, own, mps, WEDNESDAY, **seen)
    assert (refused.value.field, isinstance(refused.value, StaleVersion)) == ("other", False)
    office.name(own, TUESDAY, office.colleague.user_id)
    with pytest.raises(StaleVersion):
        join(office, own, mps, WEDNESDAY, version=seen["version"])
    with pytest.raises(NotFound):
        join(office, own, mps, WEDNESDAY, actor=office.oversight)


def test_while_it_is_joined_everything_is_done_to_the_one_that_goes_on(office: Office) -> None:
    own, mps = office.submit(MONDAY), handed_in(office, TUESDAY)
    join(office, own, mps, WEDNESDAY)
    with pytest.raises(Refused, match=f"goes on in {own}"):
        office.assign(mps, WEDNESDAY)
    with pytest.raises(Refused, match=f"goes on in {own}"):
        office.withdraw(mps, WEDNESDAY)
    with pytest.raises(Refused, match="joined to another already"):
        join(office, office.submit(WEDNESDAY), mps, WEDNESDAY)
    with pytest.raises(Refused, match="not joined"):
        undo(office, own, WEDNESDAY)


def test_whoever_is_named_in_either_handles_neither(office: Office) -> None:
    own, mps = office.submit(MONDAY), handed_in(office, TUESDAY)
    office.assign(own, MONDAY)
    office.name(mps, TUESDAY, office.handler.user_id, office.colleague.user_id)
    with pytest.raises(Refused, match="somebody else first"):
        join(office, own, mps, WEDNESDAY)
    office.name(mps, TUESDAY, office.colleague.user_id)
    join(office, own, mps, WEDNESDAY)
    assert office.case(own).case.named_staff == (office.colleague.user_id,)
    undo(office, mps, THURSDAY)
    assert office.case(own).case.named_staff == ()


def test_a_lost_code_is_replaced_where_it_goes_on(office: Office) -> None:
    mps, own = handed_in(office, MONDAY), office.submit(TUESDAY)
    join(office, own, mps, WEDNESDAY)
    checked(office, mps)
    with office.database.unit_of_work() as session:
        asked = ask_for_code(session, office.anyone(), own, now=ten_oclock(WEDNESDAY))
        file = send_way_to_code(session, asked, secret_key=SECRET, now=ten_oclock(WEDNESDAY))
    assert file.row.reference == mps
    with office.database.session() as session:
        link = session.scalars(select(Link).where(Link.purpose == LinkPurpose.NEW_CODE)).one()
        assert (link.complaint.reference, link.to_address) == (mps, RESIDENT.email)


def test_whoever_waits_for_a_yes_has_it_asked_where_it_goes_on(office: Office) -> None:
    own, hers = office.submit(MONDAY), waits_for_yes(office, TUESDAY)

    def open_links() -> list[tuple[str, int, str]]:
        with office.database.session() as session:
            live = select(Link).where(Link.expires_at > ten_oclock(THURSDAY))
            return [(each.complaint.reference, each.representative, each.to_address) for each in session.scalars(live)]

    assert open_links() == [], "nobody has checked the address that she gave"
    join(office, own, hers, WEDNESDAY)
    assert open_links() == [(own, 1, RESIDENT.email)], "at the address that the resident gave"
    undo(office, hers, THURSDAY)
    assert open_links() == []


def test_what_was_asked_for_to_make_it_easier_comes_along_once(office: Office) -> None:
    own = office.submit(MONDAY, adjustments=(Adjustment.LARGE_PRINT,))
    hers = handed_in(office, TUESDAY, DAUGHTER, adjustments=(Adjustment.LARGE_PRINT, Adjustment.NO_PHONE))
    ruling = Ruling(
        outcome=Outcome.AGREED, adjustment=Adjustment.NO_PHONE, scope=AdjustmentScope.ALL_CONTACT, review_on=IN_MAY
    )
    office.do(decide_adjustment, office.lead, hers, 2, ruling, on=TUESDAY)
    join(office, own, hers, WEDNESDAY)
    large, quiet = office.case(own).case.adjustments
    assert (large.adjustment, large.carried_from) == (Adjustment.LARGE_PRINT, None)
    assert (quiet.adjustment, quiet.carried_from, quiet.is_agreed) == (Adjustment.NO_PHONE, hers, True)
    assert quiet.review_on == IN_MAY
    assert not office.case(hers).row.adjustments_to_decide, "it is decided where it goes on"
    undo(office, hers, THURSDAY)
    assert [each.adjustment for each in holding(office.case(own).case.adjustments)] == [Adjustment.LARGE_PRINT]
    assert [each.holds for each in office.case(hers).case.adjustments] == [True, True]


def test_messages_that_nobody_has_seen_to_come_first(office: Office) -> None:
    own, mps = office.submit(MONDAY), handed_in(office, TUESDAY)
    office.do(send_message, office.resident(mps), mps, words="Is anybody there?", on=TUESDAY)
    with pytest.raises(Refused, match="messages that nobody has seen to"):
        join(office, own, mps, WEDNESDAY)


def test_what_the_resident_changes_meanwhile_stays_with_the_resident(office: Office) -> None:
    mps, own = handed_in(office, MONDAY), office.submit(TUESDAY)
    join(office, own, mps, WEDNESDAY)
    moved = Contact(reply_by=ReplyBy.EMAIL, email="moved@example.org")
    office.do(change_contact, office.resident(mps), mps, moved, on=WEDNESDAY)
    new_code = office.issue_code(mps, WEDNESDAY)
    undo(office, own, THURSDAY)
    assert office.case(own).case.received.person.email == "moved@example.org"
    assert office.case(mps).case.received.person == GIVEN
    assert opened(office, mps, new_code, THURSDAY).reference == own, "a new code is theirs as the old one was"


def test_an_office_has_one_line_for_one_case_and_none_for_a_mistake(office: Office) -> None:
    mps_office = an_office(office, MONDAY)
    at_work = replace(MP, office_id=mps_office)
    member = Actor(Role.OFFICE_MEMBER, landlord="ids", office_id=mps_office, member_id=1)

    def lines(on: date) -> list[tuple[str, str]]:
        with office.database.session() as session:
            found = office_cases.own_cases(session, member, Show.ALL, on).rows
        return sorted((each.reference, each.own_reference) for each in found)

    own = office.submit(MONDAY)
    one = handed_in(office, TUESDAY, at_work)
    not_asked = replace(at_work, own_reference="MP/2", asked_by=AskedBy.SOMEBODY_ELSE)
    two = handed_in(office, TUESDAY, not_asked, code="5555555555555555")
    assert lines(TUESDAY) == sorted([(one, "MP/1"), (two, "MP/2")])
    join(office, own, one, WEDNESDAY)
    join(office, own, two, WEDNESDAY)
    assert lines(WEDNESDAY) == [(own, "MP/1")], "the one with which they may be told"
    undo(office, two, THURSDAY)
    undo(office, one, THURSDAY)
    assert lines(THURSDAY) == sorted([(one, "MP/1"), (two, "MP/2")])


def test_what_was_told_about_health_goes_with_the_last_adjustment_there_too(office: Office) -> None:
    own, hers = office.submit(MONDAY), handed_in(office, TUESDAY, DAUGHTER, adjustments=(Adjustment.HOME_VISIT,))
    office.do(tell_condition, office.lead, hers, words="Cannot climb stairs.", on=TUESDAY)
    join(office, own, hers, WEDNESDAY)
    assert office.case(hers).case.conditions
    no = Ruling(
        outcome=Outcome.DECLINED,
        adjustment=Adjustment.HOME_VISIT,
        scope=AdjustmentScope.THIS_COMPLAINT,
        reason="Not this month.",
        alternative="At the library.",
    )
    office.do(decide_adjustment, office.lead, own, 1, no, on=WEDNESDAY)
    assert not office.case(hers).case.conditions
    assert chain_holds(office)
