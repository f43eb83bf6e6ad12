"""The differences of two runs, shown: each changed number with its cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from rich.text import Text

from attain.cli.language import language, said, say
from attain.cli.output import console, counted, heading, remark, table
from attain.cli.runs.causes import Causes, Comparison
from attain.cli.runs.comparing import Change, changed_cells, changed_lines, changed_outcomes
from attain.cli.runs.outcomes import MINUS, Wording, amount, figure, minor_money
from attain.cli.runs.tables import Row
from attain.core.formats import show_number
from attain.core.units import Type, Unit

SHOWN_ROWS: Final = 3
SHOWN_SUBJECTS: Final = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """One number that is another one now, and why."""

    subject: str
    component: str
    period: str
    change: Change
    causes: Causes
    split: tuple[Decimal, Decimal] | None = None
    """How much of it the rules changed, and how much the data, if both did."""


def differences(comparison: Comparison) -> list[Difference]:
    """Every outcome that differs, with its causes; by subject, then in the plan's order."""
    order = {one.name: at for at, one in enumerate(comparison.after.plan.components)}
    found = []
    for change in changed_outcomes(comparison.before, comparison.after):
        _, subject, component, period = change.key
        causes = comparison.causes(component, subject)
        split = _split(change, causes, comparison)
        found.append(Difference(subject, component, period, change, causes, split))

    def place(one: Difference) -> tuple[str, str, int]:
        code = comparison.after.names.code(one.subject)
        return code, one.period, order.get(one.component.partition("[")[0], len(order))

    return sorted(found, key=place)


def _split(
    change: Change, causes: Causes, comparison: Comparison
) -> tuple[Decimal, Decimal] | None:
    """What the rules changed over the earlier data, and what the data changed from there."""
    is_both = bool(causes.sections) and bool(causes.rows or causes.datasets or causes.coverage)
    if not is_both or comparison.between is None or gap_of(change) is None:
        return None
    middle = comparison.between.get(change.key)
    by_rules = gap_of(Change(change.key, change.before, middle))
    by_data = gap_of(Change(change.key, middle, change.after))
    return None if by_rules is None or by_data is None else (by_rules, by_data)


def show_differences(comparison: Comparison, found: Sequence[Difference]) -> None:
    """Who has which number otherwise, with the causes below; then the money as a whole."""
    wording = Wording(comparison.after.plan, comparison.after.names)
    _show_overview(comparison, found)
    subjects = list(dict.fromkeys(one.subject for one in found))
    for subject in subjects[:SHOWN_SUBJECTS]:
        own = [one for one in found if one.subject == subject]
        heading(f"\n{comparison.after.names.called(subject)}")
        for causes, part in _by_causes(own):
            is_split = any(one.split for one in part)
            rows = [_row(one, wording, comparison, is_split=is_split) for one in part]
            console.print(table(None, _columns(is_split=is_split), rows))
            for line in _cause_lines(causes, comparison):
                console.print(Text(f"  {line}", style="cyan"), soft_wrap=True)
    if len(subjects) > SHOWN_SUBJECTS:
        rest = len(subjects) - SHOWN_SUBJECTS
        remark(say("另有{rest:,}人，见 --json", "{rest:,} more; --json has all", rest=rest))
    _show_lines(comparison)


def _show_overview(comparison: Comparison, found: Sequence[Difference]) -> None:
    after = comparison.after
    label = said(after.plan.labels, after.plan.plan)
    heading(f"{label} · {after.folder.manifest.period}")
    for name, change in comparison.data.items():
        rows = counted(len(change.rows), "行不同", "row differs", "rows differ")
        also = say("，覆盖期间不同", ", and so do its days") if change.coverage_differs else ""
        remark(f"  {say('数据', 'data')} {name}: {rows}{also}")
    for section in comparison.sections:
        remark(f"  {say('方案', 'plan')} {section}")
    for name in comparison.results:
        remark(f"  {say('前期结果', 'earlier result')} {name}")
    if comparison.engine is not None:
        remark(f"  {say('程序版本', 'program')} {' → '.join(comparison.engine)}")
    people = len({one.subject for one in found})
    if not found:
        console.print(say("没有数字不同", "No number differs"))
        return
    console.print(
        say(
            "{people}的{numbers}不同",
            "{numbers} of {people} differ",
            people=counted(people, "人", "person", "people"),
            numbers=counted(len(found), "个数字", "number", "numbers"),
        )
    )


def _columns(*, is_split: bool) -> tuple[str, ...]:
    usual = (
        say("项目", "Component"),
        say("之前", "Before") + "#",
        say("现在", "Now") + "#",
        say("相差", "Difference") + "#",
    )
    parts = (say("规则所致", "By the rules") + "#", say("数据所致", "By the data") + "#")
    return (*usual, *parts) if is_split else usual


def _row(
    one: Difference, wording: Wording, comparison: Comparison, *, is_split: bool
) -> tuple[object, ...]:
    label = wording.label(one.component)
    if one.period != comparison.after.folder.manifest.period:
        label = f"{label} {one.period}"
    before, after = one.change.before, one.change.after
    usual = label, _shown(before, wording), _shown(after, wording)
    gaps = (gap_of(one.change), *(one.split or (None, None)))
    row = after or before
    type_ = wording.told(row) if row is not None else None
    shown = [_gap(gap, type_) for gap in gaps]
    return (*usual, *shown) if is_split else (*usual, shown[0])


def _shown(row: Row | None, wording: Wording) -> str:
    if row is None:
        return say("没有", "none")
    return wording.value(row) or wording.state(row)


def _gap(gap: Decimal | None, type_: Type | None) -> str:
    if gap is None or type_ is None:
        return ""
    if type_.unit is Unit.ratio:
        shown = figure(gap * 100) + say("个点", " pts")
    else:
        shown = amount(gap, type_)
    return shown if shown.startswith(MINUS) else f"+{shown}"


def gap_of(change: Change) -> Decimal | None:
    """How much more it is now; None unless both are numbers."""
    values = [row["value"] if row else None for row in (change.before, change.after)]
    before, after = values
    return None if before is None or after is None else after - before


def _by_causes(own: Sequence[Difference]) -> Iterator[tuple[Causes, list[Difference]]]:
    """Numbers with the same causes together, so that each cause is said once."""
    groups: list[tuple[Causes, list[Difference]]] = []
    for one in own:
        for causes, part in groups:
            if _signature(causes) == _signature(one.causes):
                part.append(one)
                break
        else:
            groups.append((one.causes, [one]))
    yield from groups


def _signature(causes: Causes) -> tuple[object, ...]:
    rows = tuple((name, change.key) for name, change in causes.rows)
    return rows, causes.datasets, causes.coverage, causes.sections, causes.results, causes.engine


def _cause_lines(causes: Causes, comparison: Comparison) -> Iterator[str]:
    """The causes of a number in words."""
    for name, change in causes.rows[:SHOWN_ROWS]:
        yield f"{say('数据', 'data')}: {row_words(name, change, comparison)}"
    more = len(causes.rows) - SHOWN_ROWS
    if more > 0:
        yield say("另有{more}行", "and {more} more rows", more=f"{more:,}")
    for name in causes.datasets:
        count = len(comparison.data[name].rows)
        yield say(
            "数据：{name} 里别人的{count:,}行",
            "data: {count:,} rows of others in {name}",
            name=name,
            count=count,
        )
    for name in causes.coverage:
        yield say("数据：{name} 的覆盖期间", "data: the days that {name} covers", name=name)
    if causes.sections:
        yield f"{say('方案', 'plan')}: {', '.join(causes.sections)}"
    for name in causes.results:
        yield f"{say('前期结果', 'earlier result')}: {name}"
    if causes.engine is not None:
        yield f"{say('程序版本', 'program')}: {' → '.join(causes.engine)}"
    if not causes.are_known:
        yield say("原因不明", "no cause was found")


def row_words(dataset: str, change: Change, comparison: Comparison) -> str:
    """A changed row: which, what, and the file and line it comes from."""
    row = change.after or change.before or {}
    schema = (comparison.after.book.schemas or {}).get(dataset)
    key = [row.get(name) for name in schema.key] if schema else []
    shown = "/".join(_cell(one, comparison) for one in key if one is not None)
    if change.before is None:
        what = say("新增", "new")
    elif change.after is None:
        what = say("没有了", "gone")
    else:
        what = ", ".join(
            f"{_column(dataset, name, comparison)} {_cell(old, comparison)} → "
            f"{_cell(new, comparison)}"
            for name, old, new in changed_cells(change)
        )
    place = [str(row[name]) for name in ("_file", "_sheet") if row.get(name)]
    line = row.get("_line")
    if line is not None:
        place.append(say("第{line}行", "line {line}", line=line))
    return f"{dataset} {shown} {what}" + (f" ({' · '.join(place)})" if place else "")


def _column(dataset: str, name: str, comparison: Comparison) -> str:
    schema = comparison.after.book.schemas.get(dataset)
    column = schema.columns.get(name) if schema else None
    return said(column.labels, name) if column else name


def _cell(value: Any, comparison: Comparison) -> str:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return show_number(value).replace("-", MINUS)
    return say("空", "blank") if value is None else comparison.after.names.code(str(value))


def _show_lines(comparison: Comparison) -> None:
    """What it means for payments: the sums before and now."""
    changes = changed_lines(comparison.before, comparison.after)
    if not changes:
        return
    sums: dict[str, list[int]] = {}
    for change in changes:
        row = change.after or change.before or {}
        total = sums.setdefault(row["currency"], [0, 0])
        total[0] += change.before["amount_minor"] if change.before else 0
        total[1] += change.after["amount_minor"] if change.after else 0
    for currency, (before, after) in sorted(sums.items()):
        gap = minor_money(after - before, currency)
        text = say(
            "\n支付：{count}，{before} → {after}，相差{gap}",
            "\nPayments: {count}, {before} → {after}, {gap} in all",
            count=counted(len(changes), "笔不同", "line differs", "lines differ"),
            before=minor_money(before, currency),
            after=minor_money(after, currency),
            gap=gap if gap.startswith(MINUS) else f"+{gap}",
        )
        console.print(Text(text, style="bold"))


# --- for programs ---


def as_data(comparison: Comparison, found: Iterable[Difference]) -> dict[str, Any]:
    """All differences for programs."""
    return {
        "plan": comparison.after.plan.plan,
        "period": comparison.after.folder.manifest.period,
        "digests": [
            one.folder.manifest.result_digest for one in (comparison.before, comparison.after)
        ],
        "changed": {
            "data": {name: len(one.rows) for name, one in comparison.data.items()},
            "plan": list(comparison.sections),
            "results": list(comparison.results),
            "engine": comparison.engine,
        },
        "numbers": [_number_data(one, comparison) for one in found],
        "language": language(),
    }


def _number_data(one: Difference, comparison: Comparison) -> dict[str, Any]:
    gap = gap_of(one.change)
    return {
        "subject": comparison.after.names.code(one.subject),
        "component": one.component,
        "period": one.period,
        "before": _outcome_data(one.change.before),
        "after": _outcome_data(one.change.after),
        "difference": None if gap is None else _plain(gap),
        "split": None
        if one.split is None
        else {name: _plain(part) for name, part in zip(("plan", "data"), one.split, strict=True)},
        "causes": list(_cause_lines(one.causes, comparison)),
    }


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _outcome_data(row: Row | None) -> dict[str, Any] | None:
    if row is None:
        return None
    value = row["value"]
    return {
        "status": row["status"],
        "value": None if value is None else format(value.normalize(), "f"),
        "text": row["text_value"],
        "reason": row["reason"],
    }
