"""What every command prints: tables and problems for people, JSON for programs, exit codes.

Exit codes: 0 all went well; 1 the input has problems, a test failed or two things differ;
2 the command was called wrongly; 130 it was interrupted.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from attain.cli.excerpts import excerpt
from attain.cli.hints import hint
from attain.cli.language import language, say
from attain.core.errors import Problem, Severity, render

FAILED: Final = 1
MISUSED: Final = 2
INTERRUPTED: Final = 130

SHOWN_PROBLEMS: Final = 50
"""More problems than this are counted, not printed; --json has them all."""

SHOWN_ALIKE: Final = 3
"""So many problems of one kind in one column are shown; of the rest only the rows."""
SHOWN_SPANS: Final = 20

_STYLES: Final = {Severity.error: "bold red", Severity.warning: "yellow", Severity.note: "cyan"}

console = Console(highlight=False)
trouble = Console(stderr=True, highlight=False)


# --- for programs ---


def print_json(data: Any) -> None:
    """Data for programs: UTF-8, decimals as text."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def problem_data(found: Problem) -> dict[str, object]:
    """A problem as codes and values, with its sentences in the reader's language."""
    said = render(found, language())
    return {**found.as_data(), "message": said.message, "remedy": said.remedy}


# --- problems ---


def report(problems: Sequence[Problem], *, as_json: bool) -> None:
    """Problems to whoever called: on the error stream in words, or as JSON."""
    if as_json:
        print_json({"problems": [problem_data(one) for one in problems]})
    else:
        print_problems(problems)


def print_problems(problems: Sequence[Problem]) -> None:
    """Each problem in words: what, where, why it matters, what to do."""
    shown, alike = abridged(problems)
    for found in shown[:SHOWN_PROBLEMS]:
        _print_problem(found)
        if rest := alike.get(id(found)):
            _print_alike(rest)
    if len(shown) > SHOWN_PROBLEMS:
        _print_rest(shown[SHOWN_PROBLEMS:])
    if len(problems) > 1:
        trouble.print(Text(summary(problems), style="bold"))


def abridged(problems: Sequence[Problem]) -> tuple[list[Problem], dict[int, list[Problem]]]:
    """Some problems of each kind and column, and behind the last of them all that are alike."""
    shown: list[Problem] = []
    kinds: dict[tuple[object, ...], list[Problem]] = {}
    for found in problems:
        where = found.where
        row = where.row if where else None
        kind = (found.code, where.file, where.sheet, where.column) if where and row else (found,)
        kinds.setdefault(kind, []).append(found)
        if len(kinds[kind]) <= SHOWN_ALIKE:
            shown.append(found)
    return shown, {
        id(alike[SHOWN_ALIKE - 1]): alike[SHOWN_ALIKE:]
        for alike in kinds.values()
        if len(alike) > SHOWN_ALIKE
    }


def _print_alike(rest: Sequence[Problem]) -> None:
    rows = sorted(found.where.row for found in rest if found.where and found.where.row)
    text = say(
        "{code}：另有{count}行，第 {rows} 行",
        "{code}: {count} more rows, {rows}",
        code=rest[0].code,
        count=f"{len(rest):,}",
        rows=spans(rows),
    )
    _print_indented(Text(text, style="bold"))


def spans(numbers: Sequence[int]) -> str:
    """Numbers in order, those in a row as a span.

    >>> spans([3, 4, 5, 9])
    '3–5, 9'
    """
    ends: list[list[int]] = []
    for number in numbers:
        if ends and number == ends[-1][1] + 1:
            ends[-1][1] = number
        else:
            ends.append([number, number])
    parts = [str(start) if start == end else f"{start}–{end}" for start, end in ends]
    return ", ".join(parts[:SHOWN_SPANS] + (["…"] if len(parts) > SHOWN_SPANS else []))


def _print_problem(found: Problem) -> None:
    rendered = render(_placed_by_line(found), language())
    head = Text(rendered.title, style=_STYLES[found.severity])
    if rendered.place:
        head.append(f"  {rendered.place}", style="bold not red")
    trouble.print(head)
    for line in excerpt(found.where, trouble.width):
        trouble.print(line, soft_wrap=True)
    for sentence in (rendered.message, rendered.why):
        if sentence:
            _print_indented(Text(sentence))
    for remedy in (rendered.remedy, hint(found)):
        if remedy:
            _print_indented(Text(f"→ {remedy}", style="green"))


def _placed_by_line(found: Problem) -> Problem:
    """Who sees the line needs no pointer to it besides."""
    if found.where is None or found.where.line is None:
        return found
    return replace(found, where=replace(found.where, pointer=None))


def _print_indented(text: Text) -> None:
    for line in text.wrap(trouble, trouble.width - 2):
        line.rstrip()
        trouble.print(Text("  ") + line, soft_wrap=True)


def _print_rest(rest: Sequence[Problem]) -> None:
    counts = Counter(found.code for found in rest)
    said = ", ".join(f"{code} × {count:,}" for code, count in counts.most_common())
    trouble.print(
        say("另有{more}个：{said}", "and {more} more: {said}", more=f"{len(rest):,}", said=said)
    )


def summary(problems: Sequence[Problem]) -> str:
    """How many errors, warnings and notes, in words."""
    counts = Counter(found.severity for found in problems)
    said = {
        Severity.error: counted(counts[Severity.error], "个错误", "error", "errors"),
        Severity.warning: counted(counts[Severity.warning], "个警告", "warning", "warnings"),
        Severity.note: counted(counts[Severity.note], "个提示", "note", "notes"),
    }
    return listed(text for severity, text in said.items() if counts[severity])


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(found.severity is Severity.error for found in problems)


def fail(problems: Iterable[Problem], *, as_json: bool = False) -> typer.Exit:
    """Print problems and give the exit to raise."""
    report(list(problems), as_json=as_json)
    return typer.Exit(FAILED)


# --- for people ---


def counted(number: int, zh: str, one: str, several: str) -> str:
    """A number of things: 3个例子, 1 example, 1,200 examples."""
    return f"{number:,}{say(zh, f' {one if number == 1 else several}')}"


def listed(texts: Iterable[str]) -> str:
    """Texts one after the other."""
    return say("，", ", ").join(texts)


def table(title: str | None, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A plain table; columns whose name ends with “#” hold figures and stand right-aligned."""
    made = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        header_style="dim",
        show_header=any(columns),
        box=None,
        pad_edge=False,
        padding=(0, 2, 0, 0),
    )
    for name in columns:
        is_figure = name.endswith("#")
        made.add_column(
            name.removesuffix("#"),
            justify="right" if is_figure else "left",
            no_wrap=is_figure,
            overflow="fold",
        )
    for row in rows:
        made.add_row(*(_cell(cell) for cell in row))
    return made


def _cell(cell: object) -> Text:
    if isinstance(cell, Text):
        return cell
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Text(f"{cell:,}")
    return Text("" if cell is None else str(cell))


def heading(text: str) -> None:
    """A line above what belongs together."""
    console.print(Text(text, style="bold"), soft_wrap=True)


def done(text: str) -> None:
    """What was done, with a tick."""
    console.print(Text.assemble(("✓ ", "green"), text), soft_wrap=True)


def remark(text: str) -> None:
    """What somebody should know, in grey."""
    console.print(Text(text, style="dim"), soft_wrap=True)


def shown_path(path: Path) -> str:
    """A path as somebody in this folder would type it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
