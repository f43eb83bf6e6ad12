"""`python -m attain.cli`: the program `attain`, where its script is not on the path."""

from __future__ import annotations

from attain.cli import main

main()
