"""The expression language of plans, record gates and boards: small, total, typed with units.

An expression reads like a spreadsheet formula. Its text becomes a tree (`parse`), the tree
a typed node (`check`), the node a value (`evaluate`) or SQL (`attain.expressions.sql`).

Public names:

- `parse.parse(text) -> Parsed(tree, notes)`; raises `AttainError` with line and position
- `check.check(text or tree, scope, expected) -> Checked(node, problems)`; `check.Scope` says
  what names and special calls mean, `compose.Composer` makes nodes by the rules
- `evaluate.evaluate(node, read, record=None) -> Result`: fraction, text, date, boolean or
  `results.Absent(reason)`
- `columns.as_column(node, ...)`: the node narrowed or rounded as a named column keeps it
- `sql.print_node(node, read, dialect) -> Printed(value, why)` and `sql.macros(dialect)`
- `functions.registry.documented()`: every function with labels and examples
- `typed`: the nodes; `tree`: the parsed form; `units`: how units combine
"""

from __future__ import annotations
