"""Who may do what: the whole table, written out by hand.

any   any case of their landlord, or no case is needed
own   the case that their code opened (a representative: with an authority that allows it)
hand  cases whose present stage they handle
-     never, and so is what a table leaves out
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import pytest

from portal.domain.actors import STAFF as STAFF_ROLES
from portal.domain.actors import go_together
from portal.domain.permissions import NEEDS, ROLE_LABELS, RULES, Action, Actor, Role, may, may_see
from portal.domain.representative_kinds import AuthorityScope

OUTSIDE = """
                       anyone resident group_member representative office_member
SUBMIT_COMPLAINT       any    any      -            any            any
TRACK_COMPLAINT        -      own      -            -              -
REQUEST_ESCALATION     -      own      -            own            -
SEE_LETTER             -      own      -            own            -
FORM_GROUP             -      own      -            -              -
JOIN_GROUP             -      -        own          -              -
TRACK_GROUP            -      -        own          -              -
OFFER_LEAD             -      own      -            -              -
LEAVE_LEAD             -      own      -            -              -
TAKE_LEAD              -      -        own          -              -
LEAVE_GROUP            -      -        own          -              -
RENEW_MEMBER_CODE      -      -        own          -              -
CHANGE_MEMBER_CONTACT  -      -        own          -              -
REQUEST_MEMBER_ADJUSTMENT -   -        own          -              -
HAND_IN_PETITION       any    any      -            -              -
ASK_FOR_CODE           any    any      -            -              -
RENEW_CODE             -      own      -            own            -
REQUEST_ADJUSTMENT     -      own      -            -              -
TELL_CONDITION         -      own      -            -              -
ADD_EVIDENCE           -      own      -            own            -
SEE_EVIDENCE           -      own      -            own            -
REMOVE_EVIDENCE        -      own      -            own            -
SEND_MESSAGE           -      own      -            own            -
REQUEST_CALL_BACK      -      own      -            -              -
RAISE_ISSUE            -      own      -            -              -
CHANGE_CONTACT         -      own      -            -              -
CHOOSE_LANGUAGE        -      own      -            -              -
CHOOSE_OWN_LANGUAGE    -      -        own          own            -
WITHDRAW_OWN_COMPLAINT -      own      -            -              -
REPORT_REMEDY          -      own      -            -              -
GIVE_FEEDBACK          -      own      -            -              -
SEE_OWN_OFFICE         -      -        -            -              any
TRACK_REPRESENTED      -      -        -            own            -
SEE_PROGRESS           -      -        -            own            -
SEE_OWN_WORDS          -      -        -            own            -
CONFIRM_AUTHORITY      -      own      -            -              -
STOP_REPRESENTATIVE    -      own      -            -              -
LEAVE_REPRESENTATION   -      -        -            own            -
CONFIRM_ADDRESS        -      -        -            own            -
REQUEST_SERVICE        any    any      -            -              -
"""

STAFF = """
                          recorder handler reviewer lead adjustments_lead administrator oversight auditor
SEE_QUEUE                 any      any     any      any  any              -             -         any
SEARCH_COMPLAINTS         any      any     any      any  any              -             -         any
SEE_CASE                  any      any     any      any  any              -             -         any
SEE_LETTER                any      any     any      any  any              -             -         any
SEE_NOTES                 any      any     any      any  any              -             -         any
WRITE_NOTE                any      any     hand     any  any              -             -         -
RECORD_COMPLAINT          any      any     -        any  -                -             -         -
RECORD_ESCALATION         any      any     hand     any  -                -             -         -
CHOOSE_AREA               any      any     hand     any  -                -             -         -
RESTRICT_COMPLAINT        -        -       -        any  -                -             -         -
ASSIGN_HANDLER            -        -       -        any  -                -             -         -
NAME_STAFF                -        any     hand     any  -                -             -         -
TRIAGE_COMPLAINT          -        hand    hand     any  -                -             -         -
SEE_VULNERABILITY         -        hand    hand     any  -                -             -         -
AGREE_UPDATES             -        hand    hand     any  -                -             -         -
DECLARE_INTERESTS         -        hand    hand     hand -                -             -         -
ASK_FOR_OVERRIDE          -        any     -        any  -                -             -         -
DECIDE_OVERRIDE           -        -       -        any  -                -             -         -
ACKNOWLEDGE_COMPLAINT     -        hand    hand     any  -                -             -         -
EXTEND_DEADLINE           -        hand    hand     any  -                -             -         -
SEND_RESPONSE             -        hand    hand     hand -                -             -         -
ASK_FOR_CHECK             -        hand    hand     hand -                -             -         -
CHECK_RESPONSE            -        any     -        any  -                -             -         -
DECLINE_COMPLAINT         -        hand    hand     any  -                -             -         -
WITHDRAW_COMPLAINT        -        hand    hand     any  -                -             -         -
CLOSE_COMPLAINT           -        hand    hand     any  -                -             -         -
COMPLETE_REMEDY           -        any     hand     any  -                -             -         -
FOLLOW_PAYMENT            -        any     hand     any  -                -             -         -
ADD_REMEDY                -        hand    hand     any  -                -             -         -
RESTRICT_CONTACT          -        -       -        any  -                -             -         -
REVIEW_RESTRICTION        -        -       -        any  -                -             -         -
RECORD_APPEAL             any      any     hand     any  -                -             -         -
DECIDE_APPEAL             -        -       any      any  -                -             -         -
ISSUE_CODE                any      any     hand     any  -                -             -         -
CONFIRM_CONTACT           any      any     hand     any  -                -             -         -
JOIN_PERSON               any      any     hand     any  -                -             -         -
JOIN_COMPLAINTS           -        any     hand     any  -                -             -         -
UNDO_JOINING              -        any     hand     any  -                -             -         -
LINK_COMPLAINTS           -        any     hand     any  -                -             -         -
RECORD_OMBUDSMAN          -        hand    hand     any  -                -             -         -
MAKE_PACK                 -        hand    hand     any  -                -             -         -
MAKE_OWN_DATA_PACK        -        -       -        any  -                -             -         -
RECORD_GROUP              -        any     hand     any  -                -             -         -
SEE_PETITIONS             any      any     any      any  any              -             -         any
RECORD_PETITION           any      any     -        any  -                -             -         -
SETTLE_PETITION           -        any     -        any  -                -             -         -
SEE_MAIL                  any      any     -        any  -                -             -         any
PLACE_MAIL                any      any     -        any  -                -             -         -
DISMISS_MAIL              -        any     -        any  -                -             -         -
SEE_ORIGINAL_MAIL         -        -       -        any  -                -             -         -
RECORD_POSTING            any      any     hand     any  -                -             -         -
RECORD_CALL               any      any     hand     any  -                -             -         -
RECORD_CONTACT            any      any     hand     any  any              -             -         -
RECORD_ADJUSTMENT         any      any     hand     any  any              -             -         -
DECIDE_ADJUSTMENT         -        hand    hand     any  any              -             -         -
REVIEW_ADJUSTMENT         -        hand    hand     any  any              -             -         -
APPLY_ADJUSTMENT          any      any     hand     any  any              -             -         -
RECORD_CONDITION          -        hand    hand     any  any              -             -         -
SEE_CONDITION             -        hand    hand     any  any              -             -         -
SEE_EASIER_REQUESTS       -        any     -        any  any              -             -         -
SETTLE_EASIER_REQUEST     -        any     -        any  any              -             -         -
SEE_ENQUIRY_LETTER        any      any     any      any  any              -             -         any
ANSWER_ENQUIRY            any      any     -        any  any              -             -         -
ADD_EVIDENCE              any      any     hand     any  -                -             -         -
SEE_EVIDENCE              any      any     any      any  any              -             -         any
SEE_ORIGINAL_EVIDENCE     -        -       -        any  -                -             -         -
REMOVE_EVIDENCE           any      any     hand     any  -                -             -         -
ANSWER_MESSAGE            -        hand    hand     any  -                -             -         -
READ_MESSAGES             -        hand    hand     any  -                -             -         -
DECIDE_ISSUE              -        hand    hand     any  -                -             -         -
CHOOSE_LANGUAGE           any      any     hand     any  any              -             -         -
SEE_FEEDBACK              -        -       -        any  -                -             -         -
LOG_MINOR_ISSUE           any      any     -        any  -                -             -         -
SEE_REGISTERS             -        -       -        any  -                -             -         any
SEE_POLICY_CHECK          -        -       -        any  -                -             any       any
SEE_ACCESS_LOG            -        -       -        any  -                any           -         any
SEE_STAFF                 -        -       -        any  -                any           -         any
KEEP_STAFF                -        -       -        -    -                any           -         -
SEE_WORKING_DAYS          -        -       -        any  -                any           -         any
KEEP_WORKING_DAYS         -        -       -        -    -                any           -         -
KEEP_OWN_ACCOUNT          any      any     any      any  any              any           any       any
SEE_WITHOUT_NAMES         -        -       -        -    -                -             any       -
KEEP_OFFICES              -        -       -        any  -                any           -         -
END_AT_DISSOLUTION        -        -       -        any  -                -             -         -
ADD_REPRESENTATIVE        any      any     hand     any  -                -             -         -
ASK_FOR_AUTHORITY         any      any     hand     any  -                -             -         -
RECORD_AUTHORITY          -        any     hand     any  -                -             -         -
END_AUTHORITY             any      any     hand     any  -                -             -         -
ISSUE_REPRESENTATIVE_CODE -        any     hand     any  -                -             -         -
RECORD_SERVICE_REQUEST    any      any     -        any  -                -             -         -
SEE_SERVICE_REQUESTS      any      any     any      any  any              -             -         any
SETTLE_SERVICE_REQUEST    -        any     -        any  -                -             -         -
LINK_SERVICE_REQUEST      any      any     hand     any  -                -             -         -
REFER_PART                any      any     hand     any  -                -             -         -
MOVE_REFERRAL             -        any     hand     any  -                -             -         -
SEE_CONFIDENTIAL_REFERRAL -        hand    hand     any  -                -             -         -
SEE_MAIL                  any      any     -        any  -                -             -         any
PLACE_MAIL                any      any     -        any  -                -             -         -
DISMISS_MAIL              -        any     -        any  -                -             -         -
SEE_ORIGINAL_MAIL         -        -       -        any  -                -             -         -
JUDGE_BUILDING_SAFETY     -        any     hand     any  -                -             -         -
"""

# Nothing about one case: they are asked before there is one, or about something else.
NO_CASE_NEEDED = {
    Action.SUBMIT_COMPLAINT,
    Action.SEE_QUEUE,
    Action.SEARCH_COMPLAINTS,
    Action.SEARCH_COMPLAINTS,
    Action.RECORD_COMPLAINT,
    Action.ASK_FOR_CODE,
    Action.SEE_EASIER_REQUESTS,
    Action.SETTLE_EASIER_REQUEST,
    Action.SEE_ENQUIRY_LETTER,
    Action.ANSWER_ENQUIRY,
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
    Action.SEE_MAIL,
    Action.DISMISS_MAIL,
    Action.SEE_ORIGINAL_MAIL,
    Action.SEE_ACCESS_LOG,
    Action.SEE_POLICY_CHECK,
    Action.SEE_REGISTERS,
    Action.SEE_MAIL,
    Action.DISMISS_MAIL,
    Action.SEE_ORIGINAL_MAIL,
    Action.LOG_MINOR_ISSUE,
    Action.SEE_STAFF,
    Action.KEEP_STAFF,
    Action.SEE_WORKING_DAYS,
    Action.KEEP_WORKING_DAYS,
    Action.KEEP_OWN_ACCOUNT,
}

WHO = 5
SOMEBODY_ELSE = 6


@dataclass(frozen=True)
class ACase:
    landlord: str = "ids"
    reference: str = "H4KM-72QT"
    handler_id: int | None = None
    area: str | None = None
    restricted_to: tuple[int, ...] | None = None


def written(table: str) -> dict[tuple[str, Role], str]:
    header, *lines = table.strip().splitlines()
    roles = [Role(name) for name in header.split()]
    return {
        (name, role): reach
        for name, *reaches in (line.split() for line in lines)
        for role, reach in zip(roles, reaches, strict=True)
    }


WRITTEN = written(OUTSIDE) | written(STAFF)


ROLES = tuple(dict.fromkeys(role for _, role in WRITTEN))


def of(role: Role) -> dict[Action, str]:
    """How far somebody in this role reaches, for each thing that can be done."""
    return {action: WRITTEN.get((action.name, role), "-") for action in Action}


HOLDS_A_CODE = {Role.RESIDENT, Role.REPRESENTATIVE, Role.GROUP_MEMBER}


def actor(role: Role, landlord: str = "ids", case: str | None = "H4KM-72QT") -> Actor:
    """Somebody in this role; a representative has every scope that there is."""
    scopes = frozenset(AuthorityScope) if role is Role.REPRESENTATIVE else frozenset()
    opened = case if role in HOLDS_A_CODE else None
    return Actor(role=role, landlord=landlord, user_id=WHO, case_reference=opened, scopes=scopes)


def test_the_table_speaks_of_everything() -> None:
    assert {name for name, _ in WRITTEN} == {action.name for action in Action}
    assert set(Action) == set(RULES)
    assert set(ROLES) == set(Role) - {Role.SYSTEM}
    assert set(ROLE_LABELS) == set(Role)


REACHES = {
    "any": [True, True, True, True],
    "own": [True, True, True, True],
    "hand": [True, False, True, False],
    "-": [False, False, False, False],
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_and_action(role: Role) -> None:
    unassigned, handled, others = ACase(), ACase(handler_id=WHO), ACase(handler_id=SOMEBODY_ELSE)
    for action, reach in of(role).items():
        allowed = [bool(may(actor(role), action, case)) for case in (None, unassigned, handled, others)]
        assert allowed == REACHES[reach], action


@pytest.mark.parametrize("role", ROLES)
def test_another_landlords_case_is_out_of_reach(role: Role) -> None:
    for action in set(Action) - NO_CASE_NEEDED:
        assert not may(actor(role, landlord="ivh"), action, ACase(handler_id=WHO)), action


@pytest.mark.parametrize("role", ROLES)
def test_a_code_opens_one_case_alone(role: Role) -> None:
    for action in (action for action, reach in of(role).items() if reach == "own"):
        assert not may(actor(role, case="ANOTHER"), action, ACase()), action
        assert not may(actor(role, case=None), action, ACase()), action


def test_the_portal_itself_may_do_everything() -> None:
    assert all(may(Actor(role=Role.SYSTEM), action, ACase()) for action in Action)


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
        (Role.RECORDER, True),
        (Role.REVIEWER, True),
        (Role.ADJUSTMENTS_LEAD, True),
        (Role.AUDITOR, True),
        (Role.ADMINISTRATOR, False),
        (Role.OVERSIGHT, False),
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
CHOOSE_OWN_LANGUAGE   yes     -         -           -         -
SEND_MESSAGE          yes     -         -           -         -
RENEW_CODE            yes     -         -           -         -
ADD_EVIDENCE          yes     -         -           -         -
SEE_EVIDENCE          yes     -         -           -         -
REMOVE_EVIDENCE       yes     -         -           -         -
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


@pytest.mark.parametrize(("one", "other"), list(combinations(STAFF_ROLES, 2)))
def test_whoever_has_two_roles_may_do_what_either_may_and_nothing_else(one: Role, other: Role) -> None:
    both = Actor(role=one, also=(other,), landlord="ids", user_id=WHO)
    for case in (None, ACase(), ACase(handler_id=WHO), ACase(landlord="ivh")):
        for action in Action:
            either = may(actor(one), action, case) or may(actor(other), action, case)
            assert bool(may(both, action, case)) is bool(either), f"{action} as {one} and {other}"


def test_who_watches_has_no_other_role() -> None:
    assert all(go_together({role}) for role in STAFF_ROLES)
    assert go_together({Role.LEAD, Role.ADMINISTRATOR, Role.ADJUSTMENTS_LEAD})
    for watcher in (Role.AUDITOR, Role.OVERSIGHT):
        assert not any(go_together({watcher, other}) for other in STAFF_ROLES if other is not watcher)
    assert not go_together(set())
    assert not go_together({Role.RESIDENT})
