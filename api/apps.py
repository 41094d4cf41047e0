from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "api"
    verbose_name = _("Open data")

    def ready(self) -> None:
        """Say what follows here when a person is erased, or something has another name. Teach SQLite to add hashes."""
        from accounts.erasure import holds_data
        from api import fingerprints
        from api.bulk import personal_data
        from api.renaming import touch_what_shows
        from record.renaming import on_renamed

        holds_data("open data", eraser=personal_data.erase)
        on_renamed(touch_what_shows)
        connection_created.connect(fingerprints.teach_sqlite)
