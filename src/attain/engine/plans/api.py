"""What other parts of the engine use of plans: reading, examining and resolving them."""

from __future__ import annotations

from attain.engine.plans.loading import load_plan
from attain.engine.plans.resolve.resolving import Examined, examine, resolve

__all__ = ["Examined", "examine", "load_plan", "resolve"]
