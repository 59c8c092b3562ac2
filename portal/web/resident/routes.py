"""Pages for residents: no account and no script needed."""

from flask import Blueprint

blueprint = Blueprint("resident", __name__, url_prefix="/<landlord>")
