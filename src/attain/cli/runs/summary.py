"""What came of a run, in one table: outcomes by component, payments, issues."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from rich.text import Text

from attain.cli.language import said, say
from attain.cli.output import (
    console,
    counted,
    done,
    listed,
    print_problems,
    problem_data,
    remark,
    shown_path,
    table,
)
from attain.cli.runs.adding_up import may_be_added
from attain.cli.runs.noticing import TOLD, noticed
from attain.cli.runs.opening import OpenRun
from attain.cli.runs.outcomes import Wording, amount, minor_money, status_word
from attain.cli.runs.tables import Row
from attain.core.manifests import Reused
from attain.core.schemas import Status
from attain.engine.primitives.model import MemberRows

Counts = dict[str, dict[Status, tuple[int, Decimal | None]]]

_SHOWN_ISSUES = 5


def show_summary(run: OpenRun, seconds: str) -> None:
    """The run in a few lines, for whoever started it."""
    manifest = run.folder.manifest
    wording = Wording(run.plan, run.names)
    title = f"{said(run.plan.labels, run.plan.plan)} · {manifest.period}"
    counts = outcome_counts(run)
    if counts:
        done(title)
        _show_counts(counts, wording)
    else:
        _show_nobody(run, title)
    for line in payments(run):
        remark(f"  {line}")
    print_problems(noticed(run))
    _show_issues(run)
    folder = shown_path(run.folder.folder)
    digest = manifest.result_digest[:16]
    parts = [folder, say("摘要 {digest}", "digest {digest}", digest=digest), seconds]
    remark("  " + " · ".join([*parts, *_reused(manifest.reused)]))


def _show_counts(counts: Counts, wording: Wording) -> None:
    statuses = [one for one in Status if any(one in found for found in counts.values())]
    columns = [
        say("项目", "Component"),
        *(status_word(one) + "#" for one in statuses),
        say("合计", "Total") + "#",
    ]
    console.print(table(None, columns, _rows(counts, statuses, wording)))


def _show_nobody(run: OpenRun, title: str) -> None:
    """That nobody has a result, which is hardly ever meant: mostly people began later."""
    made = (relation.rows for relation in run.plan.relations.values())
    datasets = sorted({rows.dataset for rows in made if isinstance(rows, MemberRows)})
    text = say(
        "结果里没有任何人：{start}至{end}，{datasets}里没有在册的，什么也没有核算。"
        "查看那里的 effective_from 和 effective_until，以及 plan_members。",
        "Nobody has a result: in {datasets} nobody is in force from {start} to {end}, and nothing "
        "was calculated. Look at effective_from and effective_until there, and at plan_members.",
        datasets=listed(datasets),
        start=run.period.from_,
        end=run.period.until - timedelta(days=1),
    )
    console.print(Text(f"! {title}", style="bold yellow"))
    console.print(Text(f"  {text}", style="yellow"))


def _reused(reused: Reused | None) -> Iterable[str]:
    """What did not have to be calculated, in a few words."""
    if reused is None:
        return
    if reused.whole:
        yield say("什么都没变，沿用已有结果", "nothing is new: as calculated before")
    elif reused.parts:
        yield say(
            "{kept}个月的明细没有变化，没有重算",
            "{kept} months of rows unchanged and not read again",
            kept=reused.parts,
        )


def outcome_counts(run: OpenRun) -> Counts:
    """How many outcomes each component has by status, and the sum of its values."""
    found: Counts = {}
    for row in run.folder.groups("outcomes", ("component", "status"), "value"):
        counts = found.setdefault(row["component"], {})
        counts[Status(row["status"])] = (row["count"], row["sum"])
    order = {one.name: at for at, one in enumerate(run.plan.components)}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0], len(order)), item[0])))


def _rows(counts: Counts, statuses: list[Status], wording: Wording) -> Iterable[tuple[object, ...]]:
    for name, found in counts.items():
        type_ = wording.type_of(name)
        total = found.get(Status.value, (0, None))[1]
        component = wording.component(name)
        is_summed = component is not None and may_be_added(wording.plan, component)
        shown = amount(total, type_) if is_summed and type_ and total is not None else ""
        numbers = [found.get(one, (0, None))[0] or Text("·", style="dim") for one in statuses]
        yield wording.label(name), *numbers, shown


def payments(run: OpenRun) -> Iterable[str]:
    """What is paid on each day, in each currency."""
    for row in run.folder.groups("lines", ("pay_on", "currency"), "amount_minor"):
        yield say(
            "{day} 支付{count}，共{total}",
            "{count} to be paid on {day}: {total}",
            day=row["pay_on"],
            count=counted(row["count"], "笔", "line", "lines"),
            total=minor_money(int(row["sum"]), row["currency"]),
        )


def _show_issues(run: OpenRun) -> None:
    issues: list[Row] = run.folder.groups("issues", ("code", "name"))
    issues = [row for row in issues if row["code"] not in TOLD]
    if not issues:
        return
    shown = [f"{row['code']} {row['name']} × {row['count']:,}" for row in issues[:_SHOWN_ISSUES]]
    text = say("问题：{issues}", "Issues: {issues}", issues=listed(shown))
    console.print(Text(f"  {text}", style="yellow"))


def summary_data(run: OpenRun, seconds: str) -> dict[str, Any]:
    """The same for programs."""
    manifest = run.folder.manifest
    return {
        "plan": manifest.plan_id,
        "period": manifest.period,
        "folder": str(run.folder.folder),
        "digest": manifest.result_digest,
        "engine": manifest.engine_version,
        "reused": manifest.reused.model_dump(mode="json") if manifest.reused else None,
        "seconds": seconds.removesuffix(" s"),
        "components": {
            name: {
                status.value: {"count": count, "sum": None if total is None else format(total, "f")}
                for status, (count, total) in found.items()
            }
            for name, found in outcome_counts(run).items()
        },
        "lines": [
            {name: str(row[name]) for name in ("pay_on", "currency", "count", "sum")}
            for row in run.folder.groups("lines", ("pay_on", "currency"), "amount_minor")
        ],
        "issues": [dict(row) for row in run.folder.groups("issues", ("code", "name"))],
        "warnings": [problem_data(one) for one in noticed(run)],
    }
