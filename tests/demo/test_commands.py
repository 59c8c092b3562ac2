"""The commands really start, serve and stop, and refuse to start while something is missing."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from portal.cli import portal
from portal.demo.runner import Demonstration

PORTAL = [sys.executable, "-c", "from portal.cli import main; main()"]
PATIENCE_SECONDS = 30


@pytest.fixture
def production(tmp_path: Path) -> dict[str, str]:
    """The environment of a portal that can start."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return own | {
        "PORTAL_SECRET_KEY": "a secret of the tests, long enough",
        "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path / 'portal.db'}",
        "PORTAL_BASE_URL": "http://127.0.0.1:8000",
        "PORTAL_MAIL_URL": "smtp://127.0.0.1:9",
        "PORTAL_MAIL_FROM": "complaints@example.org",
    }


def run(*words: str, environ: dict[str, str]) -> Result:
    """The command within this process: for what ends by itself."""
    other = {name: None for name in os.environ if name.startswith("PORTAL_")}
    own = {name: value for name, value in environ.items() if name.startswith("PORTAL_")}
    return CliRunner().invoke(portal, words, env={**other, **own})


def a_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(*words: str, environ: dict[str, str], until: str) -> Iterator[subprocess.Popen[str]]:
    """The command, once it has said that it is there."""
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen([*PORTAL, *words], env=environ | {"PYTHONUNBUFFERED": "1"}, text=True, **output)
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if until in line:
                break
        else:
            pytest.fail("".join(said))
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def answered(process: subprocess.Popen[str], address: str) -> int:
    """The status with which a server answers as soon as it listens."""
    while True:
        try:
            with urlopen(address, timeout=PATIENCE_SECONDS) as answer:
                return int(answer.status)
        except URLError:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=0.1)
                pytest.fail("the server has ended")


def stop(process: subprocess.Popen[str], by: signal.Signals) -> int:
    process.send_signal(by)
    return process.wait(timeout=PATIENCE_SECONDS)


@pytest.mark.parametrize("command", ["serve", "worker"])
@pytest.mark.parametrize("name", ["PORTAL_SECRET_KEY", "PORTAL_BASE_URL", "PORTAL_MAIL_URL", "PORTAL_MAIL_FROM"])
def test_production_refuses_to_start_without_a_setting(command: str, name: str, production: dict[str, str]) -> None:
    del production[name]
    refused = run(command, environ=production)
    assert refused.exit_code == 1
    assert name in refused.stderr
    assert isinstance(refused.exception, SystemExit)


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_production_refuses_the_clock_of_the_demonstration(command: str, production: dict[str, str]) -> None:
    refused = run(command, environ=production | {"PORTAL_CLOCK": "2026-12-17T10:00"})
    assert refused.exit_code == 1
    assert "PORTAL_CLOCK" in refused.stderr


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_production_refuses_a_database_without_tables(command: str, production: dict[str, str]) -> None:
    refused = run(command, environ=production)
    assert refused.exit_code == 1
    assert "portal migrate" in refused.stderr


def test_serve_answers_and_stops(production: dict[str, str]) -> None:
    assert run("migrate", environ=production).exit_code == 0
    port = a_free_port()
    words = ("serve", "--port", str(port), "--workers", "1")
    with running(*words, environ=production, until="Started worker") as process:
        assert answered(process, f"http://127.0.0.1:{port}/health") == 200
        assert stop(process, signal.SIGTERM) == 0


def test_the_worker_works_and_stops(production: dict[str, str]) -> None:
    assert run("migrate", environ=production).exit_code == 0
    with running("worker", environ=production, until="limits_noticed") as process:
        assert stop(process, signal.SIGTERM) == 0


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_the_demonstration_serves_and_stops(
    demonstration: Demonstration, production: dict[str, str], by: signal.Signals
) -> None:
    port = a_free_port()
    words = ("demo", "--port", str(port), "--folder", str(demonstration.folder))
    del production["PORTAL_MAIL_URL"]
    with running(*words, environ=production, until="Ctrl-C") as process:
        assert answered(process, f"http://127.0.0.1:{port}/demo") == 200
        assert stop(process, by) == 0


def test_the_demonstration_says_when_a_setting_is_wrong(production: dict[str, str], tmp_path: Path) -> None:
    wrong = production | {"PORTAL_LANDLORDS": "nobody"}
    refused = run("demo", "--port", str(a_free_port()), "--folder", str(tmp_path / "demo"), environ=wrong)
    assert refused.exit_code == 1
    assert "nobody" in refused.stderr
    assert isinstance(refused.exception, SystemExit)
