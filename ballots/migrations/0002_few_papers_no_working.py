"""The working of a count with too few papers to publish could give a paper away: totals only stay."""

from typing import Any

from django.db import migrations


def empty_the_working(apps: Any, schema_editor: Any) -> None:
    apps.get_model("ballots", "Count").objects.filter(counted_at__isnull=False, papers_published=False).update(
        working={}
    )


class Migration(migrations.Migration):
    dependencies = [("ballots", "0001_initial")]

    operations = [migrations.RunPython(empty_the_working, migrations.RunPython.noop)]
