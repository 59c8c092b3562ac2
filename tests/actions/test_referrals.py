"""A part of a complaint goes elsewhere; the complaint stays as it is, whatever the route and the policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from portal import landlords
from portal.actions.move_referral import move_referral
from portal.actions.notice_law_limit import notice_law_limit
from portal.actions.refer_part import refer_part
from portal.clock import LONDON
from portal.domain.events import Flag
from portal.domain.law import HazardKind, LawKey
from portal.domain.owed import deadlines_of, next_due
from portal.domain.policy import LetterKind
from portal.domain.referral_events import LawLimitMissed, ReferralMoved, ReferralStep
from portal.domain.referrals import ReferralStatus, Wish, all_told, as_told, law_limits
from portal.domain.refusal import Refused
from portal.domain.routes import CONFIDENTIAL, Route
from portal.records import chain, queries
from portal.records.database import Database
from tests.actions.office import Office, ten_oclock
from tests.builders import MONDAY

TUESDAY, WEDNESDAY, FRIDAY = (MONDAY + timedelta(days=each) for each in (1, 2, 4))
SECRET = "Somebody in the office takes money"

# As read in the policies; the rest is the Code's and the law's, for everybody.
OF_THE_TEXTS = {
    "ids": {"service_request", "asb", "court_proceedings"},
    "ivh": {"service_request", "building_safety", "court_proceedings"},
    "hs": {"service_request", "asb", "insurance", "petition", "court_proceedings"},
    "ih": {"staff_grievance", "chair", "whistleblowing"},
    "ms": {"service_request", "asb", "safeguarding", "appeal", "policy_feedback", "court_proceedings"},
}
OF_ALL = {
    "hazard",
    "service_request",
    "safeguarding",
    "building_safety",
    "data_protection_complaint",
    "external_body",
}


def wish(route: Route, **changes: Any) -> Wish:
    said: dict[str, Any] = {"part": SECRET, "owner": "The other team", "reached_by": "020 7946 0199"}
    if route is Route.HAZARD:
        said |= {"hazard": HazardKind.SIGNIFICANT, "aware_at": ten_oclock(MONDAY)}
    if route is Route.DATA_PROTECTION_COMPLAINT:
        said |= {"raised_on": MONDAY}
    return Wish(route=route, **{**said, **changes})


def refer(office: Office, reference: str, route: Route, on: date = TUESDAY, **changes: Any) -> None:
    actor = changes.pop("actor", office.lead)
    office.do(refer_part, actor, reference, wish(route, **changes), on=on)


def move(office: Office, reference: str, step: str, on: date, number: int = 1, **said: Any) -> None:
    told = {"words": "The plaster is loose and was taken down.", "actor": office.lead, **said}
    actor = told.pop("actor")
    with office.database.unit_of_work() as session:
        now = ten_oclock(max(on, WEDNESDAY))
        move_referral(session, actor, reference, number, step=ReferralStep(step), on=on, now=now, **told)


def at_every_status(office: Office) -> list[str]:
    """A complaint in each place that one can be in."""
    received, acknowledged = office.submit(MONDAY), office.acknowledged(MONDAY)
    answered = office.answered(MONDAY, TUESDAY)
    others = [office.answered(MONDAY, TUESDAY) for _ in range(2)]
    office.close(others[0], TUESDAY)
    office.escalate(others[1], TUESDAY)
    withdrawn, declined = office.submit(MONDAY), office.submit(MONDAY)
    office.withdraw(withdrawn, TUESDAY)
    grounds = landlords.terms_for(office.landlord, MONDAY).grounds
    office.decline(declined, TUESDAY, ground=next(each.key for each in grounds if each.key.startswith("court")))
    return [received, acknowledged, answered, *others, withdrawn, declined]


def stands(office: Office, reference: str) -> Any:
    """All by which somebody could see that a complaint was closed, paused or given another date."""
    file = office.case(reference)
    row = file.row
    columns = (row.stage, row.status, row.is_open, row.due_on, row.due_key, row.handler_id, row.messages_waiting)
    return columns, next_due(file.case, file.rules), deadlines_of(file.case, file.rules), file.case.remedies


@pytest.mark.parametrize("landlord", OF_THE_TEXTS)
def test_each_landlord_has_the_routes_of_its_text_and_those_of_everybody(landlord: str) -> None:
    own = landlords.policy_for(landlord, MONDAY)
    assert {each.route.value for each in own.routes} == OF_THE_TEXTS[landlord]
    every = [each.route.value for each in landlords.terms_for(landlord, MONDAY).routes]
    assert set(every) == OF_THE_TEXTS[landlord] | OF_ALL
    assert len(every) == len(set(every))
    assert all(each.rule.strip() for each in landlords.terms_for(landlord, MONDAY).routes)


@pytest.mark.parametrize("landlord", OF_THE_TEXTS)
def test_no_route_closes_pauses_or_dates_a_complaint_anew(sqlite_database: Database, landlord: str) -> None:
    office = Office(sqlite_database, landlord)
    routes = [each.route for each in landlords.terms_for(landlord, MONDAY).routes]
    # Landlords differ in their routes and in what a text says of each, and not in what a status does to one.
    for reference in at_every_status(office) if landlord == "ids" else [office.acknowledged(MONDAY, TUESDAY)]:
        before = stands(office, reference)
        for number, route in enumerate(routes, start=1):
            letters = len(office.letters(reference))
            refer(office, reference, route)
            move(office, reference, "taken_on", WEDNESDAY, number)
            assert stands(office, reference) == before, route
            told = office.letters(reference)[letters:]
            assert [each.kind for each in told] == [LetterKind.REFERRAL]
            assert "none of its dates change" in told[0].body or "does not change" in told[0].body
            if route is Route.HAZARD:
                move(office, reference, "made_safe", FRIDAY, number)
            move(office, reference, "completed", FRIDAY, number)
            assert stands(office, reference) == before, f"{route}, completed"
        case = office.case(reference).case
        assert {each.status for each in case.referrals} == {ReferralStatus.COMPLETED}
    with sqlite_database.session() as session:
        assert chain.verify(session, landlord) is None


@pytest.mark.parametrize("route", sorted(CONFIDENTIAL))
def test_of_a_confidential_route_nothing_is_told_but_that_it_was_passed_on(database: Database, route: Route) -> None:
    office = Office(database, "ih")
    reference = office.acknowledged(MONDAY)
    before = len(office.letters(reference))
    if route not in {each.route for each in landlords.terms_for("ih", MONDAY).routes}:
        pytest.fail("this landlord has every confidential route")
    refer(office, reference, route, owner="Line manager", note="He must not know")
    move(office, reference, "completed", WEDNESDAY, words="He was dismissed")
    written = office.letters(reference)[before:]
    assert len(written) == 1, "that it is completed is not told"
    said = f"{written[0].subject} {written[0].body}".casefold()
    for secret in (SECRET, "line manager", "he must", "dismissed", "0199", "grievance", "whistle", "safeguarding"):
        assert secret.casefold() not in said
    [referral] = office.case(reference).case.referrals
    told = as_told(referral, landlords.calendar_for("ih"))
    assert told.on == TUESDAY
    assert not any(getattr(told, name) for name in told.__slots__ if name != "on")


@pytest.mark.on_both
def test_a_hazard_has_the_dates_of_the_law_and_its_findings_are_a_letter(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    refer(office, reference, Route.HAZARD)
    letter = office.letters(reference)[-1].body
    # Monday 2 November is day 0: ten working days to Monday 16, and from there three and five.
    for words in ("Monday 16 November 2026", "Thursday 19 November 2026", "Monday 23 November 2026", "10 working days"):
        assert words in letter
    assert Flag.HAZARD in office.case(reference).row.flags
    move(office, reference, "investigated", WEDNESDAY)
    move(office, reference, "findings_told", FRIDAY)
    letter = office.letters(reference)[-1].body
    assert "The plaster is loose and was taken down" in letter
    assert "We make it safe by **Wednesday 11 November 2026**" in letter  # five working days after Wednesday 4
    assert "tell you in writing" not in letter, "that is what this letter does"
    move(office, reference, "made_safe", FRIDAY)
    limits = {
        each.key: each for each in law_limits(office.case(reference).case.referrals[0], landlords.calendar_for("ids"))
    }
    assert [limits[key].done_on for key in (LawKey.INVESTIGATE, LawKey.TELL_FINDINGS, LawKey.MAKE_SAFE)] == [
        WEDNESDAY,
        FRIDAY,
        FRIDAY,
    ]
    assert not any(each.missed(datetime(2027, 1, 1, tzinfo=LONDON)) for each in limits.values())
    move(office, reference, "completed", FRIDAY)
    assert Flag.HAZARD not in office.case(reference).row.flags


def test_an_emergency_counts_the_hours_from_the_minute_and_survives_being_stored(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.submit(date(2026, 10, 24))
    told = datetime.combine(date(2026, 10, 24), time(20, 15), LONDON)  # the clocks go back that night
    refer(office, reference, Route.HAZARD, date(2026, 10, 26), hazard=HazardKind.EMERGENCY, aware_at=told)
    [referral] = office.case(reference).case.referrals
    assert referral.event.aware_at == told
    assert "25 October 2026 at 7:15pm" in office.letters(reference)[-1].body


def test_the_findings_are_told_on_the_day_of_their_letter_and_on_no_other(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    refer(office, reference, Route.HAZARD)
    move(office, reference, "investigated", TUESDAY)
    with pytest.raises(Refused) as no:
        move(office, reference, "findings_told", TUESDAY)  # on Wednesday
    assert no.value.field == "on"
    # As some may be on record already: what counts is the letter, sent after the three working days to Friday 6.
    [referral] = office.case(reference).case.referrals
    told = ReferralMoved(number=1, step=ReferralStep.FINDINGS_TOLD, on=TUESDAY, told_on=MONDAY + timedelta(days=7))
    [_, tell, _] = law_limits(replace(referral, moves=(*referral.moves, told)), landlords.calendar_for("ids"))
    assert (tell.due, tell.done_on) == (FRIDAY, told.told_on)
    assert tell.missed(ten_oclock(FRIDAY))


@pytest.mark.parametrize(
    ("at", "kept", "missed"),
    [(None, False, False), (time(9, 59), True, False), (time(10), True, False), (time(23), False, True)],
)
def test_of_an_emergency_it_is_the_hour_that_says_whether_it_was_in_time(
    database: Database, at: time | None, kept: bool, missed: bool
) -> None:
    """Told on Monday at ten: until Tuesday at ten. Without the hour nobody knows."""
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    refer(office, reference, Route.HAZARD, hazard=HazardKind.EMERGENCY)
    for step in ("investigated", "made_safe"):
        moment = datetime.combine(TUESDAY, at, LONDON) if at else None
        move(office, reference, step, TUESDAY, at=moment)
    limits = law_limits(office.case(reference).case.referrals[0], landlords.calendar_for("ids"))
    for limit in (limits[0], limits[2]):
        assert limit.done_on == TUESDAY
        assert (limit.kept(), limit.missed(ten_oclock(FRIDAY))) == (kept, missed), limit.key


def test_a_time_that_cannot_be_is_refused(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    refer(office, reference, Route.HAZARD, hazard=HazardKind.EMERGENCY)
    refer(office, reference, Route.HAZARD)
    for step, on, at, number in (
        ("made_safe", MONDAY, time(9, 59), 1),  # before we were told
        ("made_safe", WEDNESDAY, time(10, 1), 1),  # it is ten
        ("taken_on", WEDNESDAY, time(9), 1),
        ("made_safe", WEDNESDAY, time(9), 2),  # of a significant hazard the law counts days
    ):
        with pytest.raises(Refused) as no:
            move(office, reference, step, on, number, at=datetime.combine(on, at, LONDON))
        assert no.value.field == "at_time"


def test_a_hazard_is_not_completed_before_it_is_safe_or_found_to_be_none(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    refer(office, reference, Route.HAZARD)
    for step in ("completed", "not_a_hazard"):  # nobody has looked yet
        with pytest.raises(Refused) as no:
            move(office, reference, step, WEDNESDAY)
        assert no.value.field == "step"
    move(office, reference, "investigated", WEDNESDAY)
    with pytest.raises(Refused) as no:
        move(office, reference, "not_a_hazard", WEDNESDAY, words=" ")
    assert no.value.field == "words"
    move(office, reference, "not_a_hazard", WEDNESDAY, words="The stain is old and dry.")
    calendar = landlords.calendar_for("ids")
    keys = [each.key for each in law_limits(office.case(reference).case.referrals[0], calendar)]
    assert keys == [LawKey.INVESTIGATE, LawKey.TELL_FINDINGS], "there is nothing to make safe"
    with pytest.raises(Refused):
        move(office, reference, "made_safe", WEDNESDAY)
    move(office, reference, "completed", WEDNESDAY)


def test_the_letter_about_a_worry_for_somebody_can_be_held_back(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    before = len(office.letters(reference))
    refer(office, reference, Route.SAFEGUARDING, held_back=True, why_not_told="He reads her letters.")
    move(office, reference, "completed", WEDNESDAY)
    assert len(office.letters(reference)) == before
    referrals = office.case(reference).case.referrals
    assert referrals[0].event.why_not_told == "He reads her letters."
    assert all_told(referrals, landlords.calendar_for("ids")) == [], "nor is it on their page"


def test_a_complaint_about_data_is_acknowledged_within_thirty_days(database: Database) -> None:
    """Thursday 26 November and 30 days is Saturday 26 December; Monday 28 is a bank holiday, so Tuesday 29.

    The day on which that part was raised counts, not that of the complaint.
    """
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    with pytest.raises(Refused) as no:
        refer(office, reference, Route.DATA_PROTECTION_COMPLAINT, date(2026, 11, 27), raised_on=None)
    assert no.value.field == "raised_on"
    raised_on = date(2026, 11, 26)
    refer(office, reference, Route.DATA_PROTECTION_COMPLAINT, date(2026, 11, 27), raised_on=raised_on)
    assert "**Tuesday 29 December 2026**" in office.letters(reference)[-1].body
    move(office, reference, "taken_on", date(2026, 12, 1))
    [limit] = law_limits(office.case(reference).case.referrals[0], landlords.calendar_for("ids"))
    assert limit.done_on == date(2026, 12, 1)


REFUSED = [
    (Route.INSURANCE, {}, "route"),  # IDS has no such route
    (Route.ASB, {"part": " "}, "part"),
    (Route.ASB, {"owner": " "}, "owner"),
    (Route.ASB, {"part": "x" * 20_001}, "part"),
    (Route.HAZARD, {"hazard": None}, "hazard"),
    (Route.HAZARD, {"aware_at": None}, "aware_on"),
    (Route.HAZARD, {"aware_at": ten_oclock(WEDNESDAY)}, "aware_on"),
    (Route.DATA_PROTECTION_COMPLAINT, {"raised_on": WEDNESDAY}, "raised_on"),
    (Route.SAFEGUARDING, {"held_back": True, "why_not_told": " "}, "why_not_told"),
    (Route.SAFEGUARDING, {"why_not_told": "He reads her letters"}, "held_back"),
    (Route.ASB, {"held_back": True, "why_not_told": "He reads her letters"}, "held_back"),
]


def test_what_cannot_be_passed_on_leaves_no_trace(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    version = office.case(reference).version
    for route, changes, field in REFUSED:
        with pytest.raises(Refused) as no:
            refer(office, reference, route, **changes)
        assert no.value.field == field
    for actor in (office.auditor, office.resident(reference)):
        with pytest.raises(Refused):
            refer(office, reference, Route.ASB, actor=actor)
    assert office.case(reference).version == version


def test_what_cannot_be_said_of_it(database: Database) -> None:
    office = Office(database, "ids")
    reference = office.submit(MONDAY)
    refer(office, reference, Route.ASB)
    refer(office, reference, Route.HAZARD)
    refer(office, reference, Route.SAFEGUARDING)
    for step, on, number, words, field in (
        ("completed", WEDNESDAY, 4, "Done", "which"),
        ("investigated", WEDNESDAY, 1, "Done", "step"),
        ("findings_told", WEDNESDAY, 2, "Done", "step"),
        ("completed", WEDNESDAY, 1, " ", "words"),
        ("completed", MONDAY, 1, "Done", "on"),
        ("taken_on", MONDAY - timedelta(days=1), 2, "", "on"),
    ):
        with pytest.raises(Refused) as no:
            move(office, reference, step, on, number, words=words)
        assert no.value.field == field, step
    with pytest.raises(Refused) as no:
        move(office, reference, "completed", WEDNESDAY, 3, actor=office.colleague)
    assert no.value.field == "which", "to others there is no such referral"
    move(office, reference, "completed", WEDNESDAY, 3)
    with pytest.raises(Refused):
        move(office, reference, "taken_on", WEDNESDAY, 3)


def notice_law(office: Office, at: datetime) -> list[str]:
    """What the worker does at each turn: the complaints in which a date of the law is newly on record as missed."""
    with office.database.session() as session:
        late = queries.late_by_law(session, at)
    for landlord, reference in late:
        with office.database.unit_of_work() as session:
            assert notice_law_limit(session, landlord, reference, now=at)
    return [reference for _, reference in late]


def missed(office: Office, reference: str) -> list[LawKey]:
    return [each.event.key for each in office.case(reference).recorded if isinstance(each.event, LawLimitMissed)]


def told_late(office: Office, reference: str) -> int:
    return [each.kind for each in office.letters(reference)].count(LetterKind.LAW_LIMIT_MISSED)


def in_view(office: Office, on: date) -> list[str]:
    with office.database.session() as session:
        found = [row.reference for row in queries.queue(session, office.lead, queries.View.LAW, on).rows]
        assert queries.counts(session, office.lead, on)[queries.View.LAW] == len(found)
        return found


@pytest.mark.on_both
def test_an_emergency_is_missed_at_its_minute_and_told_once_for_both_dates(database: Database) -> None:
    """24 hours from Monday 10:00 end on Tuesday 10:00, with the investigation and the safety works alike."""
    office = Office(database, "ids")
    reference, other = office.submit(MONDAY), office.submit(MONDAY)
    refer(office, reference, Route.HAZARD, MONDAY, hazard=HazardKind.EMERGENCY, aware_at=ten_oclock(MONDAY))
    assert in_view(office, MONDAY) == [reference]
    before, at = ten_oclock(TUESDAY) - timedelta(minutes=1), ten_oclock(TUESDAY)
    assert notice_law(office, before) == []
    assert notice_law(office, at + timedelta(minutes=1)) == [reference]
    assert missed(office, reference) == [LawKey.INVESTIGATE, LawKey.MAKE_SAFE]
    assert told_late(office, reference) == 1
    body = office.letters(reference)[-1].body
    for words in ("look into the danger by", "make it safe by", "3 November 2026 at 10:00am", "Call 999"):
        assert words in body
    for later in (at + timedelta(hours=1), ten_oclock(MONDAY + timedelta(days=30))):
        notice_law(office, later)
    assert missed(office, reference) == [LawKey.INVESTIGATE, LawKey.MAKE_SAFE]
    assert told_late(office, reference) == 1
    assert Flag.LAW_DATE_MISSED in office.case(reference).case.flags
    assert in_view(office, MONDAY + timedelta(days=30)) == [reference], "it stands there until it is done"
    assert (missed(office, other), told_late(office, other)) == ([], 0)


def test_each_date_of_a_significant_hazard_is_missed_on_the_day_after_it(sqlite_database: Database) -> None:
    """10 working days from Monday 2 November: Monday 16 November. Findings 3 on from there, safe 5 on from there."""
    office = Office(sqlite_database, "ids")
    reference = office.submit(MONDAY)
    refer(office, reference, Route.HAZARD, MONDAY)
    assert in_view(office, date(2026, 11, 10)) == []
    assert in_view(office, date(2026, 11, 11)) == [reference], "from five days before"
    assert notice_law(office, ten_oclock(date(2026, 11, 16))) == []
    assert notice_law(office, ten_oclock(date(2026, 11, 17))) == [reference]
    assert missed(office, reference) == [LawKey.INVESTIGATE], "what rests on it is not owed before it has ended"
    with office.database.unit_of_work() as session:
        now = ten_oclock(date(2026, 11, 18))
        said = {"step": ReferralStep.INVESTIGATED, "on": now.date(), "words": "", "now": now}
        move_referral(session, office.lead, reference, 1, **said)
    assert Flag.LAW_DATE_MISSED not in office.case(reference).case.flags
    assert notice_law(office, ten_oclock(date(2026, 11, 23))) == []
    assert notice_law(office, ten_oclock(date(2026, 11, 24))) == [reference]
    assert notice_law(office, ten_oclock(date(2026, 11, 26))) == [reference]
    assert missed(office, reference) == [LawKey.INVESTIGATE, LawKey.TELL_FINDINGS, LawKey.MAKE_SAFE]
    assert told_late(office, reference) == 3


def test_a_complaint_about_data_is_missed_after_thirty_days_and_what_is_done_is_not(sqlite_database: Database) -> None:
    """30 days from Monday 2 November: Wednesday 2 December."""
    office = Office(sqlite_database, "ids")
    forgotten, seen_to = office.submit(MONDAY), office.submit(MONDAY)
    for reference in (forgotten, seen_to):
        refer(office, reference, Route.DATA_PROTECTION_COMPLAINT, MONDAY)
    move(office, seen_to, "taken_on", WEDNESDAY)
    assert in_view(office, date(2026, 12, 1)) == [forgotten]
    assert notice_law(office, ten_oclock(date(2026, 12, 2))) == []
    assert notice_law(office, ten_oclock(date(2026, 12, 3))) == [forgotten]
    assert (missed(office, forgotten), missed(office, seen_to)) == ([LawKey.ACKNOWLEDGE_DATA], [])
    assert "how we use your data" in office.letters(forgotten)[-1].body


def test_what_is_done_late_is_on_record_as_late_even_if_nobody_noticed(sqlite_database: Database) -> None:
    office = Office(sqlite_database, "ids")
    reference = office.submit(MONDAY)
    refer(office, reference, Route.HAZARD, MONDAY)
    move(office, reference, "investigated", date(2026, 11, 18))
    assert missed(office, reference) == [LawKey.INVESTIGATE]
    assert told_late(office, reference) == 0
    assert notice_law(office, ten_oclock(date(2026, 11, 18))) == []
