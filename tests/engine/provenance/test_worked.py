"""A number that a table gave is shown with what was added up, not only with what came out."""

from __future__ import annotations

import pytest
from telling import lines_of

from attain.engine.examples.explaining import Asked, explain_expected
from attain.engine.forms.contexts import expand
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve

PLAN = """
plan: readings
period: year
subjects: {seller: people}
sources:
  facts: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}, share: {type: ratio, required: true}}}
tables:
  slabs: {bands: [{from: 0, is: 1%}, {from: 1000, is: 2%}, {from: 5000, is: 3%}]}
  filled: {unit: money, bands: [{from: 0%, until: 25%, is: 100}, {until: 50%, is: 200}]}
  points: {points: [{at: 90%, is: 70%}, {at: 100%, is: 100%}]}
  sinking: {unit: money, points: [{at: -1000, is: -500}, {at: 1000, is: 1500}]}
  charged: {bands: [{from: 0, is: 1%}, {from: 1000, is: -2%}]}
  penal: {unit: money, bands: [{from: 0%, until: 25%, is: 100}, {until: 50%, is: -200}]}
  plane:
    points:
      - {at: 20%, and: 0, is: 10%}
      - {at: 40%, and: 0, is: 20%}
      - {at: 20%, and: 2000, is: 30%}
      - {at: 40%, and: 2000, is: 50%}
columns:
  both: {each: facts, is: "curve(plane, share, amount)"}
  sliced: {each: facts, is: "marginal(slabs, amount)"}
  full: {each: facts, is: "fill(filled, share)"}
  curved: {each: facts, is: "curve(points, share + 0.6)"}
  sunk: {each: facts, is: "curve(sinking, amount - 2000)"}
  charging: {each: facts, is: "marginal(charged, amount)"}
  penalty: {each: facts, is: "fill(penal, share)"}
examples:
  - name: one
    period: 2026
    given:
      facts:
        - {id: a, on_day: 2026-01-01, seller: li, amount: 1500, share: 30%}
        - {id: b, on_day: 2026-01-01, seller: li, amount: 0, share: 60%}
    expect:
      sliced: [{id: a, is: 20}, {id: b, is: 0}]
      full: [{id: a, is: 140}]
      curved: [{id: a, is: 70%}, {id: b, is: 100%}]
      both: [{id: a, is: 33.75%}, {id: b, is: 20%}]
      sunk: [{id: a, is: 0}]
      charging: [{id: a, is: 0}]
      penalty: [{id: a, is: 60}]
  - name: two
    period: 2026
    given: {facts: [{id: a, on_day: 2026-01-01, seller: li, amount: 1500, share: 38%}]}
    expect: {curved: [{id: a, is: 94%}]}
  - name: at one of the points along one input
    period: 2026
    given: {facts: [{id: a, on_day: 2026-01-01, seller: li, amount: 1500, share: 40%}]}
    expect: {both: [{id: a, is: 42.5%}]}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        (Asked(0, 0, "sliced", 0), "sliced = 1,000.00 × 1% + 500.00 × 2% = 20.00"),
        (Asked(0, 0, "sliced", 1), "sliced = 0.00"),
        (Asked(0, 0, "full", 0), "full = 100.00 + 200.00 × (30% − 25%) ÷ (50% − 25%) = 140.00"),
        (Asked(0, 0, "curved", 0), "curved = 70%"),
        (Asked(0, 0, "curved", 1), "curved = 100%"),
        (
            Asked(1, 0, "curved", 0),
            "curved = 70% + (100% − 70%) × (98% − 90%) ÷ (100% − 90%) = 94%",
        ),
        # After an operator a negative number stands in brackets.
        (
            Asked(0, 0, "sunk", 0),
            "sunk = −500.00 + (1,500.00 − (−500.00))"
            " × (−500.00 − (−1,000.00)) ÷ (1,000.00 − (−1,000.00)) = 0.00",
        ),
        (Asked(0, 0, "charging", 0), "charging = 1,000.00 × 1% + 500.00 × (−2%) = 0.00"),
        (
            Asked(0, 0, "penalty", 0),
            "penalty = 100.00 + (−200.00 × (30% − 25%) ÷ (50% − 25%)) = 60.00",
        ),
        # Half way between 20 and 40 %, three quarters of the way to 2 000: 15 % × ¼ + 40 % × ¾.
        (
            Asked(0, 0, "both", 0),
            "both = (10% × 50% + 20% × 50%) × 25% + (30% × 50% + 50% × 50%) × 75% = 33.75%",
        ),
        (Asked(0, 0, "both", 1), "both = 20%"),
        (Asked(2, 0, "both", 0), "both = 20% + (50% − 20%) × 1,500.00 ÷ 2,000.00 = 42.5%"),
    ],
)
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_working_of_a_table_stands_in_the_values(
    asked: Asked, line: str, language: str
) -> None:
    assert line in _lines(asked, language)


def test_a_curve_names_its_points_and_those_beside_the_value() -> None:
    lines = _lines(Asked(1, 0, "curved", 0), "en")

    assert "90%: 70%  ← 98%" in lines
    assert "100%: 100%  ← 98%" in lines
    assert "90%: 70%  ← 90%" in _lines(Asked(0, 0, "curved", 0), "en")
    assert "40%, 2,000.00: 50%  ← 40%, 1,500.00" in _lines(Asked(2, 0, "both", 0), "en")


def _lines(asked: Asked, language: str) -> list[str]:
    return lines_of(PLAN, asked, language)


STEPS = """
plan: steps
period: month
subjects: {seller: people}
sources:
  orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}}
parameters:
  hurdle: {is: 500.00, unit: money, label: {zh-Hans: 门槛额, en: Hurdle}}
  most: {is: 90.00, unit: money, per: [seller]}
measures: {sold: {sum: amount, from: orders}}
incentives:
  pay:
    steps: [{base: "sold * 10%"}, {multiply: "80%"}, {gate: "sold >= hurdle", else: 0}, {cap: most}]
examples:
  - name: one
    period: 2026-01
    given: {orders: [{id: a, on_day: 2026-01-05, seller: li, amount: 1500}]}
    expect: {pay: [{seller: li, is: 90}]}
"""  # noqa: E501


def test_every_step_of_an_incentive_is_shown_with_its_rule_and_its_numbers() -> None:
    lines = lines_of(STEPS, "pay")

    assert lines[1 : lines.index("Plan steps, line 13")] == [
        "Rule",
        "pay: cap, rounded to 0.01",
        "pay: base: sold × 10%",
        "pay: factor: 80%",
        "condition: sold ≥ Hurdle",
        "pay: most: most",
    ]
    # 1 500 × 10 % = 150; × 80 % = 120; the cap leaves 90
    assert lines[lines.index("With the values put in") + 1 :][:8] == [
        "pay: base = 1,500.00 × 10% = 150.00",
        "pay: factor = 80%",
        "pay: after the factor = 150.00 × 80% = 120.00",
        "condition: sold (1,500.00) ≥ 500.00 → yes",
        "pay: after the gate = 120.00",
        "pay: most = 90.00",
        "pay: cap = min(120.00, 90.00) = 90.00",
        "rounded to 0.01 = ¥90.00",
    ]


def test_what_a_condition_chose_says_the_condition_with_its_numbers() -> None:
    text = STEPS.replace('"sold * 10%"', '"if(sold > 1000, 100, sold >= hurdle, 50, 0)"')
    lines = lines_of(text, "pay")

    assert "pay: base = 100.00 (as sold (1,500.00) > 1,000.00)" in lines
    assert "pay: after the gate = 80.00" in lines


def test_a_dated_parameter_is_called_by_its_label() -> None:
    versions = "versions: [{is: 500.00}, {from: 2025-01-01, is: 600.00}]"
    model = load_plan(STEPS.replace("is: 500.00", versions))
    first, *_ = explain_expected(
        model, resolve(expand(model)), Asked(0, 0, "pay", 0), language="zh-Hans"
    )

    lines = [line.strip() for line in first.lines()]

    assert "条件: sold ≥ 门槛额" in lines
    assert "条件：sold（1,500.00） ≥ 门槛额（600.00） → 是" in lines


OWN_RATE = """
plan: own-rate
period: year
subjects: {seller: people}
parameters: {target_incentive: {is: 30000.00, unit: money, per: [seller]}}
columns: {quota: {is: "700000", unit: money}}
formulas: {own_rate: {is: "target_incentive / quota", round: 0.0001%}}
examples:
  - name: everybody's
    period: 2026
    given: {people: [{person: li}]}
    expect: {own_rate: [{seller: li, is: 4.2857%}]}
"""


def test_a_ratio_is_rounded_to_a_percent_and_everybodys_value_is_no_mistake() -> None:
    """30 000 ÷ 700 000 = 4.285714… %."""
    lines = lines_of(OWN_RATE, Asked(0, 0, "own_rate", 0), "en")

    assert "rounded to 0.0001% = 4.2857%" in lines
    assert "target_incentive(seller): no value of one's own" in lines
    chinese = lines_of(OWN_RATE, Asked(0, 0, "own_rate", 0), "zh-Hans")
    assert "target_incentive ÷ quota，四舍五入到0.0001%" in chinese


def test_own_values_of_several_are_one_parameter_whatever_day_they_are_read_by() -> None:
    text = OWN_RATE.replace("[seller]}", "[seller, seller.position, seller.unit]}")
    text = text.replace("round: 0.0001%}", "round: 0.0001%, at: period end}")

    lines = lines_of(text, Asked(0, 0, "own_rate", 0), "en")

    assert "target_incentive ÷ quota, rounded to 0.0001%" in lines
    assert "target_incentive(seller): no value of one's own" in lines


WITHOUT_TARGET = """
plan: scaled
period: month
currency: CNY
subjects: {seller: people}
sources:
  facts: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}}
tables: {slabs: {scale: target(sold), bands: [{from: 0%, is: 1%}, {from: 50%, is: 2%}, OTHERWISE]}}
columns:
  sold: {sum: amount, from: facts}
  earned: {is: "marginal(slabs, sold)"}
examples:
  - name: nobody was set a target
    period: 2026-01
    given: {facts: [{id: a, on_day: 2026-01-01, seller: li, amount: 1500}]}
    expect: {earned: [{seller: li, is: no data}]}
"""  # noqa: E501


@pytest.mark.parametrize("otherwise", ["", "{otherwise: 3%}"])
def test_edges_of_an_unknown_target_stay_as_written_and_slice_nothing(otherwise: str) -> None:
    model = load_plan(WITHOUT_TARGET.replace(", OTHERWISE", otherwise and f", {otherwise}"))
    asked = Asked(0, 0, "earned", 0)
    first, *_ = explain_expected(model, resolve(expand(model)), asked, language="en")
    told = [line.strip() for line in first.lines()]

    assert "0% to below 50%: 1%" in told
    assert "50% and above: 2%" in told
    assert not [line for line in told if "1.00" in line or line.startswith("In all")]
    assert not [line for line in told if line.startswith("earned =")]


OF_EACH_LINE = """
plan: lines
period: month
currency: CNY
subjects: {seller: people}
sources:
  facts: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, line: {type: text, required: true}, amount: {type: money, required: true}}}
tables:
  slabs:
    by: {line: keys, sold: bands}
    rows:
      - {line: tools, sold: {from: 0, until: 1000}, is: 1%}
      - {line: tools, sold: {from: 1000}, is: 2%}
      - {line: toys, sold: {from: 0, until: 500}, is: 5%}
    otherwise: 10%
columns:
  earned: {each: facts, is: "marginal(slabs, line, amount)"}
examples:
  - name: three lines
    period: 2026-01
    given:
      facts:
        - {id: a, on_day: 2026-01-01, seller: li, line: tools, amount: 1500}
        - {id: b, on_day: 2026-01-01, seller: li, line: toys, amount: 1500}
        - {id: c, on_day: 2026-01-01, seller: li, line: wood, amount: 1500}
    expect: {earned: [{id: a, is: 20}, {id: b, is: 125}, {id: c, is: 150}]}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("row", "line", "told"),
    [
        (0, "1,000.00 × 1% + 500.00 × 2% = 20.00", "1,000.00 and above: 500.00 × 2%  ← 1,500.00"),
        (1, "500.00 × 5% + 1,000.00 × 10% = 125.00", "blended ≈8.3333%"),
        (2, "1,500.00 × 10% = 150.00", "otherwise: 1,500.00 × 10%  ← 1,500.00"),
    ],
)
def test_slices_of_a_line_are_told_by_its_own_bands(row: int, line: str, told: str) -> None:
    lines = lines_of(OF_EACH_LINE, Asked(0, 0, "earned", row))

    assert "slabs[line, amount] slice by slice" in lines
    assert f"earned = {line}" in lines
    assert f"Slices: slabs[{('tools', 'toys', 'wood')[row]}]" in lines
    assert told in lines


OTHERWISE = """
plan: otherwise
period: month
currency: CNY
subjects: {seller: people}
sources:
  facts: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}}
tables:
  rate: {bands: [{from: 1000, is: 5%}, {otherwise: 2%}]}
  beyond: {bands: [{to: 300, is: 1%}, {above: 300, to: 600, is: 2%}, {above: 600, is: 3%}]}
columns:
  reached: {each: facts, is: "value(rate, amount)"}
  passed: {each: facts, is: "value(beyond, amount)"}
  earned: {each: facts, is: "whole(rate, amount)", round: 0.01}
  sold: {sum: earned, from: facts}
examples:
  - name: one below and one inside
    period: 2026-01
    given:
      facts:
        - {id: a, on_day: 2026-01-01, seller: li, amount: 1500.01}
        - {id: b, on_day: 2026-01-02, seller: li, amount: 300}
    expect:
      reached: [{id: a, is: 5%}, {id: b, is: 2%}]
      passed: [{id: b, is: 1%}]
      earned: [{id: a, is: 75.00}, {id: b, is: 6}]
      sold: [{seller: li, is: 81.00}]
"""  # noqa: E501


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        # what is given outside the bands stands among them, whether it was given or not
        (Asked(0, 0, "reached", 0), "otherwise: 2%"),
        (Asked(0, 0, "reached", 1), "otherwise: 2%  ← 300.00"),
        (Asked(0, 0, "earned", 1), "earned = 300.00 × 2% = 6.00"),
        # at an upper edge that is inside, the next band begins right behind it, not at 600
        (
            Asked(0, 0, "passed", 0),
            "Compared unrounded. More than 300.00 is in the next band.",
        ),
        # 1 500.01 × 5 % = 75.0005: no row of a sum is a product that it is not
        (Asked(0, 0, "sold", 0), "each row rounded to 0.01"),
        (Asked(0, 0, "sold", 0), "2026-01-01 a: 1,500.01 × 5% = 75.00"),
    ],
)
def test_what_is_given_otherwise_and_every_rounding_are_told(asked: Asked, told: str) -> None:
    assert told in lines_of(OTHERWISE, asked)
