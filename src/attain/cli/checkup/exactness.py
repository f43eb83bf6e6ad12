"""Whether both engines of this machine calculate exactly: the proof is in the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from attain.cli.checkup.findings import Finding, Health, found
from attain.cli.engines import ALWAYS_HERE, runner
from attain.cli.language import say
from attain.engine.examples import run_examples
from attain.engine.plans.api import load_plan, resolve


def exactness() -> Iterator[Finding]:
    """A plan with numbers worked out by hand, calculated by each engine.

    :raises AttainError: what an engine could not do.
    """
    text = files(__package__).joinpath("exactness.yaml").read_text(encoding="utf-8")
    model = load_plan(text, "exactness.yaml")
    plan = resolve(model)
    for engine in ALWAYS_HERE:
        results = run_examples(model, plan, runner=runner(engine))
        failures = [failure for result in results for failure in result.failures]
        problems = tuple(one for result in results for one in result.problems)
        name = engine.value
        if problems:
            yield Finding(name, problems[0].code, Health.broken, problems)
        elif failures:
            yield found(name, failures[0], Health.broken)
        else:
            yield found(name, say("算得一分不差", "calculates to the last digit"))
