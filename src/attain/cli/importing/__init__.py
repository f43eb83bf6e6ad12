"""Imports at the command line: which table is which dataset, and what is shown before storing.

The flow itself (detect, map, check, reconcile, commit) is the lake's; here it is asked for,
shown and answered.
"""

from __future__ import annotations
