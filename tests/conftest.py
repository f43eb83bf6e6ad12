"""What every test shares: how hypothesis searches."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# Derandomized: a red build is red for whoever looks at it. Speed is not a property of the code
# under test while other work shares the machine, so there is no deadline.
settings.register_profile(
    "default",
    derandomize=True,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# A wide, random search, by hand or over night.
settings.register_profile(
    "campaign", parent=settings.get_profile("default"), derandomize=False, max_examples=10_000
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
