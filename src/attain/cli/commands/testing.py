"""`attain test`: the examples of plans and record types: given this, expect that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.text import Text

from attain.cli.engines import Engine, runner
from attain.cli.language import language, say
from attain.cli.options import AsJson, InWorkspace, PlansAsked
from attain.cli.output import (
    FAILED,
    console,
    counted,
    heading,
    listed,
    print_json,
    print_problems,
    problem_data,
    remark,
    shown_path,
)
from attain.cli.planning import Plans, ReadPlan, plans_around
from attain.cli.progress import progress
from attain.cli.records import divided, plan_paths, types_around
from attain.cli.testing_types import outcomes_of, show_type, type_data
from attain.core.errors import Severity
from attain.core.reasons import sentence
from attain.engine.examples import ExampleResult, Failure, run_examples
from attain.kinds.records.examples import Outcome


def run_tests(
    plans: PlansAsked = None,
    engine: Annotated[
        Engine, typer.Option(help=say("用哪个引擎计算", "What calculates"))
    ] = Engine.reference,
    workspace: InWorkspace = None,
    as_json: AsJson = False,
) -> None:
    """Calculate every example and compare each expected number."""
    asked = plans or ()
    book = plans_around(workspace, asked)
    types = types_around(book.workspace, asked)
    records, others = divided(types, asked)
    paths = plan_paths(book, others, asked, records)
    kept = [(read, outcomes_of(read)) for read in map(types.read, records)]
    tested: list[tuple[ReadPlan, list[ExampleResult]]] = []
    with progress(say("测试", "Testing"), quiet=as_json) as advance:
        for number, path in enumerate(paths):
            advance(path.name, number, len(paths))
            read = book.read(path)
            tested.append((read, _results(book, read, engine)))
    if as_json:
        records_data = [type_data(*one) for one in kept]
        print_json({"plans": [_as_data(*one) for one in tested], "records": records_data})
    else:
        for one in kept:
            show_type(*one)
        for read, results in tested:
            _show(read, results)
        _sum_up(tested, [one for _, found in kept for one in found])
    plans_pass = all(read.is_sound and all(one.passed for one in found) for read, found in tested)
    types_pass = all(read.is_sound and all(one.passed for one in found) for read, found in kept)
    if not (plans_pass and types_pass):
        raise typer.Exit(FAILED)


def _results(book: Plans, read: ReadPlan, engine: Engine) -> list[ExampleResult]:
    if not read.is_sound:
        return []
    return run_examples(
        read.sound_model(),
        read.required(),
        schemas=book.schemas,
        calendars=book.calendars,
        runner=runner(engine),
        language=language(),
    )


def _show(read: ReadPlan, results: Sequence[ExampleResult]) -> None:
    heading(f"{read.name}  {shown_path(read.path)}")
    if not read.is_sound:
        print_problems(read.problems)
        return
    if not results:
        remark(say("  没有例子；写在 examples: 里", "  no examples; they belong into examples:"))
    for result in results:
        _show_result(result)
    if any(result.failures for result in results):
        # What `attain check` warns of may well be why a number is another.
        print_problems([one for one in read.problems if one.severity is Severity.warning])


def _show_result(result: ExampleResult) -> None:
    mark = ("✓", "green") if result.passed else ("✗", "bold red")
    console.print(Text.assemble("  ", mark, f" {result.name}"))
    for failure in result.failures:
        _show_failure(failure)
    print_problems(result.problems)


def _show_failure(failure: Failure) -> None:
    where = " · ".join(text for text in (failure.column, failure.key, failure.period) if text)
    console.print(Text(f"      {where}"))
    said = say(
        "应为 {expected}，算得 {got}",
        "expected {expected}, got {got}",
        expected=failure.expected,
        got=_came_to(failure.got),
    )
    console.print(Text(f"      {said}", style="red"))
    if failure.rounded:
        hint = say(
            "只差小数：写 {rounded} 就只比较写出的位数",
            "nothing but decimals differs: {rounded} compares as many as are written",
            rounded=failure.rounded,
        )
        console.print(Text(f"      {hint}"))
    for line in failure.explanation:
        console.print(Text(f"        {line}", style="dim"))


def _came_to(value: str) -> str:
    """What a cell came to; of one without a value why there is none, in words."""
    status, _, why = value.partition(".")
    if status == "no_data" and why:
        return say("无数据（{why}）", "no data ({why})", why=sentence(value, language()))
    if status == "not_applicable" and why:
        return say("不适用（{why}）", "not applicable ({why})", why=sentence(value, language()))
    return value


def _sum_up(
    tested: Sequence[tuple[ReadPlan, Sequence[ExampleResult]]], outcomes: Sequence[Outcome]
) -> None:
    results = [one for _, found in tested for one in found]
    passed = [one.passed for one in results] + [one.passed for one in outcomes]
    failed = passed.count(False)
    checked = sum(one.checked for one in results)
    parts = [
        counted(len(passed) - failed, "个例子通过", "example passed", "examples passed"),
        counted(failed, "个未通过", "failed", "failed"),
        counted(checked, "个数字已核对", "number compared", "numbers compared"),
    ]
    console.print(Text(listed(parts), style="bold red" if failed else "bold green"))


def _as_data(read: ReadPlan, results: Sequence[ExampleResult]) -> dict[str, Any]:
    return {
        "plan": read.name,
        "file": shown_path(read.path),
        "sound": read.is_sound,
        "problems": [problem_data(one) for one in read.problems],
        "examples": [_result_data(one) for one in results],
    }


def _result_data(result: ExampleResult) -> dict[str, Any]:
    return {
        "name": result.name,
        "passed": result.passed,
        "compared": result.checked,
        "failures": [
            {
                "period": one.period,
                "column": one.column,
                "key": one.key,
                "expected": one.expected,
                "got": one.got,
                "explanation": list(one.explanation),
            }
            for one in result.failures
        ],
        "problems": [problem_data(one) for one in result.problems],
    }
