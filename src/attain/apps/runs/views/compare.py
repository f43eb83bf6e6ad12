"""Two runs of one plan beside each other."""

from __future__ import annotations

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET

from attain.apps.accounts.requests import Request
from attain.apps.runs.models import Run
from attain.apps.runs.pages.comparison import Changed, Compared, compared
from attain.apps.runs.pages.overview import period_name
from attain.apps.runs.pages.waterfall import HEIGHT, WIDTH, shapes
from attain.apps.runs.selectors import visible_runs
from attain.apps.runs.views.run import run_or_404
from attain.ui import formats
from attain.ui.tables import Column, RowsTable, table_response

KEEP = ("before", "after")


@require_GET
def compare(request: Request) -> HttpResponseBase:
    """`?before=41&after=42`; without `before` the run that was finished before it."""
    after = run_or_404(_number(request.GET.get("after")), request.actor)
    if not request.GET.get("before"):
        before = earlier_of(after)
        if before is None:
            return redirect("runs:run", after.pk)
        return redirect(f"{request.path}?before={before.pk}&after={after.pk}")
    before = run_or_404(_number(request.GET["before"]), request.actor)
    found = compared(before, after, request.actor)
    context = {
        "found": found,
        "title": period_name(after.period),
        "plan": after.plan_version.plan.label.get(formats.language()),
        "others": _others(after, request),
        "shapes": shapes(found.bars, found.currency),
        "width": WIDTH,
        "height": HEIGHT,
        "difference": _difference(found),
        "main_cause": found.bars[1].label if len(found.bars) > 2 else "",
    }
    return table_response(
        request,
        _table(found),
        "runs/compare.html",
        context,
        keep=KEEP,
        empty=gettext_lazy("Both runs have the same numbers, to the last digit."),
    )


def _number(text: str | None) -> int:
    if not text or not text.isdigit():
        raise Http404
    return int(text)


def earlier_of(run: Run) -> Run | None:
    """The finished run of the same plan and period before this one, of its kind if there is one."""
    before = Run.objects.filter(
        plan_code=run.plan_code, period=run.period, state=Run.DONE, pk__lt=run.pk
    ).order_by("-id")
    return before.filter(kind=run.kind).exclude(digest=run.digest).first() or before.first()


def _others(after: Run, request: Request) -> list[Run]:
    found = visible_runs(request.actor).filter(
        plan_code=after.plan_code, period=after.period, state=Run.DONE
    )
    return list(found.order_by("-id")[:12])


def _difference(found: Compared) -> str:
    if not found.currency:
        return ""
    _currency, before, after = found.totals[0]
    amount = formats.minor_amount(after - before, found.currency)
    return formats.money(amount, found.currency, signed=True)


def _table(found: Compared) -> RowsTable:
    causes = [(cause, label) for cause, label, _count in found.causes]

    def why(row: Changed) -> str | None:
        return row.why or None

    return RowsTable(
        name="run-changes",
        label=gettext_lazy("Changed numbers"),
        all_columns=(
            Column("name", pgettext_lazy("result", "Who"), searchable=True, primary=True,
                   subtitle=lambda row: row.code),
            Column("label", gettext_lazy("Component"), searchable=True),
            Column("before_text", f"#{found.before.pk}", sortable=False, filterable=False),
            Column("after_text", f"#{found.after.pk}", sortable=False, filterable=False, why=why),
            Column("gap_text", gettext_lazy("Difference"), source="gap", filterable=False,
                   value=lambda row: row.gap_text),
            Column("cause", pgettext_lazy("difference", "Cause"), "choice", choices=causes,
                   subtitle=lambda row: "; ".join(row.lines)),
        ),
        rows=lambda actor: found.changed,
        default_sort=("name",),
    )  # fmt: skip
