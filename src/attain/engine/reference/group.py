"""Group: a row against its population."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from attain.engine.primitives.model import Column, Grouped, GroupFunction, Relation
from attain.engine.reference.values import (
    Row,
    is_no_data,
    is_not_applicable,
    narrowed,
    number,
    worst,
)
from attain.expressions.evaluate import Absent, Result

if TYPE_CHECKING:
    from attain.engine.reference.calculation import Calculation

OUTSIDE = Absent("not_applicable.outside_population")


@dataclass(frozen=True, slots=True)
class Member:
    """A row as a member of its population: what it is compared by, or why it is not."""

    row: Row
    where: tuple[Result, ...]
    values: tuple[Result, ...]
    lacking: Absent | None


def fill(
    run: Calculation, relation: Relation, column: Column, rows: Sequence[Row]
) -> Sequence[Result]:
    """Places and totals inside a population (language.md 36, 38).

    - Rows with equal partition columns for which the population's condition holds are
      compared; exclusions come before counting.
    - A member without data makes the result of everyone in the population no data, for the
      lowest key's reason, unless the plan skips missing members: then only its own.
    - A member to whom the question does not apply is left out, with that reason.
    - Equal values share a place; the next place is after all of them (1, 1, 3), or the next
      number (1, 1, 2), or the place of the last among equals.
    """
    made = column.made
    assert isinstance(made, Grouped)
    results: dict[int, Result] = {}
    for population in populations(run, relation, made, rows).values():
        results.update(_compared(made, population, population))
    return [narrowed(column, results.get(id(row), OUTSIDE)) for row in rows]


def one(
    run: Calculation, relation: Relation, column: Column, rows: Sequence[Row], row: Row
) -> Result:
    """The same for one row, without comparing the others with each other.

    `rows` are all that can be in its population.
    """
    made = column.made
    assert isinstance(made, Grouped)
    population = population_of(run, relation, made, rows, row)
    member = next((each for each in population if each.row.key == row.key), None)
    if member is None:
        return narrowed(column, OUTSIDE)
    return narrowed(column, next(_compared(made, population, [member]))[1])


def population_of(
    run: Calculation, relation: Relation, made: Grouped, rows: Sequence[Row], row: Row
) -> Sequence[Member]:
    """Those a row is compared with, the row among them; nobody for who is outside."""
    for members in populations(run, relation, made, rows).values():
        if any(member.row.key == row.key for member in members):
            return members
    return ()


def populations(
    run: Calculation, relation: Relation, made: Grouped, rows: Sequence[Row]
) -> Mapping[tuple[Result, ...], list[Member]]:
    """Everyone who is compared or asked to be, by population, in the order of keys."""
    found: dict[tuple[Result, ...], list[Member]] = {}
    for row in rows:
        member = _member(run, relation, made, row)
        if member.lacking is OUTSIDE:
            continue
        # Who does not know where they belong stands alone.
        alone = any(isinstance(value, Absent) for value in member.where)
        place = (*member.where, *row.key) if alone else member.where
        found.setdefault(place, []).append(member)
    return found


def _member(run: Calculation, relation: Relation, made: Grouped, row: Row) -> Member:
    name = made.population.where
    belongs = True if name is None else run.value(relation, row, name)
    if belongs is False or is_not_applicable(belongs):
        return Member(row, (), (), OUTSIDE)
    where = tuple(run.value(relation, row, part) for part in made.population.partition)
    values = tuple(run.value(relation, row, part) for part, _ in made.by)
    return Member(row, where, values, worst((belongs, *where, *values)))


def _compared(
    made: Grouped, population: Sequence[Member], asked: Sequence[Member]
) -> Iterator[tuple[int, Result]]:
    """What the asked members of a population get, by the identity of their rows."""
    spoilt = next((one.lacking for one in population if _spoils(one)), None)
    left = [one for one in population if one.lacking is None]
    for one in asked:
        if one.lacking is not None and (made.skip_missing or is_not_applicable(one.lacking)):
            yield id(one.row), one.lacking
        elif spoilt is not None and not made.skip_missing:
            yield id(one.row), spoilt
        else:
            yield id(one.row), _FUNCTIONS[made.function](made, one, left)


def _spoils(member: Member) -> bool:
    return member.lacking is not None and is_no_data(member.lacking)


def precedes(made: Grouped, one: Member, two: Member) -> bool:
    """Whether the first stands before the second, by the ranked column, then by tie-breakers."""
    for (_, descending), mine, other in zip(made.by, one.values, two.values, strict=True):
        if mine != other:
            return bool((mine > other) is descending)  # type: ignore[operator]
    return False


def _rank(made: Grouped, member: Member, all_: Sequence[Member]) -> Result:
    return Fraction(1 + sum(precedes(made, other, member) for other in all_))


def _dense_rank(made: Grouped, member: Member, all_: Sequence[Member]) -> Result:
    return Fraction(1 + len({other.values for other in all_ if precedes(made, other, member)}))


def _last_rank(made: Grouped, member: Member, all_: Sequence[Member]) -> Result:
    return Fraction(sum(not precedes(made, member, other) for other in all_))


def _count(made: Grouped, member: Member, all_: Sequence[Member]) -> Result:
    return Fraction(len(all_))


def _numbers(all_: Sequence[Member]) -> list[Fraction]:
    return [number(other.values[0]) for other in all_]


def _mean(made: Grouped, member: Member, all_: Sequence[Member]) -> Result:
    return sum(_numbers(all_), Fraction(0)) / len(all_)


_FUNCTIONS: Mapping[GroupFunction, Callable[[Grouped, Member, Sequence[Member]], Result]] = {
    GroupFunction.RANK: _rank,
    GroupFunction.DENSE_RANK: _dense_rank,
    GroupFunction.LAST_RANK: _last_rank,
    GroupFunction.COUNT: _count,
    GroupFunction.SUM: lambda made, member, all_: sum(_numbers(all_), Fraction(0)),
    GroupFunction.MEAN: _mean,
    GroupFunction.MIN: lambda made, member, all_: min(one.values[0] for one in all_),  # type: ignore[type-var]
    GroupFunction.MAX: lambda made, member, all_: max(one.values[0] for one in all_),  # type: ignore[type-var]
}
