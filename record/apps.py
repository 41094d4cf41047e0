from django.apps import AppConfig
from django.urls import register_converter
from django.utils.translation import gettext_lazy as _


class RecordConfig(AppConfig):
    name = "record"
    verbose_name = _("The record")

    def ready(self) -> None:
        """Have `check --deploy` ask for the key, and addresses know how lines are numbered."""
        from record import checks  # noqa: F401
        from record.numbers import LineNumber

        register_converter(LineNumber, "line")
