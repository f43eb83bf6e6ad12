"""`attain explain`: why a number is what it is, down to file, sheet and line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attain.cli.completing import components, runs, subjects
from attain.cli.language import say
from attain.cli.options import AsJson
from attain.cli.output import print_json
from attain.cli.runs.explaining import Explainer, node_data, show_outline
from attain.cli.runs.opening import OpenRun
from attain.cli.runs.statement import find_subject, show_statement, statement_data


def explain(
    run: Annotated[
        Path,
        typer.Argument(
            help=say("核算结果的文件夹", "The folder of a run"),
            metavar=say("核算", "RUN"),
            autocompletion=runs,
            show_default=False,
        ),
    ],
    subject: Annotated[
        str,
        typer.Option(
            "--subject",
            "-s",
            help=say("谁：编号或姓名", "Whose, by code or name"),
            metavar=say("编号", "CODE"),
            autocompletion=subjects,
            show_default=False,
        ),
    ],
    component: Annotated[
        str | None,
        typer.Option(
            "--component",
            "-c",
            help=say("哪个数字；不写则列出全部", "Which number; all of them if none is named"),
            metavar=say("项目", "NAME"),
            autocompletion=components,
            show_default=False,
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            "-p",
            help=say("核算内的某一期", "One period inside the run"),
            metavar=say("期间", "PERIOD"),
            show_default=False,
        ),
    ] = None,
    depth: Annotated[
        int,
        typer.Option(
            help=say("一直解释到第几层输入", "How many levels of inputs to explain as well"),
            min=0,
            max=9,
        ),
    ] = 4,
    all_rows: Annotated[
        bool,
        typer.Option(
            "--all-rows",
            help=say("逐行列出全部，不只前6行", "Every row of a list, not the first 6 alone"),
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print somebody's small statement, or the tree behind one of its numbers."""
    opened = OpenRun.at(run)
    key = find_subject(opened, subject)
    if component is None:
        if as_json:
            print_json(statement_data(opened, key, period))
        else:
            show_statement(opened, key, period)
        return
    explainer = Explainer(opened, all_rows=all_rows)
    found, parts = explainer.component(component)
    # The steps of an incentive are told with it; they are inputs one level below.
    levels = depth if as_json else max(depth, 1)
    nodes = [explainer.why(cell, levels) for cell in explainer.cells(found, parts, key, period)]
    if as_json:
        print_json([node_data(node, explainer.outline(node)) for node in nodes])
        return
    for node in nodes:
        first, *others = explainer.outlines(node)
        for one in [first, *(others if depth else ())]:
            show_outline(one)
