"""What every test shares: how hypothesis searches, and the one session of Spark."""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import Any

import pytest
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


@pytest.fixture(scope="session")
def spark() -> Any:
    """A session of Spark in this process, which every test of Spark shares.

    Spark needs Java, which pip cannot install: without it these tests are skipped on a
    developer's machine, and said to be. The build machine has it.
    """
    lacking = [
        name
        for name, there in (
            ("Java 17", shutil.which("java") or os.environ.get("JAVA_HOME")),
            ("pyspark (tools/setup.sh spark)", find_spec("pyspark")),
        )
        if not there
    ]
    if lacking and not os.environ.get("CI"):
        pytest.skip(f"nothing is tried on Spark, because there is no {' and no '.join(lacking)}")
    from attain.engine.backends.spark import small_spark

    return small_spark()
