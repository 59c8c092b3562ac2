"""The policy page: dates for today, and what the Code gives where the landlord's text gives less."""

from __future__ import annotations

import pytest
from flask import Flask

from portal import landlords
from tests.actions.office import ten_oclock
from tests.builders import MONDAY
from tests.web.answer import Answer


def policy_page(app: Flask, landlord: str) -> Answer:
    response = app.test_client().get(f"/{landlord}/policy")
    return Answer(response.status_code, response.location, response.text, response.request.path)


@pytest.mark.parametrize("landlord", landlords.keys())
def test_it_is_there_for_each_and_names_no_ground_that_the_code_does_not_accept(app: Flask, landlord: str) -> None:
    page = policy_page(app, landlord)
    assert page.status == 200
    policy = landlords.landlord(landlord).policies[0]
    assert policy.version in page.words
    beyond = [ground.label for ground in policy.grounds if not ground.accepted_by_code]
    assert not [label for label in beyond if label in page.words]
    assert "The Housing Ombudsman" in page.words


def test_where_the_text_is_weaker_the_code_is_told(app: Flask) -> None:
    words = policy_page(app, "ivh").words
    assert "Nobody has to give reasons for asking for stage 2. (Code 6.12)" in words
    assert "The 12 months count from the event" in words
    assert "Whoever considers stage 2 did not consider stage 1" not in words  # the text is silent, and no less


def test_the_dates_are_those_of_somebody_who_complains_today(app: Flask, clock) -> None:
    clock.move_to(ten_oclock(MONDAY))
    words = policy_page(app, "ids").words
    # Monday 2 November 2026: five working days to acknowledge it, ten more to answer.
    assert "Monday 9 November 2026" in words
    assert "Monday 23 November 2026" in words
