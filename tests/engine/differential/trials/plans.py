"""Random plans as text, so that reading and resolving are tried, too.

A plan is a head and named entries, each on a line of its own: dropping an entry leaves a
plan, which is how a failing trial is made small.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from trials.frame import PARAMETERS, PATHS, SUBTREES, TABLES
from trials.kinds import KINDS
from trials.rarer import RarerWriter
from trials.trial import Trial
from trials.world import make_world


def make_trial(seed: int) -> Trial:
    """The trial of a seed: always the same."""
    random = Random(seed)
    return Author(random, seed).trial()


class Author(RarerWriter):
    """Writes one plan: its frame, then columns of facts, then of people, then relations."""

    def trial(self) -> Trial:
        self._frame()
        for _ in range(self.random.randint(2, 5)):
            self._order_column()
        for _ in range(self.random.randint(1, 3)):
            self._gather()
        if self.random.random() < 0.3:
            self.random.choice((self._prices, self._by_subtree))()
        for _ in range(self.random.randint(1, 4)):
            self.random.choice(self._member_makers())()
        for _ in range(self.random.randint(0, 3)):
            self.random.choice(self._form_makers())()
        if self.random.random() < 0.3:
            self._member_formula()
        self.sections["columns"] = self.columns
        return Trial(
            seed=self.seed,
            head=self._head(),
            sections=mentioned(self.sections),
            world=make_world(self.random),
            periods=self._periods(),
            calendar=self.calendar,
            provisional=self.random.random() < 0.05,
            features=self.features,
        )

    def _head(self) -> dict[str, Any]:
        head: dict[str, Any] = {"plan": "trial", "period": self.period}
        if "state" in self.features:
            start = "2026-01-01" if self.random.random() < 0.8 else None
            if start:
                head["effective"] = {"from": start}
        if self.random.random() < 0.1:
            head["currency"] = "CNY"
        if self.uses:
            head["uses"] = ["common"]
        if self.calendar != "gregorian":
            head["calendar"] = self.calendar
        return head

    def _periods(self) -> tuple[str, ...]:
        kind = KINDS[self.period]
        if "state" in self.features or "earlier" in self.features:
            return tuple(kind.runs if self.random.random() < 0.4 else kind.runs[:2])
        return (self.random.choice(kind.single),)

    def _frame(self) -> None:
        """Who is measured, from what, with which tables and orders."""
        conditions = (None, None, "not on_leave", "department <> '南'", "not is_head")
        where = self.random.choice(conditions)
        subject = {"from": "people", "where": where} if where else "people"
        links = {"seller": "people", "customer": "customers", "original": "orders"}
        source: dict[str, Any] = {"from": "orders", "links": links}
        if self.random.random() < 0.4:
            filters = ("status = 'signed'", "not is_gift", "line <> '糖果'")
            source["where"] = self.random.choice(filters)
            self.features.add("filter")
        self.sections["subjects"] = {"seller": subject}
        self.sections["sources"] = {"orders": source}
        self.sections["parameters"] = dict(PARAMETERS)
        self.sections["tables"] = {**TABLES, **SUBTREES}
        self.sections["paths"] = dict(PATHS)
        per = ["seller", self.period] if self.random.random() < 0.7 else ["seller"]
        by = [self.random.choice(("signed_on", "signed_on desc", "amount desc")), "order_id"]
        self.sections["orderings"] = {"in_order": {"of": "orders", "per": per, "by": by}}
        self.sections["groups"] = {
            "peers": self._population(),
            "of_orders": {"of": "orders", "per": [self.random.choice(("seller", "line"))]},
        }

    def _population(self) -> dict[str, Any]:
        found: dict[str, Any] = {"of": ["seller", self.period]}
        if self.random.random() < 0.5:
            found["per"] = ["department"]
        if self.random.random() < 0.4:
            found["where"] = self.random.choice(("not on_leave", "not is_head", "grade >= 60"))
        if self.random.random() < 0.3:
            found["missing"] = "skip"
        return found

    def _member_makers(self) -> list[Callable[[], None]]:
        makers = [self._member_formula, self._member_formula, self._member_formula, self._rank,
                  self._state, self._decided]  # fmt: skip
        makers.append(self._shifted)
        makers.append(self._from_members)
        makers.append(self._team)
        makers.append(self._upward)
        makers.append(self._stretches)
        makers.append(self._pairs)
        makers.append(self._stack)
        makers += [self._below, self._below, self._notes, self._by_dimension, self._of_units,
                   self._of_results, self._of_document, self._at_a_date, self._as_now,
                   self._crossed, self._crossed, self._crossed, *[self._seldom] * 4,
                   *[self._rarer] * 4]  # fmt: skip
        return makers

    def _form_makers(self) -> list[Callable[[], None]]:
        return [self._scorecard, self._scorecard, self._grades, self._grades, self._counters,
                self._credits, self._incentive, self._incentive, self._shown]  # fmt: skip


PRUNED = ("tables", "parameters", "orderings", "groups", "paths")
"""Sections of the frame of which a plan keeps what some rule of it names."""


def mentioned(sections: Mapping[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The sections without what nothing in the plan mentions."""
    kept = {name: dict(entries) for name, entries in sections.items()}
    while True:
        texts = {
            (section, name): json.dumps(entry, ensure_ascii=False)
            for section, entries in kept.items()
            for name, entry in entries.items()
        }
        idle = [
            (section, name)
            for section in PRUNED
            for name in kept.get(section, ())
            if not any(
                re.search(rf"\b{name}\b", text)
                for where, text in texts.items()
                if where != (section, name)
            )
        ]
        if not idle:
            return kept
        for section, name in idle:
            del kept[section][name]
