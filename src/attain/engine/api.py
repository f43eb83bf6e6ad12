"""What the outside may call of the engine: reading plans, checking, compiling, running, testing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attain.engine.backends.spark import small_spark
    from attain.engine.compiler import Compiled, compile_plan
    from attain.engine.context import RunContext
    from attain.engine.jobs import Limits
    from attain.engine.plans.api import examine, expand, load_plan, resolve
    from attain.engine.reuse.settings import Reuse
    from attain.engine.run import run
    from attain.engine.runners import duckdb_runner, spark_runner

__all__ = [
    "Compiled",
    "Limits",
    "Reuse",
    "RunContext",
    "compile_plan",
    "duckdb_runner",
    "examine",
    "expand",
    "load_plan",
    "resolve",
    "run",
    "small_spark",
    "spark_runner",
]

_HOMES = {
    "backends.spark": ("small_spark",),
    "compiler": ("Compiled", "compile_plan"),
    "context": ("RunContext",),
    "jobs": ("Limits",),
    "plans.api": ("examine", "expand", "load_plan", "resolve"),
    "reuse.settings": ("Reuse",),
    "run": ("run",),
    "runners": ("duckdb_runner", "spark_runner"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Find names when they are asked for: whoever only starts a run needs no database for it."""
    if name not in _HOME_OF:
        raise AttributeError(f"attain.engine.api has no {name!r}")
    return getattr(import_module(f"attain.engine.{_HOME_OF[name]}"), name)
