"""A pack of a complaint: for the Ombudsman in one press, or of what is kept about one person."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple, cast

from flask import Response, render_template, send_file, url_for
from wtforms.fields import SelectChoice

from portal.actions.gather_pack import gather_pack
from portal.actions.record_pack import record_pack
from portal.clock import current_clock
from portal.domain.events import Recorded
from portal.domain.explanation import explain
from portal.domain.pack_events import ForWhom, PackMade, Restricted
from portal.domain.packing import (
    CHECK_FIRST,
    SEEN_WITH,
    THEIRS,
    Contents,
    Other,
    PackWish,
    Page,
    Restrictions,
    others_in,
    restricted_choices,
)
from portal.domain.permissions import Action
from portal.domain.refusal import Forbidden, Refused
from portal.records import packs
from portal.records.access_log import Access
from portal.records.notes import every_note
from portal.web import uploads
from portal.web.access import permit, requires
from portal.web.access_log import note_access
from portal.web.data import database
from portal.web.fragments import page
from portal.web.staff.blueprint import blueprint
from portal.web.staff.case import date_rows
from portal.web.staff.desk import Desk, open_desk
from portal.web.staff.fields import AnyOf, OneOf, needed, problems, refuse
from portal.web.staff.fields import words as several_lines
from portal.web.staff.forms import StaffForm
from portal.web.tables import written
from portal.web.wording import gettext, said
from portal.web.wording import lazy_gettext as _l
from portal.web.words import words

RESIDENT = "resident"
IN_MEMORY = 5_000_000
"""Bytes of a pack beyond which it is put together on disk."""

CHRONOLOGY = "chronology.html"


class MakePack(StaffForm):
    restricted = AnyOf(
        _l("Put in what is left out unless you say so"),
        (),
        description=_l("Tick only what was asked for. What you leave out is counted on the first page, by its kind."),
    )
    why = several_lines(
        _l("Why is that needed?"),
        hint=_l("Only where you ticked something. It goes on the complaint’s record, not into the pack."),
    )

    def wish(self) -> PackWish:
        return PackWish(for_whom=ForWhom.OMBUDSMAN, restricted=self.ticked, why=self.why.data or "")

    @property
    def ticked(self) -> frozenset[Restricted]:
        return frozenset(Restricted(each) for each in self.restricted.data or ())


class MakeOwnDataPack(MakePack):
    whose = OneOf(_l("Who asked what is kept about them?"), (), validators=[needed(_l("Choose who asked"))])

    def wish(self) -> PackWish:
        kind, _, number = (self.whose.data or "").partition("-")
        return PackWish(
            for_whom=ForWhom(kind),
            number=int(number) if number else None,
            restricted=self.ticked,
            why=self.why.data or "",
        )


class Behind(NamedTuple):
    """What stands behind a complaint: its part of the hash chain, who looked at it, and notes where they go along."""

    chain: Sequence[packs.EventRow]
    looks: Sequence[packs.AccessEntry]
    notes: Sequence[tuple[Any, Any]]


@dataclass(frozen=True)
class OutsideDesk(Desk):
    """The case for the pages of a pack. In what somebody is given about themselves no member of staff is named."""

    names_staff: bool = True

    def person(self, user_id: int | None) -> str:
        return super().person(user_id) if self.names_staff else ""


@blueprint.route("/cases/<reference>/pack", methods=["GET", "POST"])
@requires(Action.MAKE_PACK)
def pack(reference: str) -> Response:
    """What will be in it, and the pack itself."""
    return _view(reference, Action.MAKE_PACK, MakePack)


@blueprint.route("/cases/<reference>/own-data", methods=["GET", "POST"])
@requires(Action.MAKE_OWN_DATA_PACK)
def own_data_pack(reference: str) -> Response:
    """The same of one person's own data."""
    return _view(reference, Action.MAKE_OWN_DATA_PACK, MakeOwnDataPack)


def _view(reference: str, action: Action, shape: type[MakePack]) -> Response:
    with database().session() as session:
        desk = open_desk(session, reference)
    permit(action, desk.case)
    form = shape()
    offered = restricted_choices(desk.actor, desk.case)
    form.restricted.choices = [SelectChoice(each.value, words(each)) for each in offered]
    if isinstance(form, MakeOwnDataPack):
        form.whose.choices = [SelectChoice(value, name) for value, name in _people(desk)]
        if not form.is_submitted() and len(form.whose.choices) == 1:
            form.whose.data = RESIDENT
    if not form.is_submitted():
        return _page(desk, form)
    if not form.validate():
        return _page(desk, form, status=422)
    try:
        return _make(desk, form.wish())
    except Refused as no:
        if isinstance(no, Forbidden):
            note_access(Access.REFUSED)
        refuse(form, said(no.message), no.field)
        return _page(desk, form, status=422)


def _make(desk: Desk, wish: PackWish) -> Response:
    """Put together first, for that takes its time, and put on record before anybody gets it."""
    into, now = cast(BinaryIO, tempfile.SpooledTemporaryFile(IN_MEMORY)), current_clock().now()  # noqa: SIM115
    try:
        made = _gathered(desk, wish, into, now)
        with database().unit_of_work() as session:
            record_pack(session, desk.actor, desk.case.reference, made, now=now)
    except BaseException:
        into.close()
        raise
    note_access(Access.EXPORTED)
    name = f"{desk.case.reference}-{wish.for_whom.value.replace('_', '-')}-{now.date().isoformat()}.zip"
    return send_file(into, mimetype="application/zip", as_attachment=True, download_name=name, etag=False)


def _gathered(desk: Desk, wish: PackWish, into: BinaryIO, now: datetime) -> PackMade:
    with database().session() as session:
        behind = Behind(
            packs.chain_of(session, desk.file),
            packs.looks_at(session, desk.actor, desk.file),
            every_note(session, desk.file) if Restricted.NOTES in wish.restricted else (),
        )

        def pages(contents: Contents) -> Iterator[Page]:
            return _pages(desk, contents, behind)

        return gather_pack(session, uploads.store(), desk.actor, desk.file, wish, pages, into, now=now)


def _pages(desk: Desk, contents: Contents, behind: Behind) -> Iterator[Page]:
    """What happened, for the Ombudsman the record behind it, and last the first page, which leads to all of them."""
    wish, restrictions = contents.wish, Restrictions(desk.case, desk.file.recorded)
    outside = OutsideDesk(
        **{each.name: getattr(desk, each.name) for each in fields(Desk)}, names_staff=not wish.of_one_person
    )
    around = _around(outside, contents)
    beside = [*_told(desk, wish, around), *_happened(desk, wish, restrictions, around)]
    if behind.notes:
        noted = render_template("staff/pack/notes.html", notes=behind.notes, **around)
        path = f"{CHECK_FIRST}/notes.html" if wish.of_one_person else "2 Notes of staff.html"
        beside.append(Page(path, gettext("Notes of staff"), noted))
    if not wish.of_one_person:
        beside += _audit(desk, wish, restrictions, behind)
    yield from beside
    first = render_template("staff/pack/index.html", beside=beside, **around)
    yield Page("0 Read first.html", _title(desk, wish), first)


def _told(desk: Desk, wish: PackWish, around: dict[str, Any]) -> Iterator[Page]:
    """The complaint itself, for the resident; apart where it was told by whoever led the group before."""
    if wish.for_whom is ForWhom.RESIDENT:
        within = CHECK_FIRST if desk.case.led_since else THEIRS
        yield Page(
            f"{within}/complaint.html", gettext("The complaint"), render_template("staff/pack/told.html", **around)
        )


def _happened(desk: Desk, wish: PackWish, restrictions: Restrictions, around: dict[str, Any]) -> Iterator[Page]:
    given = [each for each in desk.history if restrictions.of(each.event) in (None, *wish.restricted)]
    for path, history in _chronologies(given, desk, wish):
        yield Page(
            path, gettext("What happened"), render_template("staff/pack/chronology.html", history=history, **around)
        )


def _audit(desk: Desk, wish: PackWish, restrictions: Restrictions, behind: Behind) -> Iterator[Page]:
    yield Page("audit/A001 record.csv", "", written(RECORD_COLUMNS, _record(desk, behind.chain, wish, restrictions)))
    if behind.looks:
        yield Page("audit/A002 who looked.csv", "", written(LOOKS_COLUMNS, _looked(behind.looks)))


def _chronologies(given: list[Recorded], desk: Desk, wish: PackWish) -> Iterator[tuple[str, list[Recorded]]]:
    if not wish.of_one_person:
        yield "1 What happened.html", given
        return
    apart = {each.number for each in given if others_in(each, wish, led_since=desk.case.led_since)}
    yield f"{THEIRS}/{CHRONOLOGY}", [each for each in given if each.number not in apart]
    yield f"{CHECK_FIRST}/{CHRONOLOGY}", [each for each in given if each.number in apart]


def _around(desk: Desk, contents: Contents) -> dict[str, Any]:
    """What every page of a pack is given. Nothing in it can be done, and links lead to what is in the pack."""
    paths = {piece.of: piece.path for piece in contents.pieces if piece.of}
    seen = {SEEN_WITH[each].name for each in contents.wish.restricted}
    return {
        "desk": desk,
        "case": desk.case,
        "contents": contents,
        "wish": contents.wish,
        "whose": dict(_people(desk)).get(_value(contents.wish), ""),
        "dates": date_rows(desk),
        "why": lambda deadline: explain(deadline, desk.landlord.short_name),
        "made_at": current_clock().now(),
        "may": lambda action, _case=None: action in seen,
        "url_for": lambda _endpoint, **values: paths.get(
            str(values.get("letter_id") or values.get("evidence_id") or ""), ""
        ),
        "Other": Other,
    }


RECORD_COLUMNS = ("number", "entry of the chain", "at", "by", "what", "facts", "digest of words", "previous", "hash")
LOOKS_COLUMNS = ("at", "by", "what", "in order to")


def _record(desk: Desk, chain: Any, wish: PackWish, restrictions: Restrictions) -> Iterator[tuple[Any, ...]]:
    """The hash chain as far as it is about this complaint; of what is left out only that it is there."""
    given = {each.number for each in desk.history if restrictions.of(each.event) in (None, *wish.restricted)}
    for row in chain:
        there = row.number in given
        what = (row.at.isoformat(), _by(row), row.kind, row.payload) if there else ("", "", "left out", "")
        yield (row.number, row.sequence, *what, row.content_digest or "", row.previous_hash, row.hash)


def _looked(looks: Any) -> Iterator[tuple[Any, ...]]:
    for each in looks:
        yield each.at.isoformat(), _by(each), each.access.value, each.action


def _by(row: Any) -> str:
    return f"{row.by_role.value} {row.by_id or ''}".strip()


def _people(desk: Desk) -> Iterator[tuple[str, str]]:
    """Everybody whose data this complaint holds, and who can ask for them."""
    yield RESIDENT, desk.case.received.person.name or gettext("The resident")
    for each in desk.case.representatives:
        yield f"representative-{each.number}", each.added.name or gettext("A representative")
    for member in desk.case.group.members if desk.case.group else ():
        yield f"member-{member.number}", member.joined.person.name or gettext("A member of the group")


def _value(wish: PackWish) -> str:
    return f"{wish.for_whom.value}-{wish.number}" if wish.number else wish.for_whom.value


def _title(desk: Desk, wish: PackWish) -> str:
    if wish.of_one_person:
        return gettext("What we keep about one person, from complaint %(reference)s", reference=desk.case.reference)
    return gettext("Complaint %(reference)s: the whole record", reference=desk.case.reference)


def _page(desk: Desk, form: MakePack, *, status: int = 200) -> Response:
    own = isinstance(form, MakeOwnDataPack)
    return page(
        "staff/pack/make.html",
        status=status,
        desk=desk,
        case=desk.case,
        form=form,
        own=own,
        errors=problems(form),
        here_url=url_for("staff.own_data_pack" if own else "staff.pack", reference=desk.case.reference),
    )
