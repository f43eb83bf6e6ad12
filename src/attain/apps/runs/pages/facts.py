"""What a run is and was made from, in figures and links for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from attain.apps.accounts.actors import Actor
from attain.apps.data.catalog import DatabaseCatalog
from attain.apps.data.selectors import schemas
from attain.apps.jobs.labels import said as job_said
from attain.apps.people import selectors as people
from attain.apps.runs.models import Intervention, Run
from attain.apps.runs.pages.overview import period_name
from attain.apps.runs.reading import opened
from attain.apps.runs.selectors import changed_inputs
from attain.apps.runs.wording import component_label, reason_text
from attain.apps.runs.words import kind_labels, state_labels, state_tone
from attain.cli.runs.noticing import noticed
from attain.cli.runs.tables import Row
from attain.core.errors import AttainError, Problem
from attain.core.schemas import Status
from attain.engine.primitives.model import ResolvedPlan
from attain.ui import formats

SHOWN: Final = 50
"""So many of those who lack data are told by name; how many there are is told of all."""


@dataclass(frozen=True)
class Input:
    """One dataset version that was read."""

    name: str
    label: str
    hash: str
    rows: int | None
    is_changed: bool


def run_facts(run: Run, actor: Actor) -> dict[str, Any]:
    """Everything the head and the side of the page say."""
    language = formats.language()
    inputs = inputs_of(run)
    seconds = None
    if run.started_at and run.finished_at:
        seconds = (run.finished_at - run.started_at).total_seconds()
    return {
        "kind": kind_labels(run.kind).get(language),
        "state": state_labels(run.state).get(language),
        "tone": state_tone(run.state),
        "plan": run.plan_version.plan.label.get(language),
        "version": run.plan_version.number,
        "period": period_name(run.period),
        "inputs": inputs,
        "rows": sum(one.rows or 0 for one in inputs),
        "changed": sum(one.is_changed for one in inputs),
        "results": sorted(run.request.get("results", {}).items()),
        "stages": stages_of(run),
        "share": share_of(run),
        "seconds": seconds,
        "totals": _totals(run) if actor_sees_pay(actor) else [],
        "sees_pay": actor_sees_pay(actor),
    }


def actor_sees_pay(actor: Actor) -> bool:
    """Whether sums over everybody may be shown."""
    return people.scope(actor, "pay", actor.today).everyone


def _totals(run: Run) -> list[str]:
    totals = run.figures.get("totals", {})
    return [formats.money_minor(amount, currency) for currency, amount in totals.items()]


def inputs_of(run: Run) -> list[Input]:
    """The dataset versions a run read, and whether they have changed since."""
    named: dict[str, str] = run.request.get("inputs", {})
    declared = schemas()
    catalog = DatabaseCatalog()
    changed = set(changed_inputs(run))
    found = []
    for name, hash in sorted(named.items()):
        try:
            rows: int | None = catalog.version(name, hash).rows
        except AttainError:
            rows = None
        schema = declared.get(name)
        label = schema.labels.get(formats.language()) if schema and schema.labels else name
        found.append(Input(name, label, hash, rows, name in changed))
    return found


def stages_of(run: Run) -> list[dict[str, Any]]:
    """The stages with their names in the reader's language."""
    language = "zh-Hans" if formats.is_chinese() else "en"
    found = []
    for one in run.stages:
        tenths = one.get("tenths")
        found.append(
            {
                **one,
                "label": job_said(f"runs.stage.{one['name']}", language),
                "seconds": None if tenths is None else f"{tenths // 10}.{tenths % 10}",
            }
        )
    return found


def share_of(run: Run) -> str | None:
    """How much of the steps is done, as its job says."""
    from decimal import Decimal

    from attain.apps.jobs.models import Job

    job = Job.objects.filter(pk=run.job or 0).first()
    if job is None or not job.progress_total or run.state != Run.CALCULATING:
        return None
    return str(Decimal(job.progress_done) / Decimal(job.progress_total))


def missing_people(run: Run, actor: Actor) -> list[dict[str, Any]]:
    """Who lacks data, what they lack and why, and what was waived; within the actor's scope."""
    if not run.figures.get("no_data"):
        return []
    try:
        one = opened(run)
    except AttainError:
        return []
    during = (one.stored.period.from_, one.stored.period.until)
    scope = people.scope(actor, "results", during)
    rows = [
        row
        for row in one.stored.folder.rows("outcomes", {"status": str(Status.no_data)})
        if scope.everyone or scope.sees(row["subject"])
    ]
    waived = set(
        Intervention.objects.filter(plan_code=run.plan_code, revoked_at=None).values_list(
            "subject", "component", "period"
        )
    )
    found = _by_subject(rows)
    for own in found.values():
        keys = [(row["subject"], row["component"], row["period"]) for row in own["rows"]]
        own["is_waived"] = all(key in waived for key in keys)
        own["lacks"] = [_lack(one.plan, row) for row in own.pop("rows")]
    return sorted(found.values(), key=lambda own: (own["is_waived"], own["code"]))


def noticed_in(run: Run, actor: Actor) -> list[Problem]:
    """What the data of a run should be looked at for, told to whoever may see everybody's results.

    :raises AttainError: RUN_FOLDER_LOST.
    """
    if not run.figures.get("issues"):
        return []
    one = opened(run)
    during = (one.stored.period.from_, one.stored.period.until)
    if not people.scope(actor, "results", during).everyone:
        return []
    return noticed(one.stored)


def _by_subject(rows: list[Row]) -> dict[str, dict[str, Any]]:
    """The rows of each, with the name."""
    names = people.name_of(row["subject"] for row in rows)
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        name = names.get(row["subject"])
        own = found.setdefault(
            row["subject"],
            {
                "subject": row["subject"],
                "period": row["period"],
                "name": name.get(formats.language()) if name else row["subject"],
                "code": name.code if name else "",
                "rows": [],
            },
        )
        own["rows"].append(row)
    return found


def told_people(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Who lacks data as a page tells it: for which reasons how many, then the first by name.

    An estimate of a month of which nothing is complete yet is about everybody.
    """
    reasons: dict[str, set[str]] = {}
    for own in found:
        for lack in own["lacks"]:
            reasons.setdefault(lack["reason"], set()).add(own["subject"])
    counts = sorted(((len(who), reason) for reason, who in reasons.items()), reverse=True)
    shown = [{**own, "reasons": _by_reason(own["lacks"])} for own in found[:SHOWN]]
    rest = len(found) - len(shown)
    return {"count": len(found), "shown": shown, "rest": rest, "reasons": counts if rest else []}


def _by_reason(lacks: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Each reason once, behind all that is missing for it."""
    found: dict[str, list[str]] = {}
    for one in lacks:
        found.setdefault(one["reason"], []).append(one["label"])
    between = "、" if formats.is_chinese() else ", "
    return [(between.join(labels), reason) for reason, labels in found.items()]


def _lack(plan: ResolvedPlan, row: Row) -> dict[str, str]:
    """One component without data, and why."""
    language = formats.language()
    return {
        "component": row["component"],
        "label": component_label(plan, row["component"]).get(language),
        "reason": reason_text(plan, row["reason"] or "").get(language),
    }
