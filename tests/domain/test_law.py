"""The dates of the law on hazards, counted by hand."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from portal.clock import LONDON
from portal.domain.law import Hazard, HazardKind, LawKey, explain_law, hazard_limits
from portal.domain.policy import Nation
from portal.landlords import calendar_of

ENGLAND = calendar_of(Nation.ENGLAND)


def due(limits) -> dict[str, date]:
    return {each.key.value: each.due for each in limits}


def hazard(kind: str, aware_at: datetime, **done: date) -> Hazard:
    return Hazard(kind=HazardKind(kind), aware_at=aware_at.replace(tzinfo=LONDON), **done)


@pytest.mark.parametrize(
    ("aware_at", "investigated_on", "investigate", "tell", "safe"),
    [
        # Monday 2 November: 10 working days to Monday 16; from there 3 to Thursday 19 and 5 to Monday 23.
        (datetime(2026, 11, 2, 10), None, date(2026, 11, 16), date(2026, 11, 19), date(2026, 11, 23)),
        # It was looked into by Thursday 5 November: 3 to Tuesday 10, 5 to Thursday 12.
        (datetime(2026, 11, 2, 10), date(2026, 11, 5), date(2026, 11, 16), date(2026, 11, 10), date(2026, 11, 12)),
        # Sunday night is day 0: Monday 9 November is day 1.
        (datetime(2026, 11, 8, 23, 50), None, date(2026, 11, 20), date(2026, 11, 25), date(2026, 11, 27)),
        # Friday 18 December: 21 to 24 are four, 29 to 31 seven, 4 to 6 January ten; 25, 28 and 1 are bank holidays.
        (datetime(2026, 12, 18, 9), None, date(2027, 1, 6), date(2027, 1, 11), date(2027, 1, 13)),
    ],
)
def test_a_significant_hazard(
    aware_at: datetime, investigated_on: date | None, investigate: date, tell: date, safe: date
) -> None:
    limits = hazard_limits(hazard("significant", aware_at, investigated_on=investigated_on), ENGLAND)
    assert due(limits) == {"investigate": investigate, "tell_findings": tell, "make_safe": safe}
    assert [each.assumed for each in limits] == [False, investigated_on is None, investigated_on is None]


@pytest.mark.parametrize(
    ("aware_at", "due_at"),
    [
        ("2026-11-06T17:30+00:00", "2026-11-07T17:30+00:00"),  # Friday evening to Saturday evening
        ("2026-10-24T20:00+01:00", "2026-10-25T19:00+00:00"),  # the night has an hour more: 24 hours all the same
        ("2027-03-27T20:00+00:00", "2027-03-28T21:00+01:00"),  # and this one an hour less
        ("2026-12-25T03:00+00:00", "2026-12-26T03:00+00:00"),
    ],
)
def test_an_emergency_has_24_hours_whatever_the_day(aware_at: str, due_at: str) -> None:
    at = datetime.fromisoformat(aware_at).astimezone(LONDON)
    limits = {each.key: each for each in hazard_limits(Hazard(kind=HazardKind.EMERGENCY, aware_at=at), ENGLAND)}
    for key in (LawKey.INVESTIGATE, LawKey.MAKE_SAFE):
        assert limits[key].due_at == datetime.fromisoformat(due_at)
        assert limits[key].due_at.isoformat(timespec="minutes") == due_at
        assert not limits[key].missed(datetime.fromisoformat(due_at))
        assert limits[key].missed(datetime.fromisoformat(due_at).replace(second=1))


def test_what_was_done_in_time_is_never_late_and_what_was_done_late_stays_so() -> None:
    told = hazard(
        "significant", datetime(2026, 11, 2, 10), investigated_on=date(2026, 11, 16), safe_on=date(2026, 11, 24)
    )
    limits = {each.key: each for each in hazard_limits(told, ENGLAND)}
    much_later = datetime(2027, 5, 1, 9, tzinfo=LONDON)
    assert not limits[LawKey.INVESTIGATE].missed(much_later)
    assert limits[LawKey.MAKE_SAFE].missed(much_later)
    assert limits[LawKey.TELL_FINDINGS].missed(much_later)


@pytest.mark.parametrize("nation", Nation)
def test_the_law_holds_in_england_from_its_day(nation: Nation) -> None:
    """27 October 2025."""
    before = hazard("emergency", datetime(2025, 10, 26, 23, 59))
    since = hazard("emergency", datetime(2025, 10, 27, 0, 0))
    assert hazard_limits(before, calendar_of(nation)) == ()
    assert bool(hazard_limits(since, calendar_of(nation))) == (nation is Nation.ENGLAND)


def test_the_words_can_be_checked_against_a_calendar() -> None:
    limits = hazard_limits(
        hazard("significant", datetime(2026, 12, 18, 9), investigated_on=date(2026, 12, 23)), ENGLAND
    )
    investigate, tell, _safe = map(explain_law, limits)
    assert investigate == (
        "We count 10 working days from Friday 18 December 2026, the day on which we were told of the danger. That day "
        "itself does not count. We do not count Saturdays, Sundays or bank holidays: Friday 25 December (Christmas "
        "Day), Monday 28 December (Boxing Day, moved) and Friday 1 January (New Year's Day). Day 10 is Wednesday 6 "
        "January 2027. The rule is in the law: Hazards in Social Housing Regulations 2025 (Awaab’s Law)."
    )
    assert "the day on which we finished looking into it" in tell
    assert "Day 3 is Wednesday 30 December 2026" in tell
    [first, *_] = hazard_limits(hazard("emergency", datetime(2026, 11, 6, 17, 30)), ENGLAND)
    words = explain_law(first)
    assert "We count 24 hours from 17:30 on Friday 6 November 2026" in words
    assert "They end at 17:30 on Saturday 7 November 2026" in words
