"""What of the made-up complaints goes elsewhere: to those who make homes safe, to a council, in confidence."""

from __future__ import annotations

from portal.actions.move_referral import move_referral
from portal.actions.refer_part import refer_part
from portal.demo.story import Story
from portal.domain.law import HazardKind
from portal.domain.referral_events import ReferralStep
from portal.domain.referrals import Wish
from portal.domain.routes import Route


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
