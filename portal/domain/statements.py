"""What a landlord's text says of each thing that the Code asks of a policy, and how plainly it says it."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """How a text stands beside the Code. A text that says nothing has no statement, and is silent."""

    MEETS = "meets"
    STRICTER = "stricter"
    WEAKER = "weaker"
    SILENT = "silent"
    AMBIGUOUS = "ambiguous"
    CONTRADICTORY = "contradictory"


class Grade(StrEnum):
    """How sure it is that a text departs, strongest first.

    `certain`: it cannot be read as meeting the Code. `likely`: its natural reading departs. `arguable`: silence, or a
    reading that it permits, saves it. `notice`: no departure, but out of date or worth a look.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    ARGUABLE = "arguable"
    NOTICE = "notice"


class Reading(StrEnum):
    """How plainly a text that is weaker says so: there is no other reading, this is the natural one, or there is
    another that saves it."""

    PLAIN = "plain"
    NATURAL = "natural"
    POSSIBLE = "possible"


class Silence(StrEnum):
    """How sure it is that a text departs by saying nothing. `nothing`: only saying something could break the duty."""

    LIKELY = "likely"
    ARGUABLE = "arguable"
    NOTICE = "notice"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Statement:
    """What the text says of one duty. `says` is short and in our words, `rule` its section, `why` the reason where
    what the duty asks does not say it."""

    verdict: Verdict
    says: str
    rule: str
    read: Reading = Reading.PLAIN
    why: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that the Code asks of a policy's text.

    `provisions` are numbers of the Code ("5.8(c)" is a part of 5.8), none where it is no matter of the Code. `asks` is
    what it asks, `wording` a sentence that would meet it. `most` is the strongest grade that a departure can have.
    """

    key: str
    provisions: tuple[str, ...]
    asks: str
    wording: str
    silence: Silence = Silence.ARGUABLE
    most: Grade = Grade.CERTAIN
