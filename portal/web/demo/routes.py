"""Pages of the demonstration alone: its clock and the letters it sent."""

from flask import Blueprint

blueprint = Blueprint("demo", __name__, url_prefix="/demo")
