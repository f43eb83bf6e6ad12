"""A search finds people by one character, by code, by English name and by its initials."""

from __future__ import annotations

import pytest
from company import small_company

from attain.apps.people.finding import find_people, find_units

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return small_company()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("沈", ["沈佳宁"]),
        ("佳宁", ["沈佳宁"]),
        ("沈佳宁", ["沈佳宁"]),
        ("e-1001", ["沈佳宁"]),
        ("1001", ["沈佳宁"]),
        ("Jianing", ["沈佳宁"]),
        ("shenjianing", ["沈佳宁"]),
        ("sj", ["沈佳宁"]),
        ("shen jia", ["沈佳宁"]),
        ("没有", []),
        ("%", []),
        ("_", []),
        ("'", []),
    ],
)
def test_any_part_of_a_name_or_code_finds(company, text, names):
    hits = find_people(company.actor("hr"), text, 5)

    assert [hit.title for hit in hits] == names


def test_only_whom_the_reader_may_see_is_found(company):
    assert [hit.title for hit in find_people(company.actor("manager"), "E-1", 9)] == [
        "沈佳宁",
        "周亦凡",
    ]
    assert find_people(company.actor("outsider"), "沈", 9) == []


def test_an_exact_code_comes_first(company):
    hits = find_people(company.actor("hr"), "E-0103", 5)

    assert hits[0].title == "唐越"


def test_units_are_found_by_those_who_may_open_them(company):
    assert [hit.title for hit in find_units(company.actor("hr"), "上海", 5)] == [
        "上海一组",
        "上海二组",
    ]
    assert find_units(company.actor("rep"), "上海", 5) == []
