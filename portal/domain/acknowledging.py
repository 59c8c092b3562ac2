"""When an acknowledgement counts as given: once the letter can go to the resident, and not before.

It is the resident who is to be acknowledged within five working days (Code 5.6, 6.2, 6.11). While nobody has checked
how they are reached the letter waits, so the limit goes on. The time for the answer runs from the day on which it was
written all the same: that we did not know where to send it gives nobody longer to answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from portal.domain.events import Stage

if TYPE_CHECKING:
    from portal.domain.case import Case, StageRecord


def waits(case: Case) -> bool:
    """Whether the acknowledgement of this stage is written, and cannot go yet."""
    return is_held(case.now)


def is_held(record: StageRecord) -> bool:
    return record.acknowledged is not None and record.told_on is None


def told(stages: Mapping[Stage, StageRecord], on: date) -> Mapping[Stage, StageRecord]:
    """The stages from the day on which it is known how the resident is reached: what waited goes."""
    return {stage: replace(each, told_on=on) if is_held(each) else each for stage, each in stages.items()}
