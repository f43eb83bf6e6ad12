"""The tree of units and the chart of who reports to whom, on a day."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from attain.apps.accounts.actors import Actor
from attain.apps.people.models import Assignment, PersonVersion, Status, UnitVersion
from attain.apps.people.scopes import scope
from attain.apps.people.telling import own_name

Node = dict[str, Any]
LEVELS_MAX = 60


def unit_tree(day: date) -> list[Node]:
    """The units of a day, with head and number of people."""
    versions = list(
        UnitVersion.objects.on(day).select_related("unit", "head").order_by("unit__code")
    )
    counts: dict[str, set[str]] = defaultdict(set)
    for unit, person in Assignment.objects.on(day).values_list("unit", "person"):
        counts[unit].add(person)
    below: dict[str, list[UnitVersion]] = defaultdict(list)
    known = {row.unit_id for row in versions}
    for row in versions:
        below[row.parent_id if row.parent_id in known else ""].append(row)
    return [_unit_node(row, below, counts, day, 0) for row in below[""]]


def _unit_node(
    row: UnitVersion,
    below: dict[str, list[UnitVersion]],
    counts: dict[str, set[str]],
    day: date,
    depth: int,
) -> Node:
    count = len(counts.get(row.unit_id, ()))
    people = ngettext("%(count)s person", "%(count)s people", count) % {"count": count}
    notes = [own_name(row.head)] if row.head else []
    children = below.get(row.unit_id, []) if depth < LEVELS_MAX else []
    return {
        "name": own_name(row),
        "note": " · ".join([*notes, people] if count else notes),
        "url": reverse("people:unit", args=[row.unit_id]) + f"?on={day.isoformat()}",
        "open": depth < 3,
        "children": [_unit_node(one, below, counts, day, depth + 1) for one in children],
    }


def report_tree(actor: Actor, day: date) -> list[Node]:
    """Who reports to whom on a day, of those the reader may see; several trees where there are."""
    seen = scope(actor, "people", day)
    people = {
        row.person_id: row
        for row in seen.restrict(PersonVersion.objects.on(day)).exclude(status=Status.left)
    }
    below: dict[str, list[tuple[str, str]]] = defaultdict(list)
    placed = set()
    rows = Assignment.objects.on(day).select_related("unit", "position").order_by("person__code")
    for row in seen.restrict(rows):
        if row.person_id in people and row.person_id not in placed:
            placed.add(row.person_id)
            manager = row.manager_id if row.manager_id in people else ""
            title = own_name(row.position or row.unit)
            below[manager or ""].append((row.person_id, title))
    return [_person_node(key, title, people, below, day, 0) for key, title in below[""]]


def _person_node(
    key: str,
    title: str,
    people: dict[str, PersonVersion],
    below: dict[str, list[tuple[str, str]]],
    day: date,
    depth: int,
) -> Node:
    children = below.get(key, []) if depth < LEVELS_MAX else []
    return {
        "name": own_name(people[key]),
        "note": title,
        "url": reverse("people:person", args=[key]) + f"?on={day.isoformat()}",
        "open": depth < 2,
        "children": [
            _person_node(one, name, people, below, day, depth + 1) for one, name in children
        ],
    }


def as_one(trees: list[Node], name: str) -> Node:
    """One tree for the chart: several roots hang under the company."""
    if len(trees) == 1:
        return trees[0]
    return {"name": name, "note": "", "children": trees, "open": True}
