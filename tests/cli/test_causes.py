"""What made a number differ between two runs."""

from __future__ import annotations

from attain.cli.runs.causes import speaks_of
from attain.cli.runs.comparing import Change


def test_a_changed_row_that_names_somebody_is_told() -> None:
    changed = Change(
        ("o1",), {"order_id": "o1", "seller": "li"}, {"order_id": "o1", "seller": "wu"}
    )

    assert speaks_of(changed, "li")
    assert speaks_of(changed, "wu")
    assert not speaks_of(changed, "zhao")


def test_a_changed_rating_is_not_told_row_by_row() -> None:
    rating = {"subject": "li", "rater": "wu", "rater_group": "peer", "score": 60}

    assert not speaks_of(Change(("r1",), None, rating), "li")
