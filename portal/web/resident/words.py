"""The choices that residents are given, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.events import Link, ReplyBy, SafeContact
from portal.domain.policy import Channel
from portal.web.wording import lazy_gettext as _l

LINKS: Mapping[Link, Any] = {
    Link.TENANT: _l("I rent my home from you"),
    Link.SHARED_OWNER: _l("I have a shared ownership home"),
    Link.LEASEHOLDER: _l("I am a leaseholder"),
    Link.LICENSEE: _l("I have a licence, for example in supported housing or a hostel"),
    Link.FORMER_RESIDENT: _l("I used to live in one of your homes"),
    Link.APPLICANT: _l("I have applied for one of your homes"),
    Link.NEIGHBOUR: _l("I live near one of your homes"),
    Link.OTHER: _l("Something else"),
    Link.NOT_SAID: _l("I would rather not say"),
}

ADJUSTMENTS: Mapping[Adjustment, Any] = {
    Adjustment.LARGE_PRINT: _l("Letters in large print"),
    Adjustment.PLAIN_TEXT: _l("Emails as plain text"),
    Adjustment.EASY_READ: _l("Easy read: short sentences and pictures"),
    Adjustment.BRAILLE_OR_AUDIO: _l("Braille or a recording"),
    Adjustment.COLOURED_PAPER: _l("Coloured paper, or strong contrast"),
    Adjustment.INTERPRETER: _l("An interpreter, or letters in my language"),
    Adjustment.BSL: _l("British Sign Language"),
    Adjustment.PHONE_ONLY: _l("Please call me, do not write"),
    Adjustment.NO_PHONE: _l("Please write to me, do not call"),
    Adjustment.ONE_CONTACT: _l("One person to talk to, by name"),
    Adjustment.MORE_TIME: _l("More time to reply to you"),
    Adjustment.CALL_TIMES: _l("Calls and meetings at a time that we agree, or shorter ones"),
    Adjustment.HOME_VISIT: _l("A visit at home"),
    Adjustment.VISITING: _l("Care when you visit: tell me before, ring twice, wait longer, or who comes"),
    Adjustment.ADVOCATE: _l("Someone to help me or to speak for me"),
    Adjustment.READ_AND_WRITE: _l("Someone to write things down for me, or to read letters to me"),
    Adjustment.SUMMARY_FIRST: _l("Letters that start with a short summary"),
    Adjustment.ONE_ISSUE: _l("One matter in each letter, in everyday words"),
    Adjustment.OTHER: _l("Something else"),
}

OFFERED_FIRST = (
    Adjustment.LARGE_PRINT,
    Adjustment.PLAIN_TEXT,
    Adjustment.EASY_READ,
    Adjustment.BRAILLE_OR_AUDIO,
    Adjustment.INTERPRETER,
    Adjustment.BSL,
    Adjustment.PHONE_ONLY,
    Adjustment.NO_PHONE,
    Adjustment.MORE_TIME,
    Adjustment.HOME_VISIT,
    Adjustment.ADVOCATE,
    Adjustment.SUMMARY_FIRST,
    Adjustment.OTHER,
)
"""Those that most people ask for: a longer list would itself make the form of a complaint harder."""

REPLY_BY: Mapping[ReplyBy, Any] = {
    ReplyBy.EMAIL: _l("By email"),
    ReplyBy.POST: _l("By letter"),
    ReplyBy.PHONE: _l("By phone"),
    ReplyBy.NONE: _l("I will look at this website myself"),
}

SAFE_CONTACT: Mapping[SafeContact, Any] = {
    SafeContact.NO_POST: _l("Do not send letters to my address"),
    SafeContact.NO_EMAIL: _l("Do not send emails to my email address"),
    SafeContact.DISCREET: _l(
        "Emails must not say who they are from or what they are about. I read the rest on this website"
    ),
}

OF_SOMEBODY_ELSE: Mapping[Enum, Any] = {
    Link.TENANT: _l("They rent their home from you"),
    Link.SHARED_OWNER: _l("They have a shared ownership home"),
    Link.LEASEHOLDER: _l("They are a leaseholder"),
    Link.LICENSEE: _l("They have a licence, for example in supported housing or a hostel"),
    Link.FORMER_RESIDENT: _l("They used to live in one of your homes"),
    Link.APPLICANT: _l("They have applied for one of your homes"),
    Link.NEIGHBOUR: _l("They live near one of your homes"),
    Adjustment.INTERPRETER: _l("An interpreter, or letters in their language"),
    Adjustment.PHONE_ONLY: _l("Please call them, do not write"),
    Adjustment.NO_PHONE: _l("Please write to them, do not call"),
    Adjustment.MORE_TIME: _l("More time for them to reply"),
    Adjustment.VISITING: _l("Care when you visit: tell them before, ring twice, wait longer, or who comes"),
    Adjustment.ADVOCATE: _l("Someone to help them or to speak for them"),
    Adjustment.READ_AND_WRITE: _l("Someone to write things down for them, or to read letters to them"),
    ReplyBy.NONE: _l("They will look at this website themselves"),
    SafeContact.NO_POST: _l("Do not send letters to their address"),
    SafeContact.NO_EMAIL: _l("Do not send emails to their email address"),
    SafeContact.DISCREET: _l(
        "Emails must not say who they are from or what they are about. They read the rest on this website"
    ),
}
"""The same where somebody complains for another person, who would otherwise answer for themselves."""

CHANNELS: Mapping[Channel, Any] = {
    Channel.PHONE: _l("by phone"),
    Channel.EMAIL: _l("by email"),
    Channel.POST: _l("by letter"),
    Channel.ONLINE: _l("on this website"),
    Channel.APP: _l("in our app"),
    Channel.LIVE_CHAT: _l("in a live chat on our website"),
    Channel.IN_PERSON: _l("in person to any member of our staff"),
    Channel.SOCIAL_MEDIA: _l("on social media (in a private message if it is about your home or your life)"),
}

_ALL: Mapping[type[Enum], Mapping[Any, Any]] = {
    Link: LINKS,
    Adjustment: ADJUSTMENTS,
    ReplyBy: REPLY_BY,
    SafeContact: SAFE_CONTACT,
}


def plainly(choice: Enum, of_somebody_else: object = None) -> Any:
    """A choice in the words in which it was offered: `{{ told.link | plainly }}`."""
    own = _ALL[type(choice)][choice]
    return OF_SOMEBODY_ELSE.get(choice, own) if of_somebody_else else own


def kind_of(field: str) -> type[Enum] | None:
    """The choices that a question offers, where they are said differently of somebody else."""
    return {"link": Link, "adjustments": Adjustment, "reply_by": ReplyBy, "safe_contact": SafeContact}.get(field)
