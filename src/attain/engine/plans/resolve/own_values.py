"""Values of a parameter that single participants, positions and units have of their own.

They come before everybody's, the participant's before the position's before the unit's (language.md
51).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from attain.core.errors import AttainError, problem
from attain.core.units import TEXT, Type
from attain.engine import errors
from attain.engine.plans.resolve import owners, reaching
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.suggesting import nearest
from attain.engine.primitives.model import Lookup
from attain.expressions.tree import Name, Span
from attain.expressions.typed import Constant, Node, Reference

if TYPE_CHECKING:
    from attain.engine.plans.resolve.scope import RowScope

OWN_VALUES: Final = "parameters"
"""The dataset with values of single participants, positions and units."""

_PEOPLE: Final = "people"
_POSTS: Final = "assignments"


def own_values(
    scope: RowScope, name: str, per: Sequence[str], type_: Type, at: Node
) -> Iterator[Node]:
    """A parameter's own values, the one that comes first first; `at` is the day they hold on.

    :raises AttainError: PLAN_COLUMN_UNKNOWN, PLAN_SUBJECT_KIND.
    """
    site = scope.site
    for whose in per:
        key = _whose(scope, whose)
        if key is None:
            known = nearest(whose, site.draft.stored)
            raise AttainError(
                problem(
                    errors.PLAN_COLUMN_UNKNOWN, relation=site.draft.name, name=whose, known=known
                )
            )
        owners.refuse_unnamed(site.work, OWN_VALUES, key)
        row = _row(site, name, whose)
        site.draft.lookups[row] = Lookup(
            name=row,
            relation=site.work.draft(OWN_VALUES).name,
            equal=(("name", Constant(name, TEXT)), ("subject", key)),
            at=at,
            absent="no_data.parameter",
        )
        yield Reference("value", replace(type_, scale=18).missing(), row)


def _row(site: Site, name: str, whose: str) -> str:
    """What the lookup of somebody's own value is called; read on another day it is another."""
    return f"{name}({whose})" + (f"@{site.at.replace(' ', '_')}" if site.at else "")


def _whose(scope: RowScope, said: str) -> Node | None:
    """Who or what may have a value of its own: the person, a customer's region.

    A person's position and unit are those of their assignment: on a row of a period that of its
    last day, on a fact that of its own.

    :raises AttainError: PLAN_UNKNOWN_NAME.
    """
    first, *rest = said.split(".")
    person = scope.name(Name((first,), Span())) if len(rest) == 1 else None
    if person is not None and person.type.kind == _PEOPLE:
        posts = scope.site.work.draft(_POSTS)
        column = posts.column(rest[0])
        if column is not None and column.type.kind is not None:
            row = reaching.row_at(scope.site, posts, f"{first}@{_POSTS}", (("person", person),))
            return Reference(rest[0], column.type.missing(), row)
    return scope.name(Name((first, *rest), Span()))
