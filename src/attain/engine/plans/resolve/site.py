"""Where an expression is computed: on which rows, for which column, by which date and order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels
from attain.core.units import DATE, DAYS, Type
from attain.engine import errors
from attain.engine.plans.resolve.drafts import (
    EFFECTIVE_FROM,
    FROM,
    UNTIL,
    Declared,
    Draft,
)
from attain.engine.plans.resolve.units import stored_type
from attain.engine.primitives.model import Column, CutRows, Formula, Made
from attain.expressions.check import Scope
from attain.expressions.retype import retyped
from attain.expressions.typed import Constant, Narrow, Node, Operate, Reference
from attain.expressions.units import settled

if TYPE_CHECKING:
    from attain.engine.plans.resolve.folds import FoldSteps
    from attain.engine.plans.resolve.work import Work

PERIOD_END: Final = "period end"
_PLACES: Final = re.compile(r"span=Span\([^)]*\)")
"""Where a part of an expression stands does not make it another step."""
_ONE_DAY: Final = Constant(Decimal(1), DAYS)


@dataclass(frozen=True, slots=True)
class Site:
    """The rows and the column for which an expression is checked."""

    work: Work
    draft: Draft
    declared: Declared | None = None
    owner: str | None = None
    fold: FoldSteps | None = None
    """The columns that read their own earlier rows and are made together here."""

    @property
    def name(self) -> str:
        """The column that hidden steps are named after, or what else they belong to."""
        if self.owner is not None:
            return self.owner
        return self.declared.name if self.declared else self.draft.name

    @property
    def at(self) -> str | None:
        return self.declared.model.at if self.declared else None

    @property
    def along(self) -> str | None:
        return self.declared.model.along if self.declared else None

    def on(self, draft: Draft) -> Site:
        """The same column's expression, computed on other rows."""
        return replace(self, draft=draft)

    # ---------------------------------------------------------------------------- expressions

    def scope(self, outer: Site | None = None, right: Draft | None = None) -> Scope:
        """What names mean here; `outer` is the row that gathers or matches."""
        return self.work.scopes.row(self, outer, right)

    def check(
        self,
        text: str,
        expected: Type | None = None,
        outer: Site | None = None,
        right: Draft | None = None,
        *,
        with_notes: bool = True,
    ) -> Node:
        """An expression computed here; without `expected` a bare number stays one.

        :raises Reported: it is wrong; every problem is noted at its place in the file.
        """
        return self.work.check(text, self.scope(outer, right), expected, with_notes=with_notes)

    def check_stored(self, text: str, expected: Type, *, in_period: bool = False) -> Node:
        """A filter over stored columns alone, and the days of the period it is asked for.

        :raises Reported: it is wrong.
        """
        scope = self.work.scopes.stored(self, in_period=in_period)
        return self.work.check(text, scope, expected)

    # ----------------------------------------------------------------------------------- steps

    def named(self, owner: str) -> Site:
        """The same rows, with hidden steps named after something else."""
        return replace(self, owner=owner)

    def lift(self, node: Node, text: str | None = None) -> Reference:
        """An expression as a hidden column of these rows; a plain column stays what it is."""
        if isinstance(node, Reference) and node.row == "":
            return node
        type_ = stored_type(settled(node.type), hidden=True)
        return self.step(Formula(narrowed(retyped(node, type_), type_.scale)), type_, text)

    def step(
        self, made: Made, type_: Type, text: str | None = None, labels: Labels | None = None
    ) -> Reference:
        """A hidden column made in some way; equal ones are made once."""
        work, draft = self.work, self.draft
        identity = (draft.name, _PLACES.sub("", repr(made)))
        known = work.lifted.get(identity)
        if known is None:
            known = self.step_name()
            form = self.declared.model.form if self.declared else None
            step = Column(known, type_, made, labels=labels, hidden=True, form=form, text=text)
            work.add(draft, step)
            work.lifted[identity] = known
        return draft.read(known)

    def step_name(self) -> str:
        """A name for the next hidden step of this column: `line__1`."""
        work, draft = self.work, self.draft
        which = (draft.name, self.name)
        while True:
            work.steps[which] = work.steps.get(which, 0) + 1
            name = f"{self.name}__{work.steps[which]}"
            if not draft.is_taken(name):
                return name

    # ---------------------------------------------------------------------------------- dates

    def own_date(self) -> Node | None:
        """The date of the row itself, None for rows without one."""
        draft = self.draft
        if isinstance(draft.rows, CutRows):
            return draft.read("from")
        if draft.period is not None:
            return draft.read(FROM)
        if draft.date is not None:
            return draft.read(draft.date)
        return draft.read(EFFECTIVE_FROM) if draft.is_dated else None

    def last_day(self) -> Node | None:
        """The last day of the row's period, or its date."""
        if self.draft.period is None:
            return self.own_date()
        until = "until" if isinstance(self.draft.rows, CutRows) else UNTIL
        return Operate("-", (self.draft.read(until), _ONE_DAY), DATE)

    def needed_date(self, found: Node | None) -> Node:
        """
        :raises AttainError: PLAN_DATE_NEEDED for rows without a date.
        """
        if found is None:
            raise AttainError(problem(errors.PLAN_DATE_NEEDED, relation=self.draft.name))
        return found


def narrowed(node: Node, scale: int | None) -> Node:
    """The node at `scale` decimals, by a visible step where it may have more."""
    if scale is None or (node.type.scale is not None and node.type.scale <= scale):
        return node
    return Narrow(node, scale, replace(node.type, scale=scale), node.span)
