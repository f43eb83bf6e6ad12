"""Records: what a department does, kept as its types declare it.

`models` and `services` keep them, `access` says who sees one, `selectors` answer questions,
`kinds` knows how each type is read at this moment.
"""

from __future__ import annotations
