"""Settings: every problem at once, and never a secret in a message."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal import serving
from portal.cli import portal
from portal.clock import LONDON, Clock, StoppedClock
from portal.settings import MailServer, Settings, SettingsError, mail_server

GOOD = {
    "PORTAL_SECRET_KEY": "a" * 40,
    "PORTAL_BASE_URL": "https://complaints.example.org/",
    "PORTAL_MAIL_URL": "smtp://user:p%40ss@mail.example.org:2525?tls=starttls",
    "PORTAL_MAIL_FROM": "complaints@example.org",
}


def read(production: bool = True, **changes: str) -> Settings:
    return Settings.from_environment({**GOOD, **changes}, production=production)


def test_production_needs_four_things_and_names_each_at_once() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({}, production=True)
    for name in GOOD:
        assert f"{name} is missing" in str(refused.value)
    assert len(refused.value.problems) == len(GOOD)


def test_outside_production_nothing_is_needed() -> None:
    settings = Settings.from_environment({}, production=False)
    assert settings.mail is None
    assert len(settings.secret_key) >= 32


def test_good_settings_are_read() -> None:
    postgresql = {"PORTAL_DATABASE_URL": "postgresql://u:p@host/name", "PORTAL_FILES_URL": "s3://bucket/prefix"}
    settings = read(PORTAL_LANDLORDS="ids, ms", **postgresql)
    assert settings.files_place == "s3://bucket/prefix"
    assert settings.landlords == ("ids", "ms")
    assert settings.base_url == "https://complaints.example.org"
    assert settings.database_url == "postgresql+psycopg://u:p@host/name"
    assert settings.mail == MailServer("mail.example.org", 2525, "starttls", "user", "p@ss")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "hunter2"),
        ("DATABASE_URL", "mysql://root:hunter2@host/name"),
        ("BASE_URL", "complaints"),
        ("MAIL_URL", "http://hunter2@mail"),
        ("MAIL_URL", "smtp://user:hunter2@mail:port"),
        ("MAIL_URL", "smtp://user:hunter2@mail?tls=perhaps"),
        ("MAIL_FROM", "nobody"),
        ("REDIS_URL", "hunter2"),
        ("FILES_URL", "hunter2/folder"),
        ("CLAMD_URL", "tcp://hunter2"),
        ("LANDLORD_FILES", "/nowhere/at/all.toml"),
        ("CLOCK", "2026-12-17T10:00"),
        ("SECOND_STEP", "off"),
        ("SECOND_STEP", "perhaps"),
    ],
)
def test_a_wrong_value_is_named_and_a_secret_one_is_not_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"PORTAL_{name} is wrong") as refused:
        read(**{f"PORTAL_{name}": value})
    assert "hunter2" not in str(refused.value)


def test_files_are_kept_beside_an_sqlite_database_and_must_be_placed_with_postgresql() -> None:
    assert read(PORTAL_DATABASE_URL="sqlite:////srv/portal.db").files_place == "file:///srv/portal-files"
    with pytest.raises(SettingsError, match="PORTAL_FILES_URL is missing"):
        read(PORTAL_DATABASE_URL="postgresql://u:p@host/name")


def test_settings_do_not_print_their_secrets() -> None:
    secret = {
        "PORTAL_DATABASE_URL": "postgresql://u:hunter2@host/name",
        "PORTAL_REDIS_URL": "redis://:hunter2@h",
        "PORTAL_FILES_URL": "s3://hunter2/prefix",
    }
    shown = repr(read(**secret))
    assert "hunter2" not in shown
    assert GOOD["PORTAL_SECRET_KEY"] not in shown
    assert "p@ss" not in shown


def test_the_clock_can_be_set_outside_production() -> None:
    settings = read(production=False, PORTAL_CLOCK="2026-12-17T10:00")
    assert settings.clock == datetime(2026, 12, 17, 10, tzinfo=LONDON)
    assert Clock(settings.clock).today().isoformat() == "2026-12-17"


def test_the_second_step_is_needed_in_production_whatever_is_set_and_elsewhere_where_it_is_set() -> None:
    assert read().second_step
    assert read(PORTAL_SECOND_STEP="on").second_step
    assert not read(production=False).second_step
    assert not read(production=False, PORTAL_SECOND_STEP="off").second_step
    assert read(production=False, PORTAL_SECOND_STEP="on").second_step


def test_a_stopped_clock_shows_london_time_until_it_is_moved() -> None:
    clock = StoppedClock(datetime(2026, 7, 1, 23, 30))
    assert clock.now() == clock.now() == datetime(2026, 7, 1, 23, 30, tzinfo=LONDON)
    clock.move_to(datetime(2026, 7, 2, 9))
    assert clock.today().isoformat() == "2026-07-02"


def test_mail_without_a_port_uses_the_usual_one() -> None:
    assert mail_server("smtp://localhost").port == 25
    assert mail_server("smtp://mail.example.org?tls=tls").port == 465


def test_serve_refuses_to_start_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in GOOD:
        monkeypatch.delenv(name, raising=False)
    result = CliRunner().invoke(portal, ["serve"])
    assert result.exit_code == 1
    assert "PORTAL_SECRET_KEY is missing" in result.output
    assert "PORTAL_MAIL_URL is missing" in result.output


def test_serve_refuses_a_landlord_that_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**GOOD, "PORTAL_LANDLORDS": "nobody"}.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(portal, ["serve"])
    assert result.exit_code == 1
    assert "nobody" in result.output


def test_serve_refuses_a_database_until_it_is_migrated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    served: list[tuple[object, ...]] = []
    monkeypatch.setattr(serving, "run_server", lambda *how: served.append(how))
    for name, value in {**GOOD, "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path}/portal.db"}.items():
        monkeypatch.setenv(name, value)
    refused = CliRunner().invoke(portal, ["serve"])
    assert "run `portal migrate` first" in refused.output
    assert CliRunner().invoke(portal, ["migrate"]).exit_code == 0
    assert CliRunner().invoke(portal, ["serve", "--port", "1234"]).exit_code == 0
    assert served == [("127.0.0.1", 1234, 2)]
