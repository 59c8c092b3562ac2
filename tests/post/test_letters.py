"""Every letter of every landlord is whole, says what its case says, and names what it lacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from portal import landlords
from portal.domain import events
from portal.domain.explanation import explain
from portal.domain.extension import why_new_date
from portal.domain.owed import next_due
from portal.domain.policy import LetterKind, OmbudsmanContact, Part, RequiredPart
from portal.domain.response import PART_LABELS, Incomplete, check_parts
from portal.post import formats
from portal.post.letters import Composed
from tests.post.cases import ELSEWHERE, INVESTIGATOR, RECEIVED, REFERENCE, STAFF, Story, story_for, without

LATE = date(2027, 1, 20)
ALL = [(landlord, kind) for landlord in landlords.keys() for kind in LetterKind]


def written(story: Story, kind: LetterKind) -> Composed:
    return story.letter(kind, LATE if kind is LetterKind.LIMIT_MISSED else RECEIVED)


def refusal(story: Story, kind: LetterKind) -> Incomplete | None:
    """What stops the letter from being sent."""
    try:
        check_parts(kind, story.rules, written(story, kind).said)
    except Incomplete as refused:
        return refused
    return None


def lacking(story: Story, kind: LetterKind) -> set[Part]:
    refused = refusal(story, kind)
    return {each.part for each in refused.missing} if refused else set()


@pytest.mark.parametrize(("landlord", "kind"), ALL)
def test_a_full_case_leaves_nothing_missing(landlord: str, kind: LetterKind) -> None:
    story = story_for(landlord, kind)
    letter = written(story, kind)
    assert lacking(story, kind) == set()
    assert REFERENCE in letter.body
    assert letter.subject.startswith(f"Reference {REFERENCE}: ")
    assert landlords.landlord(landlord).name in letter.body
    assert "0300 111 3000" in letter.body


@pytest.mark.parametrize("landlord", landlords.keys())
@pytest.mark.parametrize(("kind", "up_to"), ELSEWHERE)
def test_nothing_is_missing_at_another_moment(landlord: str, kind: LetterKind, up_to: Callable[[Story], None]) -> None:
    story = Story(landlord)
    up_to(story)
    assert lacking(story, kind) == set()


@pytest.mark.parametrize(("landlord", "kind"), ALL)
def test_a_subject_tells_nobody_who_or_what_it_is_about(landlord: str, kind: LetterKind) -> None:
    subject = written(story_for(landlord, kind), kind).subject
    for word in ("ada", "boiler", "complain", "landlord", landlords.landlord(landlord).name.lower()):
        assert word not in subject.lower()


@pytest.mark.parametrize(
    "kind",
    [
        LetterKind.RECEIPT,
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.EXTENSION,
        LetterKind.RECEIPT_STAGE_2,
        LetterKind.ACKNOWLEDGEMENT_STAGE_2,
    ],
)
@pytest.mark.parametrize("landlord", landlords.keys())
def test_the_promised_date_is_the_one_that_the_rules_give_and_the_letter_says_it(
    landlord: str, kind: LetterKind
) -> None:
    story = story_for(landlord, kind)
    due, name = next_due(story.case, story.rules), landlords.landlord(landlord).name
    letter = written(story, kind)
    assert due is not None
    assert letter.promised == due.on
    assert f"{due.on:%A} {due.on.day} {due.on:%B %Y}" in letter.body
    extended = kind is LetterKind.EXTENSION
    why = why_new_date(story.case.now.extensions[-1], story.rules) if extended else explain(due.deadline, name)
    assert why in " ".join(formats.plain_text(letter.body).split())


@pytest.mark.parametrize("landlord", landlords.keys())
def test_a_letter_promises_no_day_that_has_passed(landlord: str) -> None:
    letter = story_for(landlord, LetterKind.RECEIPT).letter(LetterKind.RECEIPT, LATE)
    assert letter.promised is None
    assert "We should have acknowledged your complaint by" in letter.body
    assert "We are sorry that we did not." in letter.body


@pytest.mark.parametrize(
    "kind", [LetterKind.RESPONSE_STAGE_1, LetterKind.LIMIT_MISSED, LetterKind.WITHDRAWAL, LetterKind.CLOSING]
)
def test_other_letters_promise_no_date(kind: LetterKind) -> None:
    assert written(story_for("ids", kind), kind).promised is None


Spoil = Callable[[Story], object]


def no_acknowledgement_words(name: str) -> Spoil:
    return lambda story: without(story, events.ComplaintAcknowledged, **{name: ()})


def no_answer(name: str) -> Spoil:
    def spoil(story: Story) -> None:
        sent = story.case.now.response
        assert sent is not None
        without(story, events.ResponseSent, answers=tuple(replace(each, **{name: " "}) for each in sent.answers))

    return spoil


def no_words(event: type[events.Event], name: str, empty: object = " \n") -> Spoil:
    return lambda story: without(story, event, **{name: empty})


def no_responsibilities(story: Story) -> None:
    without(story, events.ComplaintAcknowledged, responsible_for=(), not_responsible_for=())


def no_remedies(story: Story) -> None:
    without(story, events.ResponseSent, remedies=(), remedy_words=())


def no_event(event: type[events.Event]) -> Spoil:
    def spoil(story: Story) -> None:
        story.recorded = [each for each in story.recorded if not isinstance(each.event, event)]

    return spoil


def unknown_ground(story: Story) -> None:
    without(story, events.ComplaintDeclined, ground="")


# What each part is made of, taken away. The parts that stand in the landlord's own data follow below.
SPOILED: dict[tuple[LetterKind, Part], Spoil] = {
    (kind, part): spoil
    for kind in LetterKind
    for part, spoil in {
        Part.DEFINITION: no_acknowledgement_words("points"),
        Part.OUTCOMES: no_acknowledgement_words("outcomes"),
        Part.RESPONSIBILITIES: no_responsibilities,
        Part.HANDLER: no_event(events.HandlerAssigned),
        Part.WHY_STILL_DISSATISFIED: no_words(events.ComplaintAcknowledged, "why_still_dissatisfied"),
        Part.NEW_DATE: no_event(events.DeadlineExtended),
        Part.EXTENSION_REASON: no_words(events.DeadlineExtended, "explanation"),
        Part.UPDATE_INTERVAL: no_words(events.DeadlineExtended, "update_every_working_days", None),
        Part.DECISION: no_event(events.ResponseSent),
        Part.ACTIONS: no_event(events.ResponseSent),
        Part.POINTS_ANSWERED: no_words(events.ResponseSent, "answers", ()),
        Part.LAW_AND_POLICY: no_answer("law_and_policy"),
        Part.REMEDY: no_remedies,
        Part.CHANGES_TO_REMEDY: no_words(events.ResponseSent, "changes_to_remedy"),
        Part.EVIDENCE: no_words(events.ComplaintDeclined, "evidence"),
        Part.CIRCUMSTANCES: no_words(events.ComplaintDeclined, "circumstances"),
        Part.REASONS: (
            no_words(events.ComplaintDeclined, "reasons")
            if kind in (LetterKind.DECLINE, LetterKind.DECLINE_STAGE_2)
            else no_answer("reasons")
        ),
    }.items()
}

NOBODY = OmbudsmanContact(
    in_force_from=date(2020, 1, 1),
    name="",
    online_form="",
    web="",
    telephone="",
    post=(),
    email=None,
    months_after_final_response=12,
)


def unlabelled(story: Story) -> None:
    policy = story.rules.policy
    stage_1, stage_2 = replace(policy.stage_1, label=""), replace(policy.stage_2, label="")
    story.rules = replace(story.rules, policy=replace(policy, stage_1=stage_1, stage_2=stage_2))


def no_website(monkeypatch: pytest.MonkeyPatch, landlord: str) -> None:
    known = landlords.landlord(landlord)
    contact = replace(known.contact, web="")
    monkeypatch.setattr(landlords, "landlord", lambda key: replace(known, contact=contact))


REQUIRED = [
    (landlord, kind, each)
    for landlord, kind in ALL
    for each in landlords.policy_for(landlord, RECEIVED).parts_of(kind, landlords.the_code())
]
HAVE_A_SOURCE = [each for each in REQUIRED if each[2].part is not Part.REFERENCE]  # a case cannot be without one


def named(required: list[tuple[str, LetterKind, RequiredPart]]) -> list[str]:
    return [f"{landlord}-{kind}-{each.part}" for landlord, kind, each in required]


@pytest.mark.parametrize(("landlord", "kind", "required"), HAVE_A_SOURCE, ids=named(HAVE_A_SOURCE))
def test_a_letter_without_a_required_part_is_refused_and_the_refusal_names_it(
    landlord: str, kind: LetterKind, required: RequiredPart, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = story_for(landlord, kind)
    match required.part:
        case Part.OMBUDSMAN | Part.OMBUDSMAN_RIGHT | Part.HOW_FAR_IT_CAN_GO:
            monkeypatch.setattr(landlords, "ombudsman", lambda on: NOBODY)
        case Part.STAGE | Part.HOW_TO_ESCALATE | Part.SECOND_REVIEW_RIGHT:
            unlabelled(story)
        case Part.COPY_OF_POLICY:
            no_website(monkeypatch, landlord)
        case part:
            SPOILED[kind, part](story)
    refused = refusal(story, kind)
    assert refused is not None
    assert f"{PART_LABELS[required.part]} ({story.rules.policy.cited(required.rule)})" in refused.message


@pytest.mark.parametrize(("landlord", "kind", "required"), REQUIRED, ids=named(REQUIRED))
def test_each_required_part_is_missed_by_itself(landlord: str, kind: LetterKind, required: RequiredPart) -> None:
    story = story_for(landlord, kind)
    said = {part: words for part, words in written(story, kind).said.items() if part is not required.part}
    with pytest.raises(Incomplete) as refused:
        check_parts(kind, story.rules, said)
    assert {each.part for each in refused.value.missing} == {required.part}


def test_the_reasons_of_one_point_do_not_stand_for_those_of_another() -> None:
    story = story_for("ids", LetterKind.RESPONSE_STAGE_1)
    sent = story.case.now.response
    assert sent is not None
    first, second = sent.answers
    without(story, events.ResponseSent, answers=(first, replace(second, reasons="")))
    assert lacking(story, LetterKind.RESPONSE_STAGE_1) == {Part.REASONS}


def test_a_part_that_only_a_policy_asks_for_gets_a_section() -> None:
    story = story_for("ms", LetterKind.CLOSING)
    assert Part.COPY_OF_POLICY not in written(story, LetterKind.CLOSING).said
    parts = {LetterKind.CLOSING: (RequiredPart(Part.COPY_OF_POLICY, "MS L1"),)}
    story.rules = replace(story.rules, policy=replace(story.rules.policy, letter_parts=parts))
    assert "## Our complaints policy" in written(story, LetterKind.CLOSING).body


def test_nothing_upheld_and_nothing_offered_says_so_by_itself() -> None:
    story = story_for("ids", LetterKind.RESPONSE_STAGE_1)
    without(story, events.ResponseSent, remedies=(), remedy_words=(), finding=events.Finding.NOT_UPHELD)
    letter = written(story, LetterKind.RESPONSE_STAGE_1)
    assert "nothing that we need to put right" in letter.said[Part.REMEDY]
    assert "Nothing is still to be done." in letter.said[Part.ACTIONS]


def test_an_answer_says_each_point_with_finding_reasons_and_law() -> None:
    body = written(story_for("ids", LetterKind.RESPONSE_STAGE_1), LetterKind.RESPONSE_STAGE_1).body
    first, second = body.split("### Point 1")[1].split("### Point 2")
    for words in ("> The boiler was left broken", "**Upheld**", "It took us 31 days.", "section 11."):
        assert words in first
    for words in ("> Nobody rang back", "**Not upheld**", "Our records show three calls."):
        assert words in second
    assert body.count("It took us 31 days.") == 1


def test_actions_have_the_role_of_their_owner_and_a_date() -> None:
    said = written(story_for("ids", LetterKind.RESPONSE_STAGE_1), LetterKind.RESPONSE_STAGE_1).said[Part.ACTIONS]
    assert "We will fit a new boiler. To be done by Tuesday 15 December 2026." in said
    assert "Head of repairs" in said
    assert "Sur Veyor" not in said
    assert "sorry" not in said  # the letter itself is the apology


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Mend the roof", "Mend the roof."),
        ("Mend the roof.", "Mend the roof."),
        ("Mend the roof!\n", "Mend the roof!"),
        ("Mend the “old roof.”", "Mend the “old roof.”"),
        ("Mend the roof (all of it)", "Mend the roof (all of it)."),
    ],
)
def test_what_is_to_be_done_does_not_run_into_the_day(typed: str, said: str) -> None:
    story = story_for("ids", LetterKind.RESPONSE_STAGE_1)
    offered = next(each.event for each in story.recorded if isinstance(each.event, events.ResponseSent))
    without(story, events.ResponseSent, remedy_words=(typed,) * len(offered.remedies))
    letter = written(story, LetterKind.RESPONSE_STAGE_1).said
    assert f"{said} To be done by Tuesday 15 December 2026." in letter[Part.ACTIONS]
    assert letter[Part.REMEDY].endswith(f".** {said}")


def test_stage_2_can_be_asked_for_after_the_window() -> None:
    said = written(story_for("ivh", LetterKind.RESPONSE_STAGE_1), LetterKind.RESPONSE_STAGE_1).said
    words = said[Part.HOW_TO_ESCALATE]
    # Ten working days after Tuesday 1 December 2026.
    assert "**Tuesday 15 December 2026**" in words
    assert "If you ask later, we will still receive your request" in words
    assert "You do not\nhave to give a reason" in words or "You do not have to give a reason" in words


def test_the_final_answer_says_how_long_the_ombudsman_can_be_reached() -> None:
    words = written(story_for("ms", LetterKind.RESPONSE_STAGE_2), LetterKind.RESPONSE_STAGE_2).said[Part.OMBUDSMAN]
    assert "This is our final answer." in words
    assert "within 12 months of this letter" in words


def test_a_receipt_says_that_it_is_not_the_acknowledgement() -> None:
    assert "It is not yet our acknowledgement." in written(story_for("hs", LetterKind.RECEIPT), LetterKind.RECEIPT).body


@pytest.mark.parametrize(("name", "greeting"), [("Ada Resident", "Dear Ada Resident,"), ("  ", "Hello,")])
def test_a_greeting_works_without_a_name(name: str, greeting: str) -> None:
    story = story_for("ids", LetterKind.RECEIPT)
    without(story, events.ComplaintReceived, person=events.Person(name=name))
    assert greeting in written(story, LetterKind.RECEIPT).body.split("\n")


def test_the_handler_signs_and_without_one_the_team_does() -> None:
    signed = written(story_for("ids", LetterKind.ACKNOWLEDGEMENT), LetterKind.ACKNOWLEDGEMENT).body
    assert signed.endswith(f"{STAFF[INVESTIGATOR].name}\\\nManager\\\nIndustrial Dwellings Society")
    unsigned = written(story_for("ids", LetterKind.RECEIPT), LetterKind.RECEIPT).body
    assert unsigned.endswith("The complaints team\\\nIndustrial Dwellings Society")
