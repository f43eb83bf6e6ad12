"""`attain diff`: which numbers of two runs differ, and why each does."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attain.cli import errors
from attain.cli.completing import runs
from attain.cli.language import say
from attain.cli.options import AsJson
from attain.cli.output import FAILED, print_json
from attain.cli.runs.causes import Comparison
from attain.cli.runs.differing import as_data, differences, show_differences
from attain.cli.runs.opening import OpenRun
from attain.core.errors import AttainError, problem


def diff(
    first: Annotated[
        Path,
        typer.Argument(
            help=say("之前的核算", "The earlier run"),
            metavar=say("核算1", "RUN1"),
            autocompletion=runs,
            show_default=False,
        ),
    ],
    second: Annotated[
        Path,
        typer.Argument(
            help=say("现在的核算", "The later run"),
            metavar=say("核算2", "RUN2"),
            autocompletion=runs,
            show_default=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Name every number that changed, with the rows, rules or program that changed it."""
    before, after = OpenRun.at(first), OpenRun.at(second)
    if before.folder.title != after.folder.title:
        one, other = before.folder.title, after.folder.title
        raise AttainError(problem(errors.RUNS_DIFFER_IN_KIND, first=one, second=other))
    comparison = Comparison(before, after)
    found = differences(comparison)
    if as_json:
        print_json(as_data(comparison, found))
    else:
        show_differences(comparison, found)
    if found:
        raise typer.Exit(FAILED)
