"""Why this much, why nothing, why no data: down to the rule, the band, the row, the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from attain.core.keys import key_for
from attain.core.labels import labels
from attain.core.periods import parse_period
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.primitives.model import ResolvedPlan
from attain.engine.provenance import (
    Cell,
    Dated,
    Evidence,
    Kind,
    Status,
    Subject,
    Viewer,
    Wanted,
    explain,
    render,
)
from attain.engine.reference import Calculation, Inputs, Relations, run_plan

PLAN = """
plan: modern-channel
period: month
subjects: {seller: people}
sources:
  receipts:
    key: [receipt_id]
    date: received_on
    columns: {receipt_id: code, received_on: date, seller: {type: people, required: true}, amount: {type: money, required: true}, share: {type: ratio, required: true}}
  displays: {key: [display_id], date: made_on, columns: {display_id: code, made_on: date, seller: people, uploaded_on: date, ok: {type: boolean, required: true}}}
tables:
  rates: {bands: [{from: 0, is: 0.6%}, {from: 80%, is: 0.9%}, {from: 100%, is: 1.1%}, {from: 110%, is: 1.3%}, {from: 120%, is: 1.6%}]}
  slabs: {bands: [{from: 0, is: 2%}, {from: 300000, is: 5%}]}
groups: {all_sellers: {of: [seller, month]}}
orderings: {in_time: {of: receipts, per: [seller, month], by: [received_on, receipt_id]}}
columns:
  credited: {each: receipts, label: {zh-Hans: 计入回款, en: Credited}, is: "amount * share"}
  running: {each: receipts, along: in_time, is: "increase(marginal(slabs, total(credited)))", round: 0.01}
  collected: {each: [seller, month], label: {zh-Hans: 回款, en: Collected}, sum: credited, from: receipts}
  attainment: {label: {zh-Hans: 达成率, en: Attainment}, is: "collected / target(collected)"}
  commission: {label: {zh-Hans: 回款提成, en: Commission}, source: 现代渠道提成办法 第6条, is: "collected * value(rates, attainment)", round: 0.01}
  by_slices: {is: "marginal(slabs, collected)"}
  good_displays: {each: [seller, month], label: {zh-Hans: 合格陈列, en: Qualified displays}, count: rows, from: displays, where: "ok and uploaded_on <= made_on + 1"}
  no_offence: {label: {zh-Hans: 当月无记过, en: No offence}, is: "1 > 0"}
  enough: {label: {zh-Hans: 合格陈列不少于20家, en: At least 20 qualified displays}, is: "good_displays >= 20"}
  display_bonus: {label: {zh-Hans: 陈列奖, en: Display bonus}, is: "if(no_offence and enough and attainment >= 90%, 1500.00, 0)", unit: money}
  capped: "min(display_bonus, 1000)"
  place: {within: all_sellers, is: "rank(collected)", label: {zh-Hans: 名次, en: Place}}
"""  # noqa: E501

SHEN, WU = key_for("people", "shen"), key_for("people", "wu")
RECEIPTS = ("186400", "97350", "210000", "143868", "88212.40", "64927.20", "155660")
"""With the third at 60 %: 862 417.60, which is 113.476 % of 760 000."""


def datasets() -> dict[str, list[dict[str, Any]]]:
    people = [{"person": who, "effective_from": None, "effective_until": None}
              for who in (SHEN, WU)]  # fmt: skip
    receipts = [
        {
            "receipt_id": f"HK-{number}",
            "received_on": dt.date(2026, 9, 2 + 2 * number),
            "seller": SHEN,
            "amount": Decimal(amount),
            "share": Decimal("0.6") if number == 2 else Decimal(1),
            "_row": f"receipts-{number}",
            "_file": "银行流水_202609.xlsx",
            "_sheet": "到账明细",
            "_line": 700 + number,
        }
        for number, amount in enumerate(RECEIPTS)
    ]
    displays = [
        {
            "display_id": f"D{number}",
            "made_on": dt.date(2026, 9, 1 + number),
            "seller": SHEN,
            "uploaded_on": dt.date(2026, 9, 1 + number) if number < 17 else dt.date(2026, 10, 2),
            "ok": True,
        }
        for number in range(21)
    ]
    targets = [
        {
            "subject": SHEN,
            "indicator": "collected",
            "period": "2026-09",
            "period_from": dt.date(2026, 9, 1),
            "period_until": dt.date(2026, 10, 1),
            "dimension": None,
            "value": Decimal(760000),
        }
    ]
    return {"people": people, "receipts": receipts, "displays": displays, "targets": targets}


@pytest.fixture(scope="module")
def plan() -> ResolvedPlan:
    return resolve(load_plan(PLAN))


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    return Inputs(parse_period("2026-09"), datasets())


@pytest.fixture(scope="module")
def evidence(plan: ResolvedPlan, inputs: Inputs) -> Evidence:
    return Evidence(Calculation(plan, inputs).run(), {"receipts": "3f2a9c11"})


def cell(column: str, who: str = SHEN) -> Cell:
    return Cell("seller_month", (who, "2026-09"), column)


def test_a_table_is_called_by_its_label(plan: ResolvedPlan, evidence: Evidence) -> None:
    called = replace(plan, tables={"rates": labels("提成比率", "Commission rates")})

    chinese = render(explain(evidence, cell("commission")), "zh-Hans", viewer_of(called, "zh-Hans"))
    english = render(explain(evidence, cell("commission")), "en", viewer_of(called, "en"))

    assert "    回款 × 提成比率〔达成率〕，四舍五入到0.01" in chinese
    assert "  命中档位：提成比率" in chinese
    assert "  Band: Commission rates" in english


def viewer_of(plan: ResolvedPlan, language: str) -> Viewer:
    return Viewer.of(plan, language, {})


def test_an_amount_shows_rule_values_band_and_the_way_to_the_next(evidence: Evidence) -> None:
    viewer = Viewer(names={SHEN: "沈佳宁"})

    lines = render(explain(evidence, cell("commission")), "zh-Hans", viewer)

    # 862 417.60 × 1.3 % = 11 211.4288; 120 % of 760 000 is 912 000, which is 49 582.40 away.
    assert lines[:16] == [
        "为什么是¥11,211.43？ 回款提成 · 2026年9月 · 沈佳宁",
        "  规则",
        "    回款 × rates〔达成率〕，四舍五入到0.01",
        "    现代渠道提成办法 第6条 · 方案modern-channel第21行",
        "  代入数值",
        "    达成率 = 862,417.60 ÷ 760,000.00 = 113.476%",
        "    回款提成 = 862,417.60 × 1.3% = 11,211.4288",
        "    四舍五入到0.01 = ¥11,211.43",
        "  命中档位：rates",
        "    0%起，不到80%: 0.6%",
        "    80%起，不到100%: 0.9%",
        "    100%起，不到110%: 1.1%",
        "    110%起，不到120%: 1.3%  ← 113.476%",
        "    120%及以上: 1.6%",
        "    比较前不取整。距120%还差回款¥49,582.40。",
        "  回款 · 来源数据：7行，合计¥862,417.60",
    ]
    # Which receipts made the number stands beneath, as it would where they are asked for.
    assert "    2026-09-06 HK-2: 126,000.00" in lines
    assert lines[-1] == "  按以上步骤重算，结果一致"


def test_the_same_history_is_told_in_english(evidence: Evidence) -> None:
    lines = render(explain(evidence, cell("commission")), "en", Viewer(names={SHEN: "Shen"}))

    assert lines[0] == "Why ¥11,211.43? Commission · September 2026 · Shen"
    assert "    Attainment = 862,417.60 ÷ 760,000.00 = 113.476%" in lines
    assert "    Compared unrounded. ¥49,582.40 of Collected short of 120%." in lines
    assert lines[-1] == "  Recomputed from these steps: same result"


def test_a_sum_shows_its_rows_down_to_file_sheet_and_line(evidence: Evidence) -> None:
    node = explain(evidence, cell("collected"))

    assert node.kind is Kind.GATHER
    assert node.gathered is not None
    assert sum(share.part for share in node.gathered.rows) == Fraction("862417.60")
    third = node.gathered.rows[2].facts[0]
    assert (third.dataset, third.version, third.row) == ("receipts", "3f2a9c11", "receipts-2")
    assert (third.file, third.sheet, third.line) == ("银行流水_202609.xlsx", "到账明细", 702)
    lines = render(node)
    assert "    2026-09-06 HK-2: 210,000.00 × 60% = 126,000.00" in lines
    assert "      银行流水_202609.xlsx · 到账明细 · 第702行" in lines
    assert "    其余1行 155,660.00" in lines


def test_nothing_shows_the_first_condition_that_failed(evidence: Evidence) -> None:
    node = explain(evidence, cell("display_bonus"))

    assert node.is_nothing
    assert [one.answer for one in node.conditions] == [True, False, None]
    lines = render(node)
    assert lines[lines.index("  第一个没满足的条件") + 1 :][:3] == [
        "    ✓ 当月无记过",
        "    ✗ 合格陈列不少于20家 · 实际17，差3",
        "    – 达成率 ≥ 90% · 上一条未满足，不再判断",
    ]


def test_a_step_that_only_hands_on_nothing_leads_to_what_decided(evidence: Evidence) -> None:
    node = explain(evidence, cell("capped"))

    assert [one.answer for one in node.conditions] == [True, False, None]


def test_rows_that_do_not_count_say_which_condition_they_miss(evidence: Evidence) -> None:
    node = explain(evidence, cell("good_displays"))

    assert node.gathered is not None
    assert len(node.gathered.rows) == 17
    assert [one.failed is not None for one in node.gathered.left_out] == [True] * 4
    assert "  没有计入的4行" in render(node)


def test_no_data_is_followed_down_to_what_is_missing(evidence: Evidence) -> None:
    node = explain(evidence, cell("commission", WU))

    assert node.status is Status.NO_DATA
    assert node.reason == "no_data.target"
    assert [one.cell.column for one in node.blame][:1] == ["attainment"]
    lines = render(node)
    assert lines[0].startswith("为什么没有数据？ 回款提成 · 2026年9月")
    assert "    回款提成: 没有下达目标" in lines


def test_an_uncovered_window_says_what_is_complete(plan: ResolvedPlan) -> None:
    august = ((dt.date(2026, 8, 1), dt.date(2026, 9, 1)),)
    inputs = Inputs(parse_period("2026-09"), datasets(), {"receipts": august})
    evidence = Evidence(Calculation(plan, inputs).run())

    lines = render(explain(evidence, cell("collected")))

    said = "    receipts完整的日期：2026-08-01至2026-08-31；需要：2026-09-01至2026-09-30"
    assert said in lines


def test_a_place_says_of_how_many_and_nobody_elses_value(evidence: Evidence) -> None:
    node = explain(evidence, cell("place"))

    assert node.group is not None
    assert (node.group.place, node.group.members) == (1, 2)
    assert node.subjects == {Subject("people", SHEN)}
    assert "  2人中第1名" in render(node)
    assert "  1st of 2" in render(node, "en")


def test_slices_are_listed_with_the_blended_rate(evidence: Evidence) -> None:
    # 300 000 × 2 % + 562 417.60 × 5 % = 34 120.88, which is 3.9564 % of 862 417.60.
    lines = render(explain(evidence, cell("by_slices")))

    assert lines[0].startswith("为什么是¥34,120.88？")
    assert "    0.00起，不到300,000.00: 300,000.00 × 2%" in lines
    assert any(line.startswith("    折合≈3.956") for line in lines)


def test_a_line_of_an_order_shows_the_rows_before_it(evidence: Evidence) -> None:
    # Before it 283 750, with it 409 750: 16 250 × 2 % + 109 750 × 5 % = 5 812.50.
    node = explain(evidence, Cell("receipts", ("HK-2",), "running"))

    assert node.value == Fraction("5812.50")
    order = node.order
    assert order is not None
    assert order.position == 3
    assert [one.cell.key for one in order.rows] == [("HK-0",), ("HK-1",), ("HK-2",)]


def test_what_the_reader_may_not_see_is_not_shown(evidence: Evidence) -> None:
    node = explain(evidence, cell("commission"))

    lines = render(node, "zh-Hans", Viewer(may_see=lambda subject: subject.key == WU))

    assert lines == ["不显示"]


class Memory:
    """A finished run as a reader finds it: members' relations are stored, facts are not."""

    def __init__(self, relations: Relations, rows: Mapping[str, Sequence[Any]]) -> None:
        self.relations = relations
        self.rows = rows
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def has(self, name: str) -> bool:
        return name == "seller_month"

    def columns(self, name: str) -> Collection[str]:
        return {column for row in self.relations[name] for column in row}

    def relation(
        self, name: str, equal: Mapping[str, Any], columns: Collection[str] = ()
    ) -> Sequence[Any]:
        rows = self.relations[name]
        return [row for row in rows if all(row[key] == equal[key] for key in equal)]

    def dataset(self, name: str, equal: Mapping[str, Any]) -> Sequence[Any]:
        self.asked.append((name, dict(equal)))
        rows = self.rows.get(name, ())
        return [row for row in rows if all(row[key] == equal[key] for key in equal)]

    def some(self, name: str, wanted: Wanted, dated: Dated | None = None) -> Sequence[Any]:
        self.asked.append((name, dict(wanted)))
        rows = self.rows.get(name, ())
        return [row for row in rows if any(row[key] in of for key, of in wanted.items())]

    def count(self, name: str, wanted: Wanted | None = None, dated: Dated | None = None) -> int:
        return len(self.rows.get(name, ()))

    def version(self, name: str) -> str | None:
        return f"version-of-{name}"


def test_a_stored_run_is_explained_from_its_files(plan: ResolvedPlan, inputs: Inputs) -> None:
    reader = Memory(run_plan(plan, inputs), datasets())
    evidence = Evidence.of_stored(plan, Inputs(parse_period("2026-09")), reader)

    node = explain(evidence, cell("good_displays"))

    assert node.value == 17
    assert node.gathered is not None
    assert node.gathered.rows[0].facts[0].version == "version-of-displays"
    # Only this seller's rows are read: no order, group or split reaches beyond them.
    assert reader.asked == [("displays", {"seller": SHEN})]


def test_a_stored_number_that_the_steps_do_not_come_to_is_never_explained(
    plan: ResolvedPlan, inputs: Inputs
) -> None:
    relations = run_plan(plan, inputs)
    relations["seller_month"][0]["collected"] = Decimal("1.000000")
    reader = Memory(relations, datasets())
    evidence = Evidence.of_stored(plan, Inputs(parse_period("2026-09")), reader)
    who = relations["seller_month"][0]["seller"]

    with pytest.raises(Exception, match="TRACE_DIFFERS"):
        explain(evidence, cell("collected", who))
