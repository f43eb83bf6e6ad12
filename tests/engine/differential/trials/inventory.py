"""What the plan language has, and what of it a plan makes: for counting what is never tried.

Both are lists of words such as `columns.skip_missing`, `grades.head_count=apportion`, `marginal()`
or `OrderFunction.increase`. They are read off the models, the registers of calls and the
primitives, so that whatever the language gains is asked for without anybody thinking of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel

from attain.core.errors import AttainError
from attain.core.labels import Labels
from attain.engine.plans.models.plan import Head, PlanModel
from attain.engine.plans.models.tables import Axis
from attain.engine.plans.special_calls import SPECIAL_CALLS
from attain.engine.primitives import model as primitives
from attain.engine.primitives.model import ResolvedPlan
from attain.expressions.functions.registry import documented, find
from attain.expressions.parse import parse
from attain.expressions.tree import Call, Operation, Tree

OPERATORS: Final = ("+", "-", "*", "/", "=", "<>", "<", "<=", ">", ">=", "and", "or", "not", "in",
                    "not in")  # fmt: skip
WINDOWS: Final[Mapping[str, re.Pattern[str]]] = {
    "period": re.compile("period"),
    "… to date": re.compile(r"\w+ to date"),
    "life to date": re.compile("life to date"),
    "to day …": re.compile(r"to day \d+"),
    "last …": re.compile(r"last \d+ \w+"),
    "… months from …": re.compile(r"\d+ months? from \w+"),
    "all": re.compile("all"),
}
_SAME: Final = {"measures": "columns", "formulas": "columns"}
"""Sections that are another's under a friendlier name."""
_KINDS: Final = ("OrderFunction", "GroupFunction", "Aggregate", "Residue", "ComponentKind")


def language() -> set[str]:
    """Everything a plan can say."""
    found = {f"head.{_written(Head, name)}" for name in Head.model_fields}
    for name, field in PlanModel.model_fields.items():
        if name not in Head.model_fields:
            section = _SAME.get(field.alias or name, field.alias or name)
            found.add(section)
            found |= set(_said_by_type(section, field.annotation, ()))
    found |= {f"tables.rows.{_written(Axis, name)}" for name in Axis.model_fields}
    found |= {f"{one.name}()" for one in (*documented(), *SPECIAL_CALLS)}
    found |= {f"operator {one}" for one in OPERATORS}
    found |= {f"window {one}" for one in WINDOWS}
    for kind in _KINDS:
        found |= {f"{kind}.{one.name}" for one in getattr(primitives, kind)}
    for union in (primitives.Rows, primitives.Made):
        found |= {one.__name__ for one in get_args(union)}
    return found


def made(plan: PlanModel, expanded: PlanModel, resolved: ResolvedPlan) -> set[str]:
    """What one plan says, what its forms write, and what it comes to."""
    found = {*_said(plan), *_said(expanded)}
    for relation in resolved.relations.values():
        found.add(type(relation.rows).__name__)
        for column in relation.columns.values():
            found |= set(_primitive(column.made))
    found |= {f"ComponentKind.{one.kind.name}" for one in resolved.components}
    return found


def _said(plan: PlanModel) -> Iterator[str]:
    for name in plan.model_fields_set:
        written = _written(PlanModel, name)
        if name in Head.model_fields:
            yield f"head.{written}"
            continue
        section = _SAME.get(written, written)
        yield section
        yield from _said_by(section, getattr(plan, name))


def _said_by_type(path: str, annotation: Any, around: tuple[type, ...]) -> Iterator[str]:
    """What can be said of a field, choice by choice, and of the models in it."""
    yield from (f"{path}={choice}" for choice in _choices(annotation))
    for model in _models(annotation):
        if model in around:
            continue
        for name, field in model.model_fields.items():
            inner = f"{path}.{_written(model, name)}"
            yield inner
            yield from _said_by_type(inner, field.annotation, (*around, model))


def _said_by(path: str, value: Any) -> Iterator[str]:
    """What is said in a value, defaults that are a choice among others included."""
    if isinstance(value, Labels):
        return
    if isinstance(value, BaseModel):
        yield from _said_by_model(path, value)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _axis(one) if path.endswith(".rows") else ()
            yield from _said_by(path, one)
            yield from _words(str(key)) if path == "interventions" else ()
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _said_by(path, one)
    elif isinstance(value, str):
        yield from _words(value)
        if path == "columns.in.said":
            yield from (f"window {name}" for name, said in WINDOWS.items() if said.fullmatch(value))
        if path == "interventions":
            yield f"{path}={value}"


def _said_by_model(path: str, value: BaseModel) -> Iterator[str]:
    for name, field in type(value).model_fields.items():
        inner, given = f"{path}.{_written(type(value), name)}", getattr(value, name)
        # Rows of rows of a scorecard are rows.
        inner = inner.replace(".rows.rows.", ".rows.")
        if name in value.model_fields_set:
            yield inner
            yield from _said_by(inner, given)
        if given in _choices(field.annotation):
            yield f"{inner}={given.value if isinstance(given, Enum) else given}"


def _axis(cell: Any) -> Iterator[str]:
    """What a row of a table asks of one dimension, in whatever version."""
    if isinstance(cell, Mapping):
        yield from (f"tables.rows.{name}" for name in cell)
    elif isinstance(cell, list | tuple):
        yield "tables.rows.any_of"


def _words(text: str) -> Iterator[str]:
    """The calls and operators of a text, if it is an expression."""
    try:
        trees: list[Tree] = [parse(text).tree]
    except AttainError:
        return
    while trees:
        tree = trees.pop()
        if isinstance(tree, Call):
            known = find(tree.name)
            yield f"{known.name if known is not None else tree.name}()"
            trees += tree.arguments
        elif isinstance(tree, Operation):
            yield f"operator {tree.operator}"
            trees += tree.operands


def _primitive(one: Any) -> Iterator[str]:
    yield type(one).__name__
    for value in (getattr(one, name, None) for name in ("function", "aggregate", "residue")):
        if isinstance(value, Enum):
            yield f"{type(value).__name__}.{value.name}"


def _written(model: type[BaseModel], name: str) -> str:
    field = model.model_fields[name]
    return field.serialization_alias or field.alias or name


def _choices(annotation: Any) -> list[Any]:
    """The values of a field that takes one of a few."""
    if get_origin(annotation) is Literal:
        return [*get_args(annotation)]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return [*annotation]
    return [choice for inner in get_args(annotation) for choice in _choices(inner)]


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [] if issubclass(annotation, Labels) else [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]
