"""What departs from the Code in each of the five texts, as it was found by hand, and what one changed value changes.

The lists were written from the texts, number by number. A change of a rule shows up here.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import landlords
from portal.domain.compliance import Check, check, in_order
from portal.domain.policy import AgeLimit, Happening, Key, LetterKind, Limit, Policy, Unit
from portal.domain.said_by_values import working_days_at_most
from portal.domain.statements import Grade, Reading, Statement, Verdict

TODAY = date(2026, 11, 21)

CERTAIN, LIKELY, ARGUABLE, NOTICE = Grade

# Number, provisions that must be named, grade.
FOUND = {
    "ids": """
        01 3.7 certain | 02 2.3 likely | 03 2.2 arguable | 04 6.9,6.19 arguable | 05 5.9 arguable | 06 5.10 arguable
        07 6.6 arguable | 08 6.12 notice | 09 9.5,8.2 arguable | 10 - notice
    """,
    "ivh": """
        01 2.2,2.3 certain | 02 6.12 certain | 03 6.10,5.11 certain | 04 5.11 likely | 05 6.10,5.11 arguable
        06 6.2 arguable | 07 6.4 likely | 08 6.5,6.16 likely | 11 6.10 arguable | 12 6.11 likely
        13 6.9,6.19,6.7 arguable | 14 6.8 arguable | 15 6.13 arguable | 16 2.2,2.5 arguable | 17 1.3 likely
        18 1.4 arguable | 19 5.10 arguable | 20 8.1,8.2 likely | 21 - notice
    """,
    "hs": """
        01 1.2 certain | 02 2.3 likely | 03 2.2 likely | 04 2.2,2.5 likely | 05 2.2 arguable | 06 6.4 certain
        07 6.15 certain | 08 6.5,6.16 likely | 09 5.3 likely | 10 5.2 arguable | 11 6.10,5.11 arguable
        12 6.3,6.14 arguable | 13 5.6,5.7,6.7,6.9,6.19 arguable | 14 6.8,6.12,6.13,6.6 arguable | 15 7.2,7.3 arguable
        16 8.1,8.2,9.5 arguable | 17 1.2,3.1 arguable | 18 - notice
    """,
    "ih": """
        01 1.2,1.3,3.2 certain | 02 6.3 certain | 03 3.7 certain | 04 6.4,6.5 certain | 05 5.3 likely
        06 2.1,2.2,2.3,2.4 likely | 07 1.4,1.5 likely | 08 3.6 likely | 09 3.1,5.10 likely
        10 5.6,5.7,6.9,6.19 arguable | 11 6.8,6.12,7.1,7.2,7.3,7.4,8.1,8.2,9.5 arguable | 12 4.1,4.2 arguable
        13 5.8 arguable | 14 - notice | 15 - notice
    """,
    "ms": """
        01 5.2,6.2 certain | 02 6.9 certain | 03 6.11 likely | 04 2.4,2.1 certain | 05 2.2,2.5 likely | 06 2.2 arguable
        07 2.3 arguable | 08 6.5,6.16 likely | 09 1.2 likely | 10 6.13,5.8 arguable
        11 5.6,5.7,6.7,6.9,6.19 arguable | 12 1.4 arguable | 13 5.10 arguable
        14 6.12,6.8,7.1,7.2,7.3,7.4,8.1,8.2,9.5 arguable | 15 3.7 arguable | 16 - notice
    """,
}

PASSES = {
    "ids": "1.2 1.4 2.4 6.2 6.3 6.4 6.5 6.8 6.11 6.13 6.14 6.15 6.16 7.1 7.3 7.4",
    "ivh": "1.2 2.4 3.1 3.2 6.14 6.15 9.5 9.7",
    "hs": "2.4 3.6 6.2 6.11",
    "ih": "6.2 6.11 6.13 6.14 5.8(c)",
    "ms": "6.3 6.4 6.14 6.15",
}


def text_of(key: str) -> Policy:
    return landlords.landlord(key).policies[0]


def checked(policy: Policy, on: date = TODAY) -> Check:
    return check(policy, landlords.the_code(), landlords.duties(), on)


def graded(policy: Policy) -> dict[str, str]:
    return {finding.id: finding.grade.value for finding in checked(policy).findings}


def by_hand(key: str) -> dict[str, tuple[set[str], str]]:
    rows = (row.split() for line in FOUND[key].strip().splitlines() for row in line.split("|"))
    return {f"{key.upper()}-{number}": (set(about.split(",")) - {"-"}, grade) for number, about, grade in rows}


@pytest.mark.parametrize("key", FOUND)
def test_what_departs_number_by_number(key: str) -> None:
    expected = by_hand(key)
    assert graded(text_of(key)) == {number: grade for number, (_, grade) in expected.items()}
    for finding in checked(text_of(key)).findings:
        assert expected[finding.id][0] <= set(finding.provisions), finding.id


@pytest.mark.parametrize("key", PASSES)
def test_what_meets_the_code_passes(key: str) -> None:
    assert set(PASSES[key].split()) <= set(checked(text_of(key)).passes)


@pytest.mark.parametrize("key", FOUND)
def test_nothing_passes_from_which_something_departs(key: str) -> None:
    found = checked(text_of(key))
    departs = {each for finding in found.findings for each in finding.provisions}
    assert not departs & set(found.passes)
    assert list(found.passes) == sorted(found.passes, key=in_order)


def test_stricter_than_the_code_has_a_number_and_is_no_finding() -> None:
    stricter = {each.id: each for each in checked(text_of("ivh")).judgements if each.verdict is Verdict.STRICTER}
    provisions = {number: each.provisions for number, each in stricter.items()}
    assert provisions == {"IVH-09": ("6.14",), "IVH-10": ("6.15",)}
    assert {each.grade for each in stricter.values()} == {None}


@pytest.mark.parametrize("key", FOUND)
def test_each_finding_says_what_why_and_how_to_mend_it(key: str) -> None:
    for finding in checked(text_of(key)).findings:
        for each in finding.judgements:
            assert each.why
            assert each.repair
            assert each.verdict is Verdict.SILENT or each.says, each.duty
            assert each.verdict is Verdict.SILENT or each.rule or each.duty == "review"


# One value of a text changed, and the only findings that may change: those that come, go or have another grade.
Change = Callable[[Policy], Policy]


def responded(policy: Policy, **changed: object) -> Policy:
    assert policy.stage_1.respond
    limit = replace(policy.stage_1.respond, **changed)  # type: ignore[arg-type]
    return replace(policy, stage_1=replace(policy.stage_1, respond=limit))


def acknowledged_within(days: int) -> Change:
    def change(policy: Policy) -> Policy:
        limit = Limit(days, Unit.WORKING_DAYS, Happening.RECEIVED, "1")
        return replace(policy, stage_1=replace(policy.stage_1, acknowledge=limit))

    return change


def capped(days: int) -> Change:
    def change(policy: Policy) -> Policy:
        limit = Limit(days, Unit.WORKING_DAYS, Happening.RESPOND_STAGE_1, "1")
        return replace(policy, stage_1=replace(policy.stage_1, extended=limit))

    return change


def aged(**changed: object) -> Change:
    return lambda policy: replace(policy, age_limit=replace(policy.age_limit or AgeLimit(12, "1"), **changed))  # type: ignore[arg-type]


def without(duty: str) -> Change:
    return lambda p: replace(p, statements={key: each for key, each in p.statements.items() if key != duty})


def without_grounds(*keys: str) -> Change:
    return lambda p: replace(p, grounds=tuple(ground for ground in p.grounds if ground.key not in keys))


def with_the_letter(kind: LetterKind) -> Change:
    """The letter as the Code asks for it."""
    return lambda p: replace(p, letter_parts={**p.letter_parts, kind: landlords.the_code().letter_parts[kind]})


CHANGED: list[tuple[str, str, Change, dict[str, str | None]]] = [
    ("ids", "11 days to answer", lambda p: responded(p, amount=11), {"IDS-respond_stage_1": "certain"}),
    ("ids", "9 days to answer", lambda p: responded(p, amount=9), {}),
    ("ids", "10 days from receipt", lambda p: responded(p, counted_from=Happening.RECEIVED), {}),
    (
        "ids",
        "12 days from receipt",
        lambda p: responded(p, amount=12, counted_from=Happening.RECEIVED),
        {"IDS-respond_stage_1": "arguable"},
    ),
    ("ids", "6 days to acknowledge", acknowledged_within(6), {"IDS-acknowledge_stage_1": "certain"}),
    ("ids", "11 further days", capped(11), {"IDS-respond_stage_1_extended": "certain"}),
    ("ids", "the day of becoming aware counts", aged(from_awareness=True), {"IDS-02": None}),
    ("ids", "six months", aged(months=6), {"IDS-02": "certain"}),
    ("ids", "no word of new issues", without("new_issues"), {"IDS-new_issues": "arguable"}),
    ("ids", "no word of adjustments", without("adjustments"), {"IDS-adjustments": "likely"}),
    (
        "ids",
        "reasons asked for",
        lambda p: replace(p, asks_escalation_reasons=True),
        {"IDS-reasons_not_required": "certain"},
    ),
    ("ids", "reviewed", lambda p: replace(p, review_due=date(2028, 9, 30)), {}),
    ("ids", "a full stage 1 letter", with_the_letter(LetterKind.RESPONSE_STAGE_1), {}),
    (
        "ids",
        "no letter about declining",
        lambda p: replace(p, letter_parts={k: v for k, v in p.letter_parts.items() if k is not LetterKind.DECLINE}),
        {"IDS-refusal_explained": "certain"},
    ),
    ("ivh", "no window", lambda p: replace(p, escalation_window=None), {"IVH-05": None}),
    ("ivh", "no reasons asked for", lambda p: replace(p, asks_escalation_reasons=False), {"IVH-02": "arguable"}),
    ("ivh", "the Ombudsman at an extension", with_the_letter(LetterKind.EXTENSION), {"IVH-08": None}),
    (
        "ivh",
        "no self-assessment",
        without("self_assessment"),
        {"IVH-20": "arguable", "IVH-self_assessment": "arguable"},
    ),
    (
        "ivh",
        "against the Code of today",
        lambda p: replace(p, written_against="Complaint Handling Code 2024"),
        {"IVH-20": "arguable"},
    ),
    ("hs", "a cap at stage 1", capped(10), {"HS-06": None}),
    ("hs", "petitions are complaints", without_grounds("petition"), {"HS-04": None}),
    ("hs", "not softened", aged(softened=False), {}),
    ("hs", "4.1 without its twelve months", without("age_limit"), {"HS-02": "arguable"}),
    ("ih", "5 days to acknowledge", acknowledged_within(5), {"IH-02": "arguable"}),
    ("ih", "no standard", lambda p: replace(p, service_standards=()), {"IH-02": None, "IH-14": None}),
    ("ih", "a cap at stage 1", capped(10), {"IH-04": "likely"}),
    ("ms", "an explained refusal", with_the_letter(LetterKind.DECLINE), {"MS-04": None}),
    ("ms", "without usually", aged(softened=False), {"MS-07": "likely"}),
    (
        "ms",
        "still repetitious alone",
        without_grounds("policy_disagreement", "appeal", "neighbours", "safeguarding"),
        {"MS-05": "arguable"},
    ),
    ("ms", "reviewed", lambda p: replace(p, review_due=date(2028, 1, 1)), {"MS-16": None}),
]


@pytest.mark.parametrize(
    ("key", "change", "expected"), [each[:1] + each[2:] for each in CHANGED], ids=[c[1] for c in CHANGED]
)
def test_one_value_changes_what_it_should(key: str, change: Change, expected: dict[str, str | None]) -> None:
    before, after = graded(text_of(key)), graded(change(text_of(key)))
    changed = {each: after.get(each) for each in before.keys() | after.keys() if before.get(each) != after.get(each)}
    assert changed == expected


@pytest.mark.parametrize("key", FOUND)
def test_each_statement_that_departs_can_be_mended_by_itself(key: str) -> None:
    """Each duty that a statement breaks is under one number; said as the Code asks it is under none."""
    for duty in text_of(key).statements:
        mended = Statement(Verdict.MEETS, "As the Code asks.", "1")
        policy = replace(text_of(key), statements={**text_of(key).statements, duty: mended})
        before, after = checked(text_of(key)), checked(policy)
        departs = {each.duty for each in after.judgements if each.grade} - {
            each.duty for each in before.judgements if each.grade
        }
        assert not departs, duty


@given(st.integers(1, 40), st.integers(1, 40))
def test_more_days_never_grade_better(fewer: int, more: int) -> None:
    order = [None, "arguable", "likely", "certain"]
    few, many = (
        graded(responded(text_of("ids"), amount=days)).get("IDS-respond_stage_1") for days in sorted((fewer, more))
    )
    assert order.index(few) <= order.index(many)


@pytest.mark.parametrize(("days", "at_most"), [(1, 1), (5, 5), (6, 5), (7, 5), (8, 6), (14, 10), (20, 15)])
def test_the_most_working_days_of_calendar_days(days: int, at_most: int) -> None:
    assert working_days_at_most(Limit(days, Unit.CALENDAR_DAYS, Happening.RECEIVED, "1")) == at_most


def test_a_review_is_overdue_from_the_next_day_on() -> None:
    policy = replace(text_of("ms"), review_due=TODAY)
    assert "MS-16" not in {finding.id for finding in checked(policy).findings}
    assert "MS-16" in {finding.id for finding in checked(policy, date(2026, 11, 22)).findings}


def test_what_is_ambiguous_is_arguable_however_it_is_read() -> None:
    said = Statement(Verdict.AMBIGUOUS, "Two or three days.", "1", Reading.PLAIN)
    policy = replace(text_of("ids"), statements={**text_of("ids").statements, "acknowledge_stage_1": said})
    assert graded(policy)["IDS-acknowledge_stage_1"] == "arguable"


def test_the_code_itself_gives_nothing_that_departs_by_its_values() -> None:
    """The yardstick held against itself: its limits, grounds and letters meet it."""
    departs = {
        each.duty for each in checked(landlords.the_code()).judgements if each.grade and each.verdict is Verdict.WEAKER
    }
    assert not departs
    assert {"6.2", "6.3", "6.9", "6.11", "6.14", "6.19", "2.4"} <= set(checked(landlords.the_code()).passes)


def test_every_duty_is_about_a_provision_of_the_code() -> None:
    known = {provision.number for provision in landlords.provisions()}
    about = {each.partition("(")[0] for duty in landlords.duties() for each in duty.provisions}
    assert about <= known
    keys = [duty.key for duty in landlords.duties()]
    assert len(keys) == len(set(keys))
    assert {key.value for key in Key} <= set(keys)
