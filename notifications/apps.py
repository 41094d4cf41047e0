from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """The rooms below know nothing of this one, so it asks to hear of announcements, and says what it holds of a
        person."""
        from accounts.erasure import holds_data
        from notifications import personal_data
        from notifications.relay import poke_after_commit
        from record.announcements import on_announced

        on_announced(poke_after_commit)
        holds_data("notifications", exporter=personal_data.export, eraser=personal_data.erase)
