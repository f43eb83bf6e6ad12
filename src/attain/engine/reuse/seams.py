"""Where facts become rows of people and periods: from here on the content decides.

A seam is a table with a period in a column, made of nothing that lies in slices itself: what
sums over facts come to, who is there in a period, who stands under whom. Its slices are called
by a hash of their rows, so that what is behind them is made again for those periods only in
which something is another.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from attain.engine.backends.duckdb import Session
from attain.engine.compiler import Guard, Keeping, Step
from attain.engine.primitives.rows import PERIOD_FROM, PERIOD_UNTIL
from attain.engine.reuse.addresses import Texts, quoted
from attain.engine.reuse.shelf import digest_of_file
from attain.engine.reuse.slices import Periods, Rows, columns_of

_MOST_ROWS: Final = 5_000_000
"""A table of more rows is not looked at row by row."""

KEPT_EXACTLY: Final = ("BIGINT", "BOOLEAN", "DATE", "DECIMAL", "INTEGER", "VARCHAR")
"""Types that come out of a Parquet file as they went in."""


@dataclass(frozen=True, slots=True)
class Content:
    """How many rows a seam has, and a hash of those of each slice, if it can be sliced."""

    rows: int
    slices: Mapping[str, str] | None = None

    def to_json(self) -> str:
        """As it is kept for the next run."""
        return json.dumps({"rows": self.rows, "slices": self.slices})

    @classmethod
    def from_json(cls, text: str) -> Content:
        """As a run before has kept it."""
        told: dict[str, Any] = json.loads(text)
        return cls(told["rows"], told["slices"])


class Early:
    """The beginning of a list: what is made of inputs alone, and the seams themselves."""

    def __init__(self, texts: Texts, periods: Periods) -> None:
        self.seams: dict[str, Rows] = {}
        self.steps: set[str] = set()
        self.guards: set[str] = set()
        for one in texts.compiled:
            if not all(name in self.steps or name in texts.inputs for name in one.reads):
                continue
            if isinstance(one, Guard):
                self.guards.add(one.name)
                continue
            rows = _rows_of(one, periods) if one.keeping is Keeping.TABLE else None
            if rows is not None:
                self.seams[one.name] = rows
            else:
                self.steps.add(one.name)


def _rows_of(step: Step, periods: Periods) -> Rows | None:
    """How a table can be sliced by a period that it has in a column, the shortest there is."""
    names = columns_of(step)
    kinds = [kind for kind in periods if kind in names]
    if not kinds:
        return None
    kind = max(kinds, key=lambda one: len(periods[one]))
    starts, ends = (frozenset({name} & names) for name in (PERIOD_FROM, PERIOD_UNTIL))
    return Rows(kind, periods[kind], frozenset({kind}), starts, ends, {})


def content_of(session: Session, name: str, rows: Rows, path: Path) -> Content:
    """The rows of a seam, hashed slice by slice over `path`; without slices if one has none."""
    [(many,)] = session.rows(f"SELECT count(*) FROM {quoted(name)}", name)
    kinds = session.types(f"SELECT * FROM {quoted(name)}", name).values()
    if many > _MOST_ROWS or not all(kind.startswith(KEPT_EXACTLY) for kind in kinds):
        return Content(many)
    there = _labels(session, name, rows)
    if there is None:
        return Content(many)
    hashes = {}
    for label in there:
        session.write(f"{slice_of(name, rows, [label])} ORDER BY ALL", path, name, len(kinds))
        hashes[label] = digest_of_file(path)
        path.unlink()
    return Content(many, hashes)


def _labels(session: Session, name: str, rows: Rows) -> list[str] | None:
    """The slices that have rows; None if a row lies in none, or on other days than it says."""
    days = sorted(rows.starts | rows.ends)
    looks = [f"min({quoted(d)}), max({quoted(d)}), count({quoted(d)})" for d in days]
    label = _label_of(rows)
    select = f"SELECT {', '.join([label, 'count(*)', *looks])} FROM {quoted(name)} GROUP BY {label}"
    found: list[str] = []
    for own, many, *seen in session.rows(select, name):
        if own not in rows.spans:
            return None
        should = [one for day in days for one in (rows.value(day, own),) * 2 + (many,)]
        if seen != should:
            return None
        found.append(own)
    return sorted(found)


def _label_of(rows: Rows) -> str:
    return quoted(min(rows.labels))


def slice_of(name: str, rows: Rows, labels: Collection[str]) -> str:
    """A SELECT of the rows of some slices of something that has a name."""
    return f"SELECT * FROM {quoted(name)} WHERE {lies_in(rows, labels)}"


def lies_in(rows: Rows, labels: Collection[str]) -> str:
    """The condition for lying in one of these slices."""
    listed = ", ".join("'" + label.replace("'", "''") + "'" for label in sorted(labels))
    return f"{_label_of(rows)} IN ({listed})" if labels else "false"


def known(early: Early, contents: Mapping[str, Content], many: int) -> dict[str, Rows]:
    """The seams that can be sliced, if one of them has rows enough for it to be worth it."""
    if not any(one.rows >= many for one in contents.values()):
        return {}
    return {name: rows for name, rows in early.seams.items() if contents[name].slices is not None}
