"""A deadline in words that a resident can check against a calendar."""

from collections.abc import Iterable, Mapping
from datetime import date

from portal.domain.deadlines import Deadline
from portal.domain.policy import Happening, Key, Unit
from portal.domain.saying import Saying, ThatDay, Value, say, say_many, together
from portal.domain.working_days import SATURDAY, Calendar, Skipped

_SUBSTITUTE = " (substitute day)"

_HAPPENED: Mapping[Happening, Saying] = {
    Happening.RECEIVED: say("the day we received your complaint"),
    Happening.ACKNOWLEDGED: say("the day we acknowledged your complaint (told you how we understand it)"),
    Happening.RESPONDED: say("the day we sent our stage 1 response"),
    Happening.RESPONSE_RECEIVED: say(
        "the day our stage 1 response reaches you"
        " (an email on the day it is sent, a letter on the second working day after it is posted)"
    ),
    Happening.ESCALATED: say("the day you asked for stage 2"),
    Happening.STAGE_2_ACKNOWLEDGED: say(
        "the day we acknowledged your request for stage 2 (told you how we understand it)"
    ),
    Happening.DIRECTED: say("the day on which the Ombudsman told us to take this on"),
    Happening.RESPOND_STAGE_1: say("the last day for our stage 1 response without more time"),
    Happening.RESPOND_STAGE_2: say("the last day for our stage 2 response without more time"),
}

_JUST_SUPPOSED = {
    Happening.ACKNOWLEDGED,
    Happening.RESPONDED,
    Happening.ESCALATED,
    Happening.STAGE_2_ACKNOWLEDGED,
}

DAYS_OFF = (
    say("Saturday"),
    say("Sunday"),
    say("New Year's Day"),
    say("2nd January"),
    say("St Patrick's Day"),
    say("Good Friday"),
    say("Easter Monday"),
    say("Early May bank holiday"),
    say("Spring bank holiday"),
    say("Battle of the Boyne"),
    say("Summer bank holiday"),
    say("St Andrew's Day"),
    say("Christmas Day"),
    say("Boxing Day"),
)
"""Those that come every year, as `Skipped.why` names them: another is shown as it is."""


def explain(deadline: Deadline, landlord_name: str) -> Saying:
    """How the date was counted, from which day, which days were left out, and the rule that it comes from."""
    return together(
        (
            _supposition(deadline),
            _opening(deadline, landlord_name),
            _day_zero(deadline),
            _left_out(deadline),
            _ending(deadline),
            _source(deadline.rule, deadline.cited),
        )
    )


def explain_more_time(old: date, new: date, calendar: Calendar, rule: str) -> Saying:
    """How many working days a new date adds to the one that it replaces, and the rule that lets it."""
    counted, skipped = calendar.count(old, calendar.between(old, new))
    days = say_many("%(num)s working day", "%(num)s working days", len(counted))
    return together(
        (
            say("We count %(days)s from %(old)s, the date that it replaces.", days=days, old=old),
            say("That day itself does not count."),
            days_off(skipped),
            say("Day %(number)s is %(day)s.", number=len(counted), day=new),
            _source(rule, rule),
        )
    )


def _supposed(name: str, day: date) -> Saying:
    if name == "acknowledged":
        return say(
            "we acknowledge your complaint (tell you how we understand it) on the last day we may, %(day)s", day=day
        )
    if name == "responded":
        return say("we send our stage 1 response on the last day we may, %(day)s", day=day)
    if name == "escalated":
        return say("you ask for stage 2 on %(day)s", day=day)
    return say(
        "we acknowledge your request for stage 2 (tell you how we understand it) on the last day we may, %(day)s",
        day=day,
    )


def _supposition(deadline: Deadline) -> str:
    """What has not happened yet, and the day that was taken for it."""
    supposed = tuple(_supposed(name, day) for name, day in deadline.assumes.items())
    return say("This is the date if %(supposed)s.", supposed=supposed) if supposed else ""


def _opening(deadline: Deadline, landlord_name: str) -> Saying:
    amount, start = _amount(deadline), _start(deadline)
    if deadline.key is Key.ASK_FOR_STAGE_2:
        return say(
            "%(landlord)s gives you %(amount)s to ask for stage 2, counted from %(start)s.",
            landlord=landlord_name,
            amount=amount,
            start=start,
        )
    return say("We count %(amount)s from %(start)s.", amount=amount, start=start)


def _start(deadline: Deadline) -> Value:
    """The day counted from, and what happened on it unless that is only supposed and has just been said."""
    if deadline.assumes and deadline.counted_from in _JUST_SUPPOSED:
        return deadline.from_date
    return say("%(day)s, %(happened)s", day=deadline.from_date, happened=_HAPPENED[deadline.counted_from])


def _day_zero(deadline: Deadline) -> str:
    return "" if deadline.unit is Unit.CALENDAR_MONTHS else say("That day itself does not count.")


def _left_out(deadline: Deadline) -> str:
    if deadline.unit is Unit.CALENDAR_MONTHS:
        return ""
    if deadline.unit is Unit.CALENDAR_DAYS:
        return say("Every day counts, weekends and bank holidays too.")
    return days_off(deadline.skipped)


def days_off(skipped: Iterable[Skipped]) -> Saying:
    holidays = tuple(_short(each) for each in skipped if each.day.weekday() < SATURDAY)
    if not holidays:
        return say("We do not count Saturdays, Sundays or bank holidays.")
    return say("We do not count Saturdays, Sundays or bank holidays: %(holidays)s.", holidays=holidays)


def _ending(deadline: Deadline) -> str:
    last_day = say("The last day is %(day)s.", day=deadline.due)
    if deadline.unit is Unit.CALENDAR_MONTHS:
        return together((last_day, _run_on(deadline)))
    last_counted = deadline.counted[-1]
    ending = say("Day %(number)s is %(day)s.", number=deadline.amount, day=last_counted)
    if last_counted == deadline.due:
        return ending
    return together((ending, last_day, _run_on(deadline)))


def _run_on(deadline: Deadline) -> str:
    """A resident's window that ends on a day off runs on to the next working day."""
    passed_over = tuple(_short(skipped) for skipped in deadline.skipped)
    if not passed_over:
        return ""
    return say("Your time runs on over %(days)s, so that it ends on a working day.", days=passed_over)


def _source(rule: str, cited: str) -> Saying:
    """Where the rule can be read. A limit that a policy lacks is the Code's."""
    if rule.startswith("Code "):
        return say("The rule is in the Housing Ombudsman's Complaint Handling Code (%(rule)s).", rule=cited)
    return say("The rule is in our complaints policy (%(rule)s).", rule=cited)


def _amount(deadline: Deadline) -> Saying:
    if deadline.unit is Unit.WORKING_DAYS:
        return say_many("%(num)s working day", "%(num)s working days", deadline.amount)
    if deadline.unit is Unit.CALENDAR_DAYS:
        return say_many("%(num)s day", "%(num)s days", deadline.amount)
    return say_many("%(num)s month", "%(num)s months", deadline.amount)


def _short(skipped: Skipped) -> Saying:
    """A day left out, with its name: "Monday 28 December (Boxing Day, moved)"."""
    day = ThatDay(skipped.day)
    if skipped.day.weekday() >= SATURDAY:
        return say("%(day)s", day=day)
    return say("%(day)s (%(holiday)s)", day=day, holiday=day_off(skipped.why))


def day_off(why: str) -> str:
    """Why a day does not count, as `Skipped` names it: "Saturday", "Christmas Day", "Boxing Day, moved"."""
    name = why.removesuffix(_SUBSTITUTE)
    known = next((each for each in DAYS_OFF if each == name), name)
    return known if name == why else say("%(holiday)s, moved", holiday=known)
