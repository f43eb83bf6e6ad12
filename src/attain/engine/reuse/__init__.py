"""What was calculated before is found by the hash of what it was made from, and taken.

`shelf` keeps files, `addresses` says what a result is made of, `cutting` proves that a pass may
be made part by part, `work` puts the three together for one run.
"""

from __future__ import annotations
