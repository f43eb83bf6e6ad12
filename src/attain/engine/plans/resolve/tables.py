"""Tables: what `value`, `whole`, `marginal`, `fill` and `curve` read for the inputs at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.core.units import BOOLEAN, Unit
from attain.engine import errors
from attain.engine.plans.models.tables import TableBody, TableModel
from attain.engine.plans.resolve import constants, subtrees
from attain.engine.plans.resolve.cells import (
    Row,
    by_keys,
    rows_of,
    shape_of,
)
from attain.engine.plans.resolve.reading import Reading
from attain.engine.plans.resolve.units import read_unit, units_for
from attain.engine.plans.resolve.words import cell_value, key_constant
from attain.engine.plans.resolve.work import place_of
from attain.engine.plans.suggesting import nearest
from attain.expressions import units
from attain.expressions.compose import Composer
from attain.expressions.reads import compose_read
from attain.expressions.spelling import name_of
from attain.expressions.typed import (
    Cell,
    Condition,
    Constant,
    Dated,
    Missing,
    Node,
    Reference,
    children,
)

READINGS: Final = {
    "value": "value(table, input, ...)",
    "whole": "whole(table, input, amount?)",
    "marginal": "marginal(table, input)",
    "fill": "fill(table, input)",
    "curve": "curve(table, input, second?)",
}
"""The readings, each as it is called."""

CUT: Final = ("marginal", "fill")
"""The readings that cut what they read into bands."""

AMBIGUOUS: Final = "no_data.ambiguous_match"

_FIT: Final = {
    "bands": ("value", "whole", "marginal", "fill"),
    "keys": ("value", "whole"),
    "points": ("curve",),
    "rows": ("value", "whole"),
}


def read(reading: Reading) -> Node:
    """A table read for the inputs at hand.

    :raises AttainError: PLAN_TABLE_UNKNOWN, PLAN_TABLE_READING, and the codes of the table.
    :raises Reported: a cell or an edge is wrong.
    """
    kind = reading.call.name
    if not reading.has(2, 6, READINGS[kind]):
        return reading.faulty()
    work, name = reading.work, reading.word(0) or "?"
    model = work.plan.tables.get(name)
    if model is None:
        known = nearest(name, work.plan.tables)
        raise AttainError(problem(errors.PLAN_TABLE_UNKNOWN, name=name, known=known))
    work.used.add(name)
    if name in work.unsound:
        return reading.faulty()
    given = [reading.check(argument) for argument in reading.arguments[1:]]
    if any(units.is_faulty(node.type) for node in given):
        return reading.faulty()
    if not model.versions:
        return _Reader(reading, name, model, model).read(kind, given)
    spans = constants.intervals(name, model.versions)
    nodes = [_Reader(reading, name, model, body).read(kind, given) for body in model.versions]
    alike, shared = reading.composer.alike(nodes, action="choose")
    versions = tuple(
        (from_, until, node) for (from_, until), node in zip(spans, alike, strict=True)
    )
    return constants.dated(reading.site, name, versions, shared)


Part = tuple[int, tuple[str, ...]]
"""A part of a tree that a dimension asks about: the dimension's number, and the tops."""

_HOLDS: Final = Condition(equals=(Constant(True, BOOLEAN),))


def _stands(node: Node) -> bool:
    """Whether a point is the same on every row: numbers, and what numbers alone make."""
    return not isinstance(node, Reference | Dated) and all(map(_stands, children(node)))


def _is_word(node: Node) -> bool:
    return isinstance(node, Constant) and isinstance(node.value, str)


def _asked(row: Row) -> list[Part]:
    return [(number, tops) for number, axis in enumerate(row.axes) for tops in axis.under]


def _within(row: Row, parts: Iterable[Part]) -> list[Condition]:
    """What a row asks of every part of a tree: to stand in it, or nothing."""
    own = _asked(row)
    return [_HOLDS if part in own else Condition() for part in parts]


@dataclass(frozen=True, slots=True)
class _Reader:
    """One version of a table, read in one place."""

    reading: Reading
    name: str
    table: TableModel
    body: TableBody

    @property
    def _rest(self) -> str | None:
        return self.body.rest or self.table.rest

    @property
    def composer(self) -> Composer:
        return self.reading.composer

    def read(self, kind: str, given: Sequence[Node]) -> Node:
        shape = shape_of(self.name, self.body, self.table)
        inputs, amount = self._inputs(kind, shape, given)
        if shape is None:
            return self._cell(self._rest or "")
        rows = rows_of(shape, self.name, self.body, self.table)
        if kind in CUT and len(inputs) > 1:
            return self._cut(kind, inputs, rows)
        return self._node(kind, inputs, amount, rows)

    def _cut(self, kind: str, inputs: list[Node], rows: Sequence[Row]) -> Node:
        """Slices of what the one dimension of bands reads, by the rows the others fit."""
        cut = next(at for at, how in enumerate(self.table.by.values()) if how == "bands")
        keys = [*inputs[:cut], *inputs[cut + 1 :]]
        found = [
            (asked, self._node(kind, [inputs[cut]], None, bands))
            for asked, bands in by_keys(rows, cut)
        ]
        alike, _ = self.composer.alike([node for _, node in found], action="choose")
        cells = [
            Cell(self._conditions(Row(asked, None), keys), node)
            for (asked, _), node in zip(found, alike, strict=True)
        ]
        rest = self._node(kind, [inputs[cut]], None, []) if self._rest is not None else None
        span = self.reading.span
        return compose_read(self.composer, self.name, "value", keys, cells, rest, span)

    def _inputs(
        self, kind: str, shape: str | None, given: Sequence[Node]
    ) -> tuple[list[Node], Node | None]:
        """The inputs, and what is multiplied where that is something else.

        :raises AttainError: PLAN_TABLE_READING.
        """
        fit = _FIT.get(shape or "rows", ())
        if shape == "rows" and self._is_cut():
            fit = (*fit, *CUT)
        if kind not in fit:
            if kind in CUT and shape == "rows":
                zh = "by 里要有一个维度写 bands，其余写 keys，也没有 take"
                en = "one dimension of by goes by bands, the others by keys, without take"
                raise self._unfit(kind, fit, zh, en)
            raise self._unfit(kind, fit, "形状不合", "its shape does not fit")
        axes = len(self.table.by) or 1
        if shape == "points":
            axes = 2 if any(point.and_ is not None for point in self.body.points) else 1
        amount = given[axes] if kind == "whole" and len(given) == axes + 1 else None
        if len(given) != axes + (amount is not None):
            zh = f"它有 {axes} 个维度，这里给了 {len(given)} 个值"
            en = f"it has {axes} dimensions and {len(given)} values are given"
            raise self._unfit(kind, fit, zh, en)
        inputs = [self.composer.settle(node) for node in given[:axes]]
        if kind == "whole" and amount is None and not inputs[0].type.is_number:
            # Beside a line or a role, the whole is what the bands read.
            cut = [at for at, how in enumerate(self.table.by.values()) if how == "bands"]
            amount = inputs[cut[0]] if len(cut) == 1 else None
        return inputs, amount

    def _is_cut(self) -> bool:
        """Whether one dimension is cut into bands and all others go by single keys."""
        kinds = list(self.table.by.values())
        return kinds.count("bands") == 1 and set(kinds) <= {"bands", "keys"} and not self.table.take

    def _unfit(self, kind: str, known: Sequence[str], zh: str, en: str) -> AttainError:
        return AttainError(
            problem(
                errors.PLAN_TABLE_READING,
                name=self.name,
                reading=kind,
                fault=labels(zh, en),
                known=list(known),
            )
        )

    # ---------------------------------------------------------------------------------- cells

    def _node(
        self, kind: str, inputs: list[Node], amount: Node | None, rows: Sequence[Row]
    ) -> Node:
        """The read itself; of rows that overlap by priority the first that fits counts."""
        rest = self._rest
        parts = self._parts(rows, inputs)
        cells = [
            Cell((*self._conditions(row, inputs), *_within(row, parts)), self._given(row))
            for row in rows
        ]
        self._refuse_words(rows, cells)
        if kind == "curve":
            self._refuse_moving(cells)
        return compose_read(
            self.composer,
            self.name,
            kind,
            [*inputs, *parts.values()],
            cells,
            self._cell(rest) if rest is not None else None,
            self.reading.span,
            amount=amount,
            scale=self._scale(inputs[0]),
        )

    def _scale(self, read: Node) -> Node | None:
        """What multiplies every edge; a bare number is an amount where amounts are read."""
        if self.table.scale is None:
            return None
        scale = self.reading.work.check(self.table.scale, self.reading.scope)
        is_amount = units.is_free(scale.type) and read.type.unit is Unit.money
        return self.composer.fit(scale, units.bare(read.type)) if is_amount else scale

    def _conditions(self, row: Row, inputs: list[Node]) -> tuple[Condition, ...]:
        return tuple(
            Condition(
                lower=self._edge(axis.lower),
                upper=self._edge(axis.upper),
                lower_closed=axis.owns_lower,
                upper_closed=axis.owns_upper,
                equals=tuple(key_constant(self.reading.work, key, one.type) for key in axis.keys),
            )
            for axis, one in zip(row.axes, inputs, strict=True)
        )

    def _parts(self, rows: Sequence[Row], inputs: list[Node]) -> dict[Part, Node]:
        """For every part of a tree that rows ask about: whether the input stands in it.

        :raises AttainError: PLAN_PATH_UNKNOWN, PLAN_DATE_NEEDED.
        """
        paths = list(self.table.by.values())
        asked = dict.fromkeys(part for row in rows for part in _asked(row))
        return {part: self._stands_in(paths[part[0]], inputs[part[0]], part[1]) for part in asked}

    def _stands_in(self, name: str, key: Node, tops: tuple[str, ...]) -> Node:
        site, composer = self.reading.site, self.composer
        path = subtrees.path_of(site, name)
        found = [subtrees.stands_under(site, composer, path, key, name_of(top)) for top in tops]
        return found[0] if len(found) == 1 else composer.operate("or", found, self.reading.span)

    def _given(self, row: Row) -> Node:
        return self._cell(row.value) if row.value is not None else Missing(AMBIGUOUS, units.ANY)

    def _edge(self, text: str | None) -> Node | None:
        if text is None:
            return None
        return self.reading.work.check(text, self.reading.scope)

    def _refuse_moving(self, cells: Iterable[Cell]) -> None:
        """
        :raises AttainError: TIER_POINT_MOVES for a point that differs from row to row.
        """
        points = [condition.lower for cell in cells for condition in cell.conditions]
        for point in points:
            if point is not None and not _stands(point):
                raise AttainError(problem(errors.TIER_POINT_MOVES, name=self.name))

    def _refuse_words(self, rows: Sequence[Row], cells: Sequence[Cell]) -> None:
        """
        :raises Reported: a word stands among numbers (TIER_WORD).
        """
        units_given = {cell.value.type.unit for cell in cells}
        if not any(unit.is_number for unit in units_given):
            return
        for row, cell in zip(rows, cells, strict=True):
            if _is_word(cell.value) and row.value is not None:
                self._refuse_word(row.value)

    def _refuse_word(self, text: str) -> None:
        where = place_of(text).where()
        raise self.reading.work.refuse(errors.TIER_WORD, where, name=self.name, value=text)

    def _cell(self, text: str) -> Node:
        """What a cell gives, in the unit the table declares.

        :raises AttainError: PLAN_UNIT.
        """
        work = self.reading.work
        node = cell_value(work, text, self.reading.scope)
        if self.table.unit is None:
            return node
        unit = read_unit(self.table.unit, work.plan.currency)
        if unit is None:
            fault = problem(
                errors.PLAN_UNIT, value=self.table.unit, known=units_for(self.table.unit)
            )
            raise AttainError(fault)
        if {node.type.unit, unit.unit} <= units.DIMENSIONLESS and not units.is_open(node.type):
            return node
        if _is_word(node) and unit.unit.is_number:
            self._refuse_word(text)
        composer = Composer()
        fitted = composer.fit(node, units.bare(unit))
        if composer.problems:
            work.note(composer.problems, place_of(text).where())
        return fitted
