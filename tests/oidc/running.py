"""A real provider of identities, started once for all tests of a process, and somebody who signs in at it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests

from tests.conftest import missing
from tests.oidc.install import FOLDER, node

CLIENT, SECRET = "portal", "what the provider knows the tests by"
BASE = "http://127.0.0.1:5000"
SECONDS = 20


@dataclass
class RunningProvider:
    """`issuer` is where it listens."""

    issuer: str

    def knows(self, subject: str, **claims: object) -> None:
        """From now on there is somebody of whom it says so."""
        requests.post(f"{self.issuer}/test/people/{subject}", json=claims, timeout=SECONDS).raise_for_status()

    def begins_anew(self) -> None:
        """With other keys, and nobody signed in."""
        requests.post(f"{self.issuer}/test/anew", timeout=SECONDS).raise_for_status()

    def sign_in(self, address: str, **as_whom: str) -> str:
        """Open the address that the portal leads to, say who one is, and come back: the address that this leads to."""
        with requests.Session() as browser:
            page = browser.get(address, allow_redirects=False, timeout=SECONDS)
            while page.status_code in (302, 303):
                address = requests.compat.urljoin(page.url, page.headers["Location"])
                if address.startswith(BASE):
                    return address.removeprefix(BASE)
                asked = "/test/interaction/" in address
                page = browser.get(address, params=as_whom if asked else None, allow_redirects=False, timeout=SECONDS)
            raise AssertionError(f"the provider answers {page.status_code} at {urlsplit(address).path}: {page.text}")


def client(*landlords: str) -> dict[str, object]:
    """The portal, as the provider is told of it."""
    return {
        "client_id": CLIENT,
        "client_secret": SECRET,
        "redirect_uris": [f"{BASE}/{key}/staff/sign-in/provider/back" for key in landlords],
        "post_logout_redirect_uris": [f"{BASE}/{key}/staff/sign-in" for key in landlords],
    }


@contextmanager
def running(*clients: dict[str, object]) -> Iterator[RunningProvider]:
    """Skips the test, with what to do, where Node or its packages are not there."""
    command = node()
    if command is None or not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        missing("A provider of identities (python -m tests.oidc.install)")
    started = subprocess.Popen(
        [command, "provider.mjs"],
        cwd=FOLDER,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        print(json.dumps({"clients": clients}), file=started.stdin, flush=True)
        yield RunningProvider(started.stdout.readline().strip())
    finally:
        started.terminate()
        started.wait()
        started.stdin.close()
        started.stdout.close()
