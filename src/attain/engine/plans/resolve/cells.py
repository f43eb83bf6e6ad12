"""The rows of a table, whichever of its shapes it is written in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any, Final

from pydantic import ValidationError

from attain.core.errors import AttainError, Problem, problem
from attain.core.labels import labels
from attain.engine import errors
from attain.engine.plans.models.tables import Axis, TableBody, TableModel
from attain.engine.plans.resolve.bands import (
    ANY,
    depends_on_tree,
    edges_of,
    fixed,
    meet,
    read_bands,
    refuse_doubled,
    refuse_printed_pair,
)
from attain.engine.plans.resolve.written_edges import refuse_printed, refuse_written
from attain.engine.plans.texts import Expression

SHAPES: Final = ("bands", "keys", "points", "rows")
KINDS: Final = ("bands", "keys")
"""What a dimension may go by, besides a path."""

Asked = tuple[Axis, ...]
"""What a row asks, dimension by dimension."""


@dataclass(frozen=True, slots=True)
class Test:
    """What a row asks of one dimension: a range, some keys, or nothing."""

    lower: Expression | None = None
    upper: Expression | None = None
    owns_lower: bool = True
    owns_upper: bool = False
    keys: tuple[str, ...] = ()
    under: tuple[tuple[str, ...], ...] = ()
    """Of each of these, one is the key itself or stands above it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: what it asks, dimension by dimension, and what it gives.

    A row without value stands where two rows of a tree both fit: nothing says which counts.
    """

    axes: tuple[Test, ...]
    value: Expression | None


def shape_of(name: str, body: TableBody, table: TableModel) -> str | None:
    """Which of its shapes a table is written in; None for `otherwise` alone.

    :raises AttainError: PLAN_TABLE_SHAPE, TIER_EMPTY.
    """
    said = [shape for shape in SHAPES if getattr(body, shape)]
    if said == ["bands"] and not body.real_bands:
        said = []
    if len(said) > 1:
        raise _misshapen(name, f"同时写了 {said}", f"it is written as {' and '.join(said)}")
    if not said and (body.rest or table.rest) is None:
        raise AttainError(problem(errors.TIER_EMPTY, name=name))
    if said == ["rows"] and not table.by:
        raise _misshapen(name, "rows 缺少 by", "rows need by")
    if table.by and said not in ([], ["rows"]):
        raise _misshapen(
            name, f"by 与 {said[0]} 不能同用", f"by goes with rows, not with {said[0]}"
        )
    return said[0] if said else None


def _misshapen(name: str, zh: str, en: str) -> AttainError:
    return AttainError(problem(errors.PLAN_TABLE_SHAPE, name=name, fault=labels(zh, en)))


def rows_of(shape: str, name: str, body: TableBody, table: TableModel) -> list[Row]:
    """The rows of a table in one of its shapes.

    :raises AttainError: the TIER and LOOKUP codes, PLAN_TABLE_SHAPE.
    """
    make = {"keys": key_rows, "points": curve_rows}.get(shape, table_rows)
    return make(name, body, table)


def check_table(name: str, table: TableModel) -> None:
    """What can be said of a table without reading it.

    :raises AttainError: the TIER and LOOKUP codes, PLAN_TABLE_SHAPE; of all its versions.
    """
    faults: list[Problem] = []
    for body in table.versions or (table,):
        try:
            shape = shape_of(name, body, table)
            if shape is not None:
                rows_of(shape, name, body, table)
        except AttainError as error:
            faults.extend(error.problems)
    if faults:
        raise AttainError(faults)


def key_rows(name: str, body: TableBody, table: TableModel) -> list[Row]:
    """Single keys, each with its value."""
    del name, table
    return [Row((Test(keys=(key,)),), value) for key, value in body.keys.items()]


def curve_rows(name: str, body: TableBody, table: TableModel) -> list[Row]:
    """The points of a curve, ascending; over two inputs every pair has its point.

    :raises AttainError: TIER_EDGE_EQUAL, PLAN_TABLE_SHAPE.
    """
    del table
    found = []
    for point in body.points:
        edges = [point.at, *([point.and_] if point.and_ is not None else [])]
        found.append(Row(tuple(Test(lower=edge) for edge in edges), point.is_))
    places = [tuple(fixed(axis.lower) for axis in row.axes) for row in found]
    if len({len(place) for place in places}) > 1:
        raise _misshapen(name, "有的点缺少第二个坐标", "some points have no second coordinate")
    for place in places:
        if None not in place and places.count(place) > 1:
            raise AttainError(problem(errors.TIER_EDGE_EQUAL, name=name, value=place[0]))
    if any(None in place for place in places):
        return found
    if len(places[0]) == 2:
        first, second = ({place[axis] for place in places} for axis in (0, 1))
        if len(places) != len(first) * len(second):
            raise _misshapen(name, "两个坐标没有配齐", "not every pair of coordinates has a point")
    order = sorted(range(len(found)), key=lambda number: places[number])
    return [found[number] for number in order]


def by_keys(rows: Sequence[Row], cut: int) -> list[tuple[tuple[Test, ...], list[Row]]]:
    """The bands of one dimension for every choice of keys in the others, `any` after all keys."""
    others = [at for at in range(len(rows[0].axes)) if at != cut]
    said = [
        [*dict.fromkeys(key for row in rows for key in row.axes[at].keys), None] for at in others
    ]
    found = []
    for chosen in product(*said):
        fitting = [
            Row((row.axes[cut],), row.value)
            for row in rows
            if all(
                not row.axes[at].keys or key in row.axes[at].keys
                for at, key in zip(others, chosen, strict=True)
            )
        ]
        if fitting:
            found.append((tuple(Test(keys=(key,) if key else ()) for key in chosen), fitting))
    return found


def table_rows(name: str, body: TableBody, table: TableModel) -> list[Row]:
    """Bands, or rows over several dimensions; where rows may overlap, by falling priority.

    :raises AttainError: the TIER and LOOKUP codes.
    """
    if body.bands:
        return _band_rows(name, body)
    asked = [_asked(name, table, given) for given in body.rows]
    _refuse_printed(name, body, table, asked)
    levels: dict[tuple[Any, ...], list[tuple[Asked, Row]]] = {}
    for axes, given in zip(asked, body.rows, strict=True):
        priority = tuple(_priority(name, given, said) for said in table.take)
        levels.setdefault(priority, []).append((axes, _grid_row(name, axes, given)))
    found: list[Row] = []
    for priority in sorted(levels):
        asked, rows = ([*part] for part in zip(*levels[priority], strict=True))
        pairs = _refuse_overlaps(name, asked)
        found += [*(_both(rows[one], rows[other]) for one, other in pairs), *rows]
    return found


def _both(one: Row, other: Row) -> Row:
    """A row for what two rows of equal rank may both cover, depending on the tree."""
    return Row(tuple(_shared(a, b) for a, b in zip(one.axes, other.axes, strict=True)), None)


def _shared(one: Test, other: Test) -> Test:
    """What fits both of two tests that may meet."""
    either = one.keys or other.keys
    keys = tuple(key for key in either if not (one.keys and other.keys) or key in other.keys)
    lower = _outermost([one.lower, other.lower], highest=True)
    upper = _outermost([one.upper, other.upper], highest=False)
    under = tuple(dict.fromkeys((*one.under, *other.under)))
    owns_lower = (one if one.lower is lower else other).owns_lower
    owns_upper = (one if one.upper is upper else other).owns_upper
    return Test(lower, upper, owns_lower, owns_upper, keys, under)


def _outermost(edges: Sequence[Expression | None], *, highest: bool) -> Expression | None:
    """The narrower of two edges; of edges that are calculated, the first."""
    said = [edge for edge in edges if edge is not None]
    known = [edge for edge in said if fixed(edge) is not None]
    if len(known) < 2:
        return said[0] if said else None
    return (max if highest else min)(known, key=lambda edge: fixed(edge))  # type: ignore[arg-type, return-value]


def _band_rows(name: str, body: TableBody) -> list[Row]:
    return [
        Row((Test(one.lower, one.upper, one.owns_lower, one.owns_upper),), one.value)
        for one in read_bands(name, body.real_bands)
    ]


def _asked(name: str, table: TableModel, given: dict[str, Any]) -> Asked:
    """What a row asks of every dimension.

    :raises AttainError: LOOKUP_DIMENSION, PLAN_TABLE_SHAPE.
    """
    for dimension in table.by:
        if given.get(dimension) is None:
            raise AttainError(problem(errors.LOOKUP_DIMENSION, name=name, dimension=dimension))
    return tuple(_axis(name, dimension, table, given[dimension]) for dimension in table.by)


def _grid_row(name: str, asked: Asked, given: dict[str, Any]) -> Row:
    value = given.get("is")
    if value is None:
        raise AttainError(problem(errors.LOOKUP_VALUE_EMPTY, name=name, key=_shown(given)))
    return Row(tuple(_test(name, axis) for axis in asked), Expression.like(str(value), value))


def _refuse_printed(name: str, body: TableBody, table: TableModel, asked: Sequence[Asked]) -> None:
    """Bands of one dimension as they are printed, among rows that ask the same otherwise.

    :raises AttainError: TIER_PRINTED, TIER_EDGE_PRINTED.
    """
    for at, (dimension, kind) in enumerate(table.by.items()):
        if kind != "bands":
            continue
        for given, axes in zip(body.rows, asked, strict=True):
            if isinstance(given[dimension], str):
                refuse_written(name, given[dimension])
            refuse_printed(name, axes[at])
        others = [(*axes[:at], *axes[at + 1 :]) for axes in asked]
        for one, other in _may_meet(others):
            if _ask_alike(others[one], others[other]):
                beside = partial(_bands_beside, asked, others, at, (one, other))
                refuse_printed_pair(name, (asked[one][at], asked[other][at]), beside)


def _ask_alike(one: Asked, other: Asked) -> bool:
    return all(a == b or ANY in (*a.any_of, *b.any_of) for a, b in zip(one, other, strict=True))


def _bands_beside(
    asked: Sequence[Asked], others: Sequence[Asked], at: int, pair: tuple[int, int]
) -> Iterator[Axis]:
    """The bands, in the dimension at a place, of the rows that ask what a pair asks otherwise."""
    return (
        axes[at]
        for axes, rest in zip(asked, others, strict=True)
        if all(_ask_alike(rest, others[one]) for one in pair)
    )


def _may_meet(rows: Sequence[Asked]) -> list[tuple[int, int]]:
    """Pairs of rows that may both fit, in the order in which they are written.

    Rows of different keys never do. So a row of a long price list is compared with those of its
    own key, in the dimension that knows most keys, and with those that ask for no key there.
    """
    at = max(
        range(len(rows[0])),
        key=lambda at: len({key for axes in rows for key in axes[at].any_of}),
        default=None,
    )
    of_key: dict[str, list[int]] = {}
    of_all: list[int] = []
    found = []
    for number, axes in enumerate(rows):
        keys = () if at is None or axes[at].under else axes[at].any_of
        is_of_all = not keys or ANY in keys
        before = (
            range(number)
            if is_of_all
            else {*of_all, *(n for key in keys for n in of_key.get(key, ()))}
        )
        found += [
            (other, number)
            for other in before
            if all(meet(a, b) for a, b in zip(rows[other], axes, strict=True))
        ]
        for mine in [of_all] if is_of_all else [of_key.setdefault(key, []) for key in keys]:
            mine.append(number)
    return sorted(found)


def _axis(name: str, dimension: str, table: TableModel, given: Any) -> Axis:
    try:
        found = Axis.model_validate(given)
    except ValidationError as error:
        detail = str(error.errors()[0]["msg"])
        raise _misshapen(name, detail, detail) from None
    if found.under and table.by[dimension] in KINDS:
        zh = f"{dimension} 写了 under，但 by 里没有写它按哪棵树（paths）"
        en = f"{dimension} says under, but by does not say by which path it goes"
        raise _misshapen(name, zh, en)
    return found


def _test(name: str, axis: Axis) -> Test:
    refuse_doubled(name, axis)
    keys = tuple(key for key in axis.any_of if key != ANY)
    if ANY in axis.any_of:
        keys = ()
    under = (axis.under,) if axis.under else ()
    return Test(*edges_of(axis), axis.above is None, axis.to is not None, keys, under)


def _priority(name: str, given: dict[str, Any], said: str) -> Any:
    """What decides between overlapping rows, smallest first."""
    column, _, direction = said.partition(" ")
    if not given.get(column):
        raise _misshapen(name, f"有一行没有写 {column}", f"a row does not say {column}")
    value = fixed(Expression(str(given[column])))
    if value is None:
        raise _misshapen(
            name,
            f"take 按各行另写的数字比较，如 priority: 1，而 {column}: {given[column]} 不是数字",
            f"take compares a number that each row says besides, such as priority: 1, and "
            f"{column}: {given[column]} is none",
        )
    return -value if direction.strip() == "desc" else value  # type: ignore[operator]


def _refuse_overlaps(name: str, rows: Sequence[Asked]) -> list[tuple[int, int]]:
    """Exactly one row has to fit, whatever comes; the pairs of which the tree has to say it.

    :raises AttainError: LOOKUP_OVERLAP, for every pair.
    """
    pairs = _may_meet(rows)
    faults = [
        problem(errors.LOOKUP_OVERLAP, name=name, first=one + 1, second=other + 1)
        for one, other in pairs
        if not any(depends_on_tree(a, b) for a, b in zip(rows[one], rows[other], strict=True))
    ]
    if faults:
        raise AttainError(faults)
    return pairs


def _shown(given: dict[str, Any]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in given.items())
