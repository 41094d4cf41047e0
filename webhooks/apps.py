from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    name = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        """The rooms below know nothing of this one: it asks to hear of relays, and says what it holds of a person."""
        from accounts.erasure import holds_data
        from notifications.relay import on_relayed
        from webhooks import personal_data
        from webhooks.tasks import poke

        on_relayed(poke)
        holds_data("webhooks", exporter=personal_data.export, eraser=personal_data.erase)
