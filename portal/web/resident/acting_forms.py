"""What somebody fills in who complains for somebody else, and what residents say about who acts for them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from wtforms.validators import DataRequired

from portal.domain.representation import NewAuthority
from portal.domain.representative_kinds import AuthorityEvidence, AuthorityScope
from portal.web.acting_fields import AsksForWhom, AsksWhatYouMayDo, AsksWhoYouAre, asked_by_of, capacity_of
from portal.web.fields import AnyOf, OneOf
from portal.web.resident.forms import Page, ResidentForm
from portal.web.wording import lazy_gettext as _l

FOR_HOW_LONG = {"91": _l("3 months"), "182": _l("6 months"), "365": _l("A year")}


class WhoFor(AsksForWhom, Page):
    pass


class WhoYouAre(AsksWhoYouAre, Page):
    capacity = capacity_of(DataRequired(_l("Choose as what you act. If nothing fits, choose the last one")))


class WhatYouMayDo(AsksWhatYouMayDo, Page):
    asked_by = asked_by_of(DataRequired(_l("Choose who asked you")))


class SayWhoActs(ResidentForm):
    """Yes to as much as the resident likes, or no."""

    answer = OneOf(
        _l("May they act for you?"),
        [("yes", _l("Yes")), ("no", _l("No"))],
        validators=[DataRequired(_l("Choose yes or no"))],
    )
    scopes = AnyOf(
        _l("If yes, what may they do?"),
        [
            (AuthorityScope.PROGRESS.value, _l("See how far my complaint has come, with the dates")),
            (AuthorityScope.FULL_REPLY.value, _l("Get copies of the letters to me")),
            (AuthorityScope.MEETINGS.value, _l("Come to meetings with me")),
            (AuthorityScope.DECIDE.value, _l("Decide for me, for example ask for stage 2")),
        ],
        description=_l("They are never told about your health, or what you asked for to make this easier."),
    )
    days = OneOf(_l("For how long?"), list(FOR_HOW_LONG.items()), default="182")

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.answer.data == "yes" and not self.scopes.data and not self.scopes.errors:
            self.scopes.errors = [_l("Choose what they may do, or answer no")]
            return False
        return valid

    def authority(self, evidence: AuthorityEvidence, today: date) -> NewAuthority:
        return NewAuthority(
            evidence=evidence,
            scopes=tuple(AuthorityScope(each) for each in self.scopes.data or ()),
            expires_on=today + timedelta(days=int(self.days.data or 182)),
        )
