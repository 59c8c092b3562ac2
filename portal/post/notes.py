"""Short emails that are no letters: a link that somebody asked for, and the note that stands for a letter.

A discreet one shows nobody who looks over a shoulder who it is from or what it is about: no name of the landlord and
no word of a complaint, in the sender, the subject or the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from email.utils import formataddr
from typing import Any
from uuid import UUID

from flask_mail import Message

from portal.domain.policy import Landlord
from portal.post import formats
from portal.post.wording import templates
from portal.records import links
from portal.records.daily_lists import MOST
from portal.records.models import EnquiryLetter, LetterRow, Link, LinkPurpose
from portal.translation import spoken

PATHS = {
    LinkPurpose.DRAFT: "come-back",
    LinkPurpose.NEW_CODE: "new-code",
    LinkPurpose.AUTHORITY: "who-acts",
    LinkPurpose.SERVICE_REQUEST: "request",
    LinkPurpose.OFFICIAL_ADDRESS: "official-address",
    LinkPurpose.INVITATION: "staff/invitation",
}
"""Where the page with the button is, below the landlord's own address."""


def address_of(link: Link, *, base_url: str, secret_key: str) -> str:
    """The page with the button: an opaque number, below the landlord's own address."""
    return f"{base_url}/{link.landlord}/{PATHS[link.purpose]}/{links.token_of(secret_key, link.id)}"


def address_told(link: Link, *, base_url: str, secret_key: str) -> str:
    """What the email says. A discreet one leads there by the number alone, which names nobody.

    A note to staff leads to where they sign in, and opens nothing.
    """
    if link.purpose is LinkPurpose.STAFF_NOTE:
        return f"{base_url}/{link.landlord}/staff/"
    if link.discreet:
        return f"{base_url}/open/{links.token_of(secret_key, link.id)}"
    return address_of(link, base_url=base_url, secret_key=secret_key)


def link_email(link: Link, landlord: Landlord, *, sender: str, base_url: str, secret_key: str) -> Message:
    """The email with a link or a code that somebody asked for."""
    if link.purpose is LinkPurpose.SIGN_IN:
        code = links.sign_in_code(secret_key, link.id)
        return _email("letters/notes/sign_in.md", link, landlord, sender, code=code, until=link.expires_at)
    address = address_told(link, base_url=base_url, secret_key=secret_key)
    if link.lines is not None:
        return _daily_list(link, link.lines, landlord, sender, address)
    return _email(
        f"letters/notes/{link.purpose}.md",
        link,
        landlord,
        sender,
        address=address,
        until=link.expires_at,
        about=link.about,
    )


def _daily_list(
    link: Link, told: Sequence[Mapping[str, Any]], landlord: Landlord, sender: str, address: str
) -> Message:
    """References, stages and days: an inbox may be read by others."""
    lines = [{**each, "due": date.fromisoformat(each["due"])} for each in told]
    return _email(
        "letters/notes/daily_list.md",
        link,
        landlord,
        sender,
        address=address,
        soon=[each for each in lines if not each["late"]],
        late=[each for each in lines if each["late"]],
        more=len(lines) >= MOST,
    )


def note_for(letter: LetterRow, landlord: Landlord, *, sender: str, base_url: str) -> Message:
    """That there is a new letter, for somebody who asked that an email should not say what it is about."""
    return _email("letters/notes/letter.md", letter, landlord, sender, address=f"{base_url}/")


def address_of_letter(letter_id: UUID, *, base_url: str, secret_key: str) -> str:
    """Where whoever has the email reads a letter that belongs to no complaint. It names nobody."""
    return f"{base_url}/open/{links.letter_token(secret_key, letter_id)}"


def note_with_link(letter: EnquiryLetter, landlord: Landlord, *, sender: str, address: str) -> Message:
    """The same for somebody who has no page of their own: the link leads to the letter."""
    return _email("letters/notes/letter_link.md", letter, landlord, sender, address=address)


def _email(name: str, of: Link | LetterRow | EnquiryLetter, landlord: Landlord, sender: str, **values: Any) -> Message:
    language = spoken(of.language)
    template = templates(language).get_template(name)
    said = {"landlord": landlord, "discreet": of.discreet, **values}
    subject = "".join(template.blocks["subject"](template.new_context(said))).strip()
    source = template.render(said).strip()
    message = formats.Email(
        subject=subject,
        recipients=[of.to_address],
        sender=sender if of.discreet else formataddr((landlord.name, sender)),
        reply_to=None if of.discreet else landlord.contact.email,
        body=formats.plain_text(source),
        html=formats.framed("notes/frame", language, subject=subject, words=formats.html(source)),
        date=of.written_at.timestamp(),
        extra_headers={"Auto-Submitted": "auto-generated"},
    )
    # Of each asking, so that a mailbox does not take the second email with the same code for a copy of the first.
    message.msgId = f"<{of.id}.{of.written_at:%Y%m%d%H%M%S}@{sender.rpartition('@')[2]}>"
    return message
