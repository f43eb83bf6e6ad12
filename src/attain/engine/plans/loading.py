"""Reading a plan's text: YAML to models, with every fault placed in the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from attain.core.documents import Document, Path, check_document, read_yaml
from attain.core.errors import AttainError, Problem, Where, codes, problem
from attain.engine import errors
from attain.engine.plans.models.plan import PlanModel
from attain.engine.plans.texts import Expression, Place

_CUT: Final = re.compile(r"[()（）*/<>=\"']| [+-] ")
"""Signs that stand in formulas and never in keys."""
_TOLD_BY: Final = {"orderings": {"of", "by"}, "relations": {"cut", "by"}}
"""The keys by which an ordering and stretches are known, wherever they stand."""


def load_plan(text: str, file: str | None = None) -> PlanModel:
    """A plan as its author wrote it; expressions keep their places in the file.

    Scalars stay the texts they are. Unknown keys, keys written twice, several documents in one
    file and formulas cut at a comma are refused.

    :raises AttainError: the codes of `read_yaml` and of the models, all at once, each with
        file, line and position.
    """
    document = placed(read_yaml(text, file), text)
    if not isinstance(document.data, dict):
        raise AttainError(
            problem(codes.FIELD_MISSING, Where(file=file, line=1, position=1), key="plan")
        )
    document = _in_sections(document)
    try:
        plan = check_document(PlanModel, document)
    except AttainError as error:
        raise AttainError(_explained(one) for one in error.problems) from None
    return plan.read_from(document)


def placed(document: Document, text: str) -> Document:
    """The document with every scalar as a text that knows its place."""
    lines = text.splitlines()

    def walk(data: Any, path: Path) -> Any:
        if isinstance(data, dict):
            return {key: walk(value, (*path, key)) for key, value in data.items()}
        if isinstance(data, list):
            return [walk(value, (*path, number)) for number, value in enumerate(data)]
        if isinstance(data, str):
            return Expression(data, _place(document.places[path], path, lines))
        return data

    return replace(document, data=walk(document.data, ()))


def _in_sections(document: Document) -> Document:
    """What stands by a name of its own is read in the section that its keys tell.

    `orders_in_time: {of: orders, by: [...]}` is an ordering; what nothing tells stays where it is.
    """
    sections = {one: document.data.get(one) or {} for one in _TOLD_BY}
    if not all(isinstance(one, dict) for one in sections.values()):
        return document
    moved: dict[Path, Path] = {
        (name,): (section, name)
        for name, said in document.data.items()
        if name not in PlanModel.model_fields and isinstance(said, dict)
        for section, keys in _TOLD_BY.items()
        if keys <= said.keys() and name not in sections[section]
    }
    if not moved:
        return document
    data = {name: said for name, said in document.data.items() if (name,) not in moved}
    for section, name in moved.values():
        data[section] = {**(data.get(section) or {}), name: document.data[name]}

    def told(places: Mapping[Path, Where]) -> dict[Path, Where]:
        return {(*moved.get(path[:1], path[:1]), *path[1:]): at for path, at in places.items()}

    return replace(document, data=data, places=told(document.places), keys=told(document.keys))


def _place(where: Where, path: Path, lines: list[str]) -> Place:
    line, position = where.line or 1, where.position or 1
    here = lines[line - 1][position - 1 :] if line <= len(lines) else ""
    style = here[:1] if here[:1] in ("'", '"', "|", ">") else ""
    indent = 0
    if style in ("|", ">"):
        below = next((one for one in lines[line:] if one.strip()), "")
        indent = len(below) - len(below.lstrip())
    pointer = "/" + "/".join(map(str, path))
    return Place(where.file, line, position, style, indent, pointer)


def _explained(found: Problem) -> Problem:
    """A piece of a formula that was cut at a comma looks like an unknown key: say so."""
    key = str(found.values.get("key", ""))
    if found.code in (codes.FIELD_UNKNOWN, errors.PLAN_KEY_EMPTY) and _CUT.search(key):
        return problem(codes.YAML_UNQUOTED, found.where, value=key)
    return found
