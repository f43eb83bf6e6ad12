"""Bands: which edge belongs to which band, and whether they tile without gap or overlap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
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
    """One band with its own edges, and whether each of them belongs to it."""

    lower: Expression | None
    upper: Expression | None
    owns_lower: bool
    owns_upper: bool
    value: Expression


@lru_cache(maxsize=4096)
def fixed(edge: Expression | None) -> Edge | None:
    """An edge that is a plain number or date, None for one that is calculated.

    Remembered by its text: rows of a wide table say the same few edges, and each is compared
    with many others.
    """
    if edge is None:
        return None
    node = check(edge, EmptyScope()).node
    value = node.value if isinstance(node, Constant) else None
    return value if isinstance(value, Decimal | dt.date) else None


def edges_of(part: Band | Axis) -> tuple[Expression | None, Expression | None]:
    """The lower and the upper edge, whether they are inside or outside."""
    lower = part.from_ if part.from_ is not None else part.above
    return lower, part.until if part.until is not None else part.to


def refuse_doubled(name: str, part: Band | Axis) -> None:
    """
    :raises AttainError: TIER_EDGE_UNSPECIFIED for two lower or two upper edges of one band.
    """
    if part.from_ is not None and part.above is not None:
        raise _unspecified(name, "from", "above")
    if part.until is not None and part.to is not None:
        raise _unspecified(name, "until", "to")


def _unspecified(name: str, first: str, second: str) -> AttainError:
    return AttainError(problem(errors.TIER_EDGE_UNSPECIFIED, name=name, first=first, second=second))


def read_bands(name: str, bands: Sequence[Band]) -> tuple[Range, ...]:
    """The bands with both edges, from the lowest to the highest.

    A band without its other edge ends where its neighbour begins; the outermost stay open.

    :raises AttainError: TIER_EDGE_PRINTED, TIER_PRINTED, TIER_EDGE_UNSPECIFIED, TIER_ORDER,
        TIER_GAP, TIER_OVERLAP, TIER_REVERSED, TIER_EDGE_EQUAL, LOOKUP_VALUE_EMPTY,
        PLAN_TABLE_SHAPE; all at once.
    """
    for band in bands:
        refuse_printed(name, band)
        refuse_doubled(name, band)
    refuse_printed_pair(name, bands)
    found = _closed(_in_order(name, [_range(name, band) for band in bands]))
    faults = [fault for one in found for fault in _reversed(name, one)]
    faults += [fault for one, other in pairwise(found) for fault in _between(name, one, other)]
    if faults:
        raise AttainError(faults)
    return found


def refuse_printed_pair(
    name: str, ranges: Sequence[Band | Axis], beside: Callable[[], Iterable[Band | Axis]] = list
) -> None:
    """
    :param beside: the other bands that may hold what lies between two of them.
    :raises AttainError: TIER_PRINTED for the first neighbours that stand as they are printed.
    """
    for one, other in pairwise(ranges):
        printed = _printed(name, one, other, beside)
        if printed:
            raise AttainError(printed)


def _printed(
    name: str, one: Band | Axis, other: Band | Axis, beside: Callable[[], Iterable[Band | Axis]]
) -> list[Problem]:
    """Bands as tables are printed, 0–80 and 81–100, whichever words stand at their edges."""
    for low, high in ((one, other), (other, one)):
        to, from_ = low.to or low.until, high.from_
        upper, lower = fixed(to), fixed(from_)
        if not (isinstance(upper, Decimal) and isinstance(lower, Decimal)):
            continue
        step = Decimal(1).scaleb(-max(decimals(upper), decimals(lower)))
        middle = upper + step / 2
        if lower - upper == step and not any(_holds(band, middle) for band in beside()):
            is_percent = str(to).strip().endswith(("%", "％"))
            between = f"{middle.scaleb(2):f}%" if is_percent else middle
            code = errors.TIER_PRINTED
            return [problem(code, name=name, upper=to, lower=from_, between=between)]
    return []


def _holds(band: Band | Axis, value: Decimal) -> bool:
    """Whether a value lies in a band whose edges are written as numbers."""
    lower, upper = (fixed(edge) for edge in edges_of(band))
    is_above = not isinstance(lower, Decimal) or lower < value
    is_below = not isinstance(upper, Decimal) or value < upper
    return (is_above and is_below) or value in (fixed(band.from_), fixed(band.to))


def _range(name: str, band: Band) -> Range:
    lower, upper = edges_of(band)
    if band.is_ is None:
        shown = lower or upper or ""
        raise AttainError(problem(errors.LOOKUP_VALUE_EMPTY, name=name, key=shown))
    if lower is None and upper is None:
        fault = labels(
            "有一档没有上下限：写 from、above、until 或 to，其余情况写 otherwise",
            "one band has no edge: say from, above, until or to, or otherwise for the rest",
        )
        raise AttainError(problem(errors.PLAN_TABLE_SHAPE, name=name, fault=fault))
    owns_upper = band.to is not None
    owns_lower = band.from_ is not None or (lower is None and not owns_upper)
    return Range(lower, upper, owns_lower, owns_upper, band.is_)


def _own_edge(one: Range) -> Expression | None:
    """The edge that belongs to a band, the other where it has only that."""
    first, second = (one.lower, one.upper) if one.owns_lower else (one.upper, one.lower)
    return first or second


def _in_order(name: str, ranges: list[Range]) -> list[Range]:
    """From the lowest to the highest; authors may write either way.

    :raises AttainError: TIER_ORDER, TIER_EDGE_EQUAL.
    """
    said, is_one_side = _comparable(ranges)
    known = [edge for edge in map(fixed, said) if edge is not None]
    steps = [one > other for one, other in pairwise(known) if one != other]  # type: ignore[operator]
    is_falling = bool(steps) and steps[0]
    for one, other in pairwise(known):
        if one == other and is_one_side:
            raise AttainError(problem(errors.TIER_EDGE_EQUAL, name=name, value=one))
        if one != other and (one > other) != is_falling:  # type: ignore[operator]
            raise AttainError(problem(errors.TIER_ORDER, name=name, first=one, second=other))
    return ranges[::-1] if is_falling else ranges


def _comparable(ranges: Sequence[Range]) -> tuple[list[Expression | None], bool]:
    """Edges that tell the order of bands: of one side, where every band says that side.

    `above 90` before `above 75 to 90` falls, although 90 is an edge of both.
    """
    lowers, uppers = [one.lower for one in ranges], [one.upper for one in ranges]
    for side in (lowers, uppers) if ranges[0].owns_lower else (uppers, lowers):
        if all(edge is not None for edge in side):
            return [*side], True
    return [_own_edge(one) for one in ranges], False


def _closed(ranges: list[Range]) -> tuple[Range, ...]:
    """An edge that a band does not say is its neighbour's, and belongs to one of the two."""
    found = []
    for number, one in enumerate(ranges):
        if one.upper is None and number + 1 < len(ranges):
            after = ranges[number + 1]
            one = replace(one, upper=after.lower, owns_upper=not after.owns_lower)
        if one.lower is None and number > 0:
            before = ranges[number - 1]
            one = replace(one, lower=before.upper, owns_lower=not before.owns_upper)
        found.append(one)
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
    if upper == lower and (upper is not None or str(one.upper) == str(other.lower)):
        return _of_nobody_or_both(name, one, other)
    if upper is None or lower is None:
        return []
    if upper < lower:  # type: ignore[operator]
        return [problem(errors.TIER_GAP, name=name, lower=upper, upper=lower)]
    return [problem(errors.TIER_OVERLAP, name=name, value=lower)]


def _of_nobody_or_both(name: str, one: Range, other: Range) -> list[Problem]:
    """Two neighbours share an edge: exactly one of them has it."""
    if one.owns_upper != other.owns_lower:
        return []
    first, second = ("to", "from") if one.owns_upper else ("until", "above")
    return list(_unspecified(name, first, second).problems)


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
