"""The addresses of the offices' pages. No address holds a code or a name."""

from flask import Blueprint, url_for
from flask.blueprints import BlueprintSetupState

from portal.domain.permissions import Role
from portal.web.access import current_actor
from portal.web.representative import case, cases, complain, office, sign_in, talk
from portal.web.wording import lazy_gettext as _l

blueprint = Blueprint("representative", __name__, url_prefix="/<landlord>/office")

GET = (
    ("/", "cases", cases.cases),
    ("/cases.csv", "cases_as_table", cases.cases_as_table),
    ("/cases/<reference>", "case", case.show_case),
    ("/cases/<reference>/letters/<uuid:letter_id>", "letter", case.letter),
    ("/cases/<reference>/messages", "messages", talk.messages),
    ("/cases/<reference>/files", "files", talk.files),
    ("/cases/<reference>/files/<uuid:evidence_id>", "file", talk.file),
    ("/complain", "complain", complain.show_complain),
    ("/about", "office", office.about_office),
    ("/sign-in", "sign_in", sign_in.show_sign_in),
    ("/sign-in/code", "code", sign_in.show_code),
)
POST = (
    ("/cases/<reference>/messages", "send_message", talk.send_message),
    ("/cases/<reference>/files", "add_file", talk.add_file),
    ("/cases/<reference>/files/<uuid:evidence_id>/remove", "remove_file", talk.remove_file),
    ("/cases/<reference>/stage-2", "ask_for_stage_2", talk.ask_for_stage_2),
    ("/complain", "send_complaint", complain.complain),
    ("/sign-in", "ask", sign_in.ask),
    ("/sign-in/code", "check_code", sign_in.check_code),
    ("/sign-out", "sign_out", sign_in.sign_out),
)

for address, endpoint, view in GET:
    blueprint.add_url_rule(address, endpoint, view, methods=["GET"])
for address, endpoint, view in POST:
    blueprint.add_url_rule(address, endpoint, view, methods=["POST"])


@blueprint.record_once
def prepare(state: BlueprintSetupState) -> None:
    """Let each form check its own token, so that it can show its page again with every answer."""
    state.app.extensions["csrf"].exempt(blueprint)


@blueprint.context_processor
def navigation() -> dict[str, object]:
    """Where a member can go, for the layout that staff have too."""
    actor = current_actor()
    if actor.role is not Role.OFFICE_MEMBER:
        return {}
    return {
        "navigation": [
            ("cases", _l("Your cases"), url_for("representative.cases")),
            ("complain", _l("Complain for a resident"), url_for("representative.complain")),
            ("office", _l("Your office"), url_for("representative.office")),
        ],
        "signed_in_as": actor.name,
        "sign_out_url": url_for("representative.sign_out"),
    }
