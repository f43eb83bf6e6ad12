"""What is in the sample company, as tables on the console."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from duckdb import DuckDBPyConnection
from rich.console import Console
from rich.table import Table

from attain.core.labels import Labels, Language, labels
from attain.demo.boundaries import Proof
from attain.demo.texts import INDICATORS, ROLES

_ROLES: Final = """
SELECT role, count(DISTINCT person), count(DISTINCT person) FILTER (status = 'left'),
  string_agg(DISTINCT name, '、' ORDER BY name) FILTER (status <> 'left'),
  string_agg(DISTINCT name_en, ', ' ORDER BY name_en) FILTER (status <> 'left')
FROM people GROUP BY role
"""
_MONTHS: Final = """
SELECT m.month, lines, s.amount, r.receipts, r.amount, coalesce(b.amount, 0)
FROM (SELECT strftime(signed_on, '%Y-%m') AS month, count(*) AS lines
      FROM orders WHERE status = 'signed' GROUP BY 1) AS m
JOIN (SELECT month, sum(amount) AS amount FROM signed GROUP BY 1) AS s USING (month)
JOIN (SELECT strftime(received_on, '%Y-%m') AS month, count(*) AS receipts, sum(amount) AS amount
        FROM collections GROUP BY 1) AS r USING (month)
LEFT JOIN (SELECT month, sum(amount) AS amount FROM returned GROUP BY 1) AS b USING (month)
ORDER BY m.month DESC LIMIT 12
"""
_TARGETS: Final = """
SELECT indicator, CASE WHEN period LIKE '%Q%' THEN 'Q' ELSE 'M' END AS grain, count(*),
  count(DISTINCT subject), min(period), max(period)
FROM targets GROUP BY 1, 2 ORDER BY 1, 2
"""
NAMES_SHOWN: Final = 5


def show(
    console: Console,
    database: DuckDBPyConnection,
    proofs: Sequence[Proof],
    row_counts: Mapping[str, int],
    language: Language,
) -> None:
    """People, facts, targets and boundary cases of the files just written."""
    console.print(_people(database, language))
    console.print(_facts(database, language))
    console.print(_targets(database, language))
    console.print(_datasets(row_counts, language))
    console.print(_cases(proofs, language))


def _table(title: Labels, columns: Sequence[tuple[Labels, bool]], language: Language) -> Table:
    """A table with its headings; True is a column of figures."""
    table = Table(title=title.get(language), title_justify="left", title_style="bold")
    for heading, is_figure in columns:
        table.add_column(
            heading.get(language),
            justify="right" if is_figure else "left",
            no_wrap=is_figure,
        )
    return table


def _people(database: DuckDBPyConnection, language: Language) -> Table:
    table = _table(
        labels("人员", "People"),
        [
            (labels("角色", "Role"), False),
            (labels("人数", "People"), True),
            (labels("其中已离职", "of them left"), True),
            (labels("姓名", "Names"), False),
        ],
        language,
    )
    found = {row[0]: row for row in database.execute(_ROLES).fetchall()}
    for role, said in ROLES.items():
        if role in found:
            _, people, left, zh, en = found[role]
            names = _some(zh, "、", "等") if language == "zh-Hans" else _some(en, ", ", " …")
            table.add_row(said.get(language), f"{people:,}", f"{left:,}" if left else "", names)
    return table


def _some(names: str | None, between: str, more: str) -> str:
    """The first few names, and a sign that there are more."""
    listed = (names or "").split(between)
    shown = between.join(listed[:NAMES_SHOWN])
    return shown + more if len(listed) > NAMES_SHOWN else shown


def _facts(database: DuckDBPyConnection, language: Language) -> Table:
    table = _table(
        labels("最近12个月的事实（元，舍去分）", "Facts of the last 12 months (yuan, fen cut off)"),
        [
            (labels("月份", "Month"), True),
            (labels("订单行", "Order lines"), True),
            (labels("签单额", "Signed"), True),
            (labels("回款笔数", "Receipts"), True),
            (labels("回款额", "Collected"), True),
            (labels("退货额", "Returned"), True),
        ],
        language,
    )
    for month, *figures in database.execute(_MONTHS).fetchall():
        table.add_row(month, *(_figure(figure) for figure in figures))
    return table


def _figure(value: int | Decimal) -> str:
    return f"{int(value):,}"


def _targets(database: DuckDBPyConnection, language: Language) -> Table:
    table = _table(
        labels("目标", "Targets"),
        [
            (labels("指标", "Indicator"), False),
            (labels("期间", "Periods"), False),
            (labels("对象数", "Subjects"), True),
            (labels("目标数", "Targets"), True),
        ],
        language,
    )
    for indicator, _, count, subjects, first, last in database.execute(_TARGETS).fetchall():
        said = INDICATORS[indicator].get(language)
        periods = first if first == last else f"{first} – {last}"
        table.add_row(said, periods, f"{subjects:,}", f"{count:,}")
    return table


def _datasets(row_counts: Mapping[str, int], language: Language) -> Table:
    """Names of datasets with their rows, three to a line."""
    heading = [(labels("数据集", "Dataset"), False), (labels("行数", "Rows"), True)]
    table = _table(labels("数据集", "Datasets"), heading * 3, language)
    cells = [(name, f"{count:,}") for name, count in row_counts.items()]
    cells += [("", "")] * (-len(cells) % 3)
    for start in range(0, len(cells), 3):
        table.add_row(*(cell for pair in cells[start : start + 3] for cell in pair))
    return table


def _cases(proofs: Sequence[Proof], language: Language) -> Table:
    title = labels("边界情形，逐条在文件上验证", "Boundary cases, each proved on the files")
    table = _table(title, [(labels("", ""), False), (labels("情形", "Case"), False)], language)
    for proof in proofs:
        mark = "[green]✓[/]" if proof.holds else "[bold magenta]✗[/]"
        table.add_row(mark, proof.boundary.said(language))
    return table
