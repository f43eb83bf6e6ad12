"""Attain's engine, called as the command line calls it: read the plan, freeze, run.

python -m bench.contenders.engine COMPANY OUT results|all [MEMORY OF THE DATABASE]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from attain.cli import NO_PLUGINS
from attain.core.starting import collect_rarely

if TYPE_CHECKING:
    from attain.engine.folder import Keep


def calculate(folder: Path, out: Path, keep: Keep, memory: str | None = None) -> None:
    """One run of the plan over the present versions of the company's datasets."""
    # Late, as the command line does it.
    from attain.core.manifests import RunRequest
    from attain.engine.api import Limits, expand, load_plan, resolve, run
    from attain.lake import FileCatalog
    from bench.layout import PLAN, YEAR

    plan = resolve(expand(load_plan(PLAN.read_text(encoding="utf-8"), PLAN.name)))
    lake = FileCatalog(folder / "lake")
    heads = {name: lake.head(name) for name in plan.datasets}
    request = RunRequest(
        plan=plan.text_hash,
        period=str(YEAR),
        inputs={name: head.hash for name, head in heads.items() if head is not None},
    )
    run(plan, request, lake, out, keep=keep, limits=Limits(memory=memory))


if __name__ == "__main__":
    os.environ.update(NO_PLUGINS)
    collect_rarely()
    calculate(Path(sys.argv[1]), Path(sys.argv[2]), cast("Keep", sys.argv[3]), *sys.argv[4:])
