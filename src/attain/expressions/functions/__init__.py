"""The functions of the language, each declared once.

A declaration has names, typing and missing rule, description, examples with their results,
the exact value in Python, and how it is printed as SQL. The reference page, the editor help
and the tests read the same declarations.
"""

from __future__ import annotations
