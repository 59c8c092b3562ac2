"""Secret codes: what they are made of, and what is kept of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.domain import references
from portal.records.access import code_digest, code_for


@given(st.text(min_size=1), st.text(min_size=1))
def test_a_drafts_code_is_the_same_each_time_and_well_formed(secret: str, token: str) -> None:
    code = code_for(secret, token)
    assert code == code_for(secret, token) == references.code_from(code)


def test_another_draft_or_another_installation_gets_another_code() -> None:
    assert len({code_for("secret", "a"), code_for("secret", "b"), code_for("other", "a")}) == 3


def test_the_digest_holds_the_reference_and_no_writing_habits() -> None:
    code = code_for("secret", "token")
    digest = code_digest("4M3D-TKKY", code)
    assert digest == code_digest("4m3d tkky", code.lower().replace("-", " "))
    assert digest != code_digest("GH9M-DQRR", code)
    assert code not in digest
