"""Attain's engine after a change, with what was kept of the run before or without.

python -m bench.contenders.again COMPANY OUT KIND/fresh|keeping|reusing
"""

from __future__ import annotations

import sys
from pathlib import Path

from attain.core.manifests import RunRequest
from attain.engine.api import Reuse, expand, load_plan, resolve, run
from bench.changes import ChangedLake
from bench.layout import PLAN, SHELF, YEAR


def calculate(company: Path, out: Path, kind: str, how: str) -> None:
    """One run of the plan after a change, everything kept."""
    lake = ChangedLake(company, kind)
    plan = resolve(expand(load_plan(lake.plan(), PLAN.name)))
    request = RunRequest(
        plan=plan.text_hash,
        period=str(YEAR),
        inputs={name: head.hash for name, head in lake.heads.items()},
    )
    reuse = None if how == "fresh" else Reuse(folder=SHELF)
    run(plan, request, lake, out, keep="all", reuse=reuse)


if __name__ == "__main__":
    kind, _, how = sys.argv[3].partition("/")
    calculate(Path(sys.argv[1]), Path(sys.argv[2]), kind, how)
