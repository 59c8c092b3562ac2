"""Whether two complaints can be from one person. To take two people for one would show each what the other wrote."""

from __future__ import annotations

import pytest

from portal.domain.events import Person
from portal.domain.same_person import may_be_same, names_agree

ONE_PERSON = [
    ("Anna Smith", "anna  SMITH"),
    ("Anna Smith", "Mrs Smith"),
    ("Anna Smith", "Ms A. Smith"),
    ("Anna Smith", "Smith, Anna"),
    ("Anna Maria Smith", "A M Smith"),
    ("Robert Jones", "Rob Jones"),
    ("Zoë O'Neill", "Zoe O’Neill"),
    ("Mary-Jane Watson", "Mary Jane Watson"),
    ("Nguyen Van Anh", "Anh Nguyen"),
]
TWO_PEOPLE = [
    ("Anna Smith", "Ben Smith"),
    ("Anna Smith", "Mr B. Smith"),
    ("Anna Smith", "Anna Jones"),
    ("Anna Anders Smith", "A. B. Smith"),
    ("Anna Smith", "A. S."),
    ("Anna Smith", ""),
    ("Mr", "Mr"),
    ("Jo Smith", "John Smith"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_a_name_in_another_spelling_is_the_same_name(one: str, other: str) -> None:
    assert names_agree(one, other)
    assert names_agree(other, one)


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_two_names_are_two_people(one: str, other: str) -> None:
    assert not names_agree(one, other)
    assert not names_agree(other, one)


ANNA = Person(name="Anna Smith", email="anna@example.org", phone="020 7946 0000", postcode="AB1 2CD")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Person(name="A Smith"), True),
        (Person(name="Anna Smith", email=" Anna@Example.org", postcode="ZZ9 9ZZ"), True),
        (Person(name="Anna Smith", phone="+44 20 7946 0000", email="other@example.org"), True),
        (Person(name="Anna Smith", postcode="ab12cd"), True),
        (Person(name="Anna Smith", postcode="ZZ9 9ZZ"), False),
        (Person(name="Anna Smith", email="other@example.org", postcode="ZZ9 9ZZ"), False),
        (Person(name="Ben Smith", email=ANNA.email, phone=ANNA.phone, postcode=ANNA.postcode), False),
        (Person(email=ANNA.email), False),
    ],
)
def test_beside_the_name_something_that_both_gave_is_the_same(other: Person, same: bool) -> None:
    assert may_be_same(ANNA, other) is same
    assert may_be_same(other, ANNA) is same
