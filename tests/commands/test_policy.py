"""`portal policy check`, `diff` and `new`: what they print, how they fail, and errors that say where to look."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from portal import landlords
from portal.cli import portal

TODAY = ("--on", "2026-11-21")


def run(*arguments: str, typed: str = "") -> Result:
    served = {"PORTAL_LANDLORDS": None, "PORTAL_LANDLORD_FILES": None}
    return CliRunner().invoke(portal, ["policy", *arguments], env=served, input=typed)


def written(tmp_path: Path, before: str, after: str) -> Path:
    text = files("portal.landlords").joinpath("ids.toml").read_text(encoding="utf-8")
    assert before in text
    file = tmp_path / "new.toml"
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return file


def test_json() -> None:
    document = json.loads(run("check", "ih", "--json", *TODAY).stdout)
    assert document["landlord"] == "ih"
    finding = next(each for each in document["findings"] if each["id"] == "IH-02")
    assert finding == {
        "id": "IH-02",
        "provision": "6.3",
        "grade": "certain",
        "verdict": "weaker",
        "says": "14 working days from the complaint",
        "section": "IH L141",
        "why": "The full response comes within 10 working days of the acknowledgement.",
        "repair": "We answer in full within 10 working days of acknowledging your complaint.",
    }
    assert {"6.2", "5.8(c)"} <= set(document["passes"])


def test_each_provision_has_a_verdict() -> None:
    verdicts = json.loads(run("check", "ivh", "--json", *TODAY).stdout)["verdicts"]
    assert list(verdicts) == [provision.number for provision in landlords.provisions()]
    some = {number: verdicts[number] for number in ("1.1", "1.2", "2.3", "6.2", "6.8", "6.14")}
    assert some == {
        "1.1": "silent",
        "1.2": "meets",
        "2.3": "weaker",
        "6.2": "ambiguous",
        "6.8": "silent",
        "6.14": "stricter",
    }


def test_what_people_read_cites_headings_instead_of_lines() -> None:
    printed = " ".join(run("check", "ih", *TODAY).stdout.split())
    assert "IH-03 certain, weaker (Code 3.7)" in printed
    assert "“Housing Ombudsman Service”" in printed
    assert " L110" not in printed
    assert "Stricter than the Code: IVH-09 (6.14), IVH-10 (6.15)" in run("check", "ivh", *TODAY).stdout


@pytest.mark.parametrize(("key", "code"), [("ivh", 1), ("ids", 1)])
def test_strict_fails_on_a_certain_departure(key: str, code: int) -> None:
    assert run("check", key, "--strict", *TODAY).exit_code == code
    assert run("check", key, *TODAY).exit_code == 0


def test_strict_passes_where_none_is_certain(tmp_path: Path) -> None:
    file = written(tmp_path, 'ombudsman_access = { verdict = "weaker"', 'ombudsman_access = { verdict = "meets"')
    assert run("check", str(file), "--strict", *TODAY).exit_code == 0


def test_a_wrong_file_is_told_with_line_key_and_what_is_allowed(tmp_path: Path) -> None:
    file = written(tmp_path, 'verdict = "ambiguous"', 'verdict = "vague"')
    result = run("check", str(file))
    line = next(n for n, each in enumerate(file.read_text().splitlines(), 1) if '"vague"' in each)
    assert result.exit_code == 1
    assert f"line {line}, policies[0].statements" in result.output
    assert "allowed are meets, stricter, weaker, silent, ambiguous, contradictory" in result.output


def test_a_statement_about_no_duty_is_told(tmp_path: Path) -> None:
    result = run("check", str(written(tmp_path, "new_issues = {", "newissues = {")))
    assert "policies[0].statements.newissues: is no duty; allowed are definition, who_may_complain" in result.output


def test_a_number_of_no_duty_is_told(tmp_path: Path) -> None:
    result = run("check", str(written(tmp_path, 'IDS-05 = ["update_intervals"]', 'IDS-05 = ["grounds.none"]')))
    assert "finding_numbers.IDS-05: 'grounds.none' is no duty" in result.output


def test_an_unknown_key_is_told_with_those_there_are() -> None:
    result = run("check", "nobody")
    assert result.exit_code == 2
    assert "hs, ids, ih, ivh, ms" in result.output


def test_a_landlord_outside_england_is_not_held_against_it(tmp_path: Path) -> None:
    file = written(tmp_path, 'version = "V.1"', 'version = "V.1"\nregime = "SPSO"')
    result = run("check", str(file))
    assert result.exit_code == 1
    assert "the Code binds England alone" in result.output


def test_the_difference_of_two_texts(tmp_path: Path) -> None:
    file = written(tmp_path, "respond = { amount = 10", "respond = { amount = 11")
    printed = " ".join(run("diff", "ids", str(file), *TODAY).stdout.split())
    assert printed.count("(Code ") == 1
    assert "respond_stage_1 (Code 6.3)" in printed
    assert "ids meets: 10 working days from the acknowledgement" in printed
    assert "weaker, certain: 11 working days from the acknowledgement" in printed
    assert run("diff", "ids", "ids@V.1", *TODAY).stdout == "They stand beside the Code alike.\n"


ANSWERS = (
    *(
        "Seventh “Homes” \\ Trust",
        "Seventh",
        "900",
        "",
        "020 7946 0107",
        "020 7946 0187",
        "complaints@seventh.example.org",
    ),
    *("chief@seventh.example.org", "https://seventh.example.org", "7 Example Street, London", "first", "2026-04-01"),
    *("n", "12", "4.1", "y"),
    *("5", "", "6.1", "10", "", "", "6.2", "10", "", "", "6.3"),
    *("5", "", "7.1", "20", "", "", "7.2", "0"),
)


def test_answers_become_a_file_that_can_be_used(tmp_path: Path) -> None:
    file = tmp_path / "seventh.toml"
    result = run("new", "seventh", "--out", str(file), typed="\n".join(ANSWERS) + "\n")
    assert result.exit_code == 0, result.output
    found = json.loads(run("check", str(file), "--json", *TODAY).stdout)
    assert {"6.2", "6.3", "6.4", "6.11", "6.14"} <= set(found["passes"])
    assert not [each for each in found["findings"] if each["grade"] == "certain"]
    again = run("new", "seventh", "--out", str(file))
    assert again.exit_code == 1
    assert "is there already" in again.output


def test_answers_that_cannot_be_used_write_nothing(tmp_path: Path) -> None:
    file = tmp_path / "seventh.toml"
    result = run("new", "Seventh Homes", "--out", str(file), typed="\n".join(ANSWERS) + "\n")
    assert result.exit_code == 1
    assert "small letters" in result.output
    assert not file.exists()
