"""How staff sign in, in a landlord's file: whatever would let the wrong people in, or nobody, stops the start."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from portal import landlords
from portal.domain.actors import Role
from portal.domain.sign_in import FromGroup
from portal.serving import NotReady, _check_provider_secrets
from portal.settings import Settings, secret_name
from tests.landlords.test_loading import SIXTH

PROVIDER = """
[sign_in]
password = false

[sign_in.provider]
name = "Example ID"
issuer = "https://id.example.org"
client_id = "complaints"
amr = ["mfa"]

[sign_in.provider.groups]
"Complaints handlers" = { roles = ["handler"], rank = "officer" }
"IT" = { roles = ["administrator", "recorder"] }
"""


def load(tmp_path: Path, text: str) -> None:
    file = tmp_path / "sixth.toml"
    file.write_text(SIXTH + text, encoding="utf-8")
    landlords.load([file], ["sixth"])


def test_a_provider_is_read_as_it_stands(tmp_path: Path) -> None:
    load(tmp_path, PROVIDER)
    found = landlords.landlord("sixth").sign_in
    assert not found.password
    assert found.provider is not None
    assert found.provider.groups["Complaints handlers"] == FromGroup(roles=(Role.HANDLER,), rank="officer")
    assert (found.provider.groups_claim, found.provider.second_step, found.provider.acr) == ("groups", False, ())


def test_without_one_everybody_signs_in_with_a_password(tmp_path: Path) -> None:
    load(tmp_path, "")
    found = landlords.landlord("sixth").sign_in
    assert (found.password, found.provider) == (True, None)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("https://id.example.org", "http://id.example.org", "sign_in.provider.issuer"),
        ("https://id.example.org", "https://id.example.org?x", "sign_in.provider.issuer"),
        ('"complaints"', '""', "sign_in.provider.client_id"),
        ('rank = "officer"', 'rank = "king"', "Choose a rank from the list"),
        ('["handler"]', '["handler", "auditor"]', "they would watch themselves"),
        ('["handler"]', '["resident"]', "can have no other role"),
        ('["handler"]', '["wizard"]', "'wizard' is not allowed"),
        ('amr = ["mfa"]', 'scopes = ["email"]', "sign_in.provider.scopes"),
        ("client_id", "client", "client_id"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, before: str, after: str, told: str) -> None:
    with pytest.raises(landlords.LandlordFileError) as wrong:
        load(tmp_path, PROVIDER.replace(before, after))
    assert told in str(wrong.value)


def test_nobody_could_sign_in_without_password_and_provider(tmp_path: Path) -> None:
    with pytest.raises(landlords.LandlordFileError, match="nobody could sign in"):
        load(tmp_path, "[sign_in]\npassword = false\n")


def test_the_portal_does_not_start_without_the_secret_and_does_not_show_it(tmp_path: Path) -> None:
    load(tmp_path, PROVIDER)
    bare = Settings.from_environment({}, production=False)
    with pytest.raises(NotReady, match="PORTAL_PROVIDER_SECRET_SIXTH"):
        _check_provider_secrets(bare)
    given = Settings.from_environment({**os.environ, secret_name("sixth"): "very secret"}, production=False)
    _check_provider_secrets(given)
    assert given.provider_secret("sixth") == "very secret"
    assert "very secret" not in repr(given)
