"""Coded errors: one shape, one catalogue and two languages for every door of Attain.

An error is a value: a code, the values it speaks of, and where it stands. Sentences are
made only when someone reads it, in that reader's language. Every package keeps its codes
in its own `errors` module with `define`.
"""

from __future__ import annotations

from attain.core.errors import codes as codes
from attain.core.errors.catalogue import ErrorKind, catalogue, define, kind_of, problem
from attain.core.errors.models import AttainError, Problem, Severity, Where
from attain.core.errors.rendering import Rendered, render, render_all, render_place
from attain.core.errors.suggesting import nearest

__all__ = [
    "AttainError",
    "ErrorKind",
    "Problem",
    "Rendered",
    "Severity",
    "Where",
    "catalogue",
    "codes",
    "define",
    "kind_of",
    "nearest",
    "problem",
    "render",
    "render_all",
    "render_place",
]
