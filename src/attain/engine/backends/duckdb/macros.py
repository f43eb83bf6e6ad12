"""The engine's own macros: only those that a run calls, because each costs time to create."""

from __future__ import annotations

import re
from typing import Final

from attain.engine.compiler.steps import Compiled
from attain.expressions.sql import macros

_CALLED: Final = re.compile(r"attain_\w+", re.IGNORECASE)
_NAMED: Final = re.compile(r"MACRO\s+(attain_\w+)")


def needed_macros(compiled: Compiled) -> list[str]:
    """Statements that create the macros which the steps call, and those which these call."""
    every = {_name(statement): statement for statement in macros("duckdb")}
    wanted = _called_by_steps(compiled) & every.keys()
    waiting = list(wanted)
    while waiting:
        further = _called(every[waiting.pop()]) & every.keys() - wanted
        wanted |= further
        waiting.extend(further)
    # In the order of their definition: a macro is bound when it is created.
    return [statement for name, statement in every.items() if name in wanted]


def _name(statement: str) -> str:
    found = _NAMED.search(statement)
    assert found is not None
    return found.group(1).lower()


def _called(text: str) -> set[str]:
    return {name.lower() for name in _CALLED.findall(text)}


def _called_by_steps(compiled: Compiled) -> set[str]:
    return {name for step in compiled for name in _called(step.text)}
