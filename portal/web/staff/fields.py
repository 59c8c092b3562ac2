"""What the staff's forms add to the fields of all forms: whole dates, lists and rows; and errors in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput
from wtforms import BooleanField, Field, FieldList, FormField
from wtforms.form import BaseForm
from wtforms.validators import StopValidation, ValidationError

from portal.web.fields import AnyOf, DateRemembered, Line, OneOf, Pick, Words, readable
from portal.web.wording import lazy_gettext as _l
from portal.web.wording import said

__all__ = [
    "AnyOf",
    "DateRemembered",
    "Day",
    "Line",
    "Lines",
    "OneOf",
    "Pick",
    "Rows",
    "Tick",
    "Words",
    "add_row",
    "leaves",
    "line",
    "needed",
    "problems",
    "readable",
    "refuse",
    "words",
]

LONGEST_LINE = 300
MOST_ROWS = 30


def needed(asked: Any) -> Callable[[Any, Field], None]:
    """Something must be said, and these are the words that ask for it."""

    def check(_form: Any, field: Field) -> None:
        if not field.data:
            raise StopValidation(asked)

    return check


def words(label: Any, asked: Any = None, *, hint: Any = "") -> Words:
    """A box for several lines; `asked` makes it needed."""
    return Words(label, description=hint, validators=[needed(asked)] if asked else [])


def line(
    label: Any, asked: Any = None, *, hint: Any = "", longest: int = LONGEST_LINE, checks: Sequence[Any] = ()
) -> Line:
    """A box for one line."""
    too_long = _l("Use %(longest)s characters or fewer", longest=longest)
    first = [needed(asked)] if asked else []
    return Line(label, longest, too_long, description=hint, validators=[*first, *checks])


class Day(DateRemembered):
    """A whole date, past or future; `asked` makes it needed."""

    def __init__(self, label: Any, asked: Any = None, **options: Any) -> None:
        super().__init__(label, **options)
        self.asked = asked

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        super().process(formdata, data.isoformat() if isinstance(data, date) else data, extra_filters)
        if self.data is not None:
            self.data = self.data.earliest() if self.data.day else None

    def pre_validate(self, form: Any) -> None:
        if self._refused is not None:
            self._point_to(self._refused.field)
            raise ValidationError(said(self._refused.message))
        if self.data is None and any(self.typed.values()):
            self._point_to(next((part for part, typed in self.typed.items() if not typed), None))
            raise ValidationError(_l("Enter the day, the month and the year"))
        if self.data is None and self.asked:
            self._point_to(None)
            raise ValidationError(self.asked)


class Tick(BooleanField):
    """One checkbox."""

    widget = GovCheckboxInput()


class Rows(FieldList):
    """Rows that are numbered in the names of their boxes."""

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """The library's fails at what only looks like a number, such as a raised two, and at endless ones."""
        for name in formdata:
            number = name.removeprefix(f"{prefix}-").split("-", 1)[0]
            if name.startswith(f"{prefix}-") and number.isascii() and number.isdigit() and len(number) < 4:
                yield int(number)


class Lines(Rows):
    """Several short texts, each in a box of its own called `each`. Empty boxes are left out."""

    def __init__(self, label: Any, each: Any = "", *, boxes: int = 2, hint: Any = "", **options: Any) -> None:
        self.each = each
        super().__init__(words(each), label, min_entries=boxes, max_entries=MOST_ROWS, description=hint, **options)

    @property
    def filled(self) -> tuple[str, ...]:
        return tuple(box.data for box in self.entries if box.data)


def add_row(rows: FieldList) -> None:
    """One more empty row, up to the most that fit on a page."""
    if len(rows) < MOST_ROWS:
        rows.append_entry()


def leaves(fields: Iterable[Field]) -> Iterator[Field]:
    """Every box of a form in the order of the page, those within rows too."""
    for field in fields:
        if isinstance(field, FormField):
            yield from leaves(field.form)
        elif isinstance(field, FieldList):
            yield from leaves(field.entries)
        else:
            yield field


def problems(form: BaseForm) -> list[tuple[Any, str | None]]:
    """What is wrong and where, in the order of the page: for the summary."""
    general = [(each, None) for each in form.form_errors]
    return general + [(each.errors[0], each.id) for each in leaves(form) if each.errors]


def typed_in(form: BaseForm) -> list[tuple[str, str]]:
    """What somebody has written into the boxes of a form, each with its label."""
    boxes = (each for each in leaves(form) if isinstance(each, Line | Words))
    return [(str(each.label.text), each.data.strip()) for each in boxes if (each.data or "").strip()]


def refuse(form: BaseForm, message: str, name: str | None) -> None:
    """Put a refusal where a form error would stand: at the field that it names, else above the form."""
    field = next((each for each in leaves(form) if name and f"{each.name}-".startswith(f"{name}-")), None)
    if field is None:
        form.form_errors = [*form.form_errors, message]
        return
    if isinstance(field, DateRemembered):
        field.id = f"{field.name}-day"
    field.errors = [*field.errors, message]
