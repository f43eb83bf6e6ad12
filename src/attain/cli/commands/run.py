"""`attain run`: calculate a plan for a period, or for several one after the other."""

from __future__ import annotations

import shlex
import time
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from attain.cli.completing import plan_names
from attain.cli.engines import Engine
from attain.cli.language import say
from attain.cli.options import AsJson, InWorkspace, open_workspace
from attain.cli.output import print_json, remark, shown_path
from attain.cli.planning import Plans
from attain.cli.progress import progress
from attain.cli.runs.calculating import (
    OWN,
    Calculator,
    Terms,
    default_folder,
    folder_name,
    named_results,
    said_versions,
)
from attain.cli.runs.opening import OpenRun
from attain.cli.runs.summary import show_summary, summary_data
from attain.cli.workspace import Workspace
from attain.core.periods import Period


class Keep(StrEnum):
    """What a run keeps."""

    results = "results"
    all = "all"


def run(
    plan: Annotated[
        str,
        typer.Argument(
            help=say("方案：文件或名称", "The plan, by file or name"),
            metavar=say("方案", "PLAN"),
            autocompletion=plan_names,
            show_default=False,
        ),
    ],
    period: Annotated[
        str,
        typer.Option(
            "--period",
            "-p",
            help=say("核算的期间，如 2026-Q1、2026-03", "The period, such as 2026-Q1 or 2026-03"),
            metavar=say("期间", "PERIOD"),
            show_default=False,
        ),
    ],
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            help=say("从这一期起逐期核算", "Run the periods from this one on, in order"),
            metavar=say("期间", "PERIOD"),
            show_default=False,
        ),
    ] = None,
    results: Annotated[
        list[Path] | None,
        typer.Option(
            help=say(
                "要读取的已有结果；默认读工作区里已算好的",
                "Earlier results that may be read; by default what the workspace holds",
            ),
            metavar=say("文件夹", "DIR"),
            show_default=False,
        ),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help=say("用哪个引擎计算", "What calculates"))
    ] = Engine.duckdb,
    keep: Annotated[
        Keep,
        typer.Option(help=say("all 也保留每行数据的中间结果", "all keeps the rows of facts, too")),
    ] = Keep.results,
    fresh: Annotated[
        bool,
        typer.Option(
            "--fresh",
            help=say("全部重新计算，不沿用以前的结果", "Calculate everything, reuse nothing"),
        ),
    ] = False,
    memory: Annotated[
        str | None,
        typer.Option(
            help=say("内存上限，如 4GB", "Memory it may use, such as 4GB"),
            metavar=say("大小", "SIZE"),
            show_default=False,
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help=say("结果文件夹；默认 runs/方案/期间", "Folder; by default runs/PLAN/PERIOD"),
            metavar=say("文件夹", "DIR"),
            show_default=False,
        ),
    ] = None,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Freeze the data a plan reads, calculate, and say what came of it."""
    where = _workspace(workspace, plan)
    book = Plans(where)
    read = book.read(book.path(plan))
    calculator = Calculator(book, where, read)
    terms = Terms(engine, keep.value, memory, fresh, named_results(results or []))
    periods = calculator.periods(period, start)
    if not as_json:
        remark(say("读取", "Reading") + " " + said_versions(calculator.versions))
    found = []
    for one in periods:
        folder = _folder(out, where, calculator, one, several=len(periods) > 1)
        finished, seconds = _run_one(calculator, one, folder, terms, as_json=as_json)
        found.append(summary_data(finished, seconds))
        if not as_json:
            show_summary(finished, seconds)
        if OWN in calculator.plan.results:
            own = {f"{calculator.plan.plan}@{one}": folder}
            terms = replace(terms, results={**terms.results, **own})
    if as_json:
        print_json({"runs": found})
    else:
        _say_next(finished)


def _workspace(folder: Path | None, plan: str) -> Workspace:
    """The workspace named, around here, or around the plan.

    :raises AttainError: WORKSPACE_MISSING.
    """
    if folder is None and Path(plan).is_file():
        return Workspace.find(Path(plan).parent)
    return open_workspace(folder)


def _folder(
    out: Path | None, where: Workspace, calculator: Calculator, period: Period, *, several: bool
) -> Path:
    if out is None:
        return default_folder(where, calculator.plan.plan, period)
    return out / folder_name(period) if several else out


def _run_one(
    calculator: Calculator, period: Period, folder: Path, terms: Terms, *, as_json: bool
) -> tuple[OpenRun, str]:
    started = time.monotonic()
    with progress(f"{calculator.plan.plan} {period}", quiet=as_json) as advance:
        finished = calculator.run(period, folder, terms, advance)
    seconds = f"{time.monotonic() - started:.1f} s"
    return OpenRun(finished), seconds


def _say_next(run: OpenRun) -> None:
    folder = shown_path(run.folder.folder)
    rows = run.folder.groups("outcomes", ("subject",))
    if rows:
        code = run.names.code(rows[0]["subject"])
        call = shlex.join(["attain", "explain", str(folder), "--subject", str(code)])
        remark(say("看一个人：", "Look at one: ") + call)
