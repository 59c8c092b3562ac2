"""What a list of complaints is narrowed to, and its order: sent with a GET, so that its address says all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import request
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectChoice
from wtforms.fields import Field

from portal.domain.events import Flag, Stage
from portal.domain.policy import Channel, Landlord
from portal.records import queries
from portal.records.accounts import User
from portal.records.queries import Only, Order, Place, View, Whose, kind_of_place
from portal.web.filters import short_day
from portal.web.staff.fields import AnyOf, Day, Pick
from portal.web.whose import current_landlord
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

VIEWS = {
    View.ALL_OPEN: (_l("All open"), _l("There are no open complaints.")),
    View.MINE: (_l("Mine"), _l("You are not handling any complaint.")),
    View.UNASSIGNED: (_l("Unassigned"), _l("Every open complaint has a handler.")),
    View.DUE_SOON: (_l("Due soon"), _l("Nothing is due in the next few days.")),
    View.OVERDUE: (_l("Overdue"), _l("Nothing is overdue.")),
    View.ENDED: (_l("Ended"), _l("No complaint has ended yet.")),
    View.LAW: (_l("Dates of the law"), _l("No date of the law is due in the next few days.")),
    View.UPDATES: (_l("Updates due"), _l("No resident waits for an update.")),
    View.MESSAGES: (_l("Unread messages"), _l("No message is waiting to be read.")),
    View.ANSWERS: (_l("Answer known, not sent"), _l("No answer that is known waits to be sent.")),
    View.LETTERS: (_l("Letters not delivered"), _l("Every letter has gone.")),
    View.ADJUSTMENTS: (_l("Adjustments to see to"), _l("No adjustment waits to be decided or looked at again.")),
    View.AUTHORITY: (_l("Authority to check"), _l("Nobody who acts for a resident waits to be checked.")),
    View.REMEDIES: (_l("Remedies overdue"), _l("Everything that was promised by now is done.")),
    View.RESTRICTIONS: (_l("Restrictions to review"), _l("No restriction on contact waits to be looked at.")),
    View.OMBUDSMAN: (_l("Due to the Ombudsman"), _l("Nothing is due to the Ombudsman in the next few days.")),
    View.WAITING: (_l("Waiting for the resident"), _l("No complaint waits for its resident.")),
}
"""The name of each view, and what an empty one means."""

WHERE_IT_STANDS = (View.ALL_OPEN, View.MINE, View.UNASSIGNED, View.DUE_SOON, View.OVERDUE, View.ENDED)
TO_SEE_TO = tuple(view for view in VIEWS if view not in WHERE_IT_STANDS)
"""Views of what waits for somebody: shown while there is something in them."""

ALSO = (View.OVERDUE, View.DUE_SOON, *TO_SEE_TO)

ORDERS = (
    (Order.DUE, _l("What is due first")),
    (Order.OLDEST, _l("Received first")),
    (Order.NEWEST, _l("Received last")),
    (Order.CHANGED, _l("Changed last")),
    (Order.QUIET, _l("Unchanged for longest")),
)

WHOSE = ((Whose.MINE, _l("Me")), (Whose.TEAM, _l("Others in my team")), (Whose.NOBODY, _l("Nobody yet")))


class QueueFilter(FlaskForm):
    """Its answers are keys and dates, so that an address never says anything about a person but who handles what."""

    class Meta:
        csrf = False

    handler = Pick(_l("Handler"))
    stage = Pick(_l("Stage"), [("", _l("Both")), *choices(Stage)])
    flag = Pick(_l("Flag"), [("", _l("With or without")), *choices(Flag)])
    area = Pick(_l("Area"))
    channel = Pick(_l("Came by"), [("", _l("Any way")), *choices(Channel)])
    order = Pick(_l("Order"), [(order.value, words) for order, words in ORDERS], default=Order.DUE.value)
    due_by = Day(_l("Due by"))
    also = AnyOf(_l("Only what stands here too"), [(view.value, VIEWS[view][0]) for view in ALSO])

    def offer(self, landlord: Landlord, staff: Iterable[User]) -> None:
        """The handlers and areas to choose from."""
        self.handler.choices = [SelectChoice("", _l("Everybody"))]
        self.handler.choices += [SelectChoice(each.value, words) for each, words in WHOSE]
        self.handler.choices += [SelectChoice(str(each.id), each.name) for each in staff]
        self.area.choices = [SelectChoice("", _l("Every area"))]
        self.area.choices += [SelectChoice(each.key, each.label) for each in landlord.areas]

    def only(self) -> Only:
        """What the fields that are filled in well ask for."""
        stage, flag = _said(self.stage), _said(self.flag)
        return Only(
            handler=_handler(_said(self.handler)),
            stage=Stage(int(stage)) if stage else None,
            due_by=None if self.due_by.errors else self.due_by.data,
            flag=Flag(flag) if flag else None,
            area=_said(self.area),
            channel=_said(self.channel),
            also=() if self.also.errors else tuple(View(each) for each in self.also.data or ()),
        )

    def in_order(self) -> Order:
        return Order(_said(self.order) or Order.DUE)

    def place(self) -> Place | None:
        """Where the page of the list begins that an address asks for."""
        return Place.from_text(request.args.get("after", ""), kind_of_place(self.in_order()))

    def in_words(self) -> list[str]:
        """What the list is narrowed to, and its order where it is not the usual one."""
        picked = [self.handler, self.flag, self.area, self.channel]
        picked += [self.order] if self.in_order() is not Order.DUE else []
        said = [_chosen(self.stage)] if _said(self.stage) else []
        said += [f"{each.label.text}: {_chosen(each)}" for each in picked if _said(each)]
        if due_by := self.only().due_by:
            said.append(f"{self.due_by.label.text}: {short_day(due_by)}")
        return said + [str(VIEWS[view][0]) for view in self.only().also]

    def address(self) -> dict[str, Any]:
        """The same as the address of a list says it, with nothing that was not understood."""
        only, order = self.only(), self.in_order()
        said: dict[str, Any] = {each.name: _said(each) for each in (self.handler, self.stage, self.flag)}
        said |= {"area": only.area, "channel": only.channel, "also": [each.value for each in only.also] or None}
        said["order"] = order.value if order is not Order.DUE else None
        if only.due_by:
            said |= {f"due_by-{part}": str(getattr(only.due_by, part)) for part in ("day", "month", "year")}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Asked:
    """The list that an address names, and the page of it."""

    view: View
    form: QueueFilter

    @property
    def list_address(self) -> dict[str, Any]:
        """What the address of its first page says."""
        return {"view": self.view.value, **self.form.address()}

    @property
    def page_address(self) -> dict[str, Any]:
        """What that of the same page says."""
        place = self.form.place()
        return {**self.list_address, "after": str(place) if place else None}

    @property
    def as_text(self) -> str:
        """The list as somebody keeps it."""
        return urlencode(self.list_address, doseq=True)


def list_in_address(session: Session) -> Asked:
    """What is asked for, as far as it can be: its form says what could not be understood. One statement."""
    form, landlord = QueueFilter(request.args), current_landlord()
    form.offer(landlord, _handlers(session, landlord.key))
    form.validate()
    return Asked(_view_in(request.args), form)


def _view_in(asked: Mapping[str, str]) -> View:
    """The list that an address names; what is none is all that are open."""
    try:
        return View(asked.get("view", ""))
    except ValueError:
        return View.ALL_OPEN


def _handlers(session: Session, landlord: str) -> list[User]:
    """Those who can be given a complaint, and whom the address names: somebody who left has their list still."""
    number = request.args.get("handler", "")
    named = [int(number)] if number.isascii() and number.isdigit() and len(number) < 10 else []
    return [each for each in queries.staff_of(session, landlord, named) if each.landlord == landlord]


def _said(field: Field) -> str | None:
    return field.data or None if not field.errors else None


def _chosen(field: Pick) -> str:
    return next(str(each.label) for each in field.choices if each.value == field.data)


def _handler(said: str | None) -> int | Whose | None:
    if said is None:
        return None
    return Whose(said) if said in list(Whose) else int(said)
