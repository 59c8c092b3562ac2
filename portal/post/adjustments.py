"""Adjustments as a letter names them."""

from __future__ import annotations

from collections.abc import Mapping

from portal.domain.adjustment_kinds import Adjustment

ADJUSTMENTS: Mapping[Adjustment, str] = {
    Adjustment.LARGE_PRINT: "letters in large print",
    Adjustment.PLAIN_TEXT: "emails as plain text",
    Adjustment.EASY_READ: "easy read letters",
    Adjustment.BRAILLE_OR_AUDIO: "letters in Braille or as a recording",
    Adjustment.COLOURED_PAPER: "letters on coloured paper or in strong contrast",
    Adjustment.INTERPRETER: "an interpreter, or letters in your language",
    Adjustment.BSL: "British Sign Language",
    Adjustment.PHONE_ONLY: "calls by phone",
    Adjustment.NO_PHONE: "no calls by phone",
    Adjustment.ONE_CONTACT: "one named person to talk to",
    Adjustment.MORE_TIME: "more time to reply",
    Adjustment.CALL_TIMES: "calls and meetings at agreed times, or shorter ones",
    Adjustment.HOME_VISIT: "a visit at home",
    Adjustment.VISITING: "care when we visit you",
    Adjustment.ADVOCATE: "somebody to help you or to speak for you",
    Adjustment.READ_AND_WRITE: "somebody to write things down, or to read letters to you",
    Adjustment.SUMMARY_FIRST: "a short summary at the start of each letter",
    Adjustment.ONE_ISSUE: "one matter in each letter, in everyday words",
    Adjustment.OTHER: "what you told us in your own words",
}
"""In the middle of a sentence, to the resident."""
