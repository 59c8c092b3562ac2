"""The same office as the staff's pages have, with a password for everybody in it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_security import hash_password

from portal.records.models import User
from tests.actions.office import Office
from tests.web.staff.browser import Browser
from tests.web.staff.conftest import app, clock, office

__all__ = ["app", "clock", "office"]

PASSWORD = "correct horse battery staple"


@pytest.fixture
def email(app: Flask, office: Office) -> str:
    """The address of a complaints officer who has the password."""
    with app.app_context():
        password = hash_password(PASSWORD)
    with app.extensions["database"].unit_of_work() as session:
        user = session.get_one(User, office.lead.user_id)
        user.password = password
        return user.email


@pytest.fixture
def browser(app: Flask) -> Browser:
    """Nobody is signed in."""
    return Browser(app)
