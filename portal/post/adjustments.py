"""Adjustments as a letter names them."""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.saying import Saying, say

ADJUSTMENTS: Mapping[Adjustment, Saying] = {
    Adjustment.LARGE_PRINT: say("letters in large print"),
    Adjustment.PLAIN_TEXT: say("emails as plain text"),
    Adjustment.EASY_READ: say("easy read letters"),
    Adjustment.BRAILLE_OR_AUDIO: say("letters in Braille or as a recording"),
    Adjustment.COLOURED_PAPER: say("letters on coloured paper or in strong contrast"),
    Adjustment.INTERPRETER: say("an interpreter, or letters in your language"),
    Adjustment.BSL: say("British Sign Language"),
    Adjustment.PHONE_ONLY: say("calls by phone"),
    Adjustment.NO_PHONE: say("no calls by phone"),
    Adjustment.ONE_CONTACT: say("one named person to talk to"),
    Adjustment.MORE_TIME: say("more time to reply"),
    Adjustment.CALL_TIMES: say("calls and meetings at agreed times, or shorter ones"),
    Adjustment.HOME_VISIT: say("a visit at home"),
    Adjustment.VISITING: say("care when we visit you"),
    Adjustment.ADVOCATE: say("somebody to help you or to speak for you"),
    Adjustment.READ_AND_WRITE: say("somebody to write things down, or to read letters to you"),
    Adjustment.SUMMARY_FIRST: say("a short summary at the start of each letter"),
    Adjustment.ONE_ISSUE: say("one matter in each letter, in everyday words"),
    Adjustment.OTHER: say("what you told us in your own words"),
}
"""In the middle of a sentence, to the resident."""
