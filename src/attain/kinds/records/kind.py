"""A record type made ready for work: its life cycle, its formulas, its rules for values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from attain.core.errors import Problem
from attain.core.labels import Labels
from attain.core.periods.working_days import WeekdayWorkingDays, WorkingDays
from attain.core.rounding import narrow
from attain.kinds.conditions import Held, Written
from attain.kinds.deadlines import Values
from attain.kinds.models import Action, Field, Gate, LifeCycle
from attain.kinds.records import limits, patterns, schedule, tables
from attain.kinds.records.days import Length
from attain.kinds.records.fields import FieldSpec
from attain.kinds.records.frames import Frame
from attain.kinds.records.models import RecordType
from attain.kinds.records.schedule import Due, Expectation, Last, Telling
from attain.kinds.relations import CLOCK

Row = Mapping[str, object]
_NONE: Mapping[str, object] = MappingProxyType({})
_NO_DAYS: Last = MappingProxyType({})
WEEKDAYS: Final[WorkingDays] = WeekdayWorkingDays()


@dataclass(frozen=True)
class Kind:
    """One record type, compiled. Values are exact: Decimals, dates, texts, tuples of these.

    Every method that takes `values` also takes a whole `scope`; what is not in it is missing.
    """

    type: RecordType
    cycle: LifeCycle
    names: Mapping[str, Field]
    """Everything its expressions may use."""
    formulas: Mapping[str, Written]
    """The computed fields, each after those it uses."""
    row_formulas: Mapping[str, Mapping[str, Written]]
    """For each table, the computed fields of a row."""
    defaults: Mapping[str, Written]
    row_defaults: Mapping[str, Mapping[str, Written]]
    """For each table, the first values of a new row."""
    conditions: Mapping[str, Held]
    """When a field is shown, by field."""
    sections: tuple[Held | None, ...]
    """When each section of the form is shown."""
    checks: tuple[Gate, ...]
    bounds: Mapping[str, tuple[object, object]]
    """The least and the most of a field: a number, a day, a day counted from another, or None."""
    allowance_limits: Mapping[str, Written]
    """How much there is of each allowance."""
    rhythms: Mapping[str, tuple[tuple[Held | None, Length], ...]]
    """For each cadence, how often under which condition."""
    reminding: Mapping[str, Held]
    """When a reminder holds, for those that say so."""
    followed: frozenset[str] = field(default_factory=frozenset)
    """The fields whose record expressions look into: `campaign.state`."""

    # --- what it is ---

    @property
    def name(self) -> str:
        return self.type.record

    @property
    def label(self) -> Labels:
        return self.type.label

    @property
    def fields(self) -> Mapping[str, FieldSpec]:
        return self.type.fields

    def field(self, name: str) -> FieldSpec:
        """
        :raises KeyError: no such field.
        """
        return self.type.fields[name]

    @property
    def open_fields(self) -> tuple[FieldSpec, ...]:
        """The fields that are not confidential."""
        return tuple(one for one in self.type.fields.values() if one.confidential is None)

    @property
    def secret_fields(self) -> tuple[FieldSpec, ...]:
        return tuple(one for one in self.type.fields.values() if one.confidential is not None)

    @property
    def action_fields(self) -> frozenset[str]:
        """The fields that actions write or ask for: who approved, how much."""
        found: set[str] = set()
        for action in self.type.actions.values():
            found.update(action.asks)
            found.update(one.set_ or one.into or "" for one in action.effects)
        return frozenset(found) & frozenset(self.type.fields)

    @property
    def form_fields(self) -> tuple[str, ...]:
        """The fields somebody fills in when making or changing a record: those of the declared
        form and of quick entry, and all required ones; without a form all but computed fields
        and those that only actions write."""
        views, actions = self.type.views, self.action_fields
        asked = {name for section in views.form for name in section.fields} | {*views.quick}
        return tuple(
            name
            for name, spec in self.type.fields.items()
            if not spec.is_computed
            and (spec.required or name in asked or (not views.form and name not in actions))
        )

    @property
    def protected_fields(self) -> frozenset[str]:
        """The fields that nobody may write but through an action."""
        return self.action_fields - frozenset(self.form_fields)

    def is_locked(self, state: str) -> bool:
        """Whether fields cannot be changed in a state; one that is gone locks, too."""
        found = self.type.life.get(state)
        return found is None or found.locked

    def is_final(self, state: str) -> bool:
        found = self.type.life.get(state)
        return found is not None and found.final

    def clock_actions(self, state: str) -> tuple[Action, ...]:
        """The actions the product takes by itself when their day has come."""
        return tuple(
            action
            for action in self.cycle.actions_from(state)
            if any(CLOCK in who.words for who in action.by)
        )

    # --- values ---

    def scope(self, values: Values, frame: Frame) -> dict[str, object]:
        """Everything expressions, deadlines and gates speak of, with empty ones as None.

        :raises AttainError: CALENDAR_DAY_UNKNOWN where working days are not announced.
        """
        found = self._with_sums(self.computed({**frame.own(), **self._open(values)}))
        found.update(self._allowances(frame, found))
        for name in self.followed:
            for own, value in frame.related.get(name, _NONE).items():
                found[f"{name}.{own}"] = value
        state = self.type.life.get(frame.state)
        found["due"] = state.due.on(found, frame.working_days) if state and state.due else None
        return found

    def complete(self, values: Values, known: Values = _NONE) -> dict[str, object]:
        """Values with the defaults of what is not given; `known` is what the day and the author
        give (`Frame.known()`). What is given as None stays empty."""
        found = self._open(values)
        for name, default in self.defaults.items():
            if name not in values:
                given = default({**known, **self._with_sums(found)})
                if given is not None:
                    found[name] = self._fitted(self.field(name), given)
        for table, defaults in self.row_defaults.items():
            if rows := tables.rows_of(found.get(table)):
                new = self._new_row(table, defaults, {**known, **found})
                found[table] = tuple({**new, **row} for row in rows)
        return found

    def new_row(self, table: str, known: Values = _NONE) -> dict[str, object]:
        """The first values of a new row of a table."""
        return self._new_row(table, self.row_defaults.get(table, {}), known)

    def _new_row(
        self, table: str, defaults: Mapping[str, Written], known: Values
    ) -> dict[str, object]:
        columns, scope = self.field(table).fields, self._with_sums(known)
        given = {name: self._fitted(columns[name], one(scope)) for name, one in defaults.items()}
        return {name: value for name, value in given.items() if value is not None}

    def computed(self, values: Values) -> dict[str, object]:
        """Values with the computed fields, of rows as well, worked out anew."""
        found = dict(values)
        for table, formulas in self.row_formulas.items():
            columns = self.field(table).fields
            rows = tuple(
                self._row(row, formulas, columns) for row in tables.rows_of(found.get(table))
            )
            found[table] = rows or None
        for name, formula in self.formulas.items():
            found[name] = self._fitted(self.field(name), formula(self._with_sums(found)))
        return found

    def problems(self, values: Values, working_days: WorkingDays = WEEKDAYS) -> list[Problem]:
        """What is wrong with the values: empty, too much, too long, not among the choices; once
        each is in order, the checks they must fulfil together."""
        found = list(limits.problems(self, values, working_days))
        return found or list(limits.failed_checks(self, self._with_sums(values)))

    def value_problems(self, field: str, value: object, values: Values = _NONE) -> list[Problem]:
        """What is wrong with one value, of a confidential field, too."""
        return list(limits.of_field(self, self.field(field), value, values, WEEKDAYS))

    def is_shown(self, field: str, values: Values) -> bool:
        """Whether a field is asked for. Where data are missing to tell, it is not."""
        condition = self.conditions.get(field)
        return condition is None or condition(self._with_sums(values)) is True

    def shown_fields(self, values: Values) -> frozenset[str]:
        """The fields that are asked for, confidential ones among them."""
        scope = self._with_sums(values)
        return frozenset(
            name
            for name in self.type.fields
            if name not in self.conditions or self.conditions[name](scope) is True
        )

    def is_section_shown(self, section: int, values: Values) -> bool:
        """Whether a section of the form is asked for."""
        condition = self.sections[section]
        return condition is None or condition(self._with_sums(values)) is True

    # --- time ---

    def due(
        self, scope: Values, last: Last = _NO_DAYS, working_days: WorkingDays = WEEKDAYS
    ) -> Due:
        """The last days of a record: of its state, and of each cadence by the last day it was
        done.

        :raises AttainError: CALENDAR_DAY_UNKNOWN where working days are not announced.
        """
        return schedule.due_of(self, scope, last, working_days)

    def reminders(
        self,
        scope: Values,
        day: date,
        last: Last = _NO_DAYS,
        working_days: WorkingDays = WEEKDAYS,
    ) -> list[Telling]:
        """Who is to be told on a day, once for each key: reminders, escalations of the state,
        cadences. What came up on an earlier day and still matters is among it."""
        return list(schedule.tellings(self, scope, day, last, working_days))

    def countdowns(self, scope: Values, day: date) -> dict[str, int]:
        """Days left until the dates whose reminder counts down, by reminder."""
        return schedule.countdowns(self, scope, day)

    def clock_days(
        self, scope: Values, working_days: WorkingDays = WEEKDAYS
    ) -> list[tuple[Action, date]]:
        """What the product does by itself, each with the first day on which it does."""
        return list(schedule.clock_days(self, scope, working_days))

    def expected(
        self, first: date, last: date, working_days: WorkingDays = WEEKDAYS
    ) -> list[Expectation]:
        """What has to be handed in between two days, both included, by its last day."""
        found = [
            one
            for name, declared in self.type.expected.items()
            for one in schedule.expectations(name, declared, first, last, working_days)
        ]
        return sorted(found, key=lambda one: (one.due, one.name))

    # --- names ---

    def number(self, day: date, n: int) -> str:
        """The n-th number of its series."""
        return patterns.number_of(self.type.number_pattern, day, n)

    def number_scope(self, day: date) -> str:
        """What n counts within: `2026`, `2026-11`, `2026-11-22`, or nothing for all time."""
        return patterns.scope_of(self.type.number_pattern, day)

    def title(self, values: Values, shown: Mapping[str, str]) -> str:
        """The title, from what readers see of each field; the number where it stays empty."""
        number = shown.get("number") or str(values.get("number") or "")
        pattern = self.type.title
        return (patterns.filled(pattern, shown) if pattern else "") or number

    # --- within ---

    def _open(self, values: Values) -> dict[str, object]:
        """The values of its open fields, empty ones as None."""
        return {
            one.name: empty_as_none(values[one.name])
            for one in self.open_fields
            if one.name in values
        }

    def _with_sums(self, values: Values) -> dict[str, object]:
        found = {name: tables.as_value(value) for name, value in values.items()}
        for name in self.names:
            if name.endswith(")") and name not in found:
                found[name] = tables.aggregate(name, values)
        return found

    def _row(
        self, row: Row, formulas: Mapping[str, Written], columns: Mapping[str, FieldSpec]
    ) -> Row:
        found = dict(row)
        for name, formula in formulas.items():
            found[name] = self._fitted(columns[name], formula(found))
        return found

    def _fitted(self, spec: FieldSpec, value: object) -> object:
        """A worked out number with the decimals its field has, half up."""
        return narrow(value, spec.accepted_scale) if isinstance(value, Decimal) else value

    def _allowances(self, frame: Frame, values: Values) -> Iterator[tuple[str, object]]:
        for name in self.type.allowances:
            balance = frame.allowances.get(name)
            yield f"{name}_limit", balance.limit if balance else self.allowance_limits[name](values)
            yield f"{name}_reserved", balance.reserved if balance else Decimal(0)
            yield f"{name}_spent", balance.spent if balance else Decimal(0)
            yield f"{name}_left", balance.left if balance else self.allowance_limits[name](values)


def empty_as_none(value: object) -> object:
    """A value, None for every way of being empty."""
    return None if value in (None, "", (), []) else value
