"""The product in the browser: one Django app per noun of the business."""

from __future__ import annotations
