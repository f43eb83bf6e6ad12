"""`attain import --declare`: a declaration for each table of a file, read off its values.

Nothing is imported by it. What is written is text to be read and corrected, as a page offers it
to whoever drops a file in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from attain.cli import errors
from attain.cli.importing.flow import Wishes, staging
from attain.cli.language import say
from attain.cli.output import done, remark, shown_path
from attain.cli.workspace import Workspace
from attain.core.documents import write_yaml
from attain.core.errors import AttainError, Where, problem
from attain.core.schemas import ColumnSchema, ColumnType, DatasetSchema
from attain.core.systems import SYSTEM_DATASETS, load_dataset
from attain.lake import Detected, FileCatalog, detect
from attain.lake.aliases import known_codes
from attain.lake.current import PEOPLE
from attain.lake.headers import guess_header, header_at
from attain.lake.inferring import Guess, Proposal, propose_schema
from attain.lake.reading.staging import StagedTable
from attain.lake.titles import dataset_name, english_words, table_title

_PEOPLE: Final = re.compile(r"花名册|名册|(员工|人员)(名单|信息|档案|表)")
_ABOVE: Final = re.compile(
    r"(?i)上级|主管|经理|领导|reports?[ _]?to|manager|parent|boss|supervisor"
)
"""Headers of a column that names who or what stands above."""

_HOLDING: Final = ("effective_from", "effective_until")
"""The columns that `dated: true` gives a list."""

_CALLED: Final = re.compile(r"(?i)((full|last|family|employee|staff)[ _]?name|surname|[el]name)")
"""Headers by which somebody is called, where a list has no plain name."""


def declare(workspace: Workspace, files: Sequence[Path], wishes: Wishes) -> list[Path]:
    """Write a declaration for every table; those of files that stand there are left alone.

    :raises AttainError: FILE_ABSENT, DATASET_DECLARED, DATASET_NO_LIST.
    """
    written: list[Path] = []
    with staging(workspace) as folder:
        for number, path in enumerate(files):
            if not path.is_file():
                raise AttainError(problem(errors.FILE_ABSENT, path=str(path)))
            (staged := folder / str(number)).mkdir()
            detected = detect(path, staged, options=wishes.options)
            for table in detected.tables:
                if wishes.sheet in (None, table.sheet):
                    written.append(_declare(workspace, detected, table, wishes))
    return written


def tell(written: Sequence[Path]) -> None:
    """Say what was written, and what comes next."""
    for path in written:
        done(say("已写入 {path}", "Written: {path}", path=shown_path(path)))
    remark(
        say(
            "先看一遍：主键、业务日期、类型、引用（type: key, of: …）是否对；改好后再导入。",
            "Read it first: key, business date, types, references (type: key, of: …); then import.",
        )
    )


def _declare(workspace: Workspace, detected: Detected, table: StagedTable, wishes: Wishes) -> Path:
    title = table_title(detected, table)
    name = wishes.dataset or _name(title, workspace)
    target = workspace.root / "datasets" / f"{name}.yaml"
    if target.exists():
        where = Where(file=detected.file, sheet=table.sheet)
        raise AttainError(problem(errors.DATASET_DECLARED, where, path=shown_path(target)))
    row = wishes.header_row
    proposal = propose_schema(
        detected,
        table,
        guess_header(table) if row is None else header_at(table, row),
        name=name,
        title=title,
        title_en=english_words(title).capitalize(),
        currency=workspace.settings.currency,
        known_codes=known_codes(FileCatalog(workspace.lake), workspace.schemas.values()),
    )
    system = SYSTEM_DATASETS.get(name)
    text = write_yaml(_own(proposal) if system is None else _added(proposal, system))
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8")
    return target


def _name(title: str, workspace: Workspace) -> str:
    """A name after the title; a list of people is the system's own, and gets further columns.

    Titles without a word that says a name are told apart by numbers, one for each title.
    """
    if _PEOPLE.search(title):
        return PEOPLE
    if english_words(title):
        return dataset_name(title, ())
    declared = {path.stem: path for path in (workspace.root / "datasets").glob("*.yaml")}
    same = (one for one, path in declared.items() if _title_of(path) == title)
    return next(same, None) or dataset_name(title, [*declared, *workspace.schemas])


def _title_of(path: Path) -> str | None:
    """What the table of a declaration is called in Chinese, as its head says it."""
    try:
        return load_dataset(path.read_text(encoding="utf-8")).labels.zh
    except AttainError:
        return None


def _own(proposal: Proposal) -> dict[str, Any]:
    schema = proposal.schema
    called = {one.schema.name: _holding(one) or one.schema.name for one in proposal.guesses}
    is_dated = "effective_from" in called.values()
    key = [called[name] for name in schema.key]
    if is_dated:
        key = [*(name for name in key if name not in _HOLDING), "effective_from"]
    head: dict[str, Any] = {
        "dataset": schema.dataset,
        "label": {"zh-Hans": schema.labels.zh, "en": schema.labels.en},
        "key": key,
    }
    if is_dated:
        head["dated"] = True
    elif schema.date:
        head["date"] = schema.date
    columns = {
        one.schema.name: _column(schema.columns[one.schema.name])
        for one in proposal.guesses
        if not is_dated or called[one.schema.name] not in _HOLDING
    }
    return {**head, "columns": columns}


def _holding(one: Guess) -> str | None:
    """What says from when or until when a row holds, as every list of versions calls it."""
    found = SYSTEM_DATASETS[PEOPLE].column_of_header(one.header)
    is_day = found is not None and one.schema.type is ColumnType.date
    return found.name if found is not None and is_day and found.name in _HOLDING else None


def _added(proposal: Proposal, system: DatasetSchema) -> dict[str, Any]:
    """More columns for a dataset of the system, whose own key the file's key becomes.

    :raises AttainError: DATASET_NO_LIST where its rows are no things of a kind.
    """
    own = system.columns[system.key[0]]
    if own.kinds != (system.dataset,) or len(proposal.schema.key) != 1:
        raise AttainError(problem(errors.DATASET_NO_LIST, dataset=system.dataset))
    key = proposal.schema.columns[proposal.schema.key[0]]
    first = next(one for one in proposal.guesses if one.schema.name == key.name)
    columns: dict[str, Any] = {
        own.name: {"type": "key", "of": system.dataset, "aliases": [first.header]}
    }
    others = [one for one in proposal.guesses if one is not first and not _is_known(one, system)]
    called = next((one for one in others if _CALLED.fullmatch(one.header.strip())), None)
    if called and not any(_is_named(one, system) for one in proposal.guesses):
        columns["name"] = {"type": "text", "aliases": [called.header]}
    columns |= {
        one.schema.name: _column(_above(one, first, own))
        for one in others
        if "name" not in columns or one is not called
    }
    return {"dataset": system.dataset, "columns": columns}


def _is_named(one: Guess, system: DatasetSchema) -> bool:
    found = system.column_of_header(one.header)
    return found is not None and found.name == "name"


def _above(one: Guess, first: Guess, own: ColumnSchema) -> ColumnSchema:
    """The column, as a reference to the list itself where it says who stands above."""
    if not _ABOVE.search(one.header) or not one.values or not one.values <= first.values:
        return one.schema
    upward = {"type": ColumnType.key, "of": own.of, "currency": None, "scale": None}
    return one.schema.model_copy(update=upward)


def _is_known(one: Guess, system: DatasetSchema) -> bool:
    return system.column_of_header(one.header) is not None or one.schema.name in system.columns


def _column(column: ColumnSchema) -> dict[str, Any]:
    said: dict[str, Any] = {"type": column.type.value}
    if column.type is ColumnType.key:
        said["of"] = column.of
    if column.currency:
        said["currency"] = column.currency
    if column.scale is not None:
        said["scale"] = column.scale
    if written := column.written.model_dump(mode="json", exclude_defaults=True):
        said["written"] = written
    return {**said, "label": {"zh-Hans": column.labels.zh, "en": column.labels.en}}
