"""Tables and their readings (language.md 22 to 26); every number is the text's own or shown."""

from __future__ import annotations

from fractions import Fraction

import pytest

from attain.expressions.results import Absent
from attain.expressions.typed import Narrow, Read

OUTSIDE = Absent("no_data.outside_table")


def test_bands_0_to_200_is_12_and_200_to_600_is_36(value) -> None:
    # language.md 22, at 300: value 36; fill 12 + 36 x 100/400 = 21; curve 12 + 24 x 100/400 = 18.
    row = {"pieces": 300}

    assert value("value(boxes, pieces)", row) == 36
    assert value("fill(boxes, pieces)", row) == 21
    assert value("curve(line, pieces)", row) == 18


def test_an_edge_belongs_to_the_band_that_says_so(value) -> None:
    assert value("value(bands, 120%)") == Fraction("0.08")
    assert value("value(bands, 119.99%)") == Fraction("0.05")
    assert value("value(boxes, pieces)", {"pieces": 200}) == 12
    assert value("value(boxes, pieces)", {"pieces": "200.01"}) == 36


def test_outside_is_no_data_unless_otherwise(value) -> None:
    assert value("value(bands, 79.99%)") == OUTSIDE
    assert value("value(bands, 79.99%).otherwise") == Fraction("0.03")
    assert value("value(boxes, pieces)", {"pieces": 0}) == OUTSIDE
    assert value("fill(boxes, pieces).otherwise", {"pieces": 700}) == 7


def test_whole_pays_the_chosen_rate_on_everything(value) -> None:
    # 5 % of 1 300, from the first unit.
    assert value("whole(slabs, amount)", {"amount": 1300}) == 65


def test_what_chooses_and_what_is_paid_may_differ(value) -> None:
    # Attainment 105 % chooses 5 %, paid on 2 000.
    assert value("whole(bands, share, amount)", {"share": "1.05", "amount": 2000}) == 100


def test_marginal_pays_each_slice_at_its_own_rate(value) -> None:
    # 1 000 x 2 % + 300 x 5 % = 20 + 15; 1 000 x 2 % + 4 000 x 5 % + 1 000 x 7 % = 20 + 200 + 70.
    assert value("marginal(slabs, amount)", {"amount": 1300}) == 35
    assert value("marginal(slabs, amount)", {"amount": 6000}) == 290
    assert value("marginal(slabs, amount)", {"amount": 0}) == 0


def test_a_negative_number_is_below_the_first_edge(value) -> None:
    assert value("marginal(slabs, amount)", {"amount": -600}) == OUTSIDE
    assert value("whole(slabs, amount)", {"amount": -600}) == OUTSIDE
    # With a rate for what no band covers: 3 % of -600.
    assert value("marginal(slabs, amount).otherwise", {"amount": -600}) == -18


def test_a_first_band_without_lower_edge_takes_what_is_below_zero(value) -> None:
    assert value("value(open_boxes, pieces)", {"pieces": -3}) == 12


def test_edges_are_multiplied_by_the_scale(value) -> None:
    # 80 % of 7 000 is 5 600: compared undivided.
    row = {"price": 7000, "amount": 5600}

    assert value("value(steps, amount)", row) == Fraction("0.02")
    assert value("value(steps, amount - 0.01)", row) == OUTSIDE
    # 5 % on 7 000 to 8 400 and 8 % above, 2 % on 5 600 to 7 000: 28 + 70 + 48 of 9 000.
    assert value("marginal(steps, amount)", {"price": 7000, "amount": 9000}) == 28 + 70 + 48


def test_a_curve_is_flat_beyond_its_ends(value) -> None:
    assert value("curve(bent, price)", {"price": 0}) == 12
    assert value("curve(bent, price)", {"price": 600}) == 36
    # Half way from 36 down to 30.
    assert value("curve(bent, price)", {"price": 800}) == 33
    assert value("curve(bent, price)", {"price": 5000}) == 30


def test_a_curve_of_two_inputs_is_straight_along_both(value) -> None:
    # At (50, 25): below (1 + 3) / 2 = 2, above (5 + 11) / 2 = 8, half way 5.
    assert value("curve(plane, price, pieces)", {"price": 50, "pieces": 25}) == 5


def test_keys_fit_texts(value) -> None:
    assert value("value(letters, name)", {"name": "B"}) == 100
    assert value("value(letters, name)", {"name": "华东区"}) == 60
    assert value("value(letters, name)", {"name": "C"}) == OUTSIDE


def test_several_dimensions_are_read_together(value) -> None:
    assert value("value(grid, share, name)", {"share": 1, "name": "A"}) == Fraction("0.05")
    assert value("value(grid, share, name)", {"share": "0.99", "name": "A"}) == Fraction("0.01")
    assert value("value(grid, share, name)", {"share": 1, "name": "B"}) == 0


def test_a_missing_input_fits_wildcards_only(value) -> None:
    absent = Absent("no_data.value")

    assert value("value(grid, rate, note)", {"rate": absent, "note": absent}) == 0
    assert value("value(bands, rate)", {"rate": absent}) == absent
    assert value("value(bands, rate).otherwise", {"rate": absent}) == absent


@pytest.mark.parametrize(
    "text", ["value(bands, amount)", "value(letters, share)", "whole(bands, rate, name)"]
)
def test_inputs_of_another_unit_are_refused(text: str, codes) -> None:
    assert codes(text) == ["PLAN_TYPE"]


def test_products_of_too_many_decimals_are_narrowed_visibly(checked) -> None:
    node = checked("whole(bands, share, paid)").required()

    assert isinstance(node, Read)
    assert node.type.scale == 20
    wide = checked("marginal(slabs, paid * share)").required()
    assert isinstance(wide, Read)
    assert isinstance(wide.inputs[0], Narrow)
