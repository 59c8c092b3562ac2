"""Staff record a complaint without a name, and later whom it is from."""

from __future__ import annotations

from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.partial_date import PartialDate
from tests.actions.office import Office
from tests.actions.test_anonymous import anonymous
from tests.builders import MONDAY
from tests.web.staff.browser import Browser
from tests.web.staff.test_acts import day
from tests.web.staff.test_record import references_of

KNOWN = {"name": "Resident Two", "reply_by": "email", "email": "resident.two@example.org", "link": "tenant"}


def test_no_code_is_shown_for_somebody_who_cannot_be_known(lead: Browser) -> None:
    told = {"channel": "in_person", **day("received_on", MONDAY), "what_happened": "Damp.", "reply_by": "none"}
    page = lead.post("record", told)
    assert page.heading == "Complaint recorded"
    assert len(references_of(page)) == 1
    assert "There is no secret code" in page.words


def test_whom_it_is_from_is_recorded_with_how_that_is_known(lead: Browser, office: Office) -> None:
    reference = anonymous(office, MONDAY)
    before = lead.get(f"cases/{reference}")
    assert "there is nobody to send it to" in before.words
    assert "Not delivered" not in lead.get().words
    without = lead.post(f"cases/{reference}/join-person", KNOWN)
    assert without.status == 422
    assert list(without.errors) == ["#identity_check"]
    assert without.value("name") == "Resident Two"
    given = lead.post(f"cases/{reference}/join-person", {**KNOWN, "identity_check": "Knew every word."})
    code = references_of(given)[-1]
    case = lead.get(f"cases/{reference}")
    assert case.heading == "Resident Two"
    assert "It became known whom the complaint is from" in case.words
    assert "Knew every word." in case.words
    assert code not in case.html
    assert lead.get(f"cases/{reference}/join-person").status == 403


def test_the_form_begins_with_what_was_left(lead: Browser, office: Office) -> None:
    left = Person(email="left@example.org", phone="020 7946 0123", address="1 Example Street", postcode="N1 0AA")
    said = {"reply_by": ReplyBy.POST, "safe_contact": (SafeContact.NO_EMAIL,), "link_from": PartialDate(2019, 3)}
    reference = anonymous(office, MONDAY, person=left, **said)
    page = lead.get(f"cases/{reference}/join-person")
    for name in ("email", "phone", "address", "postcode"):
        assert page.value(name) == getattr(left, name)
    assert page.value("link_from-year") == "2019"
    ticked = {each.get("value") for each in page.tree.iter("input") if "checked" in each.attrib}
    assert {"post", "no_email"} <= ticked
    assert "What was asked for before, so that they are safe, stays." in page.words
    # A tick that is taken away on this form takes nothing away.
    sent = {**KNOWN, "reply_by": "post", "address": left.address, "postcode": left.postcode}
    assert lead.post(f"cases/{reference}/join-person", {**sent, "identity_check": "Sure."}).status == 200
    assert office.case(reference).case.received.safe_contact == (SafeContact.NO_EMAIL,)


def test_a_complaint_with_a_name_is_joined_to_nobody_else(lead: Browser, office: Office) -> None:
    reference = office.submit(MONDAY)
    sent = lead.post(f"cases/{reference}/join-person", {**KNOWN, "identity_check": "Knew every word."})
    assert sent.status == 403
    assert "We know whom this complaint is from" in sent.words
