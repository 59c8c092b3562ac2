"""`portal figures`: the figures of a year, each with what it counts, of what, and the complaints that make it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import click

from portal import create_app, landlords
from portal.commands.settings import settings_of_command
from portal.domain import measures
from portal.domain.events import Finding, Stage
from portal.domain.figures import Figure, Period, Spread, reporting_year
from portal.domain.measures import CAVEAT
from portal.domain.policy import Basis
from portal.domain.turns import Tenure, Turn
from portal.records.figures import turns_in

BASES = {Basis.POLICY: "policy", Basis.CODE: "Code"}
TENURES = {Tenure.LCRA: "low cost rental", Tenure.LCHO: "low cost home ownership"}


@click.command()
@click.option("--landlord", "key", required=True, metavar="KEY", help="The landlord's key.")
@click.option("--year", required=True, type=click.IntRange(2000, 2100), help="The year in whose April it begins.")
@click.option("--lcra", type=click.IntRange(0), help="Homes of low cost rental owned at the end of the year.")
@click.option("--lcho", type=click.IntRange(0), help="Homes of low cost home ownership owned then.")
@click.option("--list", "listed", is_flag=True, help="Print the references that make each figure.")
@click.option("--json", "as_json", is_flag=True, help="For other tools.")
def figures(key: str, year: int, lcra: int | None, lcho: int | None, listed: bool, as_json: bool) -> None:
    """Print the figures of a year, from April to March.

    CH01 needs the number of homes. References say which complaints are counted: keep them inside.
    """
    period, homes = reporting_year(year), {Tenure.LCRA: lcra, Tenure.LCHO: lcho}
    turns = _turns(key, period)
    every = list(_every(turns, period, homes))
    if as_json:
        click.echo(json.dumps([_entry(*each, listed=listed) for each in every], indent=2, ensure_ascii=False))
        return
    for name, figure in every:
        click.echo("\n".join(_lines(name, figure, listed=listed)))
    click.echo(f"\n{CAVEAT}")


def _turns(key: str, period: Period) -> list[Turn]:
    app = create_app(settings_of_command())
    database = app.extensions["database"]
    try:
        if key not in landlords.keys():
            raise click.BadParameter(f"There is no landlord {key} here.", param_hint="--landlord")
        with database.session() as session:
            return list(turns_in(session, key, period, landlords.rules_for, app.extensions["clock"].today()))
    finally:
        database.close()


def _every(
    turns: Sequence[Turn], period: Period, homes: dict[Tenure, int | None]
) -> Iterator[tuple[str, Figure | Spread]]:
    """In the order of the annual report, each with what sets it apart from the others of its kind."""
    for stage in Stage:
        name = f"stage {stage.value}"
        yield name, measures.received(turns, period, stage)
        for tenure, owned in homes.items():
            if owned:
                yield f"{name}, {TENURES[tenure]}", measures.ch01(turns, period, stage, tenure, owned)
            yield f"{name}, {TENURES[tenure]}", measures.ch02(turns, period, stage, tenure)
        for basis in Basis:
            for original in (False, True):
                figure = measures.in_time(turns, period, stage, basis, original=original)
                yield f"{name}, {BASES[basis]}", figure
        yield name, measures.days_to_acknowledge(turns, period, stage)
        yield name, measures.days_to_answer(turns, period, stage)
        yield name, measures.extended(turns, period, stage)
        yield name, measures.declined(turns, period, stage)
        for finding in Finding:
            yield f"{name}, {finding.value.replace('_', ' ')}", measures.found(turns, period, finding, stage)
    yield "both stages", measures.escalated(turns, period)


def _lines(name: str, figure: Figure | Spread, *, listed: bool) -> Iterator[str]:
    yield f"\n{figure.measure.words} ({name}): {_shown(figure)}"
    yield f"  Counted: {figure.measure.counted}"
    if figure.measure.of:
        yield f"  Of: {figure.measure.of}"
    yield f"  Source: {figure.measure.source}"
    if listed:
        yield f"  {' '.join(_references(figure)) or 'None'}"


def _shown(figure: Figure | Spread) -> str:
    if isinstance(figure, Spread):
        return f"median {figure.median}, nine in ten within {figure.ninetieth}" if figure.days else "none"
    if figure.denominator is None:
        return str(figure.numerator)
    if figure.value is None:
        return "none to count"
    unit = "" if figure.homes is not None else " %"
    return f"{figure.value}{unit} ({figure.numerator} of {figure.denominator})"


def _references(figure: Figure | Spread) -> Sequence[str]:
    return [reference for reference, _ in figure.days] if isinstance(figure, Spread) else figure.counted


def _entry(name: str, figure: Figure | Spread, *, listed: bool) -> dict[str, object]:
    """The JSON form, on which other tools rely."""
    about: dict[str, object] = {"key": figure.measure.key, "of": name, "source": figure.measure.source}
    if isinstance(figure, Spread):
        median = figure.median
        about |= {"median": None if median is None else float(median), "ninetieth": figure.ninetieth}
    else:
        about |= {"numerator": figure.numerator, "denominator": figure.denominator}
    return about | ({"references": list(_references(figure))} if listed else {})
