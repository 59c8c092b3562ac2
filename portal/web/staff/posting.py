"""The letters that wait to be posted: printed together, and marked as posted by whoever took them to the post."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, current_app, flash, request
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from portal.actions.record_posting import record_posting
from portal.clock import current_clock
from portal.domain.permissions import Action
from portal.domain.refusal import Forbidden, Refused
from portal.records import enquiries, queries
from portal.records.access_log import Access
from portal.records.queries import LetterRow, LetterState, NotFound
from portal.web.access import current_actor, requires
from portal.web.access_log import note_access, note_also
from portal.web.data import database
from portal.web.fragments import page, see_other
from portal.web.staff.blueprint import blueprint
from portal.web.staff.fields import AnyOf, Day, needed, problems
from portal.web.staff.letters import printed
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import ngettext, said

AT_ONCE = 40
"""A printed letter takes a tenth of a second to make, and somebody waits for all of them."""

A_LETTER = re.compile(r"([0-9A-Z-]{4,20})\.([0-9a-f-]{36})")
POSTED = "posted"


class PostTogether(FlaskForm):
    """Which letters, each by its complaint and its number, and the day on which they went."""

    letters = AnyOf(_l("Which letters?"), [], validators=[needed(_l("Choose at least one letter"))])
    posted_on = Day(_l("When were they posted?"), _l("Enter the day of posting"))

    def offer(self, ticked: Iterable[str]) -> None:
        self.letters.choices = [SelectChoice(each, each) for each in ticked]


@dataclass(frozen=True, slots=True)
class NotPosted:
    """A letter that stays where it is, and why."""

    reference: str
    why: str


@blueprint.get("/post")
@requires(Action.RECORD_POSTING)
def letters_to_post() -> Response:
    """Nothing is marked by looking or by printing, so that whatever jams in the printer is still there."""
    return _page(PostTogether(formdata=None))


@blueprint.post("/post")
@requires(Action.RECORD_POSTING)
def post_letters() -> Response:
    """Print what was ticked, or record that it went: each by itself, and what is refused stays, with the reason."""
    form, marks = PostTogether(), request.form.get("press") == POSTED
    form.offer(each for each in form.letters.data[:AT_ONCE] if A_LETTER.fullmatch(each))
    if not (form.validate() if marks else form.letters.validate(form)):
        return _page(form, status=422)
    chosen = [_letter_in(each) for each in form.letters.data]
    return _posted(chosen, form) if marks else _printed(chosen, form)


def _letter_in(ticked: str) -> tuple[str, UUID]:
    reference, _, letter_id = ticked.partition(".")
    return reference, UUID(letter_id)


def _printed(chosen: Sequence[tuple[str, UUID]], form: PostTogether) -> Response:
    """One file. What went meanwhile is not printed again."""
    with database().session() as session:
        waiting = {each.id for each in _waiting(session)}
    still = [(reference, letter_id) for reference, letter_id in chosen if letter_id in waiting]
    if not still:
        form.letters.errors = [_l("These letters are not waiting to be posted any more")]
        return _page(form, status=422)
    made = current_app.extensions["letters_as_one_pdf"](printed(*each) for each in still)
    note_access(Access.DOWNLOADED)
    note_also(reference for reference, _ in still)
    response = Response(made, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename="letters to post.pdf")
    return response


def _posted(chosen: Sequence[tuple[str, UUID]], form: PostTogether) -> Response:
    refused = []
    for reference, letter_id in chosen:
        if why := _not_posted(reference, letter_id, form):
            refused.append(NotPosted(reference, why))
    if went := len(chosen) - len(refused):
        done = ngettext("%(num)d letter is recorded as posted.", "%(num)d letters are recorded as posted.", went)
        flash(done, "done")
    return _page(PostTogether(formdata=None), refused=refused, status=422) if refused else see_other(request.path)


def _not_posted(reference: str, letter_id: UUID, form: PostTogether) -> str | None:
    """Record that one was posted, or say why not."""
    now = current_clock().now()
    try:
        with database().unit_of_work() as session:
            record_posting(session, current_actor(), reference, letter_id, posted_on=form.posted_on.data, now=now)
    except NotFound:
        return str(_l("It is not there any more."))
    except Refused as no:
        if isinstance(no, Forbidden):
            note_access(Access.REFUSED)
        return said(no.message)
    return None


def _waiting(session: Any) -> Sequence[LetterRow]:
    """What is printed as it stands here. What has to be made in another format waits for a person."""
    return [each for each in queries.letters_to_post(session, current_actor(), AT_ONCE) if not each.by_hand]


def _page(form: PostTogether, *, refused: Sequence[NotPosted] = (), status: int = 200) -> Response:
    with database().session() as session:
        found = queries.letters_to_post(session, current_actor(), AT_ONCE)
        about_none = enquiries.letters_needing_a_person(session, current_actor())
    letters = [each for each in found if not each.by_hand]
    # With none to tick there is no box for a problem to lead to.
    errors = problems(form) if letters else [(words, "") for words, _ in problems(form)]
    if not errors:
        form.letters.data = [f"{each.complaint.reference}.{each.id}" for each in letters]
    return page(
        "staff/post.html",
        status=status,
        form=form,
        errors=errors,
        letters=letters,
        others=[each for each in found if each.by_hand],
        about_none=[each for each in about_none if each.state is LetterState.TO_POST],
        more=len(found) >= AT_ONCE,
        refused=refused,
    )
