"""What the values of a policy say of the Code's duties: limits, grounds, the age of a matter, what letters contain.

Each rule yields the key of a duty and a statement, in the shape in which a landlord's file states what has no value.
"""

from collections.abc import Callable, Iterator
from datetime import date

from portal.domain.policy import (
    AgeLimit,
    Ground,
    Happening,
    Key,
    LetterKind,
    Limit,
    Needs,
    Part,
    Policy,
    RequiredPart,
    StageTerms,
    Unit,
)
from portal.domain.response import PART_LABELS
from portal.domain.saying import say, say_many, together
from portal.domain.statements import Reading, Statement, Verdict

Said = Iterator[tuple[str, Statement]]

WEEK = 7
MOST_DAYS_OF_A_MONTH = 23
"""Working days in a month without a bank holiday that begins on a Monday and has 31 days."""

_STAGE_2_STARTS = (Happening.ESCALATED, Happening.STAGE_2_ACKNOWLEDGED)
_OWN_START = (Happening.RECEIVED, Happening.ESCALATED)
_FURTHER = (Happening.RESPOND_STAGE_1, Happening.RESPOND_STAGE_2)


def said_by_values(policy: Policy, code: Policy, on: date) -> Said:
    """What each value of `policy` says beside `code`, on a day: a review can be overdue."""
    for rule in _RULES:
        yield from rule(policy, code)
    yield from _review(policy, on)


def working_days_at_most(limit: Limit) -> int:
    """The most working days that a limit can last."""
    if limit.unit is Unit.WORKING_DAYS:
        return limit.amount
    if limit.unit is Unit.CALENDAR_MONTHS:
        return limit.amount * MOST_DAYS_OF_A_MONTH
    weeks, days = divmod(limit.amount, WEEK)
    return weeks * 5 + min(days, 5)


def _limits(policy: Policy, code: Policy) -> Said:
    for key in set(Key) - {Key.ASK_FOR_STAGE_2}:
        if limit := policy.limit(key):
            yield key.value, _beside(limit, policy, code, key)
        elif key not in (Key.RESPOND_STAGE_1_EXTENDED, Key.RESPOND_STAGE_2_EXTENDED):
            yield key.value, _no_limit(policy)


def _beside(limit: Limit, policy: Policy, code: Policy, key: Key) -> Statement:
    """Code 6.3 and 6.14 count from the acknowledgement: who counts from receipt has as many days more as it may take
    to acknowledge, and is late all the same where it acknowledges at once."""
    days, allowed = working_days_at_most(limit), _allowed(limit, code, key)
    counts_earlier = limit.counted_from in _OWN_START and not _acknowledges(key)
    spare = _days_to_acknowledge(policy, code, key) if counts_earlier else 0
    if days > allowed + spare:
        return Statement(Verdict.WEAKER, _in_words(limit), limit.rule)
    if days > allowed:
        return Statement(Verdict.AMBIGUOUS, _in_words(limit), limit.rule, Reading.POSSIBLE)
    stricter = counts_earlier or days < allowed
    return Statement(Verdict.STRICTER if stricter else Verdict.MEETS, _in_words(limit), limit.rule)


def _allowed(limit: Limit, code: Policy, key: Key) -> int:
    """The Code's days for what this limit is about: its further days, or all of them where it counts from the start."""
    own = code.limit(key)
    days = own.amount if own else 0
    if own and own.counted_from in _FURTHER and limit.counted_from not in _FURTHER:
        response = code.limit(Key(own.counted_from.value))
        return days + (response.amount if response else 0)
    return days


def _days_to_acknowledge(policy: Policy, code: Policy, key: Key) -> int:
    which = Key.ACKNOWLEDGE_STAGE_2 if key.value.startswith("respond_stage_2") else Key.ACKNOWLEDGE_STAGE_1
    limit = policy.limit(which) or code.limit(which)
    return working_days_at_most(limit) if limit else 0


def _acknowledges(key: Key) -> bool:
    return key in (Key.ACKNOWLEDGE_STAGE_1, Key.ACKNOWLEDGE_STAGE_2)


def _no_limit(policy: Policy) -> Statement:
    """Other documents may give a limit; in a timetable that gives the others its absence speaks."""
    others = any(policy.limit(key) for key in Key)
    return Statement(Verdict.SILENT, "", "", Reading.NATURAL if others else Reading.POSSIBLE)


def _standards(policy: Policy, code: Policy) -> Said:
    """A service standard is a promise too, and two figures for one thing contradict each other."""
    for standard in policy.service_standards:
        key = Key.RESPOND_STAGE_2 if standard.counted_from in _STAGE_2_STARTS else Key.RESPOND_STAGE_1
        yield key.value, _beside(standard, policy, code, key)
        limit = policy.limit(key)
        if limit and limit.counted_from is standard.counted_from and _figure(limit) != _figure(standard):
            says = say("%(one)s, and %(other)s", one=_in_words(limit), other=_in_words(standard))
            yield "one_figure", Statement(Verdict.CONTRADICTORY, says, f"{limit.rule}; {standard.rule}")


def _figure(limit: Limit) -> tuple[int, Unit]:
    return limit.amount, limit.unit


def _extensions(policy: Policy, _code: Policy) -> Said:
    """Code 6.4 and 6.15: no more than 10 or 20 working days; 6.5 and 6.16: with the Ombudsman's contact details."""
    told = _parts(policy, LetterKind.EXTENSION)
    for name, terms in (("stage_1", policy.stage_1), ("stage_2", policy.stage_2)):
        rule = _more_time(terms)
        if rule is None:
            if terms.respond:
                says = say("No time beyond the limit is spoken of.")
                yield f"respond_{name}_extended", Statement(Verdict.STRICTER, says, terms.respond.rule)
                yield f"ombudsman_at_extension_{name}", Statement(Verdict.MEETS, says, terms.respond.rule)
            continue
        if terms.extended is None:
            yield f"respond_{name}_extended", Statement(Verdict.WEAKER, say("More time, with no limit to it."), rule)
        yield f"ombudsman_at_extension_{name}", _told_or_not(told, Part.OMBUDSMAN, rule)


def _more_time(terms: StageTerms) -> str | None:
    """The section that allows more time, if any does."""
    if terms.extension_rule:
        return terms.extension_rule
    if terms.extended:
        return terms.extended.rule
    return terms.respond.rule if terms.extension_reading and terms.respond else None


def _told_or_not(told: dict[Part, RequiredPart], part: Part, rule: str) -> Statement:
    if part in told:
        return Statement(
            Verdict.MEETS, say("What is told about more time has the Ombudsman’s details."), told[part].rule
        )
    return Statement(
        Verdict.SILENT, say("What is told about more time leaves out the Ombudsman’s details."), rule, Reading.NATURAL
    )


def _age(policy: Policy, _code: Policy) -> Said:
    """Code 2.3: within 12 months of the event or of the resident becoming aware of it."""
    if age := policy.age_limit:
        enough = age.months >= CODE_MONTHS
        yield "age_limit", Statement(Verdict.MEETS if enough else Verdict.WEAKER, _months(age), age.rule)
        if not age.from_awareness:
            says = say("The day on which the resident became aware of it does not count.")
            read = Reading.POSSIBLE if age.softened else Reading.NATURAL
            yield "awareness", Statement(Verdict.WEAKER, says, age.rule, read)
        else:
            yield "awareness", Statement(Verdict.MEETS, _months(age), age.rule)


CODE_MONTHS = 12


def _months(age: AgeLimit) -> str:
    return say_many("Within 1 month.", "Within %(num)s months.", age.months)


def _grounds(policy: Policy, _code: Policy) -> Said:
    """Code 2.2 and 2.5: grounds are those of the Code, and nothing is shut out as a class."""
    if policy.grounds:
        yield "grounds_set_out", Statement(Verdict.MEETS, say("It sets out grounds."), policy.grounds[0].rule)
    for ground in policy.grounds:
        says = say("Not accepted: %(what)s.", what=ground.label)
        if ground.accepted_by_code or ground.rests_on:
            yield f"grounds.{ground.key}", Statement(Verdict.MEETS, says, ground.rule)
        else:
            yield f"grounds.{ground.key}", Statement(Verdict.WEAKER, says, ground.rule, _how_plainly(ground))


def _how_plainly(ground: Ground) -> Reading:
    """A ground with its own age is as plain as that; what was answered before may be "already considered"."""
    if ground.needs is Needs.DATES:
        return Reading.PLAIN
    return Reading.POSSIBLE if ground.softened or ground.needs is Needs.CLOSED_CASE else Reading.NATURAL


def _refusals(policy: Policy, _code: Policy) -> Said:
    """Code 2.4: whoever refuses explains it and tells of the Ombudsman."""
    told = _parts(policy, LetterKind.DECLINE)
    if Part.REASONS in told and {Part.OMBUDSMAN, Part.OMBUDSMAN_RIGHT} & told.keys():
        says = say("A refusal is explained, with the way to the Ombudsman.")
        yield "refusal_explained", Statement(Verdict.MEETS, says, told[Part.REASONS].rule)
    elif policy.grounds:
        says = say("It refuses complaints and does not say that it explains why, or tells of the Ombudsman.")
        yield "refusal_explained", Statement(Verdict.WEAKER, says, policy.grounds[0].rule)
    else:
        yield "refusal_explained", Statement(Verdict.SILENT, "", "", Reading.NATURAL)


def _letters(policy: Policy, code: Policy) -> Said:
    """Code 5.6, 5.7, 6.7, 6.9, 6.18 and 6.19: what an acknowledgement and an answer contain."""
    acknowledged = _parts(policy, LetterKind.ACKNOWLEDGEMENT) | _parts(policy, LetterKind.ACKNOWLEDGEMENT_STAGE_2)
    yield "definition_told", _has(acknowledged, Part.DEFINITION, Part.OUTCOMES)
    yield "responsibilities_told", _has(acknowledged, Part.RESPONSIBILITIES)
    for stage, kind in (("stage_1", LetterKind.RESPONSE_STAGE_1), ("stage_2", LetterKind.RESPONSE_STAGE_2)):
        told = _parts(policy, kind)
        points = (Part.POINTS_ANSWERED, Part.LAW_AND_POLICY)
        contents = [each.part for each in code.letter_parts.get(kind, ()) if each.rule in _CONTENTS]
        yield f"points_answered_{stage}", _has(told, *points)
        yield f"contents_{stage}", _has(told, *contents)


_CONTENTS = ("Code 6.9", "Code 6.19")

# A part that says as much as one that the Code asks for.
_AS_GOOD_AS = {
    Part.HOW_TO_ESCALATE: Part.SECOND_REVIEW_RIGHT,
    Part.OMBUDSMAN: Part.HOW_FAR_IT_CAN_GO,
    Part.REMEDY: Part.CHANGES_TO_REMEDY,
}


def _has(told: dict[Part, RequiredPart], *parts: Part) -> Statement:
    missing = [part for part in parts if part not in told and _AS_GOOD_AS.get(part) not in told]
    rule = next((told[part].rule for part in parts if part in told), "")
    if not missing:
        return Statement(Verdict.MEETS, say("The letter has it."), rule)
    words = together((PART_LABELS[part] for part in missing), between="; ")
    says = say("The letter is described without: %(missing)s.", missing=words) if rule else ""
    return Statement(Verdict.SILENT, says, rule, Reading.POSSIBLE)


def _escalation(policy: Policy, _code: Policy) -> Said:
    """Code 6.12 forbids asking for reasons; no provision sets a time for asking, and 5.11 lets none refuse for it."""
    if policy.asks_escalation_reasons:
        says = say("Reasons have to be given.")
        yield "reasons_not_required", Statement(Verdict.WEAKER, says, policy.escalation_reasons_rule or "")
    if window := policy.escalation_window:
        yield "ask_for_stage_2", Statement(Verdict.WEAKER, _in_words(window), window.rule, Reading.POSSIBLE)


def _ways_and_requests(policy: Policy, _code: Policy) -> Said:
    """Code 1.4, 3.1 and 5.14: given where the file has a value."""
    if policy.service_requests:
        given = policy.service_requests
        yield "requests_told_apart", Statement(Verdict.MEETS, given.text, given.rule)
    if len(policy.channels) > 1:
        says = say("There are %(several)s ways to complain.", several=len(policy.channels))
        yield "channels", Statement(Verdict.MEETS, says, policy.channels_rule or "")
    if policy.behaviour:
        yield "behaviour", Statement(Verdict.MEETS, policy.behaviour.name, policy.behaviour.rule)


def _yearly(policy: Policy, code: Policy) -> Said:
    """Code 8.1 and 8.2: a self-assessment alone was all that a Code before 2024 asked for each year, so a text that is
    written against an older one and promises that means no more by it."""
    assessed = policy.statements.get("self_assessment")
    if assessed and assessed.verdict is Verdict.MEETS and policy.written_against != code.written_against:
        for duty in {"annual_report", "body_response"} - policy.statements.keys():
            says = say("Each year there is the self-assessment alone.")
            yield duty, Statement(Verdict.SILENT, says, assessed.rule, Reading.NATURAL)


def _review(policy: Policy, on: date) -> Said:
    if policy.review_due and policy.review_due < on:
        says = say("It was to be reviewed by %(day)s.", day=policy.review_due)
        yield "review", Statement(Verdict.WEAKER, says, "")


def _parts(policy: Policy, kind: LetterKind) -> dict[Part, RequiredPart]:
    return {each.part: each for each in policy.letter_parts.get(kind, ())}


def _in_words(limit: Limit) -> str:
    days = {
        Unit.WORKING_DAYS: say_many("1 working day", "%(num)s working days", limit.amount),
        Unit.CALENDAR_DAYS: say_many("1 day", "%(num)s days", limit.amount),
        Unit.CALENDAR_MONTHS: say_many("1 month", "%(num)s months", limit.amount),
    }[limit.unit]
    return say("%(days)s from %(start)s", days=days, start=_STARTS[limit.counted_from])


_STARTS = {
    Happening.RECEIVED: say("the complaint"),
    Happening.ACKNOWLEDGED: say("the acknowledgement"),
    Happening.RESPONDED: say("the answer at stage 1"),
    Happening.RESPONSE_RECEIVED: say("having the answer at stage 1"),
    Happening.ESCALATED: say("the request for stage 2"),
    Happening.STAGE_2_ACKNOWLEDGED: say("the acknowledgement at stage 2"),
    Happening.RESPOND_STAGE_1: say("the limit at stage 1"),
    Happening.RESPOND_STAGE_2: say("the limit at stage 2"),
    Happening.DIRECTED: say("what the Ombudsman directed"),
}

_RULES: tuple[Callable[[Policy, Policy], Said], ...] = (
    _limits,
    _standards,
    _extensions,
    _age,
    _grounds,
    _refusals,
    _letters,
    _escalation,
    _ways_and_requests,
    _yearly,
)
