"""A scorecard as columns: a score and points per row, then the total.

Weights are ratios. A row that is not applicable, or left out, gives its weight to its siblings:
the total is (sum of counted points) ÷ (sum of counted weights), taken inside each parent first,
so nothing changes for a card on which every row counts. 50, 30, 20 with scores 90, none, 70
leaves (45 + 14) ÷ 0.7 = 84.29 (language.md 29).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from attain.core.errors import Problem, problem
from attain.engine.forms import errors
from attain.engine.forms.expansion import Entry, Expansion, FormContext, entry
from attain.engine.forms.scorecard.kinds import KINDS, UNWEIGHTED, RowContext
from attain.engine.forms.scorecard.models import MissingPolicy, Row, Scorecard

WHOLE = Decimal(100)


@dataclass(slots=True)
class _Card:
    """A card being expanded: what its total will be made of, and what was wrong."""

    name: str
    form: Scorecard
    grain: list[str]
    out: Expansion = field(default_factory=Expansion)
    adds: list[str] = field(default_factory=list)
    vetoes: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        return "row_" if self.name == "score" else f"{self.name}_row_"


def expand_scorecard(
    name: str, form: Scorecard, context: FormContext
) -> tuple[Expansion, list[Problem]]:
    """Write the columns of one scorecard, its total last, under its own name."""
    card = _Card(name, form, list(form.each) or context.grain)
    _check_weights(card, name, form.rows, WHOLE)
    counted = [
        part
        for number, row in enumerate(form.rows)
        if (part := _write_row(card, row, f"scorecard/{name}/rows/{number}", None)) is not None
    ]
    _write_total(card, counted)
    return card.out, card.problems


def _write_row(card: _Card, row: Row, path: str, parent: str | None) -> _Part | None:
    """Write a row's columns; None for rows that stand outside the weights."""
    kinds = [kind for kind in (*KINDS, *UNWEIGHTED, "rows") if getattr(row, kind) not in (None, ())]
    if len(kinds) != 1:
        known = (*KINDS, *UNWEIGHTED, "rows")
        card.problems.append(problem(errors.ROW_KIND, name=row.row, count=len(kinds), known=known))
        return None
    at = RowContext(card.prefix + row.row, card.grain, path, card.out)
    if kinds[0] in UNWEIGHTED:
        _write_unweighted(card, row, at, kinds[0])
        return None
    _write_weight(row, at)
    if row.rows:
        return _write_parent(card, row, at, path)
    leaves = KINDS[kinds[0]](row, at)
    _complete(row, at, leaves)
    _show_row(card, row, at, parent)
    return _count_row(at, row.missing or card.form.missing)


def _write_unweighted(card: _Card, row: Row, at: RowContext, kind: str) -> None:
    text = getattr(row, kind)
    about = entry(label=row.label, source=row.source)
    if kind == "add":
        card.adds.append(at.write("points", text, path="add", unit="points", **about))
        _show_row(card, row, at, None, weighted=False)
    elif kind == "veto":
        vetoed = at.write("veto", text, path="veto", unit="boolean", **about)
        card.vetoes.append((vetoed, at.hidden("veto_to", row.to, path="to", unit="points")))
    else:
        at.write("value", text, path="info", **about)


def _write_weight(row: Row, at: RowContext) -> None:
    """The weight as a ratio: 40 is 40%."""
    if isinstance(row.weight, tuple):
        parameter = f"{at.name}_weight_in_force"
        versions = [{"from": one.from_, "is": one.is_} for one in row.weight]
        at.out.parameters[parameter] = {"unit": "ratio", "versions": versions}
        at.write("weight", f"{parameter} / 100", path="weight", unit="ratio", at="period end")
    elif _number(row.weight) is not None:
        at.write("weight", f"{_number(row.weight)}%", path="weight", unit="ratio")
    else:
        written = at.hidden("weight_written", row.weight or "0", path="weight")
        at.write("weight", f"{written} / 100", unit="ratio")


def _complete(row: Row, at: RowContext, leaves: str) -> None:
    """Give the row the one of score and points that its kind did not write."""
    if leaves == "score":
        at.write("points", f"{at.name}_score * {at.name}_weight", unit="points")
    else:
        at.write("score", f"{at.name}_points / {at.name}_weight", unit="points")


def _show_row(
    card: _Card, row: Row, at: RowContext, parent: str | None, *, weighted: bool = True
) -> None:
    points = at.out.columns[f"{at.name}_points"]
    points.update(entry(label=row.label, source=row.source))
    shown: Entry = entry(
        name=f"row({row.row})" if card.name == "score" else f"row({card.name}, {row.row})",
        kind="score_row",
        column=f"{at.name}_points",
        label=row.label,
        card=card.name,
        parent=parent,
    )
    if weighted:
        shown.update(weight=f"{at.name}_weight", score=f"{at.name}_score")
    card.out.components.append(shown)


@dataclass(frozen=True, slots=True)
class _Part:
    """What a row gives to the sum above it: points and weight, 0 where it does not count."""

    points: str
    weight: str


def _count_row(at: RowContext, policy: MissingPolicy) -> _Part:
    score = f"{at.name}_score"
    counts = f"is_applicable({score})"
    points = f"{at.name}_points"
    if policy == "leave_out":
        counts = f"not is_missing({score})"
    elif policy == "zero":
        points = f"if(is_missing({points}), 0, {points})"
    return _Part(
        at.hidden("counted_points", f"if({counts}, {points}, 0)", unit="points"),
        at.hidden("counted_weight", f"if({counts}, {at.name}_weight, 0%)", unit="ratio"),
    )


def _write_parent(card: _Card, row: Row, at: RowContext, path: str) -> _Part:
    """A row with children: their weighted mean, at the parent's own weight."""
    weight = _number(row.weight)
    if weight is not None:
        _check_weights(card, row.row, row.rows, weight)
    parts = [
        part
        for number, child in enumerate(row.rows)
        if (part := _write_row(card, child, f"{path}/rows/{number}", row.row)) is not None
    ]
    points, weights = _sums(parts)
    at.write(
        "score",
        f"if({weights} = 0%, not_applicable('no_row_counts'), ({points}) / ({weights}))",
        unit="points",
    )
    at.write("points", f"{at.name}_score * {at.name}_weight", unit="points")
    _show_row(card, row, at, None)
    return _count_row(at, "block")


def _write_total(card: _Card, parts: list[_Part]) -> None:
    points, weights = _sums(parts)
    plain = card.form.weights == "plain_sum"
    total = points if plain else f"({points}) / ({weights})"
    if card.adds:
        total = " + ".join([total, *card.adds])
    for vetoed, to in reversed(card.vetoes):
        total = f"if({vetoed}, {to}, {total})"
    form = card.form
    card.out.columns[card.name] = entry(
        each=card.grain,
        is_=total,
        unit="points",
        round=form.round,
        label=form.label,
        source=form.source,
        form=f"scorecard/{card.name}",
    )
    card.out.components.append(
        entry(name=card.name, kind="score", column=card.name, label=form.label, card=card.name)
    )


def _sums(parts: Iterable[_Part]) -> tuple[str, str]:
    parts = list(parts)
    return (
        " + ".join(part.points for part in parts) or "0",
        " + ".join(part.weight for part in parts) or "0%",
    )


def _check_weights(card: _Card, name: str, rows: tuple[Row, ...], expected: Decimal) -> None:
    """Constant weights of siblings add up exactly, with no tolerance (D04)."""
    if card.form.weights != "exact":
        return
    weights = [_number(row.weight) for row in rows if _is_weighted(row)]
    if any(weight is None for weight in weights):
        return
    total = sum((weight for weight in weights if weight is not None), Decimal(0))
    if weights and total != expected:
        card.problems.append(
            problem(
                errors.WEIGHTS_NOT_100,
                name=name,
                total=total,
                expected=expected,
                gap=abs(expected - total),
            )
        )


def _is_weighted(row: Row) -> bool:
    return all(getattr(row, kind) is None for kind in UNWEIGHTED)


def _number(weight: object) -> Decimal | None:
    if not isinstance(weight, str):
        return None
    try:
        return Decimal(weight.removesuffix("%"))
    except InvalidOperation:
        return None
