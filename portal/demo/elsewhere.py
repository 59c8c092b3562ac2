"""What of the made-up complaints goes elsewhere: to those who make homes safe, to a council, in confidence."""

from __future__ import annotations

import secrets
from dataclasses import replace

from portal.actions.judge_safety import Judgement, judge_safety
from portal.actions.link_service import link_service
from portal.actions.move_referral import move_referral
from portal.actions.refer_part import refer_part
from portal.actions.request_service import request_service
from portal.actions.settle_service import settle_service
from portal.demo.story import Story
from portal.domain.adjustment_kinds import AdjustmentScope
from portal.domain.adjustments import Wish as EasierWish
from portal.domain.building_safety import Building, SafetyCategory, SafetyRisk
from portal.domain.interpreting import Interpreting, Spoken
from portal.domain.law import HazardKind
from portal.domain.permissions import Actor, Role
from portal.domain.referral_events import ReferralStep
from portal.domain.referrals import Wish
from portal.domain.routes import Route
from portal.domain.service_request import ServiceWish, complaint_about
from portal.records.service_requests import mark_complained, service_request, wish_of

INTERPRETED = EasierWish(interpreting=Interpreting(Spoken.POLISH), scope=AdjustmentScope.ALL_CONTACT)


def ask_for_service(story: Story, *, by_email: bool = True) -> str:
    """The reference of a request for service by the same person, before any complaint. Its link leads nowhere."""
    person = story.person if by_email else replace(story.person, email="")
    tap = "The tap in the kitchen drips day and night."
    wish = ServiceWish(words=tap, channel="online", person=person, easier=INTERPRETED)
    landlord = story.office.landlord.key
    anyone = Actor(role=Role.ANYONE, landlord=landlord)
    secret_key = secrets.token_hex()
    asked = request_service(story.session, anyone, landlord, wish, secret_key=secret_key, now=story.now)
    story.session.flush()
    return asked.reference


def is_mended(story: Story, request: str) -> None:
    outcome = "A new washer was fitted. When we rang, you said that it holds."
    settle_service(story.session, story.office.lead, request, outcome=outcome, now=story.now)


def is_unhappy_with(story: Story, request: str) -> None:
    """The complaint that one press makes of it."""
    landlord = story.office.landlord.key
    asked = service_request(story.session, landlord, request, for_update=True)
    assert asked is not None, "it was asked for before"
    day = story.now.date()
    about = {"received_on": day, "channel": "online", "words": "Nobody has come so far."}
    wish = wish_of(story.session, asked)
    story.receive(change=lambda _: complaint_about(wish, request, asked.asked_at.date(), **about))
    mark_complained(asked, story.reference)


def link_request(story: Story, request: str) -> None:
    """Staff find out that both are about the same."""
    lead = story.office.lead
    story.file = link_service(story.session, lead, request, complaint=story.reference, now=story.now)


def judge_building(story: Story, risk: SafetyRisk) -> None:
    tower = Building(name="Example Tower", metres=31, floors=10, homes=48)
    words = "The fire door on the sixth floor does not close."
    found = Judgement(building=tower, category=SafetyCategory.FIRE_SPREAD, risk=risk, words=words)
    story.file = judge_safety(story.session, story.office.lead, story.reference, found, now=story.now)


def pass_on_hazard(story: Story) -> None:
    _pass_on(
        story,
        Wish(
            route=Route.HAZARD,
            part="Water comes through the light in the bathroom.",
            owner="Our repairs team",
            reached_by="The emergency number on the first page",
            hazard=HazardKind.SIGNIFICANT,
            aware_at=story.now,
        ),
    )


def pass_on_to_council(story: Story) -> None:
    part = "The street light in front of the house has been out for weeks."
    _pass_on(story, Wish(route=Route.EXTERNAL_BODY, part=part, owner="The council’s street lighting team"))


def pass_on_in_confidence(story: Story) -> None:
    part = "Somebody in the house seems to be afraid of a visitor."
    _pass_on(story, Wish(route=Route.SAFEGUARDING, part=part, owner="Our safeguarding lead"))


def look_into_hazard(story: Story) -> None:
    """It is looked at, and what was found is told in writing."""
    move(story, ReferralStep.INVESTIGATED)
    move(story, ReferralStep.FINDINGS_TOLD, "The pipe above the light leaks. The light is off until it is mended.")


def move(story: Story, step: ReferralStep, words: str = "", number: int = 1) -> None:
    told = {"step": step, "on": story.now.date(), "words": words}
    story.file = move_referral(story.session, story.office.lead, story.reference, number, now=story.now, **told)


def _pass_on(story: Story, wish: Wish) -> None:
    story.file = refer_part(story.session, story.office.lead, story.reference, wish, now=story.now)
