"""Components: one macro to a file, named like it, and explained at its head."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Template

from portal import create_app
from portal.paths import folder
from portal.settings import Settings

FILES = sorted(folder("templates").glob("components/*.html"))


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(Settings(secret_key="x" * 40, database_url="sqlite://"))


def shown(app: Flask, name: str, call: str) -> str:
    """What one call of one macro makes."""
    template: Template = app.jinja_env.from_string(
        f'{{% from "components/{name}.html" import {name} %}}{{{{ {call} }}}}'
    )
    with app.test_request_context():
        return template.render(due=date(2027, 1, 11))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_component_is_one_macro_with_an_explanation(file: Path) -> None:
    text = file.read_text()
    assert text.startswith("{#"), "say at the head what it shows and what each parameter means"
    assert re.findall(r"{% macro (\w+)", text) == [file.stem]


def test_a_deadline_says_what_when_and_why(app: Flask) -> None:
    html = shown(app, "deadline", 'deadline("We will answer by", due, why="10 working days", missed=true)')
    assert "Monday 11 January 2027" in html
    assert 'datetime="2027-01-11"' in html
    assert "<details" in html
    assert "10 working days" in html
    assert "portal-deadline--missed" in html


def test_a_deadline_without_a_reason_has_nothing_to_open(app: Flask) -> None:
    assert "<details" not in shown(app, "deadline", 'deadline("We answered on", due, met=true)')


def test_a_reference_can_be_copied_whole_and_broken_between_its_groups(app: Flask) -> None:
    html = shown(app, "reference", 'reference("Your reference", "H4KM-72Q")')
    assert "H4KM-<wbr>72Q" in html


def test_an_error_summary_leads_to_its_fields_and_shows_nothing_when_all_is_well(app: Flask) -> None:
    html = shown(app, "error_summary", 'error_summary([("Enter your name", "name")])')
    assert '<a href="#name">Enter your name</a>' in html
    assert shown(app, "error_summary", "error_summary([])").strip() == ""


def test_words_from_outside_are_never_markup(app: Flask) -> None:
    hostile = '"<script>alert(1)</script>"'
    for name, call in (
        ("status_tag", f"status_tag({hostile})"),
        ("notice", f"notice({hostile})"),
        ("reference", f"reference({hostile}, {hostile})"),
        ("key_facts", f"key_facts({hostile}, [({hostile}, {hostile})])"),
        ("timeline_item", f"timeline_item({hostile}, due, by={hostile})"),
    ):
        assert "<script" not in shown(app, name, call), name


def test_a_place_behind_more_that_somebody_is_at_is_named_while_it_is_closed(app: Flask) -> None:
    call = 'staff_navigation([("a", "Near", "/a")], "b", [("b", "Far", "/b"), ("c", "Farther", "/c")], "Somebody")'
    html = shown(app, "staff_navigation", call)
    assert ">More: Far</summary>" in html
    assert html.count('aria-current="page"') == 1
    assert ">More</summary>" in shown(app, "staff_navigation", call.replace('"b", [', '"a", ['))
