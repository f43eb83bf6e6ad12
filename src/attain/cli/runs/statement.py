"""A small statement: every component of one subject, and what is paid when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.text import Text

from attain.cli import errors
from attain.cli.language import language, said, say
from attain.cli.output import console, heading, remark, shown_path, table
from attain.cli.runs.opening import OpenRun
from attain.cli.runs.outcomes import Wording, minor_money
from attain.cli.runs.tables import Row
from attain.core.errors import AttainError, nearest, problem
from attain.core.schemas import Status

_NEAR: int = 5


def find_subject(run: OpenRun, asked: str) -> str:
    """The key of somebody with results in the run, called by code, name or key.

    :raises AttainError: SUBJECT_UNKNOWN with those who are called nearly so.
    """
    keys = {row["subject"] for row in run.folder.rows("outcomes")}
    found = run.names.key(asked, keys)
    if found is None:
        codes = sorted(run.names.code(key) for key in keys)
        near = nearest(asked, codes) or codes[:_NEAR] or [say("无", "none")]
        raise AttainError(problem(errors.SUBJECT_UNKNOWN, subject=asked, near=near))
    return found


def show_statement(run: OpenRun, subject: str, period: str | None) -> None:
    """Every component of a subject with its value or why there is none, then its lines."""
    wording = Wording(run.plan, run.names)
    rows = outcomes_of(run, subject, period)
    who = run.names.called(subject)
    heading(f"{who} · {said(run.plan.labels, run.plan.plan)} · {run.folder.manifest.period}")
    own = run.folder.manifest.period
    for title, part in _by_period(rows, own):
        console.print(table(title, _columns(), _lines_of(part, wording)))
    _show_lines(run, wording, subject)
    remark(
        say("看来历：", "Ask why: ")
        + f"attain explain {shown_path(run.folder.folder)} --subject {run.names.code(subject)}"
        + f" --component {_example(rows)}"
    )


def outcomes_of(run: OpenRun, subject: str, period: str | None) -> list[Row]:
    """The outcomes of a subject, in the order in which the plan has its components."""
    rows = run.folder.rows("outcomes", {"subject": subject})
    order = {one.name: at for at, one in enumerate(run.plan.components)}
    wanted = [row for row in rows if period is None or row["period"] == period]
    return sorted(
        wanted,
        key=lambda row: (
            row["period"],
            order.get(row["component"].partition("[")[0], order.get(row["component"], 0)),
            row["component"],
        ),
    )


def _by_period(rows: Sequence[Row], own: str) -> Iterable[tuple[str | None, list[Row]]]:
    """The run's own period without a title, then those of other kinds each under its own."""
    periods = sorted({row["period"] for row in rows}, key=lambda one: (one != own, one))
    for period in periods:
        yield (None if period == own else period), [row for row in rows if row["period"] == period]


def _columns() -> tuple[str, str, str]:
    return say("项目", "Component"), say("数值", "Value") + "#", say("说明", "Note")


def _lines_of(rows: Sequence[Row], wording: Wording) -> Iterable[tuple[object, ...]]:
    for row in rows:
        note = Text(wording.state(row), style="yellow")
        yield wording.label(row["component"]), wording.value(row), note


def _show_lines(run: OpenRun, wording: Wording, subject: str) -> None:
    lines = run.folder.rows("lines", {"participant": subject})
    if not lines:
        return
    lines.sort(key=lambda row: (row["pay_on"], row["component"], row["line_key"]))
    rows: list[tuple[object, ...]] = [
        (
            wording.label(row["component"]),
            minor_money(row["amount_minor"], row["currency"]),
            say("{day}支付", "paid on {day}", day=row["pay_on"]),
        )
        for row in lines
    ]
    rows += [(say("合计", "Total"), total, "") for total in totals(lines)]
    columns = (say("激励明细", "Incentive lines"), say("金额", "Amount") + "#", "")
    console.print(table(None, columns, rows))


def totals(lines: Iterable[Row]) -> list[str]:
    """The sum of some lines, each currency by itself."""
    sums: dict[str, int] = {}
    for row in lines:
        sums[row["currency"]] = sums.get(row["currency"], 0) + row["amount_minor"]
    return [minor_money(total, currency) for currency, total in sorted(sums.items())]


def _example(rows: Sequence[Row]) -> str:
    """A component worth asking about: the last one with a value, and money if there is some."""
    with_value = [row for row in rows if row["status"] == Status.value and row["value"]]
    paid = [row for row in with_value if row["unit"] == "money"]
    chosen = (paid or with_value or list(rows))[-1:]
    name = str(chosen[0]["component"]) if chosen else ""
    return f"'{name}'" if "(" in name or "[" in name else name


def statement_data(run: OpenRun, subject: str, period: str | None) -> dict[str, Any]:
    """A statement for programs."""
    wording = Wording(run.plan, run.names)
    return {
        "plan": run.plan.plan,
        "period": run.folder.manifest.period,
        "subject": run.names.code(subject),
        "outcomes": [
            {
                "component": row["component"],
                "label": wording.label(row["component"]),
                "period": row["period"],
                "status": row["status"],
                "value": None if row["value"] is None else format(row["value"].normalize(), "f"),
                "text": row["text_value"],
                "unit": row["unit"],
                "reason": row["reason"],
                "shown": wording.value(row) or wording.state(row),
            }
            for row in outcomes_of(run, subject, period)
        ],
        "lines": [
            {name: row[name] for name in ("component", "earned", "amount_minor", "currency")}
            | {"pay_on": str(row["pay_on"]), "line_key": row["line_key"]}
            for row in run.folder.rows("lines", {"participant": subject})
        ],
        "language": language(),
    }
