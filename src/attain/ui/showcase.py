"""The gallery: every component in every state, in both languages and both looks.

Its figures are samples and are read from nowhere; what it loads comes through `gallery-part`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from attain.core.errors import Where, problem
from attain.core.labels import labels
from attain.ui import errors, formats
from attain.ui.tables import Column, RowsTable, table_response

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep")
AT: Final = datetime(2026, 10, 22, 6, 5, tzinfo=UTC)
_TEAMS: Final = (
    ("SH1", labels("上海一组", "Shanghai 1")),
    ("SH2", labels("上海二组", "Shanghai 2")),
)
_STATES: Final = (
    ("draft", labels("草稿", "Draft"), "neutral"),
    ("confirm", labels("待确认", "To confirm"), "accent"),
    ("returned", labels("已退回", "Returned"), "problem"),
)
_NAMES: Final = (
    labels("宋知夏", "Song Zhixia"), labels("何思齐", "He Siqi"), labels("汪泽宇", "Wang Zeyu"),
    labels("许文博", "Xu Wenbo"), labels("方可欣", "Fang Kexin"), labels("苏婉清", "Su Wanqing"),
    labels("白露", "Bai Lu"),
)  # fmt: skip


def _rows() -> list[dict[str, Any]]:
    return [
        {
            "name": _NAMES[index % len(_NAMES)],
            "code": f"E-{1001 + index}",
            "team": _TEAMS[index % 2][0],
            "target": 67_500_000 + 1_000_000 * index,
            "collected": None if index == 3 else 26_055_000 + 2_100_000 * index,
            "attainment": None if index == 3 else Decimal("0.786") + Decimal("0.0355") * index,
            "state": _STATES[index % 3][0],
            "since": AT.date(),
        }
        for index in range(12)
    ]


def _told(choices: Any) -> list[tuple]:
    language = formats.language()
    return [(key, label.get(language), *tone) for key, label, *tone in choices]


def _table() -> RowsTable:
    say = _say
    columns = (
        Column("name", say("姓名", "Name"), "person", searchable=True, primary=True,
               source="code", value=lambda row: row["name"].get(formats.language()),
               url=lambda row: "/gallery/drawer", drawer=True),
        Column("code", say("工号", "Number"), "code", searchable=True),
        Column("team", say("组", "Team"), "choice", choices=_told(_TEAMS)),
        Column("target", say("目标", "Target"), "money", unit="CNY", total=True),
        Column("collected", say("已回款", "Collected"), "money", unit="CNY", total=True,
               why=lambda row: "/gallery/why",
               missing=lambda row: say("9月目标未下达", "no September target was set")),
        Column("attainment", say("达成率", "Attainment"), "attainment",
               missing=lambda row: say("9月目标未下达", "no September target was set")),
        Column("state", say("状态", "State"), "status", choices=_told(_STATES)),
        Column("since", say("更新", "Changed"), "date", hidden=True),
    )  # fmt: skip
    return RowsTable(
        "sample", say("需要关注的人", "People who need you"), columns, lambda _: _rows()
    )


def _say(zh: str, en: str) -> str:
    return zh if formats.is_chinese() else en


@require_safe
def gallery(request: HttpRequest) -> HttpResponseBase:
    """All components on one page."""
    return table_response(request, _table(), "ui/gallery.html", {**_charts(), **_samples()})


def _charts() -> dict[str, Any]:
    months = [_say(f"{month}月", english) for month, english in enumerate(_MONTHS, 1)]
    days = [_say(f"10月{day}日", f"{day} Oct") for day in range(8, 19)]
    done = [60, 110, 180, 270, 380, 470, 640, None, None, None, None]
    plan = [110, 200, 290, 380, 470, 560, 650, 740, 830, 920, 1010]
    ahead = [None] * 6 + [640, 745, 850, 955, 1060]
    low = [None] * 6 + [640, 725, 800, 885, 960]
    high = [None] * 6 + [640, 765, 900, 1025, 1160]
    return {
        "bars": {
            "categories": months,
            "series": [{"name": _say("应发", "Paid out"), "role": "subject",
                        "values": ["9120", "9980", "7640", "8902", "10240", "9760", "10377",
                                   "10902", "11211"]}],
            "current": 8,
        },
        "lines": {
            "categories": days,
            "series": [
                {"name": _say("目标", "Target"), "values": plan, "role": "context"},
                {"name": _say("已回款", "Collected"), "values": done, "role": "subject"},
                {"name": _say("预计", "Forecast"), "values": ahead, "role": "forecast"},
                {"name": _say("低", "Low"), "values": low, "role": "band_low"},
                {"name": _say("高", "High"), "values": high, "role": "band_high"},
            ],
        },
        "tree": {
            "name": _say("市场销售部", "Market and sales"), "note": "24",
            "children": [
                {"name": _say("华东大区", "East"), "note": "12", "children": [
                    {"name": _say("上海一组", "Shanghai 1"), "note": "6"},
                    {"name": _say("上海二组", "Shanghai 2"), "note": "6"},
                ]},
                {"name": _say("华南大区", "South"), "note": "12", "children": [
                    {"name": _say("广州组", "Guangzhou"), "note": "7"},
                    {"name": _say("深圳组", "Shenzhen"), "note": "5"},
                ]},
            ],
        },
        "spark": [8, 9, 9, 8, 3, 3, None, 4],
    }  # fmt: skip


_PLAN: Final = """\
# 回款提成
plan: collection-commission
labels: {zh-Hans: 回款提成, en: Collection commission}
rate_tables:
  - name: commission_rates
    by: attainment
    bands:
      - {from: 0%, rate: 0.60%}
      - {from: 80%, rate: 0.90%}
      - {from: 100%, rate: 1.10%}
      - {from: 110%, rate: 1.30%}  # 整额
      - {from: 120%, rate: 1.60%}
"""


def _samples() -> dict[str, Any]:
    return {
        "at": AT,
        "plan": _PLAN,
        "plan_before": _PLAN.replace("1.30%", "1.20%").replace("  # 整额", ""),
        "completions": {
            "": [{"label": "rate_tables", "detail": _say("提成比率表", "rate tables")}],
            "by": ["attainment", "amount"],
        },
        "marks": [
            {"line": 11, "severity": "error",
             "message": _say("正好120%不属于任何档。", "Exactly 120% falls in no band.")},
            {"line": 8, "severity": "warning",
             "message": _say("99.99%与100%相差一档。", "99.99% and 100% differ by one band.")},
        ],
        "problems": [
            problem(errors.FILTER_VALUE_INVALID, Where(file="plan.yaml", line=11),
                    name="amount", value="12,8OO"),
            problem(errors.FILTER_NOT_ALLOWED, name="pay"),
        ],
        "steps": _steps(),
        "statuses": _statuses(),
        "reconciliation": _reconciliation(),
        "tones": [Decimal("1.042"), Decimal("0.9996"), Decimal("0.72"), None],
        "cells": [Decimal("1.13"), Decimal("0.97"), Decimal("0.84"), None],
    }  # fmt: skip


def _steps() -> list[dict[str, Any]]:
    words = (
        (_say("选择文件", "Choose a file"), "done"), (_say("对应列", "Match columns"), "done"),
        (_say("检查与修正", "Check and mend"), "current"), (_say("对账", "Reconcile"), "blocked"),
        (_say("入库", "Load"), "waiting"),
    )  # fmt: skip
    return [{"label": label, "state": state, "note": "", "url": ""} for label, state in words]


def _statuses() -> list[tuple[str, str]]:
    words = (
        ("neutral", ("草稿", "Draft"), ("已确认", "Confirmed"), ("已发布", "Published")),
        ("accent", ("待确认", "To confirm"), ("审批中", "In approval"), ("计算中", "Calculating")),
        ("problem", ("已退回", "Returned"), ("有异议", "Disputed"), ("未完成", "Failed")),
        ("outline", ("暂无数据", "No data"), ("未到期", "Not due"), ("预估", "Estimate")),
    )  # fmt: skip
    return [(tone, _say(*pair)) for tone, *pairs in words for pair in pairs]


def _reconciliation() -> list[dict[str, Any]]:
    rows = _say("行", " rows")
    return [
        {"label": _say("可入库", "Can be loaded"), "count": f"479{rows}", "value": "7,391,204.15"},
        {"label": _say("待修", "To mend"), "count": f"5{rows}", "value": "68,312.20"},
        {"label": _say("应入库", "To be loaded"), "count": f"484{rows}", "value": "7,459,516.35",
         "kind": "sum"},
        {"label": _say("差额", "Difference"), "value": "0.00", "kind": "equal"},
        {"label": _say("差额", "Difference"), "value": "−1,090.14", "kind": "differs"},
    ]  # fmt: skip


_PARTS: Final[Mapping[str, str]] = {
    "why": "ui/gallery_why.html",
    "why-deeper": "ui/gallery_why.html",
    "drawer": "ui/gallery_drawer.html",
}


@require_safe
def gallery_part(request: HttpRequest, part: str) -> HttpResponse:
    """What the gallery's components load; as a page of its own where it is opened directly."""
    if part not in _PARTS:
        raise Http404
    is_part = request.headers.get("HX-Request") == "true"
    template = _PARTS[part] if is_part else "ui/gallery_part.html"
    context = {"part": _PARTS[part], "deeper": part == "why-deeper", "at": AT}
    return render(request, template, {**context, **_why()})


def _why() -> dict[str, Any]:
    return {
        "bands": [
            (_say("低于80%", "below 80%"), "0.60%", False),
            (_say("80%起，不到100%", "80% to below 100%"), "0.90%", False),
            (_say("100%起，不到110%", "100% to below 110%"), "1.10%", False),
            (_say("110%起，不到120%", "110% to below 120%"), "1.30%", True),
            (_say("120%及以上", "120% and above"), "1.60%", False),
        ],
        "source_head": [
            _say("A日期", "A Date"),
            _say("C付款方", "C Payer"),
            _say("E金额", "E Amount"),
        ],
        "source_rows": [
            (701, ("2026-09-11", _say("禾木便利", "Hemu"), "38,240.00"), False),
            (702, ("2026-09-11", _say("嘉澄生活广场", "Jiacheng Plaza"), "210,000.00"), True),
        ],
    }
