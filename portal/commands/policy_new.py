"""`portal policy new`: asks what a policy says and writes a landlord's file that can be used as it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from portal.commands.deadlines import day
from portal.domain.policy import Happening, Unit
from portal.landlords.files import LandlordFileError, Source
from portal.landlords.registry import read_landlord

# For each limit its key, the happening that it counts from at the earliest, and what it is called.
LIMITS = {
    "stage_1": (
        ("acknowledge", (Happening.RECEIVED,), "acknowledge a complaint"),
        ("respond", (Happening.ACKNOWLEDGED, Happening.RECEIVED), "answer at stage 1"),
        ("extended", (Happening.RESPOND_STAGE_1, Happening.RECEIVED), "take more, at stage 1"),
    ),
    "stage_2": (
        ("acknowledge", (Happening.ESCALATED,), "acknowledge a request for stage 2"),
        ("respond", (Happening.STAGE_2_ACKNOWLEDGED, Happening.ESCALATED), "answer at stage 2"),
        ("extended", (Happening.RESPOND_STAGE_2, Happening.ESCALATED), "take more, at stage 2"),
    ),
}


@click.command()
@click.argument("key")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write it; KEY.toml.")
def new(key: str, out: Path | None) -> None:
    """Ask what a policy says, and write a landlord's file.

    Answer 0 where the text gives no limit: the Code's is then used. What the text says of the duties of the Code is
    added to the file by hand; `portal policy check FILE` says of which it is silent.
    """
    out = out or Path(f"{key}.toml")
    if out.exists():
        raise click.ClickException(f"{out} is there already. Name another file with --out.")
    text = "\n".join((*_landlord(key), *_policy(key.upper()))) + "\n"
    try:
        read_landlord(Source(str(out), text))
    except LandlordFileError as wrong:
        raise click.ClickException(f"{wrong}\nNothing was written. Start again with other answers.") from wrong
    out.write_text(text, encoding="utf-8")
    click.echo(f"Written to {out}. `portal policy check {out}` holds it against the Code.")


def _landlord(key: str) -> Iterator[str]:
    name = click.prompt("Name of the landlord")
    yield from (f"key = {_text(key)}", f"name = {_text(name)}")
    yield f"short_name = {_text(click.prompt('Short name', default=name))}"
    yield f"homes = {click.prompt('Homes', type=click.IntRange(min=1))}"
    yield from ("", "[brand]", f"colour = {_text(click.prompt('Colour, as #rrggbb', default='#1d4e6b'))}")
    yield f"logo_text = {_text(name)}"
    yield from ("", "[contact]", "placeholder = false")
    for field, asked in (
        ("phone", "Telephone"),
        ("emergency_repairs", "Telephone for emergency repairs, day and night"),
        ("email", "Email for complaints"),
        ("chief_executive", "Email of the chief executive, who is told of petitions"),
        ("web", "Website"),
    ):
        yield f"{field} = {_text(click.prompt(asked))}"
    lines = [_text(line.strip()) for line in click.prompt("Postal address, with commas").split(",")]
    yield f"post = [{', '.join(lines)}]"
    yield from ("", "[[ranks]]", 'key = "officer"', 'label = "Officer"')


def _policy(cited: str) -> Iterator[str]:
    yield from ("", "[[policies]]", f"version = {_text(click.prompt('Version of the policy'))}")
    in_force: date = click.prompt("In force from (2026-04-01)", value_proc=day)
    yield f"in_force_from = {in_force}"
    reasons = click.confirm("Must residents give reasons for asking for stage 2?")
    if reasons:
        rule = _text(f"{cited} {click.prompt('In which section')}")
        yield from ("asks_escalation_reasons = true", f"escalation_reasons_rule = {rule}")
    months = click.prompt("How many months old may a matter be", type=click.IntRange(min=0), default=0)
    if months:
        rule = _text(f"{cited} {click.prompt('In which section')}")
        aware = click.confirm("Do they also count from when the resident knew of it?")
        yield f"age_limit = {{ months = {months}, rule = {rule}, from_awareness = {str(aware).lower()} }}"
    for stage, limits in LIMITS.items():
        yield from ("", f"[policies.{stage}]", f'label = "{stage.replace("_", " ").capitalize()}"')
        for name, starts, asked in limits:
            yield from _limit(cited, name, starts, asked)
        another = "true" if stage == "stage_2" else "false"
        yield f'handlers = {{ rule = "Code 5.8, 6.13", different_person = {another} }}'


def _limit(cited: str, name: str, starts: tuple[Happening, ...], asked: str) -> Iterator[str]:
    amount = click.prompt(f"Days to {asked}", type=click.IntRange(min=0), default=0)
    if not amount:
        return
    unit = click.prompt("Counted in", type=click.Choice([unit.value for unit in Unit]), default=Unit.WORKING_DAYS.value)
    start = starts[0].value
    if len(starts) > 1:
        start = click.prompt("Counted from", type=click.Choice([each.value for each in starts]), default=start)
    rule = _text(f"{cited} {click.prompt('In which section')}")
    yield f'{name} = {{ amount = {amount}, unit = "{unit}", counted_from = "{start}", rule = {rule} }}'


def _text(words: str) -> str:
    """A string of JSON is a string of TOML too."""
    return json.dumps(words, ensure_ascii=False)
