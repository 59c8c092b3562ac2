"""References and codes survive a bad telephone line: a slip is found before anything is looked up."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain import references
from portal.domain.references import ALPHABET

# Read aloud or written by hand, these are taken for one another; at most one of each pair may be used.
LOOK_ALIKES = ("0O", "1I", "1L", "2Z", "5S", "8B", "UV")

REFERENCES = st.randoms(use_true_random=False).map(lambda chance: references.new_reference(chance.choice))
CODES = st.randoms(use_true_random=False).map(lambda chance: references.new_code(chance.choice))


@pytest.mark.parametrize("pair", LOOK_ALIKES)
def test_no_character_can_be_taken_for_another(pair: str) -> None:
    assert not set(pair) <= set(ALPHABET)


def test_an_alphabet_of_prime_length_lets_the_check_find_every_slip() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 23


def test_forms_in_which_they_are_printed() -> None:
    chance = random.Random(1)
    assert [len(group) for group in references.new_reference(chance.choice).split("-")] == [4, 4]
    assert [len(group) for group in references.new_code(chance.choice).split("-")] == [4, 4, 4, 4]


@given(REFERENCES)
def test_a_reference_is_read_in_any_case_and_grouping(reference: str) -> None:
    plain = references.plain(reference)
    for typed in (reference, plain, plain.lower(), " ".join(plain), f"  {reference.lower()} "):
        assert references.reference_from(typed) == reference


@given(CODES)
def test_a_code_is_read_in_any_case_and_grouping(code: str) -> None:
    plain = references.plain(code)
    for typed in (code, plain.lower(), code.replace("-", " ")):
        assert references.code_from(typed) == code


@given(CODES, st.data())
def test_any_one_wrong_character_is_found(code: str, data: st.DataObject) -> None:
    letters = list(references.plain(code))
    place = data.draw(st.integers(0, len(letters) - 1), label="place")
    letters[place] = data.draw(st.sampled_from([each for each in ALPHABET if each != letters[place]]), label="wrong")
    assert references.code_from("".join(letters)) is None


@given(REFERENCES, st.data())
def test_any_two_neighbours_swapped_are_found(reference: str, data: st.DataObject) -> None:
    letters = list(references.plain(reference))
    place = data.draw(st.integers(0, len(letters) - 2), label="place")
    before = letters[place : place + 2]
    letters[place : place + 2] = reversed(before)
    swapped = references.reference_from("".join(letters))
    assert (swapped is None) is (before[0] != before[1])


@given(st.text(max_size=40))
def test_whatever_is_typed_gets_an_answer(typed: str) -> None:
    found = references.reference_from(typed)
    assert found is None or references.reference_from(found) == found


def test_one_cannot_be_given_for_the_other() -> None:
    chance = random.Random(7)
    assert references.reference_from(references.new_code(chance.choice)) is None
    assert references.code_from(references.new_reference(chance.choice)) is None
