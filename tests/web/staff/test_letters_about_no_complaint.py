"""Letters that belong to no complaint: staff print, post and tell them, those that could not be delivered too."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from portal.clock import StoppedClock
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.enquiries import EnquiryLetterKind
from portal.domain.events import ReplyBy
from portal.records.models import LetterState
from tests.actions.office import Office, ten_oclock
from tests.actions.test_enquiries import ADA, asks, letters, petitions, settled
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import day

TUESDAY = MONDAY + timedelta(days=1)


def test_what_is_to_be_posted_or_told_stands_above_the_queue_and_goes_when_it_is_done(
    lead: Browser, office: Office, clock: StoppedClock
) -> None:
    clock.move_to(ten_oclock(TUESDAY))
    large = settled(office, asks(office, Adjustment.LARGE_PRINT, reply_by=ReplyBy.POST))
    called = settled(office, asks(office, reply_by=ReplyBy.PHONE))
    queue = lead.get()
    assert "1 letter is to be printed and posted" in queue.words
    assert "1 letter is to be told by phone" in queue.words
    page = lead.get(f"letters/{large.id}")
    assert "18 point type" in page.words
    assert lead.client.get(lead.address(f"letters/{large.id}.pdf")).data.startswith(b"%PDF")
    posted = {**day("posted_on", TUESDAY), "as_agreed": "no"}
    assert lead.post(f"letters/{large.id}/posted", posted).errors.keys() == {"#reason"}
    assert lead.post(f"letters/{large.id}/posted", {**posted, "as_agreed": "yes"}).status == 303
    assert ADA.phone in lead.get(f"letters/{called.id}").words
    told = {**day("called_on", TUESDAY), "reached": "yes", "words": ""}
    page = lead.post(f"letters/{called.id}/called", told)
    assert (page.status, list(page.errors)) == (422, ["#words"])
    assert lead.post(f"letters/{called.id}/called", {**told, "words": "Read it out."}).status == 303
    assert "1 letter" not in lead.get().words
    assert "told by phone. Read it out." in lead.get(f"letters/{called.id}").words


def test_one_that_could_not_be_delivered_is_told_in_another_way(lead: Browser, office: Office) -> None:
    letter = letters(office, petitions(office, ADA))[EnquiryLetterKind.PETITION_ACKNOWLEDGEMENT]
    with office.database.unit_of_work() as session:
        failed = session.merge(letter)
        failed.state, failed.next_try_at, failed.last_error = LetterState.FAILED, None, "SMTPRecipientsRefused"
    assert "1 letter could not be delivered" in lead.get().words
    page = lead.get(f"letters/{letter.id}")
    assert "SMTPRecipientsRefused" in page.words
    posted = {**day("posted_on", MONDAY), "as_agreed": "yes"}
    assert lead.post(f"letters/{letter.id}/posted", posted).status == 303
    assert "could not be delivered" not in lead.get().words


def test_an_adjustment_is_for_those_who_decide_about_it(app: Flask, office: Office) -> None:
    letter = settled(office, asks(office, reply_by=ReplyBy.POST))
    recorder, foreign = Browser(app).sign_in(office.recorder), Browser(app, "ms")
    foreign.sign_in(Office(office.database, "ms").lead)
    for who in (recorder, foreign):
        assert who.get(f"letters/{letter.id}").status == 404
        assert who.get(f"letters/{letter.id}.pdf").status == 404
        assert who.post(f"letters/{letter.id}/posted", day("posted_on", MONDAY)).status == 404
    assert "to be printed" not in recorder.get().words
