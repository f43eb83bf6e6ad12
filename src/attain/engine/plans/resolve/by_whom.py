"""Which columns gather facts by whoever these name: only those who have a row get them.

A row is made for whoever is in force in a period (language.md 3). A fact of another day counts
for nobody, and a run that did not say so would be taken to have counted it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from attain.engine.plans.resolve.drafts import FROM, UNTIL, Draft
from attain.engine.plans.resolve.work import Work
from attain.engine.primitives.model import (
    ByWhomTheyName,
    Gather,
    MemberRows,
    PairRows,
    PlanRows,
    SourceRows,
    StackRows,
    Window,
)
from attain.expressions.typed import Reference, references

_FACTS: Final = (SourceRows, PlanRows, StackRows, PairRows)


def by_whom_they_name(work: Work) -> tuple[ByWhomTheyName, ...]:
    """The columns of subjects and periods whose facts may name somebody without a row."""
    return tuple(_found(work))


def _found(work: Work) -> Iterator[ByWhomTheyName]:
    for declared in work.declared.values():
        draft = work.drafts[declared.relation]
        column = draft.computed.get(declared.name)
        if column is None or declared.is_inner or not isinstance(column.made, Gather):
            continue
        is_told = _are_rows_of_subjects(draft) and _gathers_its_own_days(work, draft, column.made)
        if is_told:
            yield ByWhomTheyName(draft.name, declared.name)


def _are_rows_of_subjects(draft: Draft) -> bool:
    return isinstance(draft.rows, MemberRows) and draft.period is not None


def _gathers_its_own_days(work: Work, draft: Draft, made: Gather) -> bool:
    """Whether facts of a row's own period count in it, whatever else its window holds.

    What is asked of a fact may not look at the row that gathers: there is none.
    """
    finer = work.drafts[made.relation]
    window = made.window
    is_dated = (made.date or finer.date) is not None and finer.period is None
    if not is_dated or not isinstance(finer.rows, _FACTS):
        return False
    if window is not None and not _is_known_by_period(window):
        return False
    if draft.key[0].name not in dict(made.match):
        return False
    nodes = [node for node in (made.value, made.where, *dict(made.match).values()) if node]
    return not any(_looks_at_gatherer(one) for node in nodes for one in references(node))


def _is_known_by_period(window: Window) -> bool:
    """Whether a window ends with the row's period, and begins on a day that this alone tells."""
    until, begin = window.until, references(window.from_) if window.from_ is not None else ()
    is_its_end = isinstance(until, Reference) and (until.row, until.column) == ("", UNTIL)
    return is_its_end and all(one.row == "" and one.column in (FROM, UNTIL) for one in begin)


def _looks_at_gatherer(reference: Reference) -> bool:
    return reference.row == "this"
