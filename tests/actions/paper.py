"""What a careful person would note down of a complaint, and what is lawful by the policies and the Code.

Written by hand from the texts: it asks nothing of the code under test.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portal.domain import events
from portal.domain.events import Event
from portal.domain.permissions import Actor, Role

# Ranks that may take a stage: IVH 5.1, IH L96 and L101, HS 7.6, IDS 6.3.2. Nothing means anybody.
FIRST_RANKS = {"ivh": {"investigating_manager", "head_of_service"}, "ih": {"board_member", "director"}}
SECOND_RANKS = {"ivh": {"head_of_service"}, "ih": {"director"}, "hs": {"business_manager"}, "ids": {"smt"}}
IDS_AFTER_SENIOR = {"cmt"}

OPEN = {"received", "acknowledged"}

# What each status lets happen, for whoever may do it. Assignments, names, codes and finished work are noted apart.
LAWFUL_FROM = {
    "acknowledge": {"received"},
    "answer": {"acknowledged"},
    "extend": {"acknowledged"},
    "escalate": {"responded", "closed"},
    "decline": OPEN,
    "withdraw": {*OPEN, "responded"},
    "close": {"responded"},
}

# What the record takes next, even from an action that forgot to ask. IH L100: an unanswered complaint goes on.
RECORD_TAKES: dict[type[Event], set[str]] = {
    events.EscalationRequested: {*OPEN, "responded", "closed"},
    events.ComplaintDeclined: OPEN,
    events.ComplaintWithdrawn: {*OPEN, "responded"},
    events.ComplaintClosed: {"responded"},
}

# The usual next steps, the most usual the most often; so that random moves come far.
USUAL = {
    (1, "received"): ["acknowledge"] * 8 + ["decline", "withdraw"],
    (2, "received"): ["acknowledge"] * 8 + ["decline", "withdraw"],
    (1, "acknowledged"): ["answer"] * 6 + ["extend"] * 2 + ["decline", "withdraw"],
    (2, "acknowledged"): ["answer"] * 6 + ["extend"] * 2 + ["decline", "withdraw"],
    (1, "responded"): ["escalate"] * 6 + ["close", "close", "withdraw", "complete"],
    (2, "responded"): ["close"] * 5 + ["complete"] * 3 + ["withdraw", "issue_code"],
    (1, "closed"): ["escalate"] * 8 + ["complete", "issue_code"],
}
AFTER_THE_END = ["complete", "issue_code"] * 5


@dataclass
class Paper:
    """One complaint."""

    landlord: str
    reference: str
    lead: Actor
    to_be_named: Actor
    stage: int = 1
    status: str = "received"
    handler: Actor | None = None
    first_handlers: set[int | None] = field(default_factory=set)
    first_rank: str | None = None
    named: set[int | None] = field(default_factory=set)
    open_remedies: list[int] = field(default_factory=list)
    promised: int = 0

    def may_take(self, chosen: Actor) -> bool:
        """Whether the present stage may be given to somebody (Code 5.8, 6.13 and the ranks)."""
        if self.status not in OPEN or chosen.landlord != self.landlord or chosen.user_id in self.named:
            return False
        if chosen.role not in (Role.HANDLER, Role.LEAD):
            return False
        if self.stage == 1:
            return chosen.rank in FIRST_RANKS.get(self.landlord, {chosen.rank})
        ranks = SECOND_RANKS.get(self.landlord, {chosen.rank})
        if self.landlord == "ids" and self.first_rank in ("smt", "cmt"):
            ranks = IDS_AFTER_SENIOR
        return chosen.rank in ranks and chosen.user_id not in self.first_handlers

    def take(self, chosen: Actor) -> None:
        self.handler = chosen
        if self.stage == 1:
            self.first_handlers.add(chosen.user_id)
            self.first_rank = chosen.rank

    def allows(self, move: str, actor: Actor) -> bool | None:
        """Whether the move is lawful today but for its dates. None where the paper does not say."""
        if move == "issue_code":
            return self.staff(actor)
        if move == "name":
            handles_now = self.status in OPEN and self.handler == self.to_be_named
            return self.staff(actor) and not handles_now
        if move == "complete":
            return bool(self.open_remedies) and self.staff(actor)  # who owns it need not be who answered
        if move == "escalate":
            return self._may_escalate(actor)
        if self.status not in LAWFUL_FROM[move]:
            return False
        if move == "answer":
            return self.handles(actor)
        if move == "withdraw" and self.is_its_resident(actor):
            return True
        if move == "acknowledge" and self.handler is None and self.at_desk(actor):
            return None  # some policies have the handler named in this letter
        return self.at_desk(actor)

    def _may_escalate(self, actor: Actor) -> bool | None:
        if self.stage == 2 or not (self.is_its_resident(actor) or self.staff(actor)):
            return False
        if self.status in OPEN and self.landlord == "ih":
            return None  # IH L100: on once stage 1 is late, which is for the tests of dates
        return self.status in LAWFUL_FROM["escalate"]

    def record_takes(self, kind: type[Event]) -> bool:
        """Whether the record may hold such an event next, whoever asks."""
        if kind is events.EscalationRequested and self.stage == 2:
            return False
        return self.status in RECORD_TAKES[kind]

    def note(self, move: str) -> None:
        """Write down that it has happened."""
        after = {
            "acknowledge": "acknowledged",
            "answer": "responded",
            "decline": "declined",
            "withdraw": "withdrawn",
            "close": "closed",
        }
        self.status = after.get(move, self.status)
        if move == "answer":
            self.promised += 1
            self.open_remedies.append(self.promised)
        elif move == "complete":
            self.open_remedies.pop(0)
        elif move == "name":
            self.named = {self.to_be_named.user_id}
        elif move == "escalate":
            self.stage, self.status, self.handler = 2, "received", None

    def is_its_resident(self, actor: Actor) -> bool:
        return actor.role is Role.RESIDENT and actor.case_reference == self.reference

    def staff(self, actor: Actor) -> bool:
        return actor.landlord == self.landlord and actor.role in (Role.HANDLER, Role.LEAD)

    def at_desk(self, actor: Actor) -> bool:
        """The complaints officer, or whoever handles the stage."""
        return actor == self.lead or self.handles(actor)

    def handles(self, actor: Actor) -> bool:
        return self.handler is not None and actor == self.handler
