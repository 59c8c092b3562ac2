"""The database of the application that is answering."""

from flask import current_app

from portal.records.database import Database


def database() -> Database:
    """`with database().session()` to read, `with database().unit_of_work()` to write."""
    found: Database = current_app.extensions["database"]
    return found
