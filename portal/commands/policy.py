"""`portal policy`: where a landlord's policy departs from the Code, and what another version would change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from textwrap import fill

import click

from portal import landlords
from portal.clock import Clock
from portal.commands.deadlines import WIDTH, day
from portal.commands.policy_new import new
from portal.commands.policy_simulate import simulate
from portal.commands.settings import settings_of_command
from portal.domain.compliance import Check, Finding, Judgement, differences, verdict_on
from portal.domain.compliance import check as held_against
from portal.domain.policy import Landlord, Policy, Regime
from portal.domain.statements import Verdict
from portal.landlords.files import LandlordFileError, Source
from portal.landlords.registry import read_landlord

SILENT = "Nothing."


@click.group()
def policy() -> None:
    """Hold policies against the Code, and each other."""


@policy.command()
@click.argument("which", metavar="KEY|FILE")
@click.option("--on", type=day, help="As it stands on a day, such as 2026-12-22; today.")
@click.option("--json", "as_json", is_flag=True, help="Print it for a machine to read.")
@click.option("--strict", is_flag=True, help="Fail where a departure is certain.")
def check(which: str, on: date | None, *, as_json: bool, strict: bool) -> None:
    """Say where a policy departs from the Code, how surely, and what would meet it.

    KEY is a landlord, FILE a landlord's file; KEY@VERSION is one version of several.
    """
    on = on or Clock().today()
    text = _named(which, on)
    found = _held_against_the_code(text, on)
    click.echo(json.dumps(_document(text, found), indent=2) if as_json else "\n".join(_report(text, found)))
    if strict and found.certain:
        raise click.exceptions.Exit(1)


@policy.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--on", type=day, help="As they stand on a day; today.")
def diff(one: str, other: str, on: date | None) -> None:
    """Compare two landlords, two versions or two files: each duty of the Code beside which they stand differently."""
    on = on or Clock().today()
    both = [_held_against_the_code(_named(each, on), on) for each in (one, other)]
    changed = differences(*both)
    for pair in changed:
        click.echo("\n".join(_beside_each_other(pair, (one, other))))
    click.echo("" if changed else "They stand beside the Code alike.")


policy.add_command(new)
policy.add_command(simulate)


def _named(which: str, on: date) -> Policy:
    """The version in force on a day of a landlord that is served or of a file, or the version after the @."""
    name, _, version = which.partition("@")
    landlord = _landlord(name)
    if not version:
        return landlord.policy_on(on)
    found = next((each for each in landlord.policies if each.version == version), None)
    if found is None:
        known = ", ".join(each.version for each in landlord.policies)
        raise click.BadParameter(f"{landlord.name} has no version {version!r}. There are: {known}.")
    return found


def _landlord(name: str) -> Landlord:
    try:
        if Path(name).is_file():
            return read_landlord(Source.at(Path(name)))
        settings = settings_of_command()
        landlords.load(settings.landlord_files)
        return landlords.landlord(name)
    except landlords.UnknownLandlord as unknown:
        raise click.BadParameter(f"{unknown} Nor is there a file of that name.") from unknown
    except LandlordFileError as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _held_against_the_code(text: Policy, on: date) -> Check:
    if text.regime is not Regime.HO_2024:
        raise click.ClickException(f"{text.landlord} is under {text.regime}, and the Code binds England alone.")
    return held_against(text, landlords.the_code(), landlords.duties(), on)


def _document(text: Policy, found: Check) -> dict[str, object]:
    return {
        "landlord": text.landlord,
        "findings": [_entry(finding) for finding in found.findings],
        "passes": list(found.passes),
        "verdicts": {each.number: verdict_on(each.number, found.judgements) for each in landlords.provisions()},
    }


def _entry(finding: Finding) -> dict[str, str]:
    return {
        "id": finding.id,
        "provision": ", ".join(finding.provisions),
        "grade": finding.grade,
        "verdict": finding.verdict,
        "says": _once(each.says for each in finding.judgements) or SILENT,
        "section": "; ".join(finding.rules),
        "why": _once(each.why for each in finding.judgements),
        "repair": _once(each.repair for each in finding.judgements),
    }


def _once(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(each for each in words if each))


def _report(text: Policy, found: Check) -> Iterator[str]:
    yield f"{landlord_and_version(text)}, held against the Complaint Handling Code 2024"
    for finding in found.findings:
        yield from _paragraph(text, finding)
    stricter = [each for each in found.judgements if each.verdict is Verdict.STRICTER]
    yield f"\nMeets the Code: {', '.join(found.passes) or 'nothing that it says'}"
    if stricter:
        yield "Stricter than the Code: " + ", ".join(f"{each.id} ({', '.join(each.provisions)})" for each in stricter)
    yield f"{len(found.findings)} findings. The numbers are those of the Code; have a person check them before you act."


def landlord_and_version(text: Policy) -> str:
    return f"{text.landlord} {text.version}"


def _paragraph(text: Policy, finding: Finding) -> Iterator[str]:
    entry = _entry(finding)
    about = f"Code {entry['provision']}" if entry["provision"] else "not of the Code"
    sections = "; ".join(text.cited(rule) for rule in finding.rules)
    yield f"\n{finding.id}  {finding.grade}, {finding.verdict}  ({about})"
    yield _indented(f"Says: {entry['says']}" + (f" ({sections})" if sections else ""))
    yield _indented(f"Why: {entry['why']}")
    yield _indented(f"Would meet it: {entry['repair']}")


def _indented(words: str) -> str:
    return fill(words, WIDTH, initial_indent="  ", subsequent_indent="    ")


def _beside_each_other(pair: tuple[Judgement | None, Judgement | None], names: tuple[str, str]) -> Iterator[str]:
    known = next(each for each in pair if each)
    yield f"\n{known.duty}  (Code {', '.join(known.provisions)})" if known.provisions else f"\n{known.duty}"
    for name, each in zip(names, pair, strict=True):
        stands = (
            f"{each.verdict}{f', {each.grade}' if each.grade else ''}: {each.says or SILENT}" if each else "has none"
        )
        yield _indented(f"{name}  {stands}")
