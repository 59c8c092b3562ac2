"""A real Dovecot with a configuration of its own: whoever signs in, with any password, has an empty mailbox."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.conftest import missing

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{folder}/mail/%u
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
first_valid_uid = 0
first_valid_gid = 0
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {login}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """Its two ports on 127.0.0.1, and the certificate by which the second is known."""

    plain: int
    tls: int
    certificate: Path


@contextmanager
def running() -> Iterator[Dovecot]:
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None:
        missing("dovecot (apt-get install dovecot-imapd)")
    folder = Path(tempfile.mkdtemp(prefix="portal-dovecot-"))
    try:
        server = Dovecot(_free_port(), _free_port(), folder / "cert.pem")
        _prepare(folder, server)
        with subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")]) as process:
            try:
                _wait(server.plain, process, folder / "log")
                yield server
            finally:
                process.terminate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path, server: Dovecot) -> None:
    """Dovecot gives up being root for users of its own, who need a way here; anybody else stays themselves."""
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    user, group, login = "dovecot", "dovecot", "dovenull"
    if os.getuid() == 0:
        shutil.chown(folder / "mail", user, group)
    else:
        user, group = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
        login = user
    _certify(folder)
    told = CONFIG.format(folder=folder, plain=server.plain, tls=server.tls, user=user, group=group, login=login)
    (folder / "dovecot.conf").write_text(told)


def _certify(folder: Path) -> None:
    """A certificate for "localhost" that it signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers: what is started here is not under our clock."""
    for _ in range(200):
        if process.poll() is not None:
            pytest.fail(f"dovecot ended: {log.read_text() if log.exists() else ''}")
        try:
            with imaplib.IMAP4("127.0.0.1", port):
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("dovecot did not answer within 10 seconds")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
