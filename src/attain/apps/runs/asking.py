"""Who may ask a run why: those who make or check results, and others about what they may read."""

from __future__ import annotations

from attain.apps.accounts.actors import Actor
from attain.apps.accounts.roles import Role
from attain.apps.people import selectors as people
from attain.apps.plans.selectors import HOLDING
from attain.apps.runs import errors
from attain.apps.runs.folders import StoredRun
from attain.apps.runs.models import Publication, Run, Withheld
from attain.core.errors import AttainError, problem
from attain.engine.primitives.model import ComponentKind, ResolvedPlan
from attain.engine.provenance import Cell, Subject

INSIDERS = (Role.finance, Role.auditor, Role.hr, Role.plan_admin)
READ = (Publication.PUBLISHED, Publication.SUPERSEDED)
"""What readers have, or have had before them."""


def must_be_readable(run: Run, actor: Actor, subject: str) -> None:
    """Results that are not published are there for nobody but those who make or check them.

    :raises AttainError: NUMBER_UNKNOWN: not there and not yours look alike.
    """
    if actor.has(*INSIDERS):
        return
    is_estimate = run.kind == Run.PROVISIONAL and run.replaced_by_id is None and is_agreed(run)
    read = Publication.objects.filter(run=run, state__in=READ)
    hidden = Withheld.objects.filter(publication__in=read, subject=subject)
    if not is_estimate and (not read.exists() or hidden.exists()):
        raise AttainError(problem(errors.NUMBER_UNKNOWN))


def is_agreed(run: Run) -> bool:
    """Whether a run calculated rules that were approved: estimates of drafts are for insiders."""
    return run.plan_version.state in HOLDING


def is_pay(plan: ResolvedPlan, cell: Cell) -> bool:
    """Whether a number is an incentive, or a step on the way to one."""
    column = plan.relations[cell.relation].columns.get(cell.column)
    if column is not None and (column.form or "").startswith(("incentives/", "pools/")):
        return True
    return any(
        one.kind is ComponentKind.INCENTIVE
        and (one.relation, one.column) == (cell.relation, cell.column)
        for one in plan.components
    )


def may_see_pay(actor: Actor, stored: StoredRun, subject: Subject | None) -> bool:
    """Whether incentives of a subject may be shown to the reader."""
    scope = people.scope(actor, "pay", (stored.period.from_, stored.period.until))
    if scope.everyone or subject is None:
        return scope.everyone
    return subject.kind == "people" and scope.sees(subject.key)
