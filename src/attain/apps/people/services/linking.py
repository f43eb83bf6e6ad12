"""Further hierarchies beside units and managers: sponsors, regions of customers, and the like."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from attain.apps.accounts.actors import Actor
from attain.apps.audit import services as audit
from attain.apps.people import errors
from attain.apps.people.models import Change, Edge
from attain.apps.people.services import checks
from attain.apps.people.services.changes import begin
from attain.apps.people.services.naming import kept_text, required
from attain.apps.people.services.timeline import check_interval, close, save
from attain.core.errors import AttainError, problem
from attain.core.keys import kind_of_key
from attain.lake.errors import rows as said_by_lake


@transaction.atomic
def set_edge(
    *,
    hierarchy: str,
    child: str,
    parent: str,
    on: date,
    actor: Actor,
    at: datetime,
    until: date | None = None,
    reason: str = "",
) -> Edge:
    """In a hierarchy, a thing hangs under another from a day on; what it hung under before ends.

    :raises AttainError: INTERVAL_INVALID, NAME_MISSING, NOTHING_CHANGES, HIERARCHY_SELF,
        HIERARCHY_CYCLE, HIERARCHY_TOO_DEEP.
    """
    change = begin("set_edge", actor=actor, at=at, on=on, reason=reason)
    check_interval(on, until)
    hierarchy = required(kept_text(hierarchy, 60))
    if child == parent:
        raise AttainError(problem(said_by_lake.HIERARCHY_SELF, value=checks.spoken(child)))
    held = list(Edge.objects.during(on, until).filter(hierarchy=hierarchy, child=child))
    if any(row.parent == parent and row.effective_from <= on for row in held):
        raise AttainError(problem(errors.NOTHING_CHANGES))
    close(held, change, on)
    edge = Edge(
        hierarchy=hierarchy,
        child_kind=kind_of_key(child) or "",
        child=child,
        parent=parent,
        effective_from=on,
        effective_until=until,
        change=change,
    )
    save([edge])
    checks.check_tree(child, checks.parents_in(hierarchy))
    _record(change, edge, actor)
    return edge


@transaction.atomic
def end_edge(*, edge: Edge, on: date, actor: Actor, at: datetime, reason: str = "") -> Change:
    """A thing hangs under nothing any more from a day on.

    :raises AttainError: INTERVAL_INVALID if it had ended before.
    """
    change = begin("end_edge", actor=actor, at=at, on=on, reason=reason)
    if edge.effective_until is not None:
        check_interval(on, edge.effective_until)
    close([edge], change, on)
    _record(change, edge, actor)
    return change


def _record(change: Change, edge: Edge, actor: Actor) -> None:
    audit.record(
        actor=actor,
        action=f"people.{change.kind}",
        object=("edge", edge.child, f"{edge.hierarchy}: {checks.spoken(edge.child)}"),
        after={
            "parent": edge.parent,
            "effective_from": edge.effective_from,
            "effective_until": edge.effective_until,
            "on": change.effective_on,
            "change": change.pk,
        },
        cause=change.reason,
        at=change.at,
    )
