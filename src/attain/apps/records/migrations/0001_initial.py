"""The tables of records."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("currency", models.CharField(max_length=3)),
                ("limit_minor", models.BigIntegerField(default=0)),
                ("reserved_minor", models.BigIntegerField(default=0)),
                ("spent_minor", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="ClockMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=200, unique=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="RecordType",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
                ("label", models.JSONField()),
                ("group", models.JSONField(blank=True, default=dict)),
                ("icon", models.CharField(blank=True, max_length=40)),
                ("order", models.PositiveIntegerField(default=100)),
                ("is_active", models.BooleanField(default=True)),
                ("opened", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["order", "name"],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("state", models.CharField(max_length=30)),
                ("version", models.PositiveIntegerField(default=1)),
                ("key", models.CharField(max_length=64, unique=True)),
                ("number", models.CharField(max_length=80)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("owner", models.CharField(blank=True, max_length=64)),
                ("author", models.CharField(blank=True, max_length=64)),
                ("subject", models.CharField(blank=True, max_length=64)),
                ("unit", models.CharField(blank=True, max_length=64)),
                ("business_date", models.DateField()),
                ("due_on", models.DateField(null=True)),
                ("entered_on", models.DateField()),
                ("created_at", models.DateTimeField()),
                ("created_on", models.DateField()),
                ("changed_at", models.DateTimeField()),
                ("is_final", models.BooleanField(default=False)),
                ("data", models.JSONField(default=dict)),
                ("search", models.CharField(blank=True, max_length=600)),
                ("token", models.CharField(blank=True, max_length=64)),
                ("happened", models.PositiveIntegerField(default=0)),
                (
                    "begun_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="records.recordtype",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AllowanceEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("limit", "Limit"),
                            ("reserve", "Reserve"),
                            ("spend", "Spend"),
                            ("release", "Release"),
                        ],
                        max_length=8,
                    ),
                ),
                ("amount_minor", models.BigIntegerField()),
                ("from_reserved_minor", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "allowance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="records.allowance",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cause",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.record",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="allowance",
            name="record",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="allowances",
                to="records.record",
            ),
        ),
        migrations.CreateModel(
            name="RecordEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("n", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("created", "Created"),
                            ("changed", "Changed"),
                            ("acted", "Acted"),
                            ("commented", "Commented"),
                            ("attached", "Attached"),
                            ("linked", "Linked"),
                            ("reminded", "Reminded"),
                            ("revealed", "Revealed"),
                            ("migrated", "Migrated"),
                        ],
                        max_length=12,
                    ),
                ),
                ("action", models.CharField(blank=True, max_length=60)),
                ("from_state", models.CharField(blank=True, max_length=30)),
                ("to_state", models.CharField(blank=True, max_length=30)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("person", models.CharField(blank=True, max_length=64)),
                ("note", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "on_behalf_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="records.record",
                    ),
                ),
            ],
            options={
                "ordering": ["record", "n"],
            },
        ),
        migrations.CreateModel(
            name="RecordFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=40)),
                ("added_at", models.DateTimeField()),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="records.record",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RecordLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_out",
                        to="records.record",
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="links_in",
                        to="records.record",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordSecret",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                ("value", models.JSONField(null=True)),
                ("kept_at", models.DateTimeField()),
                ("consent", models.BooleanField(default=False)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.record",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordSecretRead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fields", models.JSONField()),
                ("person", models.CharField(blank=True, max_length=64)),
                ("purpose", models.CharField(max_length=400)),
                ("at", models.DateTimeField()),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.record",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="RecordParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.CharField(max_length=64)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("owner", "Owner"),
                            ("subject", "Subject"),
                            ("author", "Author"),
                            ("named", "Named"),
                            ("consulted", "Consulted"),
                            ("mentioned", "Mentioned"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="records.record",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.recordtype",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope", models.CharField(blank=True, max_length=40)),
                ("last", models.PositiveIntegerField(default=0)),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.recordtype",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RecordTypeVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("hash", models.CharField(max_length=64)),
                ("pack", models.CharField(blank=True, max_length=64)),
                ("installed_at", models.DateTimeField()),
                (
                    "installed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="records.recordtype",
                    ),
                ),
            ],
            options={
                "ordering": ["type", "-version"],
            },
        ),
        migrations.AddField(
            model_name="recordtype",
            name="current",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.recordtypeversion",
            ),
        ),
        migrations.AddField(
            model_name="record",
            name="type_version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.recordtypeversion",
            ),
        ),
        migrations.CreateModel(
            name="RecordValue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=40)),
                ("text", models.CharField(max_length=400, null=True)),
                ("number", models.BigIntegerField(null=True)),
                ("date", models.DateField(null=True)),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="values",
                        to="records.record",
                    ),
                ),
                (
                    "type",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.recordtype",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("query", models.CharField(max_length=2000)),
                ("shared", models.BooleanField(default=False)),
                (
                    "type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="records.recordtype",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("text", models.TextField()),
                ("mentions", models.JSONField(default=list)),
                ("edited_at", models.DateTimeField(null=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("token", models.CharField(blank=True, max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="records.record",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("token", ""), _negated=True),
                        fields=("author", "token"),
                        name="records_said_once",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="allowance",
            constraint=models.UniqueConstraint(
                fields=("record", "name"), name="records_allowance_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="allowance",
            constraint=models.CheckConstraint(
                condition=models.Q(("reserved_minor__gte", 0), ("spent_minor__gte", 0)),
                name="records_allowance_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="allowance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "limit_minor__gte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("reserved_minor"), "+", models.F("spent_minor")
                        ),
                    )
                ),
                name="records_no_overspend",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordevent",
            constraint=models.UniqueConstraint(fields=("record", "n"), name="records_event_once"),
        ),
        migrations.AddIndex(
            model_name="recordlink",
            index=models.Index(fields=["target", "field"], name="records_linked"),
        ),
        migrations.AddConstraint(
            model_name="recordlink",
            constraint=models.UniqueConstraint(
                fields=("source", "field", "target"), name="records_link_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recordsecret",
            constraint=models.UniqueConstraint(
                fields=("record", "field"), name="records_secret_once"
            ),
        ),
        migrations.AddIndex(
            model_name="recordparty",
            index=models.Index(fields=["type", "person", "why", "record"], name="records_parties"),
        ),
        migrations.AddConstraint(
            model_name="recordparty",
            constraint=models.UniqueConstraint(
                fields=("record", "person", "why"), name="records_party_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="numberseries",
            constraint=models.UniqueConstraint(
                fields=("type", "scope"), name="records_series_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recordtypeversion",
            constraint=models.UniqueConstraint(
                fields=("type", "version"), name="records_version_once"
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["type", "-business_date", "id"], name="records_by_date"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                fields=["type", "state", "-business_date", "id"], name="records_by_state"
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["type", "title", "id"], name="records_by_title"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["type", "owner", "id"], name="records_by_owner"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(fields=["type", "search", "id"], name="records_by_search"),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("due_on__isnull", False), ("is_final", False)),
                fields=["due_on", "type"],
                name="records_by_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.UniqueConstraint(
                condition=models.Q(("token", ""), _negated=True),
                fields=("begun_by", "token"),
                name="records_begun_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="record",
            constraint=models.UniqueConstraint(
                fields=("type", "number"), name="records_number_once"
            ),
        ),
        migrations.AddIndex(
            model_name="recordvalue",
            index=models.Index(
                condition=models.Q(("text__isnull", False)),
                fields=["type", "field", "text", "record"],
                name="records_texts",
            ),
        ),
        migrations.AddIndex(
            model_name="recordvalue",
            index=models.Index(
                condition=models.Q(("number__isnull", False)),
                fields=["type", "field", "number", "record"],
                name="records_numbers",
            ),
        ),
        migrations.AddIndex(
            model_name="recordvalue",
            index=models.Index(
                condition=models.Q(("date__isnull", False)),
                fields=["type", "field", "date", "record"],
                name="records_dates",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(
                fields=("user", "type", "name"), name="records_saved_filter_once"
            ),
        ),
    ]
