"""First steps: from one's own data to a plan that can be calculated, on one page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST

from attain.apps.accounts.permissions import may
from attain.apps.accounts.requests import Request
from attain.apps.data import selectors as data
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.plans import errors, examinations, newcomers, starters, starting
from attain.apps.plans.starters import STARTERS, Facts, Targets, Terms
from attain.apps.plans.surroundings import surroundings
from attain.apps.plans.views.common import said
from attain.core.errors import AttainError, Problem, problem
from attain.core.labels import Labels
from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS

LAST_DAY = 28
TARGETS = "targets"


@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    """Choose data, scheme and rates; the plan is written for the company's own names."""
    known = _filled_first(starters.fact_datasets(data.schemas(), SYSTEM_DATASETS))
    given = request.POST if request.method == "POST" else request.GET
    schema = _chosen(known, str(given.get("dataset", "")))
    refused: tuple[Problem, ...] = ()
    if request.method == "POST" and schema is not None:
        try:
            choice = _choice(request.POST, schema)
            version = starting.begin(choice=choice, actor=request.actor, at=request.actor.at)
            examinations.run(version.text, surroundings(), request.actor.at)
            return redirect("plans:ready", version.plan.code, version.number)
        except AttainError as error:
            refused = error.problems
    context = _context(given, known, schema, refused)
    context["may_add"] = may(request.actor, "plans:newcomers", "POST")
    return render(request, "plans/start.html", context, status=422 if refused else 200)


@require_POST
def add_people(request: Request) -> HttpResponse:
    """Let everybody whom the data name join the list of people."""
    known = {one.dataset: one for one in starters.fact_datasets(data.schemas(), SYSTEM_DATASETS)}
    schema = known.get(str(request.POST.get("dataset", "")))
    seller = str(request.POST.get("seller", ""))
    if schema is None or seller not in {one.name for one in starters.sellers(schema)}:
        raise Http404
    count = newcomers.add(schema, seller, actor=request.actor, at=request.actor.at)
    said_so = ngettext("%(count)d person was added.", "%(count)d people were added.", count)
    messages.success(request, said_so % {"count": count})
    chosen = urlencode({"dataset": schema.dataset, "seller": seller})
    return redirect(f"{reverse('plans:start')}?{chosen}")


def _filled_first(known: list[DatasetSchema]) -> list[DatasetSchema]:
    """Datasets with the most rows first: a stranger has just imported one."""
    heads = {one.dataset: DatabaseCatalog().head(one.dataset) for one in known}

    def rows(one: DatasetSchema) -> int:
        head = heads[one.dataset]
        return -head.rows if head else 0

    return sorted(known, key=rows)


def _chosen(known: list[DatasetSchema], name: str) -> DatasetSchema | None:
    return next((one for one in known if one.dataset == name), known[0] if known else None)


def _choice(given: QueryDict, schema: DatasetSchema) -> starting.Choice:
    """
    :raises AttainError: START_DATASET, START_RATES, START_FILTER.
    """
    starter = STARTERS.get(str(given.get("starter", "")), STARTERS["flat"])
    amounts = {one.name: one for one in starters.amounts(schema)}
    amount = str(given.get("amount", ""))
    seller = str(given.get("seller", ""))
    if amount not in amounts or seller not in {one.name for one in starters.sellers(schema)}:
        raise AttainError(problem(errors.START_DATASET, name=said(schema.labels, schema.dataset)))
    names = {one.name for one in starters.filters(schema)}
    where = str(given.get("where", ""))
    column = amounts[amount]
    facts = Facts(
        schema.dataset,
        amount,
        seller,
        column.labels or Labels(zh=amount, en=amount),
        column.currency or "",
        starting.where_of(where if where in names else "", str(given.get("where_text", ""))),
    )
    label = str(given.get("label", "")).strip()[:80] or said(starter.label)
    terms = Terms(
        code=starting.free_code(f"{starter.name}-commission"),
        label=Labels(zh=label, en=label),
        rates=starting.rates_of(given, starter),
        period="quarter" if given.get("period") == "quarter" else "month",
        pay_day=_number(given, "pay_day", 10, 1, LAST_DAY),
        pay_months=_number(given, "pay_months", 1, 0, 12),
        targets=_targets(str(given.get("targets", ""))) if starter.needs_targets else None,
    )
    return starting.Choice(schema, facts, starter, terms, given.get("members") == "named")


def _target_lists(facts: str) -> list[DatasetSchema]:
    """Lists that may hold targets, those of whole periods first."""
    found = starters.target_lists(data.schemas(), SYSTEM_DATASETS)
    others = [one for one in found if one.dataset != facts]
    return sorted(others, key=lambda one: (bool(one.date), one.dataset))


def _targets(name: str) -> Targets:
    schema = next((one for one in _target_lists("") if one.dataset == name), None)
    if schema is None:
        return Targets()
    amount, seller = starters.amounts(schema)[0].name, starters.sellers(schema)[0].name
    return Targets(schema.dataset, amount, seller, starters.target_period(schema))


def _number(given: QueryDict, name: str, usual: int, least: int, most: int) -> int:
    written = str(given.get(name, ""))
    return min(max(int(written), least), most) if written.isdigit() else usual


def _context(
    given: QueryDict,
    known: list[DatasetSchema],
    schema: DatasetSchema | None,
    refused: tuple[Problem, ...],
) -> dict[str, Any]:
    starter = STARTERS.get(str(given.get("starter", "")), STARTERS["flat"])
    context: dict[str, Any] = {
        "datasets": [(one.dataset, said(one.labels, one.dataset)) for one in known],
        "schema": schema,
        "starters": list(STARTERS.values()),
        "chosen": starter.name,
        "rates": {one.name: _bands(given, one, starter.name) for one in STARTERS.values()},
        "given": given,
        "refused": refused,
    }
    if schema is None:
        return context
    seller = str(given.get("seller", "")) or starters.sellers(schema)[0].name
    valid = {one.name for one in starters.sellers(schema)}
    seller = seller if seller in valid else next(iter(sorted(valid)))
    targets = _target_choices(schema)
    return context | {
        "title": said(schema.labels, schema.dataset),
        "date": said(schema.columns[schema.date or ""].labels, schema.date or ""),
        "amounts": _choices(starters.amounts(schema)),
        "sellers": _choices(starters.sellers(schema)),
        "filters": [("", _("All rows count")), *_choices(starters.filters(schema))],
        "targets": targets,
        "target": given.get("targets", targets[0][0]),
        "held": starting.held(schema, seller),
        "seller": seller,
        "periods": [
            ("month", pgettext("period", "Every month")),
            ("quarter", pgettext("period", "Every quarter")),
        ],
    }  # fmt: skip


def _target_choices(schema: DatasetSchema) -> list[tuple[str, str]]:
    """Where targets come from; a list of the company's own comes before the empty standard one."""
    lists = _target_lists(schema.dataset)
    own = [(one.dataset, said(one.labels, one.dataset)) for one in lists]
    standard = [("", _("The list of targets (indicator “sales”)"))]
    is_filled = DatabaseCatalog().head(TARGETS) is not None
    begins_own = bool(lists) and not lists[0].date and not is_filled
    return [*own, *standard] if begins_own else [*standard, *own]


def _choices(columns: Any) -> list[tuple[str, str]]:
    return [(one.name, said(one.labels, one.name)) for one in columns]


def _bands(given: QueryDict, starter: Any, chosen: str) -> list[tuple[int, str, str]]:
    """The bands a form shows: those that were sent, else those that are proposed."""
    own = f"{starter.name}."
    sent = starter.name == chosen and f"{own}rate.0" in given
    rows = []
    for number in range(1 if starter.name == "flat" else starting.RATES):
        usual = starter.rates[number] if number < len(starter.rates) else ("", "")
        edge = str(given.get(f"{own}edge.{number}", "")) if sent else usual[0]
        rate = str(given.get(f"{own}rate.{number}", "")) if sent else usual[1]
        rows.append((number, edge, rate))
    return rows
