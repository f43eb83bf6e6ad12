"""Two runs of one plan side by side: which numbers differ, and which data and rules do."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from attain.cli.runs.opening import OpenRun
from attain.cli.runs.tables import Row, read_rows
from attain.core.manifests import DatasetVersion
from attain.engine.plans.models.plan import PlanModel

Key = tuple[Any, ...]

OUTCOME_KEY: Final = ("subject_kind", "subject", "component", "period")
_OUTCOME_VALUES: Final = ("status", "value", "text_value", "reason")
_LINEAGE: Final = frozenset({"_row", "_file", "_sheet", "_line"})


@dataclass(frozen=True, slots=True)
class Change:
    """A row that differs: None before is new, None after is gone."""

    key: Key
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class DataChange:
    """What changed in one dataset between the versions that two runs read."""

    dataset: str
    rows: tuple[Change, ...]
    coverage_differs: bool


def changed_outcomes(before: OpenRun, after: OpenRun) -> list[Change]:
    """Every outcome that is another one, by subject, period and component."""
    return list(_changes(before, after, "outcomes", OUTCOME_KEY, _OUTCOME_VALUES))


def changed_lines(before: OpenRun, after: OpenRun) -> list[Change]:
    """Every money line that is another one."""
    return list(_changes(before, after, "lines", ("line_key",), ("amount_minor",)))


def _changes(
    before: OpenRun, after: OpenRun, relation: str, key: tuple[str, ...], values: tuple[str, ...]
) -> Iterator[Change]:
    old = _by_key(before.folder.rows(relation), key)
    new = _by_key(after.folder.rows(relation), key)
    for one in sorted({*old, *new}, key=str):
        left, right = old.get(one), new.get(one)
        if _picked(left, values) != _picked(right, values):
            yield Change(one, left, right)


def _by_key(rows: list[Row], key: tuple[str, ...]) -> dict[Key, Row]:
    return {tuple(row[name] for name in key): row for row in rows}


def _picked(row: Row | None, names: tuple[str, ...]) -> tuple[Any, ...] | None:
    return None if row is None else tuple(row.get(name) for name in names)


# --- data ---


def changed_data(before: OpenRun, after: OpenRun) -> list[DataChange]:
    """What differs in the datasets the runs read, row by row."""
    names = sorted({*before.versions, *after.versions})
    found = []
    for name in names:
        old, new = before.versions.get(name), after.versions.get(name)
        if old is not None and new is not None and old.content == new.content:
            continue
        rows = tuple(_row_changes(before, after, old, new))
        coverage = (old.coverage if old else ()) != (new.coverage if new else ())
        if rows or coverage:
            found.append(DataChange(name, rows, coverage))
    return found


def _row_changes(
    before: OpenRun, after: OpenRun, old: DatasetVersion | None, new: DatasetVersion | None
) -> Iterator[Change]:
    """Rows that are in one version only, or with other values; parts in both are not read."""
    shared = _parts(old) & _parts(new)
    left = _rows_by_id(before, old, shared)
    right = _rows_by_id(after, new, shared)
    for one in sorted({*left, *right}):
        was, now = left.get(one), right.get(one)
        if was is None or now is None or _own(was) != _own(now):
            yield Change((one,), was, now)


def _parts(version: DatasetVersion | None) -> set[str]:
    return {part.file for part in version.parts} if version else set()


def _rows_by_id(run: OpenRun, version: DatasetVersion | None, shared: set[str]) -> dict[str, Row]:
    if version is None:
        return {}
    paths = [path for path in run.lake.part_paths(version) if path.name not in shared]
    return {row["_row"]: row for row in read_rows(paths)}


def _own(row: Row) -> dict[str, Any]:
    """The values of a row, blank ones left out: a column added later changes nothing."""
    return {
        name: value for name, value in row.items() if name not in _LINEAGE and value is not None
    }


def changed_cells(change: Change) -> list[tuple[str, Any, Any]]:
    """The columns of a changed row with their old and new values."""
    old, new = _own(change.before or {}), _own(change.after or {})
    names = dict.fromkeys([*old, *new])
    return [
        (name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)
    ]


# --- plan ---


def changed_sections(before: PlanModel, after: PlanModel) -> list[str]:
    """The entries of a plan that are written otherwise: `tables/rates`, `incentives/bonus`."""
    found: list[str] = []
    for name in type(after).model_fields:
        if name in ("label", "source", "examples"):
            continue
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            entries = dict.fromkeys([*old, *new])
            found += [f"{name}/{one}" for one in entries if old.get(one) != new.get(one)]
        else:
            found.append(name)
    return found


def fingerprint(thing: Any) -> Any:
    """What a part of a resolved plan says, without the places where it is written."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        kept = [
            (one.name, fingerprint(getattr(thing, one.name)))
            for one in dataclasses.fields(thing)
            if one.name not in ("span", "line", "text", "labels", "source", "form")
        ]
        return (type(thing).__name__, tuple(kept))
    if isinstance(thing, tuple | list):
        return tuple(fingerprint(one) for one in thing)
    if isinstance(thing, Mapping):
        return tuple((name, fingerprint(one)) for name, one in thing.items())
    return thing
