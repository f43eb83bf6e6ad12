"""The sheet of participants: its columns, and the one with everybody who is on a plan now."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import xlsxwriter

from attain.apps.plans import membership
from attain.apps.plans.models import Plan
from attain.core.schemas import DatasetSchema, load_dataset_schema
from attain.lake.reading.limits import MIB
from attain.ui.tables.exports import neutralise

BYTES_MAX: Final = 10 * MIB
SCHEMA: Final[DatasetSchema] = load_dataset_schema(
    """
dataset: participants
label: {zh-Hans: 参与人, en: Participants}
key: [subject, effective_from]
dated: true
columns:
  subject:
    type: key
    of: [people, units, positions]
    label: {zh-Hans: 编号, en: Code}
    aliases: [工号, 对象, 部门编号, 岗位编号, Staff number, Subject, Unit, Position]
  name: {type: text, label: {zh-Hans: 姓名, en: Name}, aliases: [名称, 参与人, Participant]}
  share: {type: ratio, label: {zh-Hans: 比例, en: Share}, aliases: [占比]}
  effective_from:
    type: date
    required: true
    label: {zh-Hans: 开始日期, en: From}
    aliases: [生效日期, 生效日, effective_from]
  effective_until:
    type: date
    label: {zh-Hans: 结束日期, en: Until}
    aliases: [失效日期, 失效日, Until (exclusive), effective_until]
"""
)
"""What a file says of one plan. The name is for whoever reads it and is not brought in."""


def workbook(plan: Plan, language: str) -> bytes:
    """Everybody on a plan, of all times; it is understood again without a change."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    head = book.add_format({"bold": True, "bottom": 1})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    percent = book.add_format({"num_format": "0.##%"})
    sheet = book.add_worksheet(SCHEMA.labels.get(language))
    columns = list(SCHEMA)
    for at, column in enumerate(columns):
        sheet.write_string(0, at, column.labels.get(language) or column.name, head)
        sheet.set_column(at, at, 18)
    places = {column.name: at for at, column in enumerate(columns)}
    rows: Any = membership.named(plan, language)
    rows = sorted(rows, key=lambda one: (one.code, one.effective_from))
    for line, one in enumerate(rows, 1):
        sheet.write_string(line, places["subject"], neutralise(str(one.code)))
        sheet.write_string(line, places["name"], neutralise(str(one.name)))
        _share(sheet, line, places["share"], Decimal(one.share), percent)
        for name in ("effective_from", "effective_until"):
            found = getattr(one, name)
            if found is not None:
                moment = datetime(found.year, found.month, found.day)  # noqa: DTZ001 - a day
                sheet.write_datetime(line, places[name], moment, day)
    sheet.freeze_panes(1, 0)
    book.close()
    return target.getvalue()


def _share(sheet: Any, line: int, at: int, share: Decimal, look: Any) -> None:
    """A percentage; as text where a spreadsheet could not keep all its digits."""
    if len(share.as_tuple().digits) > 12:
        sheet.write_string(line, at, format(share, "f"))
    else:
        sheet.write_number(line, at, share, look)
