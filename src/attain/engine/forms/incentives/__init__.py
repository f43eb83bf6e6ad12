"""Incentives: money lines made of steps in written order, and when they are paid."""

from __future__ import annotations

from attain.engine.forms.incentives.expanding import expand_incentive
from attain.engine.forms.incentives.models import Incentive

__all__ = ["Incentive", "expand_incentive"]
