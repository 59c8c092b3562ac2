"""Signing in through OpenID Connect, at a real provider: who gets in, as what, and what is said to whom does not."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy import select

from portal import landlords
from portal.clock import StoppedClock
from portal.domain.actors import Role
from portal.domain.policy import Landlord
from portal.domain.sign_in import FromGroup, NotLetIn, Provider, StaffSignIn
from portal.domain.staff import Warned
from portal.records.database import Database
from portal.records.models import AccessEntry, Link, StaffEntry, StaffWarning, User
from portal.settings import secret_name
from portal.web.account import provider_sign_in
from portal.web.account.provider import Attempt, NotSignedIn, Providers
from portal.web.staff.account_words import ACCOUNT_WORDS
from tests.actions.office import Office
from tests.oidc.running import BASE, CLIENT, SECRET, RunningProvider, client, running
from tests.web.account.app import App
from tests.web.account.test_sign_in import enter
from tests.web.answer import Answer
from tests.web.staff.browser import Browser

GROUPS = {
    "complaints officers": FromGroup(roles=(Role.LEAD,)),
    "handlers": FromGroup(roles=(Role.HANDLER,)),
    "auditors": FromGroup(roles=(Role.AUDITOR,)),
    "it": FromGroup(roles=(Role.ADMINISTRATOR,)),
}
SAID = dict(ACCOUNT_WORDS)


@pytest.fixture(scope="session")
def provider() -> Iterator[RunningProvider]:
    with running(client("ids", "ivh")) as started:
        yield started


@pytest.fixture
def database(one_database: Database) -> Database:
    """Who may come in is the same wherever it is kept."""
    return one_database


@pytest.fixture
def clock() -> StoppedClock:
    """The provider's own clock is the real one, and what it says holds for minutes."""
    return StoppedClock(datetime.now(UTC))


@pytest.fixture
def landlord(app: Flask, provider: RunningProvider, monkeypatch: pytest.MonkeyPatch) -> Landlord:
    return through(
        app,
        monkeypatch,
        Provider(name="Example ID", issuer=provider.issuer, client_id=CLIENT, groups=GROUPS, acr=("strong",)),
    )


def through(app: Flask, monkeypatch: pytest.MonkeyPatch, provider: Provider, *, password: bool = True) -> Landlord:
    """The landlord, whose staff sign in through this provider; without a password, if so."""
    assert landlords._served.landlords is not None
    found = replace(landlords.landlord("ids"), sign_in=StaffSignIn(password=password, provider=provider))
    monkeypatch.setitem(landlords._served.landlords, "ids", found)
    settings = replace(app.extensions["settings"], provider_secrets={secret_name("ids"): SECRET}, second_step=True)
    monkeypatch.setitem(app.extensions, "settings", settings)
    monkeypatch.setitem(app.extensions, "providers", Providers())
    return found


class Person:
    """Somebody with a browser, whom the provider knows as `subject`."""

    def __init__(self, app: Flask, provider: RunningProvider, subject: str) -> None:
        self.browser, self.provider, self.subject = Browser(app), provider, subject

    def is_known(self, email: str, *groups: str, email_verified: object = True) -> Person:
        self.provider.knows(self.subject, email=email, email_verified=email_verified, groups=groups)
        return self

    def leave(self, path: str = "sign-in/provider") -> str:
        """The address at the provider to which the portal leads."""
        page = self.browser.get(path)
        assert page.status == 303, page.words
        return page.location

    def come_back(self, address: str, **how: str) -> Answer:
        back = self.provider.sign_in(address, account=self.subject, **how)
        return self.browser.page(self.browser.client.get(back))

    def sign_in(self, acr: str = "strong", **how: str) -> Answer:
        return self.come_back(self.leave(), acr=acr, **how)


@pytest.fixture
def anna(app: Flask, landlord: Landlord, provider: RunningProvider, office: Office) -> Person:
    """A complaints officer, whom the provider knows, and has seen to the second step of."""
    with app.extensions["database"].session() as session:
        email = session.get_one(User, office.lead.user_id).email
    return Person(app, provider, f"subject of {email}").is_known(email, "complaints officers", "the choir")


def account(database: Database, office: Office) -> User:
    with database.session() as session:
        return session.get_one(User, office.lead.user_id)


def entries(database: Database, office: Office) -> list[tuple[str, str]]:
    with database.session() as session:
        theirs = select(StaffEntry).where(StaffEntry.user_id == office.lead.user_id).order_by(StaffEntry.id)
        return [(each.change, each.details) for each in session.scalars(theirs)]


def refused(page: Answer, why: NotLetIn) -> bool:
    """Kindly, on a page of its own; and nobody is signed in."""
    return page.heading == "You are not signed in" and str(SAID[why]) in page.words


def test_who_was_invited_signs_in_by_a_confirmed_address_once_and_by_subject_ever_after(
    anna: Person, app: Flask, database: Database, office: Office
) -> None:
    before = account(database, office)
    assert "Sign in with Example ID" in anna.browser.get("sign-in").words
    address = anna.leave("sign-in/provider?next=/ids/staff/workload")
    asked = dict(parse_qsl(urlsplit(address).query))
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == f"{BASE}/ids/staff/sign-in/provider/back"
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert before.email not in address
    page = anna.come_back(address, acr="strong")
    assert (page.status, page.location) == (303, "/ids/staff/workload")
    assert anna.browser.get().status == 200
    bound = account(database, office)
    assert (bound.provider_subject, bound.password) == (anna.subject, None)
    assert entries(database, office) == [("provider_bound", "")]
    with database.session() as session:
        assert session.scalar(select(Link.to_address).where(Link.about == "provider_bound")) == before.email
        line = session.scalars(select(AccessEntry).where(AccessEntry.access == "signed_in")).one()
    assert (line.by_id, line.landlord, line.reference) == (office.lead.user_id, "ids", None)
    # Whatever the address is called there now, it is still them.
    anna.is_known("new.name@example.org", "complaints officers", email_verified=False)
    again = Person(app, anna.provider, anna.subject)
    assert again.sign_in().status == 303
    assert again.browser.get().status == 200


def test_the_password_ends_with_the_first_sign_in_and_what_it_opened(
    anna: Person, app: Flask, email: str, office: Office
) -> None:
    other = Browser(app).sign_in(office.lead)
    with other.client.session_transaction() as cookie:
        cookie["second"] = True
    assert other.get().status == 200
    anna.sign_in()
    assert other.get().status == 303
    assert enter(Browser(app), email).status == 422


@pytest.mark.parametrize("said", [False, None, "true", 1])
def test_an_address_that_the_provider_has_not_confirmed_is_nobodys(
    anna: Person, database: Database, office: Office, said: object
) -> None:
    anna.is_known(account(database, office).email, "complaints officers", email_verified=said)
    page = anna.sign_in()
    assert (page.status, refused(page, NotLetIn.EMAIL_NOT_CHECKED)) == (403, True)
    assert account(database, office).provider_subject is None


def test_whoever_was_not_invited_gets_no_account(anna: Person, app: Flask, database: Database) -> None:
    stranger = Person(app, anna.provider, "a stranger").is_known("stranger@example.org", "it")
    with database.session() as session:
        before = session.scalars(select(User.id)).all()
    page = stranger.sign_in()
    assert (page.status, refused(page, NotLetIn.UNKNOWN)) == (403, True)
    assert stranger.browser.get().status == 303
    with database.session() as session:
        assert session.scalars(select(User.id)).all() == before


def test_an_address_that_somebody_else_has_now_does_not_open_the_account(
    anna: Person, app: Flask, database: Database, office: Office
) -> None:
    anna.sign_in()
    other = Person(app, anna.provider, "somebody else").is_known(account(database, office).email, "it")
    assert refused(other.sign_in(), NotLetIn.SOMEBODY_ELSE)
    assert account(database, office).provider_subject == anna.subject


def test_another_landlords_staff_are_nobody_here(anna: Person, app: Flask, database: Database) -> None:
    theirs = Office(database, "ivh")
    with database.session() as session:
        email = session.get_one(User, theirs.lead.user_id).email
    assert refused(Person(app, anna.provider, "of another").is_known(email, "it").sign_in(), NotLetIn.UNKNOWN)


def test_roles_are_those_of_the_groups_each_time(anna: Person, app: Flask, database: Database, office: Office) -> None:
    anna.sign_in()
    for groups, roles in (
        (("complaints officers", "it"), (Role.LEAD, Role.ADMINISTRATOR)),
        (("handlers",), (Role.HANDLER,)),
        (("handlers", "no such group", "administrator"), (Role.HANDLER,)),
        (("it",), (Role.ADMINISTRATOR,)),
    ):
        anna.is_known("", *groups)
        assert Person(app, anna.provider, anna.subject).sign_in().status == 303
        assert account(database, office).all_roles == roles, groups
    assert entries(database, office)[1:] == [
        ("duties_from_groups", "lead > lead administrator"),
        ("duties_from_groups", "lead administrator > handler"),
        ("duties_from_groups", "handler > administrator"),
    ]


def test_whoever_is_in_no_group_any_more_is_refused_and_signed_out_everywhere(
    anna: Person, app: Flask, database: Database, office: Office
) -> None:
    anna.sign_in()
    assert anna.browser.get().status == 200
    anna.is_known("", "the choir")
    page = Person(app, anna.provider, anna.subject).sign_in()
    assert (page.status, refused(page, NotLetIn.NO_ROLE)) == (403, True)
    assert anna.browser.get().status == 303
    assert entries(database, office)[-1] == ("provider_refused", "no_role")


def test_groups_that_nobody_can_have_together_let_nobody_in_and_warn_once(
    anna: Person, app: Flask, database: Database, office: Office
) -> None:
    anna.is_known(account(database, office).email, "complaints officers", "auditors")
    for _try in range(2):
        assert refused(anna.sign_in(), NotLetIn.ROLES_CLASH)
    assert account(database, office).all_roles == (Role.LEAD,)
    with database.session() as session:
        warned = session.scalars(select(StaffWarning)).all()
    assert [(each.warned, each.user_id) for each in warned] == [(Warned.GROUPS, office.lead.user_id)]


def test_a_closed_account_stays_closed(anna: Person, database: Database, office: Office) -> None:
    with database.unit_of_work() as session:
        session.get_one(User, office.lead.user_id).active = False
    page = anna.sign_in()
    assert (page.status, refused(page, NotLetIn.DISABLED)) == (403, True)
    assert entries(database, office) == [("provider_refused", "disabled")]


@pytest.mark.parametrize(
    ("said", "trusted"), [({"acr": "strong"}, True), ({"acr": "weak"}, False), ({"acr": "", "amr": "pwd mfa"}, True)]
)
def test_our_second_step_is_asked_for_where_the_provider_does_not_say_that_it_did(
    anna: Person, app: Flask, monkeypatch: pytest.MonkeyPatch, landlord: Landlord, said: dict, trusted: bool
) -> None:
    through(app, monkeypatch, replace(landlord.sign_in.provider, amr=("mfa",)))
    page = anna.sign_in(**said)
    if trusted:
        assert page.location == "/ids/staff/"
        return
    assert page.location == "/ids/staff/sign-in/second-step?next=/ids/staff/"
    assert anna.browser.get().status == 303
    phone = App.that_read(anna.browser.get("sign-in/second-step").words)
    assert anna.browser.post("sign-in/second-step", {"code": phone.code()}).status == 200
    assert anna.browser.get().status == 200
    assert "Second step of signing in" in anna.browser.get("account").words


def test_a_landlord_may_say_that_its_provider_always_sees_to_the_second_step(
    anna: Person, app: Flask, monkeypatch: pytest.MonkeyPatch, landlord: Landlord
) -> None:
    through(app, monkeypatch, replace(landlord.sign_in.provider, second_step=True, acr=()))
    assert anna.sign_in("weak").location == "/ids/staff/"


def test_what_the_token_itself_says_is_enough(anna: Person, provider: RunningProvider) -> None:
    provider.knows("all in the token")
    provider.begins_anew()
    assert anna.sign_in().location == "/ids/staff/"


def test_new_keys_of_the_provider_are_fetched_when_they_are_met(
    anna: Person, app: Flask, provider: RunningProvider
) -> None:
    assert anna.sign_in().status == 303
    provider.begins_anew()
    assert Person(app, provider, anna.subject).sign_in().status == 303


@pytest.mark.parametrize("later", [timedelta(hours=2), timedelta(hours=-2)])
def test_a_token_of_another_time_is_not_believed(anna: Person, clock: StoppedClock, later: timedelta) -> None:
    address = anna.leave()
    back = anna.provider.sign_in(address, account=anna.subject, acr="strong")
    clock.move_to(clock.now() + later)
    page = anna.browser.page(anna.browser.client.get(back))
    assert refused(page, NotLetIn.NOT_BELIEVED)


def test_a_token_of_another_try_is_not_believed(anna: Person) -> None:
    address = anna.leave()
    with anna.browser.client.session_transaction() as cookie:
        cookie[provider_sign_in.TRY] = {**cookie[provider_sign_in.TRY], "nonce": "another"}
    assert refused(anna.come_back(address, acr="strong"), NotLetIn.NOT_BELIEVED)


def test_who_did_not_ask_for_the_code_cannot_use_it(anna: Person) -> None:
    """Without the verifier that only the browser has which began (PKCE)."""
    address = anna.leave()
    with anna.browser.client.session_transaction() as cookie:
        cookie[provider_sign_in.TRY] = {**cookie[provider_sign_in.TRY], "verifier": "another" * 10}
    assert refused(anna.come_back(address, acr="strong"), NotLetIn.EXPIRED)


def test_a_state_that_this_browser_did_not_begin_with_signs_nobody_in(anna: Person, app: Flask) -> None:
    back = anna.provider.sign_in(anna.leave(), account=anna.subject, acr="strong")
    for other in (Person(app, anna.provider, "victim"), Person(app, anna.provider, "began another")):
        if other.subject != "victim":
            other.leave()
        page = other.browser.page(other.browser.client.get(back))
        assert (page.status, refused(page, NotLetIn.WRONG_STATE)) == (400, True)
        assert other.browser.get().status == 303
    # It works where it began, and once.
    assert anna.browser.page(anna.browser.client.get(back)).status == 303
    assert refused(anna.browser.page(anna.browser.client.get(back)), NotLetIn.WRONG_STATE)


def test_an_answer_of_another_issuer_is_none(anna: Person) -> None:
    back = anna.provider.sign_in(anna.leave(), account=anna.subject, acr="strong")
    told = {**dict(parse_qsl(urlsplit(back).query)), "iss": "https://another.example.org"}
    page = anna.browser.page(anna.browser.client.get(f"{urlsplit(back).path}?{urlencode(told)}"))
    assert refused(page, NotLetIn.WRONG_STATE)


def test_who_took_too_long_begins_again(anna: Person) -> None:
    class Later(TimestampSigner):
        def get_timestamp(self) -> int:
            return super().get_timestamp() + provider_sign_in.SECONDS + 1

    back = anna.provider.sign_in(anna.leave(), account=anna.subject, acr="strong")
    with patch.object(provider_sign_in, "TimestampSigner", Later):
        page = anna.browser.page(anna.browser.client.get(back))
    assert (page.status, refused(page, NotLetIn.EXPIRED)) == (400, True)


def test_who_said_no_at_the_provider_reads_so(anna: Person) -> None:
    page = anna.come_back(anna.leave(), denied="yes")
    assert (page.status, refused(page, NotLetIn.DENIED)) == (403, True)
    assert "somebody said no" not in page.html


def test_a_provider_that_is_down_is_no_error_of_ours(
    anna: Person, app: Flask, monkeypatch: pytest.MonkeyPatch, landlord: Landlord
) -> None:
    nowhere = replace(landlord.sign_in.provider, issuer="http://127.0.0.1:1")
    through(app, monkeypatch, nowhere)
    page = anna.browser.get("sign-in/provider")
    assert (page.status, refused(page, NotLetIn.DOWN)) == (503, True)


def test_a_provider_that_says_it_is_another_is_not_believed(provider: RunningProvider) -> None:
    other = Provider(name="", issuer=f"{provider.issuer}/", client_id=CLIENT, groups=GROUPS)
    with pytest.raises(NotSignedIn) as refusal:
        Providers().way_in(other, Attempt.new(), BASE, now=datetime.now(UTC))
    assert refusal.value.why is NotLetIn.NOT_BELIEVED


def test_a_wrong_secret_of_ours_is_not_the_persons_doing(
    anna: Person, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = replace(app.extensions["settings"], provider_secrets={secret_name("ids"): "wrong"})
    monkeypatch.setitem(app.extensions, "settings", wrong)
    assert refused(anna.sign_in(), NotLetIn.DOWN)


def test_the_log_says_why_and_nothing_of_anybody(
    anna: Person, database: Database, office: Office, capsys: pytest.CaptureFixture, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    email = account(database, office).email
    anna.is_known(email, "the choir")
    assert refused(anna.sign_in(), NotLetIn.NO_ROLE)
    told = "".join(capsys.readouterr()) + caplog.text
    assert '"why": "no_role"' in told
    for secret in (email, anna.subject, "choir", SECRET, "code="):
        assert secret not in told, secret


def test_signing_out_ends_it_here_and_leads_to_the_end_there(anna: Person, provider: RunningProvider) -> None:
    anna.sign_in()
    page = anna.browser.post("sign-out")
    assert page.location == "/ids/staff/signed-out"
    assert anna.browser.get().status == 303
    page = anna.browser.get("signed-out")
    link = next(each.get("href") for each in page.main.iter("a") if each.get("href", "").startswith(provider.issuer))
    told = dict(parse_qsl(urlsplit(link).query))
    assert told == {"client_id": CLIENT, "post_logout_redirect_uri": f"{BASE}/ids/staff/sign-in"}


def test_whoever_has_a_password_signs_out_as_before(anna: Person, app: Flask, office: Office) -> None:
    browser = Browser(app).sign_in(office.colleague)
    assert browser.post("sign-out").location == "/ids/staff/sign-in"


def test_a_landlord_may_have_no_passwords(
    anna: Person, app: Flask, email: str, monkeypatch: pytest.MonkeyPatch, landlord: Landlord
) -> None:
    through(app, monkeypatch, landlord.sign_in.provider, password=False)
    page = anna.browser.get("sign-in")
    assert not [each for each in page.main.iter("input") if each.get("type") == "password"]
    assert enter(anna.browser, email).status == 404
    assert anna.sign_in().location == "/ids/staff/"


def test_without_a_provider_there_is_no_way_to_it(app: Flask, office: Office) -> None:
    browser = Browser(app)
    for path in ("sign-in/provider", "sign-in/provider/back?code=x&state=y", "signed-out"):
        assert browser.get(path).status == 404
    assert "Sign in with" not in browser.get("sign-in").words


def test_words_typed_before_the_session_ended_are_there_after_signing_in_on_another_tab(
    anna: Person, app: Flask, office: Office, monkeypatch: pytest.MonkeyPatch, landlord: Landlord
) -> None:
    through(app, monkeypatch, landlord.sign_in.provider, password=False)
    app.config["WTF_CSRF_ENABLED"] = True
    anna.sign_in()
    token = anna.browser.get("account").value("csrf_token")
    with anna.browser.client.session_transaction() as cookie:
        del cookie["second"]
    page = anna.browser.post("people/invite", {"name": "Typed before", "csrf_token": token})
    assert page.status == 401
    kept = {"next": page.value("next"), "kept": page.value("kept")}
    assert anna.browser.post("sign-in/go-on", kept).status == 401, "not yet"
    anna.sign_in()  # so that the page is of a session that has ended
    page = anna.browser.post("sign-in/go-on", kept)
    assert (page.status, page.heading, page.value("name")) == (200, "You are signed in again", "Typed before")


def test_an_administrator_who_invites_again_makes_the_next_sign_in_count(
    anna: Person, app: Flask, database: Database, office: Office
) -> None:
    anna.sign_in()
    with database.unit_of_work() as session:
        user = session.get_one(User, office.colleague.user_id)
        user.role, user.also = Role.ADMINISTRATOR, ()
    administrator = Browser(app).sign_in(office.colleague)
    with administrator.client.session_transaction() as cookie:
        cookie["second"] = True
    assert administrator.post(f"people/{office.lead.user_id}/invite-again").status == 303
    assert anna.browser.get().status == 303, "signed out"
    email = account(database, office).email
    other = Person(app, anna.provider, "their new account").is_known(email, "complaints officers")
    assert other.sign_in().status == 303
    assert account(database, office).provider_subject == "their new account"
