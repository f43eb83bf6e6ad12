"""Attainment as a list: everybody the reader may see, with filters, order and export."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.permissions import may
from attain.apps.insights.showing import person_url
from attain.apps.insights.standings import Board, Standing
from attain.core.labels import ENGLISH, Labels
from attain.core.reasons import sentence
from attain.ui.formats import language
from attain.ui.tables import Column, RowsTable


def board_table(board: Board, actor: Actor) -> RowsTable:
    """One attainment of one plan, a row for each person."""
    opens = may(actor, "statements:detail")

    def url(row: Any) -> str | None:
        return person_url(board, row["person"]) if opens else None

    figure = "money" if board.measured.unit == "money" else "number"
    columns = [
        Column("name", _("Name"), searchable=True, url=url, primary=True),
        Column("code", _("Staff number"), "code", searchable=True),
        Column("target", pgettext_lazy("column", "Target"), figure, minor=False),  # type: ignore[arg-type]
        Column("actual", pgettext_lazy("column", "Actual"), figure, minor=False),  # type: ignore[arg-type]
        Column("ratio", _("Attainment"), "attainment", missing=lambda row: row["reason"]),
    ]
    if board.tells_places:
        columns.append(Column("place", _("Place"), "number"))
    return RowsTable(
        "attainment",
        board.label.get(language()),
        tuple(columns),
        lambda _actor: [_row(one) for one in board.standings],
        default_sort=("-ratio",),
    )


def _row(one: Standing) -> dict[str, Any]:
    chosen = language()
    return {
        "pk": one.person,
        "person": one.person,
        "name": one.name.get(chosen),
        "code": one.name.code,
        "target": one.target,
        "actual": one.actual,
        "ratio": one.ratio,
        "reason": sentence(one.reason, chosen) if one.reason else "",
        "place": one.place,
    }


def shown(labels: Labels) -> str:
    """A label in the reader's language."""
    return labels.get(language()) or labels.get(ENGLISH)
