"""What an example was given may be why its numbers are others: told when they are.

Rows that no rule reads change nothing; files bring no row without what a column requires, and no
number with more decimals than its column keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attain.core.errors import Problem, problem
from attain.core.labels import Labels, labels
from attain.core.periods import Period
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS
from attain.engine.examples import errors
from attain.engine.examples.cells import too_fine
from attain.engine.examples.naming import in_columns
from attain.engine.examples.situation import Rows, Setting
from attain.engine.plans.models.examples import Row
from attain.engine.primitives.model import ResolvedPlan

_DAYS: Final = "days"
_SILENT: Final = frozenset(
    {"people", "units", "positions", "customers", "aliases", "calendars", "days"}
)
"""Lists that say who and when there is; they need not be read to matter."""

_READ_BY: Final[Mapping[str, Labels]] = {
    "balances": labels(
        '期初数要由规则读取：opened: {{match: balances, where: "subject = this.seller and '
        "account = 'draw'\"}}，再写 previous(owed, if_missing(opened.amount, 0))；或删去这些行。",
        'A rule reads what was open before: opened: {{match: balances, where: "subject = '
        "this.seller and account = 'draw'\"}}, then previous(owed, if_missing(opened.amount, 0)); "
        "or remove the rows.",
    ),
    "targets": labels(
        "目标由 target(sales) 读取；或删去这些行。",
        "A rule reads a target by target(sales); or remove the rows.",
    ),
    "parameters": labels(
        "参数要在 parameters 里声明，如 rate: {{is: 5%, per: [seller]}}；或删去这些行。",
        "Declare the parameter, rate: {{is: 5%, per: [seller]}} under parameters; or remove "
        "the rows.",
    ),
    "interventions": labels(
        "哪一列可以由人决定，写在 interventions 里，如 {{score: [set, adjust, waive]}}；"
        "或删去这些行。",
        "Say which column people may decide on, {{score: [set, adjust, waive]}} under "
        "interventions; or remove the rows.",
    ),
    "edges": labels(
        "汇报关系由 paths 读取，如 team: {{over: reporting}}；或删去这些行。",
        "A path reads a tree, team: {{over: reporting}} under paths; or remove the rows.",
    ),
}
_BY_A_COLUMN: Final = labels(
    "写一列去读它，如 {{sum: ..., from: {source}}} 或 {{match: {source}, where: ...}}；"
    "或删去这些行。",
    "Write a column that reads it, {{sum: ..., from: {source}}} or {{match: {source}, "
    "where: ...}}; or remove the rows.",
)


def blank(example: str, schema: DatasetSchema, source: str, rows: Sequence[Row]) -> Problem | None:
    """EXAMPLE_BLANK for the first column that is required and that a row lacks, else None.

    What tells rows apart need not be written, and the product's own tables are told in short.
    """
    if schema.dataset == "ratings":
        return _unrated(example, schema, source, rows)
    if schema.dataset in SYSTEM_DATASETS:
        return None
    wanted = [one.name for one in schema if one.required and one.name not in schema.key]
    column = next((name for row in rows for name in wanted if row.get(name) is None), None)
    if column is None:
        return None
    return problem(errors.EXAMPLE_BLANK, example=example, source=source, column=column)


def left_blank(
    setting: Setting, datasets: Mapping[str, Sequence[Mapping[str, object]]]
) -> dict[str, frozenset[str]]:
    """Of each table that is the company's own the required columns that some row leaves blank."""
    found = {}
    for name, rows in datasets.items():
        schema = setting.schema(name) if name not in SYSTEM_DATASETS else None
        if schema is None:
            continue
        wanted = [one.name for one in schema if one.required and one.name not in schema.key]
        found[name] = frozenset(one for one in wanted if any(row.get(one) is None for row in rows))
    return found


def _unrated(
    example: str, schema: DatasetSchema, source: str, rows: Sequence[Row]
) -> Problem | None:
    """EXAMPLE_UNRATED for a rating that says neither points nor a choice, else None."""
    told = [{one.name for name in row if (one := schema.column_of_header(name))} for row in rows]
    if all({"score", "choice"} & one for one in told):
        return None
    return problem(errors.EXAMPLE_UNRATED, example=example, source=source)


def finer(schema: DatasetSchema, rows: Sequence[Row]) -> Problem | None:
    """What a file is told of the first number with more decimals than its column keeps."""
    cells = ((one, row.get(one.name)) for row in rows for one in schema)
    found = (too_fine(column, text) for column, text in cells)
    return next((one for one in found if one is not None), None)


def unread(plan: ResolvedPlan, example: str, schema: DatasetSchema, source: str) -> Problem | None:
    """EXAMPLE_UNREAD for a dataset that the plan does not read, else None."""
    if schema.dataset in plan.datasets or schema.dataset in _SILENT:
        return None
    said = _READ_BY.get(schema.dataset, _BY_A_COLUMN)
    remedy = labels(said.zh.format(source=source), said.en.format(source=source))
    return problem(errors.EXAMPLE_UNREAD, example=example, source=source, remedy=remedy)


def without_days(setting: Setting, given: Iterable[tuple[str, Sequence[Row]]]) -> Iterator[Problem]:
    """EXAMPLE_NO_DAYS where days are counted and the example has none."""
    has_days = any(
        schema.dataset == _DAYS
        for source, rows in given
        if rows and (schema := setting.schema(source, rows)) is not None
    )
    if _DAYS in setting.plan.relations and not has_days:
        yield problem(errors.EXAMPLE_NO_DAYS, example=setting.example)


def outside(
    setting: Setting, given: Sequence[tuple[str, Sequence[Row]]], mentioned: Iterable[Row]
) -> Iterator[Problem]:
    """EXAMPLE_OUTSIDE for codes of a subject's kind that take no part, where nobody is described.

    They stand in a column of another name than the subject's, so nothing is calculated for them.
    """
    tables = [
        (source, schema, rows) for source, rows in given if (schema := setting.schema(source, rows))
    ]
    described = {schema.dataset for _, schema, _ in tables}
    named = list(mentioned)
    for subject, kind in setting.subjects().items():
        part = list(dict.fromkeys(code for row in named if (code := row.get(subject))))
        if kind in described or not part:
            continue
        for source, schema, rows in tables:
            for column in (one.name for one in schema if one.kinds == (kind,)):
                codes = dict.fromkeys(row.get(column) for row in rows)
                others = [code for code in codes if code and code not in part]
                if others:
                    yield problem(
                        errors.EXAMPLE_OUTSIDE,
                        example=setting.example,
                        source=source,
                        column=column,
                        codes=others,
                        subject=subject,
                        kind=kind,
                        everybody=", ".join([*part, *others]),
                    )


def gone(
    setting: Setting,
    given: Sequence[tuple[str, Sequence[Row]]],
    asked: Iterable[tuple[Period, Rows]],
) -> Iterator[Problem]:
    """EXAMPLE_GONE for those of whom something is expected while nothing of them is in force."""
    runs = list(asked)
    for subject, kind in setting.subjects().items():
        for source, rows in given:
            schema = setting.schema(source, rows)
            if schema is None or schema.dataset != kind:
                continue
            days = _days(schema, rows)
            for period, expect in runs:
                named = dict.fromkeys(row.get(subject) for one in expect.values() for row in one)
                codes = [one for one in named if one in days and not _holds(days[one], period)]
                if codes:
                    yield problem(
                        errors.EXAMPLE_GONE,
                        example=setting.example,
                        source=source,
                        codes=codes,
                        period=period.label,
                        subject=subject,
                        kind=kind,
                    )


def _days(schema: DatasetSchema, rows: Sequence[Row]) -> dict[str, list[tuple[str, str]]]:
    """The days on which each code's rows hold, as they are written."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in in_columns(schema, rows):
        if code := row.get(schema.key[0]):
            days = (row.get("effective_from") or "", row.get("effective_until") or "9")
            found.setdefault(code, []).append(days)
    return found


def _holds(days: Iterable[tuple[str, str]], period: Period) -> bool:
    return any(begin < str(period.until) and str(period.from_) < end for begin, end in days)
