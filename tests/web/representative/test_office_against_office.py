"""Office A against office B over every route there is: what is B's cannot be told from what does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from portal.domain.representative_kinds import Capacity
from tests import builders
from tests.actions.office import Office
from tests.web.representative.member import Known, Member, an_office, hand_in
from tests.web.test_every_route import contents

HTMX = {"HX-Request": "true"}


def routes(app: Flask, method: str, values: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Endpoint and address of every page of offices, and whether it names a case."""
    addresses = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("representative.") and method in (rule.methods or ()):
            named = {name: values[name] for name in rule.arguments}
            yield rule.endpoint, addresses.build(rule.endpoint, named), "reference" in rule.arguments


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_what_is_anothers_cannot_be_told_from_nothing(
    app: Flask, office: Office, member: Member, known: Known, headers: dict[str, str]
) -> None:
    other = an_office(office, "Advice for Example Town", kind=Capacity.ADVICE_AGENCY, member="adviser")
    foreign = an_office(Office(app.extensions["database"], "ivh"))
    member.sign_in(known)
    mine = hand_in(office, known, own_reference="MINE")
    theirs = hand_in(office, other, own_reference="THEIRS", name="Hidden Resident")
    at_another = hand_in(Office(app.extensions["database"], "ivh"), foreign, own_reference="ELSEWHERE")
    nobodys, unknown = office.submit(builders.MONDAY), builders.new_reference()
    letter, stored = office.letters(theirs)[0].id, contents(app.extensions["database"])
    cases = {
        each: {"landlord": "ids", "reference": each, "letter_id": letter, "evidence_id": letter}
        for each in (theirs, at_another, nobodys)
    }
    none = {"landlord": "ids", "reference": unknown, "letter_id": uuid4(), "evidence_id": uuid4()}

    for method in ("GET", "POST"):
        data = {"csrf_token": member.token()} if method == "POST" else None
        for reference, values in cases.items():
            pairs = zip(routes(app, method, values), routes(app, method, none), strict=True)
            for (endpoint, address, names_a_case), (_, empty, _) in pairs:
                if endpoint == "representative.sign_out":
                    continue
                answer = member.client.open(address, method=method, headers=headers, data=data)
                for told in ("Hidden Resident", "H.R.", "THEIRS", "ELSEWHERE", other.email):
                    assert told not in answer.text, f"{endpoint} tells {told!r}"
                if names_a_case:
                    nothing = member.client.open(empty, method=method, headers=headers, data=data)
                    assert (answer.status_code, answer.text.replace(reference, unknown)) == (404, nothing.text)
    assert contents(app.extensions["database"]) == stored
    assert member.get(f"office/cases/{mine}").status == 200
