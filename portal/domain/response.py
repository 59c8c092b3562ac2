"""What each letter must contain, and what an answer must say before it may go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from portal.domain.case import Case, Rules
from portal.domain.events import Finding, PointAnswer, RemedyTerms, Stage
from portal.domain.offers import RemedyOffer, check_offer, check_own_delay
from portal.domain.policy import Compensation, LetterKind, Part, RequiredPart
from portal.domain.refusal import Refused
from portal.domain.remedy_kinds import OwnDelay
from portal.domain.saying import say, together

PART_LABELS: Mapping[Part, str] = {
    Part.REFERENCE: say("the complaint reference"),
    Part.STAGE: say("the complaint stage"),
    Part.DEFINITION: say("our understanding of the complaint, point by point"),
    Part.OUTCOMES: say("the outcomes that the resident is looking for"),
    Part.RESPONSIBILITIES: say("what we are and are not responsible for"),
    Part.HANDLER: say("who is handling the complaint"),
    Part.DECISION: say("the decision on the complaint"),
    Part.REASONS: say("the reasons for each decision"),
    Part.POINTS_ANSWERED: say("an answer to every point"),
    Part.LAW_AND_POLICY: say("the law, policy or good practice that was used"),
    Part.REMEDY: say("how we will put things right"),
    Part.ACTIONS: say("what is still to be done, by whom and when"),
    Part.HOW_TO_ESCALATE: say("how to ask for stage 2"),
    Part.OMBUDSMAN: say("how to reach the Ombudsman"),
    Part.OMBUDSMAN_RIGHT: say("the right to take this decision to the Ombudsman"),
    Part.NEW_DATE: say("the new date"),
    Part.EXTENSION_REASON: say("why more time is needed"),
    Part.UPDATE_INTERVAL: say("how often we will send an update"),
    Part.COPY_OF_POLICY: say("a copy of the complaints policy"),
    Part.WHY_STILL_DISSATISFIED: say("why the resident is still dissatisfied"),
    Part.CHANGES_TO_REMEDY: say("what changes in the remedy offered at stage 1"),
    Part.SECOND_REVIEW_RIGHT: say("the right to a second review"),
    Part.HOW_FAR_IT_CAN_GO: say("whether and how the complaint can go further"),
    Part.EVIDENCE: say("the evidence for the decision"),
    Part.CIRCUMSTANCES: say("the circumstances that were considered"),
}
"""Each part in the words in which a refusal names it."""


class Incomplete(Refused):
    """A letter may not go while these required parts are missing."""

    def __init__(self, missing: tuple[RequiredPart, ...], cited: Callable[[str], str] = str) -> None:
        named = (say("%(part)s (%(rule)s)", part=PART_LABELS[each.part], rule=cited(each.rule)) for each in missing)
        needs = together(named, between="; ")
        super().__init__(say("This letter cannot be sent yet. It still needs: %(parts)s.", parts=needs))
        self.missing = missing


def missing_from(required: Iterable[RequiredPart], said: Mapping[Part, str]) -> tuple[RequiredPart, ...]:
    """The required parts for which a letter has no words."""
    return tuple(each for each in required if not said.get(each.part, "").strip())


def check_parts(kind: LetterKind, rules: Rules, said: Mapping[Part, str]) -> None:
    """Raise `Incomplete`, naming each part that the Code or the policy requires and that has no words."""
    if missing := missing_from(rules.policy.parts_of(kind, rules.code), said):
        raise Incomplete(missing, rules.policy.cited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer as a handler writes it."""

    answers: tuple[PointAnswer, ...]
    remedies: tuple[RemedyOffer, ...] = ()
    own_delay: OwnDelay | None = None
    own_delay_reason: str = ""
    changes_to_remedy: str = ""

    @property
    def finding(self) -> Finding:
        """The decision on the whole: partly upheld wherever the points differ."""
        found = {answer.finding for answer in self.answers}
        return found.pop() if len(found) == 1 else Finding.PARTLY_UPHELD


def check_response(case: Case, response: Response, on: date, compensation: Compensation | None = None) -> None:
    """Raise `Refused`, naming the point or remedy, where the answer is not whole (Code 6.7, 7.2, 7.3).

    `compensation` is what the landlord's policy says of it.
    """
    acknowledged = case.now.acknowledged
    points = acknowledged.points if acknowledged else ()
    if tuple(answer.point for answer in response.answers) != points:
        raise Refused("Answer every point of the complaint definition (Code 6.7)", "answers")
    for number, answer in enumerate(response.answers):
        if not answer.reasons.strip():
            raise Refused(
                say("Give the reasons for point %(number)s (Code 6.7)", number=number + 1), f"answers-{number}-reasons"
            )
    for number, remedy in enumerate(response.remedies):
        check_offer(remedy, on, compensation, number)
    check_own_delay(case, response.remedies, response.own_delay, response.own_delay_reason)


RESPONSE_LETTER = {Stage.ONE: LetterKind.RESPONSE_STAGE_1, Stage.TWO: LetterKind.RESPONSE_STAGE_2}
ACKNOWLEDGEMENT_LETTER = {Stage.ONE: LetterKind.ACKNOWLEDGEMENT, Stage.TWO: LetterKind.ACKNOWLEDGEMENT_STAGE_2}
DECLINE_LETTER = {Stage.ONE: LetterKind.DECLINE, Stage.TWO: LetterKind.DECLINE_STAGE_2}


def remedy_terms(response: Response) -> tuple[RemedyTerms, ...]:
    """What is promised, without the words."""
    return tuple(each.terms for each in response.remedies)
