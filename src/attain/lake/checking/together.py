"""Rows together with those already stored: validity, trees and sums (B50, B53, B54, B55).

All of these look at the rows as they will stand after the import, because a correct file can
still clash with what is there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attain.core.errors import codes as core
from attain.core.schemas import Check, DatasetSchema
from attain.lake import sql
from attain.lake.checking.bench import Bench, said_in_sql
from attain.lake.checking.trees import judge_tree
from attain.lake.current import ALIASES, Current
from attain.lake.errors import rows

FROM, UNTIL = "effective_from", "effective_until"

_START: Final = f"coalesce({FROM}, DATE '0001-01-01')"
_END: Final = f"coalesce({UNTIL}, DATE '9999-12-31')"


def judge_together(bench: Bench, current: Current) -> None:
    """Report what rows do wrong together; needs the view `result`."""
    make_codes(bench, current)
    schema = bench.schema
    trees = [check for check in schema.checks if check.tree is not None]
    if schema.dated:
        _report_reversed(bench)
        _report_overlaps(bench, trees[0] if trees else None)
    for check in trees:
        judge_tree(bench, check)
    for check in schema.checks:
        if check.sum is not None:
            _report_sums(bench, check)


def make_codes(bench: Bench, current: Current) -> None:
    """Make the view `codes`: key and code, so that messages speak of what people know."""
    sources = ["SELECT key, code FROM new_aliases"]
    relation = current.relation(ALIASES)
    if relation is not None:
        sources.append(f"SELECT key, code FROM {relation}")
    united = " UNION ALL ".join(sources)
    bench.run(f"CREATE VIEW codes AS SELECT key, min(code) AS code FROM ({united}) GROUP BY key")


def spoken(columns: Iterable[str], table: str) -> str:
    """SQL of some columns of a table in words: codes in place of keys."""
    texts = [f"CAST({table}.{sql.name(one)} AS VARCHAR)" for one in columns]
    shown = [f"coalesce((SELECT code FROM codes WHERE key = {text}), {text})" for text in texts]
    return f"concat_ws(' / ', {', '.join(shown)})"


# --- validity ---


def _report_reversed(bench: Bench) -> None:
    bench.report_where(
        core.INTERVAL_INVALID,
        bench.place(UNTIL),
        f"SELECT _line AS line, {FROM} AS start, {UNTIL} AS until FROM resolved "
        f"WHERE {FROM} >= {UNTIL}",
        {"start": "CAST(start AS VARCHAR)", "until": "CAST(until AS VARCHAR)"},
    )


def stretches_of(schema: DatasetSchema) -> list[str]:
    """The columns whose equal values make rows stretches of the same thing."""
    return [name for name in schema.key if name != FROM]


def _report_overlaps(bench: Bench, tree: Check | None) -> None:
    """Two stretches of the same thing on one day; on a tree that is two superiors at once."""
    group = stretches_of(bench.schema)
    same = ", ".join(sql.name(name) for name in group) or "1"
    parent = sql.name(tree.tree) if tree is not None and tree.tree else "NULL"
    window = f"(PARTITION BY {same} ORDER BY {_START}, _row)"
    bench.run(
        f"CREATE TABLE clashes AS SELECT * FROM (SELECT *, {_START} AS start, "
        f"lag(_line) OVER {window} AS other_line, lag({parent}) OVER {window} AS other_parent, "
        f"{parent} AS own_parent, max({_END}) OVER (PARTITION BY {same} ORDER BY {_START}, _row "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until FROM result) "
        "WHERE start < busy_until AND (_line IS NOT NULL OR other_line IS NOT NULL)"
    )
    value = spoken(group, "clashes")
    start = "CASE WHEN start = DATE '0001-01-01' THEN '-∞' ELSE CAST(start AS VARCHAR) END"
    for line in ("_line", "other_line"):
        chosen = f"SELECT {line} AS line, {value} AS value, {start} AS start"
        where = f"FROM clashes WHERE {line} IS NOT NULL"
        two = "own_parent IS DISTINCT FROM other_parent"
        is_plain = tree is None
        bench.report_where(
            core.INTERVAL_OVERLAP,
            bench.place(FROM),
            f"{chosen} {where} AND {'true' if is_plain else f'NOT ({two})'}",
            {"value": "value", "start": "start"},
        )
        if is_plain:
            continue
        first, second = spoken(["other_parent"], "clashes"), spoken(["own_parent"], "clashes")
        bench.report_where(
            rows.HIERARCHY_OVERLAP,
            bench.place(FROM),
            f"{chosen}, {first} AS first, {second} AS second {where} AND {two}",
            {"value": "value", "start": "start", "first": "first", "second": "second"},
        )


# --- sums ---


def _report_sums(bench: Bench, check: Check) -> None:
    """Shares of one thing: none negative, nobody twice, and together the declared whole."""
    assert check.sum is not None
    own = sql.name(check.sum)
    place = bench.place(check.sum)
    label = said_in_sql(bench.schema.columns[check.sum])
    bench.report_where(
        rows.SPLIT_NEGATIVE,
        place,
        f"SELECT _line AS line, {_bare(own)} AS value FROM resolved WHERE {own} < 0",
        {"column": label, "value": "value"},
    )
    if check.each is not None:
        _report_each_twice(bench, check, check.each)
    same = ", ".join(sql.name(name) for name in check.by) or "1"
    bench.run(
        f"CREATE OR REPLACE TABLE sums AS SELECT {same}, sum({own}) AS total, "
        "list(_line) FILTER (_line IS NOT NULL) AS lines FROM result GROUP BY ALL "
        f"HAVING count(_line) > 0 AND coalesce(sum({own}), 0) <> {check.is_}"
    )
    code = rows.WEIGHTS_NOT_100 if check.name == "weights" else rows.SPLIT_NOT_100
    key = spoken(check.by, "sums") if check.by else "'*'"
    values = {
        "key": "key",
        "sum": _bare("total"),
        "whole": sql.literal(str(check.is_)),
        "gap": _bare(f"({check.is_} - total)"),
    }
    if code == rows.SPLIT_NOT_100:
        values["column"] = label
    bench.report_where(
        code,
        place,
        f"SELECT unnest(lines) AS line, {key} AS key, coalesce(total, 0) AS total FROM sums",
        values,
    )


def _bare(number: str) -> str:
    """SQL of a decimal as text without zeros at the end."""
    return f"rtrim(rtrim(CAST({number} AS VARCHAR), '0'), '.')"


def _report_each_twice(bench: Bench, check: Check, each: str) -> None:
    names = [sql.name(name) for name in (*check.by, each)]
    same = ", ".join(names)
    matched = " AND ".join(f"result.{name} IS NOT DISTINCT FROM twice.{name}" for name in names)
    bench.run(
        f"CREATE OR REPLACE TABLE twice AS SELECT {same}, list(_line) AS lines FROM result "
        "GROUP BY ALL HAVING count(*) > 1 AND count(_line) > 0"
    )
    by = spoken(check.by, "twice") if check.by else "'*'"
    others = "list_sort(list_filter(lines, lambda x: x <> line))[1:3]"
    bench.report_where(
        rows.SPLIT_DUPLICATE,
        bench.place(each),
        f"SELECT result._line AS line, twice.lines, {by} AS key, {spoken([each], 'twice')} "
        f"AS value FROM twice JOIN result ON {matched} WHERE result._line IS NOT NULL",
        {"key": "key", "value": "value", "rows": others},
    )
