"""Real servers in processes of their own, with what they use of the machine."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.supply import DATABASE

WORKERS = 2
TICKS = os.sysconf("SC_CLK_TCK")
STARTS_WITHIN_SECONDS = 60
ROOT = Path(__file__).parents[2]

START = "from portal.serving import run_server; run_server('127.0.0.1', {port}, {workers}, 'tests.benchmarks.{name}')"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: Granian with `WORKERS` processes."""

    port: int
    pid: int

    def cpu_seconds(self) -> float:
        """What all of its processes have used so far."""
        return sum(_cpu(pid) for pid in (self.pid, *_children(self.pid)))

    def megabytes(self) -> float:
        """Memory of the worker processes; what they share is counted once."""
        return sum(_proportional(pid) for pid in _children(self.pid)) / 1024


@contextmanager
def running(name: str, url: str) -> Iterator[Server]:
    """Serve an application, named like `floor:floor`, on a database until the block ends."""
    port = _free_port()
    command = [sys.executable, "-c", START.format(port=port, workers=WORKERS, name=name)]
    environment = {**os.environ, DATABASE: url, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(STARTS_WITHIN_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(STARTS_WITHIN_SECONDS * 10):
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start: run {process.args!r} to see why")


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    children = [int(each) for each in listed.split()]
    return children + [below for child in children for below in _children(child)]


def _cpu(pid: int) -> float:
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / TICKS


def _proportional(pid: int) -> int:
    """Proportional set size in kB."""
    found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) if found else 0
