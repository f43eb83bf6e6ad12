"""What several sections share."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AliasChoices, Field, WithJsonSchema

from attain.core.labels import Labels
from attain.core.rounding import Mode
from attain.engine.plans.base import PlanPart, ShortPart
from attain.engine.plans.texts import Expression, PlainText, Step

Label = Annotated[
    Labels,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"zh-Hans": {"type": "string"}, "en": {"type": "string"}},
                    "additionalProperties": False,
                },
            ]
        }
    ),
]
"""Text for readers of both languages; a plain text stands for both."""


class Documented(PlanPart):
    """What may be said about anything that has a name."""

    label: Label | None = Field(
        default=None,
        validation_alias=AliasChoices("label", "labels"),
        serialization_alias="label",
    )
    """What readers are shown instead of the name, `{zh-Hans: 完成率, en: Completion}`."""
    source: PlainText | None = None
    """The clause of the scheme this rule comes from; shown beside every number it makes."""


class Rounding(ShortPart):
    """Where and how a value is rounded; everything before it is exact."""

    short: ClassVar[str] = "step"

    step: Step
    """The value becomes a multiple of this: 0.01 for cents, 1, 500."""
    mode: Mode = Mode.half_up
    """`half_up` (ties away from zero), `down` (towards zero), `up` (away from zero), `floor`."""


class WindowModel(ShortPart):
    """The days a gather looks at, half-open in whole dates."""

    short: ClassVar[str] = "said"

    said: PlainText | None = None
    """In words: `year to date`, `to day 20`, `last 12 months`, `12 months from July`, `life to
    date`, `all`. The short form `in: year to date` says the same."""
    from_: Expression | None = Field(default=None, alias="from")
    """The first day, computed on the gathering row: `trained_on - 60`."""
    until: Expression | None = None
    """The day after the last one, computed on the gathering row."""
