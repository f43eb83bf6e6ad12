"""What a run says of its data: facts that count for nobody, and rows that changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attain.cli.runs.opening import OpenRun
from attain.cli.runs.tables import Row, read_rows
from attain.core.errors import Problem, problem
from attain.core.formats import show_value
from attain.core.labels import CHINESE, ENGLISH, Labels, labels
from attain.core.units import Type
from attain.engine.errors.runs import FACT_OUT_OF_DAYS, VERSION_IN_PERIOD
from attain.engine.primitives.model import SourceRows

_SHOWN: Final = 3
_VALUE: Final = "value"


def noticed(run: OpenRun) -> list[Problem]:
    """FACT_OUT_OF_DAYS for each column, source and period: how many rows, how much, which first.

    VERSION_IN_PERIOD for each look-up of a row that changed inside the period.
    """
    issues = run.folder.relation("issues")
    if issues is None or not issues.rows or _VALUE not in {one.name for one in issues.columns}:
        return []
    groups = run.folder.groups("issues", ("code", "name", "relation", "period"), _VALUE)
    return [TOLD[one["code"]](run, one) for one in groups if one["code"] in TOLD]


def _out_of_days(run: OpenRun, group: Row) -> Problem:
    plan = run.plan
    relation = plan.relations[group["relation"]]
    column = next(
        plan.relations[one.relation].columns[one.column]
        for one in plan.by_whom_they_name
        if one.column == group["name"]
    )
    return problem(
        FACT_OUT_OF_DAYS,
        column=_called(column.labels, column.name),
        source=_called(relation.labels, relation.name),
        period=group["period"],
        rows=group["count"],
        sum=_sum(group["sum"], column.type),
        first=_first(run, group),
    )


def _changed(run: OpenRun, group: Row) -> Problem:
    relation = run.plan.relations[group["relation"]]
    wanted = {name: group[name] for name in ("code", "name", "relation", "period")}
    rows = run.folder.rows("issues", wanted, ("subject", "key"))
    names = sorted({run.names.called(str(one["subject"] or one["key"])) for one in rows})
    more = " …" if len(names) > _SHOWN else ""
    return problem(
        VERSION_IN_PERIOD,
        column=group["name"],
        source=_called(relation.labels, relation.name),
        period=group["period"],
        rows=group["count"],
        first=labels(*(", ".join(names[:_SHOWN]) + more,) * 2),
    )


TOLD: Final = {FACT_OUT_OF_DAYS: _out_of_days, VERSION_IN_PERIOD: _changed}
"""How the issues of a code are told, by column, relation and period."""


def _called(said: Labels | None, name: str) -> Labels:
    return said if said else labels(name, name)


def _sum(value: Any, type_: Type) -> Labels:
    """The sum of what would have counted, where the column adds up."""
    if value is None:
        return labels("", "")
    zh, en = (show_value(value, type_, language) for language in (CHINESE, ENGLISH))
    return labels(f"（合计 {zh}）", f" ({en} in all)")


def _first(run: OpenRun, group: Row) -> Labels:
    wanted = {name: group[name] for name in ("code", "name", "relation", "period")}
    keys = sorted(str(one["key"]) for one in run.folder.rows("issues", wanted, ("key",)))
    places = [_place(run, group["relation"], key) for key in keys[:_SHOWN]]
    more = (" 等", " …") if len(keys) > _SHOWN else ("", "")
    zh, en = (", ".join(one[number] for one in places) for number in (0, 1))
    return labels(zh + more[0], en + more[1])


def _place(run: OpenRun, relation: str, key: str) -> tuple[str, str]:
    """A row by its code, with the file and line it came from, in Chinese and English."""
    code = run.names.code(key)
    row = next(_rows(run, relation, key), {})
    place = [str(row[name]) for name in ("_file", "_sheet") if row.get(name)]
    if not place:
        return code, code
    line = row.get("_line")
    zh, en = (f"第{line}行", f"line {line}") if line is not None else ("", "")
    file = " · ".join(place)
    return f"{code}（{file} {zh}）", f"{code} ({file} {en})"


def _rows(run: OpenRun, relation: str, key: str) -> Iterator[Mapping[str, Any]]:
    """The row of a dataset with this key; none where a key has several parts."""
    found = run.plan.relations[relation]
    if not isinstance(found.rows, SourceRows) or len(found.key) != 1:
        return
    version = run.versions.get(found.rows.dataset)
    if version is not None:
        paths: Sequence[Any] = run.lake.part_paths(version)
        yield from read_rows(paths, {found.key[0].name: key})
