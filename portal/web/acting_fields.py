"""The questions about somebody who complains for somebody else: the same online, on paper and for staff."""

from __future__ import annotations

from typing import Any

from wtforms.validators import Email, Optional

from portal.domain.representation import NewRepresentative
from portal.domain.representative_kinds import AskedBy, AuthorityScope, Capacity, ReplyTo
from portal.web.fields import AnyOf, Line, OneOf, Words
from portal.web.wording import language
from portal.web.wording import lazy_gettext as _l
from portal.web.words import words

ME, SOMEBODY_ELSE = "me", "somebody_else"

WANTED = (
    (AuthorityScope.PROGRESS, _l("How far it has come, with the dates")),
    (AuthorityScope.FULL_REPLY, _l("Copies of your letters and answers")),
    (AuthorityScope.MEETINGS, _l("To come to meetings")),
    (AuthorityScope.DECIDE, _l("To decide for them, for example to ask for stage 2")),
)


def capacity_of(*checks: Any) -> OneOf:
    return OneOf(
        _l("As what do you act for them?"), [(each.value, words(each)) for each in Capacity], validators=list(checks)
    )


def asked_by_of(*checks: Any) -> OneOf:
    return OneOf(
        _l("Did this person ask you?"),
        [
            (AskedBy.RESIDENT.value, _l("Yes, they asked me")),
            (AskedBy.SOMEBODY_ELSE.value, _l("No, somebody else asked me")),
            (AskedBy.NOT_SAID.value, _l("Nobody asked me, or I would rather not say")),
        ],
        validators=list(checks),
    )


class AsksForWhom:
    for_whom = OneOf(
        _l("Are you complaining for yourself or for somebody else?"),
        [(ME, _l("For myself")), (SOMEBODY_ELSE, _l("For somebody else"))],
        description=_l("For example for your mother, a neighbour, a client or somebody in your constituency."),
    )


class AsksWhoYouAre:
    capacity = capacity_of()
    representative_name = Line(_l("Your own name"), 300, _l("Your name must be 300 characters or fewer"))
    organisation = Line(
        _l("Your organisation, if you act for one"), 300, _l("The organisation must be 300 characters or fewer")
    )
    representative_email = Line(
        _l("Your own email address"),
        254,
        _l("The email address must be 254 characters or fewer"),
        description=_l("If you were elected or work for an organisation, your official one."),
        validators=[Optional(), Email(_l("Enter an email address in the right form, like name@example.com"))],
    )
    representative_phone = Line(
        _l("Your own phone number"), 100, _l("The phone number must be 100 characters or fewer")
    )
    representative_address = Words(
        _l("Your own address"), 1_000, description=_l("Only if you want letters to you on paper.")
    )
    own_reference = Line(
        _l("Your own reference, if you have one"), 100, _l("Your reference must be 100 characters or fewer")
    )


class AsksWhatYouMayDo:
    asked_by = asked_by_of()
    wants = AnyOf(
        _l("What do you want to be told, or to do?"),
        [(each.value, said) for each, said in WANTED],
        description=_l(
            "We receive the complaint whatever you choose. For anything here we ask them, or look at what shows that "
            "you may."
        ),
    )
    reply_to = OneOf(
        _l("Where should our reply go?"),
        [
            (ReplyTo.BOTH.value, _l("To them and to me")),
            (ReplyTo.REPRESENTATIVE.value, _l("To me")),
            (ReplyTo.RESIDENT.value, _l("Only to them")),
        ],
        description=_l("Whoever the complaint is about can always get our letters as well."),
    )


def representative_from(told: dict[str, Any]) -> NewRepresentative | None:
    """Who complains for somebody else, if anybody does."""
    if told.get("for_whom") != SOMEBODY_ELSE:
        return None
    return NewRepresentative(
        capacity=Capacity(told.get("capacity", Capacity.OTHER)),
        asked_by=AskedBy(told.get("asked_by", AskedBy.NOT_SAID)),
        name=told.get("representative_name", ""),
        organisation=told.get("organisation", ""),
        email=told.get("representative_email", ""),
        phone=told.get("representative_phone", ""),
        address=told.get("representative_address", ""),
        own_reference=told.get("own_reference", ""),
        wants=tuple(AuthorityScope(each) for each in told.get("wants", ())),
        reply_to=ReplyTo(told.get("reply_to", ReplyTo.BOTH)),
        submitted=True,
        language=language(),
    )
