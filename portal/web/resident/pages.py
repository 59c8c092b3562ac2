"""The pages of a complaint in their order, and the complaint that their answers make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import with_interpreter
from portal.domain.events import Link, Person, ReplyBy, SafeContact
from portal.domain.interpreting import chosen
from portal.domain.partial_date import PartialDate
from portal.domain.policy import Channel
from portal.domain.representation import NewRepresentative
from portal.domain.submission import Submission
from portal.web import acting_fields
from portal.web.resident import acting_forms, forms
from portal.web.wording import language

Answers = Mapping[str, Mapping[str, Any]]
"""The answers of each page, by the page's name, as the draft keeps them."""

# What happened comes first: it is what somebody came to say, and all that is needed. What would make it easier is
# asked as soon as it is known for whom, so that whoever needs it has not struggled through the rest before.
PAGES: Mapping[str, type[forms.Page]] = {
    "what-happened": forms.WhatHappened,
    "who-for": acting_forms.WhoFor,
    "who-you-are": acting_forms.WhoYouAre,
    "what-you-may-do": acting_forms.WhatYouMayDo,
    "making-it-easier": forms.Easier,
    "when": forms.When,
    "what-you-want": forms.Outcome,
    "about-you": forms.AboutYou,
    "your-home": forms.YourLink,
    "how-to-reach-you": forms.ReplyTo,
}
FIRST = "what-happened"
FILES = "files"
"""A page of its own: files are kept one at a time, as they come."""

CHECK = "check"
ORDER = (*PAGES, FILES)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands among the others."""

    number: int
    of: int
    before: str | None
    after: str


ONLY_FOR_SOMEBODY_ELSE = frozenset({"who-you-are", "what-you-may-do"})


def is_for_somebody_else(answers: Answers) -> bool:
    return answers.get("who-for", {}).get("for_whom") == acting_fields.SOMEBODY_ELSE


def order_for(answers: Answers) -> tuple[str, ...]:
    """The pages that this person is led through."""
    if is_for_somebody_else(answers):
        return ORDER
    return tuple(each for each in ORDER if each not in ONLY_FOR_SOMEBODY_ELSE)


def place_of(page: str, answers: Answers) -> Place:
    """The pages before and after. Raises ValueError for an unknown page."""
    names = order_for(answers)
    if page not in names:  # somebody opened it by its address
        names = ORDER
    index = names.index(page)
    before = names[index - 1] if index else None
    after = names[index + 1] if index + 1 < len(names) else CHECK
    return Place(number=index + 1, of=len(names), before=before, after=after)


def is_complete(answers: Answers) -> bool:
    """Whether there is a complaint to send."""
    return bool(answers.get(FIRST, {}).get("what_happened"))


def representative_from(answers: Answers) -> NewRepresentative | None:
    """Who complains for somebody else, if anybody does."""
    return acting_fields.representative_from(
        {name: value for page in answers.values() for name, value in page.items() if value}
    )


def submission_from(answers: Answers, received_on: date) -> Submission:
    """The complaint as a value. Whatever was not answered is left empty."""
    told = {name: value for page in answers.values() for name, value in page.items() if value}
    interpreting = chosen(told.get("interpreter", ""), told.get("interpreter_words", ""))
    return Submission(
        what_happened=told.get("what_happened", ""),
        channel=Channel.ONLINE,
        received_on=received_on,
        person=Person(
            name=told.get("name", ""),
            email=told.get("email", ""),
            phone=told.get("phone", ""),
            address=told.get("address", ""),
            postcode=told.get("postcode", ""),
            language=language(),
        ),
        link=Link(told.get("link", Link.NOT_SAID)),
        link_from=_date(told, "link_from"),
        link_until=_date(told, "link_until"),
        happened_on=_date(told, "happened_on"),
        aware_on=_date(told, "aware_on"),
        outcome_wanted=told.get("outcome_wanted", ""),
        adjustments=with_interpreter(tuple(Adjustment(each) for each in told.get("adjustments", ())), interpreting),
        adjustment_words=told.get("adjustment_words", ""),
        interpreting=interpreting,
        safe_contact=tuple(SafeContact(each) for each in told.get("safe_contact", ())),
        hazard=bool(told.get("hazard")),
        reply_by=ReplyBy(told.get("reply_by", ReplyBy.NONE)),
    )


def _date(told: Mapping[str, Any], name: str) -> PartialDate | None:
    return PartialDate.fromisoformat(told[name]) if name in told else None
