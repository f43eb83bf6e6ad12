"""The sample company in the product: accounts, data, plans, results, one login for every role."""

from __future__ import annotations
