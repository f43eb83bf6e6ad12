"""From a resolved plan to named SQL relations in order: nouns, no side effects."""

from __future__ import annotations

from attain.engine.compiler.compile import compile_plan
from attain.engine.compiler.keeping import last_reads
from attain.engine.compiler.steps import Compiled, Guard, Input, Keeping, Origin, Step, StepColumn

__all__ = [
    "Compiled",
    "Guard",
    "Input",
    "Keeping",
    "Origin",
    "Step",
    "StepColumn",
    "compile_plan",
    "last_reads",
]
