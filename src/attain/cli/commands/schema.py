"""`attain schema`: the JSON Schema of plans and of record types, for editors."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from attain.cli.language import say
from attain.cli.output import done, remark, shown_path
from attain.engine.plans.schema import schema_text
from attain.kinds.records.schema import schema_text as record_schema_text


class Subject(StrEnum):
    """What a schema is asked for."""

    plan = "plan"
    record = "record"


_TEXTS: Final[dict[Subject, Callable[[], str]]] = {
    Subject.plan: lambda: schema_text(),
    Subject.record: lambda: record_schema_text(),
}
"""Looked up when called, so that a caller can put another in its place."""


def schema(
    subject: Annotated[
        Subject,
        typer.Argument(
            help=say("方案或记录类型", "Of plans, or of record types"), show_default=True
        ),
    ] = Subject.plan,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            help=say("写入文件，而不是屏幕", "Write to a file instead of the screen"),
            metavar=say("文件", "FILE"),
            show_default=False,
        ),
    ] = None,
) -> None:
    """Print the schema, or write it where an editor finds it."""
    text = _TEXTS[subject]()
    if out is None:
        sys.stdout.write(text)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    done(shown_path(out))
    remark(
        say(
            "在文件第一行写 # yaml-language-server: $schema={path} ，编辑器就会提示和检查",
            "With # yaml-language-server: $schema={path} as first line of a file, "
            "editors complete and check it",
            path=shown_path(out),
        )
    )
