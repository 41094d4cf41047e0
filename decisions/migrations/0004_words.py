"""On PostgreSQL, an index of the words of decisions.

It stands on the decision itself: unlike a proposal, which each backing writes again (proposals.0006), a decision is
written again only when a promise moves. Each write pays at once (fastupdate off), so that no list of what waits to be
sorted in makes the planner read everything instead.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

WORDS = "to_tsvector('english'::regconfig, reference || ' ' || title || ' ' || summary || ' ' || reasons)"


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(
        schema_editor, f"CREATE INDEX decisions_words ON decisions_decision USING gin (({WORDS})) WITH (fastupdate=off)"
    )


def unmake(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _run(schema_editor, "DROP INDEX decisions_words")


def _run(schema_editor: BaseDatabaseSchemaEditor, sql: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(sql, params=None)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0003_overruled_once")]

    operations = [migrations.RunPython(make, unmake)]
