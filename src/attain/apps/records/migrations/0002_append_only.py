"""The database keeps what happened to records as it was written."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from attain.apps.records import triggers


def install(apps: Any, editor: Any) -> None:
    triggers.GUARD.install(editor.connection)


def remove(apps: Any, editor: Any) -> None:
    triggers.GUARD.remove(editor.connection)


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
