"""What every command prints: tables and problems for people, JSON for programs, exit codes.

Exit codes: 0 all went well; 1 the input has problems, a test failed or two things differ;
2 the command was called wrongly; 130 it was interrupted.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from attain.cli.language import language, say
from attain.core.errors import AttainError, Problem, Severity, render

FAILED: Final = 1

_STYLES: Final = {Severity.error: "bold red", Severity.warning: "yellow", Severity.note: "cyan"}
SHOWN_PROBLEMS: Final = 50
"""More problems than this are counted, not printed; --json has them all."""

console = Console(highlight=False)
trouble = Console(stderr=True, highlight=False)


def print_json(data: Any) -> None:
    """Data for programs: UTF-8, decimals as text."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def print_problems(problems: Sequence[Problem]) -> None:
    """Each problem in words: what, where, why it matters, what to do."""
    for fault in problems[:SHOWN_PROBLEMS]:
        said = render(fault, language())
        head = Text(said.title, style=_STYLES[fault.severity])
        if said.place:
            head.append(f"  {said.place}", style="bold")
        trouble.print(head)
        for text in (said.message, said.why):
            if text:
                trouble.print(Text(f"  {text}"))
        trouble.print(Text(f"  → {said.remedy}", style="green"))
    more = len(problems) - SHOWN_PROBLEMS
    if more > 0:
        trouble.print(say("另有 {more} 个问题", "and {more} more problems", more=more))


def fail(problems: Iterable[Problem], *, as_json: bool = False) -> typer.Exit:
    """Print problems and give the exit to raise."""
    found = list(problems)
    if as_json:
        print_json({"problems": [fault.as_data() for fault in found]})
    else:
        print_problems(found)
    return typer.Exit(FAILED)


def failing(error: AttainError, *, as_json: bool = False) -> typer.Exit:
    return fail(error.problems, as_json=as_json)


def table(title: str | None, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A plain table; columns whose name ends with “#” hold figures and stand right-aligned."""
    made = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for name in columns:
        right = name.endswith("#")
        made.add_column(name.removesuffix("#"), justify="right" if right else "left")
    for row in rows:
        made.add_row(*("" if cell is None else str(cell) for cell in row))
    return made
