"""Pages for the landlord's staff: the queue, a complaint that came by phone or post, a case, and what is done to it."""

from flask import Blueprint, url_for

from portal.domain.permissions import Action, Role, may
from portal.web.access import current_actor
from portal.web.staff import (
    acts,
    adjustments,
    building_safety,
    case,
    dissolution,
    easier,
    files,
    letters,
    messages,
    offices,
    petitions,
    queue,
    record,
    referrals,
    remedies,
    service,
)
from portal.web.staff.blueprint import blueprint
from portal.web.wording import lazy_gettext as _l

__all__ = [
    "acts",
    "adjustments",
    "blueprint",
    "building_safety",
    "case",
    "dissolution",
    "easier",
    "files",
    "letters",
    "messages",
    "offices",
    "petitions",
    "queue",
    "record",
    "referrals",
    "remedies",
    "service",
]


def add_navigation(pages: Blueprint) -> None:
    """Where this person can go, on every page of a blueprint."""
    pages.context_processor(navigation)


def navigation() -> dict[str, object]:
    """What the staff layout asks for. Nobody is shown a place that they may not go to."""
    actor = current_actor()
    if actor.role is Role.ANYONE:
        return {}
    places = [
        ("queue", _l("Complaints"), url_for("staff.queue"), Action.SEE_QUEUE),
        ("record", _l("Record a complaint"), url_for("staff.record"), Action.RECORD_COMPLAINT),
        ("petitions", _l("Petitions"), url_for("staff.all_petitions"), Action.SEE_PETITIONS),
        ("requests", _l("Requests"), url_for("staff.requests"), Action.SEE_SERVICE_REQUESTS),
        ("easier", _l("Adjustments"), url_for("staff.easier"), Action.SEE_EASIER_REQUESTS),
        ("offices", _l("Offices"), url_for("staff.offices"), Action.KEEP_OFFICES),
    ]
    return {
        "navigation": [(key, words, address) for key, words, address, action in places if may(actor, action)],
        "signed_in_as": actor.name,
        "sign_out_url": url_for("account.leave"),
    }


add_navigation(blueprint)
