"""What can be done from the page of a case: the one act for this moment, and every other under a plain heading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.domain.events import Flag, Stage
from portal.domain.independence import has_declared
from portal.domain.lifecycle import AWAITING_US, Status
from portal.domain.permissions import Decision
from portal.web.staff.act import Act
from portal.web.staff.acts import ACTS
from portal.web.staff.adjustments import ADJUSTMENT_ACTS
from portal.web.staff.building_safety import SAFETY_ACTS
from portal.web.staff.checks import ASKING_ACTS, CHECK_ACTS, to_check
from portal.web.staff.contacts import CONTACT_ACTS
from portal.web.staff.desk import Desk
from portal.web.staff.groups import GROUP_ACTS
from portal.web.staff.independence import INDEPENDENCE_ACTS, OVERRIDE_ACTS
from portal.web.staff.joining import JOINING_ACTS
from portal.web.staff.linking import LINK_ACTS
from portal.web.staff.messages import MESSAGE_ACTS
from portal.web.staff.ombudsman import OMBUDSMAN_ACTS
from portal.web.staff.person import PERSON_ACTS
from portal.web.staff.referrals import REFERRAL_ACTS
from portal.web.staff.remedies import REMEDY_ACTS
from portal.web.staff.representatives import REPRESENTATIVE_ACTS
from portal.web.staff.restrictions import RESTRICTION_ACTS
from portal.web.staff.sight import SIGHT_ACTS
from portal.web.staff.triage import TRIAGE_ACTS, UPDATE_ACTS
from portal.web.wording import lazy_gettext as _l

EVERY: Mapping[str, Act] = {
    act.name: act
    for acts in (
        (*INDEPENDENCE_ACTS, *CHECK_ACTS, *TRIAGE_ACTS, *ACTS, *ASKING_ACTS, *UPDATE_ACTS, *OVERRIDE_ACTS),
        (
            *MESSAGE_ACTS,
            *CONTACT_ACTS,
            *REMEDY_ACTS,
            *REFERRAL_ACTS,
            *SAFETY_ACTS,
            *OMBUDSMAN_ACTS,
            *JOINING_ACTS,
            *LINK_ACTS,
        ),
        (*PERSON_ACTS, *REPRESENTATIVE_ACTS, *GROUP_ACTS, *ADJUSTMENT_ACTS, *SIGHT_ACTS, *RESTRICTION_ACTS),
    )
    for act in acts
}

ANSWERS = """triage interests assign acknowledge write-message read-messages decide-issue contact updates extend
    ask-for-check check respond escalate close"""
OTHER_WAYS = """decline withdraw ombudsman-enquiry ombudsman-evidence ombudsman-direction ombudsman-determination
    ombudsman-order join-complaints link"""
PEOPLE = """confirm-contact join-person language new-code add-representative ask-for-authority record-authority
    representative-code end-authority group add-member member-leaves change-lead lead-leaves member-code override
    decide-override restrict lift-restriction restrict-contact review-restriction record-appeal decide-appeal"""
EASIER = """adjustment decide-adjustment review-adjustment apply-adjustment call-anyway carry-adjustments
    condition"""

HEADINGS: Sequence[tuple[Any, str]] = (
    (_l("Answer"), ANSWERS),
    (_l("People and access"), PEOPLE),
    (_l("To make it easier for the resident"), EASIER),
    (_l("What was found"), "add-remedy payment refer referral building-safety"),
    (_l("Other ways"), OTHER_WAYS),
    (_l("Correct the record"), "named-staff area undo-joining end-link"),
)
"""Under which heading each act stands, by name and in order."""


@dataclass(frozen=True, slots=True)
class CaseActs:
    """`main` is the act for this moment, where there is one for whoever looks; `others` stand under their headings.
    `refused` is what would carry the complaint on or end it, and is not for them or not for now, with the reason."""

    main: Act | None
    others: Sequence[tuple[Any, Sequence[Act]]]
    refused: Sequence[tuple[Act, Decision]]


def case_acts(desk: Desk) -> CaseActs:
    """Every act that is allowed now stands in it once."""
    decided = {name: act.decision(desk) for name, act in EVERY.items()}
    main = usual_next(desk)
    others = [
        (heading, [EVERY[name] for name in names.split() if decided[name] and name != main])
        for heading, names in HEADINGS
    ]
    return CaseActs(
        main=EVERY[main] if main and decided[main] else None,
        others=[(heading, acts) for heading, acts in others if acts],
        refused=[(EVERY[name], decided[name]) for name in f"{ANSWERS} {OTHER_WAYS}".split() if not decided[name]],
    )


def usual_next(desk: Desk) -> str:
    """The one act that usually comes next, by its name: it alone is offered as the main button.

    None where we wait for the resident, and never what only the resident can want or what ends a complaint unanswered.
    """
    if desk.case.status in AWAITING_US and desk.case.handler_id is None:
        return "assign"
    if desk.case.status in AWAITING_US and desk.actor.user_id == desk.case.handler_id and not has_declared(desk.case):
        return "interests"
    if desk.acknowledgement_waits:
        return "confirm-contact"
    if Flag.ANSWER_TO_CHECK in desk.case.flags and to_check(desk):
        return "check"
    if desk.case.status is Status.RESPONDED:
        return "close" if desk.case.stage is Stage.TWO else ""
    return {Status.RECEIVED: "acknowledge", Status.ACKNOWLEDGED: "respond"}.get(desk.case.status, "")
