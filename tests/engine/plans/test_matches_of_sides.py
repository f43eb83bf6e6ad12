"""A row that a side of a pair has found is read on the pair, by the name it was found under."""

from __future__ import annotations

import pytest

from attain.core.errors import AttainError
from attain.engine.examples import test_plan
from attain.engine.plans.api import load_plan, resolve

PLAN = """
plan: sides
period: month
subjects: {person: people}
sources:
  sales: {key: [sale], date: on_day, columns: {sale: code, on_day: {type: date, required: true}, shop: {type: shops, required: true}, amount: {type: money, required: true}}}
  shops: {key: [shop], columns: {shop: shops}}
  shares: {key: [shop, person], columns: {shop: {type: shops, required: true}, person: {type: people, required: true}}}
  kinds: {dated: true, key: [shop, effective_from], columns: {shop: {type: shops, required: true}, kind: {type: text, required: true}}}
  ranks: {key: [person], columns: {person: {type: people, required: true}, rank: {type: text, required: true}}}
relations:
  parts: {pair: [sales, shares], on: {shop: shop}}
columns:
  own_kind: {each: sales, match: kinds, where: "shop = this.shop", at: on_day}
  own_rank: {each: shares, match: ranks, where: "person = this.person"}
  paid: {each: parts, is: "if(own_kind.kind = 'own' and RANK = 'senior', amount * 10%, 0)"}
  earned: {sum: paid, from: parts, link: {person: right.person}}
examples:
  - name: a shop that became one of the company's own
    period: 2026-03
    given:
      people: [li, wu]
      shares: [{shop: s, person: li}, {shop: s, person: wu}]
      kinds: [{shop: s, kind: other, effective_until: 2026-03-10}, {shop: s, kind: own, effective_from: 2026-03-10}]
      ranks: [{person: li, rank: senior}, {person: wu, rank: junior}]
      sales: [{sale: 1, on_day: 2026-03-09, shop: s, amount: 100}, {sale: 2, on_day: 2026-03-10, shop: s, amount: 100}]
    expect: {earned: [{person: li, is: 10}, {person: wu, is: 0}]}
"""  # noqa: E501


@pytest.mark.parametrize("rank", ["own_rank.rank", "right.own_rank.rank"])
def test_what_a_side_of_a_pair_has_found_is_read_on_the_pair(rank: str) -> None:
    (result,) = test_plan(PLAN.replace("RANK", rank))

    assert result.passed, (result.failures, result.problems)


RIVALS = """
plan: rivals
period: month
subjects: {person: people}
sources:
  results: {key: [id], date: on_day, columns: {id: code, on_day: {type: date, required: true}, person: {type: people, required: true}, round: text}}
  ranks: {key: [person], columns: {person: {type: people, required: true}, rank: {type: count, required: true}}}
relations:
  duels: {pair: [results, results], on: {round: round}, where: "person <> right.person"}
columns:
  own: {each: results, match: ranks, where: "person = this.person"}
  gap: {each: duels, is: "right.own.rank - own.rank"}
  beaten: {sum: gap, from: duels, link: {person: person}}
examples:
  - name: a rank of one against a rank of three
    period: 2026-03
    given:
      ranks: [{person: li, rank: 1}, {person: wu, rank: 3}]
      results: [{id: 1, on_day: 2026-03-09, person: li, round: a}, {id: 2, on_day: 2026-03-09, person: wu, round: a}]
    expect: {beaten: [{person: li, is: 2}, {person: wu, is: -2}]}
"""  # noqa: E501


def test_of_two_sides_of_one_source_each_has_its_own() -> None:
    (result,) = test_plan(RIVALS)

    assert result.passed, (result.failures, result.problems)


OF_BOTH = """
plan: of-both
period: month
subjects: {person: people}
sources:
  orders: {key: [order], date: on_day, columns: {order: orders, on_day: {type: date, required: true}, amount: {type: money, required: true}}}
  shares: {key: [order, person], columns: {order: {type: orders, required: true}, person: {type: people, required: true}, share: {type: ratio, required: true}}}
relations:
  held: {pair: [[person, month], orders], where: "right.on_day >= period_start and right.on_day < period_until"}
columns:
  due: {each: held, is: "right.amount * of_order"}
  of_order: {each: held, sum: share, from: shares, in: all, link: {person: person, LINK: order}}
  the_order: {each: held, is: right.order}
  earned: {sum: due, from: held, link: {person: person}}
examples:
  - name: two orders shared by two
    period: 2026-03
    given:
      people: [li, wu]
      orders: [{order: 1, on_day: 2026-03-09, amount: 100}, {order: 2, on_day: 2026-03-10, amount: 1000}]
      shares: [{order: 1, person: li, share: 40%}, {order: 1, person: wu, share: 60%}, {order: 2, person: wu, share: 100%}]
    expect: {earned: [{person: li, is: 40}, {person: wu, is: 1060}]}
"""  # noqa: E501


@pytest.mark.parametrize("link", ["right.order", "the_order"])
def test_what_is_gathered_is_linked_to_a_side_or_to_a_column_made_of_it(link: str) -> None:
    (result,) = test_plan(OF_BOTH.replace("LINK", link))

    assert result.passed, (result.failures, result.problems)


LEGS = """
plan: legs
period: month
subjects: {member: people}
sources:
  orders: {key: [id], date: day, columns: {id: code, day: date, member: people, amount: money}}
  places: {key: [member], columns: {member: people, side: {type: text, required: true}}}
paths: {legs: {over: binary}}
columns:
  own: {sum: amount, from: orders}
"""


def test_the_side_of_a_leg_is_found_by_the_column_that_the_remedy_writes() -> None:
    own = "sum: own, from: [member, month], through: legs"
    left = f"  left: {{{own}, where: \"%s.side = 'left'\"}}\n"

    with pytest.raises(AttainError) as raised:
        resolve(load_plan(LEGS + left % "leg"))

    remedy = raised.value.problems[0].values["remedy"]
    column = "own_row: {each: [legs, month], match: places, link: {member: leg}}"
    # `own` is taken
    assert column in str(remedy)
    assert resolve(load_plan(LEGS + f"  {column}\n" + left % "own_row"))
