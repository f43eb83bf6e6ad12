"""The written files checked: cells, keys, references, dates, splits, hierarchies and totals.

Every check is a question to the files and gives what is wrong as values; all faults are told
at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from duckdb import DuckDBPyConnection

from attain.core.errors import Problem, problem
from attain.core.labels import Labels, labels
from attain.core.schemas import ColumnSchema, DatasetSchema
from attain.core.schemas.columns import ColumnType
from attain.demo import errors
from attain.demo.declared import schemas, written_columns
from attain.demo.months import FIRST, LAST
from attain.demo.reading import header_of, quoted

_PATTERNS: Final = {
    ColumnType.money: r"-?\d+\.\d\d",
    ColumnType.ratio: r"-?\d+(\.\d{1,6})?",
    ColumnType.points: r"\d+(\.\d{1,2})?",
    ColumnType.count: r"-?\d+",
    ColumnType.days: r"-?\d+",
    ColumnType.date: r"\d{4}-\d\d-\d\d",
    ColumnType.boolean: "是|否",
    ColumnType.period: r"\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?",
}
_NOT_FACTS: Final = frozenset({"days", "balances"})


class Rule(NamedTuple):
    """Something that holds for every row: a query of the rows that break it."""

    said: Labels
    breaking: str


RULES: Final = (
    Rule(
        labels("金额 = 数量 × 单价 - 折扣额", "amount = quantity × unit price - discount"),
        "SELECT order_no FROM orders WHERE amount <> quantity * unit_price - discount",
    ),
    Rule(
        labels(
            "分成、回款和退货指向存在的订单",
            "splits, receipts and returns name an order that exists",
        ),
        """SELECT order_no FROM (
             SELECT order_no FROM order_splits UNION ALL SELECT order_no FROM collections)
           WHERE order_no IS NOT NULL AND order_no NOT IN (SELECT order_no FROM orders)""",
    ),
    Rule(
        labels("退货不超过原订单行", "no more comes back than was sold on the line"),
        """SELECT r.return_no FROM (
             SELECT order_no, line_no, any_value(return_no) AS return_no,
               sum(quantity) AS quantity, sum(amount) AS amount FROM returns GROUP BY ALL) AS r
           LEFT JOIN orders AS o USING (order_no, line_no)
           WHERE o.order_no IS NULL OR r.quantity > o.quantity OR r.amount > o.amount""",
    ),
    Rule(
        labels("一张发票收到的款不超过开票额", "no invoice is paid more than once"),
        """SELECT c.order_no FROM (
             SELECT order_no, sum(amount) AS amount FROM collections
             WHERE order_no IS NOT NULL GROUP BY ALL) AS c
           JOIN (SELECT order_no, sum(amount) AS amount FROM orders GROUP BY ALL) AS o
             USING (order_no)
           WHERE c.amount > o.amount""",
    ),
    Rule(
        labels(
            "签单和到账时业务员在职",
            "the seller is employed when orders are signed and money comes",
        ),
        """SELECT number FROM (
             SELECT order_no AS number, seller, signed_on AS day FROM orders UNION ALL
             SELECT receipt_no, seller, received_on FROM collections) AS f
           JOIN (SELECT DISTINCT person, hired_on, left_on FROM people) AS p
             ON p.person = f.seller
           WHERE day < hired_on OR day >= left_on""",
    ),
    Rule(
        labels("录入不早于发生", "nothing is entered before it happens"),
        """SELECT receipt_no FROM collections WHERE entered_on < received_on
           UNION ALL SELECT order_no FROM orders WHERE entered_on < signed_on
           UNION ALL SELECT return_no FROM returns WHERE entered_on < returned_on""",
    ),
    Rule(
        labels("提出人与批准人不是同一人", "nobody approves what they asked for"),
        'SELECT id FROM interventions WHERE "by" = approved_by',
    ),
)


def check(database: DuckDBPyConnection, totals: Mapping[str, Any]) -> list[Problem]:
    """Everything that is wrong with the files of a workspace; nothing, as it should be."""
    found = [fault for schema in schemas().values() for fault in _check_dataset(database, schema)]
    found += _references(database)
    found += _splits(database)
    found += _cycles(database)
    found += _rules(database)
    found += check_totals(database, totals)
    return found


def _check_dataset(database: DuckDBPyConnection, schema: DatasetSchema) -> Iterator[Problem]:
    for column in written_columns(schema.dataset):
        yield from _cells(database, schema, column)
    yield from _keys(database, schema)
    if schema.date is not None and schema.dataset not in _NOT_FACTS:
        yield from _dates(database, schema, schema.date)
    if schema.dated:
        yield from _intervals(database, schema)


def _rows(database: DuckDBPyConnection, query: str) -> tuple[int, str]:
    """How many rows a query finds, and the first of them in order."""
    counted = database.execute(
        f"SELECT count(*), min(found[1]) FROM (SELECT [COLUMNS(*)::VARCHAR] "
        f"AS found FROM ({query}))"
    ).fetchone()
    assert counted is not None
    return counted[0], counted[1] or ""


def _cells(
    database: DuckDBPyConnection, schema: DatasetSchema, column: ColumnSchema
) -> Iterator[Problem]:
    """Cells that are not of the declared type, and blank ones that must not be."""
    raw, header = f"raw_{schema.dataset}", quoted(header_of(schema, column.name))
    dataset, said = schema.dataset, column.labels
    if (pattern := _PATTERNS.get(column.type)) is not None:
        wrong = f"NOT regexp_full_match({header}::VARCHAR, '{pattern}')"
        if column.type is ColumnType.date:
            wrong += f" OR TRY_CAST({header} AS DATE) IS NULL AND {header} IS NOT NULL"
        rows, value = _rows(database, f"SELECT {header} FROM {raw} WHERE {wrong}")
        if rows:
            yield problem(
                errors.SAMPLE_CELL,
                dataset=dataset,
                column=said,
                rows=rows,
                type=column.type.value,
                value=value,
            )
    if column.required:
        rows, _ = _rows(database, f"SELECT 1 FROM {raw} WHERE {header} IS NULL")
        if rows:
            yield problem(errors.SAMPLE_BLANK, dataset=dataset, column=said, rows=rows)


def _keys(database: DuckDBPyConnection, schema: DatasetSchema) -> Iterator[Problem]:
    names = ", ".join(quoted(name) for name in schema.key)
    first = quoted(schema.key[0])
    rows, value = _rows(
        database,
        f"SELECT {first} FROM {schema.dataset} GROUP BY {names} HAVING count(*) > 1",
    )
    if rows:
        yield problem(errors.SAMPLE_KEY_TWICE, dataset=schema.dataset, rows=rows, value=value)


def _dates(database: DuckDBPyConnection, schema: DatasetSchema, name: str) -> Iterator[Problem]:
    """Business dates lie in the months of the sample company."""
    first, last = FIRST.first, LAST.last
    column = quoted(name)
    rows, value = _rows(
        database,
        f"SELECT {column} FROM {schema.dataset} "
        f"WHERE {column} NOT BETWEEN DATE '{first}' AND DATE '{last}'",
    )
    if rows:
        yield problem(
            errors.SAMPLE_DATE, dataset=schema.dataset, column=schema.columns[name].labels,
            rows=rows, first=first, last=last, value=value,
        )  # fmt: skip


def _intervals(database: DuckDBPyConnection, schema: DatasetSchema) -> Iterator[Problem]:
    """Of one key, no two rows hold on the same day, and none ends before it begins."""
    names = [name for name in schema.key if name != "effective_from"]
    if schema.dataset == "assignments":
        # Somebody may hold two seats at once, each with a share.
        names = ["person", "position"]
    key = ", ".join(quoted(name) for name in names)
    rows, value = _rows(
        database,
        f"""SELECT {quoted(names[-1])} FROM (
              SELECT {key}, effective_from, effective_until,
                lead(effective_from) OVER (PARTITION BY {key} ORDER BY effective_from) AS next
              FROM {schema.dataset})
            WHERE effective_until <= effective_from
              OR coalesce(effective_until, 'infinity') > next""",
    )
    if rows:
        yield problem(errors.SAMPLE_INTERVAL, dataset=schema.dataset, rows=rows, value=value)


def _references(database: DuckDBPyConnection) -> Iterator[Problem]:
    """Every code names something that is there."""
    for schema in schemas().values():
        for column in written_columns(schema.dataset):
            is_own_code = column.name == schema.key[0] and column.of == schema.dataset
            if not column.kinds or is_own_code:
                continue
            known = " UNION ALL ".join(
                f"SELECT {quoted(schemas()[kind].key[0])} FROM {kind}" for kind in column.kinds
            )
            name = quoted(column.name)
            rows, value = _rows(
                database,
                f"SELECT {name} FROM {schema.dataset} WHERE {name} IS NOT NULL "
                f"AND {name} NOT IN ({known})",
            )
            if rows:
                yield problem(
                    errors.SAMPLE_REFERENCE, dataset=schema.dataset, column=column.labels,
                    rows=rows, kinds=", ".join(column.kinds), value=value,
                )  # fmt: skip


def _splits(database: DuckDBPyConnection) -> Iterator[Problem]:
    faulty = database.execute(
        "SELECT order_no FROM order_splits WHERE NOT is_overlay "
        "GROUP BY order_no HAVING sum(share) <> 1 ORDER BY order_no"
    ).fetchall()
    for (order,) in faulty:
        yield problem(errors.SAMPLE_SPLIT, value=order)


def _cycles(database: DuckDBPyConnection) -> Iterator[Problem]:
    """No hierarchy leads back to where it began, on any day."""
    edges = database.execute(
        "SELECT hierarchy, child, parent, effective_from, effective_until FROM edges"
    ).fetchall()
    for hierarchy in sorted({edge[0] for edge in edges}):
        own = [edge for edge in edges if edge[0] == hierarchy]
        for day in sorted({edge[3] for edge in own}):
            path = cycle(
                {
                    child: parent
                    for _, child, parent, start, until in own
                    if start <= day and (until is None or day < until)
                }
            )
            if path:
                yield problem(errors.SAMPLE_CYCLE, hierarchy=hierarchy, path=" → ".join(path))
                break


def cycle(parents: Mapping[str, str]) -> list[str]:
    """The first way up a tree that comes back to itself; empty if there is none.

    >>> cycle({"a": "b", "b": "c"}), cycle({"a": "b", "b": "a"})
    ([], ['a', 'b', 'a'])
    """
    safe: set[str] = set()
    for start in sorted(parents):
        path: list[str] = []
        here: str | None = start
        while here is not None and here not in safe:
            if here in path:
                return [*path[path.index(here) :], here]
            path.append(here)
            here = parents.get(here)
        safe.update(path)
    return []


def _rules(database: DuckDBPyConnection) -> Iterator[Problem]:
    for rule in RULES:
        rows, value = _rows(database, rule.breaking)
        if rows:
            yield problem(errors.SAMPLE_RULE, rows=rows, rule=rule.said, value=value)


_BY_MONTH: Final = {
    "orders_signed": "SELECT month, sum(amount) FROM signed GROUP BY ALL",
    "returns": "SELECT month, sum(amount) FROM returned GROUP BY ALL",
    "collections": "SELECT month, sum(amount) FROM received GROUP BY ALL",
    "export_orders_usd":
        "SELECT strftime(signed_on, '%Y-%m'), sum(amount) FROM export_orders GROUP BY ALL",
    "targets_of_collections":
        "SELECT period, sum(value)::DECIMAL(18,2) FROM targets "
        "WHERE indicator = 'collections' AND NOT starts_with(subject, 'U-') GROUP BY ALL",
}  # fmt: skip
_BY_PERSON: Final = {
    "orders_signed": "SELECT person, month, amount FROM signed",
    "returns": "SELECT person, month, amount FROM returned",
    "collections": "SELECT person, month, amount FROM received",
    "collections_credited": "SELECT person, month, amount FROM credited",
}


def check_totals(database: DuckDBPyConnection, totals: Mapping[str, Any]) -> Iterator[Problem]:
    """The sums of the files against the control totals, to the fen."""
    for dataset, expected in totals["rows"].items():
        found = database.execute(f"SELECT count(*) FROM {dataset}").fetchall()[0][0]
        yield from _compared(f"rows.{dataset}", expected, Decimal(found))
    for name, query in _BY_MONTH.items():
        sums = dict(database.execute(query).fetchall())
        for month, expected in totals["by_month"].get(name, {}).items():
            yield from _compared(f"{name}.{month}", expected, sums.get(month, Decimal(0)))
    for name, query in _BY_PERSON.items():
        rows = database.execute(query).fetchall()
        amounts = {(person, month): amount for person, month, amount in rows}
        for person, by_month in totals["by_person"].get(name, {}).items():
            for month, expected in by_month.items():
                found = amounts.get((person, month), Decimal(0))
                yield from _compared(f"{name}.{person}.{month}", expected, found)


HALF_FEN: Final = Decimal("0.005")
"""A split may leave half a fen to share out; the total says who got it, the files cannot."""


def _compared(total: str, expected: str, found: Decimal) -> Iterator[Problem]:
    if abs(Decimal(expected) - found) > (HALF_FEN if "credited" in total else 0):
        yield problem(errors.SAMPLE_TOTAL, total=total, expected=expected, found=str(found))
