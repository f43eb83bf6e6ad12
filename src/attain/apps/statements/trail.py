"""What is done with statements, as the audit trail says it."""

from __future__ import annotations

from attain.apps.audit import words
from attain.core.labels import labels


def connect() -> None:
    """Called once when the product starts; again does no harm."""
    words.name({"statements.post": labels("入账", "Posted lines")})
