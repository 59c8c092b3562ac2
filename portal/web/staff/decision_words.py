"""What staff alone read of who decides, and of a first reading."""

from __future__ import annotations

from enum import Enum
from typing import Any

from portal.domain.events import Flag
from portal.domain.interest_events import Conflict
from portal.domain.triage_events import Complexity, Risk
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
)
