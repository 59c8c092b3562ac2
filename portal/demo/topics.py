"""What the made-up complaints are about: read from `topics.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from portal.domain.events import Finding, RemedyKind
from portal.domain.remedy_kinds import CompensationHead


@dataclass(frozen=True, slots=True)
class Promise:
    """Something offered in an answer. `days` from the answer, `pounds` where it is money."""

    kind: RemedyKind
    words: str
    days: int | None = None
    pounds: int | None = None
    head: CompensationHead | None = None
    impact: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """A complaint and its answer. `findings` and `reasons` go with `points`, one for one."""

    key: str
    said: str
    wanted: str
    points: tuple[str, ...]
    outcomes: tuple[str, ...]
    ours: tuple[str, ...]
    not_ours: tuple[str, ...]
    findings: tuple[Finding, ...]
    reasons: tuple[str, ...]
    law: str
    promises: tuple[Promise, ...]
    still: str
    learning: str


@cache
def topics() -> tuple[Topic, ...]:
    """All of them, in the order of the file."""
    text = files(__package__).joinpath("topics.toml").read_text(encoding="utf-8")
    return tuple(_topic(table) for table in tomllib.loads(text)["topics"])


def _topic(table: dict[str, Any]) -> Topic:
    points = tuple(table["points"])
    return Topic(
        key=table["key"],
        said=table["said"],
        wanted=table["wanted"],
        points=points,
        outcomes=tuple(table["outcomes"]),
        ours=tuple(table["ours"]),
        not_ours=tuple(table.get("not_ours", ())),
        findings=tuple(Finding(each) for each in table.get("findings", ["upheld"] * len(points))),
        reasons=tuple(table["reasons"]),
        law=table["law"],
        promises=tuple(_promise(each) for each in table["remedies"]),
        still=table["still"],
        learning=table["learning"],
    )


def _promise(table: dict[str, Any]) -> Promise:
    head = CompensationHead(table["head"]) if "head" in table else None
    money = {"pounds": table.get("pounds"), "head": head, "impact": table.get("impact", "")}
    return Promise(RemedyKind(table["kind"]), table["words"], table.get("days"), **money)
