"""From a plan's models to the relations and columns the engine computes.

`resolving` is the way in. Each other module answers one question: what rows a relation has
(`sources`, `members`, `made`), what a name means on them (`scope`, `reaching`), how a column
is made (`formulas`, `gathers`, `matches`, `order_columns`, `groups`, `shares`), what a table
gives (`tables`), and what is shown in the end (`outcomes`).
"""
