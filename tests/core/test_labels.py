"""Text in both languages."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from attain.core.labels import Labels, labels


def test_a_reader_gets_their_language() -> None:
    orders = labels("订单", "Orders")

    assert (orders.get("zh-Hans"), orders.get("en"), orders.get()) == ("订单", "Orders", "订单")


def test_the_other_language_stands_in_for_a_missing_one() -> None:
    assert labels("", "Orders").get("zh-Hans") == "Orders"
    assert labels("订单", "").get("en") == "订单"


def test_labels_are_written_with_language_codes_and_read_back() -> None:
    written = {"zh-Hans": "订单", "en": "Orders"}

    assert Labels.model_validate(written) == labels("订单", "Orders")
    assert labels("订单", "Orders").model_dump() == written


def test_a_plain_text_stands_for_both_languages() -> None:
    assert Labels.model_validate("KPI") == labels("KPI", "KPI")


def test_another_language_is_refused() -> None:
    with pytest.raises(ValidationError):
        Labels.model_validate({"fr": "Commandes"})


def test_no_text_at_all_is_no_label() -> None:
    assert not Labels()
    assert labels("订单", "")
