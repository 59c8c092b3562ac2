"""The one way in which the domain says no."""


class Refused(Exception):
    """Something that may not be done, in words for the person who tried it.

    `field` names the form field that the words belong to, where there is one.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Forbidden(Refused):
    """Something that this person may not do to this case, whatever they fill in: the access log has it."""


class StaleVersion(Refused):
    """The case has changed since the person opened the page that they are sending."""
