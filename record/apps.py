from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    name = "record"
    verbose_name = _("The record")

    def ready(self) -> None:
        """Have `check --deploy` ask for the key."""
        from record import checks  # noqa: F401
