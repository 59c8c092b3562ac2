"""A group complains as one: one case, each member's own word, code and letters, and nobody shown to anybody else."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal import landlords
from portal.actions.form_group import form_group
from portal.actions.issue_member_code import issue_member_code
from portal.actions.leave_group import leave_group
from portal.actions.record_posting import record_posting
from portal.domain.events import Person
from portal.domain.group import FOR_ALL, NewMember
from portal.domain.owed import deadlines_of
from portal.domain.policy import LetterKind
from portal.domain.refusal import Refused
from portal.records import access
from portal.records.chain import verify
from portal.records.database import Database
from portal.records.history import NotFound
from portal.records.models import Channel, ComplaintRow, LetterState
from portal.records.queries import counts
from tests.actions.neighbours import (
    IFOR,
    LEAD,
    MATTER,
    MONA,
    OTIS,
    TUESDAY,
    group,
    join,
    letters_to,
    member_of,
    new_code,
    opens,
)
from tests.actions.office import Office
from tests.builders import MONDAY


@pytest.mark.parametrize("landlord", landlords.keys())
def test_each_member_has_each_letter_in_their_own_name_and_format(sqlite_database: Database, landlord: str) -> None:
    office = Office(sqlite_database, landlord)
    reference, _codes = group(office, MONDAY, IFOR, MONA, OTIS)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    office.answer(reference, TUESDAY)
    office.escalate(reference, TUESDAY)
    to_lead = [each for each in office.case(reference).case.letters if each.letter in FOR_ALL]
    assert len(to_lead) == 3
    for number, member in enumerate((IFOR, MONA, OTIS), start=1):
        joined, *copies = letters_to(office, reference, number)
        assert joined.kind is LetterKind.MEMBER_JOINED
        assert [each.kind for each in copies] == [each.letter for each in to_lead]
        for letter in (joined, *copies):
            assert letter.member == number
            unseen = letter.kind is LetterKind.MEMBER_JOINED and letter.channel is Channel.EMAIL
            assert ("Hello," if unseen else f"Dear {member.person.name}") in letter.body
        for letter in copies:
            assert "goes to everybody in the group" in letter.body
    ifor, mona, otis = (letters_to(office, reference, number)[-1] for number in (1, 2, 3))
    assert (ifor.type_size, ifor.plain_text, ifor.state, ifor.discreet) == (24, False, LetterState.PENDING, False)
    assert (mona.by_hand, mona.state, mona.channel) == ("braille_or_audio", LetterState.TO_POST, Channel.POST)
    assert mona.to_address == "Mona Merrow\n2 Example Street\nN1 0AB"
    assert (otis.type_size, otis.plain_text, otis.discreet) == (None, True, True)
    own = office.letters(reference)[-1]
    assert (own.type_size, own.plain_text, own.member, own.discreet) == (None, False, None, False)


def test_no_letter_says_anything_about_anybody_else(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA, OTIS)
    office.assign(reference, MONDAY)
    office.acknowledge(reference, MONDAY)
    office.answer(reference, TUESDAY)
    office.close(reference, TUESDAY)
    people = [LEAD, IFOR.person, MONA.person, OTIS.person]
    everything = [
        office.letters(reference),
        *(letters_to(office, reference, number) for number in (1, 2, 3)),
    ]
    for reader, letters in zip(people, everything, strict=True):
        said = "\n".join(f"{each.subject}\n{each.body}\n{each.to_address}" for each in letters)
        assert reader.name in said
        for other in people:
            if other is not reader:
                hidden = (other.name, other.email, other.phone, other.address, "My mother is ill")
                assert not [each for each in hidden if each and each in said]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(came=st.dates(date(2026, 1, 5), date(2027, 11, 1)), later=st.integers(0, 30), members=st.integers(0, 3))
def test_however_many_join_it_is_one_complaint_with_the_same_dates(
    sqlite_database: Database, came: date, later: int, members: int
) -> None:
    office = Office(sqlite_database, "ids")
    alone = office.case(office.submit(came))
    with office.database.session() as session:
        before = counts(session, office.lead, came)
        rows = len(session.scalars(select(ComplaintRow)).all())
    reference, _ = group(office, came)
    for new in (IFOR, MONA, OTIS)[:members]:
        join(office, reference, new, came + timedelta(days=later))
    file = office.case(reference)
    assert deadlines_of(file.case, file.rules) == deadlines_of(alone.case, alone.rules)
    assert file.row.due_on == alone.row.due_on
    with office.database.session() as session:
        assert len(session.scalars(select(ComplaintRow)).all()) == rows + 1
        after = counts(session, office.lead, came)
    assert all(after[view] - before[view] in (0, 1) for view in after)


def test_whose_code_opens_what(office: Office) -> None:
    invitation = new_code()
    reference, (ifor, mona) = group(office, MONDAY, IFOR, MONA, invitation=invitation)
    own = office.issue_code(reference, MONDAY)
    holders = [opens(office, reference, each) for each in (own, ifor, mona, invitation)]
    assert holders == [access.RESIDENT, access.MEMBER, access.MEMBER, access.INVITATION]
    new = new_code()
    office.do(
        issue_member_code, office.colleague, reference, 1, code=new, identity_check="Rang the number.", on=TUESDAY
    )
    assert [opens(office, reference, each) for each in (ifor, new, mona, own)] == [None, "member", "member", "resident"]


def test_who_leaves_is_out_at_once_and_the_others_go_on(office: Office) -> None:
    reference, (ifor, mona) = group(office, MONDAY, IFOR, MONA)
    office.do(leave_group, member_of(office, reference, 1), reference, 1, on=TUESDAY)
    office.do(leave_group, member_of(office, reference, 1), reference, 1, on=TUESDAY)  # a second press
    assert (opens(office, reference, ifor), opens(office, reference, mona)) == (None, "member")
    office.assign(reference, TUESDAY)
    office.acknowledge(reference, TUESDAY)
    assert [each.kind for each in letters_to(office, reference, 1)] == [LetterKind.MEMBER_JOINED]
    assert [each.kind for each in letters_to(office, reference, 2)][-1] is LetterKind.ACKNOWLEDGEMENT
    with office.database.session() as session:
        assert verify(session, "ids") is None


def test_nobody_leaves_for_somebody_else_and_staff_say_who_told_them(office: Office) -> None:
    reference, _codes = group(office, MONDAY, IFOR, MONA)
    with pytest.raises(Refused, match="somebody else"):
        office.do(leave_group, member_of(office, reference, 1), reference, 2, on=TUESDAY)
    with pytest.raises(Refused, match="how they told us"):
        office.do(leave_group, office.colleague, reference, 2, on=TUESDAY)
    office.do(leave_group, office.colleague, reference, 2, words="By phone.", on=TUESDAY)
    found = office.case(reference).case.group
    assert found is not None
    assert [each.number for each in found.present] == [1]


def test_a_group_is_made_once_and_joined_only_where_there_is_one(office: Office) -> None:
    alone = office.submit(MONDAY)
    with pytest.raises(Refused, match="not that of a group"):
        join(office, alone, IFOR, MONDAY)
    with pytest.raises(NotFound):
        join(office, alone, IFOR, MONDAY, actor=member_of(office, "H4KM-72QT"))
    reference, _codes = group(office, MONDAY)
    with pytest.raises(Refused, match="already"):
        office.do(form_group, office.lead, reference, matter=MATTER, invitation=new_code(), on=MONDAY)
    with pytest.raises(Refused) as refused:
        office.do(form_group, office.lead, alone, matter=" ", invitation=new_code(), on=MONDAY)
    assert refused.value.field == "matter"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"person": Person(email="x@example.org")}, "name"),
        ({"consent": " "}, "consent"),
        ({"person": Person(name="X")}, "email"),
    ],
)
def test_who_joins_is_somebody_who_said_so_and_can_be_reached(
    office: Office, changes: dict[str, Any], field: str
) -> None:
    reference, _codes = group(office, MONDAY)
    words = {name: getattr(IFOR, name) for name in NewMember.__slots__} | changes
    with pytest.raises(Refused) as refused:
        join(office, reference, NewMember(**words), MONDAY)
    assert refused.value.field == field


def test_a_members_paper_letter_is_posted_and_is_no_adjustment_of_the_lead(office: Office) -> None:
    reference, _codes = group(office, MONDAY, MONA)
    (joined,) = letters_to(office, reference, 1)
    with pytest.raises(Refused, match="braille"):
        office.do(record_posting, office.lead, reference, joined.id, posted_on=MONDAY, as_agreed=False, on=MONDAY)
    office.do(record_posting, office.lead, reference, joined.id, posted_on=MONDAY, on=MONDAY)
    assert letters_to(office, reference, 1)[0].state is LetterState.POSTED
    assert office.case(reference).case.adjustments == ()
