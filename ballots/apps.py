from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BallotsConfig(AppConfig):
    name = "ballots"
    verbose_name = _("Ballots")

    def ready(self) -> None:
        """Say what this room holds of a person, and take in what the proposals' room sends to a vote."""
        from accounts.erasure import holds_data
        from ballots import personal_data
        from ballots.actions.gathering import gather_proposal
        from ballots.counts import kept_columns
        from proposals.counts import keeps_counts
        from proposals.sent_to_vote import on_sent_to_vote

        holds_data("ballots", exporter=personal_data.export, eraser=personal_data.erase)
        on_sent_to_vote(gather_proposal)
        keeps_counts(kept_columns)
