"""What was voted on stands on the row that asks an organisation what it will do about it."""

from typing import Any

from django.db import migrations, models


def from_the_decision(apps: Any, schema_editor: Any) -> None:
    """Where residents decided, the decision has the question as its title."""
    asks = apps.get_model("proposals", "CommitmentAsk").objects.filter(decision__isnull=False)
    for ask in asks.select_related("decision").iterator(chunk_size=500):
        ask.question = ask.decision.title[:160]
        ask.save(update_fields=["question"])


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_on_a_ballot")]

    operations = [
        migrations.AddField(
            model_name="commitmentask",
            name="question",
            field=models.CharField(blank=True, default="", max_length=160),
            preserve_default=False,
        ),
        migrations.RunPython(from_the_decision, migrations.RunPython.noop),
    ]
