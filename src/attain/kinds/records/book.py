"""All record types together: compiled, with what they say of each other checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from attain.core.errors import AttainError, Problem, problem
from attain.kinds.records import errors
from attain.kinds.records.cases import check_examples
from attain.kinds.records.compiling import Compiler
from attain.kinds.records.kind import Kind
from attain.kinds.records.lives import gates, life_of
from attain.kinds.records.models import RecordType
from attain.kinds.records.parts import check_parts, limits_of, reminding_of, rhythms_of
from attain.kinds.records.shaping import (
    bounds_of,
    check_names,
    conditions_of,
    defaults_of,
    formulas_of,
    row_defaults_of,
    row_formulas_of,
    sections_of,
)


@dataclass(frozen=True)
class Book:
    """The record types of a company, ready for work."""

    kinds: Mapping[str, Kind]

    def kind(self, name: str) -> Kind:
        """
        :raises KeyError: no such type.
        """
        return self.kinds[name]

    @property
    def types(self) -> Mapping[str, RecordType]:
        return {name: kind.type for name, kind in self.kinds.items()}


def assemble(types: Iterable[RecordType]) -> Book:
    """The book of some types.

    :raises AttainError: everything that is wrong in any of them, with its place.
    """
    book, problems = examine(types)
    if problems:
        raise AttainError(problems)
    return book


def examine(types: Iterable[RecordType]) -> tuple[Book, list[Problem]]:
    """The sound types as a book, and everything that is wrong with the others."""
    problems: list[Problem] = []
    known: dict[str, RecordType] = {}
    for declared in types:
        first = known.setdefault(declared.record, declared)
        if first is not declared:
            problems.append(_twice(first, declared))
    kinds: dict[str, Kind] = {}
    for declared in known.values():
        compiler = Compiler(declared, known)
        kind = _kind(compiler)
        problems += compiler.problems
        if kind is not None and not compiler.problems:
            kinds[declared.record] = kind
    return Book(kinds), problems


def _twice(first: RecordType, second: RecordType) -> Problem:
    there, here = first.where("record"), second.where("record")
    return problem(
        errors.RECORD_TWICE,
        here,
        name=first.record,
        first=(there.file if there else None) or first.record,
        second=(here.file if here else None) or second.record,
    )


def _kind(compiler: Compiler) -> Kind | None:
    declared = compiler.declared
    check_names(compiler)
    check_parts(compiler)
    check_examples(compiler)
    cycle = life_of(compiler)
    formulas, rows = formulas_of(compiler), row_formulas_of(compiler)
    defaults, row_defaults = defaults_of(compiler), row_defaults_of(compiler)
    conditions = conditions_of(compiler)
    sections, checks = sections_of(compiler), gates(compiler, declared.checks, ("checks",))
    bounds, limits = bounds_of(compiler), limits_of(compiler)
    rhythms, reminding = rhythms_of(compiler), reminding_of(compiler)
    if cycle is None:
        return None
    return Kind(
        type=declared,
        cycle=cycle,
        names=compiler.names,
        formulas=formulas,
        row_formulas=rows,
        defaults=defaults,
        row_defaults=row_defaults,
        conditions=conditions,
        sections=sections,
        checks=checks,
        bounds=bounds,
        allowance_limits=limits,
        rhythms=rhythms,
        reminding=reminding,
        followed=frozenset(compiler.followed),
    )
