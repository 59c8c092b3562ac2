"""A request to put something right: recorded and watched, and no complaint (Code 1.4).

Being unhappy with how it is dealt with is one, even while it is still open, and work on the request goes on (Code 1.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.domain.adjustments import NOTHING, Wish
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.refusal import Refused
from portal.domain.saying import day_in_words, say
from portal.domain.submission import Submission

LONGEST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceWish:
    """What somebody asks to have put right. Only the words are needed."""

    words: str
    channel: str
    person: Person = Person()
    hazard: bool = False
    reply_by: ReplyBy = ReplyBy.NONE
    safe_contact: tuple[SafeContact, ...] = ()
    easier: Wish = NOTHING


def check_wish(wish: ServiceWish) -> None:
    """Raises `Refused` where there is nothing to do, or more than fits."""
    if not wish.words.strip():
        raise Refused("Tell us what needs to be put right. A few words are enough", "words")
    if len(wish.words) > LONGEST:
        raise Refused(say("Use at most %(most)s characters", most=LONGEST), "words")


def complaint_about(
    wish: ServiceWish, reference: str, asked_on: date, *, received_on: date, channel: str, words: str = ""
) -> Submission:
    """The complaint about how a request was dealt with: what was written then is carried over."""
    opening = f"I am unhappy with how my request {reference} of {day_in_words(asked_on)} was dealt with."
    said = (opening, words.strip(), "This is what I asked for:", wish.words)
    return Submission(
        what_happened="\n\n".join(each for each in said if each),
        channel=channel,
        received_on=received_on,
        person=wish.person,
        reply_by=wish.reply_by if wish.reply_by is not ReplyBy.NONE else _reply_by(wish.person),
        safe_contact=wish.safe_contact,
        hazard=wish.hazard,
        adjustments=wish.easier.adjustments,
        adjustment_words=wish.easier.words,
        interpreting=wish.easier.interpreting,
        from_request=reference,
    )


def _reply_by(person: Person) -> ReplyBy:
    """The way that they left, a letter before a call."""
    ways = ((ReplyBy.EMAIL, person.email), (ReplyBy.POST, person.address), (ReplyBy.PHONE, person.phone))
    return next((way for way, given in ways if given.strip()), ReplyBy.NONE)
