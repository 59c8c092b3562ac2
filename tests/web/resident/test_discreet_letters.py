"""A letter to somebody who must not be found out is read by the link of an email that names nobody."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask

from portal.clock import StoppedClock
from portal.domain.events import Person, SafeContact
from portal.post.mailer import message_for
from tests.actions.office import Office, ten_oclock
from tests.actions.test_enquiries import TUESDAY, asks, settled
from tests.web.resident.visitor import Visitor


def test_a_discreet_letter_is_read_by_its_link_which_a_scanner_cannot_use_up(
    app: Flask, office: Office, clock: StoppedClock
) -> None:
    clock.move_to(ten_oclock(TUESDAY))
    discreet, ordinary = (
        settled(office, asks(office, person=Person(email="ada@example.org"), safe_contact=safe))
        for safe in ((SafeContact.DISCREET,), ())
    )
    mail = message_for(discreet, app.extensions["settings"])
    found = re.search(r"https?://[^/\s]+(/open/[0-9a-f]+)", mail.body)
    assert found
    visitor = Visitor(app)
    for _ in range(5):
        button = visitor.client.get(found[1], follow_redirects=True)
        assert button.status_code == 200
        assert "what you asked us for" not in button.text
    path = button.request.path.removeprefix("/ids/")
    for _ in range(2):
        page = visitor.post(path)
        assert "what you asked us for" in page.words
        assert discreet.reference in page.words
    wrong = path[:-1] + ("0" if path[-1] != "0" else "1")
    assert visitor.post(wrong).status == 404
    other = found[1].removeprefix("/open/").replace(discreet.id.hex, ordinary.id.hex)
    assert visitor.post(f"letter/{other}").status == 404, "a link opens the letter that it was made for alone"
    assert Visitor(app, "ms").post(path).status == 404
    clock.move_to(ten_oclock(TUESDAY + timedelta(days=28)))
    assert Visitor(app).post(path).status == 404
