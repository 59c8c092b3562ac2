"""What is remembered: tables, the history of each case, and every read by name.

SQLAlchemy lives here. It knows no HTTP, no template and no email; it decides nothing about a
complaint but asks `domain`. `history.append` is the only writer of what happened to a case.
"""
