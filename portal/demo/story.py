"""One made-up complaint, and what its resident and the staff do: each verb calls the real action."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import landlords
from portal.actions.acknowledge_complaint import acknowledge_complaint
from portal.actions.add_evidence import add_evidence
from portal.actions.answer_message import answer_message
from portal.actions.apply_adjustment import apply_adjustment
from portal.actions.ask_for_code import ask_for_code, send_way_to_code
from portal.actions.assign_handler import assign_handler
from portal.actions.call_resident import call_resident
from portal.actions.change_contact import change_contact
from portal.actions.check_evidence import check_evidence
from portal.actions.choose_language import choose_language
from portal.actions.close_complaint import close_complaint
from portal.actions.decide_adjustment import decide_adjustment
from portal.actions.decide_issue import decide_issue
from portal.actions.declare_interests import declare_interests
from portal.actions.decline_complaint import decline_complaint
from portal.actions.extend_deadline import extend_deadline
from portal.actions.form_group import form_group
from portal.actions.give_feedback import give_feedback
from portal.actions.issue_code import issue_code
from portal.actions.issue_member_code import issue_member_code
from portal.actions.join_group import join_group
from portal.actions.join_person import join_person
from portal.actions.leave_group import leave_group
from portal.actions.name_staff import name_staff
from portal.actions.raise_issue import raise_issue
from portal.actions.read_messages import read_messages
from portal.actions.record_call import record_call
from portal.actions.record_posting import record_posting
from portal.actions.remove_evidence import remove_evidence
from portal.actions.renew_code import renew_code
from portal.actions.report_remedy import report_remedy
from portal.actions.request_adjustment import request_adjustment
from portal.actions.request_call_back import request_call_back
from portal.actions.request_escalation import request_escalation
from portal.actions.review_adjustment import review_adjustment
from portal.actions.send_message import send_message
from portal.actions.send_response import send_response
from portal.actions.submit_complaint import submit_complaint
from portal.actions.tell_condition import tell_condition
from portal.actions.withdraw_complaint import withdraw_complaint
from portal.demo import remedies
from portal.demo.evidence import Sample, bring
from portal.demo.office import Office
from portal.demo.topics import Topic
from portal.domain.adjustment_kinds import Adjustment, AdjustmentScope, Outcome, ReviewOutcome
from portal.domain.adjustments import Ruling, Wish, agreed, to_decide
from portal.domain.anonymous import Known
from portal.domain.case import Case, Rules
from portal.domain.contact import contact_of
from portal.domain.decline import Decline, grounds_of
from portal.domain.definition import Definition
from portal.domain.escalation import can_ask_for_stage_2
from portal.domain.events import ExtensionReason, Person, PointAnswer, ReplyBy, Stage
from portal.domain.evidence import FileState
from portal.domain.extension import Extension, longest, needs_good_reason
from portal.domain.feedback_events import Rating
from portal.domain.group import NewMember
from portal.domain.independence import Candidate, has_declared, may_handle
from portal.domain.interest_events import Conflict
from portal.domain.interpreting import Interpreting, Spoken
from portal.domain.message_events import CallTime
from portal.domain.messages import issues_to_decide
from portal.domain.new_issue import Answers
from portal.domain.owed import next_due
from portal.domain.partial_date import PartialDate
from portal.domain.permissions import Actor, Role
from portal.domain.policy import Ground, Needs
from portal.domain.references import new_code
from portal.domain.remedy_kinds import OwnDelay
from portal.domain.representation import NewRepresentative
from portal.domain.response import Response
from portal.domain.submission import Submission
from portal.records import queries
from portal.records.files import Store
from portal.records.history import CaseFile
from portal.records.models import LetterState, Link

ONLINE = "online"


@dataclass(slots=True)
class Story:
    """A complaint to this office about this topic. `session` and `now` are set for each day on which it goes on."""

    office: Office
    store: Store
    topic: Topic
    person: Person
    dice: Random
    ended: list[str]
    """References of this landlord's complaints that have ended, shared by all its stories."""
    reference: str = ""
    code: str = ""
    session: Session = field(init=False)
    now: datetime = field(init=False)
    file: CaseFile = field(init=False)
    """As the latest act left it, so that it need not be read again."""

    @property
    def case(self) -> Case:
        return self.file.case

    @property
    def rules(self) -> Rules:
        return self.file.rules

    # When things happen. Each is a day on which the story goes on.

    def later(self, working_days: int) -> date:
        return self.office.calendar.after(self.now.date(), working_days)

    def before_due(self, working_days: int) -> date:
        """So many working days before what the landlord owes next, but not before tomorrow."""
        day = self._due()
        for _ in range(working_days):
            day = self.office.calendar.previous(day)
        return max(day, self.later(1))

    def after_due(self, working_days: int) -> date:
        return self.office.calendar.after(self._due(), working_days)

    def _due(self) -> date:
        due = next_due(self.case, self.rules)
        assert due is not None, "asked for only while something is owed"
        return due.on

    # What residents do.

    def receive(
        self,
        *,
        channel: str = ONLINE,
        days_before: int = 0,
        change: Callable[[Submission], Submission] = lambda submission: submission,
        representative: NewRepresentative | None = None,
        by: Actor | None = None,
    ) -> None:
        """The complaint comes in; through staff where it is not online. `change` makes it unlike the usual one."""
        submission = Submission(
            what_happened=self.topic.said,
            outcome_wanted=self.topic.wanted,
            channel=channel,
            received_on=self.now.date() - timedelta(days=days_before),
            person=self.person,
            reply_by=ReplyBy.EMAIL,
        )
        sender = self._anyone() if channel == ONLINE else self.dice.choice(self.office.handlers)
        self.code = new_code(secrets.choice)
        self.file = submit_complaint(
            self.session,
            by or (Actor(role=Role.REPRESENTATIVE, landlord=self.office.landlord.key) if representative else sender),
            self.office.landlord.key,
            change(submission),
            code=self.code,
            representative=representative,
            secret_key=secrets.token_hex(),  # the links of made-up pasts lead nowhere
            now=self.now,
        )
        self.reference = self.file.row.reference

    def ask_for_stage_2(self, words: str = "", channel: str = ONLINE) -> None:
        actor = self._resident() if channel == ONLINE else self.office.lead
        self.file = request_escalation(self.session, actor, self.reference, words=words, channel=channel, now=self.now)

    def add_file(self, sample: Sample, *, by_staff: bool = False) -> UUID:
        """A file comes in, and is looked at as the worker would."""
        landlord = self.office.landlord.key
        evidence_id = bring(self.session, self.store, landlord, sample, self.dice, self.now)
        actor = self.office.lead if by_staff else self._resident()
        add_evidence(self.session, actor, self.reference, evidence_id, now=self.now)
        if sample.state is not FileState.CHECKING:
            check_evidence(self.session, landlord, evidence_id, sample.state, sample.why, None, now=self.now)
        self._reread()
        return evidence_id

    def take_back(self, evidence_id: UUID) -> None:
        self.file = remove_evidence(self.session, self._resident(), self.reference, evidence_id, now=self.now)

    def write_to_staff(self) -> None:
        words = "The plumber came and could not get in. Is there another date?"
        self.file = send_message(self.session, self._resident(), self.reference, words=words, now=self.now)

    def ask_for_a_call(self) -> None:
        self.file = request_call_back(
            self.session,
            self._resident(),
            self.reference,
            phone=self.case.received.person.phone or "01632 960999",
            times=(CallTime.MORNING,),
            voicemail=False,
            now=self.now,
        )

    def raise_issue(self) -> None:
        words = "While they were here they left the hallway light broken."
        self.file = raise_issue(self.session, self._resident(), self.reference, words=words, now=self.now)

    def move_to_another_number(self) -> None:
        new = replace(contact_of(self.case.received), phone="01632 960888")
        self.file = change_contact(self.session, self._resident(), self.reference, new, now=self.now)

    def say_how_it_went(self) -> None:
        """Whether the first promise was kept, and two answers about the whole of it."""
        come = [each for each in self.case.open_remedies if each.can_be_reported(self.now.date())]
        for remedy in come[:1]:
            self.file = report_remedy(
                self.session,
                self._resident(),
                self.reference,
                remedy.number,
                done=False,
                words="Nobody has come yet.",
                now=self.now,
            )
        self.file = give_feedback(
            self.session, self._resident(), self.reference, easy=Rating.YES, listened=Rating.PARTLY, now=self.now
        )

    def may_ask_for_stage_2(self) -> bool:
        return bool(can_ask_for_stage_2(self.case, self.rules, self.now.date()))

    # What staff do.

    def assign(self, *, somebody_else: bool = False) -> None:
        """Give the stage to somebody who may have it."""
        may = [
            each
            for each in self.office.handlers
            if each.user_id is not None
            and may_handle(Candidate(each.user_id, each.rank, each.roles), self.case, self.rules, self.office.landlord)
            and not (somebody_else and each.user_id == self.case.handler_id)
        ]
        chosen = self.dice.choice(may).user_id
        assert chosen is not None, "everybody in an office has an account"
        self.file = assign_handler(
            self.session, self.office.lead, self.reference, chosen, no_conflict=True, now=self.now
        )
        if not has_declared(self.case):
            self.declare()

    def declare(self, conflict: Conflict | None = None, words: str = "") -> None:
        """The handler says what ties them to it."""
        self.file = declare_interests(
            self.session, self._handler(), self.reference, conflict, words=words, now=self.now
        )

    def name(self, how_many: int = 1) -> None:
        """Record that the complaint is about people who work here."""
        named = [each.user_id for each in self.dice.sample(self.office.handlers, how_many) if each.user_id is not None]
        self.file = name_staff(self.session, self.office.lead, self.reference, named, now=self.now)

    def acknowledge(self) -> None:
        again = self.case.stage is Stage.TWO
        definition = Definition(
            points=self.topic.points,
            outcomes=self.topic.outcomes,
            responsible_for=self.topic.ours,
            not_responsible_for=self.topic.not_ours,
            why_still_dissatisfied=self.topic.still if again else "",
        )
        self.file = acknowledge_complaint(self.session, self._handler(), self.reference, definition, now=self.now)

    def answer_message(self) -> None:
        words = "We are sorry. The plumber comes again on Monday between 9am and noon, and rings before."
        self.file = answer_message(self.session, self._handler(), self.reference, words=words, now=self.now)

    def see_to_messages(self) -> None:
        words = "Called in the morning as asked: she knows the new date."
        self.file = read_messages(self.session, self._handler(), self.reference, words=words, now=self.now)

    def add_issue(self) -> None:
        reason = "It was done during the same repair, and stage 1 is not answered yet."
        self.decide_issue(
            Answers(
                related=True,
                why_related="The same visit.",
                delays=False,
                why_delays="The same surveyor looks at it on Friday.",
                reason=reason,
            )
        )

    def decide_issue(self, answers: Answers) -> None:
        (issue,) = issues_to_decide(self.case.messages)
        self.file = decide_issue(self.session, self._handler(), self.reference, issue.number, answers, now=self.now)

    def extend(self, *, days_beyond: int = 0) -> None:
        """To the longest ordinary date, or so many working days beyond it with what that needs."""
        new_due = self._longest(self.case, self.rules, days_beyond)
        beyond = needs_good_reason(self.case, self.rules, new_due)
        wanted = Extension(
            new_due=new_due,
            reason=self.dice.choice(tuple(ExtensionReason)),
            explanation="We need the engineer's report to answer you fully. It has been ordered and is promised to us.",
            good_reason="The part of the building that has to be opened up can only be reached from next door."
            if beyond
            else "",
            update_every_working_days=5 if beyond else None,
            agreed=True,
        )
        self.file = extend_deadline(self.session, self._handler(), self.reference, wanted, now=self.now)

    def answer(self) -> Response:
        """The answer of the present stage, as the topic has it."""
        acknowledged = self.case.now.acknowledged
        points = acknowledged.points if acknowledged else ()
        answers = (
            PointAnswer(point=point, finding=finding, reasons=reasons, law_and_policy=self.topic.law)
            for point, finding, reasons in zip(points, self.topic.findings, self.topic.reasons, strict=True)
        )
        return Response(
            answers=tuple(answers),
            remedies=remedies.offers(self),
            own_delay=OwnDelay.REMEDY if remedies.handled_late(self) else None,
            changes_to_remedy="We have added to what we offered at stage 1." if self.case.stage is Stage.TWO else "",
        )

    def respond(self) -> None:
        self.file = send_response(self.session, self._handler(), self.reference, self.answer(), now=self.now)

    def decline(self, needs: Needs) -> None:
        """On the first of the landlord's grounds that needs this to be on record, where it has one."""
        ground = self._ground(needs)
        if ground is None:
            return
        decline = Decline(
            ground=ground.key,
            reasons="We looked at what you sent and at our own records, and we explain below what we found.",
            evidence=f"{ground.evidence}: checked in our records.",
            circumstances="We asked whether anything had made it hard to write to us sooner, and weighed your answer.",
            claim_filed_on=self.now.date() - timedelta(days=20) if needs is Needs.COURT_FILING_DATE else None,
            earlier_reference=self.ended[0] if needs is Needs.CLOSED_CASE else None,
            happened_on=PartialDate(self.now.year - 3, 3) if needs is Needs.DATES else None,
            aware_on=PartialDate(self.now.year - 3, 4) if needs is Needs.DATES else None,
        )
        self.file = decline_complaint(self.session, self.office.lead, self.reference, decline, now=self.now)

    def withdraw(self) -> None:
        self.file = withdraw_complaint(
            self.session,
            self.office.lead,
            self.reference,
            withdrawn_on=self.now.date(),
            words="Told us on the telephone: it has been mended, and there is no need for an answer now.",
            now=self.now,
        )

    def close(self) -> None:
        self.file = close_complaint(
            self.session, self.office.lead, self.reference, learning=self.topic.learning, now=self.now
        )
        self.ended.append(self.reference)

    def tell_condition(self) -> None:
        """The resident chooses to say why; nobody asked."""
        words = "My eyes are getting worse, and long letters tire me."
        self.file = tell_condition(self.session, self._resident(), self.reference, words, now=self.now)

    def decide_adjustments(self) -> None:
        """What `with_adjustments` asked for: print for all contact, an interpreter from outside, no more time."""
        for record, (outcome, reason, alternative) in zip(to_decide(self.case.adjustments), DECISIONS, strict=True):
            ruling = Ruling(
                outcome=outcome,
                adjustment=record.adjustment,
                scope=AdjustmentScope.ALL_CONTACT if outcome is Outcome.AGREED else record.scope,
                print_size=record.print_size,
                reason=reason,
                alternative=alternative,
            )
            self.file = decide_adjustment(
                self.session, self._handler(), self.reference, record.number, ruling, now=self.now
            )

    def ask_for_no_calls(self) -> None:
        wish = Wish(adjustments=(Adjustment.NO_PHONE,))
        self.file = request_adjustment(self.session, self._resident(), self.reference, wish, now=self.now)

    def keep_adjustments(self) -> None:
        """One is done, one call has to be made all the same, and one is reviewed."""
        handler, kept = self._handler(), agreed(self.case.adjustments)[0].number
        how = "The repair appointment was confirmed in large print too."
        self.file = apply_adjustment(
            self.session, handler, self.reference, kept, applied_on=self.now.date(), how=how, now=self.now
        )
        reason = "The gas had to be turned off within the hour."
        self.file = call_resident(self.session, handler, self.reference, reason=reason, now=self.now)
        still = {"outcome": ReviewOutcome.KEPT, "words": "Still needed, and it works well."}
        self.file = review_adjustment(self.session, handler, self.reference, kept, **still, now=self.now)

    def issue_code(self) -> None:
        self.code = new_code(secrets.choice)
        check = "Rang the number on file; confirmed name, address and the month of the complaint."
        self.file = issue_code(
            self.session, self.office.lead, self.reference, code=self.code, identity_check=check, now=self.now
        )

    def form_group(self) -> None:
        """The resident complains with their neighbours."""
        self.file = form_group(
            self.session,
            self._resident(),
            self.reference,
            matter="All of us in the block have the same trouble.",
            invitation=new_code(secrets.choice),
            now=self.now,
        )

    def join_group(self, name: str, email: str, *adjustments: Adjustment) -> None:
        """A neighbour joins, online."""
        actor = Actor(Role.GROUP_MEMBER, landlord=self.office.landlord.key, case_reference=self.reference)
        person = Person(name=name, email=email)
        new = NewMember(person=person, reply_by=ReplyBy.EMAIL, consent="Ticked on the page.", adjustments=adjustments)
        code = new_code(secrets.choice)
        self.file = join_group(self.session, actor, self.reference, new, code=code, now=self.now)

    def lose_member(self, number: int) -> None:
        said = "By phone: does not want to be of it any more."
        lead = self.office.lead
        self.file = leave_group(self.session, lead, self.reference, number, words=said, now=self.now)

    def issue_member_code(self, number: int) -> None:
        check = "Rang the number on file."
        self.file = issue_member_code(
            self.session,
            self.office.lead,
            self.reference,
            number,
            code=new_code(secrets.choice),
            identity_check=check,
            now=self.now,
        )

    def join_person(self) -> None:
        """Whoever complained without a name makes themselves known."""
        self.code = new_code(secrets.choice)
        known = Known(
            person=self.person,
            reply_by=ReplyBy.EMAIL,
            identity_check="Has the reference, and told us word for word what was written.",
        )
        self.file = join_person(self.session, self.office.lead, self.reference, known, code=self.code, now=self.now)

    def ask_for_code(self) -> None:
        """Somebody gives the reference on the website. The links of made-up pasts lead nowhere."""
        asked = ask_for_code(self.session, self._anyone(), self.reference, now=self.now)
        self.session.flush()
        sent = send_way_to_code(self.session, asked, secret_key=secrets.token_hex(), now=self.now)
        assert sent is not None, "the complaint is there"
        self.file = sent

    def renew_code(self) -> None:
        """The resident presses the button of the link that has come."""
        link = self.session.scalars(select(Link).where(Link.complaint_id == self.file.row.id)).one()
        self.code = new_code(secrets.choice)
        renewed = renew_code(self.session, self._resident(), link, code=self.code, now=self.now)
        assert renewed is not None, "the link has just been written"
        self.file = renewed

    def post_letters(self) -> None:
        """Print what waits for it; the first is handed to the resident, who has come to the office, the rest posted."""
        for number, letter in enumerate(self._waiting_for_post()):
            went = {"posted_on": self.now.date(), "handed_to": "" if number else "The resident, at our office."}
            self.file = record_posting(self.session, self.office.lead, self.reference, letter, **went, now=self.now)

    # Parts of the above.

    def _reread(self) -> None:
        self.file = queries.open_case(self.session, self.reference, self.office.lead, landlords.rules_for)

    def _anyone(self) -> Actor:
        return Actor(role=Role.ANYONE, landlord=self.office.landlord.key)

    @property
    def resident(self) -> Actor:
        return self._resident()

    def _resident(self) -> Actor:
        return Actor(role=Role.RESIDENT, landlord=self.office.landlord.key, case_reference=self.reference)

    def _handler(self) -> Actor:
        handler_id = self.case.handler_id
        return next(each for each in self.office.handlers if each.user_id == handler_id)

    def _longest(self, case: Case, rules: Rules, days_beyond: int) -> date:
        last = longest(case, rules).due
        if days_beyond:
            return self.office.calendar.after(last, days_beyond)
        return last if rules.calendar.is_working_day(last) else rules.calendar.previous(last)

    def _ground(self, needs: Needs) -> Ground | None:
        return next((each for each in grounds_of(self.rules) if each.needs is needs), None)

    def call(self, words: str, *, reached: bool = True) -> None:
        """About the letters that wait for a call."""
        for each in queries.letters(self.session, self.file):
            if each.state is LetterState.TO_CALL:
                said = {"called_on": self.now.date(), "reached": reached, "words": words, "now": self.now}
                self.file = record_call(self.session, self._handler(), self.reference, each.id, **said)

    def choose_language(self, language: str) -> None:
        """Told to staff, for the letters from now on."""
        self.file = choose_language(self.session, self.office.lead, self.reference, language, now=self.now)

    def _waiting_for_post(self) -> list[UUID]:
        written = queries.letters(self.session, self.file)
        return [letter.id for letter in written if letter.state is LetterState.TO_POST]


DECISIONS = (
    (Outcome.AGREED, "", ""),
    (
        Outcome.ALTERNATIVE,
        "Nobody in our own team speaks Tigrinya.",
        "We have booked an interpreter from outside for every call. You can choose the time.",
    ),
    (
        Outcome.DECLINED,
        "We must answer you by the date that we gave you, and cannot wait longer than that for papers.",
        "Send us papers whenever you have them. We read what comes later too, and tell you if it changes our answer.",
    ),
)
"""About each of them, in the same order."""


def with_adjustments(submission: Submission) -> Submission:
    """The same complaint from somebody who asks for changes in how we deal with them."""
    return replace(
        submission,
        adjustments=(Adjustment.LARGE_PRINT, Adjustment.INTERPRETER, Adjustment.MORE_TIME),
        adjustment_words="Please write in 18 point type. I need the interpreter for calls.",
        interpreting=Interpreting(Spoken.TIGRINYA),
    )
