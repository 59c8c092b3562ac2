"""Machines that follow every link of a letter: they change nothing, use nothing up, and the human's way works after."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.actions.add_remedy import add_remedy
from portal.actions.answer_message import answer_message
from portal.actions.change_contact import change_contact
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.end_authority import end_authority
from portal.actions.invite_staff import invite_staff
from portal.actions.record_direction import record_direction
from portal.actions.request_adjustment import request_adjustment
from portal.actions.restrict_contact import restrict_contact
from portal.actions.review_restriction import review_restriction
from portal.actions.take_lead import take_lead
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome
from portal.domain.adjustments import Ruling, Wish
from portal.domain.contact import contact_of
from portal.domain.events import Person, ReplyBy, SafeContact
from portal.domain.ombudsman_events import Direction
from portal.domain.permissions import Role
from portal.domain.policy import LetterKind
from portal.domain.representative_kinds import AuthorityScope, WhyEnded
from portal.domain.restriction_kinds import RestrictionOutcome
from portal.domain.routes import Route
from portal.domain.staff import Duties
from portal.post.formats import plain_text
from portal.post.mailer import message_for
from portal.records import staff
from portal.records.models import EnquiryLetter, LetterRow, Link, LinkPurpose
from tests.actions import joining
from tests.actions.joining import RESIDENT
from tests.actions.neighbours import IFOR, MONA, group
from tests.actions.office import Office, money, restriction, ten_oclock
from tests.actions.test_anonymous import join
from tests.actions.test_petitions import handed_in
from tests.actions.test_referrals import notice_law, refer
from tests.actions.test_representatives import represented
from tests.post.cases import told_to
from tests.web.acting.test_acting import COUNCILLOR, FAMILY, checked, complain_for
from tests.web.resident.conftest import THURSDAY
from tests.web.resident.test_come_back import saved
from tests.web.resident.test_lost_code import ask, shown
from tests.web.resident.test_service import ask as ask_for_service
from tests.web.resident.visitor import Visitor
from tests.web.test_every_route import contents

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
TIMES = 5


def words_of(message: object) -> str:
    return f"{message.body}\n{message.html}"  # type: ignore[attr-defined]


def addresses(app: Flask) -> dict[str, LinkPurpose | None]:
    """Every address of our own in every letter, email and link, and what the link is for."""
    settings, found = app.extensions["settings"], {}
    with app.extensions["database"].session() as session:
        letters, links = session.scalars(select(LetterRow)).all(), session.scalars(select(Link)).all()
        of_petitions = session.scalars(select(EnquiryLetter)).all()
    for letter in [*letters, *of_petitions]:
        words = words_of(message_for(letter, settings)) + plain_text(letter.body)
        found |= dict.fromkeys(ADDRESS.findall(words))
    for link in links:
        found |= dict.fromkeys(ADDRESS.findall(words_of(message_for(link, settings))), link.purpose)
    return {urlsplit(each).path: what for each, what in found.items() if each.startswith(settings.base_url)}


def every_letter(app: Flask, office: Office, reference: str) -> set[LetterKind]:
    """Complaints with each kind of letter between them, this one and others: ordinary, discreet, printed, large."""
    day = THURSDAY.date()
    wish = Wish(adjustments=(Adjustment.LARGE_PRINT,))
    office.do(request_adjustment, office.resident(reference), reference, wish, on=day)
    office.assign(reference, day)
    ruling = Ruling(outcome=Outcome.AGREED, adjustment=Adjustment.LARGE_PRINT, scope=AdjustmentScope.THIS_COMPLAINT)
    office.do(decide_adjustment, office.handler, reference, 1, ruling, on=day)
    office.acknowledge(reference, day)
    office.do(answer_message, office.handler, reference, words="See https://example.org/x", on=day)
    office.extend(reference, day, day + timedelta(days=26))
    office.answer(reference, day)
    office.escalate(reference, day)
    office.assign(reference, day)
    office.acknowledge(reference, day, actor=office.second)
    office.answer(reference, day)
    office.do(add_remedy, office.lead, reference, money(day + timedelta(days=9), office.second), on=day)
    office.close(reference, day)
    restricted = office.submit(day)
    office.do(restrict_contact, office.lead, restricted, restriction(), on=day)
    office.do(
        review_restriction, office.lead, restricted, 1, outcome=RestrictionOutcome.ENDED, words="All is well.", on=day
    )
    declined, second, withdrawn, late, posted = (
        office.submit(day, **changes)
        for changes in ({}, {}, {"safe_contact": (SafeContact.DISCREET,)}, {}, {"reply_by": ReplyBy.POST})
    )
    office.decline(declined, day)
    office.do(record_direction, office.lead, declined, told_to(Direction.ACCEPT, day), on=day)
    office.assign(second, day)
    office.acknowledge(second, day)
    office.answer(second, day)
    office.escalate(second, day)
    office.decline(second, day)
    office.withdraw(withdrawn, day)
    new = replace(contact_of(office.case(late).case.received), email="three@example.org")
    office.do(change_contact, office.resident(late), late, new, on=day)
    office.notice_missed(day + timedelta(days=60))
    ask(Visitor(app), posted)
    nobodys = office.submit(day, person=Person(), reply_by=ReplyBy.NONE)
    join(office, nobodys, on=day)
    refer(office, office.submit(day), Route.SAFEGUARDING, day)
    refer(office, office.submit(day), Route.HAZARD, day, aware_at=ten_oclock(day))
    notice_law(office, ten_oclock(day + timedelta(days=60)))
    spoken_for = represented(office, AuthorityScope.FULL_REPLY)
    office.do(end_authority, office.lead, spoken_for, 1, why=WhyEnded.MISTAKE, words="She called.", on=day)
    of_group, _codes = group(office, day, IFOR, MONA)
    office.do(take_lead, office.lead, of_group, 2, words="Both called.", on=day)
    own, again = office.submit(day), office.submit(day, person=replace(RESIDENT, email="new.address@example.org"))
    joining.join(office, own, again, day)
    joining.undo(office, again, day)
    with app.extensions["database"].session() as session:
        return set(session.scalars(select(LetterRow.kind)))


def a_colleague_is_invited(app: Flask, office: Office) -> None:
    key, now = app.extensions["settings"].secret_key, ten_oclock(THURSDAY.date())
    with app.extensions["database"].unit_of_work() as session:
        duties = Duties(roles=(Role.HANDLER,))
        user = invite_staff(
            session, office.administrator, "New One", "new.one@example.org", duties, secret_key=key, now=now
        )
        staff.tell(session, key, user, "password_changed", at=now)


def test_every_link_fetched_five_times_changes_nothing_and_works_after(
    app: Flask, visitor: Visitor, office: Office
) -> None:
    reference, _old = visitor.complain()
    written = every_letter(app, office, reference)
    assert set(LetterKind) - written == {LetterKind.CODE_CHANGED}  # it comes when the link has been used
    ask(visitor, reference)
    writer = Visitor(app)
    saved(writer)
    writer.post("complain/save/link", {"email": "resident.two@example.org"})
    ask_for_service(Visitor(app))
    handed_in(office, THURSDAY.date())
    spoken_for, _ = complain_for(Visitor(app), FAMILY)
    office.assign(spoken_for, THURSDAY.date())
    checked(app, office, spoken_for, THURSDAY.date())
    complain_for(Visitor(app), COUNCILLOR)
    a_colleague_is_invited(app, office)
    found = addresses(app)
    assert {*found.values()} == {None, *LinkPurpose} - {LinkPurpose.SIGN_IN}  # that one has a code to type

    stored = contents(app.extensions["database"])
    scanner = FlaskClient(app, app.response_class)
    for path in found:
        for _ in range(TIMES):
            for method in ("GET", "HEAD"):
                assert scanner.open(path, method=method, follow_redirects=True).status_code == 200, path
    assert contents(app.extensions["database"]) == stored

    # The slip of a printed letter has an address too, which anybody may open.
    assert scanner.get("/ids/new-code").status_code == 200
    # A discreet email leads to the page with the button by way of an address that names nobody.
    links = {what: scanner.get(path, follow_redirects=True).request.path for path, what in found.items()}
    elsewhere = Visitor(app)
    assert elsewhere.post(links[LinkPurpose.DRAFT]).location == "/ids/complain/who-for"
    new = shown(elsewhere.post(links[LinkPurpose.NEW_CODE]))
    assert elsewhere.open(*new).location == "/ids/my-complaint"
    assert elsewhere.post(links[LinkPurpose.SERVICE_REQUEST]).location == "/ids/request/mine"
    said_yes = elsewhere.post(links[LinkPurpose.AUTHORITY], {"answer": "yes", "scopes": ["progress"]})
    assert said_yes.heading == "We have your answer", said_yes.words
    chosen = {"password": "a lamp, two herons, rain"}
    assert Visitor(app).post(links[LinkPurpose.INVITATION], chosen).status == 303
    confirmed = elsewhere.post(links[LinkPurpose.OFFICIAL_ADDRESS])
    assert confirmed.heading == "Thank you: your address is confirmed", confirmed.words
