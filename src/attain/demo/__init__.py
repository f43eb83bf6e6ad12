"""The sample company 禾澜商贸 Helan Trading: what docs, demo and tests stand on.

A consumer-goods distributor, made by a program so that it is the same everywhere and can be
grown to any size. What matters is told in `story/`: the people, the figures that pictures and
worked examples show, the cases at the very edge of a rule. The rest is drawn by lot from a
seed. Amounts are whole fen throughout; nothing here is real.

Read in this order: `story` (what is told), `months`, `money` and `dice` (the tools), `rows`
(what a row of each dataset holds), `scripts` (what each seller is to sell and collect),
`company` (the story's company) and `branches` (what a factor adds), `workspace` (the files).
"""

from __future__ import annotations
