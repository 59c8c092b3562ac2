"""Figures: a small year reckoned by hand, and what holds of every year.

The year from 1 April 2026 under the policy of IDS, whose times are those of the Code: 5 working days to acknowledge,
10 and 20 to answer, as long again with an extension.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain import measures
from portal.domain.case import Case
from portal.domain.events import (
    ComplaintDeclined,
    ComplaintWithdrawn,
    DeadlineExtended,
    Event,
    ExtensionReason,
    Finding,
    Link,
    Stage,
)
from portal.domain.figures import Figure, Spread, broken_down, reporting_year, suppressed
from portal.domain.group_events import GroupFormed
from portal.domain.measures import RECEIVED, Convention
from portal.domain.policy import Basis
from portal.domain.turns import Kept, Tenure, Turn, turns_of
from tests.domain import cases

YEAR = reporting_year(2026)
YEAR_END, IN_APRIL = date(2027, 3, 31), date(2027, 4, 30)
LCRA_HOMES, LCHO_HOMES = 2000, 250


def extended(told: date, until: date) -> Event:
    return DeadlineExtended(
        stage=Stage.ONE,
        told_on=told,
        old_due=date(2026, 6, 15),
        new_due=until,
        reason=ExtensionReason.COMPLEX,
    )


def declined() -> Event:
    return ComplaintDeclined(stage=Stage.ONE, ground="court")


def on(day: int, month: int, year: int = 2026) -> date:
    return date(year, month, day)


SHARED = {"link": Link.SHARED_OWNER}
# 13 April, 1 June and 5 October 2026 are Mondays. Tenth working day after 15 April: the 29th; after 1 June: the 15th,
# and ten more: the 29th. Twentieth after 14 October: 11 November. After 22 March 2027, across Easter: 7 April.
SMALL_YEAR: dict[str, tuple[Event, ...]] = {
    "in time": (cases.received(on(13, 4)), cases.acknowledged(on(15, 4)), cases.answered(on(29, 4))),
    "acknowledged on day 6": (cases.received(on(13, 4)), cases.acknowledged(on(21, 4)), cases.answered(on(22, 4))),
    "extended well": (
        cases.received(on(1, 6), **SHARED),
        cases.acknowledged(on(1, 6)),
        extended(on(12, 6), on(29, 6)),
        cases.answered(on(29, 6)),
    ),
    "extended too late": (
        cases.received(on(1, 6)),
        cases.acknowledged(on(1, 6)),
        extended(on(16, 6), on(29, 6)),
        cases.answered(on(19, 6)),
    ),
    "withdrawn": (
        cases.received(on(1, 7)),
        cases.acknowledged(on(2, 7)),
        ComplaintWithdrawn(withdrawn_on=on(3, 7)),
    ),
    "declined": (cases.received(on(6, 7)), declined()),
    "open at the year's end": (cases.received(on(22, 3, 2027)), cases.acknowledged(on(22, 3, 2027))),
    "a leaseholder's": (
        cases.received(on(5, 10), link=Link.LEASEHOLDER),
        cases.acknowledged(on(5, 10)),
        cases.answered(on(12, 10)),
    ),
    "both stages": (
        cases.received(on(5, 10), **SHARED),
        cases.acknowledged(on(5, 10)),
        cases.answered(on(12, 10)),
        cases.escalated(on(14, 10)),
        cases.acknowledged(on(14, 10), Stage.TWO),
        cases.answered(on(11, 11), Stage.TWO),
    ),
    "a group's": (
        cases.received(on(2, 11)),
        GroupFormed(formed_on=on(2, 11)),
        cases.acknowledged(on(2, 11)),
        cases.answered(on(9, 11)),
    ),
    "of the year before": (
        cases.received(on(30, 3)),
        cases.acknowledged(on(30, 3)),
        cases.answered(on(31, 3)),
        cases.escalated(on(7, 4)),
    ),
}
ANSWERED_LATER = {"open at the year's end": cases.answered(on(7, 4, 2027))}


def turns(day: date = YEAR_END, **more: Event) -> list[Turn]:
    """The stages of the small year as they stood on that day, under the names that they have above."""
    return [
        replace(turn, reference=name)
        for name, events in SMALL_YEAR.items()
        for turn in turns_of(_case(*events, *([more[name]] if name in more else ())), _rules(events), day)
    ]


def _case(*events: Event) -> Case:
    return cases.case_of(*events)


def _rules(events: Sequence[Event]) -> cases.Rules:
    return cases.rules_of("ids", events[0].received_on)  # type: ignore[attr-defined]


def test_ch01_counts_what_was_received_in_the_year_by_tenure() -> None:
    rented = measures.ch01(turns(), YEAR, Stage.ONE, Tenure.LCRA, LCRA_HOMES)
    owned = measures.ch01(turns(), YEAR, Stage.ONE, Tenure.LCHO, LCHO_HOMES)
    assert set(rented.counted) == {
        "in time",
        "acknowledged on day 6",
        "extended too late",
        "withdrawn",
        "open at the year's end",
        "a group's",
    }
    assert (rented.numerator, rented.denominator, rented.value) == (6, 2000, Decimal("3.0"))
    assert (owned.numerator, owned.denominator, owned.value) == (2, 250, Decimal("8.0"))
    assert measures.ch01(turns(), YEAR, Stage.TWO, Tenure.LCRA, LCRA_HOMES).counted == ("of the year before",)
    assert measures.ch01(turns(), YEAR, Stage.TWO, Tenure.LCHO, LCHO_HOMES).counted == ("both stages",)


def test_ch02_asks_for_both_dates_and_leaves_out_what_is_not_due_yet() -> None:
    rented = measures.ch02(turns(), YEAR, Stage.ONE, Tenure.LCRA)
    assert set(rented.counted) == {"in time", "a group's"}
    assert set(rented.among or ()) - set(rented.counted) == {"acknowledged on day 6", "extended too late"}
    assert rented.value == Decimal("50.0")
    assert measures.not_yet_due(turns(), YEAR, Stage.ONE) == ("open at the year's end",)


def test_what_was_open_at_the_years_end_is_judged_when_it_is_answered() -> None:
    later = measures.ch02(turns(IN_APRIL, **ANSWERED_LATER), YEAR, Stage.ONE, Tenure.LCRA)
    assert "open at the year's end" in later.counted
    assert later.value == Decimal("60.0")
    unanswered = measures.ch02(turns(IN_APRIL), YEAR, Stage.ONE, Tenure.LCRA)
    assert (unanswered.numerator, unanswered.denominator) == (2, 5)


def test_what_happened_after_a_day_is_not_known_on_it() -> None:
    """Answered on 9 April, two days late: on 31 March it was not due yet."""
    late = {"open at the year's end": cases.answered(on(9, 4, 2027))}
    assert measures.not_yet_due(turns(YEAR_END, **late), YEAR, Stage.ONE) == ("open at the year's end",)
    judged = measures.ch02(turns(IN_APRIL, **late), YEAR, Stage.ONE, Tenure.LCRA)
    assert "open at the year's end" in set(judged.among or ()) - set(judged.counted)


def test_the_switches_of_ch02_move_what_they_are_about_and_nothing_else() -> None:
    owned = measures.ch02(turns(), YEAR, Stage.ONE, Tenure.LCHO)
    strict = measures.ch02(turns(), YEAR, Stage.ONE, Tenure.LCHO, Convention(extensions=False))
    assert (set(owned.counted), owned.value) == ({"extended well", "both stages"}, Decimal("100.0"))
    assert (strict.counted, strict.value) == (("both stages",), Decimal("50.0"))
    with_withdrawn = measures.ch02(turns(), YEAR, Stage.ONE, Tenure.LCRA, Convention(withdrawn=True))
    assert set(with_withdrawn.counted) == {"in time", "a group's", "withdrawn"}
    assert with_withdrawn.value == Decimal("60.0")


def test_stage_2_has_twenty_days_of_its_own() -> None:
    assert measures.ch02(turns(), YEAR, Stage.TWO, Tenure.LCHO).value == Decimal("100.0")
    late = measures.ch02(turns(), YEAR, Stage.TWO, Tenure.LCRA)
    assert (late.numerator, late.among) == (0, ("of the year before",))


def test_what_was_declined_is_no_complaint_and_is_counted_apart() -> None:
    assert "declined" not in measures.received(turns(), YEAR, Stage.ONE).counted
    refused = measures.declined(turns(), YEAR, Stage.ONE)
    assert (refused.counted, refused.denominator) == (("declined",), 10)


def test_how_long_it_took_and_how_many_went_on() -> None:
    took = measures.days_to_answer(turns(), YEAR, Stage.ONE)
    assert dict(took.days) == {
        "in time": 10,
        "acknowledged on day 6": 1,
        "extended well": 20,
        "extended too late": 14,
        "a leaseholder's": 5,
        "both stages": 5,
        "a group's": 5,
    }
    assert (took.median, took.ninetieth) == (Decimal("5.0"), 20)
    went_on = measures.escalated(turns(), YEAR)
    assert (went_on.counted, went_on.denominator) == (("both stages",), 7)
    assert measures.found(turns(), YEAR, Finding.UPHELD, Stage.ONE).value == Decimal("100.0")


def test_the_middle_and_the_ninth_of_ten() -> None:
    ten = Spread(measure=RECEIVED[Stage.ONE], days=tuple((str(each), each) for each in range(1, 11)))
    assert (ten.median, ten.ninetieth) == (Decimal("5.5"), 9)
    assert (
        Spread(measure=RECEIVED[Stage.ONE], days=()).median,
        Spread(measure=RECEIVED[Stage.ONE], days=()).ninetieth,
    ) == (
        None,
        None,
    )


DAYS = st.integers(0, 30)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Event, ...]:
    """A lawful history of one complaint, in an order that one can have."""
    day = date(2026, 3, 1) + timedelta(days=draw(st.integers(0, 420)))
    told: list[Event] = [cases.received(day, link=draw(st.sampled_from(Link)))]
    for stage in Stage:
        if draw(st.booleans()):
            return (*told, *([declined()] if stage is Stage.ONE and draw(st.booleans()) else ()))
        day += timedelta(days=draw(DAYS))
        told.append(cases.acknowledged(day, stage))
        if draw(st.booleans()):
            return (*told, ComplaintWithdrawn(withdrawn_on=day)) if draw(st.booleans()) else tuple(told)
        day += timedelta(days=draw(DAYS))
        told.append(cases.answered(day, stage))
        if stage is Stage.ONE:
            told.append(cases.escalated(day))
    return tuple(told)


@settings(max_examples=40, deadline=None)
@given(st.lists(histories(), min_size=1, max_size=12))
def test_every_figure_is_as_long_as_its_list_and_its_parts_are_the_whole(every: list[tuple[Event, ...]]) -> None:
    found = [
        replace(turn, reference=str(number))
        for number, told in enumerate(every)
        for turn in turns_of(cases.case_of(*told), _rules(told), YEAR_END)
    ]
    for stage in Stage:
        whole = measures.received(found, YEAR, stage)
        shares = [
            measures.in_time(found, YEAR, stage, basis, original=first) for basis in Basis for first in (True, False)
        ]
        shares += [measures.extended(found, YEAR, stage), measures.declined(found, YEAR, stage)]
        for figure in (whole, measures.ch02(found, YEAR, stage), *shares):
            assert figure.numerator == len(set(figure.counted))
            assert figure.among is None or set(figure.counted) <= set(figure.among)
            for by in (lambda turn: turn.tenure, lambda turn: turn.began_on.month):
                parts = broken_down(figure, found, stage, by).values()
                assert sum(part.numerator for part in parts) == figure.numerator
                assert sum(part.denominator or 0 for part in parts) == (figure.denominator or 0)
        verdicts = {turn.reference: turn.kept[Basis.CODE] for turn in found if turn.stage is stage}
        judged = set(measures.ch02(found, YEAR, stage).among or ())
        assert judged | set(measures.not_yet_due(found, YEAR, stage)) == {
            each for each in whole.counted if verdicts[each] is not Kept.NOT_OWED
        }


@given(st.dictionaries(st.integers(0, 6), st.integers(0, 30), min_size=1))
def test_nobody_can_reckon_a_small_number_from_what_is_shown(numbers: dict[int, int]) -> None:
    shown = suppressed(numbers)
    hidden = [group for group, number in shown.items() if number is None]
    assert all(numbers[group] == number for group, number in shown.items() if number is not None)
    assert not [number for number in shown.values() if number and number < 5]
    small = [number for number in numbers.values() if 0 < number < 5]
    assert bool(hidden) == bool(small)
    others = [group for group, number in numbers.items() if number and group not in hidden]
    assert len(hidden) != 1 or not others  # one alone would follow from the whole and the others


def test_a_share_of_nothing_is_no_number() -> None:
    nothing: list[Turn] = []
    assert measures.ch02(nothing, YEAR, Stage.ONE).value is None
    assert Figure(measure=RECEIVED[Stage.ONE], counted=(), homes=0).value is None
    assert measures.received(nothing, YEAR, Stage.ONE).value == 0
