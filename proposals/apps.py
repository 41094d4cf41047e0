from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalsConfig(AppConfig):
    name = "proposals"
    verbose_name = _("Proposals")

    def ready(self) -> None:
        """Say what this room holds of a person, where its rows say what the record says, and what follows here when a
        decision is overruled."""
        from accounts.erasure import holds_data
        from decisions.overruled import on_overruled
        from proposals import personal_data, record_rows
        from proposals.actions.asking_for_promises import close_commitment_ask

        record_rows.register()
        on_overruled(close_commitment_ask)
        holds_data("proposals", exporter=personal_data.export, eraser=personal_data.erase, renamer=personal_data.rename)
