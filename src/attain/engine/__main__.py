"""`python -m attain.engine`: the calculating process, as `attain.engine.run` starts it."""

from __future__ import annotations

from attain.core.starting import collect_rarely


def main() -> None:
    """Calculate the job that stands in the input."""
    collect_rarely()
    # Late, so that what is imported is not walked through while it comes in.
    from attain.engine.calculate import main as calculate

    calculate()


if __name__ == "__main__":
    main()
