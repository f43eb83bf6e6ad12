"""The datasets of the workspace in which random plans are written."""

from __future__ import annotations

from typing import Final

from attain.core.schemas import DatasetSchema
from attain.core.systems import SYSTEM_DATASETS, load_dataset

_DECLARED: Final = (
    """
dataset: orders
key: [order_id]
date: signed_on
columns:
  order_id: {type: key, of: orders}
  signed_on: {type: date}
  seller: {type: key, of: people}
  customer: {type: key, of: customers}
  original: {type: key, of: orders}
  amount: {type: money, currency: CNY, scale: 2}
  cost: {type: money, currency: CNY, scale: 2, required: true}
  quantity: {type: count, required: true}
  weight: {type: count, scale: 3}
  discount: {type: ratio}
  paid_on: {type: date}
  status: {type: text, required: true}
  line: {type: text}
  is_gift: {type: boolean}
  area: {type: key, of: units}
  category: {type: key, of: categories}
""",
    """
dataset: visits
key: [visit_id]
date: made_on
columns:
  visit_id: {type: key, of: visits}
  made_on: {type: date}
  visitor: {type: key, of: people, required: true}
  score: {type: points}
  shops: {type: count, required: true}
  confirmed: {type: boolean}
""",
    """
dataset: customers
key: [customer, effective_from]
dated: true
columns:
  customer: {type: key, of: customers}
  region: {type: text}
  factor: {type: ratio, required: true}
  owner: {type: key, of: people}
""",
    """
dataset: seats
key: [person, effective_from]
dated: true
columns:
  person: {type: key, of: people}
  title: {type: text, required: true}
  base: {type: money, currency: CNY, scale: 2, required: true}
""",
    """
dataset: people
columns:
  department: {type: text}
  is_head: {type: boolean}
  on_leave: {type: boolean, required: true}
  grade: {type: points}
  joined_on: {type: date}
""",
    """
dataset: categories
key: [category, effective_from]
dated: true
columns:
  category: {type: key, of: categories}
  parent: {type: key, of: categories}
""",
    """
dataset: splits
key: [order, person]
columns:
  order: {type: key, of: orders}
  person: {type: key, of: people}
  share: {type: ratio, required: true}
""",
    """
dataset: line_owners
key: [line, person, effective_from]
dated: true
columns:
  line: {type: text}
  person: {type: key, of: people}
  share: {type: ratio, required: true}
""",
    """
dataset: receipts
key: [receipt_id]
date: received_on
columns:
  receipt_id: {type: key, of: receipts}
  received_on: {type: date, required: true}
  order: {type: key, of: orders, required: true}
  received: {type: money, currency: CNY, scale: 2, required: true}
""",
)


def schemas() -> dict[str, DatasetSchema]:
    """The workspace's datasets, people with columns of their own among them."""
    declared = {one.dataset: one for one in map(load_dataset, _DECLARED)}
    return {**SYSTEM_DATASETS, **declared}
