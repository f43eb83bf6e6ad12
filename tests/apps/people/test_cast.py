"""The cast stands as everybody's tests believe."""

from __future__ import annotations

from datetime import date

import pytest
from company import AT, small_company

from attain.apps.people.selectors import name_of, scope

pytestmark = pytest.mark.django_db
TODAY = date(2026, 10, 12)


def test_each_sees_whom_their_role_and_place_give_them():
    company = small_company()

    seen = {
        name: scope(company.actor(name), "pay", TODAY)
        for name in ("rep", "manager", "hr", "auditor")
    }

    assert seen["rep"].keys == {company.key("rep")}
    assert seen["manager"].keys == {company.key(name) for name in ("manager", "rep", "peer")}
    assert seen["hr"].keys == {company.key("hr")}
    assert seen["auditor"].everyone


def test_names_are_found_by_key():
    company = small_company()

    names = name_of([company.key("rep"), company.units["U-SH1"].key, "people-nobody"])

    assert [(name.zh, name.code) for name in names.values()] == [
        ("沈佳宁", "E-1001"),
        ("上海一组", "U-SH1"),
    ]
    assert AT.year == 2026
