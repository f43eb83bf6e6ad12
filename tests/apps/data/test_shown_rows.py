"""Of hundreds of thousands of rows a page reads the months it shows, and counts nothing anew."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from attain.apps.accounts.actors import Actor
from attain.apps.data import services
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.pages.rows import StoredRows, shown_parts
from attain.apps.data.selectors import schemas
from attain.apps.jobs.worker import run_until_empty
from attain.core.manifests import DatasetVersion, Part
from attain.lake import sql
from attain.ui.tables import Query

from .conftest import HEAD, Bring


def version(**rows: int) -> DatasetVersion:
    """Rows by month; `none` for those without a date."""
    parts = tuple(
        Part(
            month="" if name == "none" else f"2026-{name[1:]}",
            file=f"{name}.parquet",
            rows=count,
            sha256="0" * 64,
        )
        for name, count in rows.items()
    )
    return DatasetVersion(dataset="orders", schema_="0" * 64, parts=parts)


@pytest.mark.parametrize(
    ("offset", "months", "skipped"),
    [
        # Newest first: rows 0 to 9 of March, 10 to 29 of February, 30 to 34 of January, 35 none.
        (0, ["2026-03"], 0),
        (5, ["2026-03", "2026-02"], 5),
        (10, ["2026-02"], 0),
        (25, ["2026-02", "2026-01"], 15),
        (30, ["2026-01", ""], 0),
        (35, [""], 0),
        (40, [], 4),
    ],
)
def test_a_page_reads_the_months_it_shows(offset: int, months: list[str], skipped: int) -> None:
    given = version(m01=5, none=1, m03=10, m02=20)

    parts, before = shown_parts(given, offset, 10)

    assert [part.month for part in parts] == months
    assert before == skipped


ORDERS = HEAD + "".join(
    f"A{number:02},2026-{7 + number % 3:02}-{1 + number % 9:02},悦邻,{number}.50\n"
    for number in range(1, 24)
)


@pytest.fixture
def table(orders: str, bring: Bring, clerk: Actor, at: datetime) -> StoredRows:
    """Twenty-three orders of July, August and September."""
    batch = bring(ORDERS)
    services.ask_to_load(batch, actor=clerk, at=at, version=batch.version)
    run_until_empty(at)
    head = DatabaseCatalog().head("orders")
    assert head is not None
    assert len(head.parts) == 3
    return StoredRows(schemas()["orders"], head, "rows-orders")


def test_pages_are_slices_of_all_rows(table: StoredRows, clerk: Actor) -> None:
    _, every = table.every(clerk, Query())
    every = list(every)

    for page in range(1, 6):
        shown = table.page(clerk, Query(page=page, size=5))
        assert list(shown.rows) == every[(page - 1) * 5 : page * 5]
        assert shown.total == 23
        # 1 + 2 + … + 23 = 276, and 23 times a half.
        assert shown.sums == {"amount": Decimal("287.50")}


def test_the_first_page_reads_one_month_and_counts_nothing(
    table: StoredRows, clerk: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    rows = sql.Connection.rows

    def noted(self: sql.Connection, query: str, given: object = ()) -> object:
        asked.append(query)
        return rows(self, query, given)  # type: ignore[arg-type]

    monkeypatch.setattr(sql.Connection, "rows", noted)
    table.page(clerk, Query(size=5))

    newest = max(table.version.parts, key=lambda part: part.month)
    others = [part.file for part in table.version.parts if part is not newest]
    assert any(newest.file in query for query in asked)
    assert not [query for query in asked for file in others if file in query]
    assert not [query for query in asked if "count(" in query]
