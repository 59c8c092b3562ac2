"""Handing letters over: to an SMTP server, to the demo's own page, or to nobody where none is set."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from typing import Protocol

from flask import Flask
from flask_mail import BadHeaderError, Connection, Message

from portal import landlords
from portal.domain.policy import Landlord
from portal.domain.reply_address import address_with, token_for
from portal.post import formats, notes
from portal.records.models import EnquiryLetter, LetterRow, Link
from portal.settings import Settings

TIMEOUT_SECONDS = 10
"""For each answer of the server; never waited for inside a transaction."""

GONE_FOR_GOOD = 500
"""SMTP answers from here on will not change however often we ask (RFC 5321, 4.2.1)."""


class NotDelivered(Exception):
    """A letter was not handed over. `kind` names the sort of error and no person.

    `permanent`: trying again is of no use. `unreachable`: other letters would fare the same now.
    """

    def __init__(self, kind: str, *, permanent: bool = False, unreachable: bool = False) -> None:
        super().__init__(kind)
        self.kind = kind
        self.permanent = permanent
        self.unreachable = unreachable


class Mailer(Protocol):
    """Whoever takes letters and links, and gives back what went, byte for byte, where anything did.

    Raises `NotDelivered`.
    """

    def send(self, letter: LetterRow | Link | EnquiryLetter) -> bytes | None: ...


def mailer_for(app: Flask) -> Mailer:
    """The mailer that the settings ask for."""
    settings: Settings = app.extensions["settings"]
    if settings.mail is not None:
        return Smtp(app, settings)
    return DemoPage(app, settings) if settings.demo else Nobody()


def message_for(letter: LetterRow | Link | EnquiryLetter, settings: Settings) -> Message:
    """The email that goes out: the letter itself, or as little as its reader asked for."""
    landlord = landlords.landlord(letter.landlord)
    sender, base_url = settings.mail_from, settings.base_url
    if isinstance(letter, Link):
        return notes.link_email(letter, landlord, sender=sender, base_url=base_url, secret_key=settings.secret_key)
    return _answerable(_email_of(letter, landlord, settings), letter, settings)


def _email_of(letter: LetterRow | EnquiryLetter, landlord: Landlord, settings: Settings) -> Message:
    sender, base_url = settings.mail_from, settings.base_url
    if letter.discreet and isinstance(letter, EnquiryLetter):
        address = notes.address_of_letter(letter.id, base_url=base_url, secret_key=settings.secret_key)
        return notes.note_with_link(letter, landlord, sender=sender, address=address)
    if letter.discreet and isinstance(letter, LetterRow):
        return notes.note_for(letter, landlord, sender=sender, base_url=base_url)
    return formats.email(letter, landlord, sender=sender, base_url=base_url)


def _answerable(message: Message, letter: LetterRow | EnquiryLetter, settings: Settings) -> Message:
    """The same with what finds the letter again that an answer is to.

    Its Message-ID comes back in each answer, and is that of every try, so that a letter sent twice is known for one.
    Where this landlord's email is fetched, its address to reply to comes back too; of a discreet one that would say who
    it is from.
    """
    token = token_for(settings.secret_key, letter.id)
    message.msgId = f"<{token}@{settings.mail_from.rpartition('@')[2]}>"
    mailbox = settings.mailbox_of(letter.landlord)
    if mailbox and not letter.discreet:
        message.reply_to = address_with(mailbox.address, token)
    return message


def _envelope_from(letter: LetterRow | Link | EnquiryLetter, settings: Settings) -> str | None:
    """Where what cannot be delivered comes back to: a place that says which letter it was."""
    if isinstance(letter, Link) or letter.discreet:
        return None
    mailbox = settings.mailbox_of(letter.landlord)
    return address_with(mailbox.address, token_for(settings.secret_key, letter.id)) if mailbox else None


class Smtp:
    """Sends through the server of PORTAL_MAIL_URL."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    def send(self, letter: LetterRow | Link | EnquiryLetter) -> bytes:
        with self._app.app_context():
            try:
                message = message_for(letter, self._settings)
            except Exception as unmade:  # one letter that cannot be made must not stop all the others
                raise NotDelivered(type(unmade).__name__) from unmade
            try:
                with _Connection(self._app.extensions["mail"]) as connection:
                    connection.send(message, envelope_from=_envelope_from(letter, self._settings))
            except smtplib.SMTPRecipientsRefused as refused:
                codes = [code for code, _ in refused.recipients.values()]
                raise NotDelivered(type(refused).__name__, permanent=min(codes) >= GONE_FOR_GOOD) from refused
            except smtplib.SMTPResponseException as answer:
                about_this_letter = isinstance(answer, smtplib.SMTPDataError)
                kind = f"{type(answer).__name__} {answer.smtp_code}"
                raise NotDelivered(kind, unreachable=not about_this_letter) from answer
            except OSError as unreachable:
                raise NotDelivered(type(unreachable).__name__, unreachable=True) from unreachable
            except (BadHeaderError, UnicodeError) as unusable:
                raise NotDelivered(type(unusable).__name__, permanent=True) from unusable
            return message.as_bytes()


class DemoPage:
    """Keeps every letter: the demo's own page shows them all."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    def send(self, letter: LetterRow | Link | EnquiryLetter) -> bytes | None:
        """Nothing is left to do for a letter that is read where it lies. What would have gone is kept."""
        if isinstance(letter, Link):
            return None
        with self._app.app_context():
            return message_for(letter, self._settings).as_bytes()


class Nobody:
    """No mail server is set, which production does not start with."""

    def send(self, letter: LetterRow | Link | EnquiryLetter) -> None:
        raise NotDelivered("NoMailServer", unreachable=True)


class _Connection(Connection):
    """Flask-Mail's connection, which alone would wait for ever and trust any certificate."""

    def configure_host(self) -> smtplib.SMTP:
        mail, trusted = self.mail, ssl.create_default_context()
        if mail.use_ssl:
            host: smtplib.SMTP = smtplib.SMTP_SSL(mail.server, mail.port, timeout=TIMEOUT_SECONDS, context=trusted)
        else:
            host = smtplib.SMTP(mail.server, mail.port, timeout=TIMEOUT_SECONDS)
        try:
            if mail.use_tls:
                host.starttls(context=trusted)
            if mail.username and mail.password:
                host.login(mail.username, mail.password)
        except OSError:
            host.close()
            raise
        return host

    def __exit__(self, *how: object) -> None:
        # The letter has been taken or refused by now: a goodbye that fails must not change which.
        with suppress(OSError):
            if self.host is not None:
                self.host.quit()
