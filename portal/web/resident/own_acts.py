"""One way to do anything to one's own complaint: a page with a form, then the act, then a page that says it is done.

Words that were written during a visit that has ended are carried through the page that asks for the reference and
code again, so sending is open to everyone and asks by itself who it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, flash, url_for
from sqlalchemy.orm import Session

from portal.clock import current_clock
from portal.domain.permissions import Action, Actor, Decision, Role, may
from portal.domain.refusal import Refused
from portal.records.history import CaseFile
from portal.web.access import current_actor, public, requires
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.resident import forms
from portal.web.resident.my_complaint import open_own
from portal.web.wording import said


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAct:
    """Something that residents do to their complaint. `name` is its address; its page is named after its endpoint."""

    name: str
    action: Action
    title: Any
    done: Any
    form: type[forms.ResidentForm]
    perform: Callable[[Session, Actor, Any, datetime], object]
    possible: Callable[[CaseFile, date], Decision] = lambda _file, _today: Decision(True)
    prepare: Callable[[Any, CaseFile, date], None] = lambda _form, _file, _today: None
    facts: Callable[[CaseFile, date], dict[str, Any]] = lambda _file, _today: {}
    already: Callable[[CaseFile], bool] = lambda _file: False
    then: str = "resident.messages"

    @property
    def endpoint(self) -> str:
        return self.name.replace("-", "_")

    @property
    def template(self) -> str:
        return f"resident/own/{self.endpoint}.html"


OWN_ACTS: dict[str, OwnAct] = {}


def add_to(blueprint: Blueprint, *acts: OwnAct) -> None:
    """Give each act its page."""
    for act in acts:
        OWN_ACTS[act.name] = act
        show, send = _views(act)
        address = f"/my-complaint/{act.name}"
        blueprint.add_url_rule(address, act.endpoint, show, methods=["GET"])
        blueprint.add_url_rule(address, f"send_{act.endpoint}", send, methods=["POST"])


def show_again(name: str, words: str) -> Response:
    """The page of an act with what somebody had written when their visit ended."""
    act = OWN_ACTS[name]
    return _show(act, act.form(formdata=None, data={"words": words}))


def _views(act: OwnAct) -> tuple[Callable[[], Response], Callable[[], Response]]:
    @requires(act.action)
    def show() -> Response:
        return _show(act, act.form(formdata=None))

    @public
    def send() -> Response:
        form = act.form()
        if current_actor().role is not Role.RESIDENT:
            return _visit_over(act, form)
        return _send(act, form)

    return show, send


def _visit_over(act: OwnAct, form: Any) -> Response:
    """Words are carried on; contact details are not: whoever has this device now need not read them."""
    if "words" not in form:
        return see_other(url_for("resident.track"))
    again = forms.Track(formdata=None, data={"words": form.words.data, "to": act.name})
    return page("resident/track.html", status=403, form=again, visit_over=True)


def _send(act: OwnAct, form: forms.ResidentForm) -> Response:
    with database().session() as session:
        file = open_own(session)
    if act.already(file):
        return see_other(url_for(act.then))  # a second press of the same button
    act.prepare(form, file, current_clock().today())
    if not act.possible(file, current_clock().today()) or not form.validate():
        return _page(act, form, file, status=422)
    try:
        with database().unit_of_work() as session:
            act.perform(session, current_actor(), form, current_clock().now())
    except Refused as no:
        return _page(act, form, file, no, status=422)
    flash(str(act.done), "done")
    return see_other(url_for(act.then))


def _show(act: OwnAct, form: forms.ResidentForm) -> Response:
    with database().session() as session:
        file = open_own(session)
    act.prepare(form, file, current_clock().today())
    return _page(act, form, file)


def _page(
    act: OwnAct, form: forms.ResidentForm, file: CaseFile, refused: Refused | None = None, *, status: int = 200
) -> Response:
    today = current_clock().today()
    allowed = may(current_actor(), act.action, file.case)
    decision = act.possible(file, today) if allowed else allowed
    if refused and refused.field and refused.field in form:
        form[refused.field].errors = [said(refused.message)]
        refused = None
    return page(
        act.template,
        status=status,
        act=act,
        form=form,
        errors=[(said(refused.message), None)] if refused else form.problems,
        decision=decision,
        case=file.case,
        today=today,
        **act.facts(file, today),
    )
