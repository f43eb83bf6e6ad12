"""Columns that read their own earlier rows along an order: made together, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from attain.core.errors import AttainError, problem
from attain.core.units import COUNT, Type
from attain.engine import errors
from attain.engine.plans.resolve import formulas, orders
from attain.engine.plans.resolve.composing import called
from attain.engine.plans.resolve.drafts import Declared
from attain.engine.plans.resolve.order_columns import names_in
from attain.engine.plans.resolve.reading import Reading
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Work
from attain.engine.primitives.model import Column, Fold, Ordering
from attain.expressions import units
from attain.expressions.columns import as_column
from attain.expressions.retype import number
from attain.expressions.tree import Span, Tree
from attain.expressions.typed import Constant, Node, Reference

PREVIOUS = "previous"
"""The row name by which a step of a fold reads the row before."""


@dataclass(slots=True)
class FoldSteps:
    """The steps of a fold while they are collected, each after those it reads on the same row."""

    work: Work
    members: dict[str, Declared]
    steps: list[tuple[str, Node]] = field(default_factory=list)
    starts: dict[str, Node] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return name in self.members

    def reads(self, trees: Sequence[Tree]) -> bool:
        """Whether an argument reads a column of the fold."""
        return any(name in self.members for tree in trees for name in names_in(tree))

    def read(self, name: str) -> Node:
        """A column of the fold on the same row, its step made now if it was not yet.

        :raises AttainError: PLAN_CYCLE.
        :raises Reported: its rule is wrong.
        """
        if name not in self.types:
            self._make(name)
        return Reference(name, self.types[name])

    def _make(self, name: str) -> None:
        if name in self._open:
            path = " → ".join([*self._open[self._open.index(name) :], name])
            raise AttainError(problem(errors.PLAN_CYCLE, path=path))
        self._open.append(name)
        declared = self.members[name]
        text = declared.model.is_
        assert text is not None
        site = Site(self.work, self.work.drafts[declared.relation], declared, fold=self)
        free = formulas.free_unit(self.work, declared.model)
        node = formulas.end(self.work, declared, site.check(text, free))
        self._open.pop()
        self._keep(name, node)

    def _keep(self, name: str, node: Node) -> None:
        self.steps.append((name, node))
        self.types[name] = node.type

    # --------------------------------------------------------------------------- earlier rows

    def earlier(self, reading: Reading) -> Node:
        """`previous`, `before` and the like over a column of the fold.

        :raises AttainError: PLAN_STATE_START for a function without a first value.
        """
        match reading.call.name:
            case "previous":
                return self._previous(reading)
            case "before" | "total" | "count_so_far":
                return self._running(reading)
            case "increase":
                return self._increase(reading)
            case "highest_before" | "highest_so_far":
                return self._highest(reading)
        name = next(names_in(reading.arguments[0]))
        raise AttainError(problem(errors.PLAN_STATE_START, function=reading.call.name, name=name))

    def _assumed(self, reading: Reading, start: Node | None) -> tuple[str, Type]:
        """The column read at the row before, and its type as far as it is known."""
        names = list(names_in(reading.arguments[0]))
        name = names[0]
        if len(names) != 1 or str(reading.call.arguments[0].__class__.__name__) != "Name":
            return self._as_step(reading)
        which = (self.members[name].relation, name)
        type_ = self.types.get(name) or self.work.assumed.get(which)
        if type_ is None and start is not None and not units.is_open(start.type):
            type_ = start.type
        if type_ is None:
            raise AttainError(problem(errors.PLAN_STATE_UNIT, name=name))
        return name, units.settled(type_)

    def _as_step(self, reading: Reading) -> tuple[str, Type]:
        """An expression over columns of the fold as a step of its own."""
        node = as_column(reading.check(reading.arguments[0]), hidden=True)
        name = reading.site.step_name()
        self._keep(name, node)
        return name, node.type

    def _before(self, name: str, type_: Type, start: Node | None) -> Reference:
        """The value of a step on the row before."""
        if start is not None:
            self.starts.setdefault(name, start)
        known = self.starts.get(name)
        is_missing = known is None or known.type.may_be_missing or type_.may_be_missing
        return Reference(name, type_.missing(is_missing), PREVIOUS)

    def _previous(self, reading: Reading) -> Node:
        given = [reading.check(argument) for argument in reading.arguments[1:2]]
        start = given[0] if given else None
        name, type_ = self._assumed(reading, start)
        fitted = reading.composer.fit(start, units.bare(type_)) if start is not None else None
        return replace(self._before(name, type_, fitted), span=reading.span)

    def _running(self, reading: Reading) -> Node:
        """A sum so far: what stood there before, plus the value of the row before."""
        composer = reading.composer
        zero = self._zero(reading)
        is_total = reading.call.name != "before"
        name, type_ = self._assumed(reading, zero if not is_total else None)
        step = reading.site.step_name()
        if reading.call.name == "count_so_far":
            condition = self.read(name) if name in self.members else Reference(name, type_)
            one, none = (Constant(Decimal(value), COUNT) for value in (1, 0))
            added = called(composer, "if", condition, one, none)
            type_ = COUNT.missing(condition.type.may_be_missing)
        elif is_total:
            added = self.read(name) if name in self.members else Reference(name, type_)
        else:
            added = self._before(name, type_, composer.fit(number(0), units.bare(type_)))
        start = composer.fit(number(0), units.bare(type_))
        running = self._before(step, type_, start)
        node = composer.operate("+", (running, added), reading.span)
        self._keep(step, as_column(node, hidden=True))
        return Reference(step, self.types[step], span=reading.span)

    def _zero(self, reading: Reading) -> Node:
        name = next(names_in(reading.arguments[0]))
        which = (self.members[name].relation, name)
        type_ = self.types.get(name) or self.work.assumed.get(which)
        if type_ is not None and not type_.is_number:
            function = reading.call.name
            raise AttainError(problem(errors.PLAN_STATE_START, function=function, name=name))
        zero = number(0)
        return reading.composer.fit(zero, units.bare(type_)) if type_ is not None else zero

    def _increase(self, reading: Reading) -> Node:
        name, type_ = self._as_step(reading)
        start = reading.composer.fit(number(0), units.bare(type_))
        before = self._before(name, type_, start)
        return reading.composer.operate("-", (Reference(name, type_), before), reading.span)

    def _highest(self, reading: Reading) -> Node:
        composer = reading.composer
        is_so_far = reading.call.name == "highest_so_far"
        name, type_ = self._assumed(reading, self._zero(reading))
        zero = composer.fit(number(0), units.bare(type_))
        step = reading.site.step_name()
        value = self.read(name) if is_so_far else self._before(name, type_, zero)
        node = called(composer, "max", self._before(step, type_, zero), value)
        self._keep(step, as_column(node, hidden=True))
        return Reference(step, self.types[step], span=Span())


def fold(work: Work, declared: Declared) -> Column:
    """The column, made together with all that read it at an earlier row.

    Who reads and is read along an ordering stands in it, whether it says so or not.

    :raises AttainError: PLAN_CYCLE if they do not stand on the same rows in the same order.
    :raises Reported: one of their rules is wrong.
    """
    draft = work.drafts[declared.relation]
    which = (draft.name, declared.name)
    members = {name: work.drafts[one].declared[name] for one, name in sorted(work.folded[which])}
    along = _one_ordering(members)
    steps = FoldSteps(work, members)
    for name in members:
        steps.read(name)
    site = Site(work, draft, declared)
    ordering = orders.ordering(site, along)
    parts = [*ordering.partition, *(column for column, _ in ordering.by)]
    is_blank = any(draft.read(column).type.may_be_missing for column in parts)
    for name, node in steps.steps:
        column = _column(work, steps, members.get(name), name, node, ordering)
        if is_blank:
            column = replace(column, type=column.type.missing())
        if name not in draft.computed:
            work.add(draft, column)
    # Columns that lead round to each other are read by each other.
    circle = {(draft.name, name) for name in members}
    for one in circle:
        work.reads.setdefault(one, set()).update(circle - {one})
    return draft.computed[declared.name]


def _one_ordering(members: dict[str, Declared]) -> str:
    """The ordering that some of them name.

    :raises AttainError: PLAN_CYCLE.
    """
    first = next(iter(members.values()))
    named = {one.model.along for one in members.values()} - {None}
    for name, one in members.items():
        if one.model.is_ is None or one.relation != first.relation or len(named) != 1:
            path = " → ".join([*members, name])
            raise AttainError(problem(errors.PLAN_CYCLE, path=path))
    return str(named.pop())


def _column(
    work: Work,
    steps: FoldSteps,
    declared: Declared | None,
    name: str,
    node: Node,
    ordering: Ordering,
) -> Column:
    starts = tuple(steps.starts.items())
    made = Fold(name, tuple(steps.steps), starts, ordering)
    if declared is None:
        return Column(name, formulas.hidden_type(node.type), made, hidden=True)
    return formulas.finished(work, declared, made, node.type, declared.model.is_)
