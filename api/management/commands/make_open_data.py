"""manage.py make_open_data: every dataset as files, now, and not by the worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from api.bulk import making


class Command(BaseCommand):
    help = "Make the files of the open data page now."

    def handle(self, *args: Any, **options: Any) -> None:
        making.ask()
        snapshot = making.make_asked()
        if snapshot is None:
            raise CommandError("A snapshot is being made already. Look again in a few minutes.")
        for dataset in snapshot.datasets:
            for file in dataset["files"]:
                self.stdout.write(f"{file['name']}: {dataset['rows']} rows, {file['bytes']} bytes")
