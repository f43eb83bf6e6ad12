"""Rows that are only wrong together: validity, hierarchies, shares (B50, B53, B54, B55)."""

from __future__ import annotations

from datetime import date

import pytest

from attain import lake
from attain.lake.checking.trees import Edge, circles, too_deep

PEOPLE = "person,name,effective_from,effective_until\n"
EDGES = "hierarchy,child,parent,effective_from,effective_until\n"


def faults(checked):
    return [(one.code, one.where.row) for one in checked.errors]


# --- validity ---


def test_an_end_before_the_start_is_invalid(desk):
    checked = desk.check(PEOPLE + "a,甲,2026-02-01,2026-02-01\n", "people")

    assert faults(checked) == [("INTERVAL_INVALID", 2)]


def test_stretches_that_meet_are_fine_and_one_day_of_overlap_is_not(desk):
    meeting = "a,甲,2026-01-01,2026-02-01\na,甲,2026-02-01,\n"
    overlapping = "b,乙,2026-01-01,2026-02-02\nb,乙,2026-02-01,\n"

    checked = desk.check(PEOPLE + meeting + overlapping, "people")

    assert faults(checked) == [("INTERVAL_OVERLAP", 4), ("INTERVAL_OVERLAP", 5)]
    assert checked.errors[0].values == {"value": "b", "start": "2026-02-01"}


def test_two_stretches_without_an_end_overlap(desk):
    checked = desk.check(PEOPLE + "a,甲,2026-01-01,\na,甲,2026-03-01,9999-12-31\n", "people")

    assert faults(checked) == [("INTERVAL_OVERLAP", 2), ("INTERVAL_OVERLAP", 3)]


def test_a_new_stretch_clashes_with_the_stored_one_until_that_is_ended(desk):
    desk.load(PEOPLE + "a,甲,2026-01-01,\n", "people")

    alone = desk.check(PEOPLE + "a,甲乙,2026-03-01,\n", "people")
    together = desk.check(PEOPLE + "a,甲,2026-01-01,2026-03-01\na,甲乙,2026-03-01,\n", "people")

    assert faults(alone) == [("INTERVAL_OVERLAP", 2)]
    assert together.is_good


# --- hierarchies ---


def test_nobody_is_above_themselves(desk):
    checked = desk.check(EDGES + "sales,a,a,2026-01-01,\n", "edges")

    assert faults(checked) == [("HIERARCHY_SELF", 2)]


def test_a_circle_is_shown_with_its_path_and_first_day(desk):
    checked = desk.check(
        EDGES
        + "sales,a,b,2026-01-01,\n"
        + "sales,b,c,2026-02-01,\n"
        + "sales,c,a,2026-03-01,\n"
        + "sales,d,a,2026-01-01,\n",
        "edges",
    )

    assert faults(checked) == [("HIERARCHY_CYCLE", row) for row in (2, 3, 4)]
    assert checked.errors[0].values == {"path": "a → b → c → a", "start": "2026-03-01"}


def test_a_circle_that_never_closes_on_one_day_is_none(desk):
    checked = desk.check(
        EDGES + "sales,a,b,2026-01-01,2026-02-01\nsales,b,a,2026-02-01,\n", "edges"
    )

    assert checked.is_good


def test_a_file_can_close_a_circle_with_what_is_stored(desk):
    desk.load(EDGES + "sales,a,b,2026-01-01,\n", "edges")

    assert faults(desk.check(EDGES + "sales,b,a,2026-05-01,\n", "edges")) == [
        ("HIERARCHY_CYCLE", 2)
    ]
    assert desk.check(EDGES + "service,b,a,2026-05-01,\n", "edges").is_good


def test_two_superiors_on_one_day_are_named(desk):
    checked = desk.check(
        EDGES + "sales,a,b,2026-01-01,2026-03-01\nsales,a,c,2026-02-01,\n", "edges"
    )

    assert faults(checked) == [("HIERARCHY_OVERLAP", 2), ("HIERARCHY_OVERLAP", 3)]
    values = checked.errors[0].values
    assert (values["value"], values["first"], values["second"]) == ("sales / a", "b", "c")


def test_time_without_a_superior_is_a_warning(desk):
    checked = desk.check(
        EDGES + "sales,a,b,2026-01-01,2026-02-01\nsales,a,c,2026-03-01,\n", "edges"
    )

    gap = next(one for one in checked.problems if one.code == "HIERARCHY_GAP")
    assert gap.values == {"value": "a", "start": "2026-02-01", "until": "2026-03-01"}
    assert checked.is_good


def chain(levels: int) -> list[Edge]:
    return [
        Edge(n, (), f"n{n}", f"n{n + 1}", date(2026, 1, 1), date(2027, 1, 1)) for n in range(levels)
    ]


def test_sixty_levels_are_enough():
    assert list(too_deep(chain(60))) == []
    assert [edge.child for edge in too_deep(chain(61))] == ["n0"]


def test_a_large_sound_tree_has_no_circle():
    edges = [Edge(n, (), f"n{n}", f"n{n // 3}", date.min, date.max) for n in range(1, 20_000)]

    assert list(circles(edges)) == []


# --- shares ---


@pytest.fixture
def splits(desk):
    desk.declare(
        "dataset: splits\nkey: [id]\ncolumns:\n  id: {type: code}\n  order: {type: code}\n"
        "  seller: {type: key, of: people}\n  share: {type: ratio}\n"
        "checks:\n  - {sum: share, is: 1, by: [order], each: seller}\n"
    )
    return desk


SPLITS = "id,order,seller,share\n"


def test_shares_add_up_exactly_or_are_refused_with_the_gap(splits):
    checked = splits.check(
        SPLITS
        + "1,A,li,50%\n2,A,wang,50%\n"
        + "3,B,li,50%\n4,B,wang,49.99%\n"
        + "5,C,li,33.33%\n6,C,wang,33.33%\n7,C,zhao,33.33%\n",
        "splits",
    )

    assert faults(checked) == [("SPLIT_NOT_100", row) for row in (4, 5, 6, 7, 8)]
    first = checked.errors[0].values
    assert (first["key"], first["sum"], first["whole"], first["gap"]) == (
        "B",
        "0.9999",
        "1",
        "0.0001",
    )


def test_negative_shares_and_the_same_person_twice_are_refused(splits):
    checked = splits.check(
        SPLITS + "1,A,li,-50%\n2,A,wang,150%\n3,B,li,50%\n4,B,li,50%\n", "splits"
    )

    assert ("SPLIT_NEGATIVE", 2) in faults(checked)
    assert [row for code, row in faults(checked) if code == "SPLIT_DUPLICATE"] == [4, 5]
    assert checked.rows.accepted == 0


def test_a_share_is_judged_with_those_already_stored(splits):
    splits.load(SPLITS + "1,A,li,60%\n2,A,wang,40%\n", "splits")

    assert faults(splits.check(SPLITS + "2,A,wang,50%\n", "splits")) == [("SPLIT_NOT_100", 2)]
    assert splits.check(SPLITS + "1,A,li,50%\n2,A,wang,50%\n", "splits").is_good


def test_weights_are_spoken_of_as_weights(desk):
    desk.declare(
        "dataset: weights\nkey: [id]\ncolumns:\n  id: {type: code}\n  weight: {type: points}\n"
        "checks:\n  - {sum: weight, is: 100, name: weights}\n"
    )

    checked = desk.check("id,weight\n1,60\n2,39\n", "weights")

    assert faults(checked) == [("WEIGHTS_NOT_100", 2), ("WEIGHTS_NOT_100", 3)]


def test_values_outside_their_range_are_named(desk):
    desk.declare(
        "dataset: scores\nkey: [id]\ncolumns:\n  id: {type: code}\n  score: {type: points}\n"
        "checks:\n  - {range: score, from: 0, to: 100}\n"
    )

    checked = desk.check("id,score\n1,0\n2,100\n3,101\n4,-1\n5,A+\n", "scores")

    assert faults(checked) == [("OUT_OF_RANGE", 4), ("OUT_OF_RANGE", 5), ("NUMBER_FORMAT", 6)]
    assert checked.errors[0].values["value"] == "101"


def test_good_rows_that_need_a_rejected_one_are_rejected_too(splits):
    checked = splits.check(SPLITS + "1,A,li,50%\n2,A,wang,oops\n3,B,li,100%\n", "splits")
    lake.commit(checked, splits.catalog, accept_good_rows=True)

    assert splits.rows("splits", "id") == [("3",)]
