"""Whether a form can read the rows it names: they exist, have a number of their own and a day."""

from __future__ import annotations

from attain.core.errors import Problem, problem
from attain.core.labels import labels
from attain.engine.forms import errors
from attain.engine.forms.expansion import FormContext


def fault_of(
    name: str, source: str, context: FormContext, *, day: str | None, keyed: bool
) -> Problem | None:
    """What keeps the form `name` from reading a source; `day` is the date column it says itself."""
    if source not in context.row_keys:
        fault = labels("没有这个数据集或数据来源", "there is no such dataset or source")
    elif keyed and source not in context.source_keys:
        fault = labels("它的主键不止一列", "its key has several columns")
    elif day is None and source not in context.source_dates:
        fault = labels("它没有日期", "it has no date")
    else:
        return None
    known = sorted(context.row_keys)
    return problem(errors.FORM_SOURCE, name=name, source=source, fault=fault, known=known)
