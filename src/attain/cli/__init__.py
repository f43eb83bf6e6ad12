"""The command line: what plan administrators, scripts and colleagues without the pages use."""

from __future__ import annotations

import os
from typing import Final

from attain.core.starting import collect_rarely

NO_PLUGINS: Final = {"PYDANTIC_DISABLE_PLUGINS": "__all__"}
"""Looking through every installed package for plugins of pydantic costs each start 0.1 s."""


def main() -> None:
    """Run the program `attain`."""
    os.environ.update(NO_PLUGINS)
    collect_rarely()
    # Late, so that importing the package costs nothing.
    from attain.cli.app import app

    app(prog_name="attain")
