"""Who acts for a resident: received at once, told what the authority allows, stopped at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.actions.add_representative import add_representative
from portal.actions.confirm_authority import confirm_authority
from portal.actions.end_authority import end_authority
from portal.actions.end_member import end_member
from portal.actions.issue_representative_code import issue_representative_code
from portal.actions.record_authority import record_authority
from portal.actions.request_escalation import request_escalation
from portal.actions.submit_complaint import submit_complaint
from portal.domain.events import ReplyBy, Stage
from portal.domain.permissions import Actor, Role
from portal.domain.refusal import Refused
from portal.domain.representation import NewAuthority, NewRepresentative
from portal.domain.representative_kinds import (
    AskedBy,
    AuthorityBasis,
    AuthorityEvidence,
    AuthorityScope,
    Capacity,
    Ground,
    Standing,
    WhyEnded,
)
from portal.records import access, chain, office_cases
from portal.records.history import NotFound
from portal.records.models import AccessCode, RepresentativeRow
from tests.actions.office import SUBMISSION, Office, ten_oclock
from tests.web.representative.member import an_office, hand_in

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
IN_MAY = date(2027, 5, 2)
NEXT_MONDAY = date(2026, 11, 9)

DAUGHTER = NewRepresentative(
    capacity=Capacity.FAMILY,
    asked_by=AskedBy.RESIDENT,
    name="Daughter One",
    email="daughter.one@example.org",
    own_reference="D-1",
)
CODE = "2222222222222222"


def by_call(*scopes: AuthorityScope, until: date | None = IN_MAY) -> NewAuthority:
    return NewAuthority(evidence=AuthorityEvidence.CALL, scopes=scopes, expires_on=until, words="She said so.")


def submitted_for(office: Office, new: NewRepresentative = DAUGHTER, by: Actor | None = None) -> str:
    """A complaint that a representative handed in on Monday, to us or to whoever typed it in."""
    actor = by or Actor(role=Role.REPRESENTATIVE, landlord="ids")
    file = office.do(submit_complaint, actor, "ids", SUBMISSION, code=CODE, representative=new, on=MONDAY)
    return file.row.reference


def represented(office: Office, *scopes: AuthorityScope, until: date | None = IN_MAY) -> str:
    reference = submitted_for(office)
    if scopes:
        office.do(record_authority, office.handler, reference, 1, by_call(*scopes, until=until), on=MONDAY)
    return reference


def visit_with(office: Office, reference: str, code: str, on: date) -> tuple[access.Visit | None, str]:
    """What the code opens on that day, with the token of the visit."""
    with office.database.unit_of_work() as session:
        found = access.code_opens(session, "ids", reference, code, on)
        if found is None:
            return None, ""
        token = access.begin_visit(session, found, at=ten_oclock(on))
        session.flush()
        return access.visit(session, token, at=ten_oclock(on)), token


def one(office: Office, reference: str):  # type: ignore[no-untyped-def]
    return office.case(reference).case.representatives[0]


@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("by", [AskedBy.RESIDENT, AskedBy.SOMEBODY_ELSE])
def test_whoever_hands_it_in_it_is_received_at_once_and_its_clock_runs(
    office: Office, capacity: Capacity, by: AskedBy
) -> None:
    reference = submitted_for(office, NewRepresentative(capacity=capacity, asked_by=by))
    file = office.case(reference)
    assert file.case.received.received_on == MONDAY
    assert file.row.due_on == NEXT_MONDAY  # IDS 6.2.1: five working days, as for anybody
    assert one(office, reference).added.submitted
    assert one(office, reference).standing(MONDAY) is Standing.WAITING
    assert chain_holds(office)


def chain_holds(office: Office) -> bool:
    with office.database.session() as session:
        broken = chain.verify(session, "ids")
    assert broken is None, broken
    return True


def test_their_code_opens_the_receipt_and_the_resident_has_none_until_they_ask(office: Office) -> None:
    reference = submitted_for(office)
    visit, _ = visit_with(office, reference, CODE, TUESDAY)
    assert visit is not None
    assert (visit.holder, visit.representative, visit.scopes) == (
        access.REPRESENTATIVE,
        1,
        {AuthorityScope.SUBMIT},
    )
    own = office.issue_code(reference, TUESDAY)
    theirs, mine = visit_with(office, reference, CODE, TUESDAY)[0], visit_with(office, reference, own, TUESDAY)[0]
    assert theirs is not None, "a new code of the resident's leaves theirs as it is"
    assert mine is not None
    assert (mine.holder, mine.representative, mine.scopes) == (access.RESIDENT, None, frozenset())


def test_an_authority_opens_what_it_says_until_the_end_of_its_last_day(office: Office) -> None:
    reference = represented(office, AuthorityScope.FULL_REPLY, until=WEDNESDAY)
    visit, token = visit_with(office, reference, CODE, WEDNESDAY)
    assert visit is not None
    assert visit.scopes == {AuthorityScope.SUBMIT, AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY}
    the_day_after = WEDNESDAY + timedelta(days=1)
    assert visit_with(office, reference, CODE, the_day_after) == (None, "")
    with office.database.session() as session:
        late = ten_oclock(WEDNESDAY) + timedelta(minutes=59)
        assert access.visit(session, token, at=late) is not None
        midnight = ten_oclock(the_day_after).replace(hour=0)
        assert access.visit(session, token, at=midnight) is None


def test_an_authority_that_begins_later_opens_the_receipt_until_then(office: Office) -> None:
    reference = submitted_for(office)
    wanted = NewAuthority(
        evidence=AuthorityEvidence.SIGNED,
        scopes=(AuthorityScope.PROGRESS,),
        starts_on=WEDNESDAY,
        expires_on=IN_MAY,
        words="Signed.",
    )
    office.do(record_authority, office.handler, reference, 1, wanted, on=MONDAY)
    before, since = (visit_with(office, reference, CODE, day)[0] for day in (TUESDAY, WEDNESDAY))
    assert before is not None
    assert since is not None
    assert before.scopes == {AuthorityScope.SUBMIT}
    assert since.scopes == {AuthorityScope.SUBMIT, AuthorityScope.PROGRESS}


def test_the_resident_stops_it_and_the_next_request_fails_while_their_own_code_goes_on(office: Office) -> None:
    reference = represented(office, AuthorityScope.FULL_REPLY)
    own = office.issue_code(reference, MONDAY)
    _, theirs = visit_with(office, reference, CODE, TUESDAY)
    _, mine = visit_with(office, reference, own, TUESDAY)
    resident = office.resident(reference)
    for _ in range(2):  # a second press changes nothing
        office.do(end_authority, resident, reference, 1, why=WhyEnded.RESIDENT_STOPPED, on=TUESDAY)
    with office.database.session() as session:
        assert access.visit(session, theirs, at=ten_oclock(TUESDAY)) is None
        assert access.visit(session, mine, at=ten_oclock(TUESDAY)) is not None
    assert visit_with(office, reference, CODE, TUESDAY) == (None, "")
    kinds = [each.event.kind for each in office.case(reference).recorded]
    assert kinds.count("authority_ended") == 1
    assert chain_holds(office)


def test_somebody_who_was_stopped_meanwhile_can_do_nothing_more(office: Office) -> None:
    reference = represented(office, AuthorityScope.DECIDE)
    recognised = acting(reference, AuthorityScope.DECIDE)
    office.do(end_authority, office.resident(reference), reference, 1, why=WhyEnded.RESIDENT_STOPPED, on=TUESDAY)
    with pytest.raises(NotFound):
        office.do(request_escalation, recognised, reference, on=WEDNESDAY)


def acting(reference: str, *scopes: AuthorityScope) -> Actor:
    every = frozenset({AuthorityScope.SUBMIT, *scopes})
    return Actor(Role.REPRESENTATIVE, landlord="ids", case_reference=reference, representative=1, scopes=every)


def test_one_who_decides_asks_for_stage_2_and_the_others_may_not(office: Office) -> None:
    reference = office.answered(MONDAY, TUESDAY)
    office.do(add_representative, office.handler, reference, DAUGHTER, on=TUESDAY)
    allowed = by_call(AuthorityScope.DECIDE)
    office.do(record_authority, office.handler, reference, 1, allowed, on=TUESDAY)
    with pytest.raises(Refused):
        office.do(request_escalation, acting(reference, AuthorityScope.FULL_REPLY), reference, on=WEDNESDAY)
    file = office.do(request_escalation, acting(reference, AuthorityScope.DECIDE), reference, on=WEDNESDAY)
    assert file.case.stage is Stage.TWO
    assert file.recorded[-2].by_role is Role.REPRESENTATIVE


def test_what_they_come_with_counts_no_further_than_the_case_itself_allows(office: Office) -> None:
    """Whoever was recognised before less was allowed, or as of an office of which they are not, is nobody there."""
    reference = office.answered(MONDAY, TUESDAY)
    office.do(add_representative, office.handler, reference, DAUGHTER, on=TUESDAY)
    office.do(record_authority, office.handler, reference, 1, by_call(AuthorityScope.DECIDE), on=TUESDAY)
    decides = acting(reference, AuthorityScope.DECIDE)
    as_office = replace(decides, office_id=an_office(office, on=MONDAY).office_id)
    with pytest.raises(NotFound):
        office.do(request_escalation, as_office, reference, on=WEDNESDAY)
    office.do(record_authority, office.handler, reference, 1, by_call(AuthorityScope.FULL_REPLY), on=WEDNESDAY)
    with pytest.raises(NotFound):
        office.do(request_escalation, decides, reference, on=WEDNESDAY)


def test_nobody_is_of_an_office_or_at_an_official_address_by_saying_so(office: Office) -> None:
    known, other = (an_office(office, f"Office {each}", on=MONDAY, member=f"member{each}") for each in "12")
    foreign = an_office(Office(office.database, "ivh"), on=MONDAY)
    said = NewRepresentative(
        capacity=Capacity.FAMILY,
        asked_by=AskedBy.RESIDENT,
        name="Somebody",
        email="own@example.org",
        office_id=other.office_id,
        official=True,
    )
    elected = replace(said, capacity=Capacity.MP)
    stranger = one(office, submitted_for(office, elected))
    assert (stranger.added.office_id, stranger.standing(MONDAY)) == (None, Standing.WAITING)
    member = Actor(Role.OFFICE_MEMBER, landlord="ids", office_id=known.office_id, member_id=known.member_id)
    theirs = one(office, submitted_for(office, said, member)).added
    assert (theirs.office_id, theirs.capacity, theirs.email) == (known.office_id, Capacity.MP, "office@example.org")
    with pytest.raises(Refused, match="office"):
        submitted_for(office, replace(said, office_id=foreign.office_id), office.handler)
    for pretender in (replace(member, office_id=other.office_id), replace(member, member_id=None)):
        with pytest.raises(Refused, match="office"):
            submitted_for(office, said, pretender)
    with pytest.raises(Refused):
        submitted_for(office, said, replace(member, landlord="ivh"))
    left = {"why": "Left.", "now": ten_oclock(MONDAY)}
    with office.database.unit_of_work() as session:
        end_member(session, office.lead, known.office_id, known.member_id, **left)
    with pytest.raises(Refused, match="office"):
        submitted_for(office, said, member)


def test_staff_join_the_office_that_raises_the_same_matter(office: Office) -> None:
    """One case with two correspondents; the resident's receipt stays day 0."""
    reference, known = office.submit(MONDAY), an_office(office, on=MONDAY)
    mp = NewRepresentative(capacity=Capacity.OTHER, asked_by=AskedBy.RESIDENT, name="Member", office_id=known.office_id)
    office.do(add_representative, office.handler, reference, mp, on=TUESDAY)
    joined = one(office, reference)
    assert (joined.added.capacity, joined.standing(TUESDAY)) == (Capacity.MP, Standing.IN_FORCE)
    file = office.case(reference)
    assert file.case.received.received_on == MONDAY
    assert not file.case.contact_to_check
    member = Actor(Role.OFFICE_MEMBER, landlord="ids", office_id=known.office_id, member_id=known.member_id)
    with office.database.session() as session:
        assert office_cases.own_case(session, member, reference) is not None


def test_nobody_stops_another_representative(office: Office) -> None:
    reference = submitted_for(office)
    office.do(add_representative, office.handler, reference, DAUGHTER, on=TUESDAY)
    with pytest.raises(Refused):
        office.do(end_authority, acting(reference), reference, 2, why=WhyEnded.REPRESENTATIVE_LEFT, on=TUESDAY)
    office.do(end_authority, acting(reference), reference, 1, why=WhyEnded.REPRESENTATIVE_LEFT, on=TUESDAY)
    first, second = office.case(reference).case.representatives
    assert first.ended is not None
    assert second.ended is None


def test_the_resident_says_yes_to_as_much_as_they_like(office: Office) -> None:
    reference = submitted_for(office)
    resident = office.resident(reference)
    wanted = NewAuthority(evidence=AuthorityEvidence.OWN_PAGE, scopes=(AuthorityScope.PROGRESS,), expires_on=IN_MAY)
    for _ in range(2):
        office.do(confirm_authority, resident, reference, 1, wanted, on=TUESDAY)
    found = one(office, reference)
    assert found.scopes(TUESDAY) == {AuthorityScope.SUBMIT, AuthorityScope.PROGRESS}
    assert found.authority.basis is AuthorityBasis.CONSENT
    kinds = [each.event.kind for each in office.case(reference).recorded]
    assert kinds.count("authority_recorded") == 1
    stranger = Actor(Role.RESIDENT, landlord="ids", case_reference=office.submit(MONDAY))
    with pytest.raises(NotFound):
        office.do(confirm_authority, stranger, reference, 1, wanted, on=TUESDAY)


def test_a_named_member_of_staff_records_a_ground_for_an_elected_person_whom_the_resident_did_not_ask(
    office: Office,
) -> None:
    asked_by_a_neighbour = NewRepresentative(
        capacity=Capacity.COUNCILLOR, asked_by=AskedBy.SOMEBODY_ELSE, name="Councillor One", official=True
    )
    reference = submitted_for(office, asked_by_a_neighbour, office.handler)
    assert one(office, reference).scopes(MONDAY) == {AuthorityScope.SUBMIT}, "told of the receipt and nothing more"
    wanted = NewAuthority(
        evidence=AuthorityEvidence.GROUND,
        scopes=(AuthorityScope.FULL_REPLY,),
        ground=Ground.CANNOT_CONSENT,
        words="In hospital, not conscious.",
    )
    file = office.do(record_authority, office.handler, reference, 1, wanted, on=TUESDAY)
    recorded = file.recorded[-1]
    assert (recorded.by_role, recorded.by_id) == (Role.HANDLER, office.handler.user_id)
    authority = one(office, reference).authority
    assert (authority.basis, authority.ground) == (AuthorityBasis.ELECTED_GROUND, Ground.CANNOT_CONSENT)


def test_an_elected_person_whom_the_resident_asked_needs_no_form(office: Office) -> None:
    mp = NewRepresentative(capacity=Capacity.MP, asked_by=AskedBy.RESIDENT, name="Member One", official=True)
    found = one(office, submitted_for(office, mp, office.handler))
    assert found.scopes(MONDAY) == {AuthorityScope.SUBMIT, AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY}
    assert found.authority.basis is AuthorityBasis.ELECTED


def test_staff_say_what_they_were_told_and_why_somebody_stops(office: Office) -> None:
    reference = submitted_for(office)
    silent = NewAuthority(evidence=AuthorityEvidence.CALL, scopes=(AuthorityScope.PROGRESS,), expires_on=IN_MAY)
    with pytest.raises(Refused) as refused:
        office.do(record_authority, office.handler, reference, 1, silent, on=MONDAY)
    assert refused.value.field == "words"
    with pytest.raises(Refused) as refused:
        office.do(end_authority, office.handler, reference, 1, why=WhyEnded.MISTAKE, on=MONDAY)
    assert refused.value.field == "words"
    pretended = NewAuthority(
        evidence=AuthorityEvidence.OWN_PAGE, scopes=(AuthorityScope.PROGRESS,), expires_on=IN_MAY, words="?"
    )
    with pytest.raises(Refused):
        office.do(record_authority, office.handler, reference, 1, pretended, on=MONDAY)
    with pytest.raises(Refused):
        office.do(add_representative, office.handler, reference, NewRepresentative(capacity=Capacity.MP), on=MONDAY)


def test_a_new_code_of_a_representative_ends_the_old_and_nobody_elses(office: Office) -> None:
    reference = submitted_for(office)
    office.do(add_representative, office.handler, reference, DAUGHTER, on=TUESDAY)
    other, new = "3333333333333333", "4444444444444444"
    checked = {"identity_check": "Called back.", "on": TUESDAY}
    office.do(issue_representative_code, office.handler, reference, 2, code=other, **checked)
    office.do(issue_representative_code, office.handler, reference, 1, code=new, **checked)
    opened = [visit_with(office, reference, code, TUESDAY)[0] for code in (CODE, other, new)]
    assert [each and each.representative for each in opened] == [None, 2, 1]
    with pytest.raises(Refused):
        office.do(issue_representative_code, office.handler, reference, 1, code=new, identity_check=" ", on=TUESDAY)


def test_the_row_of_a_representative_is_always_the_fold(office: Office) -> None:
    known = an_office(office, on=MONDAY)
    reference = hand_in(office, known, MONDAY, asked_by=AskedBy.SOMEBODY_ELSE, own_reference="MP/1")

    def row() -> tuple[object, ...]:
        with office.database.session() as session:
            found = session.scalars(select(RepresentativeRow)).one()
            return (found.office_id, found.own_reference, found.scopes, found.expires_on, found.ended_on)

    assert row() == (known.office_id, "MP/1", (), None, None)
    office.do(record_authority, office.handler, reference, 1, by_call(AuthorityScope.PROGRESS, until=IN_MAY), on=MONDAY)
    assert row() == (known.office_id, "MP/1", (AuthorityScope.PROGRESS,), IN_MAY, None)
    office.do(end_authority, office.handler, reference, 1, why=WhyEnded.OUT_OF_OFFICE, words="Election.", on=TUESDAY)
    assert row() == (known.office_id, "MP/1", (AuthorityScope.PROGRESS,), IN_MAY, TUESDAY)


def test_what_they_give_as_the_residents_address_is_not_theirs(office: Office) -> None:
    """Or a way to the resident's own code would reach them, and they would say yes to themselves."""
    actor = Actor(role=Role.REPRESENTATIVE, landlord="ids")
    own = replace(SUBMISSION, person=replace(SUBMISSION.person, email="Daughter.One@example.org "))
    file = office.do(submit_complaint, actor, "ids", own, code=CODE, representative=DAUGHTER, on=MONDAY)
    received = office.case(file.row.reference).case.received
    assert (received.person.email, received.reply_by) == ("", ReplyBy.NONE)


def test_nobody_but_the_resident_brings_back_whom_the_resident_stopped(office: Office) -> None:
    reference = represented(office, AuthorityScope.FULL_REPLY)
    office.do(end_authority, office.resident(reference), reference, 1, why=WhyEnded.RESIDENT_STOPPED, on=TUESDAY)
    with pytest.raises(Refused, match="Only the resident can let them act again"):
        office.do(record_authority, office.handler, reference, 1, by_call(AuthorityScope.PROGRESS), on=TUESDAY)
    assert one(office, reference).standing(TUESDAY) is Standing.ENDED


def test_an_elected_person_who_wants_nothing_back_is_told_nothing(office: Office) -> None:
    wants = NewRepresentative(
        capacity=Capacity.MP, asked_by=AskedBy.RESIDENT, wants=(AuthorityScope.SUBMIT,), official=True
    )
    found = one(office, submitted_for(office, wants, office.handler))
    assert found.scopes(TUESDAY) == {AuthorityScope.SUBMIT}


def test_an_office_is_given_no_code_that_somebody_could_take_along(office: Office) -> None:
    reference = hand_in(office, an_office(office, on=MONDAY), MONDAY)
    with office.database.session() as session:
        assert not session.scalars(select(AccessCode)).all()
    with pytest.raises(Refused, match="Their office signs in"):
        office.do(
            issue_representative_code, office.handler, reference, 1, code=CODE, identity_check="Asked.", on=TUESDAY
        )
