"""Random expressions of a wanted unit over the columns at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

MONEY, RATIO, COUNT, POINTS, DAYS, TEXT, DATE, TRUTH = (
    "money", "ratio", "count", "points", "days", "text", "date", "boolean",
)  # fmt: skip
NUMBERS: Final = (MONEY, RATIO, COUNT, POINTS)

_LITERALS: Final = {
    MONEY: ("0", "100", "500.25", "1000", "33.333"),
    RATIO: ("2%", "0.5", "120%", "33.3333%", "1"),
    COUNT: ("0", "1", "3", "7"),
    POINTS: ("60", "80", "99.5"),
    DAYS: ("7", "30"),
    TEXT: ("'冷饮'", "'A'", "'signed'", "'东'"),
    DATE: ("2026-02-01", "2026-03-15"),
    TRUTH: ("true", "false"),
}

_PARAMETERS: Final = {MONEY: "some_money", RATIO: "base_rate", COUNT: "some_count",
                      POINTS: "some_points", DAYS: "some_days"}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A column that can be read on the rows at hand, by this name."""

    name: str
    unit: str


@dataclass
class Phrases:
    """Writes expressions for rows on which these names can be read."""

    random: Random
    names: Sequence[Named]
    tables: bool = True
    subject: bool = False
    """True where `target(sales)` may be asked: on rows of a subject and a period."""
    trees: Sequence[str] = field(default_factory=tuple)
    """Conditions that ask where a key of the row stands in a tree."""
    _is_anchored: bool = False
    """Whether no bare number may stand where a value is read."""

    def of(self, unit: str, depth: int = 2) -> str:
        """An expression of a unit."""
        makers = {
            MONEY: self._money,
            RATIO: self._ratio,
            COUNT: self._count,
            POINTS: self._points,
            DAYS: self._days,
            TEXT: self._text,
            DATE: self._date,
            TRUTH: self._truth,
        }
        if depth <= 0 or self.random.random() < 0.12:
            return self._leaf(unit)
        return makers[unit](depth - 1)

    def name(self, unit: str) -> str | None:
        """A column of that unit."""
        found = [one.name for one in self.names if one.unit == unit]
        return self.random.choice(found) if found else None

    def _leaf(self, unit: str) -> str:
        name = self.name(unit)
        if name is not None and (self._is_anchored or self.random.random() < 0.8):
            return name
        if self._is_anchored and unit in _PARAMETERS:
            return _PARAMETERS[unit]
        return self.random.choice(_LITERALS[unit])

    def anchored(self, unit: str, depth: int) -> str:
        """An expression that is sure to have the unit: a bare number takes any."""
        outer, self._is_anchored = self._is_anchored, True
        try:
            is_plain = depth <= 0 or self.random.random() < 0.6
            return self._leaf(unit) if is_plain else f"({self.of(unit, depth - 1)})"
        finally:
            self._is_anchored = outer

    def _common(self, unit: str, depth: int) -> str | None:
        own, other = self.anchored(unit, depth), self.of(unit, depth)
        choice = self.random.randrange(12)
        match choice:
            case 0:
                return f"if({self.of(TRUTH, depth)}, {own}, {other})"
            case 1:
                return f"if_missing({own}, {other})"
            case 2 if unit in NUMBERS:
                return f"{self.random.choice(('min', 'max'))}({own}, {other})"
            case 3 if unit in NUMBERS:
                return f"clamp({own}, {self.random.choice(_LITERALS[unit])}, {other})"
            case 4 if unit in NUMBERS:
                return f"abs({own})"
            case 5 if unit in NUMBERS:
                return f"({own} {self.random.choice('+-')} {other})"
            case 6 if unit in (MONEY, RATIO, POINTS):
                step = self.random.choice(("0.01", "1", "0.5", "500"))
                mode = self.random.choice(("", ", 'down'", ", 'up'", ", 'floor'", ", 'half_up'"))
                return f"round({own}, {step}{mode})"
            case 7:
                condition = self.of(TRUTH, depth)
                return f"if({condition}, {own}, not_applicable('left_out'))"
            case 8 if self.random.random() < 0.4:
                what = self.random.choice(("no_data('unknown')", "undefined()"))
                return f"if({self.of(TRUTH, depth)}, {own}, {what})"
        return None

    def _money(self, depth: int) -> str:
        common = self._common(MONEY, depth)
        if common is not None:
            return common
        money = self.anchored(MONEY, depth)
        choice = self.random.randrange(10)
        if choice == 0:
            return f"{money} * {self.of(RATIO, depth)}"
        if choice == 1:
            return f"{money} * {self.anchored(COUNT, depth)}"
        if choice == 2:
            return f"({money} / {self.anchored(COUNT, depth)})"
        if choice == 3 and self.subject:
            return self.random.choice(("target(sales)", "target(sales)", "target(sales, quarter)"))
        if choice == 4 and self.tables:
            reading = self.random.choice(("whole", "marginal"))
            more = f", {self.of(MONEY, 0)}" if reading == "whole" and depth % 2 else ""
            return f"{reading}({self.random.choice(('rates', 'upper_rates'))}, {money}{more})"
        if choice == 5 and self.tables:
            return self.random.choice(
                (
                    f"fill(awards, {money})",
                    f"curve(pay_curve, {money})",
                )
            )
        if choice == 8 and self.tables:
            plane = self.random.choice(("plane", "dated_plane"))
            return f"curve({plane}, {money}, {self.anchored(RATIO, depth)})"
        if choice == 9:
            return f"{money} * {self.anchored(DAYS, depth)} / 30"
        if choice == 6:
            parts = ", ".join(self.of(MONEY, depth - 1) for _ in range(3))
            return f"overlap({money}, {parts})"
        return f"({money} - {self.of(MONEY, depth)})"

    def _ratio(self, depth: int) -> str:
        common = self._common(RATIO, depth)
        if common is not None:
            return common
        choice = self.random.randrange(7)
        if choice <= 1:
            below = self.anchored(MONEY, depth)
            if self.subject and self.random.random() < 0.5:
                below = "target(sales)"
            return f"{self.anchored(MONEY, depth)} / {below}"
        if choice == 2:
            call = self.random.choice(("growth", "ratio_of"))
            return f"{call}({self.anchored(MONEY, depth)}, {self.anchored(MONEY, depth)})"
        if choice == 3 and self.tables:
            table = self.random.choice(("rates", "upper_rates", "dated_rates", "dated_rates"))
            return f"value({table}, {self.anchored(MONEY, depth)})"
        if choice == 4 and self.tables and self.name(TEXT):
            grid = self.random.choice(("grid", "dated_grid"))
            return f"value({grid}, {self.anchored(MONEY, depth)}, {self.name(TEXT)})"
        if choice == 5:
            return f"{self.anchored(RATIO, depth)} * {self.of(RATIO, depth)}"
        return self.random.choice(("base_rate", "dated_rate", self._leaf(RATIO)))

    def _count(self, depth: int) -> str:
        common = self._common(COUNT, depth)
        if common is not None:
            return common
        count = self.anchored(COUNT, depth)
        choice = self.random.randrange(8)
        if choice == 0:
            how = self.random.choice(("floor", "ceil"))
            return f"{how}({count} * {self.of(RATIO, depth)})"
        if choice == 1:
            return f"mod({count}, {self.random.choice(('3', '7'))})"
        if choice == 2:
            return f"{count} * {self.anchored(COUNT, depth)}"
        if choice == 3 and self.name(DATE):
            part = self.random.choice(("year", "quarter", "month", "day", "day_of_week"))
            return f"{part}({self.name(DATE)})"
        if choice == 4 and self.name(DATE):
            span = self.random.choice(("months_between", "years_between"))
            return f"{span}({self.name(DATE)}, {self.of(DATE, 0)})"
        if choice == 5 and self.name(TEXT):
            return f"length({self.name(TEXT)})"
        if choice == 6:
            return f"sign({self.anchored(self.random.choice(NUMBERS), depth)})"
        return f"power({count}, {self.random.choice(('2', '3', '0'))})"

    def _points(self, depth: int) -> str:
        common = self._common(POINTS, depth)
        if common is not None:
            return common
        choice = self.random.randrange(4)
        if choice == 0 and self.tables:
            marks = self.random.choice(("marks", "more_marks", "dated_marks", "dated_marks"))
            return f"value({marks}, {self.of(TEXT, depth)})"
        if choice == 1 and self.tables:
            if self.random.random() < 0.3:
                return f"curve(dated_curve, {self.anchored(MONEY, depth)})"
            return f"curve(score_curve, {self.anchored(RATIO, depth)})"
        if choice == 2:
            return f"{self.anchored(POINTS, depth)} * {self.of(RATIO, depth)}"
        return f"({self.anchored(POINTS, depth)} / {self.anchored(COUNT, depth)})"

    def _days(self, depth: int) -> str:
        name = self.name(DATE)
        if name is None:
            return self._leaf(DAYS)
        return self.random.choice(
            (
                f"({name} - {self.of(DATE, 0)})",
                f"days_between({name}, {self.of(DATE, 0)})",
                f"overlap({name}, {name} + 20, {self.of(DATE, 0)}, 2026-06-01)",
            )
        )

    def _text(self, depth: int) -> str:
        choice = self.random.randrange(6)
        if choice == 0 and self.tables:
            return f"value(bands, {self.anchored(RATIO, depth)})"
        if choice >= 4:
            return self._spelled(self.anchored(TEXT, depth))
        if choice == 1:
            return f"if({self.of(TRUTH, depth)}, {self._leaf(TEXT)}, {self._leaf(TEXT)})"
        if choice == 2:
            return f"if_missing({self.anchored(TEXT, depth)}, '无')"
        return self._leaf(TEXT)

    def _spelled(self, text: str) -> str:
        return self.random.choice(
            (
                f"concat({text}, '-', {text})", f"left({text}, 1)", f"right({text}, 2)",
                f"upper({text})", f"lower({text})", f"replace({text}, '品', 'P')",
                f"trim(concat(' ', {text}, ' '))",
            )
        )  # fmt: skip

    def _date(self, depth: int) -> str:
        name = self.name(DATE)
        if name is None:
            return self._leaf(DATE)
        edge = self.random.choice(
            ("month_start", "month_end", "quarter_start", "quarter_end", "year_start", "year_end")
        )
        return self.random.choice(
            (
                name, f"{edge}({name})", f"{edge}({name})", f"{edge}({name})",
                f"add_days({name}, 3)", f"add_months({name}, 1)", f"add_years({name}, -1)",
                f"date(year({name}), month({name}), 31)", f"({name} + 7)",
            )
        )  # fmt: skip

    def _truth(self, depth: int) -> str:
        choice = self.random.randrange(13)
        if choice <= 4:
            unit = self.random.choice((MONEY, RATIO, COUNT, POINTS, DATE))
            sign = self.random.choice(("<", "<=", ">", ">=", "=", "<>"))
            return f"{self.anchored(unit, depth)} {sign} {self.of(unit, depth)}"
        if choice == 5:
            word = self.random.choice(("and", "or"))
            return f"({self.of(TRUTH, depth)} {word} {self.of(TRUTH, depth)})"
        if choice == 6:
            return f"not ({self.of(TRUTH, depth)})"
        if choice == 7:
            asked = self.random.choice(("is_missing", "is_missing", "is_applicable"))
            return f"{asked}({self.anchored(self.random.choice(NUMBERS), depth)})"
        if choice == 8 and self.name(TEXT):
            word = self.random.choice(("in", "in", "not in"))
            return f"{self.name(TEXT)} {word} ('冷饮', 'A', '东')"
        if choice == 9 and self.name(TEXT):
            test = self.random.choice(("starts_with", "ends_with", "contains", "matches"))
            sought = "'?品'" if test == "matches" else "'品'"
            return f"{test}({self.name(TEXT)}, {sought})"
        if choice >= 11 and self.trees:
            return self.random.choice(self.trees)
        return self._leaf(TRUTH)
