from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self) -> None:
        """The ground floor knows nothing of this room, so this room asks to hear of its announcements."""
        from notifications.relay import poke_after_commit
        from record.announcements import on_announced

        on_announced(poke_after_commit)
