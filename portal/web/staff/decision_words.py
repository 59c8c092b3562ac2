"""What staff alone read of who decides, of a first reading, of links and of the Ombudsman."""

from __future__ import annotations

from enum import Enum
from typing import Any

from portal.domain.events import Flag
from portal.domain.interest_events import Conflict
from portal.domain.linking_events import LinkKind
from portal.domain.ombudsman_events import Determination, Direction, OrderKind
from portal.domain.triage_events import Complexity, Risk
from portal.records.beside import Alike
from portal.web.wording import lazy_gettext as _l

DECISION_WORDS: tuple[tuple[Enum, Any], ...] = (
    (Conflict.NAMED, _l("I am named in the complaint")),
    (Conflict.OWN_WORK, _l("It is about my own work, or about a decision of mine")),
    (Conflict.MANAGES, _l("I manage the person or the work that it is about")),
    (Conflict.KNOWS, _l("I know the resident, or somebody whom it is about, outside work")),
    (Conflict.OTHER, _l("Something else")),
    (Flag.HIGH_RISK, _l("High risk")),
    (Flag.EARLY_ANSWER, _l("Early answer possible")),
    (Flag.ANSWER_TO_CHECK, _l("An answer to check")),
    (Complexity.SIMPLE, _l("Simple: the answer can be seen now")),
    (Complexity.ORDINARY, _l("Ordinary")),
    (Complexity.COMPLEX, _l("Complex: several teams, experts or long histories")),
    (Risk.NONE_SEEN, _l("None that can be seen")),
    (Risk.SOME, _l("Some: keep an eye on it")),
    (Risk.HIGH, _l("High: somebody may come to harm while it is open")),
    (LinkKind.RELATED, _l("Related")),
    (LinkKind.NEW_ISSUE, _l("A new issue, told of in the other")),
    (LinkKind.SAME_MATTER, _l("The same matter")),
    (Alike.PERSON, _l("The same person")),
    (Alike.CONTACT, _l("The same email or phone")),
    (Alike.HOME, _l("The same home")),
    (Alike.BLOCK, _l("The same postcode")),
    (Direction.ACCEPT, _l("Take it on as a complaint")),
    (Direction.STAGE_2, _l("Take it to stage\u00a02")),
    (Direction.ANSWER, _l("Answer it by a day")),
    (Determination.SEVERE_MALADMINISTRATION, _l("Severe maladministration")),
    (Determination.MALADMINISTRATION, _l("Maladministration")),
    (Determination.SERVICE_FAILURE, _l("Service failure")),
    (Determination.REASONABLE_REDRESS, _l("Reasonable redress: it was put right before")),
    (Determination.NO_MALADMINISTRATION, _l("No maladministration")),
    (Determination.RESOLVED, _l("Resolved with the Ombudsman’s help")),
    (Determination.OUTSIDE, _l("Outside what the Ombudsman looks into")),
    (Determination.WITHDRAWN, _l("Withdrawn from the Ombudsman")),
    (OrderKind.ORDER, _l("Order")),
    (OrderKind.RECOMMENDATION, _l("Recommendation")),
)
