"""The addresses of the residents' pages. No address holds a reference, a code or a name."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from portal.web.resident import complain, my_complaint, start, track, words

blueprint = Blueprint("resident", __name__, url_prefix="/<landlord>")

GET = (
    ("/", "start", start.start),
    ("/complain/<name>", "show_page", complain.show_page),
    ("/complain/check", "check", complain.check),
    ("/complain/received", "received", complain.received),
    ("/track", "track", track.show_track),
    ("/signed-out", "signed_out", track.signed_out),
    ("/my-complaint", "my_complaint", my_complaint.my_complaint),
    ("/my-complaint/what-you-told-us", "what_you_told_us", my_complaint.what_you_told_us),
    ("/my-complaint/letters/<uuid:letter_id>", "letter", my_complaint.letter),
    ("/my-complaint/stage-2", "ask_for_stage_2", my_complaint.ask_for_stage_2),
    ("/my-complaint/stage-2/received", "stage_2_received", my_complaint.stage_2_received),
)
POST = (
    ("/complain/<name>", "answer_page", complain.answer_page),
    ("/complain/check", "send", complain.send),
    ("/complain/forget", "forget", complain.forget),
    ("/track", "open_complaint", track.open_complaint),
    ("/sign-out", "sign_out", track.sign_out),
    ("/my-complaint/stage-2", "request_stage_2", my_complaint.request_stage_2),
)

for address, endpoint, view in GET:
    blueprint.add_url_rule(address, endpoint, view, methods=["GET"])
for address, endpoint, view in POST:
    blueprint.add_url_rule(address, endpoint, view, methods=["POST"])
blueprint.add_app_template_filter(words.plainly)


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Let each form check its own token, so that it can show its page again with every answer."""
    state.app.extensions["csrf"].exempt(blueprint)
