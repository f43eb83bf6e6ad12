"""Words of a file for what has fixed choices: 在职 and Active are both the status active."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from attain.apps.people import errors
from attain.apps.people.models import Responsibility, Status
from attain.core.errors import Problem, Where, problem
from attain.core.labels import Labels, labels

Row = dict[str, Any]

_STATUS: Final[Mapping[str, tuple[str, ...]]] = {
    Status.active: ("在职", "在岗", "正式", "正式员工"),
    Status.probation: ("试用", "试用期", "on probation"),
    Status.on_leave: ("休假", "长期休假", "停薪留职", "on leave"),
    Status.left: ("离职", "已离职"),
    Status.external: ("外部", "外部人员"),
}
_RESPONSIBILITY: Final[Mapping[str, tuple[str, ...]]] = {
    Responsibility.profit_centre: ("利润中心", "profit centre", "profit center"),
    Responsibility.cost_centre: ("成本中心", "cost centre", "cost center"),
    Responsibility.resource_line: ("资源线", "resource line"),
}
_CHOICES: Final[Mapping[tuple[str, str], tuple[Labels, Mapping[str, tuple[str, ...]]]]] = {
    ("people", "status"): (labels("在职状态", "the status"), _STATUS),
    ("units", "responsibility"): (labels("责任中心", "the responsibility"), _RESPONSIBILITY),
}


def read_words(dataset: str, rows: list[Row]) -> Iterator[Problem]:
    """Put the choice in place of the word, in every row; what is none of them is a problem."""
    for (name, column), (label, choices) in _CHOICES.items():
        if name != dataset:
            continue
        words = {word: value for value, also in choices.items() for word in (value, *also)}
        for row in rows:
            written = row.get(column)
            if written is None:
                continue
            found = words.get(str(written).strip().lower())
            if found is None:
                yield _unknown(row, column, label, str(written), choices)
            row[column] = str(found)


def _unknown(
    row: Row, column: str, label: Labels, written: str, choices: Mapping[str, tuple[str, ...]]
) -> Problem:
    accepted = labels(
        "、".join(also[0] for also in choices.values()), ", ".join(str(one) for one in choices)
    )
    where = Where(
        file=row.get("_file"), sheet=row.get("_sheet"), row=row.get("_line"), header=column
    )
    return problem(errors.WORD_UNKNOWN, where, value=written, column=label, accepted=accepted)
