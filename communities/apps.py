from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunitiesConfig(AppConfig):
    name = "communities"
    verbose_name = _("Communities")

    def ready(self) -> None:
        """Say what this room holds of a person, for their download and their erasure."""
        from accounts.erasure import holds_data
        from communities import personal_data

        holds_data("communities", exporter=personal_data.export, eraser=personal_data.erase)
