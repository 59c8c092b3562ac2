"""What others may see of an email: no subject says that somebody complains, and a discreet one not even to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from portal import landlords
from portal.domain.policy import LetterKind
from portal.paths import folder
from portal.post.mailer import message_for
from portal.records.models import Channel, LetterRow, Link, LinkPurpose
from tests.post.cases import story_for
from tests.post.test_agreed_formats import NOW
from tests.post.test_delivery import settings_for
from tests.post.test_letters import written

SETTINGS = replace(settings_for(None), mail_from="post@example.org", base_url="https://example.org")
TO_RESIDENTS = (LinkPurpose.DRAFT, LinkPurpose.NEW_CODE, LinkPurpose.AUTHORITY)
"""Links of which somebody may have asked that they say nothing. The others go to people at work, or who asked."""


TO_STAFF = {"staff_note", "daily_list"}
"""They go to people at their work, who have more than one service to sign in to."""


def templates_with_subjects() -> list[str]:
    root = folder("templates")
    every = (path for path in (root / "letters").rglob("*.md") if "block subject" in path.read_text())
    return sorted(str(Path(path).relative_to(root)) for path in every if path.stem not in TO_STAFF)


@pytest.mark.parametrize("name", templates_with_subjects())
def test_no_subject_says_that_somebody_complains(name: str) -> None:
    source = (folder("templates") / name).read_text()
    subject = source.partition("{% block subject %}")[2].partition("{% endblock %}")[0]
    for word in ("complain", "ombudsman", "landlord.", ".name"):
        assert word not in subject.lower(), name


def words_of(landlord: str) -> list[str]:
    """What would tell somebody who looks over a shoulder."""
    own = landlords.landlord(landlord)
    ways = (own.contact.phone, own.contact.email, *own.contact.post)
    names = [each.lower() for each in (own.name, own.short_name, f"/{landlord}/", *ways)]
    return [*names, "complain", "housing", "landlord", "ombudsman", "tenan", "resident"]


@pytest.mark.parametrize("landlord", landlords.keys())
@pytest.mark.parametrize("kind", LetterKind)
def test_a_discreet_letter_says_by_email_neither_who_nor_what(landlord: str, kind: LetterKind) -> None:
    composed = written(story_for(landlord, kind), kind)
    letter = LetterRow(
        id=uuid4(),
        landlord=landlord,
        kind=kind,
        written_at=NOW,
        subject=composed.subject,
        body=composed.body,
        channel=Channel.EMAIL,
        to_address="ada@example.org",
        discreet=True,
        type_size=18,
        plain_text=False,
    )
    seen(letter, landlord)


@pytest.mark.parametrize("landlord", landlords.keys())
@pytest.mark.parametrize("purpose", TO_RESIDENTS)
def test_a_discreet_link_says_neither_who_nor_what(landlord: str, purpose: LinkPurpose) -> None:
    until = NOW + timedelta(hours=1)
    link = Link(
        id=uuid4(),
        landlord=landlord,
        purpose=purpose,
        written_at=NOW,
        expires_at=until,
        to_address="ada@example.org",
        discreet=True,
    )
    seen(link, landlord)


def seen(letter: LetterRow | Link, landlord: str) -> None:
    message = message_for(letter, SETTINGS)
    shown = f"{message.subject} {message.sender} {message.reply_to} {message.body} {message.html}".lower()
    assert message.attachments == []
    assert not [word for word in words_of(landlord) if word in shown]
