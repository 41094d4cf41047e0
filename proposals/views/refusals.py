"""How a page says no: the site's one way, from the room below."""

from accounts.refusals import filled_in, one_tap, signed_in

__all__ = ["filled_in", "one_tap", "signed_in"]
