"""Many versions of a constant, found by halves: the periods of a calendar, a rate for each month.

Asked one after the other, seven hundred periods are seven hundred tests for every row, each with a
name of its own. By halves they are ten, and nothing is needed twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, Final

from sqlglot import exp

from attain.expressions.missing import NO_VERSION
from attain.expressions.sql import build, quotients
from attain.expressions.sql.build import Sql
from attain.expressions.sql.figures import Quotient
from attain.expressions.sql.printed import Part
from attain.expressions.typed import Constant, Dated, Missing, Node

if TYPE_CHECKING:
    from attain.expressions.sql.printer import Printer

FEW: Final = 4
"""So many versions and fewer are asked for one after the other, as their author wrote them."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What holds from a day on until the next stretch begins; the first has no first day."""

    begins: dt.date | None
    version: Node
    """Missing where no version is in force."""


def are_many(node: Dated) -> bool:
    """Whether there are many versions, all of them constants and each after the one before."""
    versions = node.versions
    if len(versions) <= FEW or not all(isinstance(one, Constant) for _, _, one in versions):
        return False
    return all(
        one[1] is not None and two[0] is not None and one[1] <= two[0]
        for one, two in pairwise(versions)
    )


def by_halves(node: Dated, at: Part, printer: Printer) -> Part:
    """The version in force on a day, and why there is none."""
    stretches = _stretches(node)
    values = [printer.part(one.version) for one in stretches]
    value = _found(at, [one.begins for one in stretches], values, may_be_null=bool(at.whys))
    holes = [
        in_force(at, one.begins, following.begins if following else None)
        for one, following in zip_longest(stretches, stretches[1:])
        if isinstance(one.version, Missing)
    ]
    if not holes:
        return Part(value, at.whys)
    none = build.cases([(build.either(holes), build.text(NO_VERSION))])
    first = printer.shares.worst(at.whys)
    # A day that is missing is in no hole: of the two reasons there is never more than one.
    return Part(value, (build.coalesce([first, none]) if first is not None else none,))


def _stretches(node: Dated) -> list[_Stretch]:
    """All of time, with a hole wherever no version is in force."""
    found: list[_Stretch] = []
    none = Missing(NO_VERSION, node.type)
    end: dt.date | None = None
    for begins, until, version in node.versions:
        if begins is not None and (not found or begins != end):
            found.append(_Stretch(end, none))
        found.append(_Stretch(begins, version))
        end = until
    return [*found, _Stretch(end, none)] if end is not None else found


def _found(
    at: Part, begins: Sequence[dt.date | None], values: Sequence[Part], *, may_be_null: bool = False
) -> Quotient | Sql:
    """The value of the stretch around a day. A day that is missing is asked for once, outside."""
    if len(values) == 1:
        return values[0].value
    middle = len(values) // 2
    first = begins[middle]
    assert first is not None, "only the first stretch has no first day"
    earlier = _found(at, begins[:middle], values[:middle])
    later = _found(at, begins[middle:], values[middle:])
    is_earlier = build.binary(exp.LT, at.plain, build.day(first))
    is_later = build.binary(exp.GTE, at.plain, build.day(first))
    if isinstance(earlier, Quotient) and isinstance(later, Quotient):
        if may_be_null:
            return quotients.choose([(is_earlier, earlier), (is_later, later)], None)
        return quotients.choose([(is_earlier, earlier)], later)
    assert not isinstance(earlier, Quotient)
    assert not isinstance(later, Quotient)
    if may_be_null:
        return build.cases([(is_earlier, earlier), (is_later, later)])
    return build.cases([(is_earlier, earlier)], later)


def in_force(at: Part, begins: dt.date | None, ends: dt.date | None) -> Sql:
    """Whether a day is neither before the first nor on or after the last."""
    tests = []
    if begins is not None:
        tests.append(build.binary(exp.GTE, at.plain, build.day(begins)))
    if ends is not None:
        tests.append(build.binary(exp.LT, at.plain, build.day(ends)))
    if not tests:
        return exp.Not(this=build.is_null(at.plain)) if at.whys else build.truth(value=True)
    return build.every(tests)
