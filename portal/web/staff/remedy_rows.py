"""One remedy as staff write it: a row of an answer, or a letter of its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wtforms import Form
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from portal.domain.events import RemedyKind
from portal.domain.offers import RemedyOffer
from portal.domain.remedy_kinds import CompensationHead
from portal.web.staff.fields import Day, Pick, Tick, line
from portal.web.staff.fields import words as several_lines
from portal.web.wording import lazy_gettext as _l
from portal.web.words import choices

MOST_DIGITS = 9
"""Of an amount of pounds: more are a slip, and thousands of them cannot be read as a number at all."""

AGREED = {"": None, "yes": True, "no": False}


class RemedyRow(Form):
    """One thing that is offered. A row in which nothing is filled in is left out."""

    kind = Pick(_l("What kind of remedy?"), [("", _l("No remedy in this row")), *choices(RemedyKind)])
    words = several_lines(_l("What will be done"), hint=_l("These words go into the letter."))
    impact = several_lines(
        _l("What the failing meant for the resident"),
        hint=_l("The remedy has to reflect it, and the letter says so. Needed where it is money."),
    )
    amount = line(_l("Amount in pounds"), hint=_l("Only for money, like 150 or 75.50"), longest=12)
    head = Pick(_l("What the money is for"), [("", _l("It is no money")), *choices(CompensationHead)])
    owner = Pick(_l("Who will do it"))
    due = Day(_l("By when"))
    agreed = Pick(
        _l("Has the resident agreed to it?"),
        [("", _l("They have not been asked")), ("yes", _l("Yes")), ("no", _l("No"))],
    )
    own_delay = Tick(_l("It is for our own delay in this complaint"))
    set_off = Tick(_l("It goes against arrears of rent"))

    @property
    def is_empty(self) -> bool:
        return not (self.kind.data or self.words.data)

    @property
    def pence(self) -> int | None:
        """The amount, or None where it is empty or no amount."""
        pounds, _, pence = (self.amount.data or "").lstrip("£").replace(",", "").partition(".")
        if not (f"{pounds}{pence}".isascii() and f"{pounds}{pence}".isdigit() and pounds and len(pence) <= 2):
            return None
        if len(pounds) > MOST_DIGITS:
            return None
        return int(pounds) * 100 + int(pence.ljust(2, "0") or 0)

    def validate_kind(self, field: Any) -> None:
        if not field.data and self.words.data:
            raise ValidationError(_l("Choose what kind of remedy this is"))

    def validate_amount(self, field: Any) -> None:
        if field.data and self.pence is None:
            raise ValidationError(_l("Enter an amount like 150 or 75.50"))

    def offer(self) -> RemedyOffer:
        """What was filled in, as the domain takes it."""
        return RemedyOffer(
            kind=RemedyKind(self.kind.data),
            words=self.words.data or "",
            owner_id=int(self.owner.data) if self.owner.data else None,
            due=self.due.data,
            amount_pence=self.pence,
            head=CompensationHead(self.head.data) if self.head.data else None,
            impact=self.impact.data or "",
            agreed=AGREED[self.agreed.data or ""],
            own_delay=bool(self.own_delay.data),
            set_off=bool(self.set_off.data),
        )


def offer_owners(rows: Iterable[Any], people: Iterable[Any]) -> None:
    """Whom a remedy can be given to."""
    owners = [SelectChoice("", _l("Nobody yet")), *(SelectChoice(str(each.id), each.name) for each in people)]
    for row in rows:
        row.owner.choices = owners


def offered_in(rows: Iterable[Any]) -> tuple[RemedyOffer, ...]:
    """What the rows offer, without those in which nothing was filled in."""
    return tuple(row.form.offer() for row in rows if not row.form.is_empty)
