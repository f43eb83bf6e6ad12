"""What several sections share."""

from __future__ import annotations

from typing import Any

from pydantic import AliasChoices, Field, model_validator

from attain.core.labels import Labels
from attain.core.rounding import Mode
from attain.engine.plans.base import PlanPart
from attain.engine.plans.texts import ExactNumber, Expression, PlainText


class Documented(PlanPart):
    """What may be said about anything that has a name."""

    label: Labels | None = Field(
        default=None,
        validation_alias=AliasChoices("label", "labels"),
        serialization_alias="label",
    )
    """What readers are shown instead of the name, `{zh-Hans: 完成率, en: Completion}`."""
    source: PlainText | None = None
    """The clause of the scheme this rule comes from; shown beside every number it makes."""


class Rounding(PlanPart):
    """Where and how a value is rounded; everything before it is exact."""

    step: ExactNumber
    """The value becomes a multiple of this: 0.01 for cents, 1, 500."""
    mode: Mode = Mode.half_up
    """`half_up` (ties away from zero), `down` (towards zero), `up` (away from zero), `floor`."""

    @model_validator(mode="before")
    @classmethod
    def _step_alone(cls, given: Any) -> Any:
        return given if isinstance(given, dict) or given is None else {"step": given}


class WindowModel(PlanPart):
    """The days a gather looks at, half-open in whole dates."""

    said: PlainText | None = None
    """In words: `year to date`, `to day 20`, `last 12 months`, `12 months from July`, `life to
    date`, `all`. The short form `in: year to date` says the same."""
    from_: Expression | None = Field(default=None, alias="from")
    """The first day, computed on the gathering row: `trained_on - 60`."""
    until: Expression | None = None
    """The day after the last one, computed on the gathering row."""

    @model_validator(mode="before")
    @classmethod
    def _words_alone(cls, given: Any) -> Any:
        return {"said": given} if isinstance(given, str) else given


def from_text(key: str) -> Any:
    """A validator that reads a plain text as the one field which is nearly always meant."""

    def read(cls: type[PlanPart], given: Any) -> Any:
        is_scalar = given is not None and not isinstance(given, dict | PlanPart)
        return {key: given} if is_scalar else given

    return model_validator(mode="before")(classmethod(read))  # type: ignore[arg-type]
