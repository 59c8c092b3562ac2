"""The staff's pages, all under one address."""

from flask import Blueprint

blueprint = Blueprint("staff", __name__, url_prefix="/<landlord>/staff")
