"""Who works here: invited, given roles, kept out; and each change on record and told to whom it concerns."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from portal import landlords
from portal.actions.disable_staff import WORK_LEFT
from portal.actions.tell_of_warnings import tell_of_warnings
from portal.domain.permissions import Actor, Role
from portal.domain.staff import TOLD, Warned
from portal.post.notes import link_email
from portal.records import staff
from portal.records.database import Database
from portal.records.models import Link, LinkPurpose, StaffEntry, User
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY
from tests.statements import statements
from tests.web.staff.browser import Browser

pytestmark = pytest.mark.on_both

INVITED = {
    "name": "New Colleague",
    "email": "New.Colleague@example.org",
    "roles": ["handler", "adjustments_lead"],
    "rank": "officer",
}


@pytest.fixture
def administrator(app: Flask, office: Office) -> Browser:
    return Browser(app).sign_in(office.administrator)


def account(database: Database, user_id: int | None) -> User:
    with database.session() as session:
        return session.get_one(User, user_id)


def newest(database: Database) -> User:
    with database.session() as session:
        return session.scalars(select(User).order_by(User.id.desc())).first()


def changes(database: Database) -> list[tuple[str, int | None, str]]:
    with database.session() as session:
        found = session.scalars(select(StaffEntry).order_by(StaffEntry.id)).all()
    return [(each.change.value, each.by_id, each.details) for each in found]


def notes(database: Database, about: str) -> list[str]:
    with database.session() as session:
        return sorted(session.scalars(select(Link.to_address).where(Link.about == about)))


def test_somebody_is_invited(administrator: Browser, database: Database, office: Office) -> None:
    page = administrator.post("people/invite", INVITED)
    user = newest(database)
    assert page.location == f"/ids/staff/people/{user.id}"
    assert (user.email, user.role, user.also, user.rank) == (
        "new.colleague@example.org",
        Role.HANDLER,
        (Role.ADJUSTMENTS_LEAD,),
        "officer",
    )
    assert (user.password, user.active, user.landlord) == (None, True, "ids")
    assert changes(database) == [("invited", office.administrator.user_id, "handler adjustments_lead")]
    with database.session() as session:
        (link,) = session.scalars(select(Link))
    said = {"sender": "portal@example.org", "base_url": "https://c.example", "secret_key": "k"}
    email = link_email(link, landlords.landlord("ids"), **said)
    assert email.recipients == ["new.colleague@example.org"]
    assert "https://c.example/ids/staff/invitation/" in email.body
    assert "Invited" in administrator.get("people").words
    words = administrator.get(page.location.removeprefix("/ids/staff/")).words
    assert "An invitation was sent" in words
    assert "Complaint handler, Adjustments lead" in words


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"name": " "}, "#name", "Enter the name"),
        ({"email": ""}, "#email", "Enter the email address"),
        ({"email": "nobody"}, "#email", "name@example.com"),
        ({"roles": []}, "#roles", "at least one role"),
        ({"roles": ["king"]}, "#roles", "Choose"),
        ({"roles": ["resident"]}, "#roles", "Choose"),
        ({"roles": ["auditor", "lead"]}, "#roles", "watch themselves"),
        ({"rank": "emperor"}, "#rank", "Choose"),
        ({"roles": ["recorder"]}, "#rank", "answer complaints"),
    ],
)
def test_what_is_not_right_is_said_at_its_field(
    administrator: Browser, database: Database, changed: dict[str, object], field: str, words: str
) -> None:
    before = newest(database).id
    page = administrator.post("people/invite", {**INVITED, **changed})
    assert page.status == 422
    assert words in page.errors[field]
    assert newest(database).id == before


def test_an_address_signs_in_once_in_the_whole_installation(
    administrator: Browser, database: Database, office: Office
) -> None:
    theirs = account(database, Office(database, "ivh").lead.user_id).email
    assert administrator.post("people/invite", {**INVITED, "email": theirs.upper()}).errors.keys() == {"#email"}


def test_roles_are_changed_from_the_next_page_on(
    app: Flask, administrator: Browser, database: Database, office: Office
) -> None:
    handler = Browser(app).sign_in(office.handler)
    assert handler.get("access-log").status == 404
    path, user = f"people/{office.handler.user_id}", account(database, office.handler.user_id)
    form = administrator.get(path)
    assert form.checked("roles") == ["handler"]
    given = {"name": user.name, "roles": ["lead", "administrator"], "rank": "manager"}
    assert administrator.post(path, given).status == 303
    assert handler.get("access-log").status == 200
    assert handler.get("people/invite").status == 200
    assert administrator.post(path, given).status == 303
    assert changes(database) == [
        ("duties_changed", office.administrator.user_id, f"handler {user.rank} > lead administrator manager")
    ], "what did not change is no change"


def test_whoever_is_kept_out_is_out_at_once_and_complaints_officers_are_told_of_their_work(
    app: Flask, administrator: Browser, database: Database, office: Office
) -> None:
    handler = Browser(app).sign_in(office.handler)
    office.assign(office.submit(MONDAY), MONDAY)
    path = f"people/{office.handler.user_id}"
    assert administrator.post(f"{path}/disable").status == 303
    assert handler.get().status == 303
    assert "Handles 1 open complaint" in administrator.get(path).words
    assert notes(database, "work_left") == [account(database, office.lead.user_id).email]
    assert administrator.post(f"people/{office.colleague.user_id}/disable").status == 303
    assert len(notes(database, "work_left")) == 1, "who has no work leaves none"
    assert administrator.post(f"{path}/invite-again").status == 422
    assert administrator.post(f"{path}/let-in").status == 303
    assert account(database, office.handler.user_id).active
    assert [change for change, _, _ in changes(database)] == ["disabled", "disabled", "let_in_again"]


def test_sessions_end_and_the_second_step_is_reset_and_told(
    app: Flask, administrator: Browser, database: Database, office: Office
) -> None:
    with database.unit_of_work() as session:
        user = session.get_one(User, office.handler.user_id)
        user.password, user.tf_totp_secret, user.totp_counter = "x", "a secret", 5
        staff.keep_codes(session, user, ["one"])
    path, handler = f"people/{user.id}", Browser(app).sign_in(office.handler)
    assert administrator.post(f"{path}/sign-out").status == 303
    assert handler.get().status == 303
    handler = Browser(app).sign_in(office.handler)
    assert administrator.post(f"{path}/reset-second-step").status == 303
    assert handler.get().status == 303
    after = account(database, user.id)
    assert (after.tf_totp_secret, after.totp_counter) == (None, None)
    with database.session() as session:
        assert staff.codes_left(session, user.id) == 0
    assert notes(database, "second_step_reset") == [user.email]
    assert "The second step was reset" in administrator.get(path).words


def test_nobody_takes_away_the_last_key(administrator: Browser, database: Database, office: Office) -> None:
    mine = f"people/{office.administrator.user_id}"
    for path, fields in (
        (f"{mine}/disable", {}),
        (mine, {"name": "A", "roles": ["lead"]}),
        (f"{mine}/reset-second-step", {}),
    ):
        page = administrator.post(path, fields)
        assert page.status == 422, path
        assert page.errors, path
    with database.unit_of_work() as session:
        session.get_one(User, office.lead.user_id).also = (Role.ADMINISTRATOR,)
    assert administrator.post(mine, {"name": "A", "roles": ["recorder"]}).status == 303


def test_who_sees_and_who_keeps_the_accounts(app: Flask, office: Office, database: Database) -> None:
    theirs = Office(database, "ivh").handler.user_id
    path = f"people/{office.handler.user_id}"
    for role, sees, keeps in (
        ("administrator", True, True),
        ("lead", True, False),
        ("auditor", True, False),
        ("handler", False, False),
        ("oversight", False, False),
    ):
        browser = Browser(app).sign_in(getattr(office, role))
        assert browser.get("people").status == (200 if sees else 404), role
        assert browser.get(path).status == (200 if sees else 404), role
        assert browser.get("people/invite").status == (200 if keeps else 404), role
        assert browser.get(f"people/{theirs}").status == 404, role
        for act in ("", "/disable", "/let-in", "/sign-out", "/reset-second-step", "/invite-again"):
            assert browser.post(f"people/{theirs}{act}").status in (404, 422), (role, act)
            if not keeps:
                assert browser.post(f"{path}{act}").status == 404, (role, act)
    assert account(database, theirs).active
    assert changes(database) == []


def test_statements_do_not_grow_with_the_people(administrator: Browser, office: Office) -> None:
    counts = []
    for more in (1, 10):
        for _ in range(more):
            office.assign(office.submit(MONDAY), MONDAY, to=office.another("officer"))
        with statements(administrator.app) as seen:
            assert administrator.get("people").status == 200
        counts.append(len(seen))
    assert counts[0] == counts[1] == 3


def test_warnings_are_shown_for_a_month_and_told_by_email_once(
    app: Flask, administrator: Browser, database: Database, office: Office, clock
) -> None:
    told = {"secret_key": "k", "now": ten_oclock(MONDAY)}
    with database.unit_of_work() as session:
        staff.warn(session, "ids", office.handler.user_id, Warned.CODES, at=ten_oclock(MONDAY))
        staff.warn(session, "ids", None, Warned.PASSWORDS, at=ten_oclock(MONDAY))
        staff.warn(session, "ivh", None, Warned.PASSWORDS, at=ten_oclock(MONDAY))
    with database.unit_of_work() as session:
        assert tell_of_warnings(session, **told) == 3
    with database.unit_of_work() as session:
        assert tell_of_warnings(session, **told) == 0
    emails = sorted(account(database, each.user_id).email for each in (office.handler, office.administrator))
    assert notes(database, "many_wrong_codes") == emails
    assert notes(database, "many_wrong_passwords") == [], "nobody could do anything"
    words = administrator.get("people").words
    assert f"many wrong codes after the right password, {office.handler.name}" in words
    assert words.count("for an address that nobody here has") == 1
    clock.move_to(ten_oclock(MONDAY + timedelta(days=31)))
    assert "tried to get in" not in Browser(app).sign_in(office.administrator).get("people").words


def test_every_note_says_something_and_names_nobody() -> None:
    said = {"sender": "portal@example.org", "base_url": "https://c.example", "secret_key": "k"}
    texts = set()
    for about in {*TOLD, *Warned, WORK_LEFT}:
        link = Link(id=uuid4(), landlord="ids", purpose=LinkPurpose.STAFF_NOTE, about=about, to_address="a@example.org")
        link.written_at = link.expires_at = ten_oclock(MONDAY)
        link.discreet, link.language = False, "en_GB"
        email = link_email(link, landlords.landlord("ids"), **said)
        texts.add(email.body)
        assert "https://c.example/ids/staff/" in email.body
    assert len(texts) == len({*TOLD, *Warned, WORK_LEFT}), "each says something else"


@pytest.mark.parametrize("statement", ["UPDATE staff_record SET details = ''", "DELETE FROM staff_record"])
def test_the_database_refuses_to_change_what_happened(
    administrator: Browser, database: Database, statement: str
) -> None:
    administrator.post("people/invite", INVITED)
    with pytest.raises(IntegrityError, match="never changed or deleted"), database.unit_of_work() as session:
        session.execute(text(statement))


def the_work(browser: Browser, who: Actor) -> dict[str, str]:
    """Each complaint on the page with what its box sends."""
    page = browser.get(f"people/{who.user_id}/work")
    boxes = [each.get("value", "") for each in page.tree.iter("input") if each.get("name") == "cases"]
    return {each.partition(".")[0]: each for each in boxes}


def test_the_work_of_who_leaves_is_handed_over_as_far_as_the_rules_allow(
    app: Flask, lead: Browser, office: Office, database: Database
) -> None:
    free, about_them, restricted = (office.submit(MONDAY) for _ in range(3))
    for each in (free, about_them, restricted):
        office.assign(each, MONDAY)
    heir = office.another("officer")
    office.name(about_them, MONDAY, heir.user_id)
    path = f"people/{office.handler.user_id}/work"
    boxes = the_work(lead, office.handler)
    assert set(boxes) == {free, about_them, restricted}
    said = {"cases": [boxes[free], boxes[about_them]], "handler_id": str(heir.user_id), "no_conflict": "y"}
    for field, nothing in {"cases": [], "handler_id": "", "no_conflict": ""}.items():
        assert lead.post(path, {**said, field: nothing}).errors.keys() == {f"#{field}"}
    assert office.case(free).case.handler_id == office.handler.user_id
    page = lead.post(path, said)
    assert page.status == 422
    assert [about_them in each and "named in the complaint" in each for each in page.errors.values()] == [True]
    assert "1 complaint is handed over" in page.words
    assert office.case(free).case.handler_id == heir.user_id
    assert office.case(about_them).case.handler_id == office.handler.user_id
    assert set(the_work(lead, office.handler)) == {about_them, restricted}
    stale = boxes[restricted]
    office.name(restricted, MONDAY, office.colleague.user_id)
    assert lead.post(path, {**said, "cases": [stale]}).errors.keys() == {"#cases"}, "it has changed meanwhile"
    for who in (office.administrator, office.handler, office.auditor):
        assert Browser(app).sign_in(who).get(path).status == 404


def test_somebody_is_limited_to_areas_that_there_are(app: Flask, database: Database) -> None:
    theirs = Office(database, "hs")
    keeper = Browser(app, "hs").sign_in(theirs.administrator)
    sent = {**INVITED, "areas": ["moon"]}
    assert "Choose" in keeper.post("people/invite", sent).errors["#areas"]
    assert keeper.post("people/invite", {**sent, "areas": ["north"]}).status == 303
    assert newest(database).areas == ("north",)
    assert keeper.get(f"people/{newest(database).id}").checked("areas") == ["north"]
