"""Asking finished runs: their rows, and why a number is what it is.

Opened runs are kept by digest, because a plan that is read and rows that are loaded serve every
further question about the same numbers. What a reader may see is decided for each question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import RLock
from typing import Final

from attain.apps.accounts.actors import Actor
from attain.apps.runs import errors
from attain.apps.runs.asking import is_pay, may_see_pay, must_be_readable
from attain.apps.runs.folders import StoredRun, WebFolder
from attain.apps.runs.models import Run
from attain.apps.runs.viewing import Names, viewer_for
from attain.cli.runs.explaining import StoredReader
from attain.cli.runs.tables import Row, hold
from attain.core.errors import AttainError, problem
from attain.core.kept import Kept
from attain.core.keys import kind_of_key
from attain.core.periods import parse_period
from attain.engine.jobs import covered_days
from attain.engine.primitives.model import Component, Relation, ResolvedPlan
from attain.engine.provenance import (
    DEPTH,
    Cell,
    Evidence,
    Node,
    Outline,
    RunReader,
    Viewer,
    explain,
)
from attain.engine.provenance import outline as rendered
from attain.engine.reference import EarlierRun, Inputs
from attain.engine.reference.values import Key

KEPT: Final = 12
"""Opened runs in memory; of one with ten thousand people that is some hundred megabytes."""
OPENED_AT_START: Final = KEPT // 2
HELD_AT_START: Final = 2
MANY_ROWS: Final = 20_000
NAMED_AT_ONCE: Final = 500


@dataclass
class Opened:
    """A finished run with the evidence of its numbers."""

    stored: StoredRun
    evidence: Evidence
    lock: RLock = field(default_factory=RLock)
    """Evidence remembers what it has calculated: one question at a time."""

    @property
    def plan(self) -> ResolvedPlan:
        return self.stored.plan


_opened: Final = Kept[tuple[int, str], Opened](KEPT)


def opened(run: Run) -> Opened:
    """A run ready to be asked, from memory if it was asked lately.

    :raises AttainError: RUN_NOT_DONE, RUN_FOLDER_LOST, VERSION_UNKNOWN.
    """
    return _opened.of((run.pk, run.digest), lambda: _open(StoredRun.of(run)))


def _open(stored: StoredRun) -> Opened:
    return Opened(stored, evidence_of(stored))


def open_published() -> None:
    """Open the runs behind the newest published results, which most questions are about."""
    newest = Run.objects.filter(publications__current__isnull=False).order_by("-publications__id")
    for place, run in enumerate(newest[:OPENED_AT_START]):
        stored = opened(run).stored
        # Read when first asked for: names of everybody, and the versions of the datasets.
        _ = stored.names, stored.versions
        if place < HELD_AT_START:
            _hold_facts(stored)


def _hold_facts(stored: StoredRun) -> None:
    """Have the many rows at hand that single people's numbers are made of."""
    for version in stored.versions.values():
        if version.rows >= MANY_ROWS:
            hold(stored.lake.part_paths(version), version.hash)


def reader(run: Run) -> RunReader:
    """The files of a run and the dataset versions it read, as explanations ask for them.

    :raises AttainError: RUN_NOT_DONE, RUN_FOLDER_LOST.
    """
    return StoredReader(opened(run).stored)


def evidence_of(stored: StoredRun) -> Evidence:
    """What the numbers of a finished run stand on."""
    return Evidence.of_stored(stored.plan, _inputs(stored), StoredReader(stored))


def _inputs(stored: StoredRun) -> Inputs:
    """What the run was given, but for the rows of its datasets."""
    return Inputs(
        period=stored.period,
        coverage=covered_days(stored.plan, stored.versions),
        earlier=tuple(_earlier(stored)),
        calendar=stored.calendar,
        provisional=stored.folder.request.kind == Run.PROVISIONAL,
    )


def _earlier(stored: StoredRun) -> Iterator[EarlierRun]:
    for name, path in stored.folder.results.items():
        plan, _, period = name.partition("@")
        yield EarlierRun(plan, parse_period(period, stored.calendars), _Relations(WebFolder(path)))


class _Relations(Mapping[str, Sequence[Row]]):
    """The relations of an earlier run, each read when it is first asked for."""

    def __init__(self, folder: WebFolder) -> None:
        self._folder = folder
        self._names = [one.name for one in folder.manifest.relations]
        self._rows: dict[str, Sequence[Row]] = {}

    def __getitem__(self, name: str) -> Sequence[Row]:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._rows:
            self._rows[name] = self._folder.rows(name)
        return self._rows[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


# --- why ---


@dataclass(frozen=True)
class Explanation:
    """Why a number is what it is: as data, and in the reader's words."""

    run: Run
    cell: Cell
    node: Node
    outline: Outline
    viewer: Viewer
    plan: ResolvedPlan


def explain_cell(
    run: Run, cell: Cell, actor: Actor, language: str, depth: int = DEPTH
) -> Explanation:
    """Why a cell of a run holds what it holds, as far as the actor may see.

    :raises AttainError: NUMBER_UNKNOWN for a cell the run does not have, or that the actor may
        not see: the two look alike; TRACE_DIFFERS, RUN_NOT_DONE, RUN_FOLDER_LOST.
    """
    one = opened(run)
    viewer = viewer_for(actor, one.stored, language)
    try:
        with one.lock:
            node = explain(one.evidence, cell, depth)
    except KeyError:
        raise AttainError(problem(errors.NUMBER_UNKNOWN)) from None
    must_be_readable(run, actor, node.subject.key if node.subject else "")
    hidden = is_pay(one.plan, cell) and not may_see_pay(actor, one.stored, node.subject)
    if hidden or not viewer.sees(node.subject):
        raise AttainError(problem(errors.NUMBER_UNKNOWN))
    if isinstance(viewer.names, Names):
        viewer.names.learn(islice(dict.fromkeys(_keys(node)), NAMED_AT_ONCE))
    return Explanation(run, cell, node, rendered(node, viewer), viewer, one.plan)


def _keys(node: Node) -> Iterator[str]:
    """The keys an explanation speaks of, so that their names are asked for at once."""
    gathered = node.gathered.all_rows if node.gathered is not None else ()
    facts = [*node.facts, *(fact for row in gathered for fact in row.facts)]
    values = [value for fact in facts for _, value in fact.values]
    subjects = [node.subject, *(row.subject for row in gathered)]
    for value in (*values, *(one.key for one in subjects if one is not None)):
        if isinstance(value, str) and kind_of_key(value) is not None:
            yield value
    for below in node.inputs:
        yield from _keys(below)


def cells_of(run: Run, component: str, subject: str, period: str = "") -> list[Cell]:
    """The cells behind an outcome: one, unless its grain is finer than the outcome says.

    :raises AttainError: NUMBER_UNKNOWN.
    """
    one = opened(run)
    found, parts = _component(one.plan, component)
    relation = one.plan.relations[found.relation]
    with one.lock:
        rows = one.evidence.about(relation, subject)
    keys = [
        row.key
        for row in rows
        if subject in row.key
        and (not period or period in row.key or not _has_period(relation))
        and _parts(relation, row.key) == parts
    ]
    if not keys:
        raise AttainError(problem(errors.NUMBER_UNKNOWN))
    return [Cell(relation.name, key, found.column) for key in keys]


def _component(plan: ResolvedPlan, asked: str) -> tuple[Component, str]:
    known = {one.name: one for one in plan.components}
    if asked in known:
        return known[asked], ""
    bare, bracket, rest = asked.partition("[")
    if bare not in known:
        raise AttainError(problem(errors.NUMBER_UNKNOWN))
    return known[bare], bracket + rest


def _has_period(relation: Relation) -> bool:
    return any(part.kind.startswith("period:") for part in relation.key)


def _parts(relation: Relation, key: Key) -> str:
    """The parts of a key that are neither subject nor period, as outcomes write them."""
    others = [
        str(value)
        for part, value in zip(relation.key, key, strict=True)
        if part.name != relation.subject and not part.kind.startswith("period:")
    ]
    return f"[{','.join(others)}]" if others else ""
