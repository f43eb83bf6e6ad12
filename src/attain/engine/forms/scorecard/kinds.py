"""The ways to score a row, each as the columns a careful author would have written.

Every function leaves the row's score (0 to 100, before weighting) in `<row>_score`, or its
points (out of its weight) in `<row>_points`, and says which of the two by returning it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeVar

from attain.core.labels import Labels, labels
from attain.engine.forms.expansion import Entry, Expansion, entry
from attain.engine.forms.scorecard.models import Deduct, Row
from attain.engine.forms.wording import step_label

T = TypeVar("T")
_NUMBER: Final = re.compile(r"-?\d+(\.\d+)?%?")
Leaves = Literal["score", "points"]


@dataclass(frozen=True, slots=True)
class RowContext:
    """A row being expanded: its column prefix, its grain and whose card it is, its path in the
    plan, its label, and the output."""

    name: str
    grain: list[str]
    subject: str
    path: str
    out: Expansion
    label: Labels | None = None

    def write(self, suffix: str, is_: str, *, path: str = "", **more: object) -> str:
        """Write the column `<row>_<suffix>` and return its name."""
        name = f"{self.name}_{suffix}"
        form = f"{self.path}/{path}" if path else self.path
        label = more.pop("label", None) or step_label(self.called, suffix)
        self.out.columns[name] = entry(each=self.grain, is_=is_, form=form, label=label, **more)
        return name

    @property
    def called(self) -> Labels:
        """What its steps are called after: its label, else the word its author wrote."""
        written = self.name.rpartition("row_")[2] or self.name
        return self.label or labels(written, written)

    def hidden(self, suffix: str, is_: str, *, path: str = "", **more: object) -> str:
        """Write a step that is shown only in explanations."""
        return self.write(suffix, is_, path=path, show=False, **more)

    def given(self, suffix: str, text: str, *, path: str) -> str:
        """What the author gave, in a column of its own; a plain number stays where it is read,
        because there it takes the unit of what it is compared with."""
        if _NUMBER.fullmatch(text.strip()):
            return text.strip()
        return self.hidden(suffix, text, path=path)


def write_score(row: Row, at: RowContext) -> Leaves:
    at.hidden("score", _said(row.score), path="score", unit="points")
    return "score"


def write_points(row: Row, at: RowContext) -> Leaves:
    at.write("points", _said(row.points), path="points", unit="points")
    return "points"


def write_rate(row: Row, at: RowContext) -> Leaves:
    rate = _given(row.rate)
    actual = at.given("actual", rate.actual, path="rate/actual")
    target = at.given("target", rate.target, path="rate/target")
    floor = at.given("floor", rate.floor, path="rate/floor")
    held = f"max({floor}, ratio_of({actual}, {target}))"
    if rate.cap is not None:
        held = f"min({at.given('cap', rate.cap, path='rate/cap')}, {held})"
    at.hidden("score", f"100 * {held}", unit="points")
    return "score"


def write_lower_better(row: Row, at: RowContext) -> Leaves:
    said = _given(row.lower_better)
    actual = at.given("actual", said.actual, path="lower_better/actual")
    standard = at.given("standard", said.standard, path="lower_better/standard")
    formula = f"if({actual} <= 0, 100, 100 * min(100%, {standard} / {actual}))"
    at.hidden("score", formula, unit="points")
    return "score"


def write_rating(row: Row, at: RowContext) -> Leaves:
    said = _given(row.rating)
    # The mark of one superior, who stands by it: told as it was given (provenance/raters.py).
    of = replace(at, path=f"{at.path}/rating")
    if not said.scale:
        _gather_rating(of, "score", "score", said.item, said.by, unit="points")
        return "score"
    _gather_rating(of, "choice", "choice", said.item, said.by)
    scale = f"{at.name}_scale"
    called = labels(f"{at.called.zh}·分值", f"{at.called.en}: scale")
    at.out.tables[scale] = entry(keys=dict(said.scale), label=called)
    at.write("points", f"value({scale}, {at.name}_choice)", path="rating/scale", unit="points")
    return "points"


def write_raters(row: Row, at: RowContext) -> Leaves:
    """Weighted mean of the groups that answered, each group's mean first."""
    said = _given(row.raters)
    parts, shares = [], []
    for group, weight in said.groups.items():
        # What a group gave is told together with the group, never rater by rater.
        of = replace(at, path=f"{at.path}/raters/groups/{group}")
        mean_of = _group_label(at, group, "平均分", " (mean)")
        mean = _gather_rating(
            of, f"{group}_mean", "mean", said.item, group, unit="points", label=mean_of
        )
        count_of = _group_label(at, group, "评价人数", " (raters)")
        count = _gather_rating(of, f"{group}_count", "count", said.item, group, label=count_of)
        of.write(
            f"{group}_shown",
            f"if({count} >= {said.threshold}, {mean}, not_applicable('too_few_raters'))",
            unit="points",
            label=_group_label(at, group),
        )
        weight_of = _group_label(at, group, "权重", " (weight)")
        given = of.hidden(f"{group}_weight", weight, unit="ratio", label=weight_of)
        parts.append(f"if({count} = 0, 0, {mean} * {given})")
        shares.append(f"if({count} = 0, 0, {given})")
    score = f"({' + '.join(parts)}) / ({' + '.join(shares)})"
    at.hidden("score", score, path="raters", unit="points")
    return "score"


def _group_label(at: RowContext, group: str, zh: str = "", en: str = "") -> Labels:
    """What is told of a group: review: peer; with words behind it, review: peer (raters)."""
    called = at.called
    return labels(f"{called.zh}：{group}{zh}", f"{called.en}: {group}{en}")


def write_deduct(row: Row, at: RowContext) -> Leaves:
    said = _given(row.deduct)
    cost = at.given("cost", said.points, path="deduct/points")
    steps = _steps(said, at)
    full = at.hidden("full", f"{at.name}_weight * 100", unit="points")
    taken = at.hidden("taken", f"{cost} * {steps}", unit="points")
    at.write("points", f"max(0, {full} - {taken})", unit="points")
    return "points"


def _steps(said: Deduct, at: RowContext) -> str:
    """How many events there were, or how many whole steps it is below the target (D14)."""
    if said.events is not None:
        return at.hidden("events", said.events, path="deduct/events", unit="count")
    below = at.given("below", said.below or "0", path="deduct/below")
    actual = at.given("actual", said.actual or "0", path="deduct/actual")
    step = at.given("step", said.step, path="deduct/step")
    short = f"ratio_of(max(0, {below} - {actual}), {step})"
    if said.pro_rata:
        return at.hidden("steps", short, unit="ratio")
    return at.hidden("steps", f"floor({short})", unit="count")


def _gather_rating(
    at: RowContext,
    suffix: str,
    column: str,
    item: str,
    group: str | None,
    *,
    label: Labels | None = None,
    **more: object,
) -> str:
    """Gather ratings of this item, filed for the same period, into the row's column."""
    name = f"{at.name}_{suffix}"
    tests = [
        f"item = '{item}'",
        "period_from = this.period_from",
        "period_until = this.period_until",
    ]
    if group is not None:
        tests.append(f"rater_group = '{group}'")
    how = {"mean": {"mean": "score"}, "count": {"count": "rows"}}.get(column, {"latest": column})
    made: Entry = entry(
        each=at.grain,
        from_="ratings",
        where=" and ".join(tests),
        link={at.subject: "subject"},
        in_="all",
        show=False,
        form=at.path,
        label=label or step_label(at.called, suffix),
        **how,
        **more,
    )
    at.out.columns[name] = made
    return name


def _said(text: str | None) -> str:
    assert text is not None
    return text


def _given(part: T | None) -> T:
    assert part is not None
    return part


KINDS: dict[str, Callable[[Row, RowContext], Leaves]] = {
    "score": write_score,
    "points": write_points,
    "rate": write_rate,
    "lower_better": write_lower_better,
    "rating": write_rating,
    "raters": write_raters,
    "deduct": write_deduct,
}
"""The kinds of rows that carry a weight."""

UNWEIGHTED = ("add", "veto", "info")
"""The kinds of rows outside the weights."""
