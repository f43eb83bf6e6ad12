"""Whether a dataset of the system can say of whom and of what its rows are: a target, for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.core.labels import labels
from attain.core.systems import system_schema
from attain.core.units import Unit
from attain.engine import errors
from attain.expressions.typed import Node, Reference

if TYPE_CHECKING:
    from attain.engine.plans.resolve.work import Work

_SUBJECT = "subject"


def refuse_unnamed(work: Work, dataset: str, key: Node) -> None:
    """Refuse to look for rows of a kind that the dataset cannot name: none would ever be found.

    :raises AttainError: PLAN_SUBJECT_KIND.
    """
    schema = work.schemas.get(dataset) or system_schema(dataset)
    known, kind = schema.columns[_SUBJECT].kinds, key.type.kind
    if kind is not None and kind not in known:
        raise AttainError(
            problem(errors.PLAN_SUBJECT_KIND, dataset=dataset, kind=kind, known=list(known))
        )


def refuse_dimensions(name: str, dimensions: Sequence[Reference]) -> None:
    """Refuse a target by what the table of targets cannot say: its one dimension is a text.

    :raises AttainError: PLAN_TARGET_DIMENSION.
    """
    if len(dimensions) > 1:
        names = [one.column for one in dimensions]
        said = ", ".join(names)
        fault = labels(
            f"这里有 {len(names)} 个维度（{said}），目标表只有一个",
            f"there are {len(names)} dimensions here ({said}), and a target has one",
        )
    elif dimensions and dimensions[0].type.unit is not Unit.text:
        said, kind = dimensions[0].column, dimensions[0].type.kind or dimensions[0].type.unit.value
        fault = labels(
            f"目标表的维度是文字，“{said}”的类型是 {kind}，永远对不上",
            f"the dimension of a target is a text, and “{said}” is of the type {kind}: none would "
            "ever be found",
        )
    else:
        return
    raise AttainError(
        problem(errors.PLAN_TARGET_DIMENSION, name=name, fault=fault, dimensions=said)
    )
