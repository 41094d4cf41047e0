"""The index behind the search box, on PostgreSQL. SQLite searches without one."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The expression is that of proposals.search.ProposalWords, word for word.
MAKE = """
CREATE INDEX IF NOT EXISTS proposals_words ON proposals_proposal
USING gin (to_tsvector('english'::regconfig, title || ' ' || outcome_wanted || ' ' || "case"))
WHERE state <> 'draft'
"""


def make_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(MAKE)


def drop_index(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS proposals_words")


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]

    operations = [migrations.RunPython(make_index, drop_index)]
