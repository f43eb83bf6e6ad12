"""Numbers of records: one after another, no gap, none twice, however many begin at once."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F

from attain.apps.records.models import NumberSeries, Record, RecordType
from attain.kinds.records import Kind


def next_number(row: RecordType, kind: Kind, day: date) -> str:
    """The next number of a type, in the transaction that begins its record.

    Whoever comes second waits for the first to commit or to give up; what is given up is given
    to them, so that nobody ever sees a gap.
    """
    series = _series(row, kind.number_scope(day))
    while True:
        NumberSeries.objects.filter(pk=series.pk).update(last=F("last") + 1)
        n = NumberSeries.objects.values_list("last", flat=True).get(pk=series.pk)
        number = kind.number(day, n)
        # Somebody may have brought a record in under a number of its own.
        if not Record.objects.filter(type=row, number=number).exists():
            return number


def _series(row: RecordType, scope: str) -> NumberSeries:
    with transaction.atomic():
        found, _ = NumberSeries.objects.get_or_create(type=row, scope=scope)
    return found
