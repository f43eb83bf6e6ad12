"""`attain runs`: whether published results are what a run in full gives."""

from __future__ import annotations

from typing import Annotated

import typer

from attain.cli.language import say
from attain.cli.options import AsJson
from attain.cli.output import FAILED, console, listed, print_json
from attain.cli.program import Command, Commands
from attain.config.commands.options import InData
from attain.config.starting import check_not_newer, start

app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False)


@app.callback()
def runs() -> None:
    """Commands of runs."""


@app.command(
    "verify",
    cls=Command,
    help=say("全部重算已发布的核算并核对摘要", "Calculate published runs in full, compare digests"),
)
def verify(
    numbers: Annotated[
        list[int] | None,
        typer.Argument(
            help=say("核算编号；默认为全部已发布的", "Runs by number; by default all published"),
            metavar=say("编号", "RUN"),
            show_default=False,
        ),
    ] = None,
    data: InData = None,
    as_json: AsJson = False,
) -> None:
    """Take nothing from earlier runs, and find any number that is not what was published."""
    start(data)
    check_not_newer()

    from attain.apps.runs.services.proving import known, prove, published

    wanted = [known(number) for number in numbers] if numbers else published()
    proofs = []
    for proof in prove(wanted):
        proofs.append(proof)
        if not as_json:
            console.print(f"{'✓' if proof.holds else '✗'} {proof.run}  {_said(proof.other)}")
    if as_json:
        print_json([{"run": p.run.pk, "digest": p.digest, "other": list(p.other)} for p in proofs])
    elif not proofs:
        console.print(say("还没有已发布的核算", "Nothing is published yet"))
    if not all(proof.holds for proof in proofs):
        raise typer.Exit(FAILED)


def _said(other: tuple[str, ...]) -> str:
    if not other:
        return say("与全部重算的结果一致", "as a run in full gives it")
    names = listed(other)
    return say(
        "全部重算后不同：{names}", "another result when calculated in full: {names}", names=names
    )
