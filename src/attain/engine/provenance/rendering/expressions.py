"""Expressions in words (by the names of columns) and with the values put in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import repeat
from typing import Final

from attain.core.units import Type, Unit
from attain.engine.provenance.model import Cell, Step, TableRead
from attain.engine.provenance.rendering.owners import is_of_other, owned, read_from_several
from attain.engine.provenance.rendering.phrases import say
from attain.engine.provenance.rendering.values import MINUS, bracketed, shown, shown_within
from attain.engine.provenance.rendering.viewing import Viewer
from attain.engine.provenance.rendering.worked import worked
from attain.engine.provenance.tables import said_inputs
from attain.expressions.functions import registry
from attain.expressions.results import Absent

_STRENGTH: Final = {
    "or": 1, "and": 2, "not": 3, "=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, "in": 4,
    "not in": 4, "+": 5, "-": 5, "*": 6, "/": 6,
}  # fmt: skip
_SIGNS: Final = {"*": "×", "/": "÷", "-": "−", ">=": "≥", "<=": "≤", "<>": "≠"}
_CHINESE: Final = {"and": "且", "or": "或", "not": "非", "in": "属于", "not in": "不属于"}
_COMPARING: Final = frozenset({"=", "<>", "<", "<=", ">", ">=", "in", "not in"})
_ASKING: Final = frozenset({"is_missing", "is_applicable"})
"""Functions that ask whether there is a value."""
_OPERATED: Final = (" + ", " − ", " × ", " ÷ ")
_UNTIL: Final = "period_until"
"""The column of a period that its last day is worked out from."""
_UNARY: Final = 7
_ATOM: Final = 9


def in_words(step: Step, viewer: Viewer, names: Mapping[Cell, str] | None = None) -> str:
    """The rule with the names of its columns; `names` are those of hidden steps."""
    printer = _Printer(viewer, values=False, names=names or {})
    printer.shared = read_from_several(step, printer.name)
    return printer.text(unrounded(step))


def with_values(step: Step, viewer: Viewer, *, alone: bool = False) -> str:
    """The rule with the values of this row; of an `if` only what was taken.

    `alone` says that no answer follows: a condition that is yes or no says which.
    """
    printer = _Printer(viewer, values=True, names={})
    printer.alone, printer.shared = alone, read_from_several(step, printer.name)
    return printer.text(unrounded(step))


class _Printer:
    """Prints steps; brackets stand only where the order of operators needs them."""

    def __init__(self, viewer: Viewer, *, values: bool, names: Mapping[Cell, str]) -> None:
        self.viewer = viewer
        self.values = values
        self.names = names
        self.alone = False
        """Whether no answer stands behind what is printed."""
        self.shared: frozenset[str] = frozenset()
        """Names of columns that are read from several rows, and need to say from which."""

    def text(self, step: Step, strength: int = 0) -> str:
        printed, own = self._printed(step)
        return f"({printed})" if own < strength else printed

    def _printed(self, step: Step) -> tuple[str, int]:
        if (called := self._as_called(step)) is not None:
            return called, _ATOM
        match step.what:
            case "narrow":
                return self._printed(step.operands[0])
            case "round":
                return self._rounded(step), _ATOM
            case "operate":
                return self._operated(step), _own_strength(step)
            case "apply":
                return self._applied(step)
            case "reference":
                return self._referred(step)
            case "read":
                return self._read(step)
            case "dated":
                return self._dated(step)
            case "missing" if step.value is None:
                # Not reached here, but the rule says what it would be.
                return self.viewer.reason(step.name), _ATOM
            case "constant" if step.labels and not self.values:
                return self._named(step), _ATOM
        return self._value(step), _ATOM

    def _as_called(self, step: Step) -> str | None:
        """What a rule calls by a name and the engine works out from more: ceil, mod, a last day."""
        if step.what != "operate":
            return None
        if (inner := _raised(step)) is not None:
            return self._called("ceil", inner, _down(step.operands[0]).name)
        if (parts := _remainder(step)) is not None:
            return f"{self._function('mod')}({', '.join(map(self.text, parts))})"
        if _is_last_day(step):
            return self._value(step) if self.values else say("last_day", self.viewer.language)
        return None

    def _referred(self, step: Step) -> tuple[str, int]:
        if step.is_hidden and step.operands:
            return self._printed(step.operands[0])
        if self.values:
            return self._value(step), _ATOM
        text = self._named(step)
        is_rule = step.cell in self.names and any(sign in text for sign in _OPERATED)
        return text, _STRENGTH["+"] if is_rule else _ATOM

    def _dated(self, step: Step) -> tuple[str, int]:
        """A parameter by its name; of a table the version in force, as it was read."""
        if len(step.operands) > 1 and _down(step.operands[1]).what == "read":
            return self._printed(step.operands[1])
        return (self._value(step) if self.values else self._named(step)), _ATOM

    def _operated(self, step: Step) -> str:
        own = _own_strength(step)
        if len(step.operands) == 1:
            return self._single(step, own)
        if self.values and step.name in ("and", "or"):
            return self._decided(step, own)
        if step.name in ("in", "not in"):
            return self._listed(step, own)
        if self.values and step.name in _COMPARING:
            return self._compared(step, own)
        head, *tail = map(_year_plain, repeat(step), step.operands)
        # On the right of − and ÷ equal operators need brackets, too.
        inner = own + 1 if step.name in ("-", "/") else own
        parts = [self._quoted(head, own), *(bracketed(self._quoted(one, inner)) for one in tail)]
        return f" {self._operator(step.name)} ".join(parts)

    def _compared(self, step: Step, own: int) -> str:
        """Values beside the names of what is compared: 2 = 3 says nothing, months (2) = 3 does."""
        head, *tail = map(_year_plain, repeat(step), step.operands)
        is_said = _is_met_by_name(step)
        first = self._by_name(head, own) if is_said else self._with_name(head, own)
        parts = [first, *(bracketed(self._with_name(one, own)) for one in tail)]
        return f" {self._operator(step.name)} ".join(parts)

    def _with_name(self, step: Step, strength: int) -> str:
        """A column and its value, 旬销量（50）; of all else the values alone."""
        value = self._quoted(step, strength)
        inner = _down(step)
        if not (self.values and _is_named(inner)):
            return value
        name = self._named(inner)
        return f"{name}（{value}）" if self.viewer.language == "zh-Hans" else f"{name} ({value})"

    def _quoted(self, step: Step, strength: int = 0) -> str:
        """An operand; a text that is put in stands in quotation marks, as written texts do."""
        text = self.text(step, strength)
        is_put_in = self.values and step.type.unit is Unit.text and text == step.value
        return f"“{text}”" if is_put_in else text

    def _single(self, step: Step, own: int) -> str:
        """not x, −x; of a negative number what it becomes is bracketed, and nothing is no −0."""
        inner = step.operands[0]
        if step.name != "-":
            return f"{self._operator(step.name)} {self._answered(inner, own)}"
        text = self.text(inner, own)
        if self.values and inner.value == 0 and text == self._value(inner):
            return text
        if text.startswith("≈") and text == self._value(inner):
            return f"≈{MINUS}{bracketed(text[1:])}"
        return f"{MINUS}{bracketed(text)}"

    def _listed(self, step: Step, own: int) -> str:
        """One of several; of a single one that it is the same."""
        head, *others = step.operands
        first, listed = self._with_name(head, own + 1), [self._quoted(one) for one in others]
        if len(listed) == 1:
            return f"{first} {'=' if step.name == 'in' else '≠'} {listed[0]}"
        if self.viewer.language == "zh-Hans":
            return f"{first} {self._operator(step.name)}（{'、'.join(listed)}）"
        return f"{first} {self._operator(step.name)} ({', '.join(listed)})"

    def _decided(self, step: Step, own: int) -> str:
        """Of conditions that hold together, those by which it was decided: one false is enough."""
        deciding = [one for one in step.operands if one.value is (step.name == "or")]
        asked = deciding or step.operands
        outside, self.alone = self.alone, self.alone or len(asked) > 1
        parts = [self._with_answer(one, own) for one in asked]
        self.alone = outside
        return f" {self._operator(step.name)} ".join(parts)

    def _with_answer(self, step: Step, own: int) -> str:
        """A condition among others; of one whose numbers say nothing its name and its answer."""
        inner = _down(step.operands[0]) if step.name == "not" else _down(step)
        if inner.type.unit is not Unit.boolean or inner.what == "constant":
            return self.text(step, own)
        answer = self._value(inner)
        if self.text(inner) != answer:
            return self.text(step, own)
        return f"{self._by_name(inner)} = {answer}" if self.alone else self._by_name(step, own)

    def _by_name(self, step: Step, own: int = 0) -> str:
        printer = _Printer(self.viewer, values=False, names=self.names)
        printer.shared = self.shared
        return printer.text(step, own)

    def _answered(self, step: Step, own: int) -> str:
        """What is denied: by its name where it has one, for yes and no say nothing."""
        is_named = self.values and step.what == "reference" and _is_named(step)
        return self._by_name(step, own) if is_named else self.text(step, own)

    def _rounded(self, step: Step) -> str:
        """A rounding inside a formula: floor(x), round(x, 0.01); the outermost is told apart."""
        if step.mode == "floor":
            return self._called("floor", step.operands[0], step.name)
        if step.mode in (None, "half_up"):
            return self._called("round", step.operands[0], step.name)
        if self.viewer.language == "zh-Hans":
            said = say(f"round_{step.mode}", self.viewer.language, step=step.name)
            return f"（{self.text(step.operands[0])}，{said}）"
        return self._called("round", step.operands[0], step.name, f", '{step.mode}'")

    def _called(self, function: str, inner: Step, unit: str, mode: str = "") -> str:
        step = f", {unit}" if unit != "1" or mode else ""
        return f"{self._function(function)}({self.text(inner)}{step}{mode})"

    def _function(self, name: str) -> str:
        function = registry.function(name)
        chinese = self.viewer.language == "zh-Hans" and function.aliases
        return function.aliases[0] if chinese else name

    def _operator(self, name: str) -> str:
        if self.viewer.language == "zh-Hans" and name in _CHINESE:
            return _CHINESE[name]
        return _SIGNS.get(name, name)

    def _applied(self, step: Step) -> tuple[str, int]:
        if self.values and step.name == "if":
            taken = next((one for one in step.operands[1::2] if one.was_asked), None)
            return self._taken(step, step.operands[-1] if taken is None else taken)
        if self.values and step.name == "if_missing":
            # What stands in for a value that may be missing is shown only if it did.
            return self._taken(step, next(filter(_has_value, step.operands), step))
        name = self._function(step.name)
        # Of what is missing the name says more than that it is.
        is_by_name = self.values and step.name in _ASKING
        said = [self._by_name(one) if is_by_name else self._quoted(one) for one in step.operands]
        # Of a parameter, somebody's own value comes before everybody's, under one name.
        is_one = step.name == "if_missing" and said[0] == said[-1]
        return (said[0] if is_one else f"{name}({', '.join(said)})"), _ATOM

    def _taken(self, step: Step, taken: Step) -> tuple[str, int]:
        """What was chosen, with the brackets it needs where it stands; its value if nothing was."""
        is_taken = taken is not step and taken.was_asked
        return self._printed(taken) if is_taken else (self._value(step), _ATOM)

    def _read(self, step: Step) -> tuple[str, int]:
        table = step.table
        assert table is not None
        if not self.values:
            return self._table_named(table), _ATOM
        if (sum_ := worked(table, self.viewer)) is not None:
            return sum_, 5
        if table.reading == "whole":
            rest = table.otherwise if table.is_otherwise else None
            rate = next((band.value for band in table.bands if band.is_hit), rest)
            amount = table.amount or table.inputs[0]
            if rate is not None:
                shown_rate = shown(rate, table.value_type, self.viewer)
                return f"{self.text(amount, 6)} × {shown_rate}", 6
        return self._value(step), _ATOM

    def _table_named(self, table: TableRead) -> str:
        inputs = ", ".join(self.text(one) for one in (*table.chosen, *said_inputs(table)))
        amount = self.text(table.amount or table.inputs[0], 6)
        phrase = f"reading_{table.reading}"
        name = self.viewer.tables.get(table.name, table.name)
        return say(phrase, self.viewer.language, table=name, input=inputs, amount=amount)

    def _named(self, step: Step) -> str:
        label = self.name(step)
        if step.row == "previous":
            return say("before", self.viewer.language, column=label)
        # Values of somebody's own, `rate(seller)`, are all the same parameter's.
        is_told = "(" not in step.row and (label in self.shared or is_of_other(step.row))
        return owned(label, step.row, self.viewer) if is_told else label

    def name(self, step: Step) -> str:
        """What a column is called, wherever its row is."""
        label = step.labels.get(self.viewer.language) if step.labels else step.name
        if step.type.unit is Unit.boolean and (step.form or "").startswith("incentives/"):
            # Its label says why nothing is paid, and not what is asked.
            label = say("condition", self.viewer.language)
        label = self.names.get(step.cell, label) if step.cell is not None else label
        is_inner = step.is_hidden and step.labels is None and label == step.name and "__" in label
        return say("inner", self.viewer.language) if is_inner else label

    def _value(self, step: Step) -> str:
        if step.what == "constant" and step.type.unit is Unit.text:
            return f"“{step.value}”"
        return shown_within(step.value, step.type, self.viewer)


def _year_plain(whole: Step, step: Step) -> Step:
    """A year beside year(...) is written 2026, as everybody writes it, and not 2,026."""
    others = (_down(one) for one in whole.operands)
    is_year = any(one.what == "apply" and one.name == "year" for one in others)
    if is_year and step.what == "constant" and isinstance(step.value, Fraction):
        return replace(step, type=Type(Unit.key), value=str(step.value))
    return step


def _is_met_by_name(step: Step) -> bool:
    """Whether something is what it was compared with: “A” = “A” and 1 = 1 say nothing."""
    if step.name != "=" or step.value is not True:
        return False
    first, other = map(_down, step.operands)
    return _is_named(first) and other.what == "constant"


def _is_named(step: Step) -> bool:
    """Whether a step is a column, or a parameter, that readers know by name."""
    if step.what == "dated":
        return len(step.operands) < 2 or _down(step.operands[1]).what != "read"
    return step.what == "reference" and not (step.is_hidden and step.labels is None)


def _down(step: Step) -> Step:
    """Past what storage narrows."""
    while step.what == "narrow":
        step = step.operands[0]
    return step


def _raised(step: Step) -> Step | None:
    """What is rounded up, where a formula is the negative of the floor of a negative."""
    if step.name != "-" or len(step.operands) != 1:
        return None
    floor = _down(step.operands[0])
    if floor.what != "round" or floor.mode != "floor":
        return None
    below = _down(floor.operands[0])
    is_negative = below.what == "operate" and below.name == "-" and len(below.operands) == 1
    return below.operands[0] if is_negative else None


def _remainder(step: Step) -> tuple[Step, Step] | None:
    """What is divided and by what, where a formula takes away the whole times: mod(x, 3)."""
    times = _down(step.operands[-1])
    if step.name != "-" or len(step.operands) != 2 or times.name != "*":
        return None
    by, floor = times.operands[0], _down(times.operands[-1])
    if floor.what != "round" or (floor.mode, floor.name) != ("floor", "1"):
        return None
    whole = _down(floor.operands[0])
    is_same = whole.name == "/" and whole.operands == (step.operands[0], by)
    return (step.operands[0], by) if is_same else None


def _is_last_day(step: Step) -> bool:
    """Whether a formula says `period_end`: the day after the period less one day."""
    after, *less = step.operands
    return step.name == "-" and after.name == _UNTIL and [one.value for one in less] == [1]


def unrounded(step: Step) -> Step:
    """A whole formula without its outermost rounding, which is told apart."""
    while step.what in ("narrow", "round"):
        step = step.operands[0]
    return step


def read_at(step: Step, viewer: Viewer) -> str | None:
    """The cell of a table that was read, by what was looked up: prizes[3]."""
    while step.what == "apply" and step.name in ("if", "if_missing"):
        there = (one for one in step.operands if one.table is not None and _has_value(one))
        found = next(there, None)
        if found is None:
            return None
        step = found
    table = step.table
    if table is None or table.reading != "value" or isinstance(step.value, Absent):
        return None
    inputs = ", ".join(with_values(one, viewer) for one in said_inputs(table))
    name = viewer.tables.get(table.name, table.name)
    return say("reading_value", viewer.language, table=name, input=inputs, amount="")


def _has_value(step: Step) -> bool:
    return step.was_asked and step.value is not None and not isinstance(step.value, Absent)


def _own_strength(step: Step) -> int:
    if len(step.operands) == 1 and step.name == "-":
        return _UNARY
    return _STRENGTH[step.name]
