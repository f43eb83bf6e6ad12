"""What readers are shown for the steps that forms write: 提成·封顶 / Commission: cap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attain.core.labels import Labels, labels

WORDS: Final[Mapping[str, Labels]] = {
    # rows of a scorecard
    "score": labels("得分", "score"),
    "points": labels("计分", "points"),
    "plain_score": labels("得分（未看是否适用）", "score before it is asked whether it applies"),
    "plain_points": labels("计分（未看是否适用）", "points before it is asked whether they apply"),
    "plain_value": labels("数值（未看是否适用）", "figure before it is asked whether it applies"),
    "weight": labels("权重", "weight"),
    "weight_written": labels("权重（百分数）", "weight in percent"),
    "actual": labels("实际", "actual"),
    "target": labels("目标", "target"),
    "standard": labels("标准", "standard"),
    "cap": labels("封顶", "cap"),
    "floor": labels("下限", "floor"),
    "choice": labels("评语", "rating in words"),
    "cost": labels("每次扣分", "points each"),
    "events": labels("次数", "events"),
    "below": labels("要求", "wanted"),
    "step": labels("每档", "step"),
    "steps": labels("扣分档数", "steps short"),
    "full": labels("满分", "full points"),
    "taken": labels("扣分", "points taken off"),
    "counted_points": labels("计入得分", "points that count"),
    "counted_weight": labels("计入权重", "weight that counts"),
    "veto_to": labels("否决后得分", "score after the veto"),
    # steps of an incentive
    "base": labels("基数", "base"),
    "gate": labels("过门槛后", "after the gate"),
    "met": labels("未达到门槛", "gate not met"),
    "veto": labels("否决", "veto"),
    "vetoed": labels("被否决", "vetoed"),
    "multiply": labels("乘系数后", "after the factor"),
    "factor": labels("系数", "factor"),
    "add": labels("加项后", "with the addition"),
    "added": labels("加项", "addition"),
    "most": labels("封顶额", "most"),
    "least": labels("保底额", "least"),
    "cut": labels("封顶削减", "cut by the cap"),
    "round": labels("取整", "rounded"),
    "line": labels("单笔", "line"),
    "to_date": labels("累计应得", "earned to date"),
    "share": labels("发放比例", "share"),
    "part": labels("发放部分", "part"),
    "pay_on": labels("发放日", "pay date"),
    "invoiced": labels("开票金额", "invoiced"),
    "received": labels("到账金额", "received"),
    "paid": labels("按回款应发", "paid as cash comes in"),
    "payee": labels("领取人", "payee"),
    # grades
    "by_score": labels("按分数的等级", "by score"),
    "in_population": labels("参与比例控制", "in the population"),
    "population_size": labels("参评人数", "people graded"),
    "meets": labels("达到", "meets"),
    "gets": labels("获得", "gets"),
    "places": labels("名额", "places of"),
    "seats": labels("整数名额", "whole places of"),
    "rest": labels("小数部分", "fraction of a place of"),
    "left": labels("取整后余下的名额", "places left after rounding down"),
    "ahead": labels("更先得到余下名额的等级数", "grades served before"),
    "place": labels("排名，竞争", "place among candidates for"),
    "quota": labels("比例", "quota of"),
    "counts": labels("计入", "counts as"),
    "used": labels("已用名额", "places used of"),
    "keeps": labels("未超名额", "keeps the places of"),
    # credits and counters
    "of_fact": labels("业绩金额", "amount of the fact"),
    "rows": labels("分成行数", "rows of the split"),
    "pot": labels("待分金额", "amount to be split"),
    "amount": labels("归属金额", "credited amount"),
    "credit_share": labels("归属比例", "share"),
    "credited_share": labels("归属比例合计", "shares together"),
    "event_amount": labels("每次计数", "counted per event"),
    "completed": labels("满次转换", "conversions"),
    "count_to_date": labels("累计至今", "to date"),
}
"""The words of steps, by the suffix of the columns' names."""

RULES: Final = {
    "direct": labels("本人业绩", "own credit"),
    "own": labels("本人业绩", "own credit"),
    "split": labels("分成业绩", "split credit"),
    "overlay": labels("叠加业绩", "overlay credit"),
    "team": labels("团队业绩", "team credit"),
    "roll_up": labels("团队业绩", "team credit"),
    "manager": labels("上级业绩", "manager's credit"),
    "override": labels("上级业绩", "manager's credit"),
}
"""Rules of credits under their usual names, whose authors gave them no label."""


def numbered(told: Labels | None, place: int | None) -> Labels | None:
    """A label with the place among several of its kind: 提成·加项（2）."""
    if told is None or place is None:
        return told
    return labels(f"{told.zh}（{place}）", f"{told.en} ({place})")


def step_label(whole: Labels | None, word: str, detail: str = "") -> Labels | None:
    """The label of a step of what has this label; None for what has none.

    >>> step_label(labels("提成", "Commission"), "cap").en
    'Commission: cap'
    """
    said = WORDS.get(word)
    if not whole or said is None:
        return None
    called_zh, called_en = both(whole)
    zh, en = f"{called_zh}·{said.zh}", f"{called_en}: {said.en}"
    return labels(f"{zh}{detail}", f"{en} {detail}" if detail else en)


def both(told: Labels) -> tuple[str, str]:
    """A label in Chinese and in English; in the other language where one is not written."""
    return told.zh or told.en, told.en or told.zh
