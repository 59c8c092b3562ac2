"""What neighbours who complain together do in the demonstration: reached anew, a lost code, another lead."""

from __future__ import annotations

import secrets

from portal.actions.ask_for_code import send_way_to_code
from portal.actions.ask_for_member_code import ask_for_member_code
from portal.actions.change_member_contact import change_member_contact
from portal.actions.choose_own_language import choose_own_language
from portal.actions.leave_lead import leave_lead
from portal.actions.offer_lead import offer_lead
from portal.actions.take_lead import take_lead
from portal.demo.story import Story
from portal.domain.contact import Contact
from portal.domain.events import Person, ReplyBy
from portal.domain.permissions import Actor, Role
from portal.domain.references import new_code


def move(story: Story, number: int, email: str) -> None:
    """A member is reached at another address from now on."""
    new = Contact(reply_by=ReplyBy.EMAIL, email=email)
    story.file = change_member_contact(story.session, _member(story, number), story.reference, new, now=story.now)


def read_welsh(story: Story, number: int) -> None:
    """A member would rather read Welsh."""
    story.file = choose_own_language(story.session, _member(story, number), story.reference, "cy", now=story.now)


def lose_code(story: Story, email: str) -> None:
    """A member asks for a new code, which is made once the link is pressed."""
    landlord = story.office.landlord.key
    anyone, person = Actor(Role.ANYONE, landlord=landlord), Person(email=email)
    asked = ask_for_member_code(story.session, anyone, story.reference, person, now=story.now)
    file = send_way_to_code(story.session, asked, secret_key=secrets.token_hex(), now=story.now)
    story.file = file or story.file


def hand_over(story: Story, number: int) -> None:
    """Whoever leads gives a member the code with which they take the lead."""
    lead = Actor(Role.RESIDENT, landlord=story.office.landlord.key, case_reference=story.reference)
    code = new_code(secrets.choice)
    offer_lead(story.session, lead, story.reference, code=code, now=story.now)
    member = _member(story, number)
    story.file = take_lead(story.session, member, story.reference, number, code=code, now=story.now)


def leave(story: Story) -> None:
    """Whoever leads leaves, and nobody leads."""
    said = "By phone: moves away."
    story.file = leave_lead(story.session, story.office.lead, story.reference, words=said, now=story.now)


def _member(story: Story, number: int) -> Actor:
    landlord = story.office.landlord.key
    return Actor(Role.GROUP_MEMBER, landlord=landlord, case_reference=story.reference, member=number)
