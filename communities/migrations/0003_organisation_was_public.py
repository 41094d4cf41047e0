from typing import Any

from django.db import migrations, models
from django.db.models import Q


def mark(apps: Any, _schema_editor: Any) -> None:
    """Those at a public table now, and those that were asked, answered or promised in public and have left since."""
    organisations = apps.get_model("communities", "Organisation").objects
    seated = apps.get_model("communities", "Community").objects.filter(is_public=True, organisations__isnull=False)
    acted = Q(asks_count__gt=0) | Q(answers_count__gt=0) | Q(commitments_open__gt=0)
    acted |= Q(commitments_kept__gt=0) | Q(commitments_broken__gt=0)
    organisations.filter(acted | Q(pk__in=seated.values("organisations"))).update(was_public=True)


class Migration(migrations.Migration):
    dependencies = [("communities", "0002_invitation_by_email")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="was_public",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
