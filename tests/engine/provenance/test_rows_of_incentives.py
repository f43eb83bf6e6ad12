"""What an incentive pays by row is told row by row, down to the table and the amount it began with.

800 000 by slices: 300 000 × 1 % + 500 000 × 0.5 % = 5 500. Cash: 6 000 × 3 % = 180, of which
7 000 ÷ 6 000 is all, less the 60 that 2 000 ÷ 6 000 paid before.
"""

from __future__ import annotations

from telling import told

BY_ROW = """
plan: listing
period: year
currency: USD
subjects: {agent: people}
sources:
  sales: {key: [sale], date: closed_on, columns: {sale: code, closed_on: date, agent: people, price: {type: money, required: true}}}
tables:
  slices: {bands: [{from: 0, is: 1%}, {from: 300000, is: 0.5%}]}
incentives:
  commission: {each: sales, participant: agent, steps: [{base: "marginal(slices, price)"}, {floor: 1000.00}]}
  bonus: {each: sales, participant: agent, steps: [{base: "price * 1%"}]}
examples:
  - name: one sale
    period: 2026
    given:
      sales: [{sale: s5, closed_on: 2026-06-01, agent: mike, price: 800000}]
    expect: {commission: {agent: mike, is: 5500}, bonus: {agent: mike, is: 8000}}
"""  # noqa: E501

CASH = """
plan: cash
period: month
currency: CNY
subjects: {seller: people}
sources:
  deals: {key: [deal_id], date: closed_on, columns: {deal_id: {type: deals}, closed_on: date, seller: people, amount: {type: money, required: true}}}
  receipts: {key: [receipt_id], date: received_on, columns: {receipt_id: code, received_on: date, deal: {type: deals, required: true}, amount: {type: money, required: true}}}
incentives:
  commission:
    each: deals
    participant: seller
    steps: [{base: "amount * 3%"}]
    pay: {receipts: receipts, deal: deal, amount: amount, invoiced: amount, by: [received_on, receipt_id]}
examples:
  - name: the rest in February
    period: 2026-02
    given:
      deals: [{deal_id: d1, closed_on: 2026-01-05, seller: li, amount: 6000.00}]
      receipts:
        - {receipt_id: r1, received_on: 2026-01-20, deal: d1, amount: 2000.00}
        - {receipt_id: r2, received_on: 2026-02-20, deal: d1, amount: 5000.00}
    expect: {commission: {seller: li, is: 120.00}}
"""  # noqa: E501


def test_a_row_of_an_incentive_tells_its_slices() -> None:
    _, row = told(BY_ROW, "commission")

    assert row[0] == "Why USD 5,500.00? commission: line · 2026 · s5"
    assert "commission: base = 300,000.00 × 1% + 500,000.00 × 0.5% = 5,500.00" in row
    assert "300,000.00 and above: 500,000.00 × 0.5%  ← 800,000.00" in row


def test_one_calculation_is_told_on_the_line_of_its_row() -> None:
    (whole,) = told(BY_ROW, "bonus")

    assert "2026-06-01 s5: 800,000.00 × 1% = 8,000.00" in whole


def test_a_receipt_tells_what_its_deal_earned_and_how_much_of_it_came_in() -> None:
    _, receipt = told(CASH, "commission")

    at = receipt.index("With the values put in")
    assert receipt[at + 1 : at + 4] == [
        "commission: base = 6,000.00 × 3% = 180.00",
        "180.00 × min(100%, 7,000.00 ÷ 6,000.00) = 180.00",
        "180.00 − 60.00 = 120.00",
    ]
