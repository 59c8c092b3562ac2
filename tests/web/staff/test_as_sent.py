"""Staff save what went, byte for byte, from the page of its letter."""

from __future__ import annotations

from hashlib import sha256

from portal.domain.events import Person, ReplyBy
from tests.actions.office import Office
from tests.builders import MONDAY
from tests.web.staff.browser import Browser

ADA = Person(name="Ada", address="1 Example Row", postcode="AB1 2CD")


def test_a_posted_letter_is_saved_as_it_went(handler: Browser, office: Office) -> None:
    first, second = (office.submit(MONDAY, person=ADA, reply_by=ReplyBy.POST) for _ in range(2))
    letters = [f"cases/{each}/letters/{office.letters(each)[0].id}" for each in (first, second)]
    day = {"posted_on-day": "2", "posted_on-month": "11", "posted_on-year": "2026", "as_agreed": "yes"}
    assert "As sent" not in handler.get(letters[0]).words
    for each in letters:
        assert handler.post(f"{each}/posted", day).status == 303
    page = handler.get(letters[0])
    saved = handler.client.get(handler.address(f"{letters[0]}/sent/1"))
    assert saved.data.startswith(b"%PDF-")
    assert sha256(saved.data).hexdigest() in page.words
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert handler.client.get(handler.address(f"{letters[0]}/sent/2")).status_code == 404, "it is of another letter"
