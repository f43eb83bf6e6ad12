"""What the API takes and gives, besides what each app adds."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict


class In(Schema):
    """Base of everything the API takes: unknown fields are refused, numbers are not guessed."""

    model_config = ConfigDict(extra="forbid", strict=True)
