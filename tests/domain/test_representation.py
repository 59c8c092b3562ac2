"""Who may act for a resident: the table of the rules, written out by hand, and how an authority stands day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from portal.domain.adjustment_events import AdjustmentDecided
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import after as after_adjustment
from portal.domain.adjustments import asked_at_first
from portal.domain.refusal import Refused
from portal.domain.representation import (
    NewAuthority,
    NewRepresentative,
    Representative,
    accepted,
    after,
    authority_of,
    basis_of,
    check_authority,
    copied_to,
    first_events,
    may_receive,
    row_of,
    whole,
)
from portal.domain.representative_events import AuthorityEnded, AuthorityRecorded, RepresentativeAdded
from portal.domain.representative_kinds import (
    AskedBy,
    AuthorityBasis,
    AuthorityEvidence,
    AuthorityScope,
    Capacity,
    Ground,
    ReplyTo,
    Standing,
    WhyEnded,
)
from tests.domain.cases import received

# As the rules have it (Code 1.3, 3.6; Data Protection Act 2018, Schedule 1, paragraphs 23 and 24).
#
# what   "all": progress, letters, meetings and decisions; "told": the same without decisions
# on     what each of these can rest on; whatever is not named is not enough
# end    whether a last day has to be said
TABLE = """
capacity       asked by  submits   what   end  on
mp             resident  yes       told   -    official_address link call own_page
msp            resident  yes       told   -    official_address link call own_page
member_of_senedd resident  yes       told   -    official_address link call own_page
mla            resident  yes       told   -    official_address link call own_page
councillor     resident  yes       told   -    official_address link call own_page
mayor          resident  yes       told   -    official_address link call own_page
mp             others    yes       told   -    ground link call own_page signed emailed voice
msp            others    yes       told   -    ground link call own_page signed emailed voice
member_of_senedd others    yes       told   -    ground link call own_page signed emailed voice
mla            others    yes       told   -    ground link call own_page signed emailed voice
councillor     others    yes       told   -    ground link call own_page signed emailed voice
mayor          others    yes       told   -    ground link call own_page signed emailed voice
advocate       anybody   yes       all    yes  link call own_page signed emailed voice
advice_agency  anybody   yes       all    yes  link call own_page signed emailed voice
social_worker  anybody   yes       all    yes  link call own_page signed emailed voice
family         anybody   yes       all    yes  link call own_page signed emailed voice
friend         anybody   yes       all    yes  link call own_page signed emailed voice
other          anybody   yes       all    yes  link call own_page signed emailed voice
solicitor      anybody   yes       all    yes  letter_of_authority link call own_page
attorney       anybody   yes       all    -    power link call own_page
deputy         anybody   yes       all    -    power link call own_page
appointee      anybody   yes       all    -    power link call own_page
executor       anybody   yes       all    -    grant declaration
next_of_kin    anybody   yes       all    -    grant declaration
tenant_panel   anybody   supports  told   yes  link call own_page signed emailed voice
"""

TOLD = {AuthorityScope.SUBMIT, AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY, AuthorityScope.MEETINGS}
WHAT = {"all": TOLD | {AuthorityScope.DECIDE}, "told": TOLD}
ASKED = {
    "resident": (AskedBy.RESIDENT,),
    "others": (AskedBy.SOMEBODY_ELSE, AskedBy.NOT_SAID),
    "anybody": tuple(AskedBy),
}

A_DAY = date(2026, 11, 2)
LATER = date(2027, 5, 2)


def lines() -> list[tuple[Capacity, AskedBy, str, str, str, set[AuthorityEvidence]]]:
    _, *rest = TABLE.strip().splitlines()
    return [
        (Capacity(capacity), by, submits, what, end, {AuthorityEvidence(each) for each in on})
        for capacity, asked, submits, what, end, *on in (line.split() for line in rest)
        for by in ASKED[asked]
    ]


def test_the_table_speaks_of_everybody_once() -> None:
    spoken = [(capacity, by) for capacity, by, *_ in lines()]
    assert len(spoken) == len(set(spoken))
    assert set(spoken) == {(capacity, by) for capacity in Capacity for by in AskedBy}


@pytest.mark.parametrize(("capacity", "by", "submits", "what", "end", "on"), lines())
def test_what_each_may_receive_and_what_it_rests_on(
    capacity: Capacity, by: AskedBy, submits: str, what: str, end: str, on: set[AuthorityEvidence]
) -> None:
    row = row_of(capacity, by)
    assert row.supports_only is (submits == "supports")
    assert row.needs_end is (end == "yes")
    assert accepted(capacity, by) == on
    assert may_receive(capacity, by, None) == {AuthorityScope.SUBMIT}
    for evidence in AuthorityEvidence:
        expected = WHAT[what] if evidence in on else {AuthorityScope.SUBMIT}
        assert may_receive(capacity, by, evidence) == expected, evidence


def test_the_basis_is_that_of_the_evidence() -> None:
    resident, others = AskedBy.RESIDENT, AskedBy.SOMEBODY_ELSE
    assert basis_of(Capacity.MP, resident, AuthorityEvidence.OFFICIAL_ADDRESS) is AuthorityBasis.ELECTED
    assert basis_of(Capacity.MP, others, AuthorityEvidence.GROUND) is AuthorityBasis.ELECTED_GROUND
    assert basis_of(Capacity.MP, others, AuthorityEvidence.CALL) is AuthorityBasis.CONSENT
    assert basis_of(Capacity.SOLICITOR, resident, AuthorityEvidence.LETTER_OF_AUTHORITY) is AuthorityBasis.CONSENT
    assert basis_of(Capacity.ATTORNEY, resident, AuthorityEvidence.POWER) is AuthorityBasis.POWER
    assert basis_of(Capacity.EXECUTOR, resident, AuthorityEvidence.GRANT) is AuthorityBasis.ESTATE


@pytest.mark.parametrize("capacity", Capacity)
@pytest.mark.parametrize("by", AskedBy)
@pytest.mark.parametrize("official", [True, False])
def test_only_elected_people_whom_the_resident_asked_need_no_form(
    capacity: Capacity, by: AskedBy, official: bool
) -> None:
    wants = (AuthorityScope.DECIDE, AuthorityScope.FULL_REPLY)
    new = NewRepresentative(capacity=capacity, asked_by=by, name="Somebody", official=official, wants=wants)
    one = made(*first_events(new, 1, A_DAY))
    elected = capacity.value in ("mp", "msp", "member_of_senedd", "mla", "councillor", "mayor")
    if elected and by is AskedBy.RESIDENT and official:
        assert one.scopes(A_DAY) == {AuthorityScope.SUBMIT, AuthorityScope.PROGRESS, AuthorityScope.FULL_REPLY}
        assert one.gets_copies(A_DAY)
    else:
        assert one.standing(A_DAY) is Standing.WAITING
        assert one.scopes(A_DAY) == {AuthorityScope.SUBMIT}
        assert not one.gets_copies(A_DAY)


def made(*events: object) -> Representative:
    found: tuple[Representative, ...] = ()
    for event in events:
        found = after(found, event)  # type: ignore[arg-type]
    return found[0]


def helper(capacity: Capacity = Capacity.FAMILY, **changes: object) -> RepresentativeAdded:
    told = {"number": 1, "added_on": A_DAY, "capacity": capacity, "asked_by": AskedBy.RESIDENT, "name": "Daughter"}
    return RepresentativeAdded(**{**told, **changes})  # type: ignore[arg-type]


def allowed(*scopes: AuthorityScope, until: date | None = LATER, start: date = A_DAY) -> AuthorityRecorded:
    return AuthorityRecorded(
        number=1,
        basis=AuthorityBasis.CONSENT,
        evidence=AuthorityEvidence.CALL,
        scopes=scopes,
        starts_on=start,
        expires_on=until,
    )


def test_an_authority_lasts_from_its_first_day_to_the_end_of_its_last() -> None:
    one = made(helper(), allowed(AuthorityScope.PROGRESS))
    before, last, over = A_DAY - timedelta(days=1), LATER, LATER + timedelta(days=1)
    assert [one.standing(day) for day in (before, A_DAY, last, over)] == [
        Standing.NOT_YET,
        Standing.IN_FORCE,
        Standing.IN_FORCE,
        Standing.EXPIRED,
    ]
    assert one.scopes(before) == {AuthorityScope.SUBMIT}
    assert one.scopes(last) == {AuthorityScope.SUBMIT, AuthorityScope.PROGRESS}
    assert one.scopes(over) == frozenset()
    assert made(helper(), allowed(AuthorityScope.PROGRESS, until=None)).standing(over) is Standing.IN_FORCE


def test_what_has_ended_allows_nothing_until_it_is_allowed_again() -> None:
    ended = AuthorityEnded(number=1, ended_on=A_DAY, why=WhyEnded.RESIDENT_STOPPED)
    one = made(helper(), allowed(AuthorityScope.FULL_REPLY), ended)
    assert (one.standing(A_DAY), one.scopes(A_DAY)) == (Standing.ENDED, frozenset())
    assert not one.gets_copies(A_DAY)
    again = made(helper(), allowed(AuthorityScope.FULL_REPLY), ended, allowed(AuthorityScope.PROGRESS))
    assert again.scopes(A_DAY) == {AuthorityScope.SUBMIT, AuthorityScope.PROGRESS}
    with pytest.raises(Refused):
        made(helper(), ended, ended)


def test_whoever_decides_knows_what_about_and_a_meeting_shows_no_letters() -> None:
    assert whole({AuthorityScope.DECIDE}) == set(AuthorityScope) - {AuthorityScope.MEETINGS}
    assert whole({AuthorityScope.MEETINGS}) == {AuthorityScope.SUBMIT, AuthorityScope.MEETINGS}
    assert whole(()) == {AuthorityScope.SUBMIT}


def test_copies_go_to_those_who_may_have_them_and_want_them() -> None:
    letters, progress = allowed(AuthorityScope.FULL_REPLY), allowed(AuthorityScope.PROGRESS)
    assert made(helper(), letters).gets_copies(A_DAY)
    assert made(helper(reply_to=ReplyTo.REPRESENTATIVE), letters).gets_copies(A_DAY)
    assert not made(helper(reply_to=ReplyTo.RESIDENT), letters).gets_copies(A_DAY)
    assert not made(helper(), progress).gets_copies(A_DAY)


def test_an_advocate_whom_the_resident_asked_for_is_copied_once_that_is_agreed_and_nobody_else_is() -> None:
    """Code 5.10: whatever was chosen at first, and never beyond what the resident allowed."""
    letters, progress = allowed(AuthorityScope.FULL_REPLY), allowed(AuthorityScope.PROGRESS)
    not_to_me = {"reply_to": ReplyTo.RESIDENT}
    advocate = made(helper(Capacity.ADVOCATE, **not_to_me), letters)
    others = (made(helper(**not_to_me), letters), made(helper(Capacity.ADVOCATE, **not_to_me), progress))
    asked = asked_at_first(received(A_DAY, adjustments=(Adjustment.ADVOCATE,)))
    agreed = AdjustmentDecided(
        number=1,
        outcome=Outcome.AGREED,
        scope=AdjustmentScope.THIS_COMPLAINT,
        decided_on=A_DAY,
        told_on=A_DAY,
        adjustment=Adjustment.ADVOCATE,
    )
    assert copied_to((advocate, *others), asked, A_DAY) == ()
    assert copied_to((advocate, *others), after_adjustment(asked, agreed), A_DAY) == (advocate,)


@pytest.mark.parametrize(
    ("capacity", "by", "changes", "field"),
    [
        (Capacity.FAMILY, AskedBy.RESIDENT, {"evidence": AuthorityEvidence.GRANT}, "evidence"),
        (Capacity.MP, AskedBy.RESIDENT, {"scopes": (AuthorityScope.DECIDE,)}, "scopes"),
        (Capacity.FAMILY, AskedBy.RESIDENT, {"scopes": (AuthorityScope.SUBMIT,)}, "scopes"),
        (Capacity.FAMILY, AskedBy.RESIDENT, {"scopes": ()}, "scopes"),
        (Capacity.FAMILY, AskedBy.RESIDENT, {"expires_on": None}, "expires_on"),
        (Capacity.FAMILY, AskedBy.RESIDENT, {"expires_on": A_DAY - timedelta(days=1)}, "expires_on"),
        (Capacity.FAMILY, AskedBy.RESIDENT, {"ground": Ground.CANNOT_CONSENT}, "ground"),
        (Capacity.MP, AskedBy.SOMEBODY_ELSE, {"evidence": AuthorityEvidence.GROUND, "ground": None}, "ground"),
        (Capacity.MP, AskedBy.RESIDENT, {"evidence": AuthorityEvidence.GROUND}, "evidence"),
    ],
)
def test_no_authority_rests_on_less_or_reaches_further(
    capacity: Capacity, by: AskedBy, changes: dict[str, object], field: str
) -> None:
    usual = NewAuthority(
        evidence=AuthorityEvidence.CALL, scopes=(AuthorityScope.PROGRESS,), expires_on=LATER, words="By phone."
    )
    one = made(helper(capacity, asked_by=by))
    check_authority(one, authority_of(one, usual, A_DAY))
    with pytest.raises(Refused) as refused:
        check_authority(one, authority_of(one, replace(usual, **changes), A_DAY))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_representatives_are_counted_from_one_and_others_stay_as_they_are() -> None:
    first, second = helper(), helper(Capacity.MP, number=2)
    both = after(after((), first), second)
    ended = after(both, AuthorityEnded(number=2, ended_on=A_DAY, why=WhyEnded.RESIDENT_STOPPED))
    assert ended[0] is both[0]
    assert ended[1].ended is not None
    for wrong in (helper(number=1), helper(Capacity.MP, number=4)):
        with pytest.raises(Refused):
            after(both, wrong)
    with pytest.raises(Refused):
        after(both, AuthorityEnded(number=3, ended_on=A_DAY, why=WhyEnded.RESIDENT_STOPPED))
