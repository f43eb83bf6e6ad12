"""Explanations use what authors wrote: no name that an expansion made stands in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from telling import lines_of

from attain.core.periods import ONLY_GREGORIAN
from attain.engine.examples.expecting import Comparison
from attain.engine.examples.running import prepared_runs
from attain.engine.forms.contexts import expand
from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import resolve
from attain.engine.provenance import Cell, Evidence, Viewer, explain, outline
from attain.engine.reference import Calculation
from attain.engine.reference.values import result_of

HEAD = """
plan: words
period: month
subjects: {seller: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}
measures:
  sold: {sum: amount, from: orders}
"""
EXAMPLE = """
examples:
  - name: one
    period: 2026-01
    given:
      orders:
        - {id: a, on_day: 2026-01-05, seller: li, amount: 700}
        - {id: b, on_day: 2026-01-06, seller: li, amount: 600}
        - {id: c, on_day: 2026-01-06, seller: wu, amount: 100}
    expect:
"""


def lines(body: str, expect: str, column: str, language: str = "en") -> list[str]:
    return lines_of(f"{HEAD}{body}{EXAMPLE}      {expect}\n", column, language)


def test_what_a_deal_added_is_shown_with_the_formula_and_its_numbers() -> None:
    body = """
tables: {slabs: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}]}}
orderings: {in_time: {of: orders, per: [seller], by: [on_day, id]}}
columns:
  line: {each: orders, along: in_time, is: "increase(marginal(slabs, total(amount)) + 1.00)"}
"""

    found = lines(body, "line: [{id: b, is: 21}]", "line")

    assert found[2] == "increase of (slabs[total of amount] slice by slice + 1.00)"
    # 1 300: 1 000 × 2 % + 300 × 5 % + 1 = 36, of which the first deal brought 14 + 1
    assert "1,000.00 × 2% + 300.00 × 5% + 1.00 = 36.00" in found
    assert not any("__" in line for line in found)


def test_a_gate_that_was_passed_is_not_called_by_the_reason_for_failing_it() -> None:
    body = """
incentives:
  pay:
    steps: [{base: "sold * 10%"}, {gate: "sold >= 1000", else: 0, label: {zh-Hans: 不足一千, en: Below 1000}}]
"""  # noqa: E501

    found = lines(body, "pay: [{seller: li, is: 130}]", "pay")

    assert "pay: after the gate (Below 1000) = 130.00" in found
    assert "Below 1000 = 130.00" not in found


def test_a_base_that_reads_the_period_before_is_told_in_the_rule() -> None:
    body = """
incentives:
  pay:
    steps: [{base: "sold - previous(sold, 0)"}]
"""

    found = lines(body, "pay: [{seller: li, is: 1300}]", "pay")

    assert "pay: base: sold − “sold” of the period before" in found
    assert "pay: base = 1,300.00 − 0.00 = 1,300.00" in found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "grade: place among candidates for A (1) ≤ grade: places of A (1) → yes"),
        ("zh-Hans", "grade·达到A = 是 且 grade·排名，竞争A（1） ≤ grade·名额A（1） → 是"),
    ],
)
def test_a_grade_without_a_label_is_told_in_words(language: str, said: str) -> None:
    body = """
grades:
  grade: {of: sold, bands: [{is: A}, {otherwise: B}], quotas: {A: 50%, B: 50%}}
"""

    found = lines(body, "grade: [{seller: li, is: A}]", "grade", language)

    assert any(said in line for line in found)
    assert not any("_" in line for line in found)


def test_a_key_in_no_row_of_a_table_is_shown_beside_the_keys() -> None:
    body = """
tables: {factors: {keys: {A: 2, B: 1}}}
formulas: {factor: "value(factors, if(sold > 0, 'C', 'A'))"}
"""

    found = lines(body, "factor: [{seller: li, is: no data}]", "factor")

    assert "none of them, and no otherwise  ← C" in found


def test_a_place_is_shown_with_the_rows_own_values() -> None:
    body = """
groups: {all_sellers: {of: [seller, month]}}
columns: {place: {within: all_sellers, is: "rank(sold)"}}
"""

    found = lines(body, "place: [{seller: li, is: 1}]", "place")

    assert "of this row: sold 1,300.00" in found


TEAM = """
plan: team
period: month
subjects: {member: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, person: people, amount: money}
paths: {team: {over: reporting, levels: 3}}
columns:
  sold: {label: {zh-Hans: 销售额, en: Sales}, sum: amount, from: orders, link: {member: person}}
  with_team: "sold + below(team, sum, with_team)"
  all_below: {sum: sold, from: [member, month], through: team}
examples:
  - name: three levels
    period: 2026-01
    given:
      people: [{person: A}, {person: B}, {person: C}, {person: D}]
      edges:
        - {hierarchy: reporting, child: B, parent: A}
        - {hierarchy: reporting, child: C, parent: A}
        - {hierarchy: reporting, child: D, parent: B}
      orders:
        - {id: 1, on_day: 2026-01-05, person: B, amount: 100}
        - {id: 2, on_day: 2026-01-05, person: C, amount: 20}
        - {id: 3, on_day: 2026-01-05, person: D, amount: 3}
    expect:
      with_team: {member: A, is: 123}
      all_below: {member: A, is: 123}
"""
RATED = """
plan: rated
period: year
subjects: {manager: people}
scorecard:
  score:
    rows:
      - {row: review, weight: 100, raters: {item: review, groups: {peer: 40, superior: 60}}}
examples:
  - name: three peers, one superior
    period: 2026
    given:
      ratings:
        - {subject: m, item: review, rater: x1, rater_group: peer, period: 2026, score: 91}
        - {subject: m, item: review, rater: x2, rater_group: peer, period: 2026, score: 82}
        - {subject: m, item: review, rater: x3, rater_group: peer, period: 2026, score: 85}
        - {subject: m, item: review, rater: x4, rater_group: superior, period: 2026, score: 77}
    expect:
      row_review_score: {manager: m, is: 80.6}
      row_review_superior_mean: {manager: m, is: 77}
"""


def told(text: str, column: str, may_see: Callable[[str], bool] = lambda _: True) -> list[str]:
    """The lines of an explanation, for a reader who may see those whose code fits."""
    model = load_plan(text)
    [run] = prepared_runs(model, resolve(expand(model)), 0, schemas={}, calendars=ONLY_GREGORIAN)
    comparison = Comparison(run.setting, run.inputs.period, run.got)
    [row] = run.expect[column]
    cell = comparison.cell(column, row)
    assert cell is not None
    place = Cell(cell[0], tuple(result_of(value) for value in cell[1]), cell[2])
    evidence = Evidence(Calculation(run.plan, run.inputs).run())
    viewer = Viewer.of(run.plan, "en", run.names, lambda one: may_see(run.names[one.key]))
    return [line.strip() for line in outline(explain(evidence, place, 4), viewer).lines()]


def test_a_sum_from_the_leaves_up_says_who_directly_below_brought_how_much() -> None:
    found = told(TEAM, "with_team")

    # B's 103 are 100 of B and 3 of D, who stands below B.
    assert "“with_team” of those directly below · Rows: 2, together ¥123.00" in found
    assert [line for line in found if line.startswith(("B ", "C ", "D "))] == [
        "B · 2026-01: 103.00",
        "C · 2026-01: 20.00",
    ]


def test_who_is_in_a_team_sum_is_told_by_name_and_of_others_only_together() -> None:
    found = told(TEAM, "all_below", lambda code: code in ("A", "C"))

    assert [line for line in found if line[:4] in ("B · ", "C · ", "D · ")] == [
        "C · 2026-01: 20.00"
    ]
    # B 100 and D 3
    assert "2 rows of others, together 103.00" in found


def test_a_score_by_raters_tells_its_groups_and_never_who_gave_what() -> None:
    found = told(RATED, "row_review_score")

    # 91, 82, 85: 86 × 40 % + 77 × 60 % = 34.4 + 46.2 = 80.6
    assert found[0].startswith("Why 80.6?")
    assert "peer: 3 of the 4 who rated, mean 86, weight 40%" in found
    assert "superior: 1 of the 4 who rated, too few to show their mean, weight 60%" in found
    assert not any(sign in line for line in found for sign in ("x1", "x4", "91", "77"))


def test_what_one_group_of_raters_gave_has_no_page_of_its_own() -> None:
    found = told(RATED, "row_review_superior_mean")

    assert found[0].startswith("Why not applicable?")
    assert not any(sign in line for line in found for sign in ("x4", "77"))


GRADED = """
plan: graded
period: month
subjects: {seller: people}
sources:
  facts:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, points: points}
columns:
  score: {sum: points, from: facts}
grades:
  grade: {bands: [{from: 90, is: A}, {from: 60, is: B}, {otherwise: C}], quotas: {A: 40%%}}
examples:
  - name: four, of whom one may have an A
    period: 2026-01
    given:
      facts:
        - {id: 1, on_day: 2026-01-05, seller: p1, points: 99}
        - {id: 2, on_day: 2026-01-05, seller: p2, points: 95}
        - {id: 3, on_day: 2026-01-05, seller: p3, points: 92}
        - {id: 4, on_day: 2026-01-05, seller: p4, points: 70}
    expect:
      grade: {seller: %s, is: B}
"""


@pytest.mark.parametrize(
    ("whose", "why"),
    [
        # 40 % of four are one whole person; three have 90 and more.
        (
            "p3",
            "not “A”: ✗ grade: place among candidates for A ≤ grade: places of A"
            " · 3rd of 3, of whom only the first gets it",
        ),
        ("p4", "not “A”: ✗ grade: by score = “A” · is B"),
    ],
)
def test_a_grade_says_why_it_is_no_better_one(whose: str, why: str) -> None:
    found = told(GRADED % whose, "grade")

    assert found[found.index("Why not another result") + 1] == why


@pytest.mark.parametrize(
    ("language", "said"), [("en", "prizes[2] = 250.00"), ("zh-Hans", "prizes〔2〕 = 250.00")]
)
def test_an_amount_that_is_a_cell_of_a_table_says_which(language: str, said: str) -> None:
    body = """
tables: {prizes: {keys: {1: 500, 2: 250}, otherwise: 0, unit: money}}
groups: {all: {of: [seller, month]}}
columns: {place: {within: all, is: "rank(sold)"}}
incentives: {prize: {steps: [{base: "value(prizes, place)"}]}}
"""

    found = lines(body, "prize: [{seller: wu, is: 250}]", "prize", language)

    assert any(line.endswith(said) for line in found)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "pay: earned to date, less what it was by the period before"),
        ("zh-Hans", "pay·累计应得，减去到上期为止的数"),
    ],
)
def test_what_is_trued_up_is_told_without_the_formula_of_the_form(language: str, said: str) -> None:
    body = """
incentives: {pay: {steps: [{base: "sold * 10%"}], true_up: {restart: year}}}
"""

    assert said in lines(body, "pay: [{seller: li, is: 130}]", "pay", language)


def test_a_negative_number_after_an_operator_stands_in_brackets() -> None:
    body = """
formulas: {owed: "0.00 - sold", left: "500.00 + owed"}
"""

    # 700 + 600 sold
    found = lines(body, "left: [{seller: li, is: -800}]", "left")

    assert "left = 500.00 + (−1,300.00) = −800.00" in found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "blocks = ceil(1,300.00 ÷ 1,000.00) + floor(1,300.00 ÷ 1,000.00) = 3"),
        ("zh-Hans", "blocks = 向上取整(1,300.00 ÷ 1,000.00) + 取整(1,300.00 ÷ 1,000.00) = 3"),
    ],
)
def test_a_rounding_inside_a_formula_is_told(language: str, said: str) -> None:
    body = """
formulas:
  goal: {is: 1000, unit: money}
  blocks: {is: "ceil(sold / goal) + floor(sold / goal)", unit: count}
"""

    # 700 + 600 = 1 300: 1.3 blocks are 2 begun and 1 full
    found = lines(body, "blocks: [{seller: li, is: 3}]", "blocks", language)

    assert any(line.endswith(said) for line in found)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "mod(month(2026-01-01), 3)"), ("zh-Hans", "取余(月(2026-01-01), 3)")],
)
def test_a_remainder_is_told_as_it_was_written(language: str, said: str) -> None:
    body = """
formulas: {rest: "if(mod(month(period_start), 3) = 1, 1, 0)"}
"""

    found = lines(body, "rest: [{seller: li, is: 1}]", "rest", language)

    assert any(f"{said} = 1" in line for line in found)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "years_between(2016-03-01, 2026-01-31) ÷ 3 = 3"),
        ("zh-Hans", "相隔年数(2016-03-01, 2026-01-31) ÷ 3 = 3"),
    ],
)
def test_years_are_told_as_years_and_not_as_twelve_months(language: str, said: str) -> None:
    body = """
formulas: {steps: {is: "floor(years_between(2016-03-01, period_end) / 3)", unit: count}}
"""

    found = lines(body, "steps: [{seller: li, is: 3}]", "steps", language)

    assert any(line.endswith(said) for line in found), found


def test_of_a_count_of_steps_what_is_rounded_is_no_percentage() -> None:
    body = """
formulas:
  steps: {is: "floor(ratio_of(sold, 30) / 7%)", unit: count}
  more: "steps + 1"
"""

    # 1 300 / 30 / 7 % = 619.047…
    found = lines(body, "more: [{seller: li, is: 620}]", "more")

    assert any("≈619.0476, rounded down to 1: 619" in line for line in found), found


def test_the_negative_of_what_is_shown_roughly_has_one_sign() -> None:
    body = """
formulas: {fine: "sold / 3"}
incentives: {pay: {steps: [{base: sold}, {add: -fine}]}}
"""

    # 1 300 / 3 = 433.3333…
    found = lines(body, "pay: [{seller: li, is: 866.67}]", "pay")

    assert not [line for line in found if "−≈" in line]
    assert any("= ≈−433.3333" in line for line in found), found


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["pay: addition (1) = 5.00", "extra = 6.00", "pay: addition (2) = 7.00"]),
        ("zh-Hans", ["pay·加项（1） = 5.00", "extra = 6.00", "pay·加项（2） = 7.00"]),
    ],
)
def test_several_steps_of_a_kind_without_names_are_told_apart(
    language: str, said: list[str]
) -> None:
    body = """
columns: {x: "sold * 0 + 5", y: "sold * 0 + 6", z: "sold * 0 + 7"}
incentives: {pay: {steps: [{base: sold}, {add: x}, {add: y, label: extra}, {add: z}]}}
"""

    found = lines(body, "pay: [{seller: li, is: 1318}]", "pay", language)

    assert [one for one in found if one in said] == said


def test_a_grade_whose_name_is_no_word_is_told_by_it() -> None:
    body = """
grades:
  grade: {of: sold, bands: [{is: A+}, {otherwise: B-}], quotas: {A+: 50%}}
"""

    found = lines(body, "grade: [{seller: li, is: A+}, {seller: wu, is: B-}]", "grade")

    assert "grade = A+ (as grade: gets A+)" in found
    assert not [line for line in found if "gets 1" in line]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "pay: base = 65.00 (sold (1,300.00) ≥ 2,000.00 → no)"),
        ("zh-Hans", "（sold（1,300.00） ≥ 2,000.00 → 否）"),
    ],
)
def test_why_it_is_the_lower_rate_is_told(language: str, said: str) -> None:
    body = """
incentives: {pay: {steps: [{base: "if(sold >= 2000, 130.00, 65.00)"}]}}
"""

    found = lines(body, "pay: [{seller: li, is: 65}]", "pay", language)

    assert any(line.endswith(said) for line in found), found


def test_who_is_not_compared_is_told_the_condition_that_failed() -> None:
    body = """
groups: {some: {of: [seller, month], where: "sold >= 500"}}
columns: {place: {within: some, is: "rank(sold)"}}
"""

    found = lines(body, "place: [{seller: wu, is: not applicable}]", "place")

    assert "place by sold" in found
    # wu sold 100
    assert "✗ sold ≥ 500.00 · is ¥100.00, ¥400.00 short" in found


def test_what_misses_the_next_band_is_told_in_a_unit_that_has_a_name() -> None:
    body = """
tables: {steps: {bands: [{from: 0, is: 0}, {from: 10, is: 100}], unit: money}}
formulas:
  tens: {is: "floor(ratio_of(sold, 200))", unit: count}
  prize: "value(steps, tens)"
"""

    # 1 300 / 200 = 6.5, rounded down 6: 4 short of 10
    found = lines(body, "prize: [{seller: li, is: 0}]", "prize")

    assert "Compared unrounded. 4 of tens short of 10." in found


def test_nobody_falls_short_of_a_band_that_gives_less() -> None:
    body = """
tables: {costs: {bands: [{to: 1500, is: 300}, {to: 2000, is: 100}, {otherwise: 0}], unit: money}}
formulas: {prize: "value(costs, sold)"}
"""

    found = lines(body, "prize: [{seller: li, is: 300}]", "prize")

    assert "Compared unrounded." in found
    assert not [line for line in found if "short of" in line]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "“owed” of the period before = 0.00 · begins again with January 2026: the start value",
        ),
        ("zh-Hans", "上期的“owed” = 0.00 · 从2026年1月起重新起算，取期初值"),
    ],
)
def test_a_state_that_begins_again_says_so(language: str, said: str) -> None:
    body = 'formulas: {owed: {is: "previous(owed, 0, 1, year) + sold"}}\n'

    assert said in lines(body, "owed: [{seller: li, is: 1300}]", "owed", language)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("floor(sold / goal)", "blocks = 1,300.00 ÷ 200.00 = 6.5"),
        ("floor(sold / goal)", "rounded down to 1 = 6"),
        ("value(per_block, floor(sold / goal))", "3 and above: 20.00  ← 6"),
        ("if(floor(sold / goal) >= 6, 1.00 * sold, sold)", "floor(1,300.00 ÷ 200.00) ≥ 6)"),
        ("if(sold / goal >= 600%, 1.00 * sold, sold)", "1,300.00 ÷ 200.00 ≥ 600%"),
    ],
)
def test_what_is_rounded_to_whole_numbers_is_no_percentage(formula: str, said: str) -> None:
    body = f"""
parameters: {{goal: {{is: 200, unit: money}}}}
tables: {{per_block: {{unit: money, bands: [{{from: 0, is: 10}}, {{from: 3, is: 20}}]}}}}
formulas: {{blocks: "{formula}"}}
"""

    # 700 + 600 are 6.5 blocks of 200: 6 full ones
    found = lines(body, "blocks: [{seller: li, is: 0}]", "blocks")

    assert any(said in line for line in found), found


COUNTED = """
counters:
  small: {label: {zh-Hans: 小单, en: Small orders}, events: [{from: orders, where: "amount < 650"}]}
  pairs:
    events: [{every: 2, of: small}, {from: orders, where: "amount > 650", label: {en: Large}}]
credits:
  credited:
    from: orders
    amount: amount
    rules: [{rule: direct, participant: seller}, {rule: extra, participant: seller, share: 10%}]
columns:
  credit: {sum: amount, from: credited, link: {seller: participant}}
"""


@pytest.mark.parametrize(
    ("column", "language", "said"),
    [
        ("pairs", "en", "2026-01-05 Large · a: 1"),
        ("small", "en", "each counted, by date"),
        ("small", "zh-Hans", "2026-01-06 小单 · b: 1"),
        ("credit", "en", "2026-01-05 own credit · a · li: 700.00 × 100% = 700.00"),
        ("credit", "zh-Hans", "2026-01-05 本人业绩 · a · li: 700.00 × 100% = 700.00"),
        ("credit", "en", "2026-01-05 extra · a · li: 700.00 × 10% = 70.00"),
    ],
)
def test_a_row_of_several_kinds_goes_by_what_its_kind_is_called(
    column: str, language: str, said: str
) -> None:
    # 700 and 600 in full and a tenth of them; 600 alone is small, so that no pair is full
    found = lines(COUNTED, f"{column}: [{{seller: li, is: 1430}}]", column, language)

    assert said in found
    assert not [line for line in found if "pairs_2" in line or "small_events" in line]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "the first grade, from the top, whose conditions all hold"),
        ("zh-Hans", "从高到低，第一个条件都满足的等级"),
    ],
)
def test_a_grade_with_quotas_is_told_without_the_formula_of_the_form(
    language: str, said: str
) -> None:
    body = """
grades:
  grade: {of: sold, bands: [{from: 500, is: A}, {otherwise: B}], quotas: {A: 50%}}
"""

    # li sold 1 300 and has the one place of two; wu sold 100
    found = lines(body, "grade: [{seller: wu, is: B}]", "grade", language)

    assert said in found
    assert not [line for line in found if "if(" in line or "如果(" in line]


def test_of_conditions_only_those_that_decided_stand_with_their_numbers() -> None:
    body = """
formulas: {good: "sold >= 500 and sold < 1000", known: "sold > 5 and sold < 9999"}
"""

    good = "good: sold (1,300.00) < 1,000.00 → no"
    assert good in lines(body, "good: [{seller: li, is: no}]", "good")
    both = "known: sold (1,300.00) > 5.00 and sold (1,300.00) < 9,999.00 → yes"
    assert both in lines(body, "known: [{seller: li, is: yes}]", "known")


def test_the_bands_of_an_incentives_step_are_told() -> None:
    body = """
tables: {rates: {bands: [{from: 0, is: 1%}, {from: 1000, is: 2%}]}}
incentives: {pay: {steps: [{base: "whole(rates, sold)"}]}}
"""

    # 1 300 reach the second band
    found = lines(body, "pay: [{seller: li, is: 26}]", "pay")

    assert "1,000.00 and above: 2%  ← 1,300.00" in found


TIERED = """
tables: {slabs: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}]}}
orderings: {in_time: {of: orders, per: [seller], by: [on_day, id]}}
columns:
  line: {each: orders, along: in_time, is: "increase(whole(slabs, total(amount)))", round: 0.01}
  nth: {each: orders, along: in_time, is: "count_so_far()"}
"""


def test_a_deal_that_made_the_tier_is_named_with_those_before_it_and_the_band() -> None:
    # 700 at 2 % are 14; 1 300 at 5 % are 65, of which 51 are this deal's
    found = lines(TIERED, "line: [{id: b, is: 51}]", "line")

    assert found[0] == "Why ¥51.00? line · January 2026 · b"
    assert "1,000.00 and above: 5%  ← 1,300.00" in found
    assert "2026-01-05 a 14.00 → 14.00" in found
    assert "2026-01-06 b 65.00 → 51.00" in found


@pytest.mark.parametrize(
    ("language", "said"), [("en", "rows so far"), ("zh-Hans", "到这一行为止的行数")]
)
def test_rows_that_are_counted_so_far_are_told_as_rows(language: str, said: str) -> None:
    assert said in lines(TIERED, "nth: [{id: b, is: 2}]", "nth", language)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_scorecard_does_not_say_that_a_row_applies_which_has_a_score(language: str) -> None:
    body = """
scorecard:
  score: {rows: [{row: sales, weight: 60, score: "70"}, {row: rest, weight: 40, score: "50"}]}
"""

    # 70 × 60 % + 50 × 40 % are 62
    found = lines(body, "score: [{seller: li, is: 62}]", "score", language)

    assert not [line for line in found if "applicable" in line or "适用" in line]


SHARED_FAULTS = """\
plan: shared-faults
period: month
subjects: {person: people}
sources:
  faults:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, person: people, kind: {type: text, required: true}}
paths: {line: {over: reporting}}
tables:
  points: {keys: {grave: -20, late: -2}, unit: points}
columns:
  point: {each: faults, is: "value(points, kind)"}
  grave: {label: {zh-Hans: 重大差错, en: Grave faults}, sum: point, from: faults}
  shared: "below(line, sum, grave) * 50% + below(line, count, true) * 0"
examples:
  - name: a fault of one below
    period: 2026-01
    given:
      people: [{person: A}, {person: B}]
      edges: [{hierarchy: reporting, child: B, parent: A}]
      faults: [{id: 1, on_day: 2026-01-05, person: B, kind: grave}]
    expect: {shared: {person: A, is: -10}, point: {id: 1, is: -20}}
"""


def test_what_is_taken_of_those_below_is_called_by_its_own_name_and_line() -> None:
    found = told(SHARED_FAULTS, "shared")

    # Not by the name of the column that takes it, and not by the first line of the section.
    assert "“Grave faults” of those directly below · Rows: 1, together −20" in found
    columns = resolve(expand(load_plan(SHARED_FAULTS))).relations["person_month"].columns
    assert {name: one.line for name, one in columns.items() if "below" in name} == {
        "shared_below_1": 15,
        "shared_below2_1": 15,
    }


def test_a_table_of_single_values_says_nothing_of_rounding() -> None:
    found = told(SHARED_FAULTS, "point")

    assert "grave: −20  ← grave" in found
    assert "Compared unrounded." not in found


UPLINE = """\
plan: upline
period: month
currency: USD
subjects: {person: people}
sources:
  orders:
    key: [order]
    date: on_day
    columns: {order: orders, on_day: date, person: {type: people, required: true}, sold: money}
  terms:
    key: [person]
    columns: {person: people, sold: money, rate: {type: ratio, required: true}}
paths: {above: {over: sponsor, self: true}}
relations:
  shares: {pair: [orders, above], on: {person: member}}
  dealt: {pair: [orders, terms], on: {person: person}}
orderings:
  outward:
    of: shares
    per: [order]
    by: [right.distance, order, right.member, right.ancestor, right.month]
columns:
  step: {each: shares, is: "right.distance + 1"}
  before: {each: shares, along: outward, is: "if_missing(highest_before(step), 0)"}
  pay: {each: shares, is: "(step - before) * right.distance"}
  total: {sum: pay, from: shares, link: {person: right.ancestor}}
  own: {each: dealt, is: "sold * right.rate + right.sold"}
  earned: {sum: own, from: dealt}
examples:
  - name: two above
    period: 2026-01
    given:
      people: [{person: A}, {person: B}]
      edges: [{hierarchy: sponsor, child: B, parent: A}]
      orders: [{order: o, on_day: 2026-01-05, person: B, sold: 10}]
      terms: [{person: B, sold: 5, rate: 10%}]
    expect: {total: {person: A, is: 1}, earned: {person: B, is: 6}}
"""


def explained(text: str, column: str, depth: int) -> list[str]:
    """The lines of an explanation and of those of the columns it was made from."""
    model = load_plan(text)
    [run] = prepared_runs(model, resolve(expand(model)), 0, schemas={}, calendars=ONLY_GREGORIAN)
    [row] = run.expect[column]
    cell = Comparison(run.setting, run.inputs.period, run.got).cell(column, row)
    assert cell is not None
    place = Cell(cell[0], tuple(result_of(value) for value in cell[1]), cell[2])
    viewer = Viewer.of(run.plan, "en", run.names)
    waiting = [explain(Evidence(Calculation(run.plan, run.inputs).run()), place, depth)]
    found: list[str] = []
    while waiting:
        node = waiting.pop(0)
        found += [line.strip() for line in outline(node, viewer).lines()]
        waiting += node.inputs
    return found


def test_a_pair_with_those_above_says_whose_share_it_is() -> None:
    found = explained(UPLINE, "total", 1)

    assert "2026-01-05 o · A: (2 − 1) × 1 = 1" in found
    assert "Why 1? pay · January 2026 · o · A" in found


def test_what_a_pair_reads_of_its_right_row_goes_by_its_own_name() -> None:
    assert "(step − before) × distance" in explained(UPLINE, "total", 1)
    # Both sides have such a column: the rows say which.
    assert "sold × rate + terms.sold" in explained(UPLINE, "earned", 1)


def test_a_step_without_a_name_is_told_by_its_rule_at_the_last_level_too() -> None:
    found = explained(UPLINE, "total", 2)

    assert "if_missing(highest step before, 0)" in found
    assert not [line for line in found if "__" in line]


WEEKS = """
columns:
  weekly: {each: [seller, week], sum: amount, from: orders}
  best: {max: weekly, from: [seller, week]}
  team: {each: [month], max: sold, from: [seller, month]}
  is_best: "sold = team"
  seat: {match: seats, where: "seller = this.seller", absent: not_applicable.left}
  is_in: "seat.kind = 'A'"
"""
SEATS = "  seats: {key: [seller], columns: {seller: people, kind: text}}\n"


@pytest.mark.parametrize(
    ("language", "asked", "said"),
    [
        ("zh-Hans", "best", "最大: weekly（每个人 · 周）"),
        ("zh-Hans", "team", "来源数据：2行，最大¥1,300.00"),
        ("zh-Hans", "is_in", "is_in：kind（不适用） = “A” → left"),
        ("en", "best", "largest: weekly, of each seller · week"),
        ("en", "team", "Rows: 2, largest ¥1,300.00"),
    ],
)
def test_grains_and_gathers_are_told_in_readers_words(language: str, asked: str, said: str) -> None:
    found = _of_weeks(asked, language)

    assert said in found
    assert not [line for line in found if "seller_" in line or "month:" in line]


def _of_weeks(asked: str, language: str) -> list[str]:
    whose = "" if asked == "team" else "seller: li, "
    value = {"best": "1300", "team": "1300", "is_best": "true"}.get(asked, "not applicable")
    expect = f"    expect: {{{asked}: {{{whose}is: {value}}}}}\n"
    head = HEAD.replace("measures:", f"{SEATS}measures:")
    given = EXAMPLE[: EXAMPLE.index("    expect:")] if "    expect:" in EXAMPLE else EXAMPLE
    return lines_of(head + WEEKS + given + "      seats: []\n" + expect, asked, language)


def test_a_row_of_the_same_month_is_not_told_as_a_find() -> None:
    assert not [line for line in _of_weeks("is_best", "zh-Hans") if "有效的版本" in line]


def test_what_an_increase_is_taken_of_is_told_in_words() -> None:
    body = """
orderings: {in_time: {of: orders, per: [seller], by: [on_day, id]}}
columns:
  high: {each: orders, along: in_time, is: "increase(highest_so_far(amount))"}
"""

    assert lines(body, "high: [{id: b, is: 0}]", "high")[2] == "increase of highest amount so far"
    assert lines(body, "high: [{id: b, is: 0}]", "high", "zh-Hans")[2] == "迄今最高的amount的增量"


TWO_LEVELS = """
plan: card
period: month
subjects: {seller: people}
parameters: {sales_score: {is: 80, unit: points}, cash_score: {is: 70, unit: points}}
scorecard:
  score:
    rows:
      - row: business
        weight: 70
        rows:
          - {row: sales, weight: 40, score: sales_score}
          - {row: cash, weight: 25, score: cash_score}
          - {row: tenders, weight: 5, applies: "1 = 2", score: cash_score}
      - {row: conduct, weight: 30, score: cash_score}
examples:
  - name: one row is not for the seller
    period: 2026-01
    given: {people: [{person: li}]}
    expect: {score: {seller: li, is: ≈74.31}}
"""


def test_a_card_shows_the_division_by_the_weights_that_count() -> None:
    found = lines_of(TWO_LEVELS, "score")

    # 80 × 40 % + 70 × 25 % = 49.5 of 65 %: 76.1538, of which 70 % count: 53.3077
    assert "business: score = (32 + 17.5 + 0) ÷ (40% + 25% + 0%) = ≈76.1538" in found
    assert "business: points that count = ≈76.1538 × 70% = ≈53.3077" in found
    assert "conduct: points that count = 70 × 30% = 21" in found


def test_hours_that_are_stored_as_ratios_are_no_percentages() -> None:
    body = """
plan: hours
period: month
subjects: {worker: people}
sources:
  shifts: {key: [id], date: on_day, columns: {id: code, on_day: date, worker: people, hours: ratio, rate: money}}
columns:
  shift_pay: {each: shifts, is: "hours * rate"}
  pay: {sum: shift_pay, from: shifts}
examples:
  - name: a short shift and a long one
    period: 2026-01
    given:
      shifts:
        - {id: a, on_day: 2026-01-10, worker: wu, hours: 3.5, rate: 20.00}
        - {id: b, on_day: 2026-01-11, worker: wu, hours: 6, rate: 20.00}
    expect: {pay: 190}
"""  # noqa: E501

    found = lines_of(body, "pay")

    assert "2026-01-10 a: 3.5 × 20.00 = 70.00" in found
    assert "2026-01-11 b: 6 × 20.00 = 120.00" in found


POSTS = """
plan: posts
period: month
subjects: {员工: people}
sources:
  业绩:
    from: deals
    key: [单号]
    date: 日期
    columns: {单号: code, 日期: date, 员工: people, 金: money}
tables:
  系数: {keys: {店长: 3%, 区域经理: 1%}}
columns:
  岗: {match: assignments, link: {person: 员工}, at: period end}
  业绩额: {sum: 金, from: 业绩}
  提成: "业绩额 * 取值(系数, 岗.position)"
  津贴: {is: "如果(岗.position in ('总监', '总经理'), 100, 0)", unit: money}
examples:
  - name: one post
    period: 2026-03
    given:
      任职: [{工号: 甲, 岗位编号: 店长, 部门编号: S1, 生效日: 2026-01-01}]
      业绩: [{单号: 1, 日期: 2026-03-01, 员工: 甲, 金: 100}]
    expect: {提成: {员工: 甲, is: 3}, 津贴: {员工: 甲, is: 0}}
"""


@pytest.mark.parametrize(("column", "said"), [("提成", "区域经理: 1%"), ("津贴", "总监")])
def test_a_code_that_only_the_rule_writes_is_told_as_written(column: str, said: str) -> None:
    lines = "\n".join(lines_of(POSTS, column, "zh-Hans"))

    assert said in lines
    assert "店长" in lines
    assert "positions-" not in lines


MARKED = """
plan: marked
period: year
subjects: {manager: people}
scorecard:
  score:
    rows:
      - {row: review, label: {zh-Hans: 述职, en: Review}, weight: 100, applies: "1 = 1", rating: {item: review, by: superior, scale: {good: 100, fair: 60}}}
examples:
  - name: a superior's mark, and a peer who rated something else
    period: 2026
    given:
      ratings:
        - {subject: m, item: review, rater: x1, rater_group: superior, period: 2026, choice: good}
        - {subject: m, item: team, rater: x2, rater_group: peer, period: 2026, score: 50}
    expect: {score: {manager: m, is: 100}, row_review_choice: {manager: m, is: good}, row_review_points: {manager: m, is: 100}}
"""  # noqa: E501


def test_who_rated_something_else_is_not_told_with_a_superiors_mark() -> None:
    found = told(MARKED, "row_review_choice")

    assert any("x1" in line for line in found)
    assert not any("x2" in line or "team" in line for line in found)


def test_the_words_of_a_rating_are_read_in_a_table_of_the_rows_name() -> None:
    found = told(MARKED, "row_review_points")

    assert any("Review: scale[good] = 100" in line for line in found)
    # Whom the row is for goes by its rule: its name is what the others are told.
    assert found[2].startswith("if(1 = 1, ")
    assert not any(line.startswith("“Review” does not apply") for line in found)


def test_what_is_gathered_goes_by_the_labels_of_the_rows_and_the_column() -> None:
    body = """
plan: named
period: month
subjects: {seller: people}
sources:
  deals:
    label: {zh-Hans: 成交, en: Deals}
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, seller: people, amount: {type: money, label: {zh-Hans: 金额, en: Amount}}}
measures: {sold: {sum: amount, from: deals}}
examples:
  - name: one
    period: 2026-01
    given: {deals: [{id: a, on_day: 2026-01-05, seller: li, amount: 700}]}
    expect: {sold: 700}
"""  # noqa: E501

    assert lines_of(body, "sold")[2] == "sum: Amount, of Deals"
    assert lines_of(body, "sold", "zh-Hans")[2] == "合计: 金额（成交）"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "sold + “sold” of the period before + “sold” of 2 periods before"),
        ("zh-Hans", "sold + 上期的“sold” + 2期前的“sold”"),
    ],
)
def test_a_value_of_two_periods_before_is_not_that_of_the_last(language: str, said: str) -> None:
    body = 'formulas: {score: "sold + previous(sold, 0) + previous(sold, 0, 2)"}\n'

    found = lines(body, "score: [{seller: li, is: 1300}]", "score", language)

    assert said in found


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ["Rest", "mark: no row matches"]),
        ("zh-Hans", ["余款", "mark：没有匹配的记录"]),
    ],
)
def test_the_way_to_what_is_missing_ends_with_the_match_that_found_no_row(
    language: str, told: list[str]
) -> None:
    """Two steps below the bonus a mark is looked for that nobody was given."""
    marks = "  marks: {key: [seller], columns: {seller: people, factor: {type: ratio}}}"
    body = """
columns:
  mark: {match: marks, where: "seller = this.seller"}
  rest: {is: "sold * mark.factor", label: {zh-Hans: 余款, en: Rest}}
incentives:
  bonus: {steps: [{base: sold}, {add: rest, label: {zh-Hans: 余款, en: Rest}}]}
"""
    text = HEAD.replace("measures:", f"{marks}\nmeasures:") + body
    example = EXAMPLE.replace("    expect:", "      marks: []\n    expect:")
    expect = "      bonus: {seller: li, is: no data}\n"

    found = lines_of(text + example + expect, "bonus", language)

    way = found[found.index("Where it is missing" if language == "en" else "缺在哪里") + 1 :]
    assert way[2:4] == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "credited: half: credited amount = 700.00 × 50% = 350.00"),
        ("zh-Hans", "credited·half·归属金额 = 700.00 × 50% = 350.00"),
    ],
)
def test_credits_without_a_label_are_told_by_their_name_and_that_of_the_rule(
    language: str, told: str
) -> None:
    body = """
credits:
  credited: {from: orders, amount: amount, rules: [{rule: half, participant: seller, share: 50%}]}
"""
    found = lines(
        body, "credited_half_amount: [{id: a, is: 350}]", "credited_half_amount", language
    )

    assert told in found
    assert not [line for line in found if "credited_of_fact" in line or "half_share" in line]


DIFFERENTIAL = """
plan: differential
period: month
subjects: {member: people}
sources:
  orders:
    key: [id]
    date: on_day
    columns: {id: code, on_day: date, member: people, amount: {type: money, required: true}}
  splits:
    key: [order, person]
    columns: {order: {type: orders}, person: people, share: {type: ratio, required: true}}
paths: {line: {over: team}}
tables: {rates: {bands: [{from: 0, is: 2%}, {from: 1000, is: 5%}]}}
relations: {under: {pair: [[member, month], line], on: {member: member}}}
credits:
  given:
    from: orders
    amount: amount
    rules: [{rule: direct, from: splits, fact: order, participant: person, share: share}]
columns:
  sold: {label: {zh-Hans: 销售额, en: Sales}, sum: amount, from: orders}
  rate: {label: {zh-Hans: 比例, en: Rate}, is: "value(rates, sold)"}
  gap: {each: under, is: "sold * (right.ancestor.rate - rate)"}
  bonus: {sum: gap, from: under, link: {member: right.ancestor}}
  shared: {sum: amount, from: given, link: {member: participant}}
examples:
  - name: one below one
    period: 2026-01
    given:
      people: [A, B]
      edges: [{hierarchy: team, child: B, parent: A}]
      orders:
        - {id: 1, on_day: 2026-01-05, member: A, amount: 2000}
        - {id: 2, on_day: 2026-01-05, member: B, amount: 100}
      splits: [{order: 2, person: A, share: 40%}, {order: 2, person: B, share: 60%}]
    expect:
      bonus: [{member: A, is: 3}]
      gap: [{member: B, right.ancestor: A, is: 3}]
      shared: [{member: A, is: 40}]
"""


@pytest.mark.parametrize(
    ("language", "column", "line"),
    [
        ("zh-Hans", "gap", "销售额 × (上级的比例 − 人的比例)"),
        ("zh-Hans", "gap", "比例（A） = rates〔2,000.00〕 = 5%"),
        ("en", "gap", "Sales × (Rate of ancestor − Rate of member)"),
        # A 2 000: 5 %; B 100: 2 %; 100 × 3 % = 3
        ("en", "gap", "Rate (A) = rates[2,000.00] = 5%"),
        ("en", "gap", "Rate (B) = rates[100.00] = 2%"),
        ("en", "bonus", "sum: gap, of under"),
        ("zh-Hans", "bonus", "合计: gap（under）"),
        ("en", "shared", "2026-01-05 split credit · 2 · A: 40.00"),
    ],
)
def test_whose_value_a_rule_reads_is_said_in_words(language: str, column: str, line: str) -> None:
    found = lines_of(DIFFERENTIAL, column, language)

    assert line in found
    assert not any("@" in one for one in found)
