"""Which results of which plan stand where: period by plan, published, stale, failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.models import DatasetHead
from attain.apps.plans.models import Plan
from attain.apps.plans.selectors import version_for
from attain.apps.runs.models import Publication, Run
from attain.apps.runs.selectors import changed_inputs
from attain.apps.runs.services.planning import calendars
from attain.apps.runs.words import state_labels, state_tone
from attain.core.errors import AttainError
from attain.core.periods import parse_period, period_labels
from attain.ui import formats

PERIODS = 6
"""Columns of the overview."""


@dataclass(frozen=True)
class Cell:
    """One plan in one period."""

    status: str
    tone: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class PlanRow:
    """One plan with its periods."""

    label: str
    code: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Overview:
    """The matrix, its newest period first."""

    periods: tuple[str, ...]
    rows: tuple[PlanRow, ...]


def overview() -> list[Overview]:
    """A matrix for each kind of period: months do not stand beside quarters."""
    by_plan = _runs_by_plan()
    published = _publications()
    heads = dict(DatasetHead.objects.values_list("dataset", "version__hash"))
    labels = {plan.code: plan.label.get(formats.language()) for plan in Plan.objects.all()}
    found = []
    for kind, periods in _periods(by_plan).items():
        rows = [
            PlanRow(
                labels.get(code, code),
                code,
                tuple(
                    _cell(own.get(one, []), published.get((code, one)), heads) for one in periods
                ),
            )
            for code, own in by_plan.items()
            if any(_kind(one) == kind for one in own)
        ]
        found.append(Overview(tuple(period_name(one) for one in periods), tuple(rows)))
    return found


def _runs_by_plan() -> dict[str, dict[str, list[Run]]]:
    runs = Run.objects.exclude(kind=Run.TRIAL).order_by("id")
    found: dict[str, dict[str, list[Run]]] = {}
    for run in runs.only("id", "plan_code", "period", "kind", "state", "request", "plan_version"):
        found.setdefault(run.plan_code, {}).setdefault(run.period, []).append(run)
    return dict(sorted(found.items()))


def _publications() -> dict[tuple[str, str], Publication]:
    """The publication in preparation of each plan and period, else the published one."""
    living = (Publication.PUBLISHED, *Publication.OPEN)
    rows = Publication.objects.filter(state__in=living).order_by("revision")
    return {(one.plan_code, one.period): one for one in rows}


def _periods(by_plan: dict[str, dict[str, list[Run]]]) -> dict[str, list[str]]:
    """The newest periods of each kind that have runs."""
    found: dict[str, set[str]] = {}
    for own in by_plan.values():
        for period in own:
            found.setdefault(_kind(period), set()).add(period)
    return {
        kind: sorted(periods, key=_start, reverse=True)[:PERIODS]
        for kind, periods in sorted(found.items())
    }


def _cell(runs: list[Run], publication: Publication | None, heads: dict[str, str]) -> Cell:
    if not runs:
        return Cell(_("Not run"), "outline")
    last = runs[-1]
    url = reverse("runs:run", args=[last.pk])
    if last.state in (Run.FAILED, *Run.WAITING):
        said = state_labels(last.state).get(formats.language())
        return Cell(said, state_tone(last.state), f"#{last.pk}", url)
    if publication is not None:
        return _published(publication, runs, heads)
    if last.kind == Run.PROVISIONAL:
        return Cell(_("Estimate"), "outline", f"#{last.pk}", url)
    said = state_labels(last.state).get(formats.language())
    note = _("not published") if last.state == Run.DONE else f"#{last.pk}"
    return Cell(said, state_tone(last.state), note, url)


def _published(publication: Publication, runs: list[Run], heads: dict[str, str]) -> Cell:
    url = reverse("runs:publication", args=[publication.pk])
    if publication.state != Publication.PUBLISHED:
        return Cell(_("In preparation"), "accent", f"r{publication.revision}", url)
    own = next((one for one in runs if one.pk == publication.run_id), None)
    changed = changed_for(own, heads) if own is not None else []
    if own is not None and _has_other_text(own):
        return Cell(_("Stale"), "accent", _("the plan has another version"), url)
    if changed:
        note = ngettext(
            "%(count)s dataset changed since", "%(count)s datasets changed since", len(changed)
        ) % {"count": len(changed)}
        return Cell(_("Stale"), "accent", note, url)
    return Cell(_("Published"), "neutral", f"r{publication.revision}", url)


def _has_other_text(run: Run) -> bool:
    """Whether another version of the plan holds in the period by now."""
    try:
        period = parse_period(run.period, calendars())
    except AttainError:
        return False
    held = version_for(run.plan_code, period)
    return held is not None and held.pk != run.plan_version_id


def changed_for(run: Run, heads: dict[str, str]) -> list[str]:
    """Datasets whose rows of the run's own period, or without a date, are others by now."""
    catalog = DatabaseCatalog()
    period = parse_period(run.period, calendars())
    months = (f"{period.from_:%Y-%m}", f"{period.until - timedelta(days=1):%Y-%m}")
    found = []
    for name in changed_inputs(run, heads):
        try:
            old = catalog.version(name, run.request["inputs"][name])
            new = catalog.version(name, heads[name])
        except AttainError:
            continue
        moved = {(one.month, one.sha256) for one in old.parts} ^ {
            (one.month, one.sha256) for one in new.parts
        }
        if any(not month or months[0] <= month <= months[1] for month, _sha in moved):
            found.append(name)
    return found


def _kind(period: str) -> str:
    try:
        return str(parse_period(period, calendars()).kind)
    except AttainError:
        return ""


def _start(period: str) -> str:
    try:
        return parse_period(period, calendars()).from_.isoformat()
    except AttainError:
        return period


def period_name(period: str) -> str:
    """A period for the reader: 2026年9月, Q3 2026."""
    try:
        return period_labels(parse_period(period, calendars())).get(formats.language())
    except AttainError:
        return period


def recent_periods(count: int = 14) -> Iterator[tuple[str, str]]:
    """Months to choose from, the running one first, for forms."""
    from django.utils import timezone

    calendar = calendars().default
    running = calendar.period_at("month", timezone.localdate())
    for number in range(count):
        period = calendar.before(running, number)
        if period is not None:
            yield str(period), period_labels(period).get(formats.language())
