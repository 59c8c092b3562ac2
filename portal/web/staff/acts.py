"""Everything that staff can do to a case, in the order in which a case page offers it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response
from sqlalchemy.orm import Session
from wtforms.fields import SelectChoice

from portal.actions.acknowledge_complaint import acknowledge_complaint
from portal.actions.assign_handler import assign_handler
from portal.actions.close_complaint import close_complaint
from portal.actions.decline_complaint import decline_complaint
from portal.actions.extend_deadline import extend_deadline
from portal.actions.issue_code import issue_code
from portal.actions.name_staff import name_staff
from portal.actions.request_escalation import request_escalation
from portal.actions.send_response import send_response
from portal.actions.withdraw_complaint import withdraw_complaint
from portal.domain import decline as declining
from portal.domain import references
from portal.domain.actors import answers
from portal.domain.checked import latest
from portal.domain.definition import Definition
from portal.domain.escalation import can_ask_for_stage_2
from portal.domain.events import (
    ComplaintAcknowledged,
    ComplaintClosed,
    ComplaintWithdrawn,
    Event,
    ExtensionReason,
    Finding,
    PointAnswer,
    ResponseSent,
    Stage,
)
from portal.domain.explanation import day_off
from portal.domain.extension import Extension, longest, needs_good_reason
from portal.domain.independence import Candidate, may_handle
from portal.domain.joined import LISTS
from portal.domain.lifecycle import AWAITING_US, MOVES, ONLY_WHEN_ACKNOWLEDGED, Status
from portal.domain.offers import to_account_for
from portal.domain.permissions import Action, Decision, may
from portal.domain.remedy_kinds import OwnDelay
from portal.domain.response import Response as Answer
from portal.domain.saying import say
from portal.domain.second_look import may_go
from portal.web.fragments import page
from portal.web.staff import forms
from portal.web.staff.act import Act, route
from portal.web.staff.answering import start_from_answer
from portal.web.staff.desk import Desk
from portal.web.staff.remedy_rows import offer_owners, offered_in
from portal.web.wording import lazy_gettext as _l

When = dict[str, Any]


def lawful(event: type[Event]) -> Any:
    """Whether the case stands where this event may happen."""
    move = MOVES[event]
    return lambda desk: Decision(desk.case.status in move.before, move.otherwise)


def assignable(desk: Desk) -> Decision:
    return Decision(desk.case.status in AWAITING_US, "This stage has ended: nobody can be assigned to it now.")


def extendable(desk: Desk) -> Decision:
    if desk.case.status is not Status.ACKNOWLEDGED or desk.due is None:
        return Decision(False, ONLY_WHEN_ACKNOWLEDGED)
    late = say("The limit has passed. An extension must be told before the limit (Code 6.4).")
    return Decision(not desk.due.missed(desk.today), late)


def escalatable(desk: Desk) -> Decision:
    return can_ask_for_stage_2(desk.case, desk.rules, desk.today)


def candidates(desk: Desk) -> list[tuple[Any, Decision]]:
    """Everybody who could be assigned, with the reason why some cannot."""
    everyone = sorted(desk.staff.values(), key=lambda each: (each.name.casefold(), each.id))
    return [
        (each, may_handle(Candidate(each.id, each.rank, each.all_roles), desk.case, desk.rules, desk.landlord))
        for each in everyone
        if each.active and each.landlord == desk.case.landlord and answers(each.all_roles)
    ]


def offer_candidates(form: forms.AssignHandler, desk: Desk) -> None:
    """Whoever may not is not offered. One who is sent all the same is taken in, so that the action says why not."""
    offered = [each for each, decision in candidates(desk) if decision or str(each.id) == form.handler_id.data]
    form.handler_id.choices = [SelectChoice(str(each.id), each.name) for each in offered]


def assign(session: Session, desk: Desk, form: forms.AssignHandler, when: When) -> object:
    chosen = int(form.handler_id.data)
    return assign_handler(session, desk.actor, desk.case.reference, chosen, no_conflict=form.no_conflict.data, **when)


def offer_staff(form: forms.NameStaff, desk: Desk) -> None:
    form.user_ids.choices = [SelectChoice(str(each.id), each.name) for each, _ in candidates(desk)]
    if not form.is_submitted():
        form.user_ids.data = [str(user_id) for user_id in desk.case.named_staff]


def name(session: Session, desk: Desk, form: forms.NameStaff, when: When) -> object:
    return name_staff(
        session, desk.actor, desk.case.reference, [int(each) for each in form.user_ids.data or ()], **when
    )


def start_from_first_stage(form: forms.Acknowledge, desk: Desk) -> None:
    """At stage 2 the definition of stage 1 is the one to begin with (Code 6.11), and before that the one of a complaint
    that was joined to this one."""
    first = desk.case.stages[Stage.ONE].acknowledged
    if form.is_submitted():
        return
    joined = next((each for each in desk.case.taken_in if each.points), None)
    begin_with = first if desk.case.stage is Stage.TWO else joined
    if begin_with is None:
        return
    for name in LISTS:
        form[name].process(None, list(getattr(begin_with, name)))


def acknowledge(session: Session, desk: Desk, form: forms.Acknowledge, when: When) -> object:
    definition = Definition(
        points=form.points.filled,
        outcomes=form.outcomes.filled,
        responsible_for=form.responsible_for.filled,
        not_responsible_for=form.not_responsible_for.filled,
        why_still_dissatisfied=form.why_still_dissatisfied.data or "",
    )
    return acknowledge_complaint(session, desk.actor, desk.case.reference, definition, **when)


def new_date(desk: Desk, form: forms.Extend) -> dict[str, Any]:
    """What the form is about, and what the date that was typed would mean."""
    typed = form.new_due.data
    known = typed and desk.rules.calendar.first <= typed <= desk.rules.calendar.last
    return {
        "longest": longest(desk.case, desk.rules),
        "typed": typed,
        "why_not": day_off(desk.rules.calendar.why_not(typed) or "") if known else None,
        "more_days": desk.rules.calendar.between(desk.due.on, typed) if known and desk.due else None,
        "good_reason_needed": bool(typed) and needs_good_reason(desk.case, desk.rules, typed),
        "stage_terms": desk.rules.terms_at(desk.case.stage),
    }


def extend(session: Session, desk: Desk, form: forms.Extend, when: When) -> object:
    every = form.update_every_working_days.data
    wanted = Extension(
        new_due=form.new_due.data,
        reason=ExtensionReason(form.reason.data),
        explanation=form.explanation.data or "",
        good_reason=form.good_reason.data or "",
        update_every_working_days=int(every) if every else None,
        agreed=form.agreed.data,
    )
    return extend_deadline(session, desk.actor, desk.case.reference, wanted, **when)


def points_of(desk: Desk) -> tuple[str, ...]:
    """What the answer has to answer."""
    acknowledged = desk.case.now.acknowledged
    return acknowledged.points if acknowledged else ()


def answerable(desk: Desk) -> Decision:
    where_it_stands: Decision = lawful(ResponseSent)(desk)
    return may_go(desk.case, desk.rules) if where_it_stands else where_it_stands


def lay_out_answers(form: forms.Respond, desk: Desk) -> None:
    """One row for each point, and the owners that a remedy can have; filled in as somebody else was shown it last."""
    shown = latest(desk.case.checks, desk.case.stage)
    if shown and not form.is_submitted():
        start_from_answer(form, shown.asked, points_of(desk))
    while len(form.answers) < len(points_of(desk)):
        form.answers.append_entry()
    offer_owners(form.remedies, (each for each, _ in candidates(desk)))


def answer_of(desk: Desk, form: forms.Respond) -> Answer:
    """What the handler wrote."""
    answers = tuple(
        PointAnswer(
            point=point,
            finding=Finding(row.finding.data),
            reasons=row.reasons.data or "",
            law_and_policy=row.law_and_policy.data or "",
        )
        for point, row in zip(points_of(desk), form.answers, strict=False)
    )
    return Answer(
        answers=answers,
        remedies=offered_in(form.remedies),
        own_delay=OwnDelay(form.own_delay.data) if form.own_delay.data else None,
        own_delay_reason=form.own_delay_reason.data or "",
        changes_to_remedy=form.changes_to_remedy.data or "",
    )


def respond(session: Session, desk: Desk, form: forms.Respond, when: When) -> object:
    return send_response(session, desk.actor, desk.case.reference, answer_of(desk, form), **when)


def facts_of_answer(desk: Desk, _form: forms.Respond) -> dict[str, Any]:
    return {"points": points_of(desk), **facts_of_offer(desk)}


def facts_of_offer(desk: Desk) -> dict[str, Any]:
    """What the policy, or else the Code, says of money, and which limits of the complaint itself were missed."""
    return {
        "compensation": desk.rules.policy.compensation or desk.rules.code.compensation,
        "late_limits": to_account_for(desk.case, desk.rules, desk.today),
    }


def row_of_remedy(form: forms.Respond, name: str) -> str:
    """A remedy that is refused is counted among those that were offered; on the page empty rows may come before it."""
    kind, _, rest = name.partition("-")
    number, _, field = rest.partition("-")
    if kind != "remedies" or not number.isdigit():
        return name
    offered = [index for index, row in enumerate(form.remedies) if not row.form.is_empty]
    return f"remedies-{offered[int(number)]}-{field}"


def offer_grounds(form: forms.Decline, desk: Desk) -> None:
    """The grounds, and what the resident told us of when it was."""
    if not form.is_submitted():
        for name in ("happened_on", "aware_on"):
            told = getattr(desk.case.received, name)
            form[name].process(None, told.isoformat() if told else None)
    form.ground.choices = [SelectChoice(each.key, each.label) for each in declining.grounds_of(desk.rules)]


def decline(session: Session, desk: Desk, form: forms.Decline, when: When) -> object:
    decision = declining.Decline(
        ground=form.ground.data,
        reasons=form.reasons.data or "",
        evidence=form.evidence.data or "",
        circumstances=form.circumstances.data or "",
        claim_filed_on=form.claim_filed_on.data,
        happened_on=form.happened_on.data,
        aware_on=form.aware_on.data,
        earlier_reference=references.reference_from(form.earlier_reference.data or "")
        or form.earlier_reference.data
        or None,
    )
    return decline_complaint(session, desk.actor, desk.case.reference, decision, **when)


def withdraw(session: Session, desk: Desk, form: forms.Withdraw, when: When) -> object:
    said = {"withdrawn_on": form.withdrawn_on.data, "words": form.words.data or ""}
    return withdraw_complaint(session, desk.actor, desk.case.reference, **said, **when)


def close(session: Session, desk: Desk, form: forms.Close, when: When) -> object:
    return close_complaint(session, desk.actor, desk.case.reference, learning=form.learning.data or "", **when)


def escalate(session: Session, desk: Desk, form: forms.RecordEscalation, when: When) -> object:
    said = {"words": form.words.data or "", "channel": form.channel.data, "requested_on": form.requested_on.data}
    return request_escalation(session, desk.actor, desk.case.reference, **said, **when)


def new_code(session: Session, desk: Desk, form: forms.IssueCode, when: When) -> Response:
    """The code is on the answer to this one press and nowhere else: not in a letter, an address or a log."""
    code = references.new_code(secrets.choice)
    check = form.identity_check.data or ""
    issue_code(session, desk.actor, desk.case.reference, code=code, identity_check=check, **when)
    return page("staff/code_issued.html", desk=desk, code=code)


ACTS = (
    Act(
        name="assign",
        action=Action.ASSIGN_HANDLER,
        title=_l("Choose who handles this stage"),
        button=_l("Give them this stage"),
        done=_l("The handler is chosen."),
        form=forms.AssignHandler,
        perform=assign,
        possible=assignable,
        prepare=offer_candidates,
        facts=lambda desk, _form: {
            "candidates": candidates(desk),
            "may_ask": may(desk.actor, Action.ASK_FOR_OVERRIDE, desk.case),
        },
        everyone=True,
    ),
    Act(
        name="acknowledge",
        action=Action.ACKNOWLEDGE_COMPLAINT,
        title=_l("Acknowledge"),
        done=_l("The acknowledgement is on its way."),
        form=forms.Acknowledge,
        perform=acknowledge,
        possible=lawful(ComplaintAcknowledged),
        prepare=start_from_first_stage,
        writes_letter=True,
        rows=dict.fromkeys(("points", "outcomes", "responsible_for", "not_responsible_for"), "staff/_rows.html"),
    ),
    Act(
        name="extend",
        action=Action.EXTEND_DEADLINE,
        title=_l("Take more time for the answer"),
        done=_l("The resident is being told the new date."),
        form=forms.Extend,
        perform=extend,
        possible=extendable,
        facts=new_date,
        fragment="staff/_new_date.html",
        writes_letter=True,
    ),
    Act(
        name="respond",
        action=Action.SEND_RESPONSE,
        title=_l("Answer the complaint"),
        done=_l("The answer is on its way."),
        form=forms.Respond,
        perform=respond,
        possible=answerable,
        prepare=lay_out_answers,
        facts=facts_of_answer,
        writes_letter=True,
        everyone=True,
        place=row_of_remedy,
        rows={"remedies": "staff/_remedies.html"},
    ),
    Act(
        name="escalate",
        action=Action.RECORD_ESCALATION,
        title=_l("Record that the resident asked for stage 2"),
        done=_l("Stage 2 has begun."),
        form=forms.RecordEscalation,
        perform=escalate,
        possible=escalatable,
        writes_letter=True,
    ),
    Act(
        name="decline",
        action=Action.DECLINE_COMPLAINT,
        title=_l("Decline"),
        done=_l("The decision is on its way."),
        form=forms.Decline,
        perform=decline,
        possible=lambda desk: declining.can_be_declined(desk.case),
        prepare=offer_grounds,
        facts=lambda desk, _form: {"grounds": declining.grounds_of(desk.rules)},
        writes_letter=True,
    ),
    Act(
        name="withdraw",
        action=Action.WITHDRAW_COMPLAINT,
        title=_l("Record that the resident withdrew it"),
        done=_l("The complaint is withdrawn."),
        form=forms.Withdraw,
        perform=withdraw,
        possible=lawful(ComplaintWithdrawn),
        writes_letter=True,
    ),
    Act(
        name="close",
        action=Action.CLOSE_COMPLAINT,
        title=_l("Close"),
        done=_l("The complaint is closed. What was promised stays open until it is done."),
        form=forms.Close,
        perform=close,
        possible=lawful(ComplaintClosed),
        writes_letter=True,
    ),
    Act(
        name="named-staff",
        action=Action.NAME_STAFF,
        title=_l("Record which of our staff it is about"),
        button=_l("Record these names"),
        done=_l("The names are recorded."),
        form=forms.NameStaff,
        perform=name,
        prepare=offer_staff,
        everyone=True,
    ),
    Act(
        name="new-code",
        action=Action.ISSUE_CODE,
        title=_l("Give the resident a new secret code"),
        button=_l("Give a new code"),
        done="",
        form=forms.IssueCode,
        perform=new_code,
    ),
)

for _act in ACTS:
    route(_act)
