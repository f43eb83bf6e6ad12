"""One number of a run, explained down to file, sheet and line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

from rich.text import Text
from rich.tree import Tree

from attain.cli import errors
from attain.cli.language import language
from attain.cli.output import console
from attain.cli.runs.opening import OpenRun
from attain.cli.runs.tables import Row, count_some, read_rows, read_some
from attain.core.errors import AttainError, nearest, problem
from attain.core.periods import parse_period, period_as_written
from attain.engine.jobs import covered_days
from attain.engine.primitives.model import Component, Relation
from attain.engine.provenance import (
    Cell,
    Dated,
    Evidence,
    Node,
    Outline,
    Viewer,
    Wanted,
    explain,
    outline,
    with_inputs,
)
from attain.engine.reference import EarlierRun, Inputs
from attain.engine.reference.values import Key
from attain.expressions.results import Absent

_ALL: Final = 1_000_000
"""Rows of a list of which every one is told."""
_STYLES: Final = {"title": "bold", "section": "bold cyan", "hit": "bold green", "note": "dim"}


class StoredReader:
    """The files of a run and of the lake, as explanations read them."""

    def __init__(self, run: OpenRun) -> None:
        self._run = run

    def has(self, name: str) -> bool:
        return self._run.folder.has(name)

    def columns(self, name: str) -> Collection[str]:
        found = self._run.folder.relation(name)
        return {column.name for column in found.columns} if found is not None else ()

    def relation(
        self, name: str, equal: Mapping[str, object], columns: Collection[str] = ()
    ) -> Sequence[Row]:
        return self._run.folder.rows(name, equal, columns)

    def dataset(self, name: str, equal: Mapping[str, object]) -> Sequence[Row]:
        version = self._run.versions.get(name)
        if version is None:
            return ()
        plain = {key: value for key, value in equal.items() if isinstance(value, str)}
        return read_rows(self._run.lake.part_paths(version), plain, content=version.hash)

    def some(self, name: str, wanted: Wanted, dated: Dated | None = None) -> Sequence[Row]:
        version = self._run.versions.get(name)
        if version is None:
            return ()
        return read_some(self._run.lake.part_paths(version), wanted, version.hash, dated)

    def count(self, name: str, wanted: Wanted | None = None, dated: Dated | None = None) -> int:
        version = self._run.versions.get(name)
        if version is None or wanted is None:
            return version.rows if version is not None else 0
        return count_some(self._run.lake.part_paths(version), wanted, version.hash, dated)

    def version(self, name: str) -> str | None:
        return self._run.folder.request.inputs.get(name)


class Explainer:
    """Answers why, for the cells of one run."""

    def __init__(self, run: OpenRun, *, all_rows: bool = False) -> None:
        self.run = run
        self.all_rows = all_rows
        """Whether every row of a list is told one by one, however long it is."""

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence.of_stored(self.run.plan, inputs_of(self.run), StoredReader(self.run))

    @cached_property
    def viewer(self) -> Viewer:
        codes = dict(self.run.names.codes)
        viewer = Viewer.of(self.run.plan, language(), codes)
        return replace(viewer, most=_ALL) if self.all_rows else viewer

    def component(self, asked: str) -> tuple[Component, str]:
        """A component by its name or its label, and the further parts of its grain as written.

        :raises AttainError: COMPONENT_UNKNOWN.
        """
        bare, bracket, rest = asked.partition("[")
        for one in self.run.plan.components:
            called = {one.name, one.column}
            if one.labels:
                called |= {one.labels.zh, one.labels.en}
            if asked in called:
                return one, ""
            if bracket and bare in called:
                return one, bracket + rest
        known = [one.name for one in self.run.plan.components]
        near = nearest(asked, known) or known
        raise AttainError(problem(errors.COMPONENT_UNKNOWN, component=asked, known=near))

    def cells(
        self, component: Component, parts: str, subject: str, period: str | None
    ) -> list[Cell]:
        """The cells of a component for a subject: one, unless its grain is finer."""
        relation = self.run.plan.relations[component.relation]
        found = [
            row.key
            for row in self.evidence.about(relation, subject)
            if subject in row.key
            and (period is None or period_as_written(period) in row.key)
            and (not parts or _parts(relation, row.key) == parts)
        ]
        return [Cell(relation.name, key, component.column) for key in found]

    def why(self, cell: Cell, depth: int) -> Node:
        return explain(self.evidence, cell, depth)

    def outlines(self, node: Node) -> list[Outline]:
        """The explanation, and one for each input below it that was calculated."""
        return with_inputs(node, self.viewer)

    def outline(self, node: Node) -> Outline:
        return outline(node, self.viewer)


def _parts(relation: Relation, key: Key) -> str:
    """The parts of a key that are neither subject nor period, as outcomes write them."""
    others = [
        str(value)
        for part, value in zip(relation.key, key, strict=True)
        if part.name != relation.subject and not part.kind.startswith("period:")
    ]
    return f"[{','.join(others)}]" if others else ""


def inputs_of(run: OpenRun) -> Inputs:
    """What a run was given, but for the rows of its datasets."""
    return Inputs(
        period=run.period,
        coverage=covered_days(run.plan, run.versions),
        earlier=tuple(_earlier(run)),
        calendar=run.calendars.of(run.period),
    )


def _earlier(run: OpenRun) -> list[EarlierRun]:
    found = []
    for name, folder in run.folder.results.items():
        plan, _, period = name.partition("@")
        earlier = OpenRun.at(folder)
        relations = {
            one.name: earlier.folder.rows(one.name) for one in earlier.folder.manifest.relations
        }
        found.append(EarlierRun(plan, parse_period(period, run.calendars), relations))
    return found


def show_outline(given: Outline) -> None:
    """An explanation as a tree."""
    tree = Tree(Text(given.text, style=_STYLES["title"]), guide_style="dim")
    _grow(tree, given)
    console.print(tree)


def _grow(tree: Tree, given: Outline) -> None:
    for below in given.below:
        branch = tree.add(Text(below.text, style=_STYLES.get(below.role, "")))
        _grow(branch, below)


def node_data(node: Node, given: Outline) -> dict[str, Any]:
    """An explanation for programs: the cell, what it holds, and the outline."""
    value = node.value
    return {
        "relation": node.cell.relation,
        "column": node.cell.column,
        "period": node.period,
        "status": node.status.value,
        "value": None if isinstance(value, Absent) else str(value),
        "reason": node.reason,
        "outline": _outline_data(given),
    }


def _outline_data(given: Outline) -> dict[str, Any]:
    data: dict[str, Any] = {"text": given.text}
    if given.role:
        data["role"] = given.role
    if given.below:
        data["below"] = [_outline_data(one) for one in given.below]
    return data
