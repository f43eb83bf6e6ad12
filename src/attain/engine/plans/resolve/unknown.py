"""What a name that means nothing where it stands does mean elsewhere in the plan."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from attain.core.errors import AttainError, problem
from attain.core.labels import Labels, labels
from attain.engine.plans.suggesting import nearest
from attain.expressions import elsewhere, errors
from attain.expressions.plainly import plainly

if TYPE_CHECKING:
    from attain.engine.plans.resolve.drafts import Draft
    from attain.engine.plans.resolve.work import Work

_PEOPLE: Final = "people"
_POSTS: Final = "assignments"
_BEINGS: Final = ("people", "units", "positions", "customers")
_ENDS: Final = ("leg", "ancestor")
_OWN: Final = ("own", "own_row")
_SINCE: Final = "effective_from"
_EARLIER: Final = re.compile(r"上个?月|上季度?|上一?期|上年度?|去年(?:同[期月])?|上年同[期月]")
"""What Chinese names of an earlier period's number begin with."""


def explained(work: Work, parts: Sequence[str]) -> AttainError | None:
    """The error for a name that is a table, a column of finer rows, or one of a person's post;
    None for any other."""
    name = ".".join(parts)
    if parts[:-1] in ((), ("this",)) and parts[-1] in work.kinds:
        return _error(name, _period(work, parts[-1]))
    if (meant := plainly(name) or elsewhere.meant_by_name(name)) is not None:
        return _error(name, meant)
    if (earlier := _EARLIER.match(name)) and name[earlier.end() :] in work.plan.all_columns():
        return _error(name, _of_earlier(name[earlier.end() :], earlier.group()))
    if parts[0] in work.plan.tables:
        return _error(name, _table(parts[0]))
    if len(parts) == 2 and parts[0] == "target":
        return _error(name, _called("target", parts[1]))
    if name in work.plan.sources:
        return _error(name, _rows(name))
    for source in work.plan.sources:
        columns = _columns(work, source)
        if name in columns or (parts[0] == source and parts[-1] in columns):
            return _error(name, _finer(parts[-1], source))
    if len(parts) == 2 and (listed := _listed(work, parts[1])) is not None:
        taken = work.plan.all_columns()
        own = next((one for one in _OWN if one not in taken), _OWN[-1])
        said = f"each: [{on}], " if (on := _end_of_path(work, parts[0])) else ""
        return _error(name, _of_a_list(own, said, parts, *listed))
    post = work.schemas.get(_POSTS)
    subject = work.plan.subjects.get(parts[0])
    is_of_people = subject is not None and subject.from_ == _PEOPLE
    if is_of_people and len(parts) == 2 and post is not None and parts[1] in post.columns:
        return _error(name, _of_a_post(*parts))
    return None


def _of_earlier(column: str, said: str) -> Labels:
    back = "-1 year" if "年" in said else "-1 quarter" if "季" in said else "-1 month"
    return labels(
        f"往期的数没有自己的名称：归集来的另写一列 {{of: {column}, shift: {back}}}；"
        f"本方案算出来的，上一期的写 previous({column}, 0)。",
        f"Numbers of earlier periods have no names of their own: of what is gathered write a "
        f"column {{of: {column}, shift: {back}}}; what the plan came to in the period before is "
        f"previous({column}, 0).",
    )


def _period(work: Work, kind: str) -> Labels:
    """How the row of a coarser period is found from here, and rows of finer ones."""
    own = work.plan.period
    if work.kinds.is_coarser(kind, own):
        found = "_from <= this.period_start and {}_until >= this.period_until"
    else:
        found = "_from >= this.period_start and {}_until <= this.period_until"
    zh, en = (f'where: "{name}{found.format(name)}"' for name in ("某列", "column"))
    return labels(
        f"这里的一行是一个 {own}，不是一个 {kind}。按起止日去找：{zh}，"
        "“某列”换成那张表里写期间的列。",
        f"A row is a {own} here, not a {kind}. Find by the first and the last day: {en}, with the "
        "column of that table that says the period.",
    )


def _listed(work: Work, column: str) -> tuple[str, str, str] | None:
    """A list with one row for each person, unit or the like that has such a column: its name, the
    column of its key, and what a match says of its versions."""
    for source, model in work.plan.sources.items():
        schema = work.schemas.get(model.from_ or source)
        types = {name: one.type for name, one in model.columns.items()}
        types |= {name: one.of or "" for name, one in schema.columns.items()} if schema else {}
        keys = [one for one in model.key or (schema.key if schema else ()) if one != _SINCE]
        if column in types and len(keys) == 1 and types.get(keys[0]) in _BEINGS:
            is_dated = model.dated or (schema is not None and schema.dated)
            return source, keys[0], ", at: period end" if is_dated else ""
    return None


def _columns(work: Work, source: str) -> set[str]:
    """The columns of a source, its own and those of its dataset."""
    model = work.plan.sources.get(source)
    schema = work.schemas.get((model.from_ if model else None) or source)
    return {*(model.columns if model else ()), *(schema.columns if schema else ())}


def over_link(work: Work, draft: Draft, parts: Sequence[str]) -> AttainError | None:
    """The error for a column that a link of the row leads to, read without saying the link."""
    for link in draft.links.values():
        if len(parts) == 1 and parts[0] in _columns(work, link.to):
            found = f"{link.name}.{parts[0]}"
            return _error(
                parts[0],
                labels(
                    f"“{parts[0]}”是“{link.to}”的列，由 {link.name} 通到：写 {found}。",
                    f"“{parts[0]}” is a column of “{link.to}”, to which {link.name} leads: write "
                    f"{found}.",
                ),
            )
    return None


def of_call(work: Work, name: str) -> AttainError | None:
    """The error for a table that is called like a function; None for any other word."""
    if name not in work.plan.tables:
        return None
    return AttainError(problem(errors.PLAN_UNKNOWN_FUNCTION, name=name, remedy=_table(name)))


def of_right(work: Work, name: str, right: Draft) -> AttainError:
    """The error for a column that the condition of a pair does not find on its right side."""
    if name in work.plan.all_columns():
        remedy = labels(
            f"配对的条件只能读两边原有的列，“{name}”是算出来的：把它的公式写在这里，"
            "或在配对的行上算一列，汇总时再用 where 筛选。",
            f"The condition of a pair reads the columns that both sides have; “{name}” is "
            "calculated: write its formula here, or calculate a column on the pair's rows and "
            "filter where they are gathered.",
        )
    else:
        known = nearest(name, right.stored)
        shown = "、".join(known) if isinstance(known, list) else known.zh
        remedy = labels(
            f"右边有这些列：{shown}。",
            f"The right side has {shown.replace('、', ', ')}.",
        )
    return _error(f"right.{name}", remedy)


def _error(name: str, remedy: Labels) -> AttainError:
    return AttainError(problem(errors.PLAN_UNKNOWN_NAME, name=name, remedy=remedy))


def _table(name: str) -> Labels:
    return labels(
        f"“{name}”是一张表，读法是 value({name}, 数值)。",
        f"“{name}” is a table; it is read with value({name}, number).",
    )


def _called(function: str, argument: str) -> Labels:
    return labels(f"写成 {function}({argument})。", f"Write {function}({argument}).")


def _rows(source: str) -> Labels:
    return labels(
        f"“{source}”是许多行：先汇总成一列，例如 {{count: rows, from: {source}}}；"
        f"要逐行计算，在这一列写 each: {source}。",
        f"“{source}” is many rows: gather them into a column of its own, such as "
        f"{{count: rows, from: {source}}}; to calculate row by row, say each: {source} at this "
        "column.",
    )


def _of_a_post(subject: str, column: str) -> Labels:
    match = f"{{match: {_POSTS}, link: {{person: {subject}}}, at: period end}}"
    return labels(
        f"人员的“{column}”在任职（{_POSTS}）里，随时间变化：先立一列 post: {match}，"
        f"再用 post.{column}。",
        f"A person's {column} stands in their assignments and changes in time: make a column "
        f"post: {match}, and read post.{column}.",
    )


def _end_of_path(work: Work, word: str) -> str | None:
    """Where rows have a leg, or whoever is above: the grain of the plan's tree, if there is one."""
    is_end = word in _ENDS and word not in work.plan.all_columns()
    path = next(iter(work.plan.paths), None) if is_end else None
    draft = work.drafts.get(path) if path is not None else None
    if draft is None:
        return None
    return ", ".join(filter(None, (path, draft.period)))


def _of_a_list(
    own: str, each: str, parts: Sequence[str], source: str, key: str, version: str
) -> Labels:
    owner, column = parts
    match = f"{{{each}match: {source}, link: {{{key}: {owner}}}{version}}}"
    return labels(
        f"“{column}”在“{source}”里：先立一列 {own}: {match}，再用 {own}.{column}。",
        f"“{column}” stands in “{source}”: make a column {own}: {match}, and read {own}.{column}.",
    )


def _finer(column: str, source: str) -> Labels:
    return labels(
        f"“{column}”是“{source}”每一行的列，先汇总成一列再用，"
        f"例如 {{sum: {column}, from: {source}}}；要逐行计算，在这一列写 each: {source}。",
        f"“{column}” is a column of each row of “{source}”: gather it into a column of its own "
        f"first, such as {{sum: {column}, from: {source}}}; to calculate row by row, say "
        f"each: {source} at this column.",
    )
