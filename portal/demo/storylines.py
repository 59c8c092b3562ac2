"""The stories: what happens to made-up complaints, in working days.

A story yields the day on which it goes on. One that is still going on today stops there, so that the same story,
begun on different days, shows every state that a complaint can be in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from portal.demo import calendar, elsewhere, evidence, late, neighbours, offices, people, remedies, representing
from portal.demo.independence import overridden, seen_by_another
from portal.demo.ombudsman import decided_by_the_ombudsman, told_to_take_on
from portal.demo.restrictions import restricted
from portal.demo.sight import kept_among_few, seen_by_few, told_twice
from portal.demo.story import Story, with_adjustments
from portal.demo.together import split_off, told_again
from portal.domain.adjustment_kinds import Adjustment
from portal.domain.building_safety import SafetyRisk
from portal.domain.events import Link, Person, ReplyBy, SafeContact
from portal.domain.partial_date import PartialDate
from portal.domain.policy import Needs
from portal.domain.referral_events import ReferralStep
from portal.domain.representative_kinds import AskedBy
from portal.domain.submission import Submission

Days = Iterator[date]
Line = Callable[[Story], Days]
Change = Callable[[Submission], Submission]


@dataclass(frozen=True, slots=True)
class Plan:
    """A story, begun so many working days ago, by somebody with this name or any name.

    `shown` describes it on the list of complaints to follow; most are not on that list.
    """

    ago: int
    line: Line
    name: str | None = None
    shown: str = ""


def as_it_is(submission: Submission) -> Submission:
    return submission


def opened(story: Story, *, change: Change = as_it_is, channel: str = "online", days_before: int = 0) -> Days:
    """Received, given to somebody the next day, and acknowledged the day after."""
    story.receive(change=change, channel=channel, days_before=days_before)
    yield story.later(1)
    story.assign()
    yield story.later(1)
    story.acknowledge()


def in_welsh(story: Story) -> Days:
    """Somebody who would rather read Welsh says so, and the letters after that are in Welsh."""
    story.receive(channel="phone")
    yield story.later(1)
    story.choose_language("cy")
    story.assign()
    yield story.later(1)
    story.acknowledge()


def told_by_phone(story: Story) -> Days:
    """Nobody can write to them: a first call reaches nobody, a second tells it; more time is taken."""
    yield from opened(story, change=only_by_phone, channel="phone")
    story.call("Nobody answered.", reached=False)
    yield story.later(1)
    story.call("Read the letter out. They agree with how we understand it.")
    yield story.before_due(2)
    story.extend()


def adjusted(story: Story) -> Days:
    """What would make it easier is asked for, decided, kept to, set aside once with a reason, and reviewed."""
    yield from opened(story, change=with_adjustments)
    story.tell_condition()
    yield story.later(1)
    story.decide_adjustments()
    yield story.later(1)
    story.ask_for_no_calls()
    yield story.later(1)
    story.keep_adjustments()


def answered(story: Story, *, change: Change = as_it_is, channel: str = "online") -> Days:
    """Answered at stage 1 in time."""
    yield from opened(story, change=change, channel=channel)
    yield story.before_due(3)
    story.respond()


def escalated(story: Story, *, words: str = "", after: int = 5) -> Days:
    """Answered, and taken to stage 2 by the resident."""
    yield from answered(story)
    yield story.later(after)
    story.ask_for_stage_2(words)


def at_stage_2(story: Story) -> Days:
    """Acknowledged at stage 2 by somebody who had nothing to do with stage 1."""
    yield from escalated(story, words=story.topic.still)
    yield story.later(1)
    story.assign()
    yield story.later(1)
    story.acknowledge()


def whole(story: Story, *, change: Change = as_it_is) -> Days:
    """A whole life: both stages in time, everything promised done, closed."""
    yield from answered(story, change=change)
    yield story.later(5)
    story.ask_for_stage_2(story.topic.still)
    yield story.later(1)
    story.assign()
    yield story.later(1)
    story.acknowledge()
    yield story.before_due(4)
    story.respond()
    yield story.later(8)
    remedies.carry_out(story)
    yield story.later(2)
    story.close()


def answered_twice(story: Story) -> Days:
    """The final answer has gone, and its actions are being done."""
    yield from at_stage_2(story)
    yield story.before_due(9)
    story.respond()
    yield story.later(4)
    remedies.carry_out(story, 1)


def at_the_ombudsman(story: Story) -> Days:
    """The final answer went to the Ombudsman, who found fault."""
    yield from at_stage_2(story)
    yield story.before_due(9)
    story.respond()
    yield story.later(8)
    decided_by_the_ombudsman(story)


def withdrawn_at_stage_2(story: Story) -> Days:
    yield from at_stage_2(story)
    yield story.later(3)
    story.withdraw()


def unassigned(story: Story, *, change: Change = as_it_is, channel: str = "online") -> Days:
    """Received, and nobody has it yet."""
    story.receive(change=change, channel=channel)
    yield from ()


def by_a_group(story: Story) -> Days:
    """One complaint of neighbours: three join, one of them leaves, and each who is left has a copy of the letters."""
    story.receive()
    story.form_group()
    yield story.later(1)
    story.join_group("Ifor Example", "ifor.example@example.org", Adjustment.LARGE_PRINT)
    story.join_group("Mona Example", "mona.example@example.org", Adjustment.PLAIN_TEXT)
    story.join_group("Otis Example", "otis.example@example.org")
    story.assign()
    yield story.later(1)
    story.acknowledge()
    story.lose_member(3)
    story.issue_member_code(2)


def led_by_others(story: Story) -> Days:
    """A group whose lead is handed over, and left by whoever had taken it: nobody leads it now."""
    story.receive()
    story.form_group()
    story.join_group("Petra Example", "petra.example@example.org")
    story.join_group("Rhys Example", "rhys.example@example.org")
    yield story.later(1)
    neighbours.move(story, 2, "rhys.example@example.net")
    neighbours.lose_code(story, "rhys.example@example.net")
    neighbours.read_welsh(story, 2)
    neighbours.hand_over(story, 1)
    yield story.later(1)
    neighbours.leave(story)


def known_later(story: Story) -> Days:
    """Nobody knows whom it is from, until they say so; it keeps its date."""
    story.receive(change=anonymous)
    story.assign()
    yield story.later(1)
    story.acknowledge()
    yield story.later(1)
    story.join_person()


def answered_late(story: Story) -> Days:
    yield from opened(story)
    yield story.after_due(4)
    story.respond()


def extended(story: Story, *, beyond: int = 0) -> Days:
    """More time taken before the limit."""
    yield from opened(story)
    yield story.before_due(4)
    story.extend(days_beyond=beyond)


def extended_at_stage_2(story: Story) -> Days:
    yield from at_stage_2(story)
    yield story.before_due(6)
    story.extend()


def stage_1_late(story: Story) -> Days:
    """The limit passes, and the resident goes on to stage 2 where the policy allows it before an answer."""
    yield from opened(story)
    yield story.after_due(3)
    if story.may_ask_for_stage_2():
        story.ask_for_stage_2("You have not answered in time.")


def declined(story: Story, needs: Needs) -> Days:
    story.receive(change=long_ago)
    yield story.later(3)
    story.decline(needs)


def declined_at_stage_2(story: Story) -> Days:
    yield from escalated(story, words="The same thing happened again last year.")
    yield story.later(3)
    story.decline(Needs.CLOSED_CASE)


def withdrawn(story: Story) -> Days:
    yield from opened(story)
    yield story.later(2)
    story.withdraw()


def closed(story: Story, *, done: int = 0) -> Days:
    """Answered and closed; of what was promised, so many actions are done and the others stay open."""
    yield from answered(story)
    yield story.later(4)
    remedies.carry_out(story, done)
    yield story.later(2)
    story.close()


def followed_after_the_answer(story: Story) -> Days:
    """Answered late, with something for that; more is offered after it, said to be done, and denied by the resident."""
    yield from answered_late(story)
    yield story.later(1)
    remedies.offer_more(story)
    yield story.later(2)
    remedies.deny_what_we_said_was_done(story)


def closed_then_stage_2(story: Story) -> Days:
    yield from closed(story, done=1)
    yield story.later(3)
    story.ask_for_stage_2(story.topic.still, channel="phone")


def about_staff(story: Story) -> Days:
    """Somebody who works here is named in it, and so nobody named handles it."""
    story.receive()
    story.name(2)
    yield story.later(1)
    story.assign()


def reassigned(story: Story) -> Days:
    yield from opened(story)
    yield story.later(2)
    story.assign(somebody_else=True)


def in_touch(story: Story) -> Days:
    """The resident writes, asks to be called, tells of something else and moves to another number; staff see to it."""
    yield from opened(story)
    story.write_to_staff()
    yield story.later(1)
    story.answer_message()
    story.ask_for_a_call()
    yield story.later(1)
    story.see_to_messages()
    story.raise_issue()
    story.move_to_another_number()
    yield story.later(1)
    story.add_issue()
    story.write_to_staff()


def made_safe(story: Story) -> Days:
    """A danger is looked into, told of and made safe; other parts go to the council and to somebody in confidence."""
    yield from opened(story, change=dangerous)
    elsewhere.pass_on_hazard(story)
    elsewhere.pass_on_to_council(story)
    elsewhere.pass_on_in_confidence(story)
    yield story.later(1)
    elsewhere.look_into_hazard(story)
    yield story.later(1)
    elsewhere.move(story, ReferralStep.MADE_SAFE)
    elsewhere.move(story, ReferralStep.TAKEN_ON, number=2)
    elsewhere.move(story, ReferralStep.COMPLETED, "The pipe is mended, and the light works again.")


def asked_first(story: Story) -> Days:
    """A request for service that nobody saw to becomes a complaint with one press; the request stays open."""
    request = elsewhere.ask_for_service(story)
    yield story.later(6)
    elsewhere.is_unhappy_with(story, request)
    yield story.later(1)
    story.assign()


def asked_besides(story: Story) -> Days:
    """A request by somebody who has complained as well: staff link both, and one more is done."""
    request, other = elsewhere.ask_for_service(story, by_email=False), elsewhere.ask_for_service(story)
    yield story.later(1)
    story.receive()
    elsewhere.is_mended(story, other)
    yield story.later(1)
    elsewhere.link_request(story, request)


def tall_building(story: Story, *, risk: SafetyRisk) -> Days:
    """About the safety of a tall building: each letter from then on names the regulator."""
    story.receive()
    elsewhere.judge_building(story, risk)
    yield story.later(1)
    story.assign()
    story.acknowledge()


def hazard_forgotten(story: Story) -> Days:
    yield from opened(story, change=dangerous)
    elsewhere.pass_on_hazard(story)


def told_how_it_went(story: Story) -> Days:
    """Closed with promises open: the resident says that one was not kept, and how it went."""
    yield from closed(story, done=0)
    yield story.later(25)
    story.say_how_it_went()


def by_post(story: Story) -> Days:
    """Letters are printed and posted; the last one still waits."""
    yield from opened(story, change=only_by_post, channel="post", days_before=2)
    story.post_letters()
    yield story.before_due(3)
    story.respond()


def new_code(story: Story) -> Days:
    yield from opened(story)
    yield story.later(1)
    story.issue_code()


def lost_code(story: Story) -> Days:
    """The code is lost; what comes to the contact on file makes another one."""
    yield from opened(story, change=discreet)
    yield story.later(1)
    story.ask_for_code()
    story.renew_code()


def lost_code_by_post(story: Story) -> Days:
    yield from opened(story, change=only_by_post, channel="post", days_before=2)
    yield story.later(2)
    story.ask_for_code()


def discreet(submission: Submission) -> Submission:
    """From somebody who must not be found out."""
    return replace(submission, safe_contact=(SafeContact.NO_POST, SafeContact.DISCREET))


def with_files(story: Story) -> Days:
    """Files came with it and after it: kept, refused, taken back, and added by staff."""
    story.receive()
    story.add_file(evidence.LOG)
    story.add_file(evidence.BROKEN)
    yield story.later(1)
    story.assign()
    wrong = story.add_file(evidence.WRONG)
    story.take_back(wrong)
    yield story.later(1)
    story.acknowledge()
    story.add_file(evidence.REPORT, by_staff=True)


def only_by_post(submission: Submission) -> Submission:
    person = replace(submission.person, email="", phone="")
    return replace(submission, person=person, reply_by=ReplyBy.POST, link=Link.TENANT)


def only_by_phone(submission: Submission) -> Submission:
    person = replace(submission.person, email="", address="", postcode="")
    return replace(
        submission, person=person, reply_by=ReplyBy.PHONE, link=Link.TENANT, adjustments=(Adjustment.PHONE_ONLY,)
    )


def anonymous(submission: Submission) -> Submission:
    return replace(submission, person=Person(), reply_by=ReplyBy.NONE, outcome_wanted="")


def long_ago(submission: Submission) -> Submission:
    """About something that happened two years before, which raises a flag and refuses nothing."""
    when = PartialDate(submission.received_on.year - 2, 3)
    return replace(submission, happened_on=when, aware_on=when, link=Link.FORMER_RESIDENT, link_until=when)


def dangerous(submission: Submission) -> Submission:
    """About something that may hurt somebody."""
    words = "Water comes through the light in the bathroom, and the switch gives small shocks."
    return replace(submission, what_happened=words, hazard=True)


def unreachable(submission: Submission) -> Submission:
    return replace(submission, person=replace(submission.person, email=UNREACHABLE), link=Link.LEASEHOLDER)


def in_words(words: str) -> Change:
    """The same complaint, told in these words."""
    return lambda submission: replace(submission, what_happened=words, happened_on=PartialDate(2026))


UNREACHABLE = "full.mailbox@example.net"
"""An address at which every letter of the demonstration fails."""

PLANS: tuple[Plan, ...] = (
    # Ended ones first: a ground for declining needs a complaint that was answered before.
    Plan(75, whole),
    Plan(66, partial(closed, done=9)),
    Plan(60, partial(closed, done=1)),  # the rest is long overdue
    Plan(48, closed),
    Plan(26, partial(closed, done=1)),
    Plan(45, closed_then_stage_2),
    Plan(70, told_how_it_went),
    Plan(46, answered_twice, shown="answered at both stages, with actions still to be done"),
    Plan(52, withdrawn_at_stage_2),
    Plan(42, at_stage_2, shown="at stage 2, and late"),
    Plan(22, at_stage_2),
    Plan(60, at_stage_2),  # stage 2 long overdue
    Plan(25, escalated),  # nobody acknowledged it
    Plan(15, escalated),
    Plan(50, partial(escalated, after=32)),  # late, where the policy has a window
    Plan(40, extended_at_stage_2),
    Plan(56, declined_at_stage_2),
    Plan(30, partial(declined, needs=Needs.DATES)),
    Plan(18, partial(declined, needs=Needs.COURT_FILING_DATE)),
    Plan(12, partial(declined, needs=Needs.CLOSED_CASE)),
    Plan(11, withdrawn),
    Plan(31, answered_late),
    Plan(29, followed_after_the_answer, shown="answered late, with remedies that are followed until they are done"),
    Plan(14, answered, shown="answered at stage 1: the resident can ask for stage 2"),
    Plan(12, answered, people.LONG_NAME),
    Plan(19, extended),
    Plan(38, extended),  # and the new date missed too
    Plan(15, partial(extended, beyond=6)),
    Plan(24, stage_1_late),
    Plan(17, opened, shown="acknowledged, and the answer is late"),
    Plan(6, opened, shown="acknowledged, with an answer to come"),
    Plan(13, reassigned),
    Plan(4, about_staff),
    Plan(16, by_post),
    Plan(7, by_post),
    Plan(8, new_code),
    Plan(7, lost_code),
    Plan(6, lost_code_by_post),
    Plan(8, in_touch, shown="acknowledged, with messages from both sides"),
    Plan(5, with_files, shown="acknowledged, with files from the resident and from staff"),
    Plan(7, representing.by_family),
    Plan(6, representing.by_councillor),
    Plan(3, representing.not_asked),
    Plan(16, offices.answered_for_mps_office),
    Plan(5, partial(offices.by_mps_office, own_reference="EV/26/117")),
    Plan(17, partial(offices.by_mps_office, own_reference="EV/26/098")),  # the answer is late
    Plan(4, partial(offices.by_mps_office, own_reference="EV/26/121", asked_by=AskedBy.SOMEBODY_ELSE)),
    Plan(5, partial(opened, change=with_adjustments)),
    Plan(9, adjusted, shown="acknowledged, with adjustments that were agreed, changed and declined"),
    Plan(5, in_welsh, shown="acknowledged, with letters in Welsh"),
    Plan(5, told_by_phone),
    Plan(12, told_by_phone),
    Plan(3, partial(unassigned, change=anonymous)),
    Plan(6, known_later),
    Plan(8, by_a_group, shown="the complaint of a group, with members"),
    Plan(5, led_by_others),
    Plan(3, partial(unassigned, channel="social_media")),
    Plan(9, partial(unassigned, channel="in_person")),  # not even acknowledged
    Plan(2, partial(unassigned, change=long_ago)),
    Plan(2, partial(unassigned, change=dangerous)),
    Plan(9, made_safe, shown="acknowledged, with a danger that was made safe and a part passed to the council"),
    Plan(9, asked_first),
    Plan(6, asked_besides),
    *(Plan(3 + number, partial(tall_building, risk=risk)) for number, risk in enumerate(SafetyRisk)),
    Plan(20, hazard_forgotten),  # the dates of the law are missed
    Plan(4, partial(opened, change=unreachable)),
    Plan(3, partial(opened, change=in_words(people.HOSTILE_WORDS)), people.HOSTILE_NAME),
    Plan(2, partial(unassigned, change=in_words(people.RIGHT_TO_LEFT_WORDS)), people.RIGHT_TO_LEFT_NAME),
    Plan(6, partial(opened, change=in_words(people.EMOJI_WORDS)), people.EMOJI_NAME),
    Plan(1, partial(unassigned, change=in_words(people.LONG_WORDS)), people.OVERRIDE_NAME),
    Plan(4, late.read_first),
    Plan(22, late.late_with_updates, shown="acknowledged, and late: how often the resident hears from us is agreed"),
    Plan(7, overridden),
    Plan(7, seen_by_another),  # its answer waits for a second pair of eyes
    Plan(14, seen_by_another),
    Plan(6, told_twice),
    Plan(5, split_off),
    Plan(6, told_again),
    Plan(13, restricted, shown="acknowledged, with a restriction on contact that was appealed against and ended"),
    Plan(5, restricted),
    Plan(5, calendar.moved_by_mistake),
    Plan(12, told_to_take_on),
    Plan(55, at_the_ombudsman),
    Plan(5, seen_by_few),
    Plan(2, kept_among_few),
    Plan(1, unassigned, shown="received, and nobody has it yet"),
)
