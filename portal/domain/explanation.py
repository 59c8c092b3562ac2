"""A deadline in words that a resident can check against a calendar."""

from collections.abc import Iterable
from datetime import date

from portal.domain.deadlines import Deadline
from portal.domain.policy import Happening, Key, Unit
from portal.domain.working_days import SATURDAY, Calendar, Skipped

_SUBSTITUTE = " (substitute day)"

_HAPPENED = {
    Happening.RECEIVED: "the day we received your complaint",
    Happening.ACKNOWLEDGED: "the day we acknowledged your complaint (told you how we understand it)",
    Happening.RESPONDED: "the day we sent our stage 1 response",
    Happening.RESPONSE_RECEIVED: (
        "the day our stage 1 response reaches you"
        " (an email on the day it is sent, a letter on the second working day after it is posted)"
    ),
    Happening.ESCALATED: "the day you asked for stage 2",
    Happening.STAGE_2_ACKNOWLEDGED: "the day we acknowledged your request for stage 2 (told you how we understand it)",
    Happening.RESPOND_STAGE_1: "the last day for our stage 1 response without more time",
    Happening.RESPOND_STAGE_2: "the last day for our stage 2 response without more time",
}

_SUPPOSED = {
    "acknowledged": "we acknowledge your complaint (tell you how we understand it) on the last day we may, {}",
    "responded": "we send our stage 1 response on the last day we may, {}",
    "escalated": "you ask for stage 2 on {}",
    "stage2_acknowledged": (
        "we acknowledge your request for stage 2 (tell you how we understand it) on the last day we may, {}"
    ),
}

_JUST_SUPPOSED = {
    Happening.ACKNOWLEDGED,
    Happening.RESPONDED,
    Happening.ESCALATED,
    Happening.STAGE_2_ACKNOWLEDGED,
}


def explain(deadline: Deadline, landlord_name: str) -> str:
    """How the date was counted, from which day, which days were left out, and the rule that it comes from."""
    sentences = (
        _supposition(deadline),
        _opening(deadline, landlord_name),
        _day_zero(deadline),
        _left_out(deadline),
        _ending(deadline),
        _source(deadline.rule, deadline.cited),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def explain_more_time(old: date, new: date, calendar: Calendar, rule: str) -> str:
    """How many working days a new date adds to the one that it replaces, and the rule that lets it."""
    counted, skipped = calendar.count(old, calendar.between(old, new))
    days = f"{len(counted)} working day{'' if len(counted) == 1 else 's'}"
    return (
        f"We count {days} from {day_in_words(old)}, the date that it replaces. That day itself does not count. "
        f"{days_off(skipped)} Day {len(counted)} is {day_in_words(new)}. {_source(rule, rule)}"
    )


def _supposition(deadline: Deadline) -> str:
    """What has not happened yet, and the day that was taken for it."""
    supposed = [_SUPPOSED[name].format(day_in_words(day)) for name, day in deadline.assumes.items()]
    return f"This is the date if {_listed(supposed)}." if supposed else ""


def _opening(deadline: Deadline, landlord_name: str) -> str:
    amount, start = _amount(deadline), _start(deadline)
    if deadline.key is Key.ASK_FOR_STAGE_2:
        return f"{landlord_name} gives you {amount} to ask for stage 2, counted from {start}."
    return f"We count {amount} from {start}."


def _start(deadline: Deadline) -> str:
    """The day counted from, and what happened on it unless that is only supposed and has just been said."""
    day = day_in_words(deadline.from_date)
    if deadline.assumes and deadline.counted_from in _JUST_SUPPOSED:
        return day
    return f"{day}, {_HAPPENED[deadline.counted_from]}"


def _day_zero(deadline: Deadline) -> str:
    return "" if deadline.unit is Unit.CALENDAR_MONTHS else "That day itself does not count."


def _left_out(deadline: Deadline) -> str:
    if deadline.unit is Unit.CALENDAR_MONTHS:
        return ""
    if deadline.unit is Unit.CALENDAR_DAYS:
        return "Every day counts, weekends and bank holidays too."
    return days_off(deadline.skipped)


def days_off(skipped: Iterable[Skipped]) -> str:
    holidays = _listed(_short(each) for each in skipped if each.day.weekday() < SATURDAY)
    return f"We do not count Saturdays, Sundays or bank holidays{': ' if holidays else ''}{holidays}."


def _ending(deadline: Deadline) -> str:
    if deadline.unit is Unit.CALENDAR_MONTHS:
        return f"The last day is {day_in_words(deadline.due)}.{_run_on(deadline)}"
    last_counted = deadline.counted[-1]
    ending = f"Day {deadline.amount} is {day_in_words(last_counted)}."
    if last_counted == deadline.due:
        return ending
    return f"{ending} The last day is {day_in_words(deadline.due)}.{_run_on(deadline)}"


def _run_on(deadline: Deadline) -> str:
    """A resident's window that ends on a day off runs on to the next working day."""
    passed_over = _listed(_short(skipped) for skipped in deadline.skipped)
    return f" Your time runs on over {passed_over}, so that it ends on a working day." if passed_over else ""


def _source(rule: str, cited: str) -> str:
    """Where the rule can be read. A limit that a policy lacks is the Code's."""
    of_the_code = rule.startswith("Code ")
    text = "the Housing Ombudsman's Complaint Handling Code" if of_the_code else "our complaints policy"
    return f"The rule is in {text} ({cited})."


def _amount(deadline: Deadline) -> str:
    unit = {Unit.WORKING_DAYS: "working day", Unit.CALENDAR_DAYS: "day", Unit.CALENDAR_MONTHS: "month"}[deadline.unit]
    return f"{deadline.amount} {unit}{'' if deadline.amount == 1 else 's'}"


def _short(skipped: Skipped) -> str:
    """A day left out, with its name: "Monday 28 December (Boxing Day, moved)"."""
    day = f"{skipped.day:%A} {skipped.day.day} {skipped.day:%B}"
    if skipped.day.weekday() >= SATURDAY:
        return day
    name = skipped.why.removesuffix(_SUBSTITUTE)
    return f"{day} ({name}, moved)" if name != skipped.why else f"{day} ({name})"


def day_in_words(day: date) -> str:
    """Monday 11 January 2027."""
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _listed(words: Iterable[str]) -> str:
    """Words with commas and a last "and"."""
    *others, last = [*words] or [""]
    return f"{', '.join(others)} and {last}" if others else last
