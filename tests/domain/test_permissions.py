"""Who may do what: the whole table, written out by hand.

any   any case of their landlord, or no case is needed
own   the case that their code opened (a representative: with an authority that allows it)
hand  cases whose present stage they handle
-     never
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from portal.domain.permissions import NEEDS, ROLE_LABELS, RULES, Action, Actor, Role, may, may_see
from portal.domain.representative_kinds import AuthorityScope

TABLE = """
                          anyone resident group_member representative office_member handler lead administrator oversight
SUBMIT_COMPLAINT          any    any      -            any            any           -       -    -             -
TRACK_COMPLAINT           -      own      -            -              -             -       -    -             -
REQUEST_ESCALATION        -      own      -            own            -             -       -    -             -
SEE_QUEUE                 -      -        -            -              -             any     any  -             any
SEE_CASE                  -      -        -            -              -             any     any  -             any
SEE_LETTER                -      own      -            own            -             any     any  -             any
RECORD_COMPLAINT          -      -        -            -              -             any     any  -             -
RECORD_ESCALATION         -      -        -            -              -             any     any  -             -
ASSIGN_HANDLER            -      -        -            -              -             -       any  -             -
NAME_STAFF                -      -        -            -              -             any     any  -             -
ACKNOWLEDGE_COMPLAINT     -      -        -            -              -             hand    any  -             -
EXTEND_DEADLINE           -      -        -            -              -             hand    any  -             -
SEND_RESPONSE             -      -        -            -              -             hand    hand -             -
DECLINE_COMPLAINT         -      -        -            -              -             hand    any  -             -
WITHDRAW_COMPLAINT        -      -        -            -              -             hand    any  -             -
CLOSE_COMPLAINT           -      -        -            -              -             hand    any  -             -
COMPLETE_REMEDY           -      -        -            -              -             hand    any  -             -
ISSUE_CODE                -      -        -            -              -             any     any  -             -
JOIN_PERSON               -      -        -            -              -             any     any  -             -
FORM_GROUP                -      own      -            -              -             -       -    -             -
JOIN_GROUP                -      -        own          -              -             -       -    -             -
TRACK_GROUP               -      -        own          -              -             -       -    -             -
LEAVE_GROUP               -      -        own          -              -             -       -    -             -
RECORD_GROUP              -      -        -            -              -             any     any  -             -
HAND_IN_PETITION          any    any      -            -              -             -       -    -             -
SEE_PETITIONS             -      -        -            -              -             any     any  -             any
RECORD_PETITION           -      -        -            -              -             any     any  -             -
SETTLE_PETITION           -      -        -            -              -             any     any  -             -
RECORD_POSTING            -      -        -            -              -             any     any  -             -
RECORD_CALL               -      -        -            -              -             any     any  -             -
ASK_FOR_CODE              any    any      -            -              -             -       -    -             -
RENEW_CODE                -      own      -            -              -             -       -    -             -
REQUEST_ADJUSTMENT        -      own      -            -              -             -       -    -             -
RECORD_ADJUSTMENT         -      -        -            -              -             any     any  -             -
DECIDE_ADJUSTMENT         -      -        -            -              -             hand    any  -             -
REVIEW_ADJUSTMENT         -      -        -            -              -             hand    any  -             -
APPLY_ADJUSTMENT          -      -        -            -              -             any     any  -             -
TELL_CONDITION            -      own      -            -              -             -       -    -             -
RECORD_CONDITION          -      -        -            -              -             hand    any  -             -
SEE_CONDITION             -      -        -            -              -             hand    any  -             -
SEE_EASIER_REQUESTS       -      -        -            -              -             any     any  -             -
SETTLE_EASIER_REQUEST     -      -        -            -              -             any     any  -             -
ADD_EVIDENCE              -      own      -            -              -             any     any  -             -
SEE_EVIDENCE              -      own      -            -              -             any     any  -             any
SEE_ORIGINAL_EVIDENCE     -      -        -            -              -             -       any  -             -
REMOVE_EVIDENCE           -      own      -            -              -             any     any  -             -
SEND_MESSAGE              -      own      -            -              -             -       -    -             -
REQUEST_CALL_BACK         -      own      -            -              -             -       -    -             -
RAISE_ISSUE               -      own      -            -              -             -       -    -             -
ANSWER_MESSAGE            -      -        -            -              -             hand    any  -             -
READ_MESSAGES             -      -        -            -              -             hand    any  -             -
DECIDE_ISSUE              -      -        -            -              -             hand    any  -             -
CHANGE_CONTACT            -      own      -            -              -             -       -    -             -
CONFIRM_CONTACT           -      -        -            -              -             any     any  -             -
WITHDRAW_OWN_COMPLAINT    -      own      -            -              -             -       -    -             -
REPORT_REMEDY             -      own      -            -              -             -       -    -             -
GIVE_FEEDBACK             -      own      -            -              -             -       -    -             -
SEE_FEEDBACK              -      -        -            -              -             -       any  -             any
SEE_OWN_OFFICE            -      -        -            -              any           -       -    -             -
KEEP_OFFICES              -      -        -            -              -             -       any  any           -
END_AT_DISSOLUTION        -      -        -            -              -             -       any  -             -
TRACK_REPRESENTED         -      -        -            own            -             -       -    -             -
SEE_PROGRESS              -      -        -            own            -             -       -    -             -
SEE_OWN_WORDS             -      -        -            own            -             -       -    -             -
CONFIRM_AUTHORITY         -      own      -            -              -             -       -    -             -
STOP_REPRESENTATIVE       -      own      -            -              -             -       -    -             -
LEAVE_REPRESENTATION      -      -        -            own            -             -       -    -             -
CONFIRM_ADDRESS           -      -        -            own            -             -       -    -             -
ADD_REPRESENTATIVE        -      -        -            -              -             any     any  -             -
ASK_FOR_AUTHORITY         -      -        -            -              -             any     any  -             -
RECORD_AUTHORITY          -      -        -            -              -             any     any  -             -
END_AUTHORITY             -      -        -            -              -             any     any  -             -
ISSUE_REPRESENTATIVE_CODE -      -        -            -              -             any     any  -             -
REQUEST_SERVICE           any    any      -            -              -             -       -    -             -
RECORD_SERVICE_REQUEST    -      -        -            -              -             any     any  -             -
SEE_SERVICE_REQUESTS      -      -        -            -              -             any     any  -             any
SETTLE_SERVICE_REQUEST    -      -        -            -              -             any     any  -             -
LINK_SERVICE_REQUEST      -      -        -            -              -             any     any  -             -
REFER_PART                -      -        -            -              -             any     any  -             -
MOVE_REFERRAL             -      -        -            -              -             any     any  -             -
SEE_CONFIDENTIAL_REFERRAL -      -        -            -              -             hand    any  -             -
JUDGE_BUILDING_SAFETY     -      -        -            -              -             any     any  -             -
"""

# Nothing about one case: they are asked before there is one.
NO_CASE_NEEDED = {
    Action.SUBMIT_COMPLAINT,
    Action.SEE_QUEUE,
    Action.RECORD_COMPLAINT,
    Action.ASK_FOR_CODE,
    Action.SEE_EASIER_REQUESTS,
    Action.SETTLE_EASIER_REQUEST,
    Action.REQUEST_SERVICE,
    Action.RECORD_SERVICE_REQUEST,
    Action.SEE_SERVICE_REQUESTS,
    Action.SETTLE_SERVICE_REQUEST,
    Action.SEE_OWN_OFFICE,
    Action.KEEP_OFFICES,
    Action.END_AT_DISSOLUTION,
    Action.HAND_IN_PETITION,
    Action.SEE_PETITIONS,
    Action.RECORD_PETITION,
    Action.SETTLE_PETITION,
}

WHO = 5
SOMEBODY_ELSE = 6


@dataclass(frozen=True)
class ACase:
    landlord: str = "ids"
    reference: str = "H4KM-72QT"
    handler_id: int | None = None


def cells() -> list[tuple[Action, Role, str]]:
    header, *lines = TABLE.strip().splitlines()
    roles = [Role(name) for name in header.split()]
    return [
        (Action[name], role, reach)
        for name, *reaches in (line.split() for line in lines)
        for role, reach in zip(roles, reaches, strict=True)
    ]


HOLDS_A_CODE = {Role.RESIDENT, Role.REPRESENTATIVE, Role.GROUP_MEMBER}


def actor(role: Role, landlord: str = "ids", case: str | None = "H4KM-72QT") -> Actor:
    """Somebody in this role; a representative has every scope that there is."""
    scopes = frozenset(AuthorityScope) if role is Role.REPRESENTATIVE else frozenset()
    opened = case if role in HOLDS_A_CODE else None
    return Actor(role=role, landlord=landlord, user_id=WHO, case_reference=opened, scopes=scopes)


def test_the_table_speaks_of_everything() -> None:
    assert {action for action, _, _ in cells()} == set(Action) == set(RULES)
    assert {role for _, role, _ in cells()} == set(Role) - {Role.SYSTEM}
    assert set(ROLE_LABELS) == set(Role)


@pytest.mark.parametrize(("action", "role", "reach"), cells())
def test_each_role_and_action(action: Action, role: Role, reach: str) -> None:
    unassigned, handled, others = ACase(), ACase(handler_id=WHO), ACase(handler_id=SOMEBODY_ELSE)
    allowed = [bool(may(actor(role), action, case)) for case in (None, unassigned, handled, others)]
    assert (
        allowed
        == {
            "any": [True, True, True, True],
            "own": [True, True, True, True],
            "hand": [True, False, True, False],
            "-": [False, False, False, False],
        }[reach]
    )


@pytest.mark.parametrize(("action", "role", "reach"), cells())
def test_another_landlords_case_is_out_of_reach(action: Action, role: Role, reach: str) -> None:
    if action not in NO_CASE_NEEDED:
        assert not may(actor(role, landlord="ivh"), action, ACase(handler_id=WHO))


@pytest.mark.parametrize(("action", "role", "reach"), [cell for cell in cells() if cell[2] == "own"])
def test_a_code_opens_one_case_alone(action: Action, role: Role, reach: str) -> None:
    assert not may(actor(role, case="ANOTHER"), action, ACase())
    assert not may(actor(role, case=None), action, ACase())


@pytest.mark.parametrize("action", Action)
def test_the_portal_itself_may_do_everything(action: Action) -> None:
    assert may(Actor(role=Role.SYSTEM), action, ACase())


def test_nobody_handles_a_case_that_has_no_handler() -> None:
    unknown = Actor(role=Role.HANDLER, landlord="ids", user_id=None)
    assert not may(unknown, Action.SEND_RESPONSE, ACase(handler_id=None))


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.ANYONE, False),
        (Role.RESIDENT, True),
        (Role.REPRESENTATIVE, True),
        (Role.HANDLER, True),
        (Role.LEAD, True),
        (Role.ADMINISTRATOR, False),
        (Role.OVERSIGHT, True),
    ],
)
def test_who_may_know_that_a_case_exists(role: Role, sees: bool) -> None:
    assert may_see(actor(role), ACase()) is sees
    assert not may_see(actor(role, landlord="ms"), ACase())


def test_a_refusal_says_what_is_refused_and_never_of_whom() -> None:
    decision = may(actor(Role.OVERSIGHT), Action.SEND_RESPONSE, ACase())
    assert decision.reason == "You may not answer a complaint."
    handled = may(actor(Role.HANDLER), Action.SEND_RESPONSE, ACase(handler_id=SOMEBODY_ELSE))
    assert handled.reason == "Only the person who handles this complaint may answer a complaint."


REPRESENTATIVES = """
                      submit  progress  full_reply  meetings  decide
SUBMIT_COMPLAINT      yes     yes       yes         yes       yes
TRACK_REPRESENTED     yes     -         -           -         -
SEE_OWN_WORDS         yes     -         -           -         -
LEAVE_REPRESENTATION  yes     -         -           -         -
CONFIRM_ADDRESS       yes     -         -           -         -
SEE_PROGRESS          -       yes       -           -         -
SEE_LETTER            -       -         yes         -         -
REQUEST_ESCALATION    -       -         -           -         yes
"""
"""What each scope opens by itself. A real authority has the scopes that others need as well."""


def test_a_scope_opens_what_it_says_and_nothing_else() -> None:
    header, *lines = REPRESENTATIVES.strip().splitlines()
    scopes = [AuthorityScope(name) for name in header.split()]
    opened = {name: dict(zip(scopes, cells, strict=True)) for name, *cells in (line.split() for line in lines)}
    for action in Action:
        for scope in scopes:
            somebody = Actor(
                role=Role.REPRESENTATIVE, landlord="ids", case_reference="H4KM-72QT", scopes=frozenset({scope})
            )
            expected = opened.get(action.name, {}).get(scope, "-") == "yes"
            assert bool(may(somebody, action, ACase())) is expected, f"{action.name} with {scope}"
            assert bool(may(somebody, action)) is expected, f"{action.name} with {scope}, no case"
    of_representatives = {action for action, who in RULES.items() if Role.REPRESENTATIVE in who}
    assert of_representatives - {Action.SUBMIT_COMPLAINT} == set(NEEDS)


def test_without_a_scope_nothing_opens() -> None:
    ended = Actor(role=Role.REPRESENTATIVE, landlord="ids", case_reference="H4KM-72QT")
    assert not may_see(ended, ACase())
    assert not [action for action in NEEDS if may(ended, action, ACase())]
