"""Real parts: a scanner and an S3 store, each started once for these tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.records.database import Database
from tests.actions.office import Office
from tests.conftest import missing

SIGNATURES = "Portal.Test.Eicar:0:0:58354f2150254041505b345c505a58353428505e2937434329377d24454943\n"
"""The first half of the antivirus test signature, as a signature of our own: none is downloaded."""


@pytest.fixture
def office(sqlite_database: Database) -> Office:
    return Office(sqlite_database, "ids")


@pytest.fixture(scope="session")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real clamd with one signature."""
    program = shutil.which("clamd")
    if program is None:
        missing("clamd (apt-get install clamav-daemon)")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "test.ndb").write_text(SIGNATURES)
    lines = (
        f"LocalSocket {folder}/clamd.sock\nDatabaseDirectory {folder}\nForeground yes\n"
        f"StreamMaxLength 1M\n{'User root' if os.getuid() == 0 else ''}\n"
    )
    (folder / "clamd.conf").write_text(lines)
    with subprocess.Popen([str(program), "-c", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL) as running:
        try:
            _wait((folder / "clamd.sock").exists, running)
            yield f"unix://{folder}/clamd.sock"
        finally:
            running.terminate()


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a store in a real S3 server, reached over HTTP."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    endpoint = f"http://127.0.0.1:{port}"
    known = {"AWS_ACCESS_KEY_ID": "made", "AWS_SECRET_ACCESS_KEY": "up", "AWS_DEFAULT_REGION": "eu-west-2"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in known.items():
            patch.setenv(name, value)
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen(command, **quiet) as running:  # type: ignore[call-overload]
            try:
                _wait(lambda: _listens(port), running)
                import boto3

                place = {"LocationConstraint": "eu-west-2"}
                boto3.client("s3", endpoint_url=endpoint).create_bucket(
                    Bucket="evidence", CreateBucketConfiguration=place
                )
                yield f"s3://evidence/portal?endpoint={endpoint}"
            finally:
                running.terminate()


def _wait(ready: object, running: subprocess.Popen[bytes]) -> None:
    """Until it is there: what is started here is not under our clock."""
    for _ in range(300):
        if ready():  # type: ignore[operator]
            return
        assert running.poll() is None, "it ended"
        time.sleep(0.1)
    pytest.fail("it did not start within 30 seconds")


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return (tmp_path / "files").as_uri()
