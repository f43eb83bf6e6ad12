"""What somebody looks at before a file is stored, and what is said afterwards."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from rich.text import Text

from attain.cli.importing.covering import shown_coverage, shown_interval
from attain.cli.language import said, say
from attain.cli.output import (
    console,
    counted,
    done,
    heading,
    listed,
    print_problems,
    problem_data,
    remark,
    shown_path,
    summary,
    table,
)
from attain.core.formats import show_number
from attain.core.schemas import DatasetSchema
from attain.core.values import minor_digits
from attain.lake import Checked, ColumnMapping, Receipt
from attain.lake.checking.totals import ControlTotal
from attain.lake.choosing import Candidate
from attain.lake.headers import column_letters


def show_found(one: Candidate, mapping: ColumnMapping) -> None:
    """What was detected, and which column of the file is which of the dataset."""
    label = said(one.schema.labels)
    name = (
        one.schema.dataset if label in ("", one.schema.dataset) else f"{label} {one.schema.dataset}"
    )
    heading(f"{one.title} → {name}")
    remark("  " + listed(_kind(one, mapping)))
    rows = [
        (column_letters(at), mapping.header(at) or "", _column(one.schema, column))
        for column, at in sorted(mapping.columns.items(), key=lambda item: item[1])
    ]
    columns = (say("列", "Column"), say("文件的表头", "Header"), say("数据集的列", "Of dataset"))
    console.print(table(None, columns, rows))
    ignored = [mapping.header(at) or column_letters(at) for at in mapping.ignored]
    if ignored:
        remark(say("忽略：{columns}", "Left out: {columns}", columns=", ".join(ignored)))


def _kind(one: Candidate, mapping: ColumnMapping) -> list[str]:
    found = [one.detected.kind]
    if one.table.encoding:
        found.append(one.table.encoding.upper())
    if one.table.delimiter:
        shown = {"\t": say("制表符", "tab")}.get(one.table.delimiter, one.table.delimiter)
        found.append(say("分隔符“{sign}”", "separated by “{sign}”", sign=shown))
    if mapping.header_row:
        found.append(say("第{row}行是表头", "headers in row {row}", row=mapping.header_row))
    return found


def _column(schema: DatasetSchema, name: str) -> str:
    label = said(schema.columns[name].labels)
    return f"{label} {name}" if label and label != name else name


def show_checked(checked: Checked) -> None:
    """Every problem by its place, then how rows and sums reconcile, and what is covered."""
    if checked.problems:
        print_problems(checked.problems)
        _show_counts(checked)
    rows = checked.rows
    skipped = sum(rows.skipped.values())
    counts = (say("行数", "Rows"), rows.in_file, rows.accepted, rows.rejected, skipped)
    sums: list[tuple[object, ...]] = [counts]
    sums += [_total(checked.schema, one) for one in checked.totals]
    columns = (
        say("对账", "Reconciled"),
        say("文件", "File") + "#",
        say("可入库", "Good") + "#",
        say("拒绝", "Rejected") + "#",
        say("跳过", "Skipped") + "#",
    )
    console.print(table(None, columns, sums))
    remark(_said_changes(checked))
    if checked.covers:
        shown = ", ".join(shown_interval(one) for one in checked.covers)
        remark(
            say(
                "覆盖：{shown}（其中没有行就是零，之外没有行就是无数据）",
                "Covers: {shown} (no row inside means zero, outside it means no data)",
                shown=shown,
            )
        )


def _show_counts(checked: Checked) -> None:
    """How many there are of each, where there are more than are listed."""
    counts = checked.counts_by_code
    if sum(counts.values()) > len(checked.problems):
        shown = ", ".join(f"{code} {count:,}" for code, count in counts.items())
        remark(say("总共：{shown}", "In all: {shown}", shown=shown))


def _total(schema: DatasetSchema, one: ControlTotal) -> tuple[object, ...]:
    column = schema.columns[one.column]
    digits = minor_digits(column.currency or "") or 0
    name = said(column.labels, one.column) + (f" {column.currency}" if column.currency else "")
    if one.unread:
        # No sum can hold them: who compares the total with the file's own must know.
        cells = counted(one.unread, "格", "cell", "cells")
        name += say(
            "（另有{cells}读不出，不在任何合计里）", " ({cells} unread, in no sum)", cells=cells
        )

    def shown(amount: Decimal) -> Text:
        return Text(show_number(amount, digits))

    return (
        name,
        shown(one.in_file),
        shown(one.accepted),
        shown(one.rejected),
        shown(one.skipped),
    )


def _said_changes(checked: Checked) -> str:
    changes, skipped = checked.changes, checked.rows.skipped
    parts = [
        (changes.new, say("新增", "new")),
        (changes.changed, say("更改", "changed")),
        (changes.same, say("已在库中", "stored already")),
        (changes.withdrawn, say("撤回", "withdrawn")),
        (skipped.get("blank", 0), say("空行", "blank")),
        (skipped.get("total", 0), say("合计行", "total rows")),
    ]
    shown = [f"{word}{say('', ' ')}{count:,}" for count, word in parts if count]
    return say("，", ", ").join(shown) or say("没有变化", "nothing changes")


def show_receipt(receipt: Receipt, label: str) -> None:
    """What was stored, and how to take it back."""
    done(
        say(
            "已入库：{label}，{accepted}；现有{rows}，版本{version}",
            "Stored: {label}, {accepted}; {rows} now, version {version}",
            label=label,
            accepted=counted(receipt.accepted, "行", "row", "rows"),
            rows=counted(receipt.rows, "行", "row", "rows"),
            version=receipt.version[:12],
        )
    )
    if receipt.coverage:
        remark("  " + say("覆盖", "covers") + " " + shown_coverage(receipt.coverage))
    remark("  " + say("撤销：", "Undo: ") + f"attain import --undo {receipt.dataset}")


def show_briefly(one: Candidate, checked: Checked, receipt: Receipt) -> None:
    """One line for one of many files that came in whole."""
    label = said(one.schema.labels, one.schema.dataset)
    covered = shown_coverage(receipt.coverage)
    parts = [
        f"{one.title} → {label}",
        counted(receipt.rows, "行", "row", "rows"),
        _said_changes(checked),
        say("覆盖", "covers ") + covered if covered else "",
        summary(checked.problems),
    ]
    done(listed(part for part in parts if part))


def show_rejected(count: int, path: Path) -> None:
    """Where the rows are that have to be corrected."""
    remark(
        say(
            "被拒绝的{count:,}行在 {path}，改好后再导入",
            "{count:,} rejected rows are in {path}; correct them and import that file",
            count=count,
            path=shown_path(path),
        )
    )


def as_data(
    one: Candidate, mapping: ColumnMapping, checked: Checked | None, receipt: Receipt | None
) -> dict[str, Any]:
    """One table of an import for programs."""
    data: dict[str, Any] = {
        "file": one.detected.file,
        "sheet": one.table.sheet,
        "dataset": one.schema.dataset,
        "kind": one.detected.kind,
        "header_row": mapping.header_row,
        "mapping": {name: mapping.header(at) for name, at in mapping.columns.items()},
        "status": "stored" if receipt else "checked",
    }
    if checked is not None:
        rows = checked.rows
        data |= {
            "rows": {
                "in_file": rows.in_file,
                "accepted": rows.accepted,
                "rejected": rows.rejected,
                "skipped": dict(rows.skipped),
            },
            "totals": [
                {
                    "column": total.column,
                    **{
                        part: format(getattr(total, part), "f")
                        for part in ("in_file", "accepted", "rejected", "skipped")
                    },
                }
                for total in checked.totals
            ],
            "covers": [[str(start), str(until)] for start, until in checked.covers],
            "problems": [problem_data(found) for found in checked.problems],
        }
    if receipt is not None:
        data["version"] = receipt.version
    return data
