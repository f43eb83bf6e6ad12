"""Spark's errors in our words: its own texts show file paths and queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from attain.core.errors import AttainError, Problem, codes, problem
from attain.core.units import MAX_DIGITS
from attain.engine.backends import errors

_TOO_LARGE: Final = (
    "ARITHMETIC_OVERFLOW",
    "CAST_OVERFLOW",
    "NUMERIC_VALUE_OUT_OF_RANGE",
    "DATETIME_OVERFLOW",
    codes.AMOUNT_OVERFLOW,
)
_STORAGE: Final = ("FAILED_READ_FILE", "PATH_NOT_FOUND", "TASK_WRITE_FAILED")


@contextmanager
def translated(step: str) -> Iterator[None]:
    """Raise Spark's errors as coded ones, naming the step and nothing of the machine."""
    try:
        yield
    except AttainError:
        raise
    except Exception as error:
        # Java's errors come under many names, some of a package that is Spark's own affair.
        raise AttainError(_problem(error, step)) from None


def _problem(error: Exception, step: str) -> Problem:
    said = str(error)
    if any(word in said for word in _TOO_LARGE):
        return problem(codes.AMOUNT_OVERFLOW, digits=MAX_DIGITS, step=step)
    if "OutOfMemoryError" in said:
        return problem(errors.RUN_OUT_OF_MEMORY, limit="spark.driver.memory")
    if any(word in said for word in _STORAGE):
        return problem(errors.RUN_STORAGE, step=step)
    condition = getattr(error, "getCondition", lambda: None)()
    return problem(errors.RUN_FAULT, step=step, kind=condition or type(error).__name__)
