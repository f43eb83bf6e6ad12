"""Numbers in documents: texts that go through the one number parser."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator

from attain.core.documents.checking import refused
from attain.core.errors import AttainError
from attain.core.numbers import parse_ratio


def _exact(given: Any) -> Any:
    """A text as an exact number; 80% is 0.8. A binary floating point number is refused."""
    if isinstance(given, float):
        raise ValueError("a binary floating point number is not exact; write it as a text")
    if not isinstance(given, str):
        return given
    try:
        return parse_ratio(given).value
    except AttainError as error:
        raise refused(error.problems[0]) from None


ExactNumber = Annotated[Decimal, BeforeValidator(_exact)]
"""A field of a document that holds an exact number, possibly written as a percentage."""
