"""Two runs side by side: who gets what otherwise, and from which rows or rules it comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attain.apps.accounts.actors import Actor
from attain.apps.people import selectors as people
from attain.apps.runs import errors
from attain.apps.runs.models import Run
from attain.apps.runs.pages.facts import actor_sees_pay
from attain.apps.runs.pages.results import why_url
from attain.apps.runs.reading import opened
from attain.apps.runs.wording import component_label, component_of, reason_text
from attain.cli.runs.causes import Causes, Comparison
from attain.cli.runs.comparing import Change, changed_cells, changed_lines, changed_outcomes
from attain.cli.runs.opening import OpenRun
from attain.core.errors import AttainError, problem
from attain.core.formats import show_number
from attain.core.schemas import Status
from attain.core.units import Unit
from attain.core.values import from_minor
from attain.engine.primitives.model import ComponentKind
from attain.ui import formats

SHOWN: Final = 200
"""Changed numbers on the page; all of them are in the export."""
SHOWN_ROWS: Final = 3


@dataclass(frozen=True)
class Changed:
    """One number that is another one now."""

    subject: str
    name: str
    code: str
    component: str
    period: str
    label: str
    kind: str
    unit: str
    before: Any
    after: Any
    before_text: str
    after_text: str
    gap: Decimal | None
    gap_text: str
    cause: str
    cause_label: str
    lines: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Bar:
    """One step of the waterfall, in smallest units."""

    label: str
    amount: int
    start: int
    is_total: bool = False


@dataclass(frozen=True)
class Compared:
    """Everything the page shows."""

    before: Run
    after: Run
    changed: tuple[Changed, ...]
    people: int
    unchanged: int
    totals: tuple[tuple[str, int, int], ...]
    bars: tuple[Bar, ...]
    currency: str
    causes: tuple[tuple[str, str, int], ...]
    evidence: tuple[tuple[str, str, str, bool], ...]


def compared(before: Run, after: Run, actor: Actor) -> Compared:
    """Two finished runs of one plan as the actor may see them.

    :raises AttainError: RUNS_NOT_OF_ONE_PLAN, RUN_NOT_DONE, RUN_FOLDER_LOST.
    """
    if before.plan_code != after.plan_code:
        raise AttainError(problem(errors.RUNS_NOT_OF_ONE_PLAN, before=before.pk, after=after.pk))
    comparison = _comparison(before.pk, before.digest, after.pk, after.digest)
    sees_pay = actor_sees_pay(actor)
    during = (opened(after).stored.period.from_, opened(after).stored.period.until)
    scope = people.scope(actor, "results", during)
    found = [
        one
        for one in _differences(comparison, after)
        if (scope.everyone or scope.sees(one.subject))
        and (sees_pay or one.kind != ComponentKind.INCENTIVE)
    ]
    named = tuple(_with_names(found))
    totals = tuple(_totals(before, after)) if sees_pay else ()
    currency = totals[0][0] if len(totals) == 1 else ""
    outcomes = after.figures.get("outcomes", 0)
    return Compared(
        before=before,
        after=after,
        changed=named,
        people=len({one.subject for one in named}),
        unchanged=max(0, outcomes - len(named)),
        totals=totals,
        bars=tuple(_bars(comparison, totals)) if currency else (),
        currency=currency,
        causes=tuple(_counted(named)),
        evidence=tuple(_evidence(before, after)),
    )


@lru_cache(maxsize=6)
def _comparison(before: int, old: str, after: int, new: str) -> Comparison:
    """Kept, because reading the changed rows takes longest and finished runs never change."""
    left, right = Run.objects.get(pk=before), Run.objects.get(pk=after)
    return Comparison(opened(left).stored, opened(right).stored)


def _differences(comparison: Comparison, after: Run) -> list[Changed]:
    """By person, in the order of the plan."""
    plan = comparison.after.plan
    order = {one.name: number for number, one in enumerate(plan.components)}
    kinds = {one.name: str(one.kind.value) for one in plan.components}
    found = []
    for change in changed_outcomes(comparison.before, comparison.after):
        _kind, subject, component, period = change.key
        causes = comparison.causes(component, subject)
        cause, cause_label = cause_of(causes, comparison)
        row = change.after or change.before or {}
        found.append(
            Changed(
                subject=subject,
                name=subject,
                code="",
                component=component,
                period=period,
                label=component_label(plan, component).get(formats.language()),
                kind=kinds.get(component.partition("[")[0], kinds.get(component, "")),
                unit=str(row.get("unit", "")),
                before=_number(change.before),
                after=_number(change.after),
                before_text=_text(change.before, comparison.before),
                after_text=_text(change.after, comparison.after),
                gap=_gap(change),
                gap_text=_gap_text(change, told_unit(row, comparison.after)),
                cause=cause,
                cause_label=cause_label,
                lines=tuple(_lines(causes, comparison)),
                why=why_url(after.pk, component, subject, period) if change.after else "",
            )
        )
    return sorted(found, key=lambda one: (one.subject, order.get(one.component, 0)))


def _with_names(found: list[Changed]) -> Iterator[Changed]:
    from dataclasses import replace

    names = people.name_of(one.subject for one in found)
    shown = []
    for one in found:
        name = names.get(one.subject)
        if name is not None:
            shown.append(replace(one, name=name.get(formats.language()), code=name.code))
        else:
            shown.append(one)
    yield from sorted(shown, key=lambda one: one.code or one.subject)


def _number(row: Mapping[str, Any] | None) -> Decimal | None:
    return row["value"] if row else None


def _gap(change: Change) -> Decimal | None:
    before, after = _number(change.before), _number(change.after)
    return None if before is None or after is None else after - before


def _gap_text(change: Change, unit: str) -> str:
    gap = _gap(change)
    if gap is None:
        return ""
    sign = "+" if gap > 0 else ""
    if unit == Unit.ratio:
        return f"{sign}{formats.ratio_difference(gap, 2)}"
    if unit == Unit.money:
        return f"{sign}{formats.number(gap, 2)}"
    return f"{sign}{formats.number(gap)}"


def _text(row: Mapping[str, Any] | None, run: OpenRun) -> str:
    if row is None:
        return _("none")
    if row["status"] != Status.value:
        return reason_text(run.plan, row["reason"] or "").get(formats.language())
    if row["value"] is None:
        return str(row["text_value"] or "")
    unit = told_unit(row, run)
    if unit == Unit.ratio:
        return formats.ratio(row["value"], 2)
    if unit == Unit.money:
        return formats.number(row["value"], 2)
    return formats.number(row["value"])


def told_unit(row: Mapping[str, Any], run: OpenRun) -> str:
    """The unit by which readers are told an outcome: 3.5 and not 350 % where 3.5 is meant."""
    component = component_of(run.plan, row["component"]) if row else None
    if component is None:
        return str(row.get("unit", ""))
    return str(run.readers.type_of(component, row["value"]).unit)


# --- causes ---


def cause_of(causes: Causes, comparison: Comparison) -> tuple[str, str]:
    """The first of the causes, as a word for grouping and a name for readers."""
    if causes.rows:
        name, change = causes.rows[0]
        return _row_cause(name, change, comparison)
    if causes.datasets:
        name = causes.datasets[0]
        return f"others:{name}", _("%(dataset)s of others") % {
            "dataset": _dataset(name, comparison)
        }
    if causes.coverage:
        name = causes.coverage[0]
        return f"coverage:{name}", _("Days that %(dataset)s covers") % {
            "dataset": _dataset(name, comparison)
        }
    if causes.sections:
        return "rules", _("Rule")
    if causes.results:
        return "results", _("Earlier results")
    if causes.engine is not None:
        return "engine", _("Version of the program")
    return "unknown", _("No cause was found")


def _row_cause(name: str, change: Change, comparison: Comparison) -> tuple[str, str]:
    label = _dataset(name, comparison)
    if change.before is None:
        return f"new:{name}", _("New rows in %(dataset)s") % {"dataset": label}
    if change.after is None:
        return f"gone:{name}", _("Rows gone from %(dataset)s") % {"dataset": label}
    return f"changed:{name}", _("Changed rows in %(dataset)s") % {"dataset": label}


def _dataset(name: str, comparison: Comparison) -> str:
    schema = comparison.after.book.schemas.get(name)
    return schema.labels.get(formats.language()) if schema and schema.labels else name


def _lines(causes: Causes, comparison: Comparison) -> Iterator[str]:
    """The causes in words, the rows with file and line."""
    for name, change in causes.rows[:SHOWN_ROWS]:
        yield _row_words(name, change, comparison)
    more = len(causes.rows) - SHOWN_ROWS
    if more > 0:
        yield ngettext("and %(count)s more row", "and %(count)s more rows", more) % {"count": more}
    for name in causes.datasets:
        count = len(comparison.data[name].rows)
        yield _("%(count)s changed rows of others in %(dataset)s") % {
            "count": count,
            "dataset": _dataset(name, comparison),
        }
    if causes.sections:
        yield _("Rule: %(sections)s") % {"sections": ", ".join(causes.sections)}
    for name in causes.results:
        yield _("Earlier result: %(name)s") % {"name": name}
    if causes.engine is not None:
        yield " → ".join(causes.engine)


def _row_words(dataset: str, change: Change, comparison: Comparison) -> str:
    row = change.after or change.before or {}
    schema = comparison.after.book.schemas.get(dataset)
    key = [row.get(name) for name in schema.key] if schema else []
    shown = "/".join(_cell(one, comparison) for one in key if one is not None)
    if change.before is None:
        what = _("new")
    elif change.after is None:
        what = _("gone")
    else:
        what = ", ".join(
            f"{_column(schema, name)} {_cell(old, comparison)} → {_cell(new, comparison)}"
            for name, old, new in changed_cells(change)
        )
    place = " · ".join(str(row[name]) for name in ("_file", "_sheet") if row.get(name))
    line = row.get("_line")
    if line is not None:
        place = " · ".join([part for part in (place, _("line %(line)s") % {"line": line}) if part])
    words = f"{_dataset(dataset, comparison)} {shown}: {what}"
    return f"{words} ({place})" if place else words


def _column(schema: Any, name: str) -> str:
    column = schema.columns.get(name) if schema else None
    return column.labels.get(formats.language()) if column and column.labels else name


def _cell(value: Any, comparison: Comparison) -> str:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return show_number(value)
    return _("blank") if value is None else comparison.after.names.code(str(value))


def _counted(changed: tuple[Changed, ...]) -> Iterator[tuple[str, str, int]]:
    counts: dict[str, tuple[str, int]] = {}
    for one in changed:
        label, count = counts.get(one.cause, (one.cause_label, 0))
        counts[one.cause] = (label, count + 1)
    for cause, (label, count) in counts.items():
        yield cause, label, count


# --- money ---


def _totals(before: Run, after: Run) -> Iterator[tuple[str, int, int]]:
    old, new = before.figures.get("totals", {}), after.figures.get("totals", {})
    for currency in sorted({*old, *new}):
        yield currency, old.get(currency, 0), new.get(currency, 0)


def _bars(comparison: Comparison, totals: tuple[tuple[str, int, int], ...]) -> Iterator[Bar]:
    """From the total before to the total now, a step for each cause, the largest first."""
    _currency, old, new = totals[0]
    amounts: dict[str, tuple[str, int]] = {}
    for change in changed_lines(comparison.before, comparison.after):
        row = change.after or change.before or {}
        gap = (change.after or {}).get("amount_minor", 0) - (change.before or {}).get(
            "amount_minor", 0
        )
        causes = comparison.causes(row["component"], row["participant"])
        cause, label = cause_of(causes, comparison)
        _label, known = amounts.get(cause, (label, 0))
        amounts[cause] = (label, known + gap)
    yield Bar(f"#{_number_of(comparison.before)}", old, 0, is_total=True)
    level = old
    for label, amount in sorted(amounts.values(), key=lambda one: -abs(one[1])):
        yield Bar(label, amount, level)
        level += amount
    yield Bar(f"#{_number_of(comparison.after)}", new, 0, is_total=True)


def _number_of(stored: Any) -> str:
    return str(stored.folder.folder.name)


def money_of(minor: int, currency: str) -> str:
    """An amount of smallest units in full."""
    return formats.money(from_minor(minor, currency), currency)


def _evidence(before: Run, after: Run) -> Iterator[tuple[str, str, str, bool]]:
    """Plan, data, engine and result of both, short enough to compare by eye."""
    from attain.core.digests import digest_of

    def data(run: Run) -> str:
        return digest_of(run.request.get("inputs", {}))

    pairs = (
        (_("Data"), data(before), data(after)),
        (_("Plan"), before.request.get("plan", ""), after.request.get("plan", "")),
        (_("Engine"), before.engine_version, after.engine_version),
        (_("Result"), before.digest, after.digest),
    )
    for label, old, new in pairs:
        yield label, _short(old), _short(new), old == new


def _short(text: str) -> str:
    return f"{text[:4]} {text[4:8]}" if len(text) > 20 else text
