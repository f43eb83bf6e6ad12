"""The command line: what plan administrators, scripts and colleagues without the pages use."""

from __future__ import annotations


def main() -> None:
    """Run the program `attain`."""
    # Late, so that importing the package costs nothing.
    from attain.cli.app import app

    app(prog_name="attain")
