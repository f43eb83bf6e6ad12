"""What was written once stays, also for whoever writes to the database by hand (INV-L2, T41)."""

from __future__ import annotations

import pytest
from building import Attacked
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from attain.apps.runs.models import Line, Publication
from attain.config.guards import GUARDS

pytestmark = pytest.mark.django_db

TABLES = [table for guard in GUARDS for table in guard.tables]


def refused(statement: str) -> bool:
    """Whether the database itself says no."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return any(guard.message in str(error) for guard in GUARDS)
    return False


def rows_of(table: str) -> int:
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    return model._default_manager.count()


def key_of(table: str) -> str:
    model = next(each for each in apps.get_models() if each._meta.db_table == table)
    return str(model._meta.pk.column)


@pytest.mark.parametrize("table", TABLES)
def test_nobody_changes_or_removes_what_was_written(attacked: Attacked, table: str) -> None:
    """A table that is empty in the sample is left as it is; most are not."""
    count, key = rows_of(table), key_of(table)
    if not count:
        return

    assert refused(f"UPDATE {table} SET {key} = {key}")
    assert refused(f"DELETE FROM {table}")
    assert rows_of(table) == count


def test_no_line_is_slipped_into_a_revision_that_was_proved(attacked: Attacked) -> None:
    line = Line.objects.filter(publication__state="published").earliest("pk")
    columns = "participant, component, earned, amount_minor, currency, pay_on"

    slipped = refused(
        f"INSERT INTO runs_line (publication_id, line_key, {columns}) "
        f"SELECT publication_id, 'slipped in', {columns} FROM runs_line WHERE id = {line.pk}"
    )

    assert slipped
    assert not Line.objects.filter(line_key="slipped in").exists()


def test_rows_come_and_go_while_a_revision_is_loaded(attacked: Attacked) -> None:
    run = attacked.objects["publication"].run
    loading = Publication.objects.create(
        run=run, plan_code=run.plan_code, period=run.period, revision=99, digest=run.digest,
        state=Publication.STAGING, prepared_at=run.asked_at,
    )  # fmt: skip
    line = Line.objects.earliest("pk")
    line.pk, line.publication, line.line_key = None, loading, "loaded"
    line.save()

    assert Line.objects.filter(publication=loading).delete()[0] == 1


def test_every_guard_stands(attacked: Attacked) -> None:
    assert [guard.app for guard in GUARDS if not guard.is_installed(connection)] == []
