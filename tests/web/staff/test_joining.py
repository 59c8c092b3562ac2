"""Two complaints become one: staff see both first, and then each correspondent reads their own and nothing more."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from portal.domain.lifecycle import Status
from portal.records.access_log import AccessEntry
from tests.actions.joining import both, join
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser

SAID = {"reason": "The same roof.", "identity_check": "Called the resident."}


def test_staff_see_both_before_they_join_them_and_read_the_letter_first(lead: Browser, office: Office) -> None:
    own, mps = both(office, MONDAY)
    page = lead.get(f"cases/{own}/join-complaints?other={mps}")
    assert "My constituent's roof leaks." in page.words
    assert "Member One comes along" in page.words
    assert f"We reach the resident as in {own}" in page.words
    with office.database.session() as session:
        looked_at = set(session.scalars(select(AccessEntry.reference)))
    assert looked_at == {own, mps}
    fields = {**SAID, "other": mps, "other_version": page.value("other_version")}
    blind = lead.post(f"cases/{own}/join-complaints", {**fields, "other_version": "", "press": "send"})
    assert "Look at both complaints first" in blind.errors.values()
    preview = lead.post(f"cases/{own}/join-complaints", fields)
    assert "two complaints about the same matter" in preview.words
    assert office.case(mps).case.status is not Status.JOINED, "a preview joins nothing"
    assert lead.post(f"cases/{own}/join-complaints", {**fields, "press": "send"}).status == 303
    assert office.case(mps).case.status is Status.JOINED
    shown = lead.get(f"cases/{own}")
    assert "My constituent's roof leaks." in shown.words
    assert "Another complaint was joined to this one" in shown.words
    ended = lead.get(f"cases/{mps}")
    assert "nothing is done here any more" in ended.words
    assert "This complaint goes on in" in ended.words
    refused = lead.post(f"cases/{mps}/withdraw", {"words": "?", "press": "send"})
    assert (refused.status, f"goes on in {own}" in refused.words) == (403, True)


@pytest.mark.parametrize("from_the_mps", [True, False])
def test_the_letter_of_the_one_that_goes_on_is_shown_from_either_page(
    lead: Browser, office: Office, from_the_mps: bool
) -> None:
    own, mps = both(office, MONDAY)
    here, there = (mps, own) if from_the_mps else (own, mps)
    version = {"other_version": str(office.case(there).version)}
    preview = lead.post(f"cases/{here}/join-complaints", {**SAID, **version, "other": there})
    assert f"The reference to use now is {own}" in preview.words


def test_what_cannot_be_joined_is_said_before_anything_is_typed(lead: Browser, office: Office) -> None:
    own, answered = office.submit(MONDAY), office.answered(MONDAY, MONDAY)
    assert "These cannot be joined" in lead.get(f"cases/{own}/join-complaints?other={answered}").words
    assert "no other complaint" in lead.get(f"cases/{own}/join-complaints?other=H4KM-72QT").words
    pressed = lead.post(f"cases/{own}/join-complaints", {"other": answered, "press": "change", "reason": "The roof."})
    assert (pressed.status, pressed.value("reason")) == (200, "The roof.")


def test_somebody_else_in_between_is_said_and_nothing_is_lost(lead: Browser, office: Office) -> None:
    own, mps = both(office, MONDAY)
    seen = str(office.case(mps).version)
    office.name(mps, MONDAY, office.colleague.user_id)
    again = lead.post(f"cases/{own}/join-complaints", {**SAID, "other": mps, "other_version": seen, "press": "send"})
    assert "Something has happened in the other complaint" in " ".join(again.errors.values())
    assert again.value("reason") == SAID["reason"]
    assert again.value("other_version") == str(office.case(mps).version)


def test_undoing_is_on_both_pages_and_is_read_before_it_is_done(lead: Browser, office: Office) -> None:
    own, mps = both(office, MONDAY)
    join(office, own, mps, MONDAY)
    assert f"cases/{mps}/undo-joining" in lead.get(f"cases/{own}").html
    page = lead.get(f"cases/{mps}/undo-joining")
    fields = {"reason": "Two roofs.", "other_version": page.value("other_version")}
    assert "goes on by itself again" in lead.post(f"cases/{mps}/undo-joining", fields).words
    assert lead.post(f"cases/{mps}/undo-joining", {**fields, "press": "send"}).status == 303
    assert office.case(mps).case.status is Status.RECEIVED
    for reference in (own, mps):
        assert "undone" in lead.get(f"cases/{reference}").words
