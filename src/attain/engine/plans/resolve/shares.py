"""Sharing out: an exact amount split over rows, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.core.rounding import decimals
from attain.core.units import BOOLEAN
from attain.engine import errors
from attain.engine.plans.models.columns import ColumnModel
from attain.engine.plans.resolve import formulas, orders, units
from attain.engine.plans.resolve.drafts import Declared
from attain.engine.plans.resolve.naming import flat, partition_column
from attain.engine.plans.resolve.site import Site
from attain.engine.plans.resolve.work import Work
from attain.engine.plans.texts import Expression
from attain.engine.primitives.model import Column, Lookup, Residue, Shared
from attain.expressions.check import EmptyScope
from attain.expressions.typed import Constant, Node, Reference, children

DEFAULT_STEP = "0.01"
IN_ORDER: Final = "in_order"
"""How a split up to capacities may be called: nothing is left to anybody, it stays unshared."""


def shared(work: Work, declared: Declared) -> Column:
    """A part of a pot in proportion to a weight, or up to a capacity.

    :raises AttainError: PLAN_SHARE.
    :raises Reported: an expression of it is wrong.
    """
    model = declared.model
    draft = work.drafts[declared.relation]
    site = Site(work, draft, declared)
    if model.by is None and model.capacity is None:
        raise _impossible("没有写按什么分", "it is not said in proportion to what")
    pot = _number(site, model.share_out, formulas.free_unit(work, model) is not None)
    capacity = _number(site, model.capacity, False) if model.capacity is not None else None
    weight = _number(site, model.by, False) if model.by is not None else capacity
    assert pot is not None
    assert weight is not None
    step = _step(work, model.step or DEFAULT_STEP)
    residue, named = _residue(site, model)
    partition = _partition(site, declared)
    is_blank = any(draft.read(column).type.may_be_missing for column in partition)
    is_missing = (
        is_blank or pot.type.may_be_missing or weight.type.may_be_missing or capacity is None
    )
    amounts = (pot, capacity) if capacity is not None else (pot,)
    scale = max(decimals(step), *(_decimals(one) for one in amounts))
    type_ = replace(pot.type, scale=scale, may_be_missing=is_missing)
    made = Shared(
        pot=pot.column,
        by=weight.column,
        partition=partition,
        step=format(step, "f"),
        residue=residue,
        order=_order(site, model),
        named=named,
        capacity=capacity.column if capacity is not None else None,
    )
    kept, kept_type = formulas.rounded_from(site, made, type_, declared)
    return formulas.finished(work, declared, kept, kept_type, f"share_out: {model.share_out}")


def _partition(site: Site, declared: Declared) -> tuple[str, ...]:
    """The columns that hold the rows of one pot together: as they are said, else the pot's own key.

    A pot that everybody shares is split among all rows of the period.

    :raises AttainError: PLAN_SHARE for a pot that stands on the row itself.
    """
    model, draft = declared.model, site.draft
    said = [*model.within]
    if not said:
        pot = site.check(model.share_out or "", with_notes=False)
        read = {one.row for one in _references(pot)}
        found = draft.lookups.get(next(iter(read))) if len(read) == 1 else None
        if not read and draft.period is not None:
            said = [draft.period]
        elif found is not None and found.where is None:
            return _key_of(site, found, declared.name)
    if not said:
        raise _impossible("没有写在哪些行之间分", "it is not said between which rows")
    return tuple(partition_column(site, one, declared.name) for one in said)


def _references(node: Node) -> Iterator[Reference]:
    if isinstance(node, Reference):
        yield node
    for child in children(node):
        yield from _references(child)


def _key_of(site: Site, found: Lookup, owner: str) -> tuple[str, ...]:
    """What of this row leads to the one that is found: rows that lead to the same are one pot's."""
    columns = [site.named(owner).lift(flat(site, node)).column for _, node in found.equal]
    target = site.work.drafts[found.relation]
    if found.at is not None and target.period is not None:
        columns.append(partition_column(site, target.period, owner))
    elif found.at is not None:
        raise _impossible("没有写在哪些行之间分", "it is not said between which rows")
    return tuple(columns)


def _decimals(amount: Reference) -> int:
    """How many decimals an amount may have: what a pot has beyond the step is somebody's, too."""
    known = amount.type.scale
    return known if known is not None else units.kept_scale(amount.type)


def _impossible(zh: str, en: str) -> AttainError:
    return AttainError(problem(errors.PLAN_SHARE, fault=labels(zh, en)))


def _number(site: Site, text: Expression | None, is_money: bool) -> Reference | None:
    """An amount or weight as a column of the rows."""
    if text is None:
        return None
    expected = formulas.free_unit(site.work, site.declared.model) if site.declared else None
    node = site.check(text, expected if is_money else None)
    if not node.type.is_number:
        raise _impossible(f"“{text}”不是数", f"“{text}” is no number")
    return site.lift(node, text)


def _step(work: Work, text: str) -> Decimal:
    node = work.check(text, EmptyScope())
    value = node.value if isinstance(node, Constant) else None
    if not isinstance(value, Decimal) or value <= 0:
        raise _impossible(f"step “{text}”不是正数", f"the step “{text}” is no number above zero")
    return value


def _residue(site: Site, model: ColumnModel) -> tuple[Residue, Node | None]:
    """Who gets what rounding leaves; a condition names a row."""
    said = model.residue or Residue.LARGEST.value
    if said.strip() in (Residue.LARGEST, Residue.FIRST, Residue.LAST):
        return Residue(said.strip()), None
    if said.strip() == IN_ORDER and model.capacity is not None:
        return Residue.LARGEST, None
    return Residue.NAMED, site.check(said, BOOLEAN)


def _order(site: Site, model: ColumnModel) -> tuple[tuple[str, bool], ...]:
    """The order that makes first and last mean something: an ordering's, else the key's."""
    if model.along is not None:
        return orders.ordering(site, model.along).by
    return tuple((part.name, False) for part in site.draft.key)
