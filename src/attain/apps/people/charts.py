"""The tree of units and the chart of who reports to whom, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from attain.apps.accounts.actors import Actor
from attain.apps.people.models import Assignment, PersonVersion, Status, UnitVersion
from attain.apps.people.scopes import scope
from attain.apps.people.telling import own_name
from attain.ui import formats

Node = dict[str, Any]
LEVELS_MAX = 60
NODES_MAX = 300
"""More people than that nobody reads in one picture."""


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


@dataclass(frozen=True, slots=True)
class Reports:
    """Who reports to whom on a day, of those a reader may see."""

    people: Mapping[str, str]
    """Key to name."""
    below: Mapping[str, list[tuple[str, str]]]
    """Manager to people with what they are; "" holds those above whom nobody is seen."""
    day: date

    def node(self, key: str, title: str, shown: frozenset[str]) -> Node:
        """One person with the people below, as far as they are shown."""
        children = self.below.get(key, [])
        hidden = bool(children) and children[0][0] not in shown
        count = ngettext("%(count)s person", "%(count)s people", len(children))
        more = count % {"count": len(children)} if hidden else ""
        return {
            "name": self.people[key],
            "note": " · ".join(part for part in (title, more) if part),
            "url": self._url(key, hidden),
            "open": True,
            "children": [] if hidden else [self.node(*child, shown) for child in children],
        }

    def _url(self, key: str, hidden: bool) -> str:
        """The person's page; where people are left out, the chart from that person on."""
        on = self.day.isoformat()
        if hidden:
            return f"{reverse('people:chart')}?on={on}&under={key}"
        return f"{reverse('people:person', args=[key])}?on={on}"

    def first(self, roots: list[tuple[str, str]]) -> frozenset[str]:
        """As many whole levels as one page can show."""
        shown = {key for key, _ in roots}
        level = list(shown)
        for _ in range(LEVELS_MAX):
            level = [child for key in level for child, _ in self.below.get(key, ())]
            if not level or len(shown) + len(level) > NODES_MAX:
                break
            shown.update(level)
        return frozenset(shown)


def report_tree(actor: Actor, day: date, under: str = "") -> list[Node]:
    """Who reports to whom on a day, of those the reader may see; several trees where there are.

    Of a large organisation the upper levels are shown, and each person leads on to theirs;
    `under` begins at a person.
    """
    reports = _reports(actor, day)
    if under:
        roots = [(under, "")] if under in reports.people else []
    else:
        roots = reports.below.get("", [])
    shown = reports.first(roots)
    return [reports.node(key, title, shown) for key, title in roots]


def _reports(actor: Actor, day: date) -> Reports:
    seen = scope(actor, "people", day)
    name = "name" if formats.is_chinese() else "name_en"
    versions = seen.restrict(PersonVersion.objects.on(day)).exclude(status=Status.left)
    people = {
        key: own or other
        for key, own, other in versions.order_by().values_list("person", name, "name")
    }
    rows = seen.restrict(Assignment.objects.on(day)).order_by("person__code", "pk")
    below: dict[str, list[tuple[str, str]]] = defaultdict(list)
    placed: set[str] = set()
    fields = ("person", "manager", f"position__{name}", "position__name", "unit__name")
    for person, manager, title, other, unit in rows.values_list(*fields):
        if person in people and person not in placed:
            placed.add(person)
            above = manager if manager in people else ""
            below[above].append((person, title or other or unit or ""))
    return Reports(people, below, day)


def as_one(trees: list[Node], name: str) -> Node:
    """One tree for the chart: several roots hang under the company."""
    if len(trees) == 1:
        return trees[0]
    return {"name": name, "note": "", "children": trees, "open": True}
