"""A policy held against the Code: of this landlord, for whoever watches over it, and of any, for whoever brings a file.

What is brought is read as text, held against the Code and forgotten: nothing of it is stored, run or written to a log.
"""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from flask import Response
from flask_wtf import FlaskForm
from wtforms import FileField

from portal import landlords
from portal.clock import current_clock
from portal.domain.compliance import Finding, check, verdict_on
from portal.domain.permissions import Action
from portal.domain.policy import Policy, Regime
from portal.domain.statements import Grade, Verdict
from portal.landlords.files import LandlordFileError, Source
from portal.landlords.registry import read_landlord
from portal.web.access import public, requires
from portal.web.fields import Words
from portal.web.fragments import page
from portal.web.limits import limiter, source
from portal.web.staff.blueprint import blueprint
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l

GRADES = {
    Grade.CERTAIN: _l("Certain"),
    Grade.LIKELY: _l("Likely"),
    Grade.ARGUABLE: _l("Arguable"),
    Grade.NOTICE: _l("Worth a look"),
}

VERDICTS = {
    Verdict.MEETS: _l("Meets the Code"),
    Verdict.STRICTER: _l("Stricter than the Code"),
    Verdict.WEAKER: _l("Weaker than the Code"),
    Verdict.SILENT: _l("Silent"),
    Verdict.AMBIGUOUS: _l("Ambiguous"),
    Verdict.CONTRADICTORY: _l("Contradicts itself"),
}

LONGEST_FILE = 100_000
"""Characters. The longest of ours has a third of it."""

LONGEST_LINE = 1_000
"""Characters. The parser takes a minute for a single key of thirty thousand parts."""

CHECKED_FROM_ONE_SOURCE = "30 per 15 minutes"

PROBLEMS_SHOWN = 25
"""Whoever has more begins with these."""


@blueprint.get("/policy")
@requires(Action.SEE_POLICY_CHECK)
def policy() -> Response:
    today = current_clock().today()
    text = landlords.policy_for(current_landlord().key, today)
    return page("staff/policy.html", **beside_the_code(text, today))


def beside_the_code(text: Policy, today: date) -> dict[str, Any]:
    """What `_policy_check.html` shows: strongest first, then every provision with its verdict."""
    if text.regime is not Regime.HO_2024:
        return {"policy": text, "found": None}
    found = check(text, landlords.the_code(), landlords.duties(), today)
    return {
        "policy": text,
        "found": found,
        "by_grade": [(GRADES[grade], findings) for grade in Grade if (findings := _of(grade, found.findings))],
        "provisions": [(each, VERDICTS[verdict_on(each.number, found.judgements)]) for each in landlords.provisions()],
        "verdicts": VERDICTS,
    }


def _of(grade: Grade, findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.grade is grade]


class BringPolicy(FlaskForm):
    file = FileField(_l("The landlord’s file (TOML)"))
    text = Words(_l("Or paste what is in it"), LONGEST_FILE)


@public
def policy_tool() -> Response:
    """For any landlord, signed in or not."""
    return page("staff/policy_tool.html", form=BringPolicy())


@public
@limiter.limit(CHECKED_FROM_ONE_SOURCE, key_func=source)
def check_policy() -> Response:
    """Shown in the answer itself: it is kept nowhere, so that there is nothing to be led to."""
    form = BringPolicy()
    if not form.validate_on_submit():
        return page("staff/policy_tool.html", status=HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
    today = current_clock().today()
    try:
        landlord = read_landlord(Source("", _of_short_lines(_text_in(form))))
        shown = beside_the_code(landlord.policy_on(today), today)
    except (ValueError, RecursionError) as wrong:  # a LandlordFileError is one, and so is a number nobody can print
        problems = wrong.problems if isinstance(wrong, LandlordFileError) else []
        form.text.errors = [_l("This is not a landlord’s file that can be used")]
        context = {"form": form, "mistakes": problems[:PROBLEMS_SHOWN], "more": len(problems) - PROBLEMS_SHOWN}
        return page("staff/policy_tool.html", status=HTTPStatus.UNPROCESSABLE_ENTITY, **context)
    return page("staff/policy_tool.html", form=form, name=landlord.name, **shown)


def _text_in(form: BringPolicy) -> str:
    """The file, or what was pasted where there is none. Raises ValueError for what is too long or no text."""
    brought = form.file.data
    if not brought:
        return form.text.data or ""
    read = brought.stream.read(LONGEST_FILE + 1)
    if len(read) > LONGEST_FILE:
        raise ValueError("too long")
    return str(read, "utf-8")


def _of_short_lines(text: str) -> str:
    for number, line in enumerate(text.splitlines(), start=1):
        if len(line) > LONGEST_LINE:
            raise LandlordFileError("", [f"line {number}: has more than {LONGEST_LINE} characters"])
    return text
