"""Random moves, lawful and not, by random people under every policy, while days pass.

`paper.py` says what is lawful. Whatever it forbids must be refused whole, by the action and again by the
record itself; whatever it allows must be stored; and after every move the columns are the fold.
Most moves carry a complaint on in the usual way: random moves alone seldom come far. A failure prints a line beginning
with `@reproduce_failure`: written above the machine that failed, it repeats it. `PORTAL_TEST_MOVES=300` looks further.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal import landlords
from portal.domain.decline import grounds_of
from portal.domain.events import EVENTS, ComplaintClosed, ComplaintDeclined, ComplaintWithdrawn, EscalationRequested
from portal.domain.owed import next_due
from portal.domain.permissions import Action, Actor, Role, may
from portal.domain.policy import Needs
from portal.domain.refusal import Refused
from portal.records import chain
from portal.records.database import Database
from portal.records.history import CaseFile, NotFound, append
from tests.actions.office import Office, repair, rows, ten_oclock
from tests.actions.paper import AFTER_THE_END, OPEN, USUAL, Paper
from tests.domain.test_permissions import NO_CASE_NEEDED

LANDLORDS = ["ids", "ivh", "hs", "ih", "ms"]
STATUSES = ["received", "acknowledged", "responded", "declined", "withdrawn", "closed"]
MOVES = [
    "acknowledge",
    "answer",
    "extend",
    "escalate",
    "decline",
    "withdraw",
    "close",
    "name",
    "complete",
    "issue_code",
]
HANDLERS = ["handler", "second", "senior", "lead", "colleague"]
PEOPLE = [*HANDLERS, "administrator", "auditor", "resident", "another_resident", "anyone"]
FOREIGN = ["foreign_lead", "foreign_handler"]

# Through every position, whose forbidden moves are all tried there.
TOURS = [
    ["acknowledge", "extend", "answer", "escalate", "acknowledge", "extend", "answer", "close", "complete"],
    ["acknowledge", "answer", "close", "escalate", "decline", "issue_code"],
    ["acknowledge", "answer", "escalate", "acknowledge", "answer", "withdraw", "name"],
    ["acknowledge", "answer", "withdraw"],
    ["decline"],
]

# They move no case, or two at once; `test_adjustments.py`, `test_calls.py`, `test_evidence.py`, `test_joining.py`,
# `test_linking.py`, `test_ombudsman.py`,
# `test_lost_code.py`, `test_messages.py`, `test_referrals.py`, `test_representatives.py` and
# `test_what_residents_change.py` go through them.
MOVES_NO_CASE = {
    "adjustment_requested",
    "adjustment_decided",
    "adjustment_applied",
    "adjustment_set_aside",
    "adjustment_reviewed",
    "condition_told",
    "evidence_added",
    "evidence_checked",
    "evidence_removed",
    "code_requested",
    "message_received",
    "call_back_requested",
    "issue_raised",
    "issue_decided",
    "message_sent",
    "messages_read",
    "contact_changed",
    "contact_confirmed",
    "language_chosen",
    "person_joined",
    "complaint_taken_in",
    "complaint_joined",
    "taking_in_undone",
    "joining_undone",
    "group_formed",
    "member_joined",
    "member_left",
    "lead_offered",
    "lead_changed",
    "lead_left",
    "member_code_requested",
    "member_contact_changed",
    "member_language_chosen",
    "member_letter",
    "member_code_issued",
    "remedy_reported",
    "remedy_added",
    "remedy_overdue",
    "payment_moved",
    "contact_restricted",
    "contact_restriction_reviewed",
    "contact_restriction_appealed",
    "contact_appeal_decided",
    "feedback_given",
    "resident_called",
    "contact_recorded",
    "letter_handed_over",
    "representative_added",
    "authority_asked",
    "authority_recorded",
    "authority_ended",
    "representative_code_issued",
    "representative_language_chosen",
    "letter_copied",
    "part_referred",
    "law_limit_missed",
    "referral_moved",
    "building_safety_judged",
    "request_linked",
    "area_chosen",
    "complaint_restricted",
    "mail_filed",
    "pack_made",
    "restriction_lifted",
    "complaint_linked",
    "link_ended",
    "override_asked",
    "override_decided",
    "complaint_triaged",
    "vulnerability_told",
    "updates_agreed",
    "check_asked",
    "check_decided",
    "bank_holiday_added",
    "bank_holiday_removed",
    "ombudsman_enquired",
    "ombudsman_evidence_sent",
    "ombudsman_directed",
    "ombudsman_determined",
    "ombudsman_order_done",
}


which_case = st.integers(0, 1)
steps = st.lists(st.sampled_from(range(10)), max_size=6)


class AnyMoves(RuleBasedStateMachine):
    """One landlord's office and a foreign one, two complaints, and whatever anybody tries."""

    database: Database
    reached: ClassVar[Counter[Any]]

    @initialize(landlord=st.sampled_from(LANDLORDS), first=steps, second=steps)
    def open_the_office(self, landlord: str, first: list[int], second: list[int]) -> None:
        self.landlord = landlord
        self.office = Office(self.database, landlord)
        self.senior = self.office.another("cmt" if landlord == "ids" else None)
        self.foreign = Office(self.database, "ms" if landlord != "ms" else "hs")
        self.today = date(2026, 11, 2)
        self.papers = [self.submitted(), self.submitted()]
        self.carry_on(0, first)
        self.carry_on(1, second)

    def submitted(self) -> Paper:
        return Paper(self.landlord, self.office.submit(self.today), self.office.lead, self.office.second)

    def actor(self, who: str, paper: Paper) -> Actor:
        other = next(each for each in self.papers if each is not paper)
        known = {
            "resident": self.office.resident(paper.reference),
            "another_resident": self.office.resident(other.reference),
            "anyone": self.office.anyone(),
            "senior": self.senior,
            "foreign_lead": self.foreign.lead,
            "foreign_handler": self.foreign.handler,
        }
        return known[who] if who in known else getattr(self.office, who)  # type: ignore[no-any-return]

    @rule(days=st.integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.office.notice_missed(self.today)

    @rule(which=which_case, choices=steps)
    def carry_on(self, which: int, choices: list[int]) -> None:
        """The next steps of most complaints; each must be stored."""
        paper = self.papers[which]
        for choice in choices:
            if not self.given_to_somebody(which, choice):
                self.move(which, "withdraw", "lead")
                return
            move = USUAL.get((paper.stage, paper.status), AFTER_THE_END)[choice]
            by_resident = move == "escalate" and choice % 2
            self.move(which, move, "resident" if by_resident else "its_handler")

    def given_to_somebody(self, which: int, choice: int) -> bool:
        """False where everybody who has the rank is named, or has handled stage 1."""
        paper = self.papers[which]
        if paper.status not in OPEN or paper.handler is not None:
            return True
        able = [each for each in HANDLERS if paper.may_take(self.actor(each, paper))]
        if able:
            self.assign(which, able[choice % len(able)], "lead")
        return bool(able)

    @rule(which=which_case, to=st.sampled_from([*HANDLERS, *PEOPLE]), by=st.sampled_from(["lead", *PEOPLE, *FOREIGN]))
    def assign(self, which: int, to: str, by: str) -> None:
        paper = self.papers[which]
        chosen, actor = self.actor(to, paper), self.actor(by, paper)
        lawful = actor == self.office.lead and paper.may_take(chosen)
        if self.tried(paper, lawful, self.assigning(paper, chosen, actor)):
            paper.take(chosen)

    @rule(which=which_case, move=st.sampled_from(MOVES), who=st.sampled_from([*PEOPLE, *FOREIGN, "its_handler"]))
    def move(self, which: int, move: str, who: str) -> None:
        paper = self.papers[which]
        actor = (paper.handler or self.office.lead) if who == "its_handler" else self.actor(who, paper)
        if self.tried(paper, self.lawful(paper, move, actor), self.doing(paper, move, actor)):
            paper.note(move)

    @rule(which=which_case)
    def ask_for_time_too_late(self, which: int) -> None:
        """On the day after the limit (Code 6.4)."""
        paper = self.papers[which]
        due = self.due(paper)
        if paper.status in OPEN and due is not None:
            self.today = max(self.today, due + timedelta(days=1))
            assert not self.tried(paper, False, self.doing(paper, "extend", paper.handler or self.office.lead))
            self.office.notice_missed(self.today)

    @rule(which=which_case)
    def try_whatever_is_forbidden(self, which: int) -> None:
        """Everything that those nearest to the complaint, or somebody of another landlord, may not do now."""
        paper = self.papers[which]
        near = {self.actor(who, paper) for who in ("lead", "resident", "foreign_lead")}
        near |= {paper.handler} if paper.handler else set()
        before = rows(self.database)
        for actor in sorted(near, key=repr):
            for move in MOVES:
                if self.lawful(paper, move, actor) is False:
                    refused(self.doing(paper, move, actor), f"{move} by {actor}, at {paper}")
        for who in (*PEOPLE[:7], *FOREIGN):
            chosen = self.actor(who, paper)
            if not paper.may_take(chosen):
                refused(self.assigning(paper, chosen, self.office.lead), f"{who} was given {paper}")
        self.put_on_record_what_no_action_would(paper)
        assert rows(self.database) == before, "something refused left a trace"

    def put_on_record_what_no_action_would(self, paper: Paper) -> None:
        file = self.office.case(paper.reference)
        for forced in (
            EscalationRequested(requested_on=self.today, channel="online"),
            ComplaintDeclined(stage=file.case.stage, ground="court"),
            ComplaintWithdrawn(withdrawn_on=self.today),
            ComplaintClosed(),
        ):
            if not paper.record_takes(type(forced)):
                refused(lambda forced=forced: self.force(file, forced), f"the record took {forced.kind} at {paper}")

    def force(self, file: CaseFile, forced: Any) -> None:
        with self.database.rehearsal() as session:
            append(session, file, forced, by=self.office.lead, at=ten_oclock(self.today))

    def tried(self, paper: Paper, lawful: bool | None, act: Callable[[], object]) -> bool:
        """Do it; whether it was stored. `lawful` is None where the paper does not say."""
        before = rows(self.database)
        stored, why = True, ""
        try:
            act()
        except (Refused, NotFound) as error:
            stored, why = False, str(error)
        assert lawful in (None, stored), f"stored: {stored} {why}, lawful: {lawful}, at {paper}"
        assert stored or rows(self.database) == before, "something refused left a trace"
        return stored

    def lawful(self, paper: Paper, move: str, actor: Actor) -> bool | None:
        allowed = paper.allows(move, actor)
        due = self.due(paper) if move == "extend" and allowed else None
        return allowed and (due is None or self.today <= due)

    def due(self, paper: Paper) -> date | None:
        file = self.office.case(paper.reference)
        due = next_due(file.case, file.rules)
        return due.on if due else None

    def assigning(self, paper: Paper, chosen: Actor, actor: Actor) -> Callable[[], object]:
        return lambda: self.office.assign(paper.reference, self.today, to=chosen, actor=actor)

    def doing(self, paper: Paper, move: str, actor: Actor) -> Callable[[], object]:
        return lambda: getattr(self.office, move)(
            paper.reference, self.today, *self.arguments(paper, move), actor=actor, **self.words(paper, move)
        )

    def arguments(self, paper: Paper, move: str) -> list[Any]:
        if move == "extend":
            latest = max(self.due(paper) or self.today, self.today)
            return [landlords.calendar_for(self.landlord).after(latest, 3)]
        if move == "complete":
            return [paper.open_remedies[0] if paper.open_remedies else paper.promised + 1]
        return [paper.to_be_named.user_id] if move == "name" else []

    def words(self, paper: Paper, move: str) -> dict[str, Any]:
        if move == "extend":
            return {"good_reason": "The roof is unsafe.", "update_every_working_days": 5}
        if move == "answer":
            return {"remedies": (repair(self.today + timedelta(days=20), self.office.lead),)}
        if move == "decline":
            rules = self.office.case(paper.reference).rules
            return {
                "ground": next(each.key for each in grounds_of(rules) if each.needs in (None, Needs.COURT_FILING_DATE))
            }
        return {}

    @invariant()
    def the_record_is_as_the_paper_says(self) -> None:
        for paper in getattr(self, "papers", ()):
            self.reached[paper.stage, paper.status] += 1
            file = self.office.case(paper.reference)
            case = file.case
            assert (case.stage, case.status) == (paper.stage, paper.status)
            assert case.handler_id == (paper.handler.user_id if paper.handler else None)
            assert file.row.version == file.version == len(file.recorded)
            assert columns(file) == fold(file)

    @invariant()
    def another_landlord_may_do_nothing_with_it(self) -> None:
        """By the table alone: the query that finds no foreign complaint is a second bar, and not the only one."""
        if hasattr(self, "papers"):
            case = self.office.case(self.papers[0].reference).case
            resident = Actor(role=Role.RESIDENT, landlord=self.foreign.landlord, case_reference=case.reference)
            for actor in (self.foreign.lead, self.foreign.handler, self.foreign.auditor, resident):
                assert not [each for each in set(Action) - NO_CASE_NEEDED if may(actor, each, case)]

    def teardown(self) -> None:
        if not hasattr(self, "papers"):
            return
        with self.database.session() as session:
            assert chain.verify(session, self.landlord) is None
            assert chain.verify(session, self.foreign.landlord) is None
        for paper in self.papers:
            self.reached.update(each.event.kind for each in self.office.case(paper.reference).recorded)


def refused(act: Callable[[], object], what: str) -> None:
    try:
        act()
    except (Refused, NotFound):
        return
    raise AssertionError(f"not refused: {what}")


def columns(file: CaseFile) -> dict[str, Any]:
    """What the queue reads of a complaint."""
    row = file.row
    return {
        "stage": row.stage,
        "status": row.status,
        "is_open": row.is_open,
        "received_on": row.received_on,
        "due_on": row.due_on,
        "due_key": row.due_key,
        "handler_id": row.handler_id,
        "resident_name": row.resident_name,
        "flags": tuple(row.flags),
    }


def fold(file: CaseFile) -> dict[str, Any]:
    """The same, worked out from what happened."""
    due = next_due(file.case, file.rules)
    return {
        "stage": file.case.stage,
        "status": file.case.status,
        "is_open": file.case.status in OPEN,
        "received_on": file.case.received.received_on,
        "due_on": due.on if due else None,
        "due_key": due.key if due else None,
        "handler_id": file.case.handler_id,
        "resident_name": file.case.received.person.name,
        "flags": tuple(file.case.flags),
    }


EXAMPLES = int(os.environ.get("PORTAL_TEST_MOVES", "15"))

# Other moves each time. A failure is shown as it is, with what repeats it: to shorten it takes minutes. For that
# reason nothing is kept for the next run either.
OTHERS_EACH_TIME: dict[str, Any] = {
    "deadline": None,
    "print_blob": True,
    "phases": [Phase.generate],
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


@pytest.mark.parametrize("landlord", LANDLORDS)
def test_each_position_refuses_what_is_forbidden_there(landlord: str, one_database: Database) -> None:
    reached: Counter[Any] = Counter()
    machine: AnyMoves = type("Tour", (AnyMoves,), {"database": one_database, "reached": reached})()
    machine.open_the_office(landlord, [], [])
    for tour in TOURS:
        paper = machine.submitted()
        machine.papers.append(paper)
        for move in tour:
            assert machine.given_to_somebody(-1, 0)
            machine.move(-1, move, "its_handler")
            if (paper.stage, paper.status) not in reached:
                machine.try_whatever_is_forbidden(-1)
            machine.the_record_is_as_the_paper_says()
            machine.another_landlord_may_do_nothing_with_it()
    machine.papers.append(machine.submitted())
    machine.given_to_somebody(-1, 0)
    machine.move(-1, "acknowledge", "its_handler")
    machine.ask_for_time_too_late(-1)
    machine.teardown()
    wanted = {(stage, status) for stage in (1, 2) for status in STATUSES} | EVENTS.keys() - MOVES_NO_CASE
    assert reached.keys() == wanted


@pytest.fixture
def template(_sqlite_template: Path) -> Path:
    """An empty database, to be copied for each run."""
    return _sqlite_template


def test_any_moves_on_sqlite(template: Path, tmp_path: Path) -> None:
    class OnSqlite(AnyMoves):
        runs = 0
        reached = Counter()

        def __init__(self) -> None:
            super().__init__()
            OnSqlite.runs += 1
            path = tmp_path / f"{OnSqlite.runs}.db"
            shutil.copyfile(template, path)
            self.database = Database(f"sqlite:///{path}")

        def teardown(self) -> None:
            super().teardown()
            self.database.close()

    run_state_machine_as_test(
        OnSqlite, settings=settings(max_examples=EXAMPLES, stateful_step_count=10, **OTHERS_EACH_TIME)
    )


def test_any_moves_on_postgresql(postgresql_database: Database) -> None:
    class OnPostgresql(AnyMoves):
        # Each run adds to what is there: a landlord's chain grows through all of them.
        database = postgresql_database
        reached = Counter()

    run_state_machine_as_test(
        OnPostgresql, settings=settings(max_examples=-(-EXAMPLES // 3), stateful_step_count=6, **OTHERS_EACH_TIME)
    )
