"""The addresses of the residents' pages. No address holds a reference, a code or a name."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from portal.web.resident import (
    come_back,
    complain,
    contact,
    danger,
    easier,
    files,
    group,
    group_lead,
    group_member,
    joined,
    lost_code,
    my_complaint,
    own_acts,
    paper,
    petition,
    read_letter,
    service,
    start,
    track,
    who_acts,
    words,
)

blueprint = Blueprint("resident", __name__, url_prefix="/<landlord>")

GET = (
    ("/", "start", start.start),
    ("/danger", "danger", danger.danger),
    ("/request", "show_request", service.show_request),
    ("/request/mine", "my_request", service.my_request),
    ("/request/complaint", "request_complaint", service.request_complaint),
    ("/request/<token>", "show_request_link", service.show_request_link),
    ("/paper-form.pdf", "paper_form", paper.paper_form),
    ("/paper-form-large-print.pdf", "paper_form_large", paper.paper_form_large),
    ("/complain/<name>", "show_page", complain.show_page),
    ("/complain/files", "files", files.of_draft),
    ("/complain/check", "check", complain.check),
    ("/complain/received", "received", complain.received),
    ("/complain/save", "show_save", come_back.show_save),
    ("/complain/save/sent", "link_sent", come_back.link_sent),
    ("/come-back", "show_come_back", come_back.show_come_back),
    ("/come-back/<token>", "show_link", come_back.show_link),
    ("/lost-code", "show_lost_code", lost_code.show_lost_code),
    ("/group/lost-code", "show_lost_member_code", lost_code.show_lost_member_code),
    ("/lost-code/asked", "code_asked", lost_code.code_asked),
    ("/new-code", "show_slip", lost_code.show_slip),
    ("/new-code/<token>", "show_new_code", lost_code.show_new_code),
    ("/group", "show_invitation", group.show_invitation),
    ("/my-complaint/group", "own_group", group_lead.own_group),
    ("/my-group", "my_group", group_member.my_group),
    ("/my-group/letters/<uuid:letter_id>", "group_letter", group_member.group_letter),
    ("/my-group/letters/<uuid:letter_id>/letter.pdf", "group_letter_pdf", group_member.group_letter_pdf),
    ("/my-group/lead", "show_lead", group_member.show_lead),
    ("/my-group/contact", "member_contact", group_member.member_contact),
    ("/my-group/make-it-easier", "member_easier", group_member.member_easier),
    ("/my-group/left", "left_group", group_member.left_group),
    ("/petition", "show_petition", petition.show_petition),
    ("/petition/received", "petition_received", petition.received),
    ("/letter/<token>", "show_letter_link", read_letter.show_letter_link),
    ("/make-it-easier", "make_it_easier", easier.make_it_easier),
    ("/make-it-easier/received", "easier_received", easier.received),
    ("/track", "track", track.show_track),
    ("/signed-out", "signed_out", track.signed_out),
    ("/stay", "show_stay", track.show_stay),
    ("/my-complaint", "my_complaint", my_complaint.my_complaint),
    ("/my-complaint/what-you-told-us", "what_you_told_us", my_complaint.what_you_told_us),
    ("/my-complaint/letters/<uuid:letter_id>", "letter", my_complaint.letter),
    ("/my-complaint/letters/<uuid:letter_id>/letter.pdf", "letter_pdf", my_complaint.letter_pdf),
    ("/my-complaint/make-it-easier", "own_easier", easier.own),
    ("/my-complaint/files", "my_files", files.of_complaint),
    ("/my-complaint/files/<uuid:evidence_id>", "my_file", files.one),
    ("/my-complaint/who-acts", "who_acts", who_acts.who_acts),
    ("/my-complaint/who-acts/<int:number>", "ask_who_acts", who_acts.ask),
    ("/who-acts/<token>", "show_who_acts", who_acts.show_link),
    ("/official-address/<token>", "show_official_address", who_acts.show_official_address),
    ("/my-complaint/joined/<int:number>", "joined", joined.joined),
    ("/my-complaint/joined/<int:number>/letters/<uuid:letter_id>", "joined_letter", joined.joined_letter),
    (
        "/my-complaint/joined/<int:number>/letters/<uuid:letter_id>/letter.pdf",
        "joined_letter_pdf",
        joined.joined_letter_pdf,
    ),
    ("/my-complaint/joined/<int:number>/files/<uuid:evidence_id>", "joined_file", joined.joined_file),
    ("/my-complaint/stage-2", "ask_for_stage_2", my_complaint.ask_for_stage_2),
    ("/my-complaint/stage-2/received", "stage_2_received", my_complaint.stage_2_received),
)
POST = (
    ("/group", "invited", group.invited),
    ("/group/join", "join_group", group.join),
    ("/my-complaint/group", "form_own_group", group_lead.form_own_group),
    ("/my-complaint/group/offer-lead", "offer_lead", group_lead.offer),
    ("/my-complaint/group/keep-lead", "keep_lead", group_lead.take_back),
    ("/my-complaint/group/leave", "leave_lead", group_lead.leave_own),
    ("/my-group/lead", "take_lead", group_member.take),
    ("/my-group/contact", "change_member_contact", group_member.change_contact),
    ("/my-group/make-it-easier", "ask_member_easier", group_member.ask_easier),
    ("/my-group/leave", "leave_group", group_member.leave),
    ("/petition", "hand_in_petition", petition.hand_in),
    ("/request", "ask_for_service", service.ask_for_service),
    ("/request/mine", "unhappy", service.unhappy),
    ("/request/forget", "forget_request", service.forget_request),
    ("/request/<token>", "open_request_link", service.open_request_link),
    ("/letter/<token>", "read_letter", read_letter.read_letter),
    ("/make-it-easier", "ask_easier", easier.ask),
    ("/my-complaint/make-it-easier", "ask_own_easier", easier.ask_own),
    ("/complain/<name>", "answer_page", complain.answer_page),
    ("/complain/files", "add_file", files.add_to_draft),
    ("/complain/files/<uuid:evidence_id>/remove", "remove_file", files.remove_from_draft),
    ("/complain/check", "send", complain.send),
    ("/complain/forget", "forget", complain.forget),
    ("/complain/save", "give_code", come_back.give_code),
    ("/complain/save/link", "send_link", come_back.send_link),
    ("/come-back", "come_back", come_back.come_back),
    ("/come-back/<token>", "open_link", come_back.open_link),
    ("/lost-code", "ask_for_code", lost_code.ask),
    ("/group/lost-code", "ask_for_member_code", lost_code.ask_of_member),
    ("/new-code", "use_slip", lost_code.use_slip),
    ("/new-code/<token>", "make_new_code", lost_code.make_new_code),
    ("/track", "open_complaint", track.open_complaint),
    ("/sign-out", "sign_out", track.sign_out),
    ("/stay", "stay", track.stay),
    ("/my-complaint/files", "add_my_file", files.add_to_complaint),
    ("/my-complaint/files/<uuid:evidence_id>/remove", "remove_my_file", files.remove_from_complaint),
    ("/my-complaint/who-acts/<int:number>", "answer_who_acts", who_acts.answer),
    ("/my-complaint/who-acts/<int:number>/stop", "stop_who_acts", who_acts.stop),
    ("/who-acts/<token>", "answer_who_acts_link", who_acts.answer_link),
    ("/official-address/<token>", "confirm_official_address", who_acts.confirm_official_address),
    ("/my-complaint/stage-2", "request_stage_2", my_complaint.request_stage_2),
)

for address, endpoint, view in GET:
    blueprint.add_url_rule(address, endpoint, view, methods=["GET"])
for address, endpoint, view in POST:
    blueprint.add_url_rule(address, endpoint, view, methods=["POST"])
own_acts.add_to(blueprint, *contact.CONTACT_ACTS)
blueprint.add_app_template_filter(words.plainly)
blueprint.context_processor(danger.numbers)


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Let each form check its own token, so that it can show its page again with every answer."""
    state.app.extensions["csrf"].exempt(blueprint)
