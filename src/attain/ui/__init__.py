"""What pages are made of: components, tables, formats, styles.

It receives values and never queries.
"""

from __future__ import annotations
