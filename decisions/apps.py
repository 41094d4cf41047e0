from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = _("Decisions")

    def ready(self) -> None:
        """Say where decisions say what the record says."""
        from decisions.record_rows import DECISIONS
        from record.comparing import says_what_the_record_says

        says_what_the_record_says("decision", DECISIONS)
