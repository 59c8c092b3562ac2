"""`portal deadlines`: the JSON form, the readable form, and errors that say what to write."""

import json

import pytest
from click.testing import CliRunner, Result

from portal.commands.deadlines import deadlines


def run(*arguments: str) -> Result:
    return CliRunner().invoke(deadlines, arguments, env={"PORTAL_LANDLORDS": None, "PORTAL_LANDLORD_FILES": None})


def test_json() -> None:
    result = run("--landlord", "ids", "--received", "2026-12-22", "--acknowledged", "2026-12-23", "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert list(document) == ["landlord", "policy_in_force_from", "deadlines", "shown"]
    assert (document["landlord"], document["policy_in_force_from"]) == ("ids", "2024-09-17")
    respond = next(d for d in document["deadlines"] if (d["key"], d["basis"]) == ("respond_stage_1", "policy"))
    explanation = respond.pop("explanation")
    assert explanation.startswith("We count 10 working days from Wednesday 23 December 2026")
    assert respond == {
        "key": "respond_stage_1",
        "basis": "policy",
        "due": "2027-01-11",
        "staff_target": "2027-01-08",
        "counted_from": "acknowledged",
        "from_date": "2026-12-23",
        "amount": 10,
        "unit": "working_days",
        "rule": "IDS 6.2.3",
        "assumes": {},
        "counted": [
            *("2026-12-24", "2026-12-29", "2026-12-30", "2026-12-31", "2027-01-04"),
            *("2027-01-05", "2027-01-06", "2027-01-07", "2027-01-08", "2027-01-11"),
        ],
        "skipped": [
            {"date": "2026-12-25", "why": "Christmas Day"},
            {"date": "2026-12-26", "why": "Saturday"},
            {"date": "2026-12-27", "why": "Sunday"},
            {"date": "2026-12-28", "why": "Boxing Day (substitute day)"},
            {"date": "2027-01-01", "why": "New Year's Day"},
            {"date": "2027-01-02", "why": "Saturday"},
            {"date": "2027-01-03", "why": "Sunday"},
            {"date": "2027-01-09", "why": "Saturday"},
            {"date": "2027-01-10", "why": "Sunday"},
        ],
    }
    assert document["shown"]["respond_stage_1"] == "2027-01-11"
    assert "ask_for_stage_2" not in document["shown"]


def test_json_says_what_it_assumes() -> None:
    document = json.loads(run("--landlord", "ivh", "--received", "2024-02-12", "--json").stdout)
    responds = [d for d in document["deadlines"] if d["key"] == "respond_stage_1"]
    assert [(d["basis"], d["due"], d["assumes"]) for d in responds] == [
        ("policy", "2024-03-01", {"acknowledged": "2024-02-17"}),
        ("code", "2024-03-04", {"acknowledged": "2024-02-19"}),
    ]
    assert document["shown"]["respond_stage_1"] == "2024-03-01"


def test_by_post() -> None:
    sent = ("--landlord", "ivh", "--received", "2025-07-14", "--responded", "2025-08-01", "--json")
    by = {way: json.loads(run(*sent, "--sent-by", way).stdout)["shown"]["ask_for_stage_2"] for way in ("email", "post")}
    assert by == {"email": "2025-08-15", "post": "2025-08-19"}


def test_for_reading() -> None:
    text = run("--landlord", "hs", "--received", "2026-09-01", "--acknowledged", "2026-09-03").stdout
    assert "Housing Services: policy CWPO004, in force from Wednesday 8 January 2025" in text
    assert "Answer at stage 1: Tuesday 15 September 2026" in text
    assert "  Policy, Tuesday 15 September 2026: We count 10 working days" in text
    assert "  The Code, Thursday 17 September 2026: We count 10 working days" in text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--landlord nobody --received 2026-09-01", "There is no landlord 'nobody'. The landlords are: hs, ids,"),
        ("--landlord ids", "Missing option '--received'"),
        ("--landlord ids --received 2026-02-30", "'2026-02-30' is not a day. Write year, month and day"),
        ("--landlord ids --received 20260901", "'20260901' is not a day"),
        ("--landlord ids --received 1999-09-01", "only know bank holidays from 2010-01-01 to 2040-12-31"),
        (
            "--landlord ids --received 2026-09-02 --acknowledged 2026-09-01",
            "--acknowledged 2026-09-01 is before --received 2026-09-02",
        ),
        (
            "--landlord ids --received 2026-09-02 --acknowledged 2026-09-04 --responded 2026-09-03",
            "--responded 2026-09-03 is before --acknowledged 2026-09-04",
        ),
        (
            "--landlord ids --received 2026-09-02 --responded 2026-09-10 --escalated 2026-09-09",
            "--escalated 2026-09-09 is before --responded 2026-09-10",
        ),
        (
            "--landlord ids --received 2026-09-02 --stage2-acknowledged 2026-09-09",
            "--stage2-acknowledged also needs --escalated",
        ),
        ("--landlord ids --received 2026-09-02 --sent-by pigeon", "'pigeon' is not one of 'email', 'post'"),
    ],
)
def test_what_is_wrong_is_said(arguments: str, told: str) -> None:
    result = run(*arguments.split())
    assert result.exit_code == 2
    assert told in " ".join(result.output.split())


def test_a_second_review_may_be_asked_for_before_a_late_answer() -> None:
    late = "--landlord ih --received 2026-09-01 --escalated 2026-09-16 --responded 2026-09-18"
    assert run(*late.split()).exit_code == 0
