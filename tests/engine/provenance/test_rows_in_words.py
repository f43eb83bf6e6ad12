"""Which rows made a number, by which condition, and what those lacked that did not count."""

from __future__ import annotations

import pytest
from telling import lines_of

from attain.engine.examples.explaining import Asked

PLAN = """
plan: rows
period: month
subjects: {seller: people}
sources:
  deals:
    key: [id]
    date: signed_on
    columns: {id: code, signed_on: date, closed_on: date, seller: people, amount: {type: money, required: true}, stage: {type: text, required: true}, months: {type: count, required: true}}
  offences: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people}}
orderings: {in_time: {of: deals, per: [seller], by: [signed_on, id]}}
tables:
  rates: {bands: [{from: 0, is: 2%}, {from: 5000, is: 5%}]}
columns:
  net: {each: deals, is: "amount * if(months <= 100, 1 + (months - 1) / 10, 0)", round: 1}
  rate: {each: deals, along: in_time, is: "value(rates, total(amount))"}
  spiffs: {sum: spiff, from: deals}
  spiff: {each: deals, along: in_time, is: "increase(min(750, total(amount)))"}
measures:
  won: {sum: amount, from: deals, where: "stage = 'won' and amount >= 100", dated: closed_on}
  doubled: {sum: "amount * 2", from: deals}
  deals_won: {count: "stage = 'won'", from: deals}
  netted: {sum: net, from: deals}
  beyond: {sum: amount, from: deals, where: "amount > this.least"}
  within: {sum: amount, from: deals, where: "amount < this.least"}
formulas:
  least: {is: "100 + 50", unit: money}
  thirds: "netted * (1 - 2 / 3)"
counters:
  warnings: {events: [{from: offences}]}
  demerits: {events: [{every: 2, of: warnings}], label: {zh-Hans: 记过, en: Demerits}}
incentives:
  paid: {steps: [{base: won * 10%}]}
examples:
  - name: one
    period: 2026-01
    given:
      deals:
        - {id: a2, signed_on: 2026-01-05, closed_on: 2026-01-20, seller: li, amount: 700, stage: won, months: 3}
        - {id: a10, signed_on: 2026-01-05, closed_on: 2026-01-21, seller: li, amount: 90, stage: won, months: 3}
      offences:
        - {id: x1, on_day: 2026-01-03, seller: li}
        - {id: x2, on_day: 2026-01-04, seller: li}
        - {id: x3, on_day: 2026-01-05, seller: li}
    expect:
      won: [{seller: li, is: 700}]
      doubled: [{seller: li, is: 1580}]
      beyond: [{seller: li, is: 700}]
      thirds: [{seller: li, is: 316}]
      within: [{seller: li, is: 90}]
      deals_won: [{seller: li, is: 2}]
      net: [{id: a10, is: 108}]
      netted: [{seller: li, is: 948}]
      rate: [{id: a10, is: 2%}]
      spiff: [{id: a2, is: 660}]
      spiffs: [{seller: li, is: 750}]
      paid: [{seller: li, is: 70}]
      demerits: [{seller: li, is: 1}]
"""  # noqa: E501


def told(column: str, language: str = "en") -> list[str]:
    return lines_of(PLAN, column, language)


@pytest.mark.parametrize(
    ("column", "language", "line"),
    [
        ("won", "en", "sum: amount, of deals, where stage = “won” and amount ≥ 100.00"),
        ("won", "zh-Hans", "合计: amount（deals），仅限stage = “won” 且 amount ≥ 100.00"),
        ("won", "en", "2026-01-01 to 2026-01-31, by closed_on"),
        # 90 of 100: 10 are missing
        ("won", "en", "2026-01-05 a10: ✗ amount ≥ 100.00 · is ¥90.00, ¥10.00 short"),
        # 150 itself would not do
        (
            "beyond",
            "en",
            "2026-01-05 a10: ✗ amount > least · is ¥90.00, needs more than ¥150.00: ¥60.00 short",
        ),
        (
            "beyond",
            "zh-Hans",
            "2026-01-05 a10: ✗ amount > least · 实际¥90.00，须高于¥150.00，差¥60.00",
        ),
        (
            "within",
            "en",
            "2026-01-05 a2: ✗ amount < least · is ¥700.00, has to be below ¥150.00: ¥550.00 too much",  # noqa: E501
        ),
        # 840 + 108 = 948, a third of it
        ("thirds", "en", "netted × (1 − 2 ÷ 3)"),
        ("thirds", "en", "thirds = 948.00 × (1 − 2 ÷ 3) = 316.00"),
        ("doubled", "en", "sum: amount × 2, of deals"),
        # the branch that was taken is bracketed: 90 × (1 + 2 / 10) = 108
        ("net", "en", "net = 90.00 × (1 + (3 − 1) ÷ 10) = 108.00"),
        # 790 in all, of which 750 count, and 90 did on the row before
        ("spiff", "en", "min(750.00, 790.00) = 750.00"),
        ("spiff", "en", "750.00 − 90.00 = 660.00"),
        # and so where the rows of a month are added up
        ("spiffs", "en", "2026-01-05 a2: 750.00 − 90.00 = 660.00"),
        ("spiffs", "en", "2026-01-05 a10: 90.00"),
        ("paid", "en", "won · Rows: 1, together ¥700.00"),
        ("demerits", "en", "completed by these: 2"),
        ("demerits", "zh-Hans", "由这2次累计而成"),
    ],
)
def test_a_sum_says_what_it_asks_of_its_rows(column: str, language: str, line: str) -> None:
    assert line in told(column, language)


def test_a_counter_names_the_events_that_completed_it_and_no_later_one() -> None:
    found = told("demerits")

    made = found[found.index("completed by these: 2") + 1 :][:2]
    assert made == ["2026-01-03 warnings · x1", "2026-01-04 warnings · x2"]
    assert not any("x3" in line for line in found)
    # the second event completed the first two: 1, and not 1 − 0
    assert "2026-01-04 every 2 of “warnings” · x2: 1" in found


def test_rows_of_a_day_stand_as_people_number_them() -> None:
    found = told("netted")

    # 700 × 1.2 = 840 and 90 × 1.2 = 108
    shown = [line.partition(":")[0] for line in found if line.startswith("2026-01-05")]
    assert shown == ["2026-01-05 a2", "2026-01-05 a10"]


def test_how_far_it_is_to_the_next_band_names_no_hidden_step() -> None:
    # As a text a10 comes before a2: 90 so far, 4 910 before 5 000.
    assert "Compared unrounded. ¥4,910.00 short of 5,000.00." in told("rate")


FILLED = """
plan: filled
period: month
subjects: {customer: people}
sources:
  grants: {key: [grant], columns: {grant: code, customer: {type: people, required: true}, place: {type: count, required: true}, credits: {type: count, required: true}}}
  uses: {key: [id], date: on_day, columns: {id: code, on_day: date, customer: people, credits: {type: count, required: true}}}
orderings: {burn: {of: grants, per: [customer], by: [place, grant]}}
columns:
  pot: {each: grants, sum: credits, from: uses, in: all, link: {customer: customer}}
  taken: {each: grants, along: burn, share_out: pot, within: [customer], capacity: credits, step: 1}
examples:
  - name: 60 of 120
    period: 2026-01
    given:
      grants: [{grant: A, customer: c, place: 2, credits: 100}, {grant: B, customer: c, place: 1, credits: 20}]
      uses: [{id: 1, on_day: 2026-01-10, customer: c, credits: 60}]
    expect: {taken: [{grant: A, is: 40}]}
"""  # noqa: E501


def test_what_is_filled_in_order_says_what_was_left_for_it() -> None:
    line = "filled in order: 60 in all, 20 went to those before, up to 100 here"

    assert line in lines_of(FILLED, "taken", "en")
    assert "按顺序填满：共60，前面已分20，这一份上限100" in lines_of(FILLED, "taken", "zh-Hans")


THIRDS = """
plan: thirds
period: month
subjects: {worker: people}
sources:
  hours: {key: [id], date: on_day, columns: {id: code, on_day: date, worker: people, hours: {type: count, required: true}}}
  pots: {key: [day], date: day, columns: {day: date, amount: {type: money, required: true}}}
orderings: {by_number: {of: hours, per: [on_day], by: [id]}}
columns:
  pot: {each: hours, sum: amount, from: pots, where: "day = this.on_day"}
  part: {each: hours, share_out: pot, by: hours, within: [on_day], residue: first, along: by_number}
examples:
  - name: 100.00 in three parts
    period: 2026-01
    given:
      hours: [{id: 1, on_day: 2026-01-10, worker: a, hours: 1}, {id: 2, on_day: 2026-01-10, worker: b, hours: 1}, {id: 3, on_day: 2026-01-10, worker: c, hours: 1}]
      pots: [{day: 2026-01-10, amount: 100}]
    expect: {part: [{id: 1, is: 33.34}, {id: 2, is: 33.33}]}
"""  # noqa: E501


def test_a_part_of_a_pot_says_how_it_is_rounded_and_what_was_left_for_it() -> None:
    first, second = (lines_of(THIRDS, Asked(0, 0, "part", row)) for row in (0, 1))

    assert "100.00 × 1 ÷ 3 = ≈33.3333, parts: 3" in first
    assert "rounded towards zero to 0.01: 33.33" in first
    assert "0.01 of what rounding left goes to this part (the first)" in first
    assert "rounded towards zero to 0.01: 33.33" in second
    assert not any("what rounding left" in line for line in second)


SUBSCRIPTIONS = """
plan: subscriptions
period: month
subjects: {seller: people}
sources:
  subscriptions: {key: [id], date: began_on, columns: {id: code, seller: people, began_on: date, ended_on: date, fee: money, pieces: {type: count, required: true}}}
columns:
  active: {count: rows, from: subscriptions, in: {from: 2000-01-01, until: period_until}, where: "ended_on >= this.period_until"}
  worth: {sum: "fee * pieces", from: subscriptions}
examples:
  - name: one goes on, without a last day and without a fee
    period: 2026-01
    given:
      subscriptions:
        - {id: 1, seller: a, began_on: 2026-01-05, pieces: 2}
        - {id: 2, seller: a, began_on: 2026-01-05, ended_on: 2026-02-01, fee: 30, pieces: 1}
    expect: {active: {seller: a, is: no data}, worth: {seller: a, is: no data}}
"""  # noqa: E501


def test_a_row_that_might_count_says_of_which_condition_nothing_is_known() -> None:
    found = lines_of(SUBSCRIPTIONS, "active", "en")

    assert "2026-01-05 1: ? ended_on ≥ day after the period · no data: not filled in" in found
    assert found[found.index("active: not filled in") + 1] == "ended_on · 1"


def test_a_calculated_part_names_the_column_that_is_missing() -> None:
    found = lines_of(SUBSCRIPTIONS, "worth", "en")

    assert found[found.index("worth: not filled in") + 1] == "fee · 1"


ISLANDS = """
plan: days
period: month
subjects: {system: units}
sources:
  tasks: {key: [on_day], date: on_day, columns: {on_day: date, system: {type: units, required: true}, done: {type: count, required: true}}}
columns:
  done: {sum: done, from: tasks}
examples:
  - name: a row whose key is its day
    period: 2026-01
    given: {tasks: [{on_day: 2026-01-04, system: s, done: 2}]}
    expect: {done: {system: s, is: 2}}
"""  # noqa: E501


def test_a_day_that_is_the_key_is_said_once() -> None:
    assert "2026-01-04: 2" in lines_of(ISLANDS, "done")


DOUBLED = """
plan: doubled
period: month
subjects: {seller: people}
sources:
  orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: {type: money, required: true}}}
tables: {points: {bands: [{from: 0, is: 1}, {from: 1000, is: 2}], unit: points}}
measures: {sales: {sum: amount, from: orders}}
formulas:
  weight: "value(points, sales) * if(sales >= 2000.00, 3, sales >= 1500.00, 2, 1)"
examples:
  - name: no factor beyond one
    period: 2026-01
    given: {sales: {seller: a, is: 1200}}
    expect: {weight: {seller: a, is: 2}}
"""  # noqa: E501


def test_a_factor_inside_a_formula_says_why_it_is_no_larger_one() -> None:
    line = "1 in it, not 2: ✗ sales ≥ 1,500.00 · is ¥1,200.00, ¥300.00 short"

    assert line in lines_of(DOUBLED, "weight", "en")
    assert "其中取1，不取3：✗ sales ≥ 2,000.00 · 实际¥1,200.00，差¥800.00" in lines_of(
        DOUBLED, "weight", "zh-Hans"
    )


HALF_POINTS = """
plan: half-points
period: month
subjects: {rep: people}
sources:
  deals: {key: [deal], date: won_on, columns: {deal: deals, won_on: {type: date, required: true}, closer: people, points: {type: points, required: true}}}
credits:
  scored:
    from: deals
    amount: points
    unit: points
    step: 0.5
    rules: [{rule: closer, participant: closer, share: 60%}]
measures: {points_of: {sum: amount, from: scored, link: {rep: participant}}}
examples:
  - name: 1.8 points are two
    period: 2026-03
    given: {deals: [{deal: y, won_on: 2026-03-02, closer: a, points: 3}, {deal: z, won_on: 2026-03-02, closer: a, points: 5}]}
    expect: {points_of: {rep: a, is: 5}}
"""  # noqa: E501


def test_a_part_in_half_points_says_that_it_was_rounded() -> None:
    found = lines_of(HALF_POINTS, "points_of", "en")

    assert any(line.endswith("3 × 60% = 2 (rounded to 0.5)") for line in found)
    assert any(line.endswith("5 × 60% = 3") for line in found)


OF_THE_MONTH = """
plan: months
period: month
effective: {from: 2026-01-01}
subjects: {seller: people}
sources:
  deals: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, amount: money}}
measures: {sold: {sum: amount, from: deals}}
formulas: {rate: "if(sold >= 100, 10%, 5%)"}
columns: {line: {each: deals, is: amount * rate}}
examples:
  - name: a deal of January in the run of February
    runs:
      - {period: 2026-01, given: {deals: [{id: a, on_day: 2026-01-10, seller: li, amount: 120}]}}
      - {period: 2026-02, expect: {line: {id: a, is: no data}}}
"""


def test_what_is_read_of_a_period_outside_the_run_is_told_as_that() -> None:
    asked = Asked(0, 1, "line", 0)

    said = "each seller · month: this run does not calculate the period around 2026-01-10"
    assert said in lines_of(OF_THE_MONTH, asked)
    assert "每个人·月：2026-01-10所在的那一期不在本次计算之内" in [
        line.replace(" · ", "·") for line in lines_of(OF_THE_MONTH, asked, "zh-Hans")
    ]


NAMES = """
plan: names
period: month
subjects: {seller: {from: people, label: {zh-Hans: 销售, en: Seller}}}
sources:
  orders: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, hired: date, amount: {type: money, required: true}}}
measures:
  hired_on: {latest: hired, from: orders}
  sold: {sum: amount, from: orders}
counters:
  late: {events: [{from: orders}], label: {zh-Hans: 迟到, en: Late}}
columns:
  so_far: {each: [seller, month], sum: sold, from: [seller, month], in: year to date}
  noted: {each: [seller, month], sum: amount, from: late_events, link: {seller: subject}}
formulas:
  years: "years_between(hired_on, period_end)"
  of_years: "years_between(hired_on, period_end) * 100"
examples:
  - name: one
    period: 2026-01
    given: {orders: [{id: a, on_day: 2026-01-05, seller: li, amount: 700, hired: 2022-05-01}]}
    expect:
      so_far: {seller: li, is: 700}
      noted: {seller: li, is: 1}
      years: {seller: li, is: 3}
      of_years: {seller: li, is: 300}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("column", "language", "line"),
    [
        # a subject goes by its label
        ("so_far", "zh-Hans", "合计: sold（每个销售 · 月）"),
        ("so_far", "en", "sum: sold, of each Seller · month"),
        # what a counter counts goes by the counter
        ("noted", "zh-Hans", "合计: amount（迟到）"),
        # from May 2022 to the end of January 2026 three years are full; no months ÷ 12
        ("years", "zh-Hans", "相隔年数(hired_on, 期间最后一天)"),
        ("years", "en", "years = years_between(2022-05-01, 2026-01-31) = 3"),
        ("of_years", "en", "of_years = years_between(2022-05-01, 2026-01-31) × 100 = 300"),
    ],
)
def test_rules_are_told_by_the_names_readers_know(column: str, language: str, line: str) -> None:
    found = lines_of(NAMES, column, language)

    assert line in found, found


STACKED = """
plan: stacked
period: month
subjects: {person: people}
sources:
  jobs: {key: [job], date: done_on, columns: {job: jobs, done_on: {type: date, required: true}, rep: {type: people, required: true}, boss: {type: people, required: true}, price: {type: money, required: true}, cost: {type: money, required: true}}}
relations:
  parts:
    stack:
      - {name: front, from: jobs, give: {job: job, person: rep, day: done_on, amount: "price * 5%"}}
      - {name: back, from: jobs, give: {job: job, person: boss, day: done_on, amount: "(price - cost) * 15%"}}
    key: [job]
    date: day
columns:
  line: {each: parts, is: amount, round: 0.01}
  plain: {sum: amount, from: parts}
  earned: {sum: line, from: parts}
examples:
  - name: one job
    period: 2026-01
    given:
      jobs: [{job: 1, done_on: 2026-01-05, rep: li, boss: wu, price: 100.05, cost: 60}]
    expect:
      line: [{part: back, job: 1, is: 6.01}]
      plain: [{person: li, is: 5.0025}]
      earned: [{person: wu, is: 6.01}]
"""  # noqa: E501


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("line", "amount = (100.05 − 60.00) × 15% = 6.0075"),
        ("plain", "100.05 × 5% = 5.0025"),
        ("earned", "(100.05 − 60.00) × 15% = 6.01"),
    ],
)
def test_what_the_part_of_a_stack_calculates_is_told(column: str, said: str) -> None:
    assert said in "\n".join(lines_of(STACKED, column))


def test_by_which_date_of_a_linked_row_it_goes_is_told() -> None:
    plan = """
plan: by-the-order
period: month
subjects: {person: people}
sources:
  orders: {key: [order], date: ordered_on, columns: {order: orders, ordered_on: {type: date, required: true}, ended_on: date}}
  shares: {key: [order, person], columns: {order: {type: orders, required: true}, person: people, amount: {type: money, required: true}}}
measures: {taken_back: {sum: amount, from: shares, dated: order.ended_on}}
examples:
  - name: one order
    period: 2026-03
    given:
      orders: [{order: 1, ordered_on: 2026-01-05, ended_on: 2026-03-05}]
      shares: [{order: 1, person: li, amount: 60}]
    expect: {taken_back: [{person: li, is: 60}]}
"""  # noqa: E501
    assert "2026-03-01 to 2026-03-31, by ended_on" in lines_of(plan, "taken_back")


MANY = """
plan: many
period: month
subjects: {seller: people}
sources:
  calls: {key: [id], date: on_day, columns: {id: code, on_day: date, seller: people, minutes: {type: count, required: true}}}
measures:
  long: {count: "minutes >= 60", from: calls}
  longest: {max: minutes, from: calls}
examples:
  - name: eight calls, the last one long
    period: 2026-01
    given:
      calls:
        - {id: c1, on_day: 2026-01-01, seller: li, minutes: 1}
        - {id: c2, on_day: 2026-01-02, seller: li, minutes: 2}
        - {id: c3, on_day: 2026-01-03, seller: li, minutes: 3}
        - {id: c4, on_day: 2026-01-04, seller: li, minutes: 4}
        - {id: c5, on_day: 2026-01-05, seller: li, minutes: 5}
        - {id: c6, on_day: 2026-01-06, seller: li, minutes: 6}
        - {id: c7, on_day: 2026-01-07, seller: li, minutes: 7}
        - {id: c8, on_day: 2026-01-08, seller: li, minutes: 60}
    expect: {long: [{seller: li, is: 1}], longest: [{seller: li, is: 60}]}
"""  # noqa: E501


@pytest.mark.parametrize(
    ("column", "first"),
    [("long", "2026-01-08 c8: minutes (60) ≥ 60 → yes"), ("longest", "2026-01-08 c8: 60")],
)
def test_of_many_rows_the_one_that_counts_is_among_those_shown(column: str, first: str) -> None:
    shown = [line for line in lines_of(MANY, column, "en") if line.startswith("2026-01-0")]

    assert shown[:2] == ["2026-01-01 to 2026-01-31", first]
