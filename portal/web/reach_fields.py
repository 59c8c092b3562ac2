"""How somebody wants to be answered who makes no complaint: the way, and what is not safe. Nobody has to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import ValidationError

from portal.domain.events import ReplyBy, SafeContact
from portal.web.fields import AnyOf, OneOf
from portal.web.wording import lazy_gettext as _l

WAYS = [
    (ReplyBy.EMAIL.value, _l("By email")),
    (ReplyBy.POST.value, _l("By letter")),
    (ReplyBy.PHONE.value, _l("By phone")),
]

UNSAFE = {ReplyBy.EMAIL: SafeContact.NO_EMAIL, ReplyBy.POST: SafeContact.NO_POST}

NEEDED = {
    ReplyBy.EMAIL: ("email", _l("Enter the email address that we should write to")),
    ReplyBy.PHONE: ("phone", _l("Enter the phone number that we should call, like 01632 960 001")),
    ReplyBy.POST: ("address", _l("Enter the address that we should write to")),
}


def way_to_reply(label: Any) -> RadioField:
    return OneOf(label, WAYS, description=_l("Without a choice: by email, else by letter, else by phone."))


def what_is_not_safe(label: Any, choices: Sequence[tuple[str, Any]]) -> AnyOf:
    hint = _l("For example because somebody else reads your post. You do not have to say why.")
    return AnyOf(label, choices, description=hint)


class ReachChecks(FlaskForm):
    """The way that was chosen has what it needs, and is not one that was said to be unsafe."""

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        return _has_what_it_needs(self) and valid

    def validate_safe_contact(self, field: AnyOf) -> None:
        if UNSAFE.get(self.reply_by.data or "") in (field.data or ()):
            raise ValidationError(
                _l("You chose this way for our reply. Choose another way above, or take this tick away")
            )

    def reach(self) -> dict[str, Any]:
        """What was said, as the arguments that are named so."""
        return {
            "reply_by": ReplyBy(self.reply_by.data) if self.reply_by.data else ReplyBy.NONE,
            "safe_contact": tuple(SafeContact(each) for each in self.safe_contact.data or ()),
        }


def _has_what_it_needs(form: Any) -> bool:
    name, words = NEEDED.get(form.reply_by.data or "", ("", ""))
    field = form[name] if name else None
    if field is None or field.errors:
        return field is None
    digits = sum(sign.isdigit() for sign in field.data or "")
    if not (field.data or "").strip() or (name == "phone" and digits < 5):
        field.errors = [words]
        return False
    return True
