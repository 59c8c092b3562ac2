"""One way to do anything to a case: a form, where a letter is written a preview, then the act, then the case again.

The preview runs the real action in a rehearsal that is always rolled back, so that whatever would be refused is
refused there too. A page that was overtaken by somebody else's act says what changed and keeps every word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Response, abort, flash, render_template, url_for
from htmx_flask import request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from portal.clock import current_clock
from portal.domain.events import LetterWritten, moved_on
from portal.domain.group_events import MemberLetter
from portal.domain.independence import may_decide
from portal.domain.joining import where_it_goes_on
from portal.domain.permissions import Action, Decision, may
from portal.domain.refusal import Forbidden, Refused, StaleVersion
from portal.domain.representative_events import LetterCopied
from portal.records import queries
from portal.records.access_log import Access
from portal.records.letter_drafts import LetterDraft
from portal.web.access import requires
from portal.web.access_log import note_access
from portal.web.data import database
from portal.web.fragments import page, page_or_fragment, see_other
from portal.web.staff import letter_drafts
from portal.web.staff.blueprint import blueprint
from portal.web.staff.desk import Desk, open_desk
from portal.web.staff.fields import add_row, problems, refuse, typed_in
from portal.web.staff.forms import StaffForm
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said

PAGE = "staff/act.html"


def always(_desk: Desk) -> Decision:
    return Decision(True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that staff do to a case. `name` is its address, its endpoint and its fragment of fields."""

    name: str
    action: Action
    title: Any
    done: Any
    form: type[StaffForm]
    perform: Callable[[Session, Desk, Any, dict[str, Any]], Any]
    possible: Callable[[Desk], Decision] = always
    prepare: Callable[[StaffForm, Desk], None] = lambda _form, _desk: None
    facts: Callable[[Desk, Any], dict[str, Any]] = lambda _desk, _form: {}
    writes_letter: bool = False
    everyone: bool = False
    rows: dict[str, str] = field(default_factory=dict)
    fragment: str = ""
    place: Callable[[Any, str], str] = lambda _form, name: name
    button: Any = ""
    """What the button says that does it. Where a letter is written a preview comes first, and its button says so."""

    def __post_init__(self) -> None:
        assert self.writes_letter or self.button, f"the button of {self.name} has to name the act"

    @property
    def endpoint(self) -> str:
        return self.name.replace("-", "_")

    @property
    def fields(self) -> str:
        return f"staff/acts/_{self.endpoint}.html"

    def decision(self, desk: Desk) -> Decision:
        """Whether this person may do it, and whether it can be done now; if not, why not."""
        allowed = may(desk.actor, self.action, desk.case) and where_it_goes_on(desk.case, self.action)
        possible = self.possible(desk) if allowed else allowed
        return may_decide(desk.actor, self.action, desk.case) if possible else possible


def route(act: Act) -> None:
    """Give an act its page."""

    @requires(act.action)
    def view(reference: str) -> Response:
        try:
            desk = _desk(act, reference)
        except NotFound:
            return _gone(act)
        if request.method == "GET":
            return _show(act, desk)
        allowed = may(desk.actor, act.action, desk.case)
        return _press(act, desk) if allowed else _not_now(act, desk, allowed)

    address = f"/cases/<reference>/{act.name}"
    blueprint.add_url_rule(address, act.endpoint, view, methods=["GET", "POST"])


def _desk(act: Act, reference: str) -> Desk:
    with database().session() as session:
        return open_desk(session, reference, everyone=act.everyone)


def _show(act: Act, desk: Desk) -> Response:
    decision = act.decision(desk)
    if not decision:
        return _not_now(act, desk, decision)
    draft = letter_drafts.kept(desk, act.name) if act.writes_letter and not request.args else None
    if draft:
        return _restored(act, desk, draft)
    form = _form(act, desk, request.args or None)
    form.version.data = str(desk.version)
    return page_or_fragment(PAGE, act.fragment or PAGE, **_context(act, desk, form))


def _restored(act: Act, desk: Desk, draft: LetterDraft) -> Response:
    """Their own draft, and what has happened to the complaint since they last read it."""
    form = act.form(letter_drafts.boxes_of(draft))
    form.restored = True
    act.prepare(form, desk)
    form.version.data = str(desk.version)
    news = desk.since(draft.version)
    more = {"news": news, "decision": act.decision(desk)} if news else {}
    return _draw(act, desk, form, draft=draft, **more)


def _not_now(act: Act, desk: Desk, decision: Decision) -> Response:
    """Why not. Whoever has written something meanwhile gets their own words back, to copy, and nothing of the case."""
    draft = letter_drafts.kept(desk, act.name) if request.method == "GET" and act.writes_letter else None
    form = act.form(letter_drafts.boxes_of(draft)) if draft else act.form()
    wrote = typed_in(form) if draft or request.method == "POST" else []
    return page("staff/not_now.html", status=403, desk=desk, act=act, reason=decision.reason, wrote=wrote)


def _gone(act: Act) -> Response:
    """No such complaint, or none for them any more. What they wrote is theirs; nothing of a complaint is told."""
    wrote = typed_in(act.form()) if request.method == "POST" else []
    return page("staff/gone.html", status=404, wrote=wrote) if wrote else abort(404)


def _form(act: Act, desk: Desk, sent: Any = None) -> StaffForm:
    form = act.form(sent) if sent is not None else act.form()
    act.prepare(form, desk)
    return form


def _press(act: Act, desk: Desk) -> Response:
    form = _form(act, desk)
    press = request.form.get("press", "")
    instead = _still_writing(act, desk, form, press) or _behind(act, desk, form)
    if instead is not None:
        return instead
    if press == "change":
        return _draw(act, desk, form)
    if not form.validate():
        return _draw(act, desk, form, status=422)
    try:
        return _preview(act, desk, form) if act.writes_letter and press != "send" else _do(act, desk, form)
    except StaleVersion:
        return _overtaken(act, _desk(act, desk.case.reference), form)
    except queries.NotFound:
        abort(404)
    except Refused as no:
        if isinstance(no, Forbidden):
            note_access(Access.REFUSED)
        refuse(form, said(no.message), act.place(form, no.field) if no.field else None)
        return _draw(act, desk, form, status=422)


def _still_writing(act: Act, desk: Desk, form: StaffForm, press: str) -> Response | None:
    """What is answered to a press that sends nothing: one more row, or the word that a draft is kept or thrown away."""
    if press.startswith("add-"):
        return _one_more(act, desk, form, press.removeprefix("add-"))
    if act.writes_letter and press == "draft":
        return letter_drafts.keep(desk, act.name, desk.version if form.opened is None else form.opened)
    return letter_drafts.throw_away(desk, act.name) if act.writes_letter and press == "throw-away" else None


def _behind(act: Act, desk: Desk, form: StaffForm) -> Response | None:
    """What is answered to a form that the complaint has moved on from, if it has."""
    if form.opened is not None and moved_on(desk.file.recorded, form.opened):
        return _overtaken(act, desk, form)
    decision = act.decision(desk)
    if not decision:
        return _not_now(act, desk, decision)
    return _unversioned(act, desk, form) if form.opened is None else None


def _one_more(act: Act, desk: Desk, form: StaffForm, name: str) -> Response:
    """One more empty row in a list; what is filled in stays."""
    if name not in act.rows:
        abort(404)
    add_row(form[name])
    act.prepare(form, desk)
    form.version.data = form.version.data or str(desk.version)
    fragment = act.rows[name]
    return page_or_fragment(PAGE, fragment, **_context(act, desk, form), rows=form[name], grown=name)


def _do(act: Act, desk: Desk, form: StaffForm) -> Response:
    with database().unit_of_work() as session:
        answer = act.perform(session, desk, form, _when(desk))
        if act.writes_letter:
            letter_drafts.forget(session, desk, act.name)
    if isinstance(answer, Response):
        return answer
    flash(str(act.done), "done")
    return see_other(url_for("staff.case", reference=desk.case.reference))


def _preview(act: Act, desk: Desk, form: StaffForm) -> Response:
    """The letter as it would go, from a rehearsal of the act itself."""
    with database().rehearsal() as session:
        file = act.perform(session, desk, form, _when(desk))
        written = _written(file, desk)
        letter = queries.letter(session, file, UUID(written)) if written else None
        shown = render_template(
            "staff/preview.html", **_context(act, desk, form), letter=letter, carried=list(letter_drafts.carried())
        )
    return Response(shown)


def _written(file: Any, desk: Desk) -> str | None:
    """The id of the letter that came of it: to the resident, or else to the member or representative whom it is about.

    Where the act was done to another case, to which this one was joined, the last letter there came of it.
    """
    version = desk.version if file.row.reference == desk.case.reference else 0
    since = [each.event for each in file.recorded if each.number > version]
    own = [each.letter_id for each in since if isinstance(each, LetterWritten)]
    to_others = [each.letter_id for each in since if isinstance(each, MemberLetter | LetterCopied)]
    return next(reversed(own or to_others), None)


def _when(desk: Desk) -> dict[str, Any]:
    return {"now": current_clock().now(), "version": desk.version}


def _overtaken(act: Act, desk: Desk, form: StaffForm) -> Response:
    """Somebody else did something first: say what, keep the words, and take the new version as read."""
    news = desk.since(form.opened or 0)
    form.version.data = str(desk.version)
    return _draw(act, desk, form, status=409, news=news, decision=act.decision(desk))


def _unversioned(act: Act, desk: Desk, form: StaffForm) -> Response:
    """No page of ours sends such a form: what is news to its sender is not known, so none is told."""
    form.version.data = str(desk.version)
    refuse(form, str(_l("This complaint may have changed. Look at it again before you send this form.")), None)
    return _draw(act, desk, form, status=422)


def _draw(act: Act, desk: Desk, form: StaffForm, *, status: int = 200, **more: Any) -> Response:
    form.version.data = form.version.data or str(desk.version)
    return page(PAGE, status=status, **_context(act, desk, form), **more)


def _context(act: Act, desk: Desk, form: StaffForm) -> dict[str, Any]:
    return {
        "act": act,
        "desk": desk,
        "form": form,
        "errors": problems(form),
        "main_button": _l("Preview the letter") if act.writes_letter else act.button,
        **act.facts(desk, form),
    }
