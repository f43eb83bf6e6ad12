"""What records tell the apps below when the product starts."""

from __future__ import annotations


def register_all() -> None:
    """Everything at once."""
