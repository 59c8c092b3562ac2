"""Where letters meet requests: the mailer, how pages show a letter, and sending once a response is sent."""

from __future__ import annotations

from flask import Flask, Response, current_app, g, has_request_context
from flask_mail import Mail
from markupsafe import Markup

from portal import landlords
from portal.clock import current_clock
from portal.post import formats
from portal.post.delivery import deliver_unsent
from portal.post.letters import committed
from portal.post.mailer import Mailer, mailer_for
from portal.post.paper import paper_pdf
from portal.post.pdf import on_their_own_sheets, pdf
from portal.post.wording import templates
from portal.records.database import Database
from portal.records.models import EnquiryLetter, LetterRow


def register(app: Flask) -> None:
    Mail(app)
    app.extensions["mailer"] = mailer_for(app)
    app.add_template_filter(letter_html)
    app.extensions["letter_pdf"] = letter_pdf
    app.extensions["letters_as_one_pdf"] = on_their_own_sheets
    app.extensions["slip_words"] = slip_words
    app.add_template_filter(formats.html, "letter_words")
    app.extensions["paper_pdf"] = paper_pdf
    app.after_request(_deliver_when_answered)


def letter_html(letter: LetterRow | EnquiryLetter) -> Markup:
    """A letter, word for word, for a page that has its own h1."""
    return formats.html(letter.body)


def letter_pdf(letter: LetterRow | EnquiryLetter, slip: str = "") -> bytes:
    """A letter to print, in the size of type that was agreed, with what stands on its print alone."""
    return pdf(letter, landlords.landlord(letter.landlord), slip)


def slip_words(landlord: str, reference: str, code: str, language: str) -> str:
    """How to use the code of a letter, and where: the source of what is printed in its box."""
    base_url: str = current_app.extensions["settings"].base_url
    page = templates(language).get_template("letters/shared/slip.md")
    return page.render(address=f"{base_url}/{landlord}/new-code", reference=reference, code=code)


@committed.connect
def _remember(_sender: object) -> None:
    if has_request_context():
        g.letters_committed = g.get("letters_committed", 0) + 1


def _deliver_when_answered(response: Response) -> Response:
    """Nobody waits for a mail server: letters go once the response has been sent, and otherwise with the worker.

    As many as were written; whatever else is waiting is the worker's, as are all links and codes: nobody may learn by
    waiting whether there was an address to send one to.
    """
    if written := g.get("letters_committed"):
        database: Database = current_app.extensions["database"]
        mailer: Mailer = current_app.extensions["mailer"]
        now = current_clock().now()
        response.call_on_close(lambda: deliver_unsent(database, mailer, now, written, links_too=False))
    return response
