"""Whom to call when somebody is in danger: on the first pages, before any form, and on a page of its own."""

from __future__ import annotations

from flask import Response, g

from portal import landlords
from portal.clock import current_clock
from portal.domain.law import law_holds
from portal.web.access import public
from portal.web.fragments import page
from portal.web.whose import current_landlord


@public
def danger() -> Response:
    """The numbers, what to do meanwhile, and what the law asks of the landlord."""
    nation, today = current_landlord().nation, current_clock().today()
    return page("resident/danger.html", hazard_limits=law_holds(nation, today))


def numbers() -> dict[str, object]:
    """For every page of this landlord: the public numbers of its nation. An unknown landlord has none."""
    return {"emergency": landlords.emergency(g.landlord.key)} if "landlord" in g else {}
