"""Whether a dataset of the system can say whose its rows are: a target of a dealer, for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attain.core.errors import AttainError, problem
from attain.core.systems import system_schema
from attain.engine import errors
from attain.expressions.typed import Node

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
