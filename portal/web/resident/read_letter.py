"""Reading a letter that belongs to no complaint, by the link of an email that does not say what it is about."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Response, current_app, url_for

from portal.clock import current_clock
from portal.records import links
from portal.records.enquiries import EnquiryLetter, one_letter
from portal.web.access import public
from portal.web.data import database
from portal.web.fragments import page
from portal.web.limits import remember_guess, slow_down_links
from portal.web.resident import forms
from portal.web.whose import current_landlord

GOOD_FOR = timedelta(days=28)
"""For how long after it was written: time to find the email, and no longer."""


@public
def show_letter_link(token: str) -> Response:  # noqa: ARG001 - the page is the same for every link
    """The page with the button. Nothing is looked up before the press."""
    return page("resident/letter_link.html", form=forms.Submit(formdata=None))


def read_letter(token: str) -> Response:
    """The letter. It can be read again."""
    form = forms.Submit()
    if not form.validate():
        return page("resident/letter_link.html", status=422, form=form, errors=form.problems)
    found = letter_of(token)
    if found is None or found.landlord != current_landlord().key:
        remember_guess()
        return page("resident/letter_over.html", status=404)
    return page("resident/letter_read.html", letter=found)


read_letter = public(slow_down_links(read_letter))


def letter_of(token: str) -> EnquiryLetter | None:
    """The letter that an email led to, while its link works."""
    letter_id: UUID | None = links.letter_of_token(current_app.extensions["settings"].secret_key, token)
    if letter_id is None:
        return None
    with database().session() as session:
        found = one_letter(session, letter_id)
    asked_for = found is not None and found.discreet and found.written_at + GOOD_FOR > current_clock().now()
    return found if asked_for else None


def address_of(token: str) -> str | None:
    """Where the button is, for a link that names no landlord."""
    found = letter_of(token)
    return url_for("resident.show_letter_link", landlord=found.landlord, token=token) if found else None
