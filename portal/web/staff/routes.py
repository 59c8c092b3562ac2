"""Pages for the landlord's staff: the queue, a complaint that came by phone or post, a case, and what is done to it."""

from flask import Blueprint, url_for

from portal import landlords
from portal.clock import current_clock
from portal.domain.permissions import Action, Actor, Role, may
from portal.web.access import current_actor
from portal.web.staff import (
    access_log,
    acts,
    adjustments,
    as_sent,
    assign_several,
    building_safety,
    case,
    declines,
    dissolution,
    easier,
    enquiry_letters,
    files,
    history,
    letters,
    mail,
    mail_complaint,
    messages,
    minor_issues,
    notes,
    offices,
    ombudsman,
    oversight,
    own_lists,
    packs,
    people,
    petition_group,
    petitions,
    policy,
    posting,
    queue,
    record,
    referrals,
    registers,
    remedies,
    search,
    service,
    service_list,
    work,
    working_days,
    workload,
)
from portal.web.staff.blueprint import blueprint
from portal.web.wording import lazy_gettext as _l

__all__ = [
    "access_log",
    "acts",
    "adjustments",
    "as_sent",
    "assign_several",
    "blueprint",
    "building_safety",
    "case",
    "declines",
    "dissolution",
    "easier",
    "enquiry_letters",
    "files",
    "history",
    "letters",
    "mail",
    "mail_complaint",
    "messages",
    "minor_issues",
    "notes",
    "offices",
    "ombudsman",
    "oversight",
    "own_lists",
    "packs",
    "people",
    "petition_group",
    "petitions",
    "policy",
    "posting",
    "queue",
    "record",
    "referrals",
    "registers",
    "remedies",
    "search",
    "service",
    "service_list",
    "work",
    "working_days",
    "workload",
]


IN_SIGHT = 4
"""How many places stand in the menu itself: with more, it took half of the first screen of a telephone."""


def add_navigation(pages: Blueprint) -> None:
    """Where this person can go, on every page of a blueprint."""
    pages.context_processor(navigation)


def navigation() -> dict[str, object]:
    """What the staff layout asks for. Nobody is shown a place that they may not go to."""
    actor = current_actor()
    if actor.role is Role.ANYONE:
        return {}
    places = [(key, words, url_for(endpoint)) for key, words, endpoint in places_of(actor)]
    first = len(places) if len(places) <= IN_SIGHT + 1 else IN_SIGHT
    return {
        "search_url": url_for("staff.start_search") if may(actor, Action.SEARCH_COMPLAINTS) else None,
        "navigation": places[:first],
        "seldom": places[first:],
        "signed_in_as": actor.name,
        "own_account_url": url_for("account.own_account"),
        "sign_out_url": url_for("account.leave"),
    }


def places_of(actor: Actor) -> list[tuple[str, str, str]]:
    """Key, words and endpoint of each place that somebody may go to; the first is where they begin."""
    places = [
        ("queue", _l("Complaints"), "staff.queue", Action.SEE_QUEUE),
        ("oversight", _l("Complaints"), "staff.oversight", Action.SEE_WITHOUT_NAMES),
        ("record", _l("Record a complaint"), "staff.record", Action.RECORD_COMPLAINT),
        ("mail", _l("Email"), "staff.all_mail", Action.SEE_MAIL),
        ("requests", _l("Requests"), "staff.requests", Action.SEE_SERVICE_REQUESTS),
        ("petitions", _l("Petitions"), "staff.all_petitions", Action.SEE_PETITIONS),
        ("easier", _l("Adjustments"), "staff.easier", Action.SEE_EASIER_REQUESTS),
        ("minor_issues", _l("Minor issues"), "staff.minor_issues", Action.LOG_MINOR_ISSUE),
        ("registers", _l("Registers"), "staff.register", Action.SEE_REGISTERS),
        ("registers", _l("Registers"), "staff.declined", Action.SEE_QUEUE),
        ("policy", _l("Policy and Code"), "staff.policy", Action.SEE_POLICY_CHECK),
        ("offices", _l("Offices"), "staff.offices", Action.KEEP_OFFICES),
        ("people", _l("Staff"), "staff.people", Action.SEE_STAFF),
        ("working_days", _l("Working days"), "staff.working_days", Action.SEE_WORKING_DAYS),
        ("access_log", _l("Access log"), "staff.access_log", Action.SEE_ACCESS_LOG),
    ]
    if not _logs_minor_issues(actor):
        places = [each for each in places if each[0] != "minor_issues"]
    # Of two pages under one name whoever may open both begins at the first.
    theirs: dict[str, tuple[str, str, str]] = {}
    for key, words, endpoint, action in places:
        if may(actor, action):
            theirs.setdefault(key, (key, words, endpoint))
    return list(theirs.values())


def _logs_minor_issues(actor: Actor) -> bool:
    """Whether the policy of their landlord has such a log."""
    served = actor.landlord in landlords.keys()
    return served and landlords.policy_for(actor.landlord or "", current_clock().today()).minor_issues is not None


add_navigation(blueprint)
