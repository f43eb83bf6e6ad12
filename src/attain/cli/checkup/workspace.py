"""The health of a workspace: declarations, plans, data and runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attain.cli.checkup.findings import Finding, Health, found
from attain.cli.importing.covering import shown_coverage
from attain.cli.language import said, say
from attain.cli.output import counted, shown_path, summary
from attain.cli.planning import Plans
from attain.cli.runs.folder import MANIFEST
from attain.cli.runs.freezing import MAY_BE_ABSENT
from attain.cli.workspace import SETTINGS, Workspace
from attain.core.manifests import DatasetVersion
from attain.core.schemas import DatasetSchema
from attain.engine.reuse.shelf import Shelf
from attain.lake import FileCatalog


def declarations(workspace: Workspace) -> Iterator[Finding]:
    """The company's settings, and the references of its datasets to each other.

    :raises AttainError: every mistake in the declarations.
    """
    settings = workspace.settings
    _ = workspace.calendars
    yield found(SETTINGS, f"{said(settings.company)}, {settings.currency}, {settings.time_zone}")
    schemas = workspace.schemas
    own = len(list((workspace.root / "datasets").glob("*.yaml")))
    detail = counted(own, "个自己的声明", "declaration of its own", "declarations of its own")
    yield found(say("数据集", "datasets"), detail)
    for schema in schemas.values():
        for column, kind in _lost(schema, schemas):
            detail = say(
                "引用了不存在的数据集“{kind}”", "refers to “{kind}”, which is no dataset", kind=kind
            )
            yield found(f"{schema.dataset}.{column}", detail, Health.unwise)


def _lost(schema: DatasetSchema, schemas: dict[str, DatasetSchema]) -> Iterator[tuple[str, str]]:
    """Columns that refer to something nobody declares; the system's own may name optional ones."""
    for column in schema:
        unknown = [kind for kind in column.kinds if kind not in schemas]
        if unknown and len(unknown) == len(column.kinds):
            yield column.name, unknown[0]


def plans(workspace: Workspace) -> Iterator[Finding]:
    """Every plan, and whether the data it reads is there."""
    book = Plans(workspace)
    lake = FileCatalog(workspace.lake)
    for path in workspace.plans:
        read = book.read(path)
        name = shown_path(path)
        if read.resolved is None or not read.is_sound:
            yield Finding(name, summary(read.problems), Health.broken, read.problems)
            continue
        empty = [
            dataset
            for dataset in read.resolved.datasets
            if dataset not in MAY_BE_ABSENT and lake.head(dataset) is None
        ]
        if empty:
            detail = say("还没有数据：{names}", "no data yet: {names}", names=", ".join(empty))
            yield found(name, detail, Health.unwise)
        else:
            yield found(name, say("可以核算", "can be calculated"))


def data(workspace: Workspace) -> Iterator[Finding]:
    """Every dataset with a version: what it covers, and whether its files are whole.

    :raises AttainError: PART_DAMAGED, VERSION_UNKNOWN.
    """
    lake = FileCatalog(workspace.lake)
    for name in lake.datasets():
        version = lake.head(name)
        if version is not None:
            lake.verify(version)
            health = Health.well if name in workspace.schemas else Health.unwise
            yield found(f"lake/{name}", _said(version), health)
    left = workspace.lake / ".staging"
    if left.is_dir() and any(left.iterdir()):
        detail = say(
            "有中断的导入留下的文件，可以删除", "left by an interrupted import; may be deleted"
        )
        yield found(shown_path(left), detail, Health.unwise)


def _said(version: DatasetVersion) -> str:
    rows = counted(version.rows, "行", "row", "rows")
    covered = shown_coverage(version.coverage)
    if not covered:
        return rows
    return say("{rows}，覆盖{covered}", "{rows}, covers {covered}", rows=rows, covered=covered)


def runs(workspace: Workspace) -> Iterator[Finding]:
    """How many runs there are."""
    number = len(list(workspace.runs.glob(f"*/*/{MANIFEST}")))
    yield found(say("核算", "runs"), f"{number:,}")


def kept(folder: Path) -> Iterator[Finding]:
    """What runs keep for the next: how much, and whether all of it is whole."""
    state = Shelf(folder, 0).state()
    tenths = state.bytes // 100_000_000
    size = f"{tenths // 10}.{tenths % 10} GB"
    detail = say("{files}个文件，{size}", "{files} files, {size}", files=state.files, size=size)
    if state.damaged:
        detail += say(
            "；{count}个已损坏并删除，会重新计算",
            "; {count} damaged and thrown away, to be calculated again",
            count=state.damaged,
        )
    health = Health.unwise if state.damaged else Health.well
    yield found(say("沿用的结果", "kept for reuse"), detail, health)
