"""`python -m attain.demo`: make the sample company, check it, and show what is in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Annotated, Final, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from attain.core.errors import AttainError, Problem, render
from attain.core.labels import Labels, Language, labels
from attain.demo.boundaries import failures, prove
from attain.demo.checks import check
from attain.demo.files import INBOX, Format, to_parquet
from attain.demo.making import (
    SEED,
    Made,
    check_folder,
    clear_inbox,
    make,
    read_totals,
)
from attain.demo.reading import open_workspace
from attain.demo.story import story
from attain.demo.summary import show
from attain.demo.texts import language_of
from attain.demo.workbook import WORKBOOK, write_workbook

Result = TypeVar("Result")

_MAKE: Final = labels("生成", "Make")
_PARQUET: Final = labels("转为Parquet", "Turn into Parquet")
_WORKBOOK: Final = labels("写出待导入的银行流水", "Write a bank's workbook to import")
_READ: Final = labels("读回", "Read back")
_CHECK: Final = labels(
    "检查：类型、主键、引用、日期、分成、层级、控制总数",
    "Check types, keys, references, dates, splits, hierarchies, totals",
)
_PROVE: Final = labels("验证边界情形", "Prove the boundary cases")
_DONE: Final = labels(
    "样例公司在 {folder}：{people:,} 行人员，{rows:,} 行数据，{megabytes:.1f} MB",
    "The sample company is in {folder}: {people:,} rows of people, {rows:,} rows "
    "in all, {megabytes:.1f} MB",
)
_WRONG: Final = labels("有 {number} 处不对", "{number} things are wrong")


class Steps:
    """Steps of the command: each says what it does, and how long it took."""

    def __init__(self, console: Console, language: Language) -> None:
        self.console = console
        self.language = language

    @contextmanager
    def step(self, name: Labels) -> Iterator[None]:
        started = perf_counter()
        with self.console.status(name.get(self.language)):
            yield
        self.report(name, perf_counter() - started)

    def report(self, name: Labels, seconds: float) -> None:
        self.console.print(f"[green]✓[/] {name.get(self.language)} [dim]{seconds:.1f} s[/]")


def demo(
    out: Annotated[Path, typer.Option(help="Folder to write to. 写入的文件夹。")] = Path("demo"),
    factor: Annotated[
        int, typer.Option(min=1, max=2000, help="Size: 100 is 10,000 people. 规模：100约1万人。")
    ] = 1,
    seed: Annotated[int, typer.Option(help="What the lots are drawn from. 随机种子。")] = SEED,
    lang: Annotated[str | None, typer.Option(help="zh-Hans | en")] = None,
    as_format: Annotated[
        Format, typer.Option("--format", help="Files to write. 文件格式。")
    ] = Format.csv,
    workbook: Annotated[
        bool, typer.Option(help="Also a workbook with faults to import. 另附一份待修正的Excel。")
    ] = False,
) -> None:
    """Make the sample company 禾澜商贸 Helan Trading. 生成样例公司。"""
    steps = Steps(Console(), language_of(lang, os.environ))
    try:
        problems = run(steps, out, factor, seed, as_format, with_workbook=workbook)
    except AttainError as error:
        problems = list(error.problems)
    if problems:
        _complain(steps, problems)
        raise typer.Exit(1)


def run(
    steps: Steps, out: Path, factor: int, seed: int, as_format: Format, *, with_workbook: bool
) -> list[Problem]:
    """Make, check, prove and show; what is wrong, if anything is."""
    check_folder(out)
    made = _make(steps, out, factor, seed)
    if as_format is Format.parquet:
        with steps.step(_PARQUET):
            to_parquet(out / INBOX)
    clear_inbox(out, as_format)
    if with_workbook:
        with steps.step(_WORKBOOK):
            write_workbook(out / WORKBOOK, made.company, seed)
    return _examine(steps, made)


def _make(steps: Steps, out: Path, factor: int, seed: int) -> Made:
    started = perf_counter()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=steps.console, transient=True) as progress:
        task = progress.add_task(_MAKE.get(steps.language), total=factor)
        made = make(out, factor, seed, lambda: progress.advance(task))
    steps.report(_MAKE, perf_counter() - started)
    return made


def _examine(steps: Steps, made: Made) -> list[Problem]:
    """The files are read back from disk: what was meant to be written proves nothing."""
    with steps.step(_READ):
        database = open_workspace(made.folder)
        totals = read_totals(made.folder)
    with steps.step(_CHECK):
        problems = check(database, totals)
    with steps.step(_PROVE):
        proofs = prove(database, story())
        problems += failures(proofs)
    show(steps.console, database, proofs, made.row_counts, steps.language)
    _finish(steps, made)
    return problems


def _finish(steps: Steps, made: Made) -> None:
    size = sum(path.stat().st_size for path in made.folder.rglob("*") if path.is_file())
    text = _DONE.get(steps.language).format(
        folder=made.folder, people=made.row_counts["people"],
        rows=sum(made.row_counts.values()), megabytes=size / 1_000_000,
    )  # fmt: skip
    steps.console.print(f"[green]✓[/] {text}")


def _complain(steps: Steps, problems: list[Problem]) -> None:
    number = _WRONG.get(steps.language).format(number=len(problems))
    steps.console.print(f"[bold magenta]✗[/] {number}")
    for one in problems:
        rendered = render(one, steps.language)
        steps.console.print(f"  {one.code}  {rendered.message} {rendered.remedy}", markup=False)


def main(run_command: Callable[[Callable[..., None]], None] = typer.run) -> None:
    """The command line."""
    run_command(demo)
