"""The language of an interpreter: chosen from a list or in somebody's own words, and kept with the interpreter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.adjustment_kinds import Adjustment
from portal.domain.adjustments import Wish, asked_at_first, with_interpreter
from portal.domain.events import ComplaintReceived, Link, ReplyBy
from portal.domain.interpreting import NAMES, NOT_SAID, Interpreting, Spoken, chosen, name_of
from portal.records.codec import from_json, to_json

POLISH = Interpreting(Spoken.POLISH)
RECEIVED = ComplaintReceived(
    received_on=date(2026, 3, 2), channel="online", link=Link.TENANT, reply_by=ReplyBy.NONE, what_happened="It is damp."
)


@pytest.mark.parametrize(
    ("code", "words", "name"),
    [
        ("pl", "", "Polish"),
        ("bfi", "", "British Sign Language"),
        ("x-lip", "", "Lip speaking"),
        ("ar", "as in Sudan", "Arabic (as in Sudan)"),
        ("other", "Zaghawa", "Zaghawa"),
        ("other", "", "Another language"),
        ("", "Zaghawa", "Zaghawa"),
        ("", "  ", ""),
    ],
)
def test_what_was_chosen_and_typed_is_said_in_words(code: str, words: str, name: str) -> None:
    asked = chosen(code, words)
    assert name_of(asked) == name
    assert bool(asked) == bool(name)


def test_a_language_that_is_not_in_the_list_is_no_choice() -> None:
    with pytest.raises(ValueError, match="tlh"):
        chosen("tlh", "")


def test_each_language_has_a_name_of_its_own() -> None:
    assert len(set(NAMES.values())) == len(Spoken)


@given(st.sets(st.sampled_from(Adjustment)).map(tuple))
def test_whoever_names_a_language_asks_for_an_interpreter_once(kinds: tuple[Adjustment, ...]) -> None:
    assert with_interpreter(kinds, POLISH).count(Adjustment.INTERPRETER) == 1
    assert with_interpreter(kinds, NOT_SAID) == kinds
    assert Adjustment.INTERPRETER in Wish(adjustments=kinds, interpreting=POLISH).kinds


def test_the_language_belongs_to_the_interpreter_and_to_nothing_else() -> None:
    told = replace(RECEIVED, adjustments=(Adjustment.LARGE_PRINT,), interpreting=POLISH)
    assert {each.adjustment: each.interpreting for each in asked_at_first(told)} == {
        Adjustment.LARGE_PRINT: NOT_SAID,
        Adjustment.INTERPRETER: POLISH,
    }


def test_a_complaint_that_was_stored_before_anybody_was_asked_is_read_as_it_was() -> None:
    told = replace(RECEIVED, adjustments=(Adjustment.INTERPRETER,), adjustment_words="Tigrinya")
    payload, content = to_json(told)
    assert content is not None
    before = {name: value for name, value in content.items() if name != "interpreting"}
    read = from_json(ComplaintReceived.kind, payload, before)
    assert isinstance(read, ComplaintReceived)
    assert read == told
    [asked] = asked_at_first(read)
    assert (asked.detail, asked.interpreting) == ("Tigrinya", NOT_SAID)


def test_it_is_stored_and_read_and_gone_with_the_words_when_they_are_erased() -> None:
    told = replace(RECEIVED, interpreting=Interpreting(Spoken.OTHER, "Zaghawa"))
    payload, content = to_json(told)
    assert "Zaghawa" not in str(payload)
    assert from_json(ComplaintReceived.kind, payload, content) == told
    erased = from_json(ComplaintReceived.kind, payload, None)
    assert isinstance(erased, ComplaintReceived)
    assert erased.interpreting == NOT_SAID
