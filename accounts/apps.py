from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        """Say what this room holds of a person, for their download and their erasure."""
        from accounts import personal_data
        from accounts.erasure import holds_data

        holds_data("accounts", exporter=personal_data.export)
