"""Who may read the audit trail: its rows stand in `attain.config.permissions`.

Roles are known one floor up, in accounts; the trail lies below everything that writes to it.
"""

from __future__ import annotations

ROWS: tuple[()] = ()
