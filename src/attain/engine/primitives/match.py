"""Match: the one fitting row of another relation, read as columns of the row that looks.

What is looked up is first made unique per test (unless its key already is), so that the
join is a plain LEFT JOIN on equal columns and a range of dates and can never double a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from attain.core.periods import Period
from attain.engine.primitives import sql
from attain.engine.primitives.formula import Made, Printer, extended
from attain.engine.primitives.frames import Cell, Frame, Reader, lookup_column
from attain.engine.primitives.model import Lookup, PeriodRows
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL, period_column
from attain.expressions.typed import references

AMBIGUOUS = "no_data.ambiguous_match"
VALID_FROM = "effective_from"
VALID_UNTIL = "effective_until"
FOUND_WHY = "__why"
"""Column of a prepared target: why the row that fits cannot be told."""


@dataclass(frozen=True, slots=True)
class Read:
    """A lookup with the columns that are read over it, and where its target stands.

    `prepared` is true when the target is a step made for this lookup (see `uniquely`); `asked`
    are the columns of the row that looks by which that step then says what fits. `bounds` are
    the columns between which the lookup's date must lie, None when it has no date or the target
    no interval.
    """

    lookup: Lookup
    target: Frame
    columns: tuple[str, ...]
    bounds: tuple[str, str] | None = None
    prepared: bool = False
    asked: tuple[str, ...] = ()


def interval(target: Frame) -> tuple[str, str] | None:
    """The columns that say when a target row holds: of its version, or of its period."""
    if VALID_FROM in target.cells and VALID_UNTIL in target.cells:
        return VALID_FROM, VALID_UNTIL
    if period_column(target.relation) is not None:
        return PERIOD_FROM, PERIOD_UNTIL
    return None


def is_unique(lookup: Lookup, target: Frame) -> bool:
    """True when at most one row can fit by the target's key alone.

    Periods of one kind do not overlap; versions might, so dated rows are never taken as
    unique here.
    """
    if lookup.where is not None:
        return False
    covered = {name for name, _ in lookup.equal}
    open_parts = {part.name for part in target.relation.key} - covered
    label = period_column(target.relation)
    if (
        label in open_parts
        and lookup.at is not None
        and interval(target) != (VALID_FROM, VALID_UNTIL)
    ):
        open_parts.discard(label)
    return not open_parts


def looks_at_row(lookup: Lookup) -> bool:
    """True when the filter compares with the row that looks, so that pairs must be made first."""
    return lookup.where is not None and any(
        reference.row == sql.THIS for reference in references(lookup.where)
    )


def join_lookups(own: Frame, reads: Sequence[Read]) -> Made:
    """The rows of a frame with what they look up, as columns named after the lookup."""
    printer = Printer(Reader(own))
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    joins: list[exp.Join] = []
    for read in reads:
        tests = _Tests(own, read, printer)
        joins.append(tests.join())
        for name in read.columns:
            called = lookup_column(read.lookup.name, name)
            projections += [
                sql.named(tests.value(name), called),
                sql.named(tests.why(name), called + sql.WHY),
            ]
            cells[called] = Cell(read.target.cells[name].storage, True)
    query = extended(own, projections, printer.lets)
    for join in joins:
        query = query.join(join)
    return Made(query, cells)


def looked(name: str) -> str:
    """What a column of the looking row is called in a step of pairs."""
    return f"{sql.THIS}.{name}"


class _Tests:
    """One lookup's tests, printed on the row that looks."""

    def __init__(self, own: Frame, read: Read, printer: Printer) -> None:
        self.read, self.own = read, own
        self.alias = f"{read.lookup.name}"
        if self.alias.casefold() == sql.OWN:
            self.alias += "_"
        self.equal = [(name, printer(node)) for name, node in read.lookup.equal]
        self.at = printer(read.lookup.at) if read.lookup.at is not None else None

    def join(self) -> exp.Join:
        if self.read.asked:
            on = sql.both(*(self._same(n) for n in self.read.asked))
        else:
            on = sql.both(
                *(sql.equals(self._column(n), p.value.copy()) for n, p in self.equal),
                self._range(),
            )
        on = on if on is not None else sql.true()
        return exp.Join(this=sql.table(self.read.target.step, self.alias), side="LEFT", on=on)

    def _same(self, name: str) -> exp.Expr:
        """What the row asks with; the reason why it is missing, too."""
        blank = name not in self.own.cells or self.own.cells[name].may_be_missing
        return sql.same(self._column(looked(name)), sql.column(name), may_be_missing=blank)

    def _range(self) -> exp.Expr | None:
        bounds = self.read.bounds
        if self.at is None or bounds is None:
            return None
        # Prepared stretches and periods have both ends; stored versions may be open.
        may_be_open = bounds[0] == VALID_FROM
        at = self.at.value
        inside = sql.falls_in(at.copy(), *(self._column(b) for b in bounds), open_ends=may_be_open)
        # Two open ends hold all days, but no day is not one of them.
        return sql.both(sql.is_there(at.copy()), inside) if self.at.why is not None else inside

    def value(self, name: str) -> exp.Expr:
        found = self._column(name)
        if not self.read.prepared:
            return found
        return sql.cases((sql.is_missing(self._column(FOUND_WHY)), found))

    def why(self, name: str) -> exp.Expr:
        """Missing tests first, then no row or no one row, then the found value's own reason."""
        branches: list[tuple[exp.Expr, exp.Expr]] = []
        tested = [p.why for _, p in self.equal] + ([self.at.why] if self.at is not None else [])
        why = sql.worst(*tested)
        if why is not None:
            branches.append((sql.is_there(why.copy()), why.copy()))
        if self.read.prepared:
            blocked = self._column(FOUND_WHY)
            branches.append((sql.is_there(blocked), blocked.copy()))
        marker = self._column(self.read.target.relation.key[0].name)
        branches.append((sql.is_missing(marker), sql.text(self.read.lookup.absent)))
        own = self.read.target.why(name, self.alias)
        return sql.cases(*branches, otherwise=own)

    def _column(self, name: str) -> exp.Column:
        return sql.column(name, self.alias)


def periods_known(
    own: Frame, lookup: Lookup, target: Frame, columns: Sequence[str], periods: Sequence[Period]
) -> Made | None:
    """The period a date falls in, told by its dates alone: no join is needed."""
    label = period_column(target.relation)
    simple = isinstance(target.relation.rows, PeriodRows) and not lookup.equal and not lookup.where
    if not simple or lookup.at is None or not set(columns) <= {label, PERIOD_FROM, PERIOD_UNTIL}:
        return None
    printer = Printer(Reader(own))
    at = printer(lookup.at)
    projections: list[exp.Expr] = []
    cells: dict[str, Cell] = {}
    for name in columns:
        called = lookup_column(lookup.name, name)
        branches = [(_falls(at.value, p), _of_period(p, name)) for p in periods]
        storage = target.cells[name].storage
        found = sql.cases(*branches, otherwise=None) if branches else sql.null(storage)
        known = sql.either(*(_falls(at.value, p) for p in periods)) or sql.false()
        whys = [(sql.is_there(at.why.copy()), at.why.copy())] if at.why is not None else []
        why = sql.cases(*whys, (exp.Not(this=exp.Paren(this=known)), sql.text(lookup.absent)))
        projections += [sql.named(found, called), sql.named(why, called + sql.WHY)]
        cells[called] = Cell(storage, True)
    query = extended(own, projections, printer.lets)
    return Made(query, cells)


def _falls(at: exp.Expr, period: Period) -> exp.Expr:
    inside = sql.falls_in(at.copy(), sql.day(period.from_), sql.day(period.until))
    assert inside is not None
    return inside


def _of_period(period: Period, name: str) -> exp.Expr:
    if name == PERIOD_FROM:
        return sql.day(period.from_)
    return sql.day(period.until) if name == PERIOD_UNTIL else sql.text(period.label)
