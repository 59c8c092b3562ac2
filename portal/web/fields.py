"""Fields that take what people really write: long texts, dates half remembered, odd characters."""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Sequence
from typing import Any

from flask import render_template
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from portal.domain.partial_date import PartialDate
from portal.domain.refusal import Refused
from portal.web.wording import gettext, said
from portal.web.wording import lazy_gettext as _l

# Characters that no keyboard makes, and halves of pairs. PostgreSQL refuses the first of them, UTF-8 the last, and
# none of them can be read.
UNREADABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LONGEST = 50_000
"""Characters in one box: more than a person types, less than what chokes a letter."""

MONTHS = {name.lower()[:3]: number for number, name in enumerate(month_name) if name}


def readable(text: str) -> str:
    """The text with one kind of line end and no control characters. Everything else is kept as it was written."""
    return UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class ReadableText:
    """Mixed into a text field: what is checked, kept and shown again is readable."""

    data: Any

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        if valuelist:
            self.data = readable(valuelist[0])

    def _value(self) -> str:
        return str(self.data or "")


class Line(ReadableText, StringField):
    """One line of text, of at most `longest` characters."""

    widget = GovTextInput()

    def __init__(self, label: Any, longest: int, too_long: Any, **options: Any) -> None:
        checks = [*options.pop("validators", ()), Length(max=longest, message=too_long)]
        super().__init__(label, checks, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata(valuelist)
        self.data = " ".join((self.data or "").split())


class Box(GovTextArea):
    """A box for several lines in a template of our own."""

    template = "fields/textarea.html"


class Words(ReadableText, TextAreaField):
    """As much as somebody wants to say, up to `longest` characters, in their own lines."""

    widget = Box()

    def __init__(self, label: Any, longest: int = LONGEST, **options: Any) -> None:
        self.longest = longest
        super().__init__(label, [*options.pop("validators", ()), _not_too_long], **options)


def _not_too_long(_form: Any, field: Words) -> None:
    over = len(field.data or "") - field.longest
    if over > 0:
        raise ValidationError(
            _l(
                "This is %(over)s characters longer than the %(longest)s that fit here. Nothing is lost: shorten it, "
                "or send the first part now and give us the rest later",
                over=f"{over:,}",
                longest=f"{field.longest:,}",
            )
        )


class OneOf(RadioField):
    """One choice, or none."""

    widget = GovRadioInput()

    def __init__(self, label: Any, choices: Sequence[tuple[str, Any]], **options: Any) -> None:
        checks = options.pop("validators", None) or [Optional()]
        super().__init__(
            label,
            checks,
            choices=[SelectChoice(value, words) for value, words in choices],
            validate_choice=False,
            **options,
        )

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in {each.value for each in self.choices}:
            raise ValidationError(_l("Choose one of the answers"))


class Pick(SelectField):
    """One of a list that is too long for radio buttons. The empty choice is "nobody" or "nothing"."""

    widget = GovSelect()

    def __init__(self, label: Any, choices: Sequence[tuple[str, Any]] = (), **options: Any) -> None:
        made = [SelectChoice(value, words) for value, words in choices]
        super().__init__(label, choices=made, validate_choice=False, **options)

    def pre_validate(self, form: Any) -> None:
        if self.data and self.data not in {each.value for each in self.choices}:
            raise ValidationError(_l("Choose from the list"))


class AnyOf(SelectMultipleField):
    """Any number of choices, none included."""

    widget = GovCheckboxesInput()

    def __init__(self, label: Any, choices: Sequence[tuple[str, Any]], **options: Any) -> None:
        super().__init__(
            label, choices=[SelectChoice(value, words) for value, words in choices], validate_choice=False, **options
        )

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Each choice once, however often it was sent: nothing may grow without end."""
        self.data = list(dict.fromkeys(valuelist))

    def pre_validate(self, form: Any) -> None:
        if set(self.data or ()) - {each.value for each in self.choices}:
            raise ValidationError(_l("Choose from the answers"))


class DateParts:
    """Day, month and year as three boxes, of which the first two may stay empty."""

    def __call__(self, field: DateRemembered, **options: Any) -> Markup:
        parts = (("day", _l("Day"), 2), ("month", _l("Month"), 4), ("year", _l("Year"), 4))
        params = {
            "id": field.name,
            "namePrefix": field.name,
            "fieldset": {"legend": {"text": field.label.text, "classes": "govuk-fieldset__legend--s"}},
            "hint": {"text": field.description},
            "items": [self._box(field, *part) for part in parts],
            **options.get("params", {}),
        }
        if field.errors:
            params["errorMessage"] = {"text": field.errors[0]}
        return Markup(render_template("fields/date_input.html", params=params))  # noqa: S704 - our own template

    @staticmethod
    def _box(field: DateRemembered, part: str, label: Any, width: int) -> dict[str, Any]:
        wrong = " govuk-input--error" if field.errors and field.wrong_part in (part, None) else ""
        return {
            "name": part,
            "id": f"{field.name}-{part}",
            "label": label,
            "classes": f"govuk-input--width-{width}{wrong}",
            "value": field.typed.get(part, ""),
            # A month may be written as a word, so only the other two ask for the number keys.
            "inputmode": "text" if part == "month" else "numeric",
        }


class DateRemembered(Field):
    """A day, a month or a year in the past, as somebody remembers it; its data is a `PartialDate` or None."""

    widget = DateParts()

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, **options)
        self.typed: dict[str, str] = {}
        self.wrong_part: str | None = None
        self._refused: Refused | None = None

    def process(self, formdata: MultiDict[str, str] | None, data: Any = None, extra_filters: Any = None) -> None:
        self.process_errors = []
        self.data = PartialDate.fromisoformat(data) if isinstance(data, str) and data else None
        self.typed = _parts_of(self.data)
        if formdata:
            self.typed = {part: readable(formdata.get(f"{self.name}-{part}", ""))[:40] for part in _PARTS}
            self._read()

    def pre_validate(self, form: Any) -> None:
        if self._refused is not None:
            self._point_to(self._refused.field)
            raise ValidationError(said(self._refused.message))
        if self.data is not None and self.data.earliest() > form.today:
            self._point_to("year" if self.data.year > form.today.year else None)
            raise ValidationError(_l("The date must be today or in the past"))

    def _read(self) -> None:
        try:
            self.data = partial_date(**self.typed)
        except Refused as refused:
            self.data, self._refused = None, refused

    def _point_to(self, part: str | None) -> None:
        """The summary's link leads to the box that is wrong, or to the first."""
        self.wrong_part = part
        self.id = f"{self.name}-{part or 'day'}"


_PARTS = ("day", "month", "year")


def _parts_of(when: PartialDate | None) -> dict[str, str]:
    return {part: str(getattr(when, part) or "") for part in _PARTS} if when else {}


def partial_date(day: str, month: str, year: str) -> PartialDate | None:
    """What three boxes say, or None where they are empty. Raises `Refused`, naming the box."""
    if not (day or month or year):
        return None
    if not year:
        raise Refused("Enter the year. The day and the month can stay empty", "year")
    return PartialDate(
        year=_number(year, gettext("Enter the year in numbers, like 2026"), "year"),
        month=_month(month) if month else None,
        day=_number(day, gettext("Enter the day in numbers, like 14"), "day") if day else None,
    )


def _month(text: str) -> int:
    named = MONTHS.get(text.lower()[:3])
    return named or _number(text, gettext("Enter the month as a number or a word, like 3 or March"), "month")


def _number(text: str, otherwise: str, part: str) -> int:
    # isdecimal() alone would let through the digits of other scripts, and very long numbers.
    if not (text.isascii() and text.isdecimal() and len(text) <= 4):
        raise Refused(otherwise, part)
    return int(text)
