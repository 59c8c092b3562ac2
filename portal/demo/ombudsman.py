"""What the Ombudsman asks, directs and decides in the demonstration, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import Any

from portal.actions.complete_order import complete_order
from portal.actions.gather_pack import gather_pack
from portal.actions.record_determination import record_determination
from portal.actions.record_direction import record_direction
from portal.actions.record_enquiry import record_enquiry
from portal.actions.record_evidence_sent import record_evidence_sent
from portal.actions.record_pack import record_pack
from portal.demo.story import Story
from portal.domain.ombudsman_events import (
    Determination,
    Direction,
    OmbudsmanDetermined,
    OmbudsmanDirected,
    OrderKind,
    OrderTerms,
)
from portal.domain.pack_events import ForWhom, PackMade
from portal.domain.packing import PackWish
from portal.domain.policy import Needs

THEIR_REFERENCE = "202600417"


def told_to_take_on(story: Story) -> Iterator[date]:
    """Declined because a court has it; the Ombudsman finds that no claim was filed, and it begins again."""
    story.receive()
    yield story.later(1)
    story.assign()
    story.decline(Needs.COURT_FILING_DATE)
    yield story.later(6)
    if not story.case.now.declined:  # a landlord without such a ground
        return
    _do(
        story,
        partial(
            record_direction,
            direction=OmbudsmanDirected(
                directed_on=story.now.date(),
                direction=Direction.ACCEPT,
                own_reference=THEIR_REFERENCE,
                words="No claim has been filed at court. The landlord should look into the complaint.",
            ),
        ),
    )
    yield story.later(2)
    story.acknowledge()


def decided_by_the_ombudsman(story: Story) -> None:
    """After the end: they ask, get our evidence, and order two things, of which one is done and one is late."""
    today = story.now.date()
    asked = today - timedelta(days=30)
    _do(
        story,
        partial(
            record_enquiry,
            own_reference=THEIR_REFERENCE,
            received_on=max(asked, story.case.received.received_on),
            evidence_due=today - timedelta(days=10),
            words="The record of the complaint, and what the policy says of repairs.",
        ),
    )
    _do(story, partial(record_pack, made=_pack(story)))
    _do(story, partial(record_evidence_sent, sent_on=today, words="The whole record, with every letter."))
    orders = (
        OrderTerms(kind=OrderKind.ORDER, due=today),
        OrderTerms(kind=OrderKind.RECOMMENDATION, due=today + timedelta(days=1)),
    )
    decided = OmbudsmanDetermined(
        determined_on=today,
        determination=Determination.SERVICE_FAILURE,
        orders=orders,
        order_words=("Say sorry in writing.", "Look at how missed visits are told to residents."),
        words="The repair took too long, and the first answer did not say why.",
    )
    _do(story, partial(record_determination, determination=decided))
    proof = "The letter of apology, and the Ombudsman\u2019s word that they have it."
    _do(story, partial(complete_order, number=1, done_on=today, proof=proof))


def _pack(story: Story) -> PackMade:
    """The letters, files and policy: the pages of a pack are made where pages are."""
    wish, into = PackWish(for_whom=ForWhom.OMBUDSMAN), BytesIO()
    return gather_pack(
        story.session, story.store, story.office.lead, story.file, wish, lambda _contents: (), into, now=story.now
    )


def _do(story: Story, act: Any) -> None:
    story.file = act(story.session, story.office.lead, story.reference, now=story.now)
