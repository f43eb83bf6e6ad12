"""One import after the other: detect all files, then map, check, show, ask and store each."""

from __future__ import annotations

import getpass
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from attain.cli import errors
from attain.cli.importing.covering import read_covers
from attain.cli.importing.showing import (
    as_data,
    show_briefly,
    show_checked,
    show_found,
    show_receipt,
    show_rejected,
)
from attain.cli.language import language, said, say
from attain.cli.output import heading, print_problems, problem_data, remark
from attain.cli.progress import waiting
from attain.cli.workspace import Workspace, read_text
from attain.core.errors import AttainError, Problem, Severity, Where, problem
from attain.core.schemas import DatasetSchema
from attain.engine.plans.api import declared_schemas, load_plan
from attain.lake import (
    Checked,
    ColumnMapping,
    Conditions,
    FileCatalog,
    FileMappings,
    Receipt,
    check,
    commit,
    detect,
    propose_mapping,
    write_rejected,
)
from attain.lake.choosing import Candidate, in_order, referred, tables_of
from attain.lake.errors.flow import FILE_ALREADY_IMPORTED

BRIEF_FROM: Final = 6
"""With more tables than this at once, each is shown in a few lines."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller said about the files."""

    dataset: str | None = None
    sheet: str | None = None
    covers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    header_row: int | None = None
    options: dict[str, str] = field(default_factory=dict)
    accept_good: bool = False
    yes: bool = False
    again: bool = False
    reason: str = ""
    as_json: bool = False


@dataclass(slots=True)
class Outcome:
    """What became of the tables of all files."""

    tables: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)
    """Datasets that did not come in."""

    def refuse(self, one: Candidate, found: Sequence[Problem]) -> None:
        self.failed.add(one.schema.dataset)
        self.problems += found


class Importing:
    """All files of one call of `attain import`."""

    def __init__(self, workspace: Workspace, wishes: Wishes) -> None:
        self.workspace = workspace
        self.wishes = wishes
        self.schemas = {**declared_by_plans(workspace), **workspace.schemas}
        self.lake = FileCatalog(workspace.lake)
        self.mappings = FileMappings(workspace.lake)
        self.outcome = Outcome()
        self.is_brief = False

    def run(self, paths: Sequence[Path]) -> Outcome:
        """Import every table of the files that fits a dataset.

        One file that cannot be read stops all: nothing is stored before every file was looked
        at.

        :raises AttainError: what the files as such are refused for.
        """
        with staging(self.workspace) as folder:
            candidates = in_order(self._detect(paths, folder))
            if len(candidates) > 1 and not self.wishes.as_json:
                self._announce(candidates)
            # Many files that nobody is asked about are shown short.
            self.is_brief = self.wishes.yes and len(candidates) > BRIEF_FROM
            for one in candidates:
                self._bring_in(one)
        return self.outcome

    def _announce(self, candidates: Sequence[Candidate]) -> None:
        shown = " → ".join(dict.fromkeys(one.schema.dataset for one in candidates))
        remark(say("按引用的先后：{shown}", "In the order of references: {shown}", shown=shown))

    def _detect(self, paths: Sequence[Path], folder: Path) -> list[Candidate]:
        found: list[Candidate] = []
        problems: list[Problem] = []
        for number, path in enumerate(paths):
            staged = folder / str(number)
            staged.mkdir()
            try:
                found += self._detect_one(path, staged)
            except AttainError as error:
                problems += [one.at(Where(file=path.name)) for one in error.problems]
        if problems:
            raise AttainError(problems)
        return found

    def _detect_one(self, path: Path, staged: Path) -> list[Candidate]:
        if not path.is_file():
            raise AttainError(problem(errors.FILE_ABSENT, path=str(path)))
        reading = say("读取 {file}", "Reading {file}", file=path.name)
        with waiting(reading, quiet=self.wishes.as_json):
            detected = detect(path, staged, options=self.wishes.options)
        wishes = self.wishes
        candidates, left_out = tables_of(path, detected, self.schemas, wishes.dataset, wishes.sheet)
        self._note(left_out)
        return candidates

    def _note(self, remarks: Sequence[Problem]) -> None:
        self.outcome.problems += remarks
        if not self.wishes.as_json:
            print_problems(remarks)

    # --- one table ---

    def _bring_in(self, one: Candidate) -> None:
        missing = sorted(referred(one.schema) & self.outcome.failed)
        if missing:
            fault = problem(
                errors.DATASET_UNREADY,
                Where(file=one.detected.file, sheet=one.table.sheet),
                dataset=one.schema.dataset,
                needed=missing,
            )
            self._refuse(one, [fault])
            return
        try:
            self._map_and_store(one)
        except AttainError as error:
            self._refuse(one, error.problems)

    def _map_and_store(self, one: Candidate) -> None:
        mapping = self._mapping(one)
        with waiting(say("检查", "Checking"), quiet=self.wishes.as_json):
            checked = check(one.detected, mapping, one.schema, self.lake, self._conditions())
        if FILE_ALREADY_IMPORTED in checked.counts_by_code and checked.file_errors == 1:
            self._stored_before(one, mapping, checked)
            return
        is_brief = self.is_brief and checked.is_good
        if not self.wishes.as_json and not is_brief:
            show_found(one, mapping)
            show_checked(checked)
        self._keep_rejected(one, checked)
        receipt = self._store(one, checked)
        self.outcome.tables.append(as_data(one, mapping, checked, receipt))
        if receipt is None:
            self.outcome.failed.add(one.schema.dataset)
            return
        self.mappings.remember(mapping)
        if not self.wishes.as_json:
            label = said(one.schema.labels, one.schema.dataset)
            show_briefly(one, checked, receipt) if is_brief else show_receipt(receipt, label)

    def _mapping(self, one: Candidate) -> ColumnMapping:
        sheet = one.table.sheet
        wishes = self.wishes
        return propose_mapping(
            one.detected,
            one.schema,
            sheet=sheet,
            header_row=wishes.header_row,
            columns=read_columns(wishes.columns, one),
            ignore=wishes.ignore,
            remembered=self.mappings.recall(one.detected, one.schema, sheet),
        )

    def _conditions(self) -> Conditions:
        zone = ZoneInfo(self.workspace.settings.time_zone)
        calendars = self.workspace.calendars
        return Conditions(
            schemas=self.schemas,
            covers=read_covers(self.wishes.covers, calendars),
            today=datetime.now(zone).date(),
            calendars=calendars,
            time_zone=zone,
            again=self.wishes.again,
        )

    def _stored_before(self, one: Candidate, mapping: ColumnMapping, checked: Checked) -> None:
        """The same file again is noticed, and is no failure: what it brings is there."""
        known = [
            replace(found, severity=Severity.note)
            for found in checked.problems
            if found.code == FILE_ALREADY_IMPORTED
        ]
        self.outcome.tables.append(
            as_data(one, mapping, checked, None) | {"status": "stored before"}
        )
        if self.is_brief and not self.wishes.as_json:
            remark(say("{title}：已在库里", "{title}: stored already", title=one.title))
        elif not self.wishes.as_json:
            heading(one.title)
            print_problems(known)

    def _store(self, one: Candidate, checked: Checked) -> Receipt | None:
        wishes = self.wishes
        is_storable = checked.is_good or (wishes.accept_good and not checked.file_errors)
        if is_storable and not (wishes.yes or self._is_confirmed(one)):
            return None
        moment = datetime.now(ZoneInfo(self.workspace.settings.time_zone)).replace(microsecond=0)
        with waiting(say("入库", "Storing"), quiet=wishes.as_json):
            return commit(
                checked,
                self.lake,
                accept_good_rows=wishes.accept_good,
                by=getpass.getuser(),
                at=moment,
                reason=wishes.reason,
            )

    def _is_confirmed(self, one: Candidate) -> bool:
        """Ask whoever sits at the terminal.

        :raises AttainError: ANSWER_NEEDED if nobody does.
        """
        from attain.cli.asking import ask

        answer = ask(
            say("入库到“{name}”？", "Store into “{name}”?", name=one.schema.dataset),
            {"y": say("入库", "yes"), "n": say("不入库", "no"), "a": say("全部入库", "all")},
        )
        if answer == "a":
            self.wishes = Wishes(**{**_fields(self.wishes), "yes": True})
        if answer == "n":
            remark(say("没有入库", "Nothing was stored"))
        return answer != "n"

    def _keep_rejected(self, one: Candidate, checked: Checked) -> None:
        if not checked.rows.rejected:
            return
        suffix = ".xlsx" if one.detected.kind == "xlsx" else ".csv"
        sheet = f"-{one.table.sheet}" if one.table.sheet else ""
        folder = self.workspace.root / "rejected"
        folder.mkdir(exist_ok=True)
        target = folder / f"{Path(one.detected.file).stem}{_plain(sheet)}{suffix}"
        count = write_rejected(checked, target, language())
        if not self.wishes.as_json:
            show_rejected(count, target)

    def _refuse(self, one: Candidate, found: Sequence[Problem]) -> None:
        self.outcome.refuse(one, found)
        if not self.wishes.as_json:
            heading(one.title)
            print_problems(found)
        self.outcome.tables.append(
            {
                "file": one.detected.file,
                "sheet": one.table.sheet,
                "dataset": one.schema.dataset,
                "status": "refused",
                "problems": [problem_data(fault) for fault in found],
            }
        )


def declared_by_plans(workspace: Workspace) -> dict[str, DatasetSchema]:
    """Datasets whose columns stand in a plan; a plan that cannot be read declares none."""
    found: dict[str, DatasetSchema] = {}
    for path in workspace.plans:
        with suppress(AttainError):
            found |= declared_schemas(load_plan(*read_text(path)))
    return found


def _fields(wishes: Wishes) -> dict[str, Any]:
    return {name: getattr(wishes, name) for name in Wishes.__slots__}


def _plain(name: str) -> str:
    """A part of a file name without signs that some system forbids."""
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in name)


def read_columns(texts: Sequence[str], one: Candidate) -> dict[str, str]:
    """`--map amount=金额` as column to header.

    :raises AttainError: MAP_WRONG.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, equals, header = text.partition("=")
        column = one.schema.column_of_header(name)
        if not equals or not header or column is None:
            columns = [each.name for each in one.schema]
            raise AttainError(problem(errors.MAP_WRONG, value=text, columns=columns))
        found[column.name] = header
    return found


@contextmanager
def staging(workspace: Workspace) -> Iterator[Path]:
    """A folder for what files hold while they are looked at; gone afterwards.

    Inside the workspace, because the machine's folder for such things may be small.
    """
    parent = workspace.lake / ".staging"
    parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if not any(parent.iterdir()):
            parent.rmdir()
