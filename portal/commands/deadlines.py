"""`portal deadlines`: every date of a case under a landlord's policy and the Code, and why."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from textwrap import fill

import click

from portal import landlords
from portal.commands.settings import settings_of_command
from portal.domain.deadlines import Deadline, Facts, all_deadlines, shown
from portal.domain.explanation import explain
from portal.domain.policy import Basis, Key, Landlord, Policy, SentBy
from portal.domain.saying import day_in_words
from portal.domain.working_days import OutsideCalendar

WIDTH = 100

_TITLES = {
    Key.ACKNOWLEDGE_STAGE_1: "Acknowledge the complaint",
    Key.RESPOND_STAGE_1: "Answer at stage 1",
    Key.RESPOND_STAGE_1_EXTENDED: "Answer at stage 1, with the most extra time",
    Key.ASK_FOR_STAGE_2: "The resident asks for stage 2",
    Key.ACKNOWLEDGE_STAGE_2: "Acknowledge the request for stage 2",
    Key.RESPOND_STAGE_2: "Answer at stage 2",
    Key.RESPOND_STAGE_2_EXTENDED: "Answer at stage 2, with the most extra time",
}
_WHOSE = {Basis.POLICY: "Policy", Basis.CODE: "The Code"}


def day(text: str) -> date:
    """A day written as 2026-12-23, and nothing looser."""
    try:
        read = date.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or read.isoformat() != text:
        raise click.BadParameter(f"{text!r} is not a day. Write year, month and day, such as 2026-12-23.")
    return read


@click.command()
@click.option("--landlord", "key", required=True, metavar="KEY", help="The landlord's key.")
@click.option("--received", type=day, required=True, help="The day the complaint reached the landlord.")
@click.option("--acknowledged", type=day, help="The day it was acknowledged.")
@click.option("--responded", type=day, help="The day the stage 1 response was sent.")
@click.option("--escalated", type=day, help="The day the resident asked for stage 2.")
@click.option("--stage2-acknowledged", "stage_2_acknowledged", type=day, help="The day that was acknowledged.")
@click.option(
    "--sent-by",
    type=click.Choice([way.value for way in SentBy]),
    default=SentBy.EMAIL.value,
    show_default=True,
    help="How the stage 1 response was sent.",
)
@click.option("--json", "as_json", is_flag=True, help="For other tools.")
def deadlines(key: str, sent_by: str, as_json: bool, **days: date) -> None:
    """Print every date of a case, and why."""
    landlord = _landlord(key)
    facts = Facts(**days, sent_by=SentBy(sent_by))
    policy = landlord.policy_on(facts.received)
    _refuse_impossible(facts, policy)
    try:
        every = all_deadlines(policy, landlords.the_code(), landlords.calendar_for(key), facts)
    except OutsideCalendar as outside:
        raise click.UsageError(str(outside)) from outside
    click.echo(as_document(landlord, policy, every) if as_json else as_text(landlord, policy, every))


def as_document(landlord: Landlord, policy: Policy, every: tuple[Deadline, ...]) -> str:
    """The JSON form, on which other tools rely."""
    document = {
        "landlord": landlord.key,
        "policy_in_force_from": policy.in_force_from.isoformat(),
        "deadlines": [_entry(deadline, landlord) for deadline in every],
        "shown": {key: deadline.due.isoformat() for key, deadline in shown(every).items()},
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def as_text(landlord: Landlord, policy: Policy, every: tuple[Deadline, ...]) -> str:
    """The same for reading: each date that is shown to the resident, then both ways of counting it."""
    heading = f"{landlord.name}: policy {policy.version}, in force from {day_in_words(policy.in_force_from)}"
    return "\n".join((heading, *(line for key in shown(every) for line in _lines(key, landlord, every))))


def _entry(deadline: Deadline, landlord: Landlord) -> dict[str, object]:
    return {
        "key": deadline.key,
        "basis": deadline.basis,
        "due": deadline.due.isoformat(),
        "staff_target": deadline.staff_target.isoformat(),
        "counted_from": deadline.counted_from,
        "from_date": deadline.from_date.isoformat(),
        "amount": deadline.amount,
        "unit": deadline.unit,
        "rule": deadline.rule,
        "assumes": {name: day.isoformat() for name, day in deadline.assumes.items()},
        "counted": [day.isoformat() for day in deadline.counted],
        "skipped": [{"date": skip.day.isoformat(), "why": skip.why} for skip in deadline.skipped],
        "explanation": explain(deadline, landlord.short_name),
    }


def _lines(key: Key, landlord: Landlord, every: tuple[Deadline, ...]) -> Iterator[str]:
    yield f"\n{_TITLES[key]}: {day_in_words(shown(every)[key].due)}"
    for deadline in every:
        if deadline.key is key:
            words = f"{_WHOSE[deadline.basis]}, {day_in_words(deadline.due)}: "
            yield fill(
                words + explain(deadline, landlord.short_name),
                WIDTH,
                initial_indent="  ",
                subsequent_indent="    ",
            )


def _landlord(key: str) -> Landlord:
    try:
        settings = settings_of_command()
        landlords.load(settings.landlord_files, settings.landlords)
        return landlords.landlord(key)
    except landlords.UnknownLandlord as unknown:
        raise click.BadParameter(str(unknown), param_hint="--landlord") from unknown
    except landlords.LandlordFileError as wrong:
        raise click.UsageError(str(wrong)) from wrong


def _refuse_impossible(facts: Facts, policy: Policy) -> None:
    """A day before the one that it must follow is a slip of the pen, and every date after it would be wrong."""
    if facts.stage_2_acknowledged and not facts.escalated:
        raise click.UsageError("--stage2-acknowledged also needs --escalated, the day stage 2 was asked for.")
    for earlier, first, later, then in _orders(facts, policy):
        if first and then and then < first:
            raise click.UsageError(f"--{later} {then} is before --{earlier} {first}. Check the two days.")


def _orders(facts: Facts, policy: Policy) -> Iterator[tuple[str, date | None, str, date | None]]:
    yield "received", facts.received, "acknowledged", facts.acknowledged
    yield "received", facts.received, "responded", facts.responded
    yield "acknowledged", facts.acknowledged, "responded", facts.responded
    yield "received", facts.received, "escalated", facts.escalated
    if not policy.escalate_when_stage_1_late:
        yield "responded", facts.responded, "escalated", facts.escalated
    yield "escalated", facts.escalated, "stage2-acknowledged", facts.stage_2_acknowledged
