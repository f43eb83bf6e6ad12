"""Names are unique inside a plan, whatever the case of their letters; types are no names."""

from __future__ import annotations

import unicodedata
from collections.abc import Container

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.core.periods.calculated import KINDS
from attain.core.schemas import ColumnType
from attain.engine import errors
from attain.engine.plans.models.plan import PlanModel

_VALUES = {
    "parameters": labels("参数", "a parameter"),
    "columns": labels("列", "a column"),
    "measures": labels("指标", "a measure"),
    "formulas": labels("公式", "a formula"),
}
_ROWS = {
    "subjects": labels("对象", "a subject"),
    "sources": labels("数据来源", "a source"),
    "relations": labels("关系", "a relation"),
    "paths": labels("树", "a path"),
}


STANDARD = frozenset({"outcomes", "lines", "scores", "grades", "issues"})
"""The relations that every run has; no other can be called so."""


PLAIN_TYPES = frozenset({*ColumnType} - {ColumnType.key})
"""The types of columns that are no keys of a dataset."""


MAX_COLUMNS = 5_000
"""Columns a plan may have, its forms written out."""


def refuse_taken_names(plan: PlanModel) -> None:
    """Values share one set of names, rows another; tables, orders and groups have their own.

    :raises AttainError: NAME_TAKEN, for every name that is used twice.
    """
    faults = [
        problem(errors.PLAN_TOO_MANY, what=what, size=len(plan.all_columns()), limit=MAX_COLUMNS)
        for what in [labels("列", "columns")]
        if len(plan.all_columns()) > MAX_COLUMNS
    ]
    for family in (_VALUES, _ROWS):
        first: dict[str, Labels] = {}
        for section, what in family.items():
            for name in getattr(plan, section):
                folded = unicodedata.normalize("NFKC", name).casefold()
                if folded in first:
                    where = plan.where((section, name))
                    faults.append(
                        problem(
                            errors.NAME_TAKEN, where, name=name, first=first[folded], second=what
                        )
                    )
                first[folded] = what
    types = {column.type for source in plan.sources.values() for column in source.columns.values()}
    taken = {*STANDARD, *KINDS, *(PLAIN_TYPES & types)}
    for section in ("sources", "relations", "paths"):
        for name in getattr(plan, section):
            if name in taken:
                where = plan.where((section, name))
                faults.append(problem(errors.PLAN_NAME_RESERVED, where, name=name))
    if faults:
        raise AttainError(faults)


def refuse_misspelt_types(plan: PlanModel, datasets: Container[str]) -> None:
    """A type that is one letter off a plain one, and no dataset, would be a key of nothing.

    :raises AttainError: PLAN_SOURCE_TYPE, for every such column.
    """
    known = {source.from_ for source in plan.sources.values()} | {*plan.sources}
    faults = [
        problem(
            errors.PLAN_SOURCE_TYPE,
            plan.where(("sources", name, "columns", column)),
            type=model.type,
            known=near,
        )
        for name, source in plan.sources.items()
        for column, model in source.columns.items()
        if model.type not in known and model.type not in datasets
        if (near := _near_type(model.type))
    ]
    if faults:
        raise AttainError(faults)


def _near_type(word: str) -> list[str]:
    """The plain type a word was meant to be; a plural is rather a dataset's name."""
    if word in PLAIN_TYPES or word.removesuffix("s") in PLAIN_TYPES:
        return []
    said = word.casefold()
    return sorted(
        one for one in PLAIN_TYPES if _lacks_a_letter(said, one) or _lacks_a_letter(one, said)
    )


def _lacks_a_letter(word: str, whole: str) -> bool:
    return word in {whole[:place] + whole[place + 1 :] for place in range(len(whole))}
