"""Complaints that belong together and stay two: linked in both, held to the earlier date, undone without loss."""

from __future__ import annotations

from datetime import date

import pytest

from portal.actions.end_link import end_link
from portal.actions.link_complaints import link_complaints
from portal.actions.restrict_complaint import restrict_complaint
from portal.domain.events import Person
from portal.domain.lifecycle import Status
from portal.domain.linking_events import LinkKind
from portal.domain.owed import next_due
from portal.domain.permissions import Actor
from portal.domain.policy import Key
from portal.domain.refusal import Refused
from portal.records.history import CaseFile, NotFound
from tests.actions.joining import join
from tests.actions.office import Office
from tests.actions.test_representatives import chain_holds

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
NEXT_WEEK = date(2026, 11, 9)
FOURTH_WEEK = date(2026, 11, 24)

KINDS = pytest.mark.parametrize("kind", [LinkKind.RELATED, LinkKind.SAME_MATTER])


def link(
    office: Office, one: str, other: str, kind: LinkKind = LinkKind.RELATED, on: date = NEXT_WEEK, reason: str = "Roof."
) -> CaseFile:
    return office.do(link_complaints, office.lead, one, other, kind=kind, reason=reason, on=on)


def end(office: Office, one: str, other: str, kind: LinkKind = LinkKind.RELATED, on: date = NEXT_WEEK) -> CaseFile:
    return office.do(end_link, office.lead, one, other, kind=kind, reason="Two roofs.", on=on)


def due(office: Office, reference: str) -> date | None:
    file = office.case(reference)
    found = next_due(file.case, file.rules)
    assert file.row.due_on == (found.on if found else None)
    return found.on if found else None


def refusal(office: Office, one: str, other: str, kind: LinkKind = LinkKind.SAME_MATTER) -> str | None:
    with pytest.raises(Refused) as refused:
        link(office, one, other, kind)
    return refused.value.field


@KINDS
@pytest.mark.parametrize("from_the_later", [True, False])
def test_both_say_so_from_whichever_it_is_done(office: Office, kind: LinkKind, from_the_later: bool) -> None:
    earlier, later = office.submit(MONDAY), office.submit(TUESDAY)
    link(office, *((later, earlier) if from_the_later else (earlier, later)), kind)
    for one, other in ((earlier, later), (later, earlier)):
        (held,) = office.case(one).case.links
        assert (held.link, held.other_reference, held.reason) == (kind, other, "Roof.")
    assert chain_holds(office)


def test_a_note_changes_no_date(office: Office) -> None:
    earlier, later = office.acknowledged(MONDAY), office.acknowledged(NEXT_WEEK)
    before = due(office, earlier), due(office, later)
    link(office, earlier, later)
    assert (due(office, earlier), due(office, later)) == before


def test_a_later_report_of_the_same_matter_is_answered_by_the_date_of_the_earlier_and_stays_open(
    office: Office,
) -> None:
    earlier, later = office.acknowledged(MONDAY), office.acknowledged(NEXT_WEEK)
    assert (due(office, earlier), due(office, later)) == (date(2026, 11, 16), date(2026, 11, 23))
    link(office, later, earlier, LinkKind.SAME_MATTER)
    assert (due(office, earlier), due(office, later)) == (date(2026, 11, 16), date(2026, 11, 16))
    office.answer(earlier, date(2026, 11, 12))
    office.close(earlier, date(2026, 11, 13))
    still = office.case(later)
    assert (still.case.status, still.row.is_open) == (Status.ACKNOWLEDGED, True)
    office.notice_missed(date(2026, 11, 17))
    assert [key for key, _ in office.case(later).case.missed] == [Key.RESPOND_STAGE_1, Key.RESPOND_STAGE_1]


def test_undoing_gives_each_its_own_date_again_and_keeps_what_was_late(office: Office) -> None:
    earlier, later = office.acknowledged(MONDAY), office.acknowledged(NEXT_WEEK)
    link(office, earlier, later, LinkKind.SAME_MATTER)
    link(office, earlier, later)
    end(office, later, earlier, LinkKind.SAME_MATTER, date(2026, 11, 18))
    assert due(office, later) == date(2026, 11, 23)
    assert office.case(later).case.missed
    for reference in (earlier, later):
        assert [each.link for each in office.case(reference).case.links] == [LinkKind.RELATED]
        kinds = [each.event.kind for each in office.case(reference).recorded]
        assert kinds.count("complaint_linked") == 2
        assert "link_ended" in kinds
    with pytest.raises(Refused, match="not linked in this way"):
        end(office, later, earlier, LinkKind.SAME_MATTER, date(2026, 11, 18))
    assert chain_holds(office)


def test_an_earlier_report_that_has_ended_is_background_and_sets_no_date(office: Office) -> None:
    earlier = office.answered(MONDAY, TUESDAY)
    office.close(earlier, WEDNESDAY)
    later = office.acknowledged(NEXT_WEEK)
    link(office, later, earlier, LinkKind.SAME_MATTER)
    assert due(office, later) == date(2026, 11, 23)
    assert office.case(earlier).case.status is Status.CLOSED


def test_what_would_say_what_is_not_so_is_refused(office: Office) -> None:
    one, other = office.submit(MONDAY), office.submit(TUESDAY)
    stranger = office.submit(TUESDAY, person=Person(name="Somebody Else", email="else@example.org"))
    assert refusal(office, one, stranger) == "other"
    assert refusal(office, one, one) == "other"
    assert refusal(office, one, "H4KM-73QT") == "other"
    with pytest.raises(Refused) as refused:
        link(office, one, other, reason=" ")
    assert refused.value.field == "reason"
    link(office, one, other)
    assert refusal(office, other, one, LinkKind.RELATED) == "other"


def test_a_date_tells_nobody_of_a_complaint_that_they_may_not_know_of(office: Office) -> None:
    one, other = office.submit(MONDAY), office.submit(TUESDAY)
    office.do(restrict_complaint, office.lead, one, [office.colleague.user_id], reason="A colleague.", on=TUESDAY)
    assert refusal(office, one, other) == "other"
    for actor, here, there in ((office.handler, other, one), (office.colleague, one, other)):
        _try(office, actor, here, there, sees_both=actor is office.colleague)


def _try(office: Office, actor: Actor, here: str, there: str, *, sees_both: bool) -> None:
    said = {"kind": LinkKind.RELATED, "reason": "Roof.", "on": NEXT_WEEK}
    if sees_both:
        office.do(link_complaints, actor, here, there, **said)
        return
    with pytest.raises(Refused, match="no complaint with this reference"):
        office.do(link_complaints, actor, here, there, **said)
    with pytest.raises(NotFound):
        office.do(link_complaints, actor, there, here, **said)


def test_a_link_to_one_that_was_joined_since_can_be_undone_and_none_begun(office: Office) -> None:
    one, other, third = office.submit(MONDAY), office.submit(TUESDAY), office.submit(TUESDAY)
    link(office, third, other)
    join(office, one, other, NEXT_WEEK)
    assert refusal(office, one, other, LinkKind.RELATED) is None
    end(office, third, other)
    assert office.case(other).case.links == ()
