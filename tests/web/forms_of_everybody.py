"""Who may send which form: each endpoint that takes one, and about which complaint that is asked.

Read from the table of permissions, from what an authority covers (`tests/web/test_who_sees_what.py`) and from what is
said above each rule; a form that is not here fails `tests/web/test_who_may_do_what.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """Whoever is in neither list is answered as if the form did not exist, or led to where somebody signs in."""

    may: str = ""
    told: str = ""
    """Those who see the complaint, and are told why this is not for them in it, or not now."""
    about: str = "main"
    """One of `tests/web/matters.py`."""

    @property
    def people(self) -> frozenset[str]:
        return frozenset(self.may.split())


ANYBODY = Form("anybody")
"""Of no complaint, or of whatever the browser itself has begun: asked of a few, who must not be refused."""
BY_LINK = Form()
"""Its address is the secret. Nobody here has it."""

RESIDENTS = Form("resident resident_B")
"""Each in the complaint that their own code opened, which no address names."""
MEMBER = Form("group_member")
# Who has `waiting` has no authority yet, and is heard out: what is between them and us is theirs already.
ACTING = Form("waiting progress full_reply meetings decide representative_of_B")
MP = Form("mp")
OFFICES = Form("mp another_office")

EVERY_STAFF = Form("handler lead administrator oversight recorder reviewer adjustments_lead auditor")
LEAD, ADMINISTRATOR, KEEPERS = Form("lead"), Form("administrator"), Form("lead administrator")
READS = Form("handler lead recorder reviewer adjustments_lead auditor")
DESK, DECIDES = Form("handler lead recorder"), Form("handler lead")


def takes_calls(about: str = "main") -> Form:
    """Whoever hears a resident on the phone; a reviewer in what is given to them alone."""
    return Form("handler lead recorder", "reviewer", about)


def writes(about: str = "main") -> Form:
    return Form("handler lead", "reviewer", about)


def adjusts(about: str = "main") -> Form:
    return Form("handler lead adjustments_lead", "reviewer", about)


def applies(about: str = "main") -> Form:
    return Form("handler lead recorder adjustments_lead", "reviewer", about)


ACCOUNT: Mapping[str, Form] = {
    "accept": BY_LINK,
    "begin_second_step": EVERY_STAFF,
    "check_second_step": ANYBODY,
    "check_sign_in": ANYBODY,
    "end_other_sessions": EVERY_STAFF,
    "go_on_with_words": ANYBODY,
    "keep_second_step": EVERY_STAFF,
    "leave": ANYBODY,
    "new_password": Form(),  # none of them signs in with a password here
    "new_recovery_codes": EVERY_STAFF,
}

ACTING_FORMS: Mapping[str, Form] = {
    "add_file": ACTING,
    "ask_for_stage_2": Form("decide representative_of_B"),
    "choose_language": ACTING,
    "remove_file": Form("waiting", about="a file of theirs"),
    "send_message": ACTING,
    "sign_out": ANYBODY,
    "stop": ACTING,
}

REPRESENTATIVE: Mapping[str, Form] = {
    "add_file": MP,
    "ask": ANYBODY,
    "ask_for_stage_2": MP,
    "check_code": ANYBODY,
    "remove_file": Form("mp", about="a file of an office"),
    "send_complaint": OFFICES,
    "send_message": MP,
    "sign_out": ANYBODY,
}

RESIDENT: Mapping[str, Form] = {
    "add_file": ANYBODY,
    "add_my_file": RESIDENTS,
    "answer_page": ANYBODY,
    "answer_who_acts": RESIDENTS,
    "answer_who_acts_link": BY_LINK,
    "ask_easier": ANYBODY,
    "ask_for_code": ANYBODY,
    "ask_for_member_code": ANYBODY,
    "ask_for_service": ANYBODY,
    "ask_member_easier": MEMBER,
    "ask_own_easier": RESIDENTS,
    "change_member_contact": MEMBER,
    "come_back": ANYBODY,
    "confirm_official_address": BY_LINK,
    "forget": ANYBODY,
    "forget_request": ANYBODY,
    "form_own_group": RESIDENTS,
    "give_code": ANYBODY,
    "hand_in_petition": ANYBODY,
    "invited": ANYBODY,
    "join_group": ANYBODY,
    "keep_lead": RESIDENTS,
    "leave_group": MEMBER,
    "leave_lead": RESIDENTS,
    "make_new_code": BY_LINK,
    "offer_lead": RESIDENTS,
    "open_complaint": ANYBODY,
    "open_link": BY_LINK,
    "open_request_link": BY_LINK,
    "read_letter": BY_LINK,
    "remove_file": ANYBODY,
    "remove_my_file": Form("resident", about="a file of the resident"),
    "request_stage_2": RESIDENTS,
    "send": ANYBODY,
    "send_call_back": RESIDENTS,
    "send_contact": RESIDENTS,
    "send_feedback": RESIDENTS,
    "send_link": ANYBODY,
    "send_messages": RESIDENTS,
    "send_new_issue": RESIDENTS,
    "send_promises": RESIDENTS,
    "send_withdraw": RESIDENTS,
    "sign_out": ANYBODY,
    "stay": ANYBODY,
    "stop_who_acts": RESIDENTS,
    "take_lead": MEMBER,
    "unhappy": ANYBODY,
    "use_slip": ANYBODY,
}

STAFF_FORMS: Mapping[str, Form] = {
    "acknowledge": writes("new"),
    "add_file": DESK,
    "add_member": writes("group"),
    "add_office": KEEPERS,
    "add_office_member": KEEPERS,
    "add_remedy": writes(),
    "add_representative": takes_calls(),
    "adjustment": applies(),
    "apply_adjustment": applies("adjusted"),
    "area": Form(told="handler lead recorder reviewer"),  # this landlord has none
    "ask_for_authority": takes_calls(),
    "ask_for_check": Form("handler", "lead reviewer"),
    "assign": LEAD,
    "building_safety": writes(),
    "call_anyway": applies("adjusted"),
    "called": DESK,
    "carry_adjustments": adjusts("again"),
    "change_lead": writes("group"),
    "check": Form("lead", "handler", "to check"),  # not whoever wrote it
    "close": writes("answered"),
    "complain_about_request": Form("handler lead recorder", about="request"),
    "condition": adjusts(),
    "contact": applies(),
    "confirm_contact": takes_calls("told by another"),
    "decide_adjustment": adjusts(),
    "decide_appeal": Form("reviewer", "lead", about="appealed"),  # whoever decided it does not judge it
    "decide_override": Form("lead", about="overridden"),
    "decide_issue": writes("written to"),
    "decline": writes(),
    "disable": ADMINISTRATOR,
    "dissolve": LEAD,
    "end_authority": takes_calls(),
    "end_link": writes("linked"),
    "end_office_member": KEEPERS,
    "enquiry_letter_called": Form("handler lead recorder adjustments_lead", about="petition"),
    "enquiry_letter_posted": Form("handler lead recorder adjustments_lead", about="petition"),
    "escalate": takes_calls("answered"),
    "extend": writes(),
    "give_duties": ADMINISTRATOR,
    "group": writes(),
    "hand_over": LEAD,
    "save_list": READS,
    "save_own_list": Form("handler", about="list"),  # nobody has but who keeps it
    "delete_list": Form("handler", about="list"),
    "send_assign_several": LEAD,
    "interests": Form("handler", "lead reviewer"),  # each says it for themselves
    "join_complaints": writes(),
    "join_person": takes_calls("anonymous"),
    "language": Form(told="handler lead recorder reviewer adjustments_lead"),  # there is but one
    "lead_leaves": writes("group"),
    "let_in": ADMINISTRATOR,
    "lift_restriction": Form("lead", about="restricted"),
    "link": writes(),
    "link_request": Form("handler lead recorder reviewer", about="request"),  # a reviewer to one that they handle
    "make_petition_group": Form("handler lead recorder", about="petition"),
    "member_code": writes("group"),
    "member_leaves": writes("group"),
    "named_staff": writes(),
    "new_code": takes_calls(),
    "no_complaint": Form("handler lead", about="email"),
    "own_data_pack": LEAD,
    "pack": DECIDES,
    "payment": writes("paid"),
    "place": Form("handler lead recorder", about="email"),
    "override": Form("handler lead"),
    "ombudsman_determination": writes(),
    "ombudsman_direction": writes("at the ombudsman"),
    "ombudsman_enquiry": writes(),
    "ombudsman_evidence": writes("at the ombudsman"),
    "ombudsman_order": writes("at the ombudsman"),
    "post_letters": Form("handler lead recorder reviewer"),  # a reviewer those of what they handle
    "posted": DESK,
    "preview_day": ADMINISTRATOR,
    "read_messages": writes("written to"),
    "record_appeal": takes_calls("contact restricted"),
    "record_authority": writes(),
    "refer": takes_calls(),
    "referral": writes("referred"),
    "remedy": writes("answered"),
    "remove_file": DESK,
    "representative_code": writes(),
    "reset_second_step_of": ADMINISTRATOR,
    "respond": Form("handler", "lead reviewer"),  # whoever handles it signs it, and nobody else (Code 5.8, 6.13)
    "restrict": LEAD,
    "restrict_contact": LEAD,
    "review_adjustment": adjusts("adjusted"),
    "review_restriction": Form("lead", about="contact restricted"),
    "save_day": ADMINISTRATOR,
    "save_mail_complaint": Form("handler lead recorder", about="email"),
    "save_minor_issue": Form(),  # this landlord logs none
    "save_note": Form("handler lead recorder adjustments_lead"),
    "save_petition": DESK,
    "save_record": DESK,
    "save_request": DESK,
    "send_another_invitation": ADMINISTRATOR,
    "send_invitation": ADMINISTRATOR,
    "settle": Form("handler lead", about="petition"),
    "settle_easier": Form("handler lead adjustments_lead", about="made easier"),
    "settle_request": Form("handler lead", about="request"),
    "sign_out_everywhere": ADMINISTRATOR,
    "start_search": Form("handler lead recorder reviewer adjustments_lead auditor"),
    "take_day_out": Form("administrator", about="an added day"),
    "triage": writes(),
    "undo_joining": writes("joined"),
    "updates": writes(),
    "withdraw": writes(),
    "write_message": writes(),
}

FORMS: Mapping[str, Form] = {
    f"{home}.{name}": form
    for home, forms in {
        "about": {"check_policy": ANYBODY},
        "account": ACCOUNT,
        "acting": ACTING_FORMS,
        "representative": REPRESENTATIVE,
        "resident": RESIDENT,
        "staff": STAFF_FORMS,
    }.items()
    for name, form in forms.items()
}
