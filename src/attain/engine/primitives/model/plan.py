"""A resolved plan: its relations, and the order in which columns can be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from attain.core.labels import Labels
from attain.engine.primitives.model.columns import Column, Lookup
from attain.engine.primitives.model.rows import KeyPart, Rows
from attain.engine.primitives.model.shown import ByWhomTheyName, Check, Component, Line


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows and columns with a key, the grain.

    `date` is the stored date column that windows and versions go by. `subject` names the key
    part or column that says whose numbers a row holds. `covered_by` are the datasets whose
    coverage decides whether no row means zero.
    """

    name: str
    key: tuple[KeyPart, ...]
    rows: Rows
    columns: Mapping[str, Column]
    lookups: Mapping[str, Lookup] = field(default_factory=dict)
    date: str | None = None
    subject: str | None = None
    covered_by: tuple[str, ...] = ()
    labels: Labels | None = None
    """What readers are told instead of the name of a source or its dataset."""


@dataclass(frozen=True, slots=True)
class ResolvedPlan:
    """A plan with every name resolved and every type known, ready to compile or interpret.

    `order` lists (relation, column) of every computed column, each after all it reads; relations
    appear in `relations` such that their rows can be made in that order, too. `periods` are the
    kinds used beside the plan's own. `datasets` are the versions a run must name, `results` the
    plans whose results it reads ("" for its own earlier periods).
    """

    plan: str
    labels: Labels
    text_hash: str
    period: str
    calendar: str
    currency: str
    relations: Mapping[str, Relation]
    order: tuple[tuple[str, str], ...]
    components: tuple[Component, ...]
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]
    periods: tuple[str, ...]
    datasets: tuple[str, ...]
    results: tuple[str, ...] = ()
    by_whom_they_name: tuple[ByWhomTheyName, ...] = ()
    effective_from: dt.date | None = None
    effective_until: dt.date | None = None
    tables: Mapping[str, Labels] = field(default_factory=dict)
    """What readers are told instead of a table's name; of those that have a label."""
    numbers: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    """Stored ratios, by relation and column, that rows and examples of the plan write as numbers
    without a percent sign, with the largest of these; readers are told them so."""
