"""Signing in and out."""

from flask import Blueprint

blueprint = Blueprint("account", __name__, url_prefix="/<landlord>/staff")
