"""A plan in words: what readers get instead of its text."""

from __future__ import annotations

from attain.apps.plans.booklet.model import Booklet, Entry, Section, Sheet
from attain.apps.plans.booklet.writing import write_booklet

__all__ = ["Booklet", "Entry", "Section", "Sheet", "write_booklet"]
