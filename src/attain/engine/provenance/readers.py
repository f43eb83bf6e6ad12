"""How readers are told a plan's columns outside explanations: 3.5 where its author wrote 3.5.

Tables, statements, exports and the command line ask here, so that a number reads alike everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from attain.core.units import Type
from attain.engine.primitives.model import Column, Component, Gather, Relation, ResolvedPlan, Stored
from attain.engine.provenance.numbers import Memo, is_number
from attain.engine.provenance.whole import column_type, stored_number


@dataclass(frozen=True)
class Readers:
    """The types by which readers are told the columns of one plan."""

    plan: ResolvedPlan
    memo: Memo = field(default_factory=Memo)

    def type_of(self, component: Component, value: Decimal | None = None) -> Type:
        """The type of a component's value: a count where its author thinks of a number.

        What is only added up, or stored, says by its `value` what it is: an average of 68.3 is
        no percentage.
        """
        relation = self.plan.relations[component.relation]
        return self.column(relation, relation.columns[component.column], value)

    def column(self, relation: Relation, column: Column, value: Decimal | None = None) -> Type:
        """The same of any column."""
        exact = None if value is None else Fraction(value)
        return told_type(self.plan, relation, column, exact, self.memo)


def told_type(
    plan: ResolvedPlan, relation: Relation, column: Column, value: object, memo: Memo
) -> Type:
    """The type by which readers are told a column: a number where its author thinks of one."""
    is_large = isinstance(column.made, Stored | Gather) and stored_number(value, column.type)
    return column_type(column, is_large or is_number(plan, relation, column, memo))
