"""The addresses of the representatives' pages. No address holds a reference, a code or a name."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from portal.web.acting import case, reading, talk
from portal.web.resident import danger

blueprint = Blueprint("acting", __name__, url_prefix="/<landlord>/acting")

GET = (
    ("/", "case", case.case),
    ("/what-you-wrote", "what_you_wrote", case.what_you_wrote),
    ("/messages", "messages", talk.messages),
    ("/files", "files", talk.files),
    ("/files/<uuid:evidence_id>", "file", talk.file),
    ("/language", "language", reading.language),
    ("/letters/<uuid:letter_id>", "letter", case.letter),
    ("/letters/<uuid:letter_id>/letter.pdf", "letter_pdf", case.letter_pdf),
)
POST = (
    ("/messages", "send_message", talk.send_message),
    ("/files", "add_file", talk.add_file),
    ("/files/<uuid:evidence_id>/remove", "remove_file", talk.remove_file),
    ("/language", "choose_language", reading.choose_language),
    ("/stage-2", "ask_for_stage_2", case.ask_for_stage_2),
    ("/stop", "stop", case.stop),
    ("/sign-out", "sign_out", case.sign_out),
)

for address, endpoint, view in GET:
    blueprint.add_url_rule(address, endpoint, view, methods=["GET"])
for address, endpoint, view in POST:
    blueprint.add_url_rule(address, endpoint, view, methods=["POST"])

blueprint.context_processor(danger.numbers)  # for the page that asks for reference and code again


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Let each form check its own token, so that it can show its page again with every answer."""
    state.app.extensions["csrf"].exempt(blueprint)
