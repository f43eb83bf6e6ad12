"""A scorecard as columns: a score and points per row, then the total.

Weights are ratios. A row that is not applicable, or left out, gives its weight to its siblings:
the total is (sum of counted points) ÷ (sum of counted weights), taken inside each parent first,
so nothing changes for a card on which every row counts. 50, 30, 20 with scores 90, none, 70
leaves (45 + 14) ÷ 0.7 = 84.29 (language.md 29).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from attain.core.errors import Problem, problem
from attain.core.labels import Labels, labels
from attain.engine.forms import errors
from attain.engine.forms.expansion import Entry, Expansion, FormContext, entry
from attain.engine.forms.scorecard.kinds import KINDS, UNWEIGHTED, RowContext
from attain.engine.forms.scorecard.models import MissingPolicy, Row, Scorecard
from attain.engine.forms.scorecard.weights import (
    WHOLE,
    phases_of,
    scale_problems,
    shares_equally,
    weight_problems,
    weighted,
    write_weight,
)
from attain.engine.forms.unlikely import row_problems
from attain.engine.forms.wording import step_label


@dataclass(slots=True)
class _Card:
    """A card being expanded: what its total will be made of, and what was wrong."""

    name: str
    form: Scorecard
    grain: list[str]
    subject: str
    """Whose card it is: what ratings are filed under."""
    out: Expansion = field(default_factory=Expansion)
    adds: list[str] = field(default_factory=list)
    vetoes: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def prefix(self) -> str:
        return "row_" if self.name == "score" else f"{self.name}_row_"

    @property
    def applies(self) -> str | None:
        """The column that says whose card it is."""
        return f"{self.name}_applies" if self.form.applies is not None else None

    def component(self, row: str) -> str:
        """What a row is called on statements: row(sales), or row(card, sales)."""
        return f"row({row})" if self.name == "score" else f"row({self.name}, {row})"


@dataclass(frozen=True, slots=True)
class _Parent:
    """What siblings are parts of: the card as a whole, or a row of its first level."""

    name: str | None
    weight: str
    count: int
    equally: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """What a row gives to the sum above it: points and weight, 0 where it does not count."""

    points: str
    weight: str


def expand_scorecard(
    name: str, form: Scorecard, context: FormContext
) -> tuple[Expansion, list[Problem]]:
    """Write the columns of one scorecard, its total last, under its own name."""
    grain = list(form.each) or context.grain
    # Rows that have a name, such as stretches of a cut, are those of the plan's first subject.
    card = _Card(name, form, grain, grain[0] if len(grain) > 1 else context.subject)
    if card.applies is not None:
        _write_condition(card, card.applies, str(form.applies), form.label, "applies")
    exact = form.weights == "exact"
    card.problems += weight_problems(name, form.rows, WHOLE, exact=exact)
    parts = _write_rows(card, form.rows, _parent(card, None, form.rows), f"scorecard/{name}")
    _write_total(card, parts)
    return card.out, card.problems


def _parent(card: _Card, name: str | None, rows: tuple[Row, ...]) -> _Parent:
    weight = "100%" if name is None else f"{card.prefix}{name}_weight"
    equally = shares_equally(rows) and card.form.weights != "plain_sum"
    return _Parent(name, weight, len(weighted(rows)), equally)


def _write_rows(card: _Card, rows: tuple[Row, ...], parent: _Parent, path: str) -> list[_Part]:
    """Write siblings; what those of them that carry a weight give to the sum above."""
    written = (
        _write_row(card, row, f"{path}/rows/{number}", parent) for number, row in enumerate(rows)
    )
    return [part for part in written if part is not None]


def _write_row(card: _Card, row: Row, path: str, parent: _Parent) -> _Part | None:
    """Write a row's columns; None for rows that stand outside the weights."""
    kinds = [kind for kind in (*KINDS, *UNWEIGHTED, "rows") if getattr(row, kind) not in (None, ())]
    if len(kinds) != 1:
        known = (*KINDS, *UNWEIGHTED, "rows")
        card.problems.append(problem(errors.ROW_KIND, name=row.row, count=len(kinds), known=known))
        return None
    at = RowContext(card.prefix + row.row, card.grain, card.subject, path, card.out, row.label)
    if row.applies is not None:
        _write_condition(card, f"{at.name}_applies", row.applies, row.label, f"{path}/applies")
    if kinds[0] in UNWEIGHTED:
        _write_unweighted(card, row, at, kinds[0])
        return None
    card.problems += row_problems(row)
    if card.form.weights == "exact":
        card.problems += scale_problems(row)
    write_weight(row, at, parent.weight, parent.count)
    leaves = _write_parent(card, row, at, path) if row.rows else KINDS[kinds[0]](row, at)
    _only_where_it_applies(card, row, at, leaves)
    _complete(at, leaves)
    _show_row(card, row, at, parent.name)
    policy = "block" if row.rows else row.missing or card.form.missing
    return _count_row(at, policy, equally=parent.equally)


def _write_parent(card: _Card, row: Row, at: RowContext, path: str) -> str:
    """A row with children: their weighted mean, at the parent's own weight."""
    exact = card.form.weights == "exact"
    card.problems += weight_problems(row.row, row.rows, phases_of(row), exact=exact)
    parts = _write_rows(card, row.rows, _parent(card, row.row, row.rows), path)
    points, weights = _sums(parts)
    at.hidden(
        "score",
        f"if({weights} = 0, not_applicable('no_row_counts'), ({points}) / ({weights}))",
        path="rows",
        unit="points",
    )
    return "score"


def _write_unweighted(card: _Card, row: Row, at: RowContext, kind: str) -> None:
    text = getattr(row, kind)
    about = entry(label=row.label, source=row.source)
    if kind == "add":
        card.adds.append(at.write("points", text, path="add", unit="points", **about))
        _only_where_it_applies(card, row, at, "points")
        _show_row(card, row, at, None, is_weighted=False)
    elif kind == "veto":
        vetoed = at.write("veto", text, path="veto", unit="boolean", **about)
        card.vetoes.append((vetoed, at.hidden("veto_to", row.to, path="to", unit="points")))
    else:
        at.write("value", text, path="info", **about)
        _only_where_it_applies(card, row, at, "value")


def _write_condition(card: _Card, name: str, text: str, label: Labels | None, path: str) -> None:
    """Whose row or card it is; its label is what the others are told."""
    base = path if path.startswith("scorecard/") else f"scorecard/{card.name}/{path}"
    told = labels(f"“{label.zh}”不适用", f"“{label.en}” does not apply") if label else None
    card.out.columns[name] = entry(
        each=card.grain, is_=text, unit="boolean", show=False, form=base, label=told
    )


def _only_where_it_applies(card: _Card, row: Row, at: RowContext, suffix: str) -> None:
    """Make what a row gives not applicable where the row, or the whole card, is not for one."""
    own = f"{at.name}_applies" if row.applies is not None else None
    conditions = [name for name in (card.applies, own) if name is not None]
    if not conditions:
        return
    columns = card.out.columns
    name, plain = f"{at.name}_{suffix}", f"{at.name}_plain_{suffix}"
    made = columns.pop(name)
    told = step_label(row.label, f"plain_{suffix}")
    columns[plain] = {**made, "show": False, **entry(label=told)}
    value = plain
    for condition in reversed(conditions):
        value = f"if({condition}, {value}, not_applicable('{condition}'))"
    columns[name] = {
        **{key: made[key] for key in ("each", "unit", "label", "source", "show") if key in made},
        "is": value,
        "form": at.path,
    }


def _complete(at: RowContext, leaves: str) -> None:
    """Give the row the one of score and points that its kind did not write."""
    if leaves == "score":
        at.write("points", f"{at.name}_score * {at.name}_weight", unit="points")
    else:
        at.hidden("score", f"{at.name}_points / {at.name}_weight", unit="points")


def _show_row(
    card: _Card, row: Row, at: RowContext, parent: str | None, *, is_weighted: bool = True
) -> None:
    """The row as a component: its points, beside which its weight and score are shown."""
    points = card.out.columns[f"{at.name}_points"]
    points.update(entry(label=row.label, source=row.source))
    shown: Entry = entry(
        name=card.component(row.row),
        kind="score_row",
        column=f"{at.name}_points",
        label=row.label,
        card=card.name,
        parent=card.component(parent) if parent is not None else None,
    )
    if is_weighted:
        shown.update(weight=f"{at.name}_weight", score=f"{at.name}_score")
    card.out.components.append(shown)


def _count_row(at: RowContext, policy: MissingPolicy, *, equally: bool) -> _Part:
    """Points and weight that count; among equals a score counts once, whatever the share is."""
    points = f"{at.name}_points"
    given = f"{at.name}_score" if equally else points
    counts = f"is_applicable({points})"
    if policy == "leave_out":
        counts = f"not is_missing({points})"
    elif policy == "zero":
        given = f"if(is_missing({given}), 0, {given})"
    weight = ("1", "0") if equally else (f"{at.name}_weight", "0%")
    return _Part(
        at.hidden("counted_points", f"if({counts}, {given}, 0)", path="counted", unit="points"),
        at.hidden(
            "counted_weight",
            f"if({counts}, {weight[0]}, {weight[1]})",
            path="counted",
            unit="ratio",
        ),
    )


def _write_total(card: _Card, parts: list[_Part]) -> None:
    points, weights = _sums(parts)
    plain = card.form.weights == "plain_sum"
    total = points if plain else f"({points}) / ({weights})"
    if card.adds:
        total = " + ".join([total, *card.adds])
    for vetoed, to in reversed(card.vetoes):
        total = f"if({vetoed}, {to}, {total})"
    if card.applies is not None:
        total = f"if({card.applies}, {total}, not_applicable('{card.applies}'))"
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
