"""Ten thousand people: who sees whom is one question, however many levels there are."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from attain.apps.accounts.actors import Actor, Grant
from attain.apps.accounts.roles import GrantScope, Role
from attain.apps.people import scopes
from attain.apps.people.models import Assignment, Change, Person, PersonVersion, Unit, UnitVersion

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 10, 12, 1, 30, tzinfo=UTC)
SINCE = date(2024, 1, 1)
PEOPLE = 10_000
SPAN = 9
"""Everybody manages nine others, as far as there are any: five levels."""


@pytest.fixture
def organisation():
    change = Change.objects.create(kind="import", at=AT)
    people = [Person(key=key(n), code=f"P{n:05}", name=f"人{n}") for n in range(PEOPLE)]
    Person.objects.bulk_create(people, batch_size=500)
    PersonVersion.objects.bulk_create(
        [
            PersonVersion(person=one, name=one.name, effective_from=SINCE, change=change)
            for one in people
        ],
        batch_size=500,
    )
    unit = Unit.objects.create(key=f"units-{'a' * 16}", code="U-1", name="总部")
    UnitVersion.objects.create(unit=unit, name="总部", effective_from=SINCE, change=change)
    Assignment.objects.bulk_create(
        [
            Assignment(
                person_id=key(n),
                manager_id=key((n - 1) // SPAN) if n else None,
                unit=unit,
                effective_from=SINCE,
                change=change,
            )
            for n in range(PEOPLE)
        ],
        batch_size=500,
    )


def key(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz234567"
    text = "".join(letters[number // 32**place % 32] for place in range(16))
    return f"people-{text}"


def manager(number: int) -> Actor:
    grant = Grant(Role.manager, GrantScope.team, person=key(number))
    return Actor(1, "m", "m", key(number), (grant,), AT, AT.date())


def test_the_top_manager_sees_everybody_by_one_question(organisation, django_assert_num_queries):
    seen = scopes.scope(manager(0), "results", AT.date())
    assert len(seen.keys) == PEOPLE

    with django_assert_num_queries(1):
        assert scopes.scope(manager(0), "results", AT.date()) == seen


def test_after_a_change_it_is_read_again_with_three_queries(
    organisation, django_assert_num_queries
):
    scopes.scope(manager(1), "results", AT.date())
    Change.objects.create(kind="change", at=AT)

    with django_assert_num_queries(3):
        seen = scopes.scope(manager(1), "results", AT.date())

    # The people below n are 9n+1 to 9n+9: below 1 are 10..18, 91..171 and 820..1548, and of
    # 7381..13941 those that there are: 9 + 81 + 729 + 2619. And she herself.
    assert len(seen.keys) == 1 + 9 + 81 + 729 + 2619


def test_a_team_leader_sees_their_nine_people(organisation):
    seen = scopes.scope(manager(100), "results", AT.date())

    # 9 x 100 + 1 to + 9, and below them 9 x 901 + 1 to 9 x 909 + 9.
    assert seen.keys == {key(100), *(key(n) for n in range(901, 910))} | {
        key(n) for n in range(8110, 8191)
    }


def test_the_chart_shows_the_upper_levels_and_leads_on(organisation):
    from attain.apps.people.charts import NODES_MAX, report_tree

    top = report_tree(manager(0), AT.date())[0]
    nodes = list(walk(top))

    # One, 9 and 81 people fit; with the next 729 they would be too many.
    count = len(nodes)
    assert count == 91 <= NODES_MAX
    assert f"under={key(10)}" in next(node for node in nodes if node["name"] == "人10")["url"]
    below = report_tree(manager(0), AT.date(), under=key(10))[0]
    assert len(list(walk(below))) == 1 + 9 + 81
    assert report_tree(manager(1), AT.date(), under=key(0)) == []


def walk(node):
    yield node
    for child in node["children"]:
        yield from walk(child)
