"""What groups make of somebody: never more than the landlord's table says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.actors import STAFF, Role
from portal.domain.group_duties import duties_from_groups
from portal.domain.sign_in import FromGroup, Identity, NotLetIn, Provider, second_step_taken
from portal.domain.staff import Duties

RANKS = ("officer", "manager", "director")
BEFORE = Duties(roles=(Role.RECORDER,), rank="manager", areas=("south",))
NORTH = FromGroup(roles=(Role.HANDLER,), rank="officer", areas=("north",))
EVERYWHERE = FromGroup(roles=(Role.HANDLER,), rank="director")


def provider(**groups: FromGroup) -> Provider:
    return Provider(name="P", issuer="https://p.example.org", client_id="c", groups=groups)


def test_the_most_senior_rank_counts_and_no_group_widens_what_another_limits() -> None:
    found = duties_from_groups(provider(n=NORTH, e=EVERYWHERE), ["e", "n"], RANKS, BEFORE)
    assert found == Duties(roles=(Role.HANDLER,), rank="director", areas=("north",))


def test_rank_and_areas_that_no_group_gives_stay_as_administrators_set_them() -> None:
    plain = provider(h=FromGroup(roles=(Role.HANDLER,)), r=FromGroup(roles=(Role.RECORDER,)))
    assert duties_from_groups(plain, ["h"], RANKS, BEFORE) == replace(BEFORE, roles=(Role.HANDLER,))
    found = duties_from_groups(plain, ["r"], RANKS, BEFORE)
    assert found == replace(BEFORE, roles=(Role.RECORDER,), rank=None), "who answers nothing has no rank"


def test_roles_that_nobody_has_together_give_none() -> None:
    clash = provider(a=FromGroup(roles=(Role.AUDITOR,)), h=NORTH)
    assert duties_from_groups(clash, ["a", "h"], RANKS, BEFORE) is NotLetIn.ROLES_CLASH


@given(
    st.dictionaries(st.text("abc", min_size=1), st.sampled_from(STAFF), max_size=4),
    st.lists(st.text("abcd", min_size=1), max_size=6),
)
def test_nobody_has_a_role_that_no_group_of_theirs_gives(table: dict[str, Role], groups: list[str]) -> None:
    found = duties_from_groups(
        provider(**{key: FromGroup(roles=(role,)) for key, role in table.items()}), groups, RANKS, BEFORE
    )
    given_by_theirs = {table[group] for group in groups if group in table}
    if isinstance(found, NotLetIn):
        assert not given_by_theirs or found is NotLetIn.ROLES_CLASH
    else:
        assert set(found.roles) == given_by_theirs


@pytest.mark.parametrize(
    ("acr", "amr", "taken"),
    [("", (), False), ("weak", ("pwd",), False), ("strong", (), True), ("weak", ("pwd", "mfa"), True)],
)
def test_the_second_step_is_taken_where_the_provider_says_so_in_words_that_the_landlord_knows(
    acr: str, amr: tuple[str, ...], taken: bool
) -> None:
    who = Identity(issuer="i", subject="s", acr=acr, amr=amr)
    strict = replace(provider(), acr=("strong",), amr=("mfa",))
    assert second_step_taken(strict, who) is taken
    assert not second_step_taken(provider(), who), "nothing is believed unless the landlord's file says so"
    assert second_step_taken(replace(provider(), second_step=True), who)
