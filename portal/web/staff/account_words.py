"""What happened to an account, and what administrators are warned of, in words that staff alone read."""

from __future__ import annotations

from enum import Enum
from typing import Any

from portal.domain.staff import Change, Warned
from portal.web.wording import lazy_gettext as _l

ACCOUNT_WORDS: tuple[tuple[Enum, Any], ...] = (
    (Change.INVITED, _l("An invitation was sent")),
    (Change.PASSWORD_CHOSEN, _l("They chose a password")),
    (Change.PASSWORD_CHANGED, _l("They changed their password")),
    (Change.DUTIES_CHANGED, _l("What they are there for was changed")),
    (Change.DUTIES_FROM_GROUPS, _l("What they are there for was taken from their groups")),
    (Change.DISABLED, _l("They were kept out")),
    (Change.LET_IN_AGAIN, _l("They were let in again")),
    (Change.SESSIONS_ENDED, _l("They were signed out everywhere")),
    (Change.SECOND_STEP_SET_UP, _l("They set up the second step")),
    (Change.SECOND_STEP_RESET, _l("The second step was reset")),
    (Change.CODES_MADE, _l("They made new recovery codes")),
    (Change.CODE_USED, _l("A recovery code was used")),
    (Warned.PASSWORDS, _l("many wrong passwords")),
    (Warned.CODES, _l("many wrong codes after the right password")),
    (Warned.GROUPS, _l("groups that give roles which nobody can have together")),
)
