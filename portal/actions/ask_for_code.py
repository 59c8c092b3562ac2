"""Somebody has lost the access code and gives the reference.

It is written down, for every reference alike, before anybody is told that we have it; what helps is sent afterwards,
once the answer is over or by the worker, whichever is first. A process that ends in between loses nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal import landlords
from portal.domain.events import CodeRequested
from portal.domain.folding import as_member
from portal.domain.group import Member
from portal.domain.group_events import MemberCodeRequested
from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.policy import LetterKind, SentBy
from portal.domain.refusal import Refused
from portal.post.copies import way_to_representative
from portal.post.letters import write_letter, write_to_member, write_to_representative
from portal.post.ways import way_to
from portal.records import links
from portal.records.adjustments import known_by
from portal.records.history import CaseFile, NotFound, append, open_case
from portal.records.models import Channel, CodeRequest

SENT_BY = {Channel.EMAIL: SentBy.EMAIL, Channel.POST: SentBy.POST}


def ask_for_code(session: Session, actor: Actor, reference: str, *, acting: bool = False, now: datetime) -> UUID:
    """Write it down. Neither its work nor its time tells whether the landlord has such a complaint.

    `acting`: they say that they act for the resident, and have lost the code of their own.
    """
    decision = may(actor, Action.ASK_FOR_CODE)
    if not decision:
        raise Refused(decision.reason)
    return links.keep_request(session, actor.landlord or "", reference, acting=acting, at=now)


def send_way_to_code(session: Session, request_id: UUID, *, secret_key: str, now: datetime) -> CaseFile | None:
    """Send a way to a new code to the contact on file, and nowhere else. The old code works until it is used.

    None where there is no such complaint, or where it was done already. However often somebody asks, no second letter
    waits to be printed beside the first.
    """
    asked = links.taken_request(session, request_id)
    try:
        if asked is None:
            return None
        if asked.known_by:
            return _sent_to_members(session, asked, secret_key, now)
        return _sent(session, asked, secret_key, now)
    except NotFound:
        return None


def _sent(session: Session, asked: CodeRequest, secret_key: str, now: datetime) -> CaseFile:
    # The case is opened as its owner's, whom alone the outcome reaches.
    actor = Actor(Role.ANYONE, landlord=asked.landlord)
    owner = Actor(role=Role.RESIDENT, landlord=asked.landlord, case_reference=asked.reference)
    file = open_case(session, asked.reference, owner, landlords.rules_for, for_update=True)
    while file.case.joined_into:  # it goes on in another, and what helps goes to the contact on file there
        owner = replace(owner, case_reference=file.case.joined_into.into_reference)
        file = open_case(session, owner.case_reference or "", owner, landlords.rules_for, for_update=True)
    if asked.acting:
        _sent_to_representatives(session, file, actor, secret_key, now)
        return file
    channel, address = way_to(file.case)
    append(session, file, CodeRequested(sent_by=SENT_BY.get(channel)), by=actor, at=now)
    if channel is Channel.EMAIL:
        received = file.case.received
        discreet, language = received.is_discreet, received.person.language
        links.for_new_code(session, secret_key, file.row, address, discreet=discreet, language=language, at=now)
    elif channel is Channel.POST and not links.slip_waits(session, file.row, at=now):
        letter = write_letter(session, file, LetterKind.CODE_SLIP, by=actor, at=now)
        links.for_slip(session, secret_key, file.row, letter, at=now)
    return file


def _sent_to_members(session: Session, asked: CodeRequest, secret_key: str, now: datetime) -> CaseFile:
    """To each member of the group of whom what was typed is true; a household may have one address."""
    anyone = Actor(Role.ANYONE, landlord=asked.landlord)
    of_group = Actor(Role.GROUP_MEMBER, landlord=asked.landlord, case_reference=asked.reference)
    file, told = open_case(session, asked.reference, of_group, landlords.rules_for, for_update=True), asked.known_by
    for member in file.case.members:
        if set(known_by(member.joined.person)) & set(told.split()):
            _sent_to(session, file, member, secret_key, anyone, now)
    return file


def _sent_to(session: Session, file: CaseFile, member: Member, secret_key: str, by: Actor, now: datetime) -> None:
    reader, number = as_member(file.case, member), member.number
    channel, address = way_to(reader)
    append(session, file, MemberCodeRequested(number=number, sent_by=SENT_BY.get(channel)), by=by, at=now)
    if channel is Channel.EMAIL:
        discreet, language = reader.received.is_discreet, reader.received.person.language
        links.for_new_code(
            session, secret_key, file.row, address, member=number, discreet=discreet, language=language, at=now
        )
    elif channel is Channel.POST and not links.slip_waits(session, file.row, member=number, at=now):
        letter = write_to_member(session, file, LetterKind.CODE_SLIP, member, by=by, at=now)
        links.for_slip(session, secret_key, file.row, letter, member=number, at=now)


def _sent_to_representatives(session: Session, file: CaseFile, actor: Actor, secret_key: str, now: datetime) -> None:
    """Each who still acts gets a way to a code of their own, and to no other. An office has none: it signs in."""
    acting = [each for each in file.case.representatives if each.scopes(now.date()) and each.added.office_id is None]
    for one in acting:
        channel, address = way_to_representative(one)
        requested = CodeRequested(sent_by=SENT_BY.get(channel), acting=True, representative=one.number)
        append(session, file, requested, by=actor, at=now)
        if channel is Channel.EMAIL:
            discreet, language = file.case.received.is_discreet, one.added.language
            links.for_new_code(
                session,
                secret_key,
                file.row,
                address,
                representative=one.number,
                discreet=discreet,
                language=language,
                at=now,
            )
        elif channel is Channel.POST and not links.slip_waits(session, file.row, representative=one.number, at=now):
            letter = write_to_representative(session, file, LetterKind.CODE_SLIP, one.number, by=actor, at=now)
            links.for_slip(session, secret_key, file.row, letter, representative=one.number, at=now)
    if not acting:
        append(session, file, CodeRequested(acting=True), by=actor, at=now)
