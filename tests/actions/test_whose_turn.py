"""What the queue says of whose turn it is, after what really happens to a complaint."""

from __future__ import annotations

from datetime import timedelta

import pytest

from portal.actions.answer_message import answer_message
from portal.actions.ask_for_check import ask_for_check
from portal.actions.decide_check import decide_check
from portal.actions.send_message import send_message
from portal.domain.events import ExtensionReason
from portal.records.database import Database
from portal.records.history import CaseFile
from tests.actions.office import Office, response
from tests.builders import MONDAY

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database, "ids")


def waits(file: CaseFile) -> bool:
    return file.row.waits_for_resident


def test_after_our_question_it_waits_for_the_resident_until_they_write(office: Office) -> None:
    reference = office.acknowledged(MONDAY)
    assert not waits(office.case(reference))
    office.do(answer_message, office.handler, reference, words="When can we come?", on=TUESDAY)
    assert waits(office.case(reference))
    office.do(send_message, office.resident(reference), reference, words="On Friday.", on=TUESDAY)
    assert not waits(office.case(reference))
    office.do(answer_message, office.handler, reference, words="Until Friday.", on=WEDNESDAY)
    office.answer(reference, WEDNESDAY)
    assert not waits(office.case(reference)), "once it is answered we wait for nothing"


@pytest.mark.parametrize(
    ("reason", "waiting"),
    [
        (ExtensionReason.RESIDENT_UNAVAILABLE, True),
        (ExtensionReason.RESIDENT_ASKED, True),
        (ExtensionReason.COMPLEX, False),
    ],
)
def test_an_answer_that_is_put_off_for_the_resident_waits_for_them(
    office: Office, reason: ExtensionReason, waiting: bool
) -> None:
    reference = office.acknowledged(MONDAY)
    office.extend(reference, TUESDAY, MONDAY + timedelta(days=24), reason=reason)
    assert waits(office.case(reference)) is waiting


def test_an_answer_is_known_once_it_is_written_until_it_is_sent_back_or_sent(office: Office) -> None:
    """Code 6.6: the letter goes when the answer is known."""
    reference, known = office.acknowledged(MONDAY), []
    for step in ("ask", "send back", "ask", "approve", "send"):
        if step == "ask":
            office.do(ask_for_check, office.handler, reference, response(), on=TUESDAY)
        elif step == "send":
            office.answer(reference, WEDNESDAY)
        else:
            said = {"approved": step == "approve", "words": "Say when the roof is mended."}
            office.do(decide_check, office.lead, reference, on=TUESDAY, **said)
        known.append(office.case(reference).row.answer_is_known)
    assert known == [True, False, True, True, False]
