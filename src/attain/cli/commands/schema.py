"""`attain schema`: the JSON Schema of the plan language, for editors."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from attain.cli.language import say
from attain.cli.output import done, remark, shown_path
from attain.engine.plans.schema import schema_text


def schema(
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
    text = schema_text()
    if out is None:
        sys.stdout.write(text)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    done(shown_path(out))
    remark(
        say(
            "在方案第一行写 # yaml-language-server: $schema={path} ，编辑器就会提示和检查",
            "With # yaml-language-server: $schema={path} as first line of a plan, "
            "editors complete and check it",
            path=shown_path(out),
        )
    )
