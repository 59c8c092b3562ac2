"""Who somebody is, from what was typed, and the language in which they read."""

from __future__ import annotations

from typing import Any

from portal.domain.events import Person
from portal.translation import own_name
from portal.web.fields import OneOf
from portal.web.languages import offered
from portal.web.wording import language

TYPED = ("name", "email", "phone", "address", "postcode")


class Language(OneOf):
    """One of the languages that are offered, each by its own name; first the one that the page is in."""

    def __init__(self, label: Any, **options: Any) -> None:
        super().__init__(label, [(each, own_name(each)) for each in offered()], default=language, **options)

    @property
    def is_asked(self) -> bool:
        """Whether there is more than one."""
        return len(self.choices) > 1


def person_in(form: Any) -> Person:
    """Whoever a form is about. Where it does not ask in which language they read, it is that of the page."""
    read = form["language"].data if "language" in form else language()
    return Person(language=read or "", **{name: form[name].data or "" for name in TYPED})
