"""Refusals: what an action says no to. Each room subclasses these; views and the API map them once."""

from django.utils.functional import Promise


class Refusal(Exception):
    """An action was refused. `message` is for the person, in plain words; `code` is for machines."""

    code = "refused"
    status = 409

    def __init__(self, message: str | Promise, *, code: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        if code:
            self.code = code


class NotAllowed(Refusal):
    """This person may not do this (they may still see it)."""

    code = "not_allowed"
    status = 403


class NotNow(Refusal):
    """The thing is in a state in which this step is closed."""

    code = "not_now"
    status = 409


class NotValid(Refusal):
    """What was given cannot be taken. `field` names the form field, where there is one."""

    code = "not_valid"
    status = 400

    def __init__(self, message: str | Promise, *, field: str = "", code: str | None = None) -> None:
        super().__init__(message, code=code)
        self.field = field


class EditedElsewhere(Refusal):
    """Somebody else saved first. Nothing is overwritten."""

    code = "edited_elsewhere"
    status = 409
