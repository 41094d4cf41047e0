from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        """Say what this room holds of a person, for their download and erasure, and read their seats with them."""
        from accounts.erasure import holds_data
        from accounts.sessions import found_by
        from communities import personal_data
        from communities.seats import session_with_seats

        holds_data("communities", exporter=personal_data.export, eraser=personal_data.erase)
        found_by(session_with_seats)
