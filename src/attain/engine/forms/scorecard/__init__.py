"""Scorecards: weighted rows on one or two levels that add up to a score of 0 to 100."""

from __future__ import annotations

from attain.engine.forms.scorecard.expanding import expand_scorecard
from attain.engine.forms.scorecard.models import Row, Scorecard

__all__ = ["Row", "Scorecard", "expand_scorecard"]
