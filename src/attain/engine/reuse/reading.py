"""What the SQL of a step says, as far as proofs about it need to know."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlglot import exp


def own_of(query: exp.Select) -> Iterator[exp.Expr]:
    """The expressions of a SELECT, down to queries inside them."""
    places = ("expressions", "where", "having", "qualify", "order", "group")
    for place in places:
        told = query.args.get(place)
        for one in told if isinstance(told, list) else [told] if told is not None else []:
            yield from one.walk(prune=lambda node: isinstance(node, exp.Query))
    for join in query.args.get("joins") or []:
        on = join.args.get("on")
        if on is not None:
            yield from on.walk(prune=lambda node: isinstance(node, exp.Query))


def conditions(condition: exp.Expr | None) -> Iterator[exp.Expr]:
    """The conditions that all have to hold."""
    if isinstance(condition, exp.Where | exp.Paren):
        yield from conditions(condition.this)
    elif isinstance(condition, exp.And):
        yield from conditions(condition.this)
        yield from conditions(condition.expression)
    elif condition is not None:
        yield condition


def has_only(expression: exp.Expr, allowed: Collection[str]) -> bool:
    """True when nothing is said of an expression but this."""
    said = (n for n, v in expression.args.items() if v is not None and v is not False and v != [])
    return all(name in allowed for name in said)
