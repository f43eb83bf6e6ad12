"""Typed expressions as SQL, exact to the last digit in every dialect."""

from __future__ import annotations

from attain.expressions.sql.dialects import dialect_of
from attain.expressions.sql.figures import storage
from attain.expressions.sql.printed import Printed, Reader
from attain.expressions.sql.printer import print_node

__all__ = ["Printed", "Reader", "macros", "print_node", "storage"]


def macros(dialect: str = "duckdb") -> tuple[str, ...]:
    """Statements that create what the printed SQL calls, to run once per connection.

    They must run before the connection's configuration is locked.
    """
    return dialect_of(dialect).macros()
