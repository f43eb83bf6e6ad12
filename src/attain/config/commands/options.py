"""Options that several commands of the product have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from attain.cli.language import say

InData = Annotated[
    Path | None,
    typer.Option(
        "--data",
        help=say("数据目录，默认 ATTAIN_DATA 或 ./data", "Data folder: ATTAIN_DATA or ./data"),
        metavar=say("目录", "FOLDER"),
        show_default=False,
    ),
]
