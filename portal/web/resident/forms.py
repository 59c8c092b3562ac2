"""What residents fill in: one small form for each page. Only what happened is ever needed (Code 1.2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import DataRequired, Email, Optional, ValidationError

from portal.clock import current_clock
from portal.domain import references
from portal.domain.adjustment_kinds import SIZES, Adjustment, AdjustmentScope
from portal.domain.adjustments import Wish
from portal.domain.events import Link, ReplyBy, SafeContact
from portal.domain.partial_date import PartialDate
from portal.domain.policy import Channel
from portal.domain.service_request import ServiceWish
from portal.web.easier_fields import SHORTER, AsksWhatIsEasier, wish_in
from portal.web.fields import AnyOf, DateRemembered, Line, OneOf, Words
from portal.web.person_fields import person_in
from portal.web.reach_fields import ReachChecks, way_to_reply, what_is_not_safe
from portal.web.resident.words import ADJUSTMENTS, LINKS, REPLY_BY, SAFE_CONTACT
from portal.web.wording import lazy_gettext as _l
from portal.web.words import adjustment_groups

EXPIRED = _l(
    "This page was open for a long time, so we could not be sure that it was you who sent it. "
    "Nothing is lost: your answers are below. Press the button again. If you see this message again, "
    "allow cookies for this website or contact us in another way"
)


class ResidentForm(FlaskForm):
    """A form that outlives its session: an expired token is said in words, and every answer stays.

    These forms check their token themselves, which is why their routes are taken out of the check for all.
    """

    expired = False

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        self.expired = bool(self.csrf_token.errors)
        self.csrf_token.errors = ()
        return valid

    @property
    def problems(self) -> list[tuple[Any, str | None]]:
        """What to put right, each with the id of its field: for the summary."""
        wrong = [(field.errors[0], field.id) for field in self if field.errors]
        return [(EXPIRED, None), *wrong] if self.expired else wrong


class Page(ResidentForm):
    """One page of a complaint."""

    @property
    def today(self) -> date:
        return current_clock().today()

    def answers(self) -> dict[str, Any]:
        """What to keep of this page, as JSON can hold it."""
        return {field.name: _kept(field.data) for field in self if field.name != "csrf_token"}


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, PartialDate) else value


class WhatHappened(Page):
    what_happened = Words(
        _l("What happened?"),
        description=_l(
            "Tell us in your own words: what went wrong, and anything that you have already told us about it. "
            "Take as much space as you need."
        ),
        validators=[DataRequired(_l("Tell us what happened. A few words are enough"))],
    )
    hazard = AnyOf(
        _l("Could it hurt somebody?"),
        [("yes", _l("Yes, something in or around the home is dangerous, or makes somebody ill"))],
        description=_l("Such as damp and mould, no heating, bare wires, or a fire risk. Ticking it holds nothing up."),
    )


class When(Page):
    happened_on = DateRemembered(
        _l("When did it happen?"),
        description=_l("For example 14 3 2026. If it is still going on, give the day on which it began."),
    )
    aware_on = DateRemembered(
        _l("When did you find out about it, if that was later?"),
        description=_l("The month and the year, or the year alone, are enough."),
    )


class Outcome(Page):
    outcome_wanted = Words(
        _l("What would put this right?"),
        description=_l(
            "For example a repair, an apology, an explanation or a payment. You do not have to answer this."
        ),
    )


class AboutYou(Page):
    name = Line(_l("Your name"), 300, _l("Your name must be 300 characters or fewer"))
    address = Words(
        _l("Your address"), 1_000, description=_l("The home that this is about. We also send letters there.")
    )
    postcode = Line(_l("Postcode"), 20, _l("Your postcode must be 20 characters or fewer"))


class YourLink(Page):
    link = OneOf(_l("What is your link to us?"), [(each.value, LINKS[each]) for each in Link])
    link_from = DateRemembered(_l("Since when?"), description=_l("For example 14 3 2019. The year alone is enough."))
    link_until = DateRemembered(
        _l("Until when, if that has ended?"), description=_l("For example March 2026, or only 2026.")
    )


class Easier(AsksWhatIsEasier, Page):
    pass


class MakeItEasier(AsksWhatIsEasier, ResidentForm):
    """The whole list: for a page that somebody opens to ask for it."""

    groups = adjustment_groups()

    adjustments = AnyOf(
        _l("What would make this easier for you?"),
        [(each.value, ADJUSTMENTS[each]) for each in Adjustment],
        description=_l("Choose as many as you like. You do not have to say why, and we do not ask for proof."),
    )
    print_size = OneOf(
        _l("Which size of type?"),
        [(str(size), _l("%(size)s point", size=size)) for size in SIZES],
    )
    adjustment_words = Words(
        _l("Anything else, or anything that we should know about it"),
        SHORTER,
        description=_l("For example the best time to call."),
    )

    def wish(self, scope: AdjustmentScope) -> Wish:
        return wish_in(self, scope)


class OwnEasier(MakeItEasier):
    """In a complaint: for it alone or for everything, and, only for somebody who wants to tell it, why."""

    everywhere = OneOf(
        _l("When should we do this?"),
        [
            (AdjustmentScope.THIS_COMPLAINT.value, _l("For this complaint")),
            (AdjustmentScope.ALL_CONTACT.value, _l("Whenever we are in touch with you")),
        ],
        default=AdjustmentScope.THIS_COMPLAINT.value,
    )
    condition = Words(
        _l("Anything about your health that you want to tell us"),
        SHORTER,
        description=_l(
            "You do not have to, and it changes nothing about what you can ask for. Only the person who handles your "
            "complaint and the complaints officer can see it. We delete it when nothing that you asked for goes on."
        ),
    )


class EasierWithoutComplaint(MakeItEasier, ReachChecks):
    name = Line(_l("Your name"), 300, _l("Your name must be 300 characters or fewer"))
    email = Line(
        _l("Email address"),
        254,
        _l("The email address must be 254 characters or fewer"),
        validators=[Optional(), Email(_l("Enter an email address in the right form, like name@example.com"))],
    )
    phone = Line(_l("Phone number"), 100, _l("The phone number must be 100 characters or fewer"))
    address = Words(_l("Address for letters"), 1_000)
    postcode = Line(_l("Postcode"), 20, _l("Your postcode must be 20 characters or fewer"))
    reply_by = way_to_reply(_l("How should we reply to you?"))
    safe_contact = what_is_not_safe(
        _l("Is there anything that we must not do, so that you are safe?"),
        [(each.value, SAFE_CONTACT[each]) for each in SafeContact],
    )


class RequestService(AsksWhatIsEasier, ResidentForm, ReachChecks):
    once = HiddenField(_l("One sending of this form"))
    words = Words(
        _l("What needs to be put right?"),
        SHORTER * 4,
        description=_l("For example a repair, a key, a question about your rent. Say where it is, too."),
        validators=[DataRequired(_l("Tell us what needs to be put right. A few words are enough"))],
    )
    hazard = AnyOf(
        _l("Could it hurt somebody?"),
        [("yes", _l("Yes, something in or around the home is dangerous, or makes somebody ill"))],
    )
    name = Line(_l("Your name"), 300, _l("Your name must be 300 characters or fewer"))
    email = Line(
        _l("Email address"),
        254,
        _l("The email address must be 254 characters or fewer"),
        validators=[Optional(), Email(_l("Enter an email address in the right form, like name@example.com"))],
        description=_l("We send you the reference, and a link to see what becomes of it."),
    )
    phone = Line(_l("Phone number"), 100, _l("The phone number must be 100 characters or fewer"))
    address = Words(_l("Your address"), 1_000, description=_l("Without an email address, we write to you there."))
    postcode = Line(_l("Postcode"), 20, _l("Your postcode must be 20 characters or fewer"))
    reply_by = way_to_reply(_l("How should we reply to you?"))
    safe_contact = what_is_not_safe(
        _l("Is there anything that we must not do, so that you are safe?"),
        [(each.value, SAFE_CONTACT[each]) for each in SafeContact],
    )

    def wish(self) -> ServiceWish:
        return ServiceWish(
            words=self.words.data or "",
            channel=Channel.ONLINE,
            person=person_in(self),
            hazard=bool(self.hazard.data),
            easier=wish_in(self, AdjustmentScope.ALL_CONTACT),
            **self.reach(),
        )


class Unhappy(ResidentForm):
    words = Words(_l("Anything that you want to add. You do not have to"), SHORTER)


class ReplyTo(Page):
    """`address` is asked only of somebody who has not given one."""

    reply_by = OneOf(
        _l("How should we reply to you?"),
        [(each.value, REPLY_BY[each]) for each in ReplyBy],
        validators=[DataRequired(_l("Choose how we should reply. If you want none of these, choose the last one"))],
    )
    email = Line(
        _l("Email address"),
        254,
        _l("The email address must be 254 characters or fewer"),
        validators=[
            Optional(),
            Email(_l("Enter an email address in the right form, like name@example.com")),
        ],
    )
    phone = Line(
        _l("Phone number"),
        100,
        _l("The phone number must be 100 characters or fewer"),
        description=_l("You can add when to call."),
    )
    address = Words(_l("Address for letters"), 1_000)
    safe_contact = AnyOf(
        _l("Is there anything that we must not do, so that you are safe?"),
        [(each.value, SAFE_CONTACT[each]) for each in SafeContact],
        description=_l("For example because somebody else reads your post. You do not have to say why."),
    )

    UNSAFE = {ReplyBy.EMAIL: SafeContact.NO_EMAIL, ReplyBy.POST: SafeContact.NO_POST}

    NEEDED = {
        ReplyBy.EMAIL: ("email", _l("Enter the email address that we should write to")),
        ReplyBy.PHONE: ("phone", _l("Enter the phone number that we should call, like 01632 960 001")),
        ReplyBy.POST: ("address", _l("Enter the address that we should write to")),
    }

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        return self._has_what_it_needs() and valid

    def validate_safe_contact(self, field: AnyOf) -> None:
        if self.UNSAFE.get(self.reply_by.data or "") in (field.data or ()):
            raise ValidationError(
                _l("You chose this way for our reply. Choose another way above, or take this tick away")
            )

    def _has_what_it_needs(self) -> bool:
        """The chosen way needs its own details, and nothing else does."""
        name, words = self.NEEDED.get(self.reply_by.data or "", ("", ""))
        field = self._fields.get(name)
        if field is None or field.errors:
            return field is None
        digits = sum(letter.isdigit() for letter in field.data or "")
        if not field.data or (name == "phone" and digits < 5):
            field.errors = [words]
            return False
        return True


class Submit(ResidentForm):
    """The last page has nothing to fill in."""


class Track(ResidentForm):
    """`words` carries what somebody had written when their visit ended, `to` the page on which they did."""

    reference = Line(
        _l("Your reference"),
        60,
        _l("A reference has 8 letters and numbers, like H4KM-73QT"),
        validators=[DataRequired(_l("Enter your reference"))],
        description=_l("It has 8 letters and numbers, like H4KM-73QT. It is on every letter."),
    )
    code = Line(
        _l("Your secret code"),
        60,
        _l("A code has 16 letters and numbers, in four groups of four"),
        validators=[DataRequired(_l("Enter your secret code"))],
        description=_l("It has 16 letters and numbers. Capitals, spaces and dashes do not matter."),
    )
    words = HiddenField()
    to = HiddenField()

    def validate_reference(self, field: Line) -> None:
        if references.reference_from(field.data) is None:
            raise ValidationError(_l("Check the reference: one of its letters or numbers is missing or wrong"))

    def validate_code(self, field: Line) -> None:
        if references.code_from(field.data) is None:
            raise ValidationError(_l("Check the code: one of its letters or numbers is missing or wrong"))


class AskForStage2(ResidentForm):
    words = Words(
        _l("Is there anything that you want to add?"),
        description=_l(
            "You do not have to give a reason. If a part of our answer was wrong or missing, you can say which."
        ),
    )
