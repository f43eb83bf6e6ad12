"""`attain check`: whether plans and record types hold, and what is unwise in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Final

import typer

from attain.cli.language import said, say
from attain.cli.options import AsJson, InWorkspace, PlansAsked
from attain.cli.output import (
    FAILED,
    console,
    counted,
    done,
    heading,
    listed,
    print_json,
    print_problems,
    problem_data,
    shown_path,
)
from attain.cli.planning import Plans, ReadPlan, plans_around
from attain.cli.records import ReadType, divided, plan_paths, types_around
from attain.core.documents import write_yaml
from attain.core.errors import Problem, Severity
from attain.engine.primitives.model import ResolvedPlan
from attain.kinds.records import RecordType
from attain.kinds.records.facts import schemas_of

_LINT: Final = "LINT_"


def check(
    plans: PlansAsked = None,
    expand: Annotated[
        bool,
        typer.Option("--expand", help=say("写出展开后的方案", "Print the plan written out")),
    ] = False,
    lint: Annotated[
        bool,
        typer.Option("--lint/--no-lint", help=say("也给出建议", "Give advice, too")),
    ] = True,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Read plans and record types, type every formula, and say all that is wrong and where."""
    asked = plans or ()
    book = plans_around(workspace, asked)
    types = types_around(book.workspace, asked)
    records, others = divided(types, asked)
    kept = [types.read(path) for path in records]
    read: list[ReadPlan] = []
    if all(one.is_sound for one in kept) or others:
        paths = plan_paths(book, others, asked, records)
        _declarations(book)
        read = [book.read(path) for path in paths]
    if as_json:
        print_json(
            {
                "plans": [_as_data(one, lint=lint, expand=expand) for one in read],
                "records": [_type_data(one, lint=lint) for one in kept],
            }
        )
    else:
        for each in kept:
            _show_type(each, _wanted(each.problems, lint=lint))
        for one in read:
            _show(one, _wanted(one.problems, lint=lint), expand=expand)
    if not all([one.is_sound for one in kept] + [one.is_sound for one in read]):
        raise typer.Exit(FAILED)


def _declarations(book: Plans) -> None:
    """Mistakes in the workspace's own declarations stop everything else.

    :raises AttainError: every mistake in them.
    """
    if book.workspace is not None:
        _ = book.workspace.schemas, book.workspace.calendars, book.indicators


def _show_type(read: ReadType, problems: Sequence[Problem]) -> None:
    print_problems(problems)
    if read.declared is not None and read.is_sound:
        done(f"{read.name}  {shown_path(read.path)}  {_parts(read.declared)}")
    else:
        heading(f"✗ {read.name}  {shown_path(read.path)}")


def _parts(declared: RecordType) -> str:
    return listed(
        [
            counted(len(declared.fields), "个字段", "field", "fields"),
            counted(len(declared.life), "个状态", "state", "states"),
            counted(len(declared.actions), "个操作", "action", "actions"),
            counted(len(declared.examples), "个例子", "example", "examples"),
        ]
    )


def _type_data(read: ReadType, *, lint: bool) -> dict[str, Any]:
    return {
        "record": read.name,
        "file": shown_path(read.path),
        "sound": read.is_sound,
        "problems": [problem_data(one) for one in _wanted(read.problems, lint=lint)],
        "datasets": [one.dataset for one in schemas_of(read.kind)] if read.kind else [],
    }


def _wanted(problems: Sequence[Problem], *, lint: bool) -> list[Problem]:
    return [
        one
        for one in problems
        if lint or one.severity is Severity.error or not one.code.startswith(_LINT)
    ]


def _show(read: ReadPlan, problems: Sequence[Problem], *, expand: bool) -> None:
    if expand and read.expanded is not None:
        console.print(expanded_text(read), markup=False, soft_wrap=True, end="")
    print_problems(problems)
    if read.resolved is not None and read.is_sound:
        done(f"{read.name}  {shown_path(read.path)}  {_contents(read, read.resolved)}")
    else:
        heading(f"✗ {read.name}  {shown_path(read.path)}")


def _contents(read: ReadPlan, plan: ResolvedPlan) -> str:
    examples = len(read.model.examples) if read.model else 0
    return listed(
        [
            counted(len(plan.components), "个项目", "component", "components"),
            counted(len(plan.lines), "种支付", "kind of payment", "kinds of payment"),
            counted(examples, "个例子", "example", "examples"),
        ]
    )


def expanded_text(read: ReadPlan) -> str:
    """The plan with its forms written out, as YAML to copy and edit."""
    assert read.expanded is not None
    data = read.expanded.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data.pop("examples", None)
    return write_yaml({"plan": read.name, **data})


def _as_data(read: ReadPlan, *, lint: bool, expand: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "plan": read.name,
        "file": shown_path(read.path),
        "sound": read.is_sound,
        "problems": [problem_data(one) for one in _wanted(read.problems, lint=lint)],
    }
    if read.resolved is not None:
        data["components"] = [
            {"name": one.name, "kind": one.kind.value, "label": said(one.labels, one.name)}
            for one in read.resolved.components
        ]
        data["datasets"] = list(read.resolved.datasets)
    if expand and read.expanded is not None:
        data["expanded"] = expanded_text(read)
    return data
