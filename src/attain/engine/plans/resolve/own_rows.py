"""Gathers of one's own rows whose condition asks for somebody else's: they would find nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attain.core.errors import AttainError, problem
from attain.engine import errors
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.resolve.drafts import Draft
from attain.engine.primitives.model import CutRows, Gather, MemberRows
from attain.expressions.typed import Node, Operate, Reference, children, references

_THIS = "this"
_LAST_DAYS = frozenset({"this.period_until", "this.period_end"})
_ORDERED = ("<", "<=", ">", ">=")


def refuse(draft: Draft, finer: Draft, model: ColumnModel, made: Gather) -> None:
    """Refuse a condition on the row that gathers which its own rows cannot meet.

    :raises AttainError: PLAN_OWN_LINK, PLAN_OWN_ALONE.
    """
    if model.link or model.through or not isinstance(draft.rows, MemberRows):
        return
    by = {name: node for name, node in made.match if isinstance(node, Reference)}
    where = made.where
    for compared in _comparisons(where):
        _refuse_compared(draft, finer, str(model.where), by, compared)
    if finer.name == draft.name and not made.earlier and _is_all_of(draft, by):
        for node, text in ((where, model.where), (made.value, model.count)):
            if node is not None and any(one.row == _THIS for one in references(node)):
                raise _alone(draft, str(text))


def refuse_days(draft: Draft, model: ColumnModel, made: Gather) -> None:
    """Refuse a condition on days, without `in`, that reaches beyond the row's own period.

    :raises AttainError: PLAN_OWN_DAYS.
    """
    if model.in_ or model.shift or made.window is None or isinstance(draft.rows, CutRows):
        return
    text = str(model.where)
    for node in _nodes(made.where):
        if isinstance(node, Operate) and node.operator in _ORDERED:
            for day, other in (node.operands, node.operands[::-1]):
                is_day = isinstance(day, Reference) and (day.row, day.column) == ("", made.date)
                if is_day and _reaches_beyond(draft, text, other):
                    compared = _written(text, node)
                    raise AttainError(problem(errors.PLAN_OWN_DAYS, compared=compared))


def _reaches_beyond(draft: Draft, text: str, other: Node) -> bool:
    """Of a fact any day of its own; of a period its last, which holds for all its rows anyhow."""
    if draft.period is None:
        return any(one.row == _THIS for one in references(other))
    return isinstance(other, Reference) and _written(text, other) in _LAST_DAYS


def _refuse_compared(
    draft: Draft, finer: Draft, text: str, by: Mapping[str, Reference], compared: Operate
) -> None:
    for this, other in (compared.operands, compared.operands[::-1]):
        if not (isinstance(this, Reference) and isinstance(other, Reference)):
            continue
        matched = by.get(this.column) if this.row == _THIS != other.row else None
        if matched is None:
            continue
        is_same = (other.row, other.column) == (matched.row, matched.column)
        if is_same and compared.operator == "<>":
            raise _alone(draft, _written(text, compared))
        if not is_same and compared.operator == "=":
            fault = problem(
                errors.PLAN_OWN_LINK,
                relation=finer.name,
                part=this.column,
                column=matched.column,
                other=_written(text, other),
            )
            raise AttainError(fault)


def _alone(draft: Draft, compared: str) -> AttainError:
    subject = draft.subject or draft.key[0].name
    return AttainError(problem(errors.PLAN_OWN_ALONE, part=subject, compared=compared))


def _is_all_of(draft: Draft, by: Mapping[str, Node]) -> bool:
    """Whether the row is found by its whole key: it alone, in its own period."""
    return all(part.name in by for part in draft.own_key if part.name != draft.period)


def _comparisons(node: Node | None) -> Iterator[Operate]:
    for one in _nodes(node):
        if isinstance(one, Operate) and one.operator in ("=", "<>"):
            yield one


def _nodes(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield node
        for child in children(node):
            yield from _nodes(child)


def _written(text: str, node: Operate | Reference) -> str:
    """A part of the expression as its author wrote it."""
    span = node.span
    line = text.splitlines()[span.line - 1]
    return line[span.position - 1 : span.end_position - 1] if span.end_line == span.line else text
