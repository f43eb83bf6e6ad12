"""Which passes may be made part by part: the proof, from nothing but the SQL itself.

A SELECT is row by row in an input if every row it gives comes from one row of that input: then
the rows over two parts are those over the one and those over the other. Sums, counts, least
and greatest values of such rows are those of the parts, put together once more. Whatever is not
recognised is not cut, and stays one pass.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

from attain.engine.compiler.steps import written
from attain.engine.reuse.addresses import Texts, quoted
from attain.engine.reuse.reading import has_only

_ROWS: Final = frozenset({"expressions", "from_", "joins", "where", "order"})
_QUESTION: Final = frozenset({"expressions", "from_", "where", "order", "limit"})
_SUMS: Final = _ROWS - {"order"} | {"group"}
_TOGETHER: Final[dict[type[exp.Expr], str]] = {
    exp.Sum: "sum",
    exp.Count: "sum",
    exp.Min: "min",
    exp.Max: "max",
    exp.LogicalOr: "bool_or",
    exp.LogicalAnd: "bool_and",
}
"""How what was made of parts is put together; what is not here is not cut."""

# fmt: off
_OF_ONE_ROW: Final = frozenset(
    [
        "abs", "array", "concat", "contains", "date_add", "date_diff", "day", "ends_with",
        "greatest", "isodow", "least", "left", "length", "list_extract", "list_transform",
        "month", "nullif", "quarter", "replace", "right", "round", "row", "rtrim",
        "starts_with", "translate", "trim", "trunc", "year",
    ]
)
# fmt: on
"""Functions called by their name that look at one row; the engine's own macros all do."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A pass over an input that can be made part by part."""

    input: str
    views: tuple[str, ...]
    """What lies between the input and the pass, in the order of the list."""
    partial: str
    """What is made of each part, as a SELECT over the last of the views."""
    together: str = ""
    """The columns of the whole from those of all parts; empty where all rows stay."""
    keys: tuple[str, ...] = ()


def cut_of(texts: Texts, name: str, large: Collection[str]) -> Cut | None:
    """How a step can be cut by one of the large inputs, None if that is not proved."""
    step = texts.steps[name]
    if step.only_if is not None or not isinstance(step.query, exp.Select):
        return None
    for source in large:
        views = _views(texts, source, step.query)
        if views is not None:
            return _summed(step.query, source, views)
    return None


def rows_of(texts: Texts, name: str, large: Collection[str]) -> tuple[str, tuple[str, ...]] | None:
    """The input, and the views from it up to a step, if the step is row by row in it."""
    for source in large:
        query = exp.select("*").from_(exp.table_(name, quoted=True))
        views = _views(texts, source, query)
        if views is not None:
            return source, views
    return None


def alone(query: exp.Expr) -> str | None:
    """The one step or input at whose rows a query looks one by one, None if there is none."""
    if not isinstance(query, exp.Select) or not has_only(query, _QUESTION):
        return None
    source = query.args["from_"].this if query.args.get("from_") else None
    if not isinstance(source, exp.Table) or not has_only(source, {"this", "alias"}):
        return None
    told = [query.args.get("where"), *query.expressions]
    return source.name if all(_is_of_one_row(one) for one in told if one is not None) else None


def _views(texts: Texts, source: str, query: exp.Select) -> tuple[str, ...] | None:
    """The views between an input and a query, if it is row by row in the input."""
    seeing = {source, *texts.readers[source]}
    chain: list[str] = []
    own = _base(query, seeing, _SUMS, is_pass=True)
    while own is not None and own != source:
        chain.append(own)
        own = _base(texts.steps[own].query, seeing, _ROWS)
    return tuple(reversed(chain)) if own == source else None


def _base(
    query: exp.Expr, seeing: Collection[str], allowed: Collection[str], *, is_pass: bool = False
) -> str | None:
    """The one name among these that a query is row by row in."""
    if sum(table.name in seeing for table in query.find_all(exp.Table)) != 1:
        return None
    if isinstance(query, exp.Subquery):
        return _base(query.this, seeing, _ROWS) if has_only(query, {"this", "alias"}) else None
    if not isinstance(query, exp.Select) or not has_only(query, allowed):
        return None
    told = [query.args.get("where"), *(join.args.get("on") for join in _joins(query))]
    told += [] if is_pass else query.expressions
    if not all(_is_of_one_row(one) for one in told if one is not None):
        return None
    if not all(_keeps_rows(join) for join in _joins(query)):
        return None
    source = query.args["from_"].this if query.args.get("from_") else None
    if isinstance(source, exp.Table):
        is_plain = has_only(source, {"this", "alias"}) and source.name in seeing
        return source.name if is_plain else None
    return _base(source, seeing, _ROWS) if isinstance(source, exp.Subquery) else None


def _joins(query: exp.Select) -> list[exp.Join]:
    return query.args.get("joins") or []


def _keeps_rows(join: exp.Join) -> bool:
    """True when each row on the left finds its partners whatever other rows there are."""
    side, kind = (join.args.get("side") or "").upper(), (join.args.get("kind") or "").upper()
    is_known = side in ("", "LEFT") and kind in ("", "INNER", "OUTER", "CROSS")
    return is_known and has_only(join, {"this", "side", "kind", "on"})


def _is_of_one_row(expression: exp.Expr) -> bool:
    """True when nothing in it looks at other rows; functions of unknown name might."""
    unknown = (call.name.lower() for call in expression.find_all(exp.Anonymous))
    is_known = all(name in _OF_ONE_ROW or name.startswith("attain_") for name in unknown)
    return is_known and expression.find(exp.Window, exp.AggFunc, exp.Query) is None


def _summed(query: exp.Select, source: str, views: tuple[str, ...]) -> Cut | None:
    """The pass in two steps, if each of its columns is a key or can be put together."""
    group = query.args.get("group")
    if group is not None and not has_only(group, {"expressions"}):
        return None
    keys: list[str] = []
    partial: list[exp.Expr] = []
    together: list[str] = []
    for column in query.expressions:
        if not isinstance(column, exp.Alias):
            return None
        name = quoted(column.alias)
        if group is not None and column.this in group.expressions:
            keys.append(name)
            partial.append(column)
            together.append(name)
            continue
        made = _aggregate(column.this)
        if made is None:
            return None
        inner, function, storage = made
        partial.append(exp.alias_(inner.copy(), column.alias, quoted=True))
        put = f"{function}({name})"
        together.append(f"CAST({put} AS {storage}) AS {name}" if storage else f"{put} AS {name}")
    if group is not None and len(keys) != len(group.expressions):
        return None
    select = query.copy()
    select.set("expressions", [one.copy() for one in partial])
    return Cut(source, views, written(select), ", ".join(together), tuple(keys))


def _aggregate(value: exp.Expr) -> tuple[exp.Expr, str, str] | None:
    """The aggregate of the rows, how those of parts go together, and the type that is kept."""
    storage = ""
    if isinstance(value, exp.Cast) and not isinstance(value, exp.TryCast):
        storage, value = value.args["to"].sql(dialect="duckdb"), value.this
    function = value.this if isinstance(value, exp.Filter) else value
    put = _TOGETHER.get(type(function))
    if put is None or function.find(exp.Distinct) is not None:
        return None
    if isinstance(function, exp.Count) and not storage:
        return None
    own = [function.this, value.args.get("expression") if value is not function else None]
    if not all(_is_of_one_row(one) for one in own if isinstance(one, exp.Expr)):
        return None
    return value, put, storage


def over_part(texts: Texts, views: Iterable[str], source: str, rows: str, select: str) -> str:
    """A SELECT over some rows of an input: they take its name, and the views are seen anew."""
    told = [f"{quoted(source)} AS NOT MATERIALIZED ({rows})"]
    told += [f"{quoted(name)} AS NOT MATERIALIZED ({texts.select(name)})" for name in views]
    return f"WITH {', '.join(told)} {select}"
