"""Units and how values of each are stored."""

from __future__ import annotations

import pytest

from attain.core.units import BOOLEAN, COUNT, DATE, DAYS, QUANTITY, TEXT, Type, Unit, key_of, money


@pytest.mark.parametrize(
    ("type_", "storage", "scale"),
    [
        (money("CNY"), "DECIMAL(24,6)", 6),
        (Type(Unit.ratio), "DECIMAL(38,18)", 18),
        (Type(Unit.points), "DECIMAL(38,18)", 18),
        (COUNT, "BIGINT", 0),
        (DAYS, "BIGINT", 0),
        (Type(Unit.days, scale=1), "DECIMAL(38,18)", 18),
        (QUANTITY, "DECIMAL(38,18)", 18),
        (TEXT, "VARCHAR", None),
        (key_of("people"), "VARCHAR", None),
        (DATE, "DATE", None),
        (BOOLEAN, "BOOLEAN", None),
    ],
)
def test_each_unit_has_one_exact_storage(type_: Type, storage: str, scale: int | None) -> None:
    assert (type_.storage, type_.stored_scale) == (storage, scale)


def test_no_unit_is_ever_stored_as_a_float() -> None:
    storages = {Type(unit, scale=scale).storage for unit in Unit for scale in (None, 0, 2)}

    assert not any("DOUBLE" in storage or "FLOAT" in storage for storage in storages)


def test_a_type_says_its_currency_or_its_kind() -> None:
    assert [str(money("CNY")), str(key_of("people")), str(COUNT)] == [
        "money(CNY)",
        "key(people)",
        "count",
    ]


def test_a_type_that_may_be_missing_is_another_type() -> None:
    assert COUNT.missing() != COUNT
    assert COUNT.missing().missing(False) == COUNT
