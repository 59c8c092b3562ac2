"""Every event that is registered survives being stored, and survives the erasure of what people wrote."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.domain.events import EVENTS, ComplaintReceived, Event, content_fields
from portal.domain.partial_date import PartialDate
from portal.records import codec
from tests import builders

PARTIAL_DATES = st.builds(
    lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]),
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.integers(1, 3),
)
st.register_type_strategy(PartialDate, PARTIAL_DATES)

every_event = pytest.mark.parametrize("cls", EVENTS.values(), ids=EVENTS)


@every_event
@given(data=st.data())
@settings(max_examples=50)
def test_an_event_comes_back_as_it_was_stored_and_after_erasure_without_its_words(cls: type[Event], data: Any) -> None:
    event = data.draw(st.from_type(cls))
    payload, content = json.loads(json.dumps(codec.to_json(event)))
    assert codec.from_json(cls.kind, payload, content) == event
    empty = {each.name: each.default for each in content_fields(cls)}
    assert codec.from_json(cls.kind, payload, None) == replace(event, **empty)


def test_what_a_person_wrote_is_not_in_the_payload() -> None:
    payload, content = codec.to_json(builders.received())
    assert "Resident One" not in json.dumps(payload)
    assert content is not None
    assert content["person"]["name"] == "Resident One"
    assert set(payload) | set(content) == {each.name for each in fields(ComplaintReceived)}


def test_a_field_that_was_added_later_has_its_default_in_older_events() -> None:
    payload, content = codec.to_json(builders.received())
    del payload["aware_on"]
    assert codec.from_json("complaint_received", payload, content) == builders.received()
