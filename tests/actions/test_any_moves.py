"""Random moves, lawful and not, by random people under every policy, while days pass.

`lawful` is written by hand from the policies and the Code and knows nothing of the code under test.
Whatever it forbids must be refused whole; whatever it allows must be stored; and after every move
the columns are the fold, and both chains verify.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal import landlords
from portal.domain.decline import grounds_of
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Needs
from portal.domain.refusal import Refused
from portal.records import chain
from portal.records.database import Database
from portal.records.history import NotFound, columns_of
from tests.actions.office import Office, repair, rows

# Ranks that may take a stage, from the policies: IVH 5.1, IH L96 and L101, HS 7.6, IDS 6.3.2. Nothing means anybody.
FIRST_RANKS = {"ivh": {"investigating_manager", "head_of_service"}, "ih": {"board_member", "director"}}
SECOND_RANKS = {"ivh": {"head_of_service"}, "ih": {"director"}, "hs": {"business_manager"}, "ids": {"smt"}}
IDS_AFTER_SENIOR = {"cmt"}

OPEN = {"received", "acknowledged"}
PEOPLE = [
    "lead",
    "handler",
    "second",
    "colleague",
    "administrator",
    "oversight",
    "resident",
    "another_resident",
    "anyone",
    "foreign_lead",
    "foreign_handler",
]
DECIDERS = ["lead", "its_handler"] * 4
MOVES = ["acknowledge", "answer", "extend", "escalate", "decline", "withdraw", "close", "name", "complete"]


@dataclass
class Model:
    """What a person would note down of a case on paper."""

    reference: str
    stage: int = 1
    status: str = "received"
    handler: Actor | None = None
    first_handlers: set[int | None] = field(default_factory=set)
    first_rank: str | None = None
    named: set[int | None] = field(default_factory=set)
    open_remedies: list[int] = field(default_factory=list)
    promised: int = 0


class AnyMoves(RuleBasedStateMachine):
    """One landlord's office and a foreign one, two complaints, and whatever anybody tries."""

    database: Database

    @initialize(landlord=st.sampled_from(["ids", "ivh", "hs", "ih", "ms"]))
    def open_the_office(self, landlord: str) -> None:
        self.landlord = landlord
        self.office = Office(self.database, landlord)
        self.foreign = Office(self.database, "ms" if landlord != "ms" else "hs")
        self.today = date(2026, 11, 2)
        self.cases = [Model(self.office.submit(self.today)), Model(self.office.submit(self.today))]

    def actor(self, who: str, case: Model) -> Actor:
        other = next(each for each in self.cases if each is not case)
        return {
            "resident": self.office.resident(case.reference),
            "another_resident": self.office.resident(other.reference),
            "anyone": self.office.anyone(),
            "foreign_lead": self.foreign.lead,
            "foreign_handler": self.foreign.handler,
        }.get(who) or getattr(self.office, who)  # type: ignore[no-any-return]

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.office.notice_missed(self.today)

    @rule(which=st.booleans(), to=st.sampled_from(PEOPLE[:6]), by=st.sampled_from(["lead", "lead", *PEOPLE]))
    def assign(self, which: bool, to: str, by: str) -> None:
        case = self.cases[which]
        chosen, actor = self.actor(to, case), self.actor(by, case)
        lawful = actor == self.office.lead and case.status in OPEN and self.may_take(chosen, case)
        if self.tried(case, lawful, lambda: self.office.assign(case.reference, self.today, to=chosen, actor=actor)):
            case.handler = chosen
            if case.stage == 1:
                case.first_handlers.add(chosen.user_id)
                case.first_rank = chosen.rank

    @rule(which=st.booleans(), steps=st.integers(1, 4))
    def go_on_in_the_usual_way(self, which: bool, steps: int) -> None:
        """So that every status is reached; random moves alone seldom come far."""
        usual = {"received": "acknowledge", "acknowledged": "answer", "responded": "escalate"}
        for _ in range(steps):
            case = self.cases[which]
            if case.status in OPEN and case.handler is None:
                self.assign(which, "handler" if case.stage == 1 else "second", "lead")
            ended = case.status == "responded" and case.stage == 1
            self.move(which, usual.get(case.status, "close"), "resident" if ended else "its_handler")

    @rule(which=st.booleans(), move=st.sampled_from(MOVES), who=st.sampled_from([*PEOPLE, *DECIDERS]))
    def move(self, which: bool, move: str, who: str) -> None:
        case = self.cases[which]
        actor = (case.handler or self.office.lead) if who == "its_handler" else self.actor(who, case)
        lawful, act, note = getattr(self, f"to_{move}")(case, actor)
        if self.tried(case, lawful, act):
            note()

    def tried(self, case: Model, lawful: bool | None, act: Any) -> bool:
        """Do it; whether it was stored. `lawful` is None where the paper does not say."""
        before = rows(self.database)
        stored, why = True, ""
        try:
            act()
        except (Refused, NotFound) as refused:
            stored, why = False, str(refused)
        assert lawful in (None, stored), f"stored: {stored} {why}, lawful: {lawful}, at {case}"
        assert stored or rows(self.database) == before, "something refused left a trace"
        return stored

    def may_take(self, chosen: Actor, case: Model) -> bool:
        if chosen.role not in (Role.HANDLER, Role.LEAD) or chosen.user_id in case.named:
            return False
        if case.stage == 1:
            return chosen.rank in FIRST_RANKS.get(self.landlord, {chosen.rank})
        ranks = SECOND_RANKS.get(self.landlord, {chosen.rank})
        if self.landlord == "ids" and case.first_rank in ("smt", "cmt"):
            ranks = IDS_AFTER_SENIOR
        return chosen.rank in ranks and chosen.user_id not in case.first_handlers

    def at_desk(self, case: Model, actor: Actor) -> bool:
        """The complaints officer, or whoever handles the stage."""
        return actor == self.office.lead or self.handles(case, actor)

    @staticmethod
    def handles(case: Model, actor: Actor) -> bool:
        return case.handler is not None and actor == case.handler

    def staff(self, actor: Actor) -> bool:
        return actor.landlord == self.landlord and actor.role in (Role.HANDLER, Role.LEAD)

    def to_acknowledge(self, case: Model, actor: Actor) -> Any:
        lawful: bool | None = case.status == "received" and self.at_desk(case, actor)
        if lawful and case.handler is None:
            lawful = None  # some policies have the handler named in this letter
        act = lambda: self.office.acknowledge(case.reference, self.today, actor=actor)  # noqa: E731
        return lawful, act, lambda: setattr(case, "status", "acknowledged")

    def to_answer(self, case: Model, actor: Actor) -> Any:
        promise = repair(self.today + timedelta(days=20), self.office.lead)

        def note() -> None:
            case.status = "responded"
            case.promised += 1
            case.open_remedies.append(case.promised)

        act = lambda: self.office.answer(case.reference, self.today, actor=actor, remedies=(promise,))  # noqa: E731
        return case.status == "acknowledged" and self.handles(case, actor), act, note

    def to_extend(self, case: Model, actor: Actor) -> Any:
        due = self.office.case(case.reference).row.due_on or self.today
        calendar = landlords.calendar_for(self.landlord)
        new_due = calendar.after(max(due, self.today), 3)
        terms = {"good_reason": "The roof is unsafe.", "update_every_working_days": 5, "actor": actor}
        act = lambda: self.office.extend(case.reference, self.today, new_due, **terms)  # noqa: E731
        lawful = case.status == "acknowledged" and self.at_desk(case, actor) and self.today <= due
        return lawful, act, lambda: None

    def to_escalate(self, case: Model, actor: Actor) -> Any:
        asks = self.staff(actor) or actor == self.office.resident(case.reference)
        lawful: bool | None = asks and case.stage == 1 and case.status in ("responded", "closed")
        if asks and case.stage == 1 and case.status in OPEN and self.landlord == "ih":
            lawful = None  # IH L100: on once stage 1 is late, which is for the tests of dates

        def note() -> None:
            case.stage, case.status, case.handler = 2, "received", None

        return lawful, lambda: self.office.escalate(case.reference, self.today, actor=actor), note

    def to_decline(self, case: Model, actor: Actor) -> Any:
        rules = self.office.case(case.reference).rules
        ground = next(each.key for each in grounds_of(rules) if each.needs in (None, Needs.COURT_FILING_DATE))
        act = lambda: self.office.decline(case.reference, self.today, actor=actor, ground=ground)  # noqa: E731
        lawful = case.status in OPEN and self.at_desk(case, actor)
        return lawful, act, lambda: setattr(case, "status", "declined")

    def to_withdraw(self, case: Model, actor: Actor) -> Any:
        lawful = case.status in {*OPEN, "responded"} and self.at_desk(case, actor)
        act = lambda: self.office.withdraw(case.reference, self.today, actor=actor)  # noqa: E731
        return lawful, act, lambda: setattr(case, "status", "withdrawn")

    def to_close(self, case: Model, actor: Actor) -> Any:
        lawful = case.status == "responded" and self.at_desk(case, actor)
        act = lambda: self.office.close(case.reference, self.today, actor=actor)  # noqa: E731
        return lawful, act, lambda: setattr(case, "status", "closed")

    def to_name(self, case: Model, actor: Actor) -> Any:
        named = self.office.second
        handles_now = case.status in OPEN and case.handler == named
        act = lambda: self.office.name(case.reference, self.today, named.user_id, actor=actor)  # noqa: E731
        return self.staff(actor) and not handles_now, act, lambda: setattr(case, "named", {named.user_id})

    def to_complete(self, case: Model, actor: Actor) -> Any:
        number = case.open_remedies[0] if case.open_remedies else case.promised + 1
        act = lambda: self.office.complete(case.reference, self.today, number, actor=actor)  # noqa: E731
        lawful = bool(case.open_remedies) and self.at_desk(case, actor)
        return lawful, act, lambda: case.open_remedies.remove(number)

    @invariant()
    def the_paper_and_the_record_agree(self) -> None:
        for case in getattr(self, "cases", ()):
            now = self.office.case(case.reference).case
            assert (now.stage, now.status) == (case.stage, case.status)
            assert now.handler_id == (case.handler.user_id if case.handler else None)

    @invariant()
    def the_columns_are_the_fold(self) -> None:
        for case in getattr(self, "cases", ()):
            file = self.office.case(case.reference)
            stored = {name: getattr(file.row, name) for name in columns_of(file.case, file.rules)}
            assert stored == columns_of(file.case, file.rules)
            assert file.row.version == file.version == len(file.recorded)

    @invariant()
    def the_chains_verify(self) -> None:
        if hasattr(self, "office"):
            with self.database.session() as session:
                assert chain.verify(session, self.landlord) is None
                assert chain.verify(session, self.foreign.landlord) is None


LIMITS = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@pytest.fixture
def on_fresh_copies(_sqlite_template: Path) -> Any:
    """A way to give every run of the machine an empty database of its own."""
    folder = Path(tempfile.mkdtemp())

    class OnSqlite(AnyMoves):
        runs = 0

        def __init__(self) -> None:
            super().__init__()
            OnSqlite.runs += 1
            path = folder / f"{OnSqlite.runs}.db"
            shutil.copyfile(_sqlite_template, path)
            self.database = Database(f"sqlite:///{path}")

        def teardown(self) -> None:
            self.database.close()

    yield OnSqlite
    shutil.rmtree(folder)


def test_any_moves_on_sqlite(on_fresh_copies: Any) -> None:
    run_state_machine_as_test(on_fresh_copies, settings=settings(max_examples=30, stateful_step_count=25, **LIMITS))


def test_any_moves_on_postgresql(postgresql_database: Database) -> None:
    class OnPostgresql(AnyMoves):
        # Each run adds to what is there: a landlord's chain grows through all of them.
        database = postgresql_database

    run_state_machine_as_test(OnPostgresql, settings=settings(max_examples=4, stateful_step_count=15, **LIMITS))
