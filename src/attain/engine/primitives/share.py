"""Share out: an exact amount split over rows, nothing lost.

Everything is counted in whole units of the last stored decimal, so that no share is ever
rounded on the way. Each row first gets its share cut down to whole steps; what is left goes
to the rows that lost most by it (largest remainder), or to the row the plan names.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlglot import exp

from attain.core.rounding import decimals, units_of
from attain.engine.primitives import sql
from attain.engine.primitives.aggregate import sortable
from attain.engine.primitives.formula import Made, Printer, extended, project
from attain.engine.primitives.frames import Cell, Frame, Reader
from attain.engine.primitives.model import Column, Residue, Shared

NOTHING = "no_data.nothing_to_share_by"
AMBIGUOUS = "no_data.ambiguous_match"

_FACTORS = ("pot", "weight", "weights")
_DIGITS = 8
_PORTIONS = 5
"""Five portions of eight digits hold any stored number; weights may then have thirty digits."""


def select_shared(frame: Frame, column: Column) -> Made:
    """The rows of a frame with their part of the pot."""
    made = column.made
    assert isinstance(made, Shared)
    sharing = _Filling(frame, column, made) if made.capacity else _Sharing(frame, column, made)
    value, why = sharing.printed()
    storage = sql.storage_of(column)
    query = extended(frame, project(column.name, storage, value, why), sharing.lets)
    return Made(query, {column.name: Cell(storage, why is not None)})


class _Parts:
    """What both ways of sharing have in common: who takes part, and who spoils it for all."""

    def __init__(self, frame: Frame, column: Column, made: Shared) -> None:
        self.frame, self.column, self.made = frame, column, made
        self.lets: list[tuple[str, exp.Expr]] = []
        self.partition: list[exp.Expr] = [frame.value(name) for name in made.partition]
        self.out: exp.Expr | None = None

    def printed(self) -> tuple[exp.Expr, exp.Expr | None]:
        """The part, and why it is missing."""
        raise NotImplementedError

    def helper(self, name: str, expression: exp.Expr) -> exp.Column:
        """Compute something beneath, once, and read it by name."""
        self.lets.append((f"__{name}", expression))
        return sql.column(f"__{name}")

    def reasons(self, measured: str) -> list[tuple[exp.Expr, exp.Expr]]:
        """Why a row gets no part: its own place or reason, or somebody's missing data."""
        branches: list[tuple[exp.Expr, exp.Expr]] = []
        place = sql.worst(*(self.frame.why(name) for name in self.made.partition))
        if place is not None:
            branches.append((sql.is_there(place), place.copy()))
        own = sql.worst(self.frame.why(self.made.pot), self.frame.why(measured))
        if own is None:
            return branches
        own = self.helper("why", own)
        in_doubt = sql.is_no_data(own.copy())
        spoils = self.helper("spoils", sql.cases((in_doubt, own.copy())))
        lowest = exp.Filter(
            this=exp.ArgMin(this=spoils, expression=sortable(self.frame.key())),
            expression=exp.Where(this=sql.is_there(spoils.copy())),
        )
        spoilt = self.helper("spoilt", self.over(lowest))
        left_out = sql.both(sql.is_there(own.copy()), sql.no(exp.Paren(this=in_doubt.copy())))
        assert left_out is not None
        branches.append((left_out, own.copy()))
        branches.append((sql.is_there(spoilt), spoilt.copy()))
        return branches

    def over(
        self,
        function: exp.Expr,
        by: Sequence[exp.Ordered] = (),
        frame: exp.WindowSpec | None = None,
    ) -> exp.Window:
        """A window over the partition; once it is known who is out, over those who are in."""
        parts = [one.copy() for one in self.partition]
        if self.out is not None:
            parts.append(sql.is_missing(self.out.copy()))
        return sql.over(function, parts, by, frame)

    def order(self) -> list[exp.Ordered]:
        """The order that is declared, ended by the key so that it is total."""
        declared = [
            sql.ordered(self.frame.value(name), descending=down) for name, down in self.made.order
        ]
        return [*declared, *(sql.ordered(one) for one in self.frame.key())]


class _Filling(_Parts):
    """`in_order`: each row is filled up to its capacity; what is left over stays unshared."""

    def printed(self) -> tuple[exp.Expr, exp.Expr | None]:
        assert self.made.capacity is not None
        branches = self.reasons(self.made.capacity)
        if branches:
            self.out = self.helper("out", sql.cases(*branches))
        room = self.helper("room", _at_least_zero(self.frame.value(self.made.capacity)))
        taken = self.over(exp.Sum(this=room), self.order(), sql.rows_before())
        before = self.helper("before", sql.first_there(taken, sql.whole(0)))
        left = exp.Sub(this=self.frame.value(self.made.pot), expression=before)
        value = exp.Least(this=room.copy(), expressions=[_at_least_zero(exp.Paren(this=left))])
        if self.out is None:
            return value, None
        return sql.cases((sql.is_missing(self.out.copy()), value)), self.out.copy()


def _at_least_zero(value: exp.Expr) -> exp.Expr:
    return exp.Greatest(this=value, expressions=[sql.whole(0)])


class _Sharing(_Parts):
    """In proportion to weights, to the last unit."""

    def __init__(self, frame: Frame, column: Column, made: Shared) -> None:
        super().__init__(frame, column, made)
        step = Decimal(made.step)
        self.pot_scale = sql.scale_of(frame.cells[made.pot].storage)
        self.scale = max(self.pot_scale, decimals(step))
        self.step = units_of(step, self.scale)

    def printed(self) -> tuple[exp.Expr, exp.Expr | None]:
        why = self._why()
        self.out = self.helper("out", why)
        self._exact_shares()
        extra = self._extra()
        units = exp.Add(
            this=exp.Mul(this=sql.column("__steps"), expression=sql.whole(self.step)),
            expression=extra,
        )
        value = sql.units_to_decimal(exp.Paren(this=units), self.scale)
        # Of an empty pot everybody gets nothing, whoever there is to share it.
        nobody = sql.both(sql.is_missing(self.out.copy()), self._has_no_weights())
        assert nobody is not None
        shared = (sql.is_missing(self.out.copy()), value)
        return sql.cases(
            (nobody, sql.units_to_decimal(sql.whole(0), self.scale)), shared
        ), self.out.copy()

    def _has_no_weights(self) -> exp.Expr:
        return sql.equals(sql.column("__weights"), sql.whole(0))

    def _why(self) -> exp.Expr:
        branches = self.reasons(self.made.by)
        pot = self.helper("pot", self._units(self.made.pot, self.scale))
        weight_scale = sql.scale_of(self.frame.cells[self.made.by].storage)
        weight = self.helper("weight", self._units(self.made.by, weight_scale))
        # Left out rows have neither pot nor weight, so that they do not count here.
        aside = sql.both(*(sql.no(exp.Paren(this=c.copy())) for c, _ in branches))
        among = pot if aside is None else sql.cases((aside, pot))
        least = self.helper("least", self.over(exp.Min(this=among)))
        most = self.helper("most", self.over(exp.Max(this=among.copy())))
        weights = weight if aside is None else sql.cases((aside.copy(), weight))
        self.helper("weights", self.over(sql.integer_sum(weights)))
        branches.append((exp.NEQ(this=least, expression=most), sql.text(AMBIGUOUS)))
        is_full = exp.NEQ(this=sql.column("__pot"), expression=sql.whole(0))
        nothing = sql.both(self._has_no_weights(), is_full)
        assert nothing is not None
        branches.append((nothing, sql.text(NOTHING)))
        return sql.cases(*branches)

    def _units(self, name: str, scale: int) -> exp.Expr:
        """A column in whole units of its last decimal."""
        return sql.decimal_to_units(
            self.frame.value(name), sql.scale_of(self.frame.cells[name].storage), scale
        )

    def _exact_shares(self) -> None:
        """Whole steps of the exact share, cut towards zero, and what the cutting lost.

        pot × weight has more digits than any number of the engine, so it is divided by the
        weights in portions of digits, as on paper.
        """
        whole, rest = self._long_division()
        sign = self.helper("sign", self._sign())
        step = sql.whole(self.step)
        steps = exp.IntDiv(this=whole, expression=step)
        self.helper("steps", exp.Mul(this=sign, expression=exp.Paren(this=steps)))
        lost = exp.Mod(this=whole.copy(), expression=step.copy())
        self.helper("lost", exp.Mul(this=sign.copy(), expression=exp.Paren(this=lost)))
        self.helper("lost_behind", exp.Mul(this=sign.copy(), expression=rest))
        given = self.over(sql.integer_sum(sql.column("__steps")))
        self.helper("given", exp.Mul(this=given, expression=step.copy()))
        self.helper("left", exp.Sub(this=sql.column("__pot"), expression=sql.column("__given")))

    def _sign(self) -> exp.Expr:
        signs = [sql.integer(exp.Sign(this=sql.column(f"__{n}"))) for n in _FACTORS]
        return exp.Mul(this=exp.Mul(this=signs[0], expression=signs[1]), expression=signs[2])

    def _long_division(self) -> tuple[exp.Column, exp.Column]:
        """|pot| × |weight| by |weights|: the whole quotient and the remainder."""
        pot, weight, weights = (exp.Abs(this=sql.column(f"__{name}")) for name in _FACTORS)
        divisor = self.helper("divisor", exp.Nullif(this=weights, expression=sql.whole(0)))
        whole: exp.Expr = sql.whole(0)
        rest: exp.Expr = sql.whole(0)
        for portion in reversed(range(_PORTIONS)):
            cut = exp.IntDiv(this=pot.copy(), expression=sql.power_of_ten(portion * _DIGITS))
            digits = exp.Mod(this=exp.Paren(this=cut), expression=sql.power_of_ten(_DIGITS))
            carried = exp.Mul(this=rest, expression=sql.power_of_ten(_DIGITS))
            product = exp.Mul(this=exp.Paren(this=digits), expression=weight.copy())
            dividend = self.helper(f"d{portion}", exp.Add(this=carried, expression=product))
            shifted = exp.Mul(this=whole, expression=sql.power_of_ten(_DIGITS))
            quotient = exp.IntDiv(this=dividend, expression=divisor.copy())
            added = exp.Add(this=shifted, expression=exp.Paren(this=quotient))
            whole = self.helper(f"q{portion}", added)
            remainder = exp.Mod(this=dividend.copy(), expression=divisor.copy())
            rest = self.helper(f"r{portion}", remainder)
        assert isinstance(whole, exp.Column)
        assert isinstance(rest, exp.Column)
        return whole, rest

    def _extra(self) -> exp.Expr:
        """What a row gets of the units that whole steps leave."""
        if self.made.residue is Residue.LARGEST:
            return self._to_largest()
        place = self.helper("place", self.over(exp.RowNumber(), self._receiving()))
        everything = sql.cases(
            (sql.equals(place, sql.whole(1)), sql.column("__left")), otherwise=sql.whole(0)
        )
        if self.made.residue is not Residue.NAMED:
            return everything
        named = self.helper("named", self.over(exp.LogicalOr(this=self._named())))
        largest = self._to_largest()
        return sql.cases((sql.is_true(named), everything), otherwise=largest)

    def _receiving(self) -> list[exp.Ordered]:
        """The order in which the receiver of the residue stands first."""
        if self.made.residue is Residue.FIRST:
            return self.order()
        if self.made.residue is Residue.NAMED:
            chosen = sql.ordered(sql.cases((self._named(), sql.whole(0)), otherwise=sql.whole(1)))
            return [chosen, *self.order()]
        # The last of a total order is the first of it reversed.
        return [
            exp.Ordered(this=one.this, desc=not one.args["desc"], nulls_first=True)
            for one in self.order()
        ]

    def _named(self) -> exp.Expr:
        assert self.made.named is not None
        return sql.is_true(Printer(Reader(self.frame))(self.made.named).value)

    def _to_largest(self) -> exp.Expr:
        """One step each to the largest remainders; a last part of a step to the next in line."""
        left = sql.column("__left")
        sign = sql.integer(exp.Sign(this=left))
        losses = (sql.column("__lost"), sql.column("__lost_behind"))
        by = [
            sql.ordered(exp.Mul(this=one, expression=sign.copy()), descending=True)
            for one in losses
        ]
        by += self.order()
        turn = self.helper("turn", self.over(exp.RowNumber(), by))
        step = sql.whole(self.step)
        whole = exp.Abs(this=exp.IntDiv(this=left.copy(), expression=step))
        steps = self.helper("extra", whole)
        full = exp.LTE(this=turn, expression=steps)
        next_one = sql.equals(turn.copy(), exp.Add(this=steps.copy(), expression=sql.whole(1)))
        part = exp.Mod(this=left.copy(), expression=step.copy())
        return sql.cases(
            (full, exp.Mul(this=sign.copy(), expression=step.copy())),
            (next_one, part),
            otherwise=sql.whole(0),
        )
