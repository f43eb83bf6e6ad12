"""`attain doctor`: whether program, machine and workspace are well."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

import typer
from rich.text import Text

from attain.cli.checkup import exactness, machine
from attain.cli.checkup import workspace as checkup
from attain.cli.checkup.findings import Finding, Health, looked
from attain.cli.language import say
from attain.cli.options import AsJson, InWorkspace
from attain.cli.output import (
    FAILED,
    console,
    heading,
    print_json,
    print_problems,
    problem_data,
    shown_path,
)
from attain.cli.progress import waiting
from attain.cli.workspace import Workspace
from attain.core.errors import AttainError

FURTHER: Final = "attain.checkups"
"""The entry points by which other parts of the house add to the checkup."""

_MARKS = {
    Health.well: ("✓", "green"),
    Health.unwise: ("!", "yellow"),
    Health.broken: ("✗", "bold red"),
}


def doctor(workspace: InWorkspace = None, as_json: AsJson = False) -> None:
    """Look at everything the program stands on, and say what is wrong."""
    where = _workspace(workspace)
    sections: dict[str, list[Finding]] = {}
    for title, findings in _sections(where):
        sections[title] = findings
        if not as_json:
            _show(title, findings)
    if as_json:
        print_json({title: [_as_data(one) for one in found] for title, found in sections.items()})
    elif where is None:
        console.print(
            Text(
                say(
                    "这里不在工作文件夹里，没有检查数据和方案",
                    "No workspace here: data and plans were not looked at",
                ),
                style="dim",
            )
        )
    if any(one.health is Health.broken for found in sections.values() for one in found):
        raise typer.Exit(FAILED)


def _workspace(folder: Path | None) -> Workspace | None:
    """The workspace named, or the one around here if there is one.

    :raises AttainError: WORKSPACE_MISSING for a folder that was named.
    """
    try:
        return Workspace.find(folder or Path.cwd())
    except AttainError:
        if folder is not None:
            raise
        return None


def _sections(where: Workspace | None) -> Iterator[tuple[str, list[Finding]]]:
    root = where.root if where else Path.cwd()
    program, computer = say("程序", "Program"), say("机器", "Machine")
    yield program, looked(program, machine.versions)
    exact = say("精确性", "Exactness")
    with waiting(exact):
        yield exact, looked(exact, exactness.exactness)
    folders = [root, *([where.lake, where.runs] if where else [])]
    yield (
        computer,
        [
            *looked(computer, lambda: machine.room(root)),
            *looked(computer, lambda: machine.rights(folders)),
        ],
    )
    if where is not None:
        named = say("工作文件夹", "Workspace")
        findings = looked(shown_path(root), lambda: checkup.declarations(where))
        if not any(one.health is Health.broken for one in findings):
            findings += looked("plans", lambda: checkup.plans(where))
            findings += looked("lake", lambda: checkup.data(where))
            findings += looked("runs", lambda: checkup.runs(where))
            findings += looked("reuse", lambda: checkup.kept(where.kept))
        yield named, findings
    for point in entry_points(group=FURTHER):
        yield from point.load()()


def _show(title: str, findings: list[Finding]) -> None:
    heading(title)
    for one in findings:
        sign, style = _MARKS[one.health]
        console.print(
            Text.assemble("  ", (sign, style), f" {one.name}", (f"  {one.detail}", "dim")),
            soft_wrap=True,
        )
        print_problems(one.problems)


def _as_data(one: Finding) -> dict[str, object]:
    return {
        "name": one.name,
        "detail": one.detail,
        "health": one.health.value,
        "problems": [problem_data(found) for found in one.problems],
    }
