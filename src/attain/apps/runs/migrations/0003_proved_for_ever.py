"""From here on the database refuses to change results that were proved."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from attain.apps.runs import triggers


def install(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    triggers.GUARD.install(editor.connection)


def remove(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away again."""
    triggers.GUARD.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("runs", "0002_published_once_and_longer_keys")]

    operations = [migrations.RunPython(install, remove)]
