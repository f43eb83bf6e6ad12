"""Bands: which edge belongs to which band, and whether they tile without gap or overlap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from attain.core.errors import AttainError, Problem, problem
from attain.core.labels import labels
from attain.core.rounding import decimals
from attain.engine import errors
from attain.engine.plans.models.tables import Axis, Band
from attain.engine.plans.resolve.written_edges import refuse_printed
from attain.engine.plans.texts import Expression
from attain.expressions.check import EmptyScope, check
from attain.expressions.typed import Constant

Edge = Decimal | dt.date


@dataclass(frozen=True, slots=True)
class Range:
    """One band with its own edges; `owns_lower` says which of the two belongs to it."""

    lower: Expression | None
    upper: Expression | None
    owns_lower: bool
    value: Expression


def fixed(edge: Expression | None) -> Edge | None:
    """An edge that is a plain number or date, None for one that is calculated."""
    if edge is None:
        return None
    node = check(edge, EmptyScope()).node
    value = node.value if isinstance(node, Constant) else None
    return value if isinstance(value, Decimal | dt.date) else None


def family(name: str, ranges: Sequence[Band | Axis]) -> bool:
    """True if lower edges are inside (`from`, `until`), false if upper ones are (`above`, `to`).

    :raises AttainError: TIER_EDGE_UNSPECIFIED for a mixture.
    """
    words = [
        (word, word in ("from", "until"))
        for one in ranges
        for word, edge in (
            ("from", one.from_),
            ("until", one.until),
            ("above", one.above),
            ("to", one.to),
        )
        if edge is not None
    ]
    for word, owns_lower in words:
        if owns_lower != words[0][1]:
            raise AttainError(
                problem(errors.TIER_EDGE_UNSPECIFIED, name=name, first=words[0][0], second=word)
            )
    return words[0][1] if words else True


def read_bands(name: str, bands: Sequence[Band]) -> tuple[Range, ...]:
    """The bands with both edges, from the lowest to the highest.

    A band without its other edge ends where its neighbour begins; the outermost stay open.

    :raises AttainError: TIER_EDGE_PRINTED, TIER_PRINTED, TIER_EDGE_UNSPECIFIED, TIER_ORDER,
        TIER_GAP, TIER_OVERLAP, TIER_REVERSED, TIER_EDGE_EQUAL, LOOKUP_VALUE_EMPTY,
        PLAN_TABLE_SHAPE; all at once.
    """
    for band in bands:
        refuse_printed(name, band)
    refuse_printed_pair(name, bands)
    owns_lower = family(name, bands)
    raw = [_range(name, band, owns_lower=owns_lower) for band in bands]
    rising = _in_order(name, raw, owns_lower=owns_lower)
    found = _closed(rising, owns_lower=owns_lower)
    faults = [fault for one in found for fault in _reversed(name, one)]
    faults += [fault for one, other in pairwise(found) for fault in _between(name, one, other)]
    if faults:
        raise AttainError(faults)
    return found


def refuse_printed_pair(name: str, ranges: Sequence[Band | Axis]) -> None:
    """
    :raises AttainError: TIER_PRINTED for the first neighbours that stand as they are printed.
    """
    for one, other in pairwise(ranges):
        printed = _printed(name, one, other)
        if printed:
            raise AttainError(printed)


def _printed(name: str, one: Band | Axis, other: Band | Axis) -> list[Problem]:
    """Bands as tables are printed, 0–80 and 81–100, whichever words stand at their edges."""
    for low, high in ((one, other), (other, one)):
        to, from_ = low.to or low.until, high.from_
        upper, lower = fixed(to), fixed(from_)
        if not (isinstance(upper, Decimal) and isinstance(lower, Decimal)):
            continue
        step = Decimal(1).scaleb(-max(decimals(upper), decimals(lower)))
        if lower - upper == step:
            middle = upper + step / 2
            is_percent = str(to).strip().endswith(("%", "％"))
            between = f"{middle.scaleb(2):f}%" if is_percent else middle
            code = errors.TIER_PRINTED
            return [problem(code, name=name, upper=to, lower=from_, between=between)]
    return []


def _range(name: str, band: Band, *, owns_lower: bool) -> Range:
    lower = band.from_ if owns_lower else band.above
    upper = band.until if owns_lower else band.to
    if band.is_ is None:
        shown = lower or upper or ""
        raise AttainError(problem(errors.LOOKUP_VALUE_EMPTY, name=name, key=shown))
    if lower is None and upper is None:
        fault = labels("有一档没有上下限", "one band has no edge")
        raise AttainError(problem(errors.PLAN_TABLE_SHAPE, name=name, fault=fault))
    return Range(lower, upper, owns_lower, band.is_)


def _own_edge(one: Range) -> Expression | None:
    """The edge that belongs to a band, the other where it has only that."""
    first, second = (one.lower, one.upper) if one.owns_lower else (one.upper, one.lower)
    return first or second


def _in_order(name: str, ranges: list[Range], *, owns_lower: bool) -> list[Range]:
    """From the lowest to the highest; authors may write either way.

    :raises AttainError: TIER_ORDER, TIER_EDGE_EQUAL.
    """
    said, is_one_side = _comparable(ranges, owns_lower=owns_lower)
    known = [edge for edge in map(fixed, said) if edge is not None]
    is_falling = len(known) > 1 and known[0] > known[1]  # type: ignore[operator]
    for one, other in pairwise(known):
        if one == other and is_one_side:
            raise AttainError(problem(errors.TIER_EDGE_EQUAL, name=name, value=one))
        if one != other and (one > other) != is_falling:  # type: ignore[operator]
            raise AttainError(problem(errors.TIER_ORDER, name=name, first=one, second=other))
    return ranges[::-1] if is_falling else ranges


def _comparable(
    ranges: Sequence[Range], *, owns_lower: bool
) -> tuple[list[Expression | None], bool]:
    """Edges that tell the order of bands: of one side, where every band says that side.

    `above 90` before `above 75 to 90` falls, although 90 is an edge of both.
    """
    lowers, uppers = [one.lower for one in ranges], [one.upper for one in ranges]
    for side in (lowers, uppers) if owns_lower else (uppers, lowers):
        if all(edge is not None for edge in side):
            return [*side], True
    return [_own_edge(one) for one in ranges], False


def _closed(ranges: list[Range], *, owns_lower: bool) -> tuple[Range, ...]:
    found = []
    for number, one in enumerate(ranges):
        lower, upper = one.lower, one.upper
        if upper is None and number + 1 < len(ranges):
            upper = ranges[number + 1].lower
        if lower is None and number > 0:
            lower = ranges[number - 1].upper
        found.append(Range(lower, upper, owns_lower, one.value))
    return tuple(found)


def _reversed(name: str, one: Range) -> list[Problem]:
    lower, upper = fixed(one.lower), fixed(one.upper)
    if lower is not None and upper is not None and lower >= upper:  # type: ignore[operator]
        return [problem(errors.TIER_REVERSED, name=name, lower=lower, upper=upper)]
    return []


def _between(name: str, one: Range, other: Range) -> list[Problem]:
    if one.upper is None or other.lower is None:
        # Neither says where it ends: both cover the same numbers.
        return [problem(errors.TIER_OVERLAP, name=name, value=_own_edge(other) or "")]
    upper, lower = fixed(one.upper), fixed(other.lower)
    if upper is None or lower is None or upper == lower:
        return []
    if upper < lower:  # type: ignore[operator]
        return [problem(errors.TIER_GAP, name=name, lower=upper, upper=lower)]
    return [problem(errors.TIER_OVERLAP, name=name, value=lower)]


def meet(one: Axis, other: Axis) -> bool:
    """Whether two conditions on the same dimension may hold for one value."""
    if one.under or other.under:
        return True
    if one.any_of or other.any_of:
        either = {*one.any_of, *other.any_of}
        return ANY in either or not either or bool({*one.any_of} & {*other.any_of})
    first, second = (
        (one.from_ or one.above, one.until or one.to),
        (
            other.from_ or other.above,
            other.until or other.to,
        ),
    )
    return not (_ends_before(first[1], second[0]) or _ends_before(second[1], first[0]))


def depends_on_tree(one: Axis, other: Axis) -> bool:
    """Whether only the tree can say if two conditions on keys hold for the same key."""
    if not (one.under or other.under) or ANY in (*one.any_of, *other.any_of):
        return False
    return not {*one.under, *one.any_of} & {*other.under, *other.any_of}


def _ends_before(upper: Expression | None, lower: Expression | None) -> bool:
    """Whether one range ends where, or before, the other begins; unknown edges do not."""
    if upper is None or lower is None:
        return False
    end, start = fixed(upper), fixed(lower)
    if end is None or start is None:
        return str(upper) == str(lower)
    return end <= start  # type: ignore[operator]


ANY = "any"
"""The key that fits whatever comes."""
