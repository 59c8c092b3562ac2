"""What happened to an account, and what administrators are warned of, in words that staff alone read."""

from __future__ import annotations

from enum import Enum
from typing import Any

from portal.domain.sign_in import NotLetIn
from portal.domain.staff import Change, Warned
from portal.records.access_log import Access
from portal.web.wording import lazy_gettext as _l

ACCOUNT_WORDS: tuple[tuple[Enum, Any], ...] = (
    (Change.INVITED, _l("An invitation was sent")),
    (Change.PASSWORD_CHOSEN, _l("They chose a password")),
    (Change.PASSWORD_CHANGED, _l("They changed their password")),
    (Change.DUTIES_CHANGED, _l("What they are there for was changed")),
    (Change.DUTIES_FROM_GROUPS, _l("What they are there for was taken from their groups")),
    (Change.PROVIDER_BOUND, _l("They signed in through the provider for the first time, and do so from now on")),
    (Change.PROVIDER_UNBOUND, _l("Who they are to the provider was forgotten")),
    (Change.PROVIDER_REFUSED, _l("They came through the provider and were not let in")),
    (Change.DISABLED, _l("They were kept out")),
    (Change.LET_IN_AGAIN, _l("They were let in again")),
    (Change.SESSIONS_ENDED, _l("They were signed out everywhere")),
    (Change.SECOND_STEP_SET_UP, _l("They set up the second step")),
    (Change.SECOND_STEP_RESET, _l("The second step was reset")),
    (Change.CODES_MADE, _l("They made new recovery codes")),
    (Change.CODE_USED, _l("A recovery code was used")),
    (NotLetIn.DOWN, _l("The provider does not answer as it should. It is not your doing. Try again in a few minutes.")),
    (NotLetIn.DENIED, _l("The provider says that you did not agree, or may not use this service.")),
    (NotLetIn.WRONG_STATE, _l("This page was opened twice, or was begun in another window. Begin again here.")),
    (NotLetIn.EXPIRED, _l("It took too long, so it was ended to be safe. Begin again.")),
    (NotLetIn.NOT_BELIEVED, _l("What the provider said could not be checked, so nobody was signed in. Try again.")),
    (NotLetIn.UNKNOWN, _l("The provider knows you, but nobody has invited you here yet.")),
    (
        NotLetIn.EMAIL_NOT_CHECKED,
        _l("The provider has not confirmed your email address, so we cannot tell who you are."),
    ),
    (NotLetIn.SOMEBODY_ELSE, _l("Your email address belongs to another account here. You need another invitation.")),
    (NotLetIn.DISABLED, _l("Your account here is closed.")),
    (NotLetIn.NO_ROLE, _l("You are in no group that may use this service.")),
    (NotLetIn.ROLES_CLASH, _l("Your groups give you roles that nobody can have together.")),
    (Access.SIGNED_IN, _l("Signed in through the provider")),
    (Warned.PASSWORDS, _l("many wrong passwords")),
    (Warned.CODES, _l("many wrong codes after the right password")),
    (Warned.GROUPS, _l("groups that give roles which nobody can have together")),
)
