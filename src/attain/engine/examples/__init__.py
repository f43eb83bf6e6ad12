"""Examples: given these facts, expect these numbers.

They test a plan, document it, and block its publishing when they fail.
"""

from __future__ import annotations

from attain.engine.examples.explaining import Asked, explain_expected
from attain.engine.examples.model import ExampleResult, Failure, Relations, Runner
from attain.engine.examples.running import run_examples, test_plan

__all__ = [
    "Asked",
    "ExampleResult",
    "Failure",
    "Relations",
    "Runner",
    "explain_expected",
    "run_examples",
    "test_plan",
]
