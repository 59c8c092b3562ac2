"""What is asked about a petition, of whoever hands it in and of staff who record it."""

from __future__ import annotations

from typing import Any

from wtforms.validators import ValidationError

from portal.domain.events import Person
from portal.domain.petitions import MOST_SIGNATURES
from portal.web.fields import Line
from portal.web.person_fields import person_in
from portal.web.wording import lazy_gettext as _l


def number_of_signatures() -> Line:
    return Line(
        _l("How many people have signed?"),
        20,
        _l("Enter how many people have signed, as a number like 40"),
        description=_l("Leave it empty if you do not know."),
        validators=[_is_number],
    )


def signatures_of(field: Line) -> int | None:
    """The number that was typed, or None."""
    typed = _plain(field)
    return int(typed) if typed else None


def organiser_of(form: Any) -> Person:
    return person_in(form)


def _plain(field: Line) -> str:
    return (field.data or "").replace(",", "").replace(" ", "")


def _is_number(_form: Any, field: Line) -> None:
    typed = _plain(field)
    digits = typed.isascii() and typed.isdigit() and len(typed) < 10
    if typed and not (digits and 0 < int(typed) <= MOST_SIGNATURES):
        raise ValidationError(_l("Enter how many people have signed, as a number like 40"))
