"""What a name that means nothing where it stands does mean elsewhere in the plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.expressions import errors

if TYPE_CHECKING:
    from attain.engine.plans.resolve.work import Work


def explained(work: Work, parts: Sequence[str]) -> AttainError | None:
    """The error for a name that is a table, or a column of finer rows; None for any other."""
    name = ".".join(parts)
    if name in work.plan.tables:
        return _error(name, _table(name))
    for source, model in work.plan.sources.items():
        schema = work.schemas.get(model.from_ or source)
        columns = {*model.columns, *(schema.columns if schema else ())}
        if name in columns or (parts[0] == source and parts[-1] in columns):
            return _error(name, _finer(parts[-1], source))
    return None


def of_call(work: Work, name: str) -> AttainError | None:
    """The error for a table that is called like a function; None for any other word."""
    if name not in work.plan.tables:
        return None
    return AttainError(problem(errors.PLAN_UNKNOWN_FUNCTION, name=name, remedy=_table(name)))


def _error(name: str, remedy: Labels) -> AttainError:
    return AttainError(problem(errors.PLAN_UNKNOWN_NAME, name=name, remedy=remedy))


def _table(name: str) -> Labels:
    return labels(
        f"“{name}”是一张表，读法是 value({name}, 数值)。",
        f"“{name}” is a table; it is read with value({name}, number).",
    )


def _finer(column: str, source: str) -> Labels:
    return labels(
        f"“{column}”是“{source}”每一行的列，先汇总成一列再用，"
        f"例如 {{sum: {column}, from: {source}}}。",
        f"“{column}” is a column of each row of “{source}”: gather it into a column of its own "
        f"first, such as {{sum: {column}, from: {source}}}.",
    )
