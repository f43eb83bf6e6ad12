"""What may happen between two runs to the data and the rules of a random plan.

Whatever happens, the rows stay rows of their datasets: a cell takes a value that another row
has in its column, a row comes twice under another key, somebody leaves, a table gets a version.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import Any, Final

from trials.trial import Trial
from trials.world import World

Row = dict[str, Any]

KEYS: Final[Mapping[str, frozenset[str]]] = {
    "orders": frozenset({"order_id"}),
    "visits": frozenset({"visit_id"}),
    "receipts": frozenset({"receipt_id"}),
    "receipts_by_hand": frozenset({"note_id"}),
}
"""Datasets whose rows have a number of their own, which a new row gets anew."""

_FIXED: Final = frozenset(
    {"order", "person", "customer", "category", "line", "subject", "item", "rater", "rater_group",
     "period", "period_from", "period_until", "effective_from", "effective_until", "id", "unit",
     "hierarchy", "child", "date", "calendar", "name", "account", "as_of"}
)  # fmt: skip
"""Columns of keys and versions in some dataset: another value there could be a double one."""
_DAY: Final = dt.date(2026, 2, 14)


class Happening:
    """Changes one trial; what it is given stays as it was."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def after(self, trial: Trial) -> Trial:
        """The trial after something has happened."""
        happens = self.random.choice(
            (self._correct, self._correct, self._scattered, self._remove, self._late, self._late,
             self._leave, self._move, self._version, self._rate, self._shuffle)
        )  # fmt: skip
        return happens(trial)

    # --- facts ------------------------------------------------------------------------------------

    def _correct(self, trial: Trial) -> Trial:
        """One cell of one row, of whatever dataset."""
        filled = sorted(name for name, rows in trial.world.datasets.items() if rows)
        name = self.random.choice(("orders", self.random.choice(filled)))
        return self._with(trial, name, lambda rows: self._other_cell(name, rows, 1))

    def _scattered(self, trial: Trial) -> Trial:
        """A cell here and there, in orders of every month."""
        return self._with(trial, "orders", lambda rows: self._other_cell("orders", rows, 7))

    def _other_cell(self, name: str, rows: list[Row], many: int) -> list[Row]:
        barred = KEYS.get(name, _FIXED)
        free = [one for one in rows[0] if not one.startswith("_") and one not in barred]
        if not free:
            return rows
        column = self.random.choice(free)
        for number in self.random.sample(range(len(rows)), min(many, len(rows))):
            rows[number] = {**rows[number], column: self.random.choice(rows)[column]}
        return rows

    def _remove(self, trial: Trial) -> Trial:
        name = self.random.choice(("orders", "visits", "splits", "parameters", "interventions"))
        return self._with(trial, name, lambda rows: rows[1:])

    def _late(self, trial: Trial) -> Trial:
        """A row comes late, in a month that may be long over."""
        name = self.random.choice(sorted(KEYS))

        def with_another(rows: list[Row]) -> list[Row]:
            one = self.random.choice(rows)
            number = f"{name}-late-{self.random.randrange(10**9)}"
            key = dict.fromkeys(KEYS[name], number)
            return [*rows, {**one, **key, "_row": number}]

        return self._with(trial, name, with_another)

    def _shuffle(self, trial: Trial) -> Trial:
        """Rows come in another order: no number is another."""
        return self._with(trial, "orders", lambda rows: self.random.sample(rows, len(rows)))

    # --- people and trees -------------------------------------------------------------------------

    def _leave(self, trial: Trial) -> Trial:
        """Somebody who is there for good leaves in the middle of a month."""
        name = self.random.choice(("people", "seats", "customers"))
        return self._with(trial, name, lambda rows: _ended(rows, self._open(rows)))

    def _move(self, trial: Trial) -> Trial:
        """A branch of a tree stands under the root of it from one day on."""

        def moved(rows: list[Row]) -> list[Row]:
            one = self._open([row for row in rows if row["hierarchy"] == "team"])
            if one is None:
                return rows
            root = min({row["parent"] for row in rows} - {row["child"] for row in rows})
            later = {**one, "parent": root, "effective_from": _DAY, "_row": "edges-moved"}
            return [*_ended(rows, one), later]

        return self._with(trial, "edges", moved)

    def _open(self, rows: Sequence[Row]) -> Row | None:
        """A version that holds for all time."""
        ends = ("effective_from", "effective_until")
        found = [row for row in rows if all(row[one] is None for one in ends)]
        return self.random.choice(found) if found else None

    # --- rules ------------------------------------------------------------------------------------

    def _version(self, trial: Trial) -> Trial:
        """A table gets another version from a day on."""
        tables = trial.sections.get("tables", {})
        plain = sorted(name for name, one in tables.items() if "bands" in one)
        if not plain:
            return self._correct(trial)
        name = self.random.choice(plain)
        own = {one: value for one, value in tables[name].items() if one != "bands"}
        bands = deepcopy(tables[name]["bands"])
        bands[0]["is"] = bands[-1].get("is", bands[-1].get("otherwise"))
        versions = [{"bands": tables[name]["bands"]}, {"from": str(_DAY), "bands": bands}]
        return self._said(trial, {**tables, name: {**own, "versions": versions}})

    def _rate(self, trial: Trial) -> Trial:
        """A rate of a table is another."""
        text = json.dumps(trial.sections.get("tables", {}), ensure_ascii=False)
        found = list(re.finditer(r'(?<="is": ")\d+(\.\d+)?(?=%")', text))
        if not found:
            return self._correct(trial)
        one = self.random.choice(found)
        rate = str(self.random.randint(1, 40))
        return self._said(trial, json.loads(text[: one.start()] + rate + text[one.end() :]))

    def _said(self, trial: Trial, tables: dict[str, Any]) -> Trial:
        return replace(trial, sections={**trial.sections, "tables": tables})

    def _with(self, trial: Trial, name: str, change: Callable[[list[Row]], list[Row]]) -> Trial:
        """The trial with other rows of one dataset."""
        rows = list(trial.world.datasets.get(name, ()))
        datasets = {**trial.world.datasets, name: change(rows) if rows else rows}
        return replace(trial, world=World(datasets, trial.world.coverage))


def _ended(rows: Sequence[Row], one: Row | None) -> list[Row]:
    return [{**row, "effective_until": _DAY} if row is one else row for row in rows]
