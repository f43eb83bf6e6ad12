"""What the rows of a dataset must fulfil together, declared under `checks:`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from pydantic import Field, model_validator

from attain.core.documents import Declared, ExactNumber, refused
from attain.core.errors import codes, problem
from attain.core.labels import labels

_KINDS: Final = ("sum", "range", "tree")


class Check(Declared):
    """One rule over rows. Exactly one of `sum`, `range` and `tree` names the column it judges.

    `{sum: share, is: 1, by: [order_id], each: seller}`: the shares of one order add up to 1,
    none is negative, and no seller stands twice. `{range: score, from: 0, to: 100}`: both
    included. `{tree: parent, child: unit}`: nobody is above themselves, on any day.
    """

    sum: str | None = None
    is_: ExactNumber = Field(default=Decimal(1), alias="is")
    each: str | None = None
    range: str | None = None
    from_: ExactNumber | None = Field(default=None, alias="from")
    to: ExactNumber | None = None
    tree: str | None = None
    child: str | None = None
    by: tuple[str, ...] = ()
    """The columns whose equal values make rows belong together."""
    name: str = ""
    """`weights` for weights of a scorecard, which are spoken of as such."""

    @model_validator(mode="after")
    def _one_rule(self) -> Check:
        said = [kind for kind in _KINDS if getattr(self, kind) is not None]
        if len(said) != 1 or (self.tree is None) != (self.child is None):
            detail = labels(
                "应恰好写明 sum、range、tree（与 child）之一",
                "exactly one of sum, range and tree (with child) is needed",
            )
            raise refused(problem(codes.FIELD_INVALID, key="checks", value=None, detail=detail))
        return self

    def columns(self) -> Iterator[str]:
        """Every column it speaks of."""
        named = (self.sum, self.range, self.tree, self.child, self.each, *self.by)
        return (name for name in named if name is not None)
