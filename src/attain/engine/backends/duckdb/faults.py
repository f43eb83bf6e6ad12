"""DuckDB's errors in our words: its own texts show file paths and queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from attain.core.errors import AttainError, Problem, codes, problem
from attain.core.units import MAX_DIGITS
from attain.engine.backends import errors
from attain.engine.backends.duckdb.lock import Limits


@contextmanager
def translated(step: str, limits: Limits) -> Iterator[None]:
    """Raise DuckDB's errors as coded ones, naming the step and nothing of the machine."""
    try:
        yield
    except duckdb.Error as error:
        raise AttainError(_problem(error, step, limits)) from None


def _problem(error: duckdb.Error, step: str, limits: Limits) -> Problem:
    if isinstance(error, duckdb.InterruptException):
        return problem(errors.RUN_CANCELLED)
    if isinstance(error, duckdb.OutOfMemoryException):
        return problem(errors.RUN_OUT_OF_MEMORY, limit=limits.memory)
    overflow = isinstance(error, duckdb.OutOfRangeException | duckdb.ConversionException)
    if overflow or codes.AMOUNT_OVERFLOW in str(error):
        return problem(codes.AMOUNT_OVERFLOW, digits=MAX_DIGITS, step=step)
    if isinstance(error, duckdb.IOException):
        return problem(errors.RUN_STORAGE, step=step)
    return problem(errors.RUN_FAULT, step=step, kind=type(error).__name__)
