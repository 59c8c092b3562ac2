"""The first reading of a complaint, and how often its resident hears from us once it is late."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from portal.actions.agree_updates import agree_updates
from portal.actions.triage_complaint import Reading, triage_complaint
from portal.domain.lifecycle import AWAITING_US
from portal.domain.permissions import Action, Decision
from portal.domain.too_late import NOTHING_OWED
from portal.domain.triage_events import Complexity, Risk
from portal.domain.updates import agreed_interval
from portal.web.staff.act import Act, route
from portal.web.staff.acts import When
from portal.web.staff.desk import Desk
from portal.web.staff.fields import Day, OneOf, line, needed, words
from portal.web.staff.forms import CHANNELS, StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

YES_OR_NO = [("yes", _l("Yes")), ("no", _l("No"))]


class ReadFirst(StaffForm):
    early_answer = OneOf(
        _l("Can it be answered early?"),
        YES_OR_NO,
        description=_l("It is a complaint all the same, with every date and letter."),
        validators=[needed(_l("Choose whether it can be answered early"))],
    )
    complexity = OneOf(
        _l("How complex is it?"), choices(Complexity), validators=[needed(_l("Choose how complex it is"))]
    )
    risk = OneOf(
        _l("Is there a risk of harm to somebody?"),
        choices(Risk),
        validators=[needed(_l("Choose how high the risk is"))],
    )
    hazard = OneOf(
        _l("Is something in the home dangerous?"),
        YES_OR_NO,
        description=_l("Pass it on as a hazard at once: the dates of the law run from when we knew."),
        validators=[needed(_l("Choose whether something is dangerous"))],
    )
    vulnerability = words(
        _l("What makes somebody vulnerable?"),
        hint=_l("Only what changes how we deal with it. The handler and complaints officers can read it, nobody else."),
    )
    words = words(_l("What did you see?"), hint=_l("Nothing about anybody’s health or life: that goes below."))


class AgreeUpdates(StaffForm):
    every_working_days = line(
        _l("How often will you tell them how it stands, in working days?"),
        _l("Enter how often, in working days"),
        hint=_l("For example 5."),
        longest=3,
    )
    agreed_on = Day(_l("When did they agree to it?"), _l("Enter the day on which they agreed"))
    channel = OneOf(_l("How did they agree?"), choices(CHANNELS), validators=[needed(_l("Choose how they agreed"))])
    words = words(_l("What was said?"))


def owed(desk: Desk) -> Decision:
    return Decision(desk.case.status in AWAITING_US, NOTHING_OWED)


def start_from_reading(form: ReadFirst, desk: Desk) -> None:
    reading = desk.case.triage.reading
    if reading is None or form.is_submitted():
        return
    form.early_answer.data = "yes" if reading.early_answer else "no"
    form.hazard.data = "yes" if reading.hazard else "no"
    form.complexity.data, form.risk.data = reading.complexity.value, reading.risk.value
    form.words.data = reading.words


def triage(session: Session, desk: Desk, form: ReadFirst, when: When) -> object:
    reading = Reading(
        early_answer=form.early_answer.data == "yes",
        complexity=Complexity(form.complexity.data),
        risk=Risk(form.risk.data),
        hazard=form.hazard.data == "yes",
        words=form.words.data or "",
        vulnerability=form.vulnerability.data or "",
    )
    return triage_complaint(session, desk.actor, desk.case.reference, reading, **when)


def start_from_interval(form: AgreeUpdates, desk: Desk) -> None:
    interval = agreed_interval(desk.case)
    if interval and not form.is_submitted():
        form.every_working_days.data = str(interval.every_working_days)


def agree(session: Session, desk: Desk, form: AgreeUpdates, when: When) -> object:
    typed = form.every_working_days.data.strip()
    said: dict[str, Any] = {
        "every_working_days": int(typed) if typed.isascii() and typed.isdigit() else 0,
        "agreed_on": form.agreed_on.data,
        "channel": form.channel.data,
        "words": form.words.data or "",
    }
    return agree_updates(session, desk.actor, desk.case.reference, **said, **when)


TRIAGE_ACTS = (
    Act(
        name="triage",
        action=Action.TRIAGE_COMPLAINT,
        title=_l("Record the first reading"),
        button=_l("Record the reading"),
        done=_l("The reading is recorded. No date has changed."),
        form=ReadFirst,
        perform=triage,
        possible=owed,
        prepare=start_from_reading,
    ),
)

UPDATE_ACTS = (
    Act(
        name="updates",
        action=Action.AGREE_UPDATES,
        title=_l("Record how often the resident hears from us"),
        button=_l("Record what was agreed"),
        done=_l("It is recorded. The resident sees it on their page."),
        form=AgreeUpdates,
        perform=agree,
        possible=owed,
        prepare=start_from_interval,
    ),
)

for _act in (*TRIAGE_ACTS, *UPDATE_ACTS):
    route(_act)
