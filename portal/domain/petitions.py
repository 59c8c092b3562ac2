"""A petition: recorded, acknowledged, and the chief executive told. By itself it is no complaint, and never refused.

One policy keeps petitions out of its complaints, while a group of residents may complain (Code 1.2). So
both are done: it is recorded, and whoever organises it is offered a complaint of the group, with every right of one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from portal.domain.adjustments import NOTHING, Wish
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.refusal import Refused

MOST_SIGNATURES = 1_000_000

WINDOW = timedelta(days=1)
"""What the two limits below count over."""

MOST_TO_ONE_ADDRESS = 3
"""Acknowledgements that go by themselves to one address: whoever types it need not be whose it is."""

MOST_TO_CHIEF = 10
"""Petitions handed in online that a chief executive gets an email each of. The last says where the others are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPetition:
    """What was handed in. `organiser` may be empty: a petition is recorded whoever it is from."""

    asks: str
    channel: str
    received_on: date
    signatures: int | None = None
    organiser: Person = Person()
    reply_by: ReplyBy = ReplyBy.NONE
    safe_contact: tuple[SafeContact, ...] = ()
    easier: Wish = NOTHING


def check_petition(new: NewPetition, today: date) -> None:
    """Raises `Refused` where there is nothing to record. Nothing else is ever a reason."""
    if not new.asks.strip():
        raise Refused("Tell us what the petition asks for", "asks")
    if new.received_on > today:
        raise Refused("The day it was received cannot be in the future", "received_on")
    if new.signatures is not None and not 0 < new.signatures <= MOST_SIGNATURES:
        raise Refused("Enter how many people have signed, as a number like 40", "signatures")
