"""Separation of duties, generated from the table of clashing pairs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from attain.apps.accounts.models import User
from attain.apps.flow import duties
from attain.apps.flow.duties import DUTIES, PAIRS

pytestmark = pytest.mark.django_db

# Pair 12 asks the object whom it pays, 19 and 21 ask which roles somebody holds.
ON_OBJECTS = [pair for pair in PAIRS if pair.enforced and pair.number not in (12, 19, 21)]
BOTH_WAYS = [
    pytest.param(first, second, id=f"{pair.number}-{first}-{second}")
    for pair in ON_OBJECTS
    for first, second in ((pair.first, pair.second), (pair.second, pair.first))
]
OBJECT = ("thing", 7)


def barred(duty: str, actor: Any, giver: User | None = None, about: Any = (OBJECT,)) -> list[str]:
    hands = duties.hands_of(actor, giver)
    return [name.zh for name in duties.clashes(duty, about, hands)]


def test_the_table_has_the_21_pairs_and_a_name_for_every_duty() -> None:
    assert [pair.number for pair in PAIRS] == list(range(1, 22))
    assert {pair.number for pair in PAIRS if pair.enforced} == {1, 2, 3, 6, 7, 12, 19, 21}
    assert {duty for pair in PAIRS for duty in (pair.first, pair.second)} == DUTIES.keys()


@pytest.mark.parametrize(("first", "second"), BOTH_WAYS)
def test_one_person_does_not_do_both(
    first: str, second: str, people: Callable[..., User], actor: Callable[[User], Any], at: datetime
) -> None:
    li, wang = people("li"), people("wang")
    duties.note(first, OBJECT, actor=actor(li), at=at)

    assert barred(second, actor(li)) == [DUTIES[first].zh]
    assert barred(second, actor(wang)) == []
    assert barred(second, actor(li), about=[("thing", 8), ("other", 7)]) == []


@pytest.mark.parametrize(("first", "second"), BOTH_WAYS)
def test_a_new_account_of_the_same_person_is_the_same_person(
    first: str, second: str, people: Callable[..., User], actor: Callable[[User], Any], at: datetime
) -> None:
    old = people("li", person="people-li")
    duties.note(first, OBJECT, actor=actor(old), at=at)
    User.objects.filter(pk=old.pk).update(person="", is_active=False)
    new = people("li2", person="people-li")

    assert barred(second, actor(new)) == [DUTIES[first].zh]


@pytest.mark.parametrize(("first", "second"), BOTH_WAYS)
def test_a_delegate_and_the_giver_count_as_one(
    first: str, second: str, people: Callable[..., User], actor: Callable[[User], Any], at: datetime
) -> None:
    li, zhao, wang = people("li"), people("zhao"), people("wang")
    duties.note(first, OBJECT, actor=actor(zhao), at=at, giver=li)

    # Who did it and in whose right it was done are both barred, and so is whoever acts for them.
    assert barred(second, actor(zhao)) == [DUTIES[first].zh]
    assert barred(second, actor(li)) == [DUTIES[first].zh]
    assert barred(second, actor(wang), giver=li) == [DUTIES[first].zh]
    assert barred(second, actor(wang), giver=zhao) == [DUTIES[first].zh]
    assert barred(second, actor(wang)) == []


def test_a_superuser_is_nobody_special(
    people: Callable[..., User], actor: Callable[[User], Any], at: datetime
) -> None:
    root = people("root")
    User.objects.filter(pk=root.pk).update(is_superuser=True, is_staff=True)
    duties.note("write_plan", OBJECT, actor=actor(root), at=at)

    assert barred("approve_plan", actor(root)) == [DUTIES["write_plan"].zh]


def test_a_duty_outside_the_table_is_a_mistake_of_the_code(
    people: Callable[..., User], actor: Callable[[User], Any], at: datetime
) -> None:
    with pytest.raises(KeyError):
        duties.note("write_plans", OBJECT, actor=actor(people("li")), at=at)
