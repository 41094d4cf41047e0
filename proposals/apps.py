from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        """Say what this room holds of a person, for their download and their erasure."""
        from accounts.erasure import holds_data
        from proposals import personal_data

        holds_data("proposals", exporter=personal_data.export, eraser=personal_data.erase)
