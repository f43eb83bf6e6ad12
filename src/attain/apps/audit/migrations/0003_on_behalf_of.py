"""Whose lent role made an action possible."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]

    operations = [
        # Nullable and without a default: the table is not written anew, and keeps its triggers.
        migrations.AddField(
            model_name="auditentry",
            name="on_behalf_of",
            field=models.BigIntegerField(null=True),
        ),
    ]
