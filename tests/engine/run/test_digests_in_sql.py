"""A digest taken in the database is the digest of the rows, whatever their columns are called."""

from __future__ import annotations

from decimal import Decimal

import duckdb

from attain.core.digests import canonical_rows, digest_rows
from attain.core.units import POINTS, TEXT
from attain.engine.canonical import digests_by_subject


def test_a_column_called_row_changes_no_digest() -> None:
    columns = [("subject", TEXT), ("row", TEXT), ("score", POINTS)]
    rows = [("li", "sales", Decimal("80")), ("li", "growth", Decimal("60.5"))]

    with duckdb.connect() as database:
        database.execute("CREATE TABLE given (subject VARCHAR, row VARCHAR, score DECIMAL(38,18))")
        database.executemany("INSERT INTO given VALUES (?, ?, ?)", rows)
        found = database.execute(digests_by_subject(columns, "subject", "given")).fetchall()

    expected = digest_rows(canonical_rows(rows, [kind for _, kind in columns]))
    assert found == [("li", expected, 2)]
