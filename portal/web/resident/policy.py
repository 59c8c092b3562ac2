"""The complaints policy as a resident can use it, made from the landlord's file: what we do, by when, and what else.

Where the landlord's own text gives less than the Code, it says what the Code gives.
"""

from __future__ import annotations

from flask import Response

from portal import landlords
from portal.clock import current_clock
from portal.domain.compliance import check
from portal.domain.events import Link
from portal.domain.explanation import explain
from portal.domain.policy import Policy, Regime
from portal.domain.statements import Duty, Grade, Verdict
from portal.web.access import public
from portal.web.fragments import page
from portal.web.resident.start import Outlook
from portal.web.resident.words import LINKS
from portal.web.whose import current_landlord

_LESS = (Verdict.WEAKER, Verdict.CONTRADICTORY)
_SURE = (Grade.CERTAIN, Grade.LIKELY)


@public
def policy() -> Response:
    landlord, today = current_landlord(), current_clock().today()
    text = landlords.policy_for(landlord.key, today)
    terms = landlords.terms_for(landlord.key, today)
    return page(
        "resident/policy.html",
        policy=text,
        terms=terms,
        outlook=Outlook.on(landlord.key, today),
        who=[words for link, words in LINKS.items() if link not in (Link.OTHER, Link.NOT_SAID)],
        routes=[each.route for each in text.routes_with(landlords.the_code())],
        grounds=[ground for ground in terms.grounds if ground.accepted_by_code],
        given=_given_by_the_code(text),
        ombudsman=landlords.ombudsman(today),
        explain=explain,
    )


def _given_by_the_code(text: Policy) -> list[Duty]:
    """The duties beside which the landlord's words are plainly less."""
    if text.regime is not Regime.HO_2024:
        return []
    found = check(text, landlords.the_code(), landlords.duties(), current_clock().today())
    less = {each.duty.partition(".")[0] for each in found.judgements if each.verdict in _LESS and each.grade in _SURE}
    return [duty for duty in landlords.duties() if duty.key in less and duty.provisions]
