"""What pages show, worked out from selectors: templates receive values and never query."""

from __future__ import annotations
