"""The resolved plan: relations in the order in which their rows can be made."""

from __future__ import annotations

from collections.abc import Iterator

from attain.engine.plans.resolve import changes, outcomes
from attain.engine.plans.resolve.by_whom import by_whom_they_name
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.plans.resolve.work import Work
from attain.engine.plans.resolve.written_numbers import written_numbers
from attain.engine.primitives.model import (
    Check,
    Component,
    CutRows,
    Decided,
    Gather,
    Line,
    MemberRows,
    PairRows,
    PathRows,
    ResolvedPlan,
    ResultRows,
    SourceRows,
    StackRows,
)
from attain.engine.primitives.model.results import plan_of_results

DECISIONS = "interventions"
"""The dataset with people's decisions."""

OWN_RESULTS = ""
"""How a plan's own earlier results are called among the results it reads."""


def assembled(work: Work, text_hash: str) -> ResolvedPlan:
    """Everything that was resolved, as the engine gets it."""
    plan = work.plan
    shown = outcomes.components(work)
    lines = outcomes.lines(work)
    checks = (*outcomes.checks(work), *changes.checks(work))
    parts: list[Component | Line | Check] = [*shown, *lines, *checks]
    used = _used(work, [part.relation for part in parts])
    order = tuple(which for which in work.order if which[0] in used)
    effective = plan.effective
    return ResolvedPlan(
        plan=plan.plan,
        labels=plan.title(),
        text_hash=text_hash,
        period=plan.period,
        calendar=plan.calendar,
        currency=plan.currency,
        relations={name: work.drafts[name].finished() for name in used},
        order=order,
        components=shown,
        lines=lines,
        checks=checks,
        periods=outcomes.periods_used(work),
        datasets=tuple(sorted(set(_datasets(work, used)))),
        results=_results(work, used),
        by_whom_they_name=by_whom_they_name(work),
        effective_from=effective.from_ if effective else None,
        effective_until=effective.until if effective else None,
        tables={name: one.label for name, one in plan.tables.items() if one.label},
        numbers=written_numbers(plan, [work.drafts[name] for name in used]),
    )


def _used(work: Work, shown: list[str]) -> list[str]:
    """The relations that have a computed column, or that one of these reads; rows first."""
    found: list[str] = []

    def visit(name: str) -> None:
        if name in found:
            return
        draft = work.drafts[name]
        for other in rows_of(draft):
            visit(other)
        if name not in found:
            found.append(name)
        for other in _read_by(draft):
            visit(other)

    starts = [relation for relation, _ in work.order]
    for name in (*starts, *shown):
        visit(name)
    return found


def rows_of(draft: Draft) -> Iterator[str]:
    """The relations whose rows make this one's."""
    match draft.rows:
        case PairRows(left=left, right=right):
            yield from (left, right)
        case StackRows(parts=parts):
            yield from (part.relation for part in parts)
        case CutRows(base=base, by=by):
            yield from (base, by)
        case MemberRows(dimensions=dimensions):
            yield from (one.relation for one in dimensions)
        case _:
            return


def _read_by(draft: Draft) -> Iterator[str]:
    yield from (lookup.relation for lookup in draft.lookups.values())
    for column in draft.computed.values():
        if isinstance(column.made, Gather):
            yield column.made.relation


def _datasets(work: Work, used: list[str]) -> Iterator[str]:
    """What the rows come from, and what their coverage and people's decisions are read from."""
    for draft in (work.drafts[name] for name in used):
        match draft.rows:
            case SourceRows(dataset=dataset) | MemberRows(dataset=dataset):
                yield dataset
            case PathRows(dataset=dataset, include_self=include_self):
                yield dataset
                # Who stands in no edge is still their own ancestor.
                if include_self and draft.key[0].kind in work.schemas:
                    yield draft.key[0].kind
            case _:
                pass
        yield from (name for name in draft.covered_by if plan_of_results(name) is None)
        if any(isinstance(column.made, Decided) for column in draft.computed.values()):
            yield DECISIONS


def _results(work: Work, used: list[str]) -> tuple[str, ...]:
    found = [OWN_RESULTS] if work.earlier_results else []
    for name in used:
        rows = work.drafts[name].rows
        if isinstance(rows, ResultRows) and rows.plan not in found:
            found.append(rows.plan)
    return tuple(found)
