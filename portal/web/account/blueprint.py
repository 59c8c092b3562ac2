"""Pages on which staff sign in, and look after their own accounts."""

from flask import Blueprint

blueprint = Blueprint("account", __name__, url_prefix="/<landlord>/staff")
