"""What was calculated before is found by the hash of what it was made from, and taken.

`shelf` keeps files, `addresses` says what a result is made of, `cutting` proves that a pass may
be made part by part, `slicing` which months of what is read decide a month of a step; `deciding`
says what is to be made of all this, and `work` makes it for one run.
"""

from __future__ import annotations
