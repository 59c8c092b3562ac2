"""What the five files say, held against the landlords' texts."""

import re
from datetime import date

import pytest

from portal import landlords
from portal.domain.policy import Basis, Channel, Key, LetterKind, Nation, Needs, Part, Policy, Regime
from portal.landlords.checks import LEAST_CONTRAST, contrast_with_white

# The contradictions C1 to C32 of the texts, each decided in the file of the text that it is about.
DECIDED_IN = {"ids": range(1, 5), "ivh": range(5, 12), "hs": range(12, 21), "ih": range(21, 28), "ms": range(28, 32)}


def newest(key: str) -> Policy:
    return landlords.landlord(key).policies[0]


def test_there_are_five() -> None:
    assert set(landlords.keys()) == set(DECIDED_IN)


@pytest.mark.parametrize(
    ("key", "version", "in_force_from", "review_due"),
    [
        ("ids", "V.1", date(2024, 9, 17), date(2026, 9, 30)),
        ("ivh", "June 2023", date(2023, 6, 16), date(2025, 6, 1)),
        ("hs", "CWPO004", date(2025, 1, 8), date(2026, 1, 31)),
        ("ih", "V1", date(2022, 6, 6), date(2024, 6, 30)),
        ("ms", "V3.0", date(2022, 10, 1), date(2023, 10, 31)),
    ],
)
def test_versions(key: str, version: str, in_force_from: date, review_due: date) -> None:
    policy = newest(key)
    assert (policy.version, policy.in_force_from, policy.review_due) == (version, in_force_from, review_due)
    assert (policy.landlord, policy.nation, policy.regime) == (key, Nation.ENGLAND, Regime.HO_2024)


LIMITS = {
    ("ids", Key.ACKNOWLEDGE_STAGE_1): "5 working_days from received, IDS 6.2.1",
    ("ids", Key.RESPOND_STAGE_1): "10 working_days from acknowledged, IDS 6.2.3",
    ("ids", Key.RESPOND_STAGE_1_EXTENDED): "10 working_days from respond_stage_1, IDS 6.2.4",
    ("ids", Key.ASK_FOR_STAGE_2): None,
    ("ids", Key.ACKNOWLEDGE_STAGE_2): "5 working_days from escalated, IDS 6.3.2",
    ("ids", Key.RESPOND_STAGE_2): "20 working_days from stage2_acknowledged, IDS 6.3.3",
    ("ids", Key.RESPOND_STAGE_2_EXTENDED): "20 working_days from respond_stage_2, IDS 6.3.4",
    ("ivh", Key.ACKNOWLEDGE_STAGE_1): "5 calendar_days from received, IVH 5.1 Acknowledgment",
    ("ivh", Key.RESPOND_STAGE_1): "10 working_days from acknowledged, IVH 5.1 Stage 1",
    ("ivh", Key.RESPOND_STAGE_1_EXTENDED): "10 working_days from respond_stage_1, IVH 5.1 Stage 1",
    ("ivh", Key.ASK_FOR_STAGE_2): "10 working_days from response_received, IVH 5.1 Stage 1",
    ("ivh", Key.ACKNOWLEDGE_STAGE_2): "5 working_days from escalated, IVH 5.1 Stage 2",
    ("ivh", Key.RESPOND_STAGE_2): "20 working_days from escalated, IVH 5.1 Stage 2",
    ("ivh", Key.RESPOND_STAGE_2_EXTENDED): "10 working_days from respond_stage_2, IVH 5.1 Stage 2",
    ("hs", Key.ACKNOWLEDGE_STAGE_1): "5 working_days from received, HS 7.6 Stage 1",
    ("hs", Key.RESPOND_STAGE_1): "10 working_days from received, HS 7.6 Stage 1",
    ("hs", Key.RESPOND_STAGE_1_EXTENDED): None,
    ("hs", Key.ASK_FOR_STAGE_2): "1 calendar_months from responded, HS 7.6 Stage 1",
    ("hs", Key.ACKNOWLEDGE_STAGE_2): "5 working_days from escalated, HS 7.6 Stage 2",
    ("hs", Key.RESPOND_STAGE_2): "20 working_days from escalated, HS 7.6 Stage 2",
    ("hs", Key.RESPOND_STAGE_2_EXTENDED): None,
    ("ih", Key.ACKNOWLEDGE_STAGE_1): "2 working_days from received, IH L92, L140",
    ("ih", Key.RESPOND_STAGE_1): "14 calendar_days from received, IH L99",
    ("ih", Key.RESPOND_STAGE_1_EXTENDED): None,
    ("ih", Key.ASK_FOR_STAGE_2): None,
    ("ih", Key.ACKNOWLEDGE_STAGE_2): "2 working_days from escalated, IH L146",
    ("ih", Key.RESPOND_STAGE_2): "14 working_days from escalated, IH L147",
    ("ih", Key.RESPOND_STAGE_2_EXTENDED): None,
    ("ms", Key.ACKNOWLEDGE_STAGE_1): "5 working_days from received, MS L81",
    ("ms", Key.RESPOND_STAGE_1): "10 working_days from received, MS L82",
    ("ms", Key.RESPOND_STAGE_1_EXTENDED): "20 working_days from received, MS L82",
    ("ms", Key.ASK_FOR_STAGE_2): None,
    ("ms", Key.ACKNOWLEDGE_STAGE_2): None,
    ("ms", Key.RESPOND_STAGE_2): "20 working_days from escalated, MS L86",
    ("ms", Key.RESPOND_STAGE_2_EXTENDED): "30 working_days from escalated, MS L86",
}


@pytest.mark.parametrize(("key", "which"), LIMITS)
def test_limits(key: str, which: Key) -> None:
    limit = newest(key).limit(which)
    words = limit and f"{limit.amount} {limit.unit} from {limit.counted_from}, {limit.rule}"
    assert words == LIMITS[key, which]


def test_the_codes_limits() -> None:
    code = landlords.the_code()
    limits = {which: limit for which in Key if (limit := code.limit(which))}
    assert {which: (limit.amount, limit.counted_from.value, limit.rule) for which, limit in limits.items()} == {
        Key.ACKNOWLEDGE_STAGE_1: (5, "received", "Code 6.2"),
        Key.RESPOND_STAGE_1: (10, "acknowledged", "Code 6.3"),
        Key.RESPOND_STAGE_1_EXTENDED: (10, "respond_stage_1", "Code 6.4"),
        Key.ACKNOWLEDGE_STAGE_2: (5, "escalated", "Code 6.11"),
        Key.RESPOND_STAGE_2: (20, "stage2_acknowledged", "Code 6.14"),
        Key.RESPOND_STAGE_2_EXTENDED: (20, "respond_stage_2", "Code 6.15"),
    }
    assert {limit.source for limit in limits.values()} == {Basis.CODE}


@pytest.mark.parametrize("key", DECIDED_IN)
def test_each_contradiction_is_decided_in_the_file_that_it_is_about(key: str) -> None:
    assert _decided(newest(key)) == {f"C{number}" for number in DECIDED_IN[key]}


def test_how_days_are_counted_is_decided_for_all_of_them() -> None:
    assert _decided(landlords.the_code()) == {"C32"}


def test_a_reading_keeps_the_one_that_was_not_taken() -> None:
    acknowledge = newest("ivh").stage_1.acknowledge
    assert acknowledge is not None
    assert acknowledge.reading is not None
    assert (acknowledge.reading.chosen, acknowledge.reading.other) == ("5 calendar days", "5 working days")


def test_the_working_days_of_a_service_standard_are_kept_to_measure_by() -> None:
    (standard,) = newest("ih").service_standards
    assert (standard.amount, standard.unit, standard.rule) == (14, "working_days", "IH L141")


def test_who_may_answer_stage_2() -> None:
    ids, ih = newest("ids").stage_2.handlers, newest("ih").stage_2.handlers
    assert ids.ranks_after("manager") == ("smt",)
    assert ids.ranks_after("smt") == ("cmt",)
    assert ids.ranks_after(None) == ("smt",)
    assert ih.ranks == ("director",)
    assert newest("ih").stage_1.handlers.ranks == ("board_member", "director")
    assert newest("ivh").stage_2.handlers.ranks == ("head_of_service",)
    assert newest("hs").stage_2.handlers.ranks == ("business_manager",)
    assert newest("ms").stage_2.handlers.ranks == ()
    assert all(newest(key).stage_2.handlers.different_person for key in landlords.keys())


def test_what_only_some_policies_ask_for() -> None:
    every = {key: newest(key) for key in landlords.keys()}
    assert {key for key, policy in every.items() if policy.asks_escalation_reasons} == {"ivh"}
    assert {key for key, policy in every.items() if policy.escalate_when_stage_1_late} == {"ih"}
    assert {key for key, policy in every.items() if policy.stage_1.extension_needs_agreement} == {"ivh"}
    assert {key for key, policy in every.items() if policy.stage_2.extension_needs_agreement} == {"ivh", "hs"}


def test_no_stage_is_the_ombudsman() -> None:
    labels = [stage.label for key in landlords.keys() for stage in (newest(key).stage_1, newest(key).stage_2)]
    assert not [label for label in labels if "mbudsman" in label]
    assert newest("hs").stage_2.label == "Stage 2 – review"


@pytest.mark.parametrize(("key", "months"), [("ids", 12), ("ivh", 6), ("hs", 12), ("ih", None), ("ms", 12)])
def test_age_limits(key: str, months: int | None) -> None:
    age_limit = newest(key).age_limit
    assert (age_limit and age_limit.months) == months


def test_grounds_that_go_beyond_the_code() -> None:
    beyond = {
        key: {ground.key for ground in newest(key).grounds if not ground.accepted_by_code} for key in landlords.keys()
    }
    assert beyond == {
        "ids": set(),
        "ivh": {"too_old", "continuing"},
        "hs": {"insurance", "petition"},
        "ih": set(),
        "ms": {"repetitious", "first_request", "policy_disagreement", "appeal", "neighbours", "safeguarding"},
    }


def test_a_court_ground_always_needs_a_day_of_filing() -> None:
    courts = [g for key in landlords.keys() for g in newest(key).grounds if g.key == "court"]
    assert len(courts) == 4
    assert {ground.needs for ground in courts} == {Needs.COURT_FILING_DATE}


@pytest.mark.parametrize("key", DECIDED_IN)
def test_intake_uses_the_codes_definition(key: str) -> None:
    assert newest(key).complaint_definition == landlords.the_code().complaint_definition


def test_where_a_policy_is_silent_the_codes_values_stand_and_are_marked() -> None:
    terms = landlords.terms_for("ih", date(2026, 11, 22))
    assert [ground.source for ground in terms.grounds] == [Basis.CODE] * 3
    assert terms.age_limit is not None
    assert terms.age_limit.source is Basis.CODE
    extended = terms.limit(Key.RESPOND_STAGE_1_EXTENDED)
    assert extended is not None
    assert extended.source is Basis.CODE
    assert terms.escalation_window is None
    assert Channel.PHONE in landlords.terms_for("ms", date(2026, 11, 22)).channels


@pytest.mark.parametrize("key", DECIDED_IN)
def test_every_letter_says_what_the_code_requires_and_what_the_policy_adds(key: str) -> None:
    terms, code = landlords.terms_for(key, date(2026, 11, 22)), landlords.the_code()
    for kind in LetterKind:
        parts = [required.part for required in terms.letter_parts[kind]]
        assert len(parts) == len(set(parts))
        assert {p.part for p in code.letter_parts[kind]} <= set(parts)
        assert {p.part for p in newest(key).letter_parts.get(kind, ())} <= set(parts)
        assert Part.OMBUDSMAN in parts


def test_the_seven_parts_of_a_stage_1_response() -> None:
    parts = {
        p.part.value for p in landlords.the_code().letter_parts[LetterKind.RESPONSE_STAGE_1] if p.rule == "Code 6.9"
    }
    assert parts == {"stage", "definition", "decision", "reasons", "remedy", "actions", "how_to_escalate"}


def test_the_right_to_a_second_review_stands_in_the_letter_of_delay_and_in_the_response() -> None:
    letters = newest("ih").letter_parts
    told = {kind for kind, parts in letters.items() if Part.SECOND_REVIEW_RIGHT in {p.part for p in parts}}
    assert told == {LetterKind.EXTENSION, LetterKind.RESPONSE_STAGE_1, LetterKind.LIMIT_MISSED}


def test_each_provision_of_the_code_says_how_sure_we_are() -> None:
    provisions = landlords.provisions()
    numbers = [provision.number for provision in provisions]
    assert len(numbers) == len(set(numbers)) == 73
    assert {provision.mark for provision in provisions} == {"V", "T", "K"}
    assert {provision.duty for provision in provisions} == {"must", "expected"}


def test_what_the_code_lets_a_policy_rely_on_is_a_provision() -> None:
    """Every "Code x.y" that a file cites for a letter is one of the provisions."""
    known = {provision.number for provision in landlords.provisions()}
    cited = {p.rule for parts in landlords.the_code().letter_parts.values() for p in parts}
    assert {number for rule in cited for number in rule.removeprefix("Code ").split(", ")} <= known


def test_the_ombudsmans_details_are_those_of_the_day() -> None:
    before, since = landlords.ombudsman(date(2026, 1, 12)), landlords.ombudsman(date(2026, 1, 13))
    assert before.email == "info@housing-ombudsman.org.uk"
    assert since.email is None
    assert since.telephone == "0300 111 3000"
    assert since.post[1:] == ("PO Box 1484", "Unit D", "Preston", "PR2 0ET")
    assert since.months_after_final_response == 12
    assert landlords.ombudsman(date(2001, 1, 1)) == before


@pytest.mark.parametrize("key", DECIDED_IN)
def test_brand_and_contact(key: str) -> None:
    landlord = landlords.landlord(key)
    assert contrast_with_white(landlord.brand.colour) >= LEAST_CONTRAST
    assert landlord.contact.placeholder
    assert landlord.contact.email.endswith("example.org")


def test_a_line_of_a_text_is_never_cited_to_people_as_its_number() -> None:
    cited = {
        policy.cited(rule) for key in landlords.keys() for policy in [newest(key)] for rule in policy.rules_cited()
    }
    assert not {rule for rule in cited if re.search(r"\bL\d", rule)}
    assert "“Complaints Process”, second point" in cited


def _decided(policy: Policy) -> set[str]:
    return {reading.decision for reading in policy.readings()} | {clash.decision for clash in policy.decisions}
