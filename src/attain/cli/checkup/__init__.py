"""The checkup of `attain doctor`: the machine, the program's exactness, and the workspace."""

from __future__ import annotations
