"""What is offered in the demonstration's answers and after them, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from portal.actions.add_remedy import add_remedy
from portal.actions.complete_remedy import complete_remedy
from portal.actions.follow_payment import follow_payment
from portal.actions.report_remedy import report_remedy
from portal.demo.topics import Promise
from portal.domain.events import RemedyKind
from portal.domain.offers import WITHOUT_ACTION, RemedyOffer, to_account_for
from portal.domain.remedies import Remedy
from portal.domain.remedy_kinds import CompensationHead, PaymentMethod, PaymentStep

if TYPE_CHECKING:
    from portal.demo.story import Story


def offers(story: Story) -> tuple[RemedyOffer, ...]:
    """What the topic promises, and something for our own delay where there was one."""
    promised = tuple(_offer(story, each) for each in story.topic.promises)
    return (*promised, _for_lateness(story)) if handled_late(story) else promised


def handled_late(story: Story) -> bool:
    return bool(to_account_for(story.case, story.rules, story.now.date()))


def _offer(story: Story, promise: Promise) -> RemedyOffer:
    owned = promise.kind not in WITHOUT_ACTION
    return RemedyOffer(
        kind=promise.kind,
        words=promise.words,
        owner_id=story.dice.choice(story.office.handlers).user_id if owned else None,
        due=story.now.date() + timedelta(days=promise.days or 20) if owned else None,
        amount_pence=promise.pounds * 100 if promise.pounds else None,
        head=promise.head,
        impact=promise.impact,
    )


def _for_lateness(story: Story) -> RemedyOffer:
    return RemedyOffer(
        kind=RemedyKind.MONEY,
        words="For how late we were with your complaint",
        owner_id=story.office.lead.user_id,
        due=story.now.date() + timedelta(days=20),
        amount_pence=5000,
        head=CompensationHead.HANDLING,
        impact="You had to wait for us, and to ask again.",
        own_delay=True,
    )


def carry_out(story: Story, how_many: int | None = None) -> None:
    """The first of what was promised, or all of it: money is paid, the rest is done."""
    for remedy in story.case.open_remedies[:how_many]:
        if remedy.is_money:
            pay(story, remedy)
        else:
            _do(story, remedy)


def _do(story: Story, remedy: Remedy) -> None:
    story.file = complete_remedy(
        story.session,
        story.office.lead,
        story.reference,
        remedy.number,
        done_on=story.now.date(),
        evidence="Confirmed with the resident on the telephone.",
        now=story.now,
    )


def pay(story: Story, remedy: Remedy) -> None:
    for step, words in ((PaymentStep.ACCEPTED, "On the telephone."), (PaymentStep.PAID, "Payment run of today.")):
        story.file = follow_payment(
            story.session,
            story.office.lead,
            story.reference,
            [remedy.number],
            step=step,
            happened_on=story.now.date(),
            method=PaymentMethod.BANK_TRANSFER if step is PaymentStep.PAID else None,
            words=words,
            now=story.now,
        )


def offer_more(story: Story) -> None:
    """After the answer: something that nobody had thought of."""
    wanted = RemedyOffer(
        kind=RemedyKind.CORRECT_RECORD,
        words="Write on your home’s record what was found, so that nobody has to ask you again.",
        owner_id=story.office.handlers[0].user_id,
        due=story.now.date() + timedelta(days=5),
        impact="You had to tell the story anew each time.",
        agreed=True,
    )
    story.file = add_remedy(story.session, story.office.lead, story.reference, wanted, now=story.now)


def deny_what_we_said_was_done(story: Story) -> None:
    """We say that the last remedy was done; the resident says that it was not, and it is open again."""
    remedy = story.case.open_remedies[-1]
    _do(story, remedy)
    said = {"done": False, "words": "I was asked for the whole story again this week.", "now": story.now}
    story.file = report_remedy(story.session, story.resident, story.reference, remedy.number, **said)
