"""Every table that the database keeps as it was written, over all apps."""

from __future__ import annotations

from typing import Final

from attain.apps.audit import triggers as audit
from attain.apps.audit.append_only import AppendOnly
from attain.apps.flow import triggers as flow
from attain.apps.records import triggers as records
from attain.apps.runs import triggers as runs
from attain.apps.statements import triggers as statements

GUARDS: Final[tuple[AppendOnly, ...]] = (
    audit.GUARD, flow.GUARD, records.GUARD, runs.GUARD, statements.GUARD,
)  # fmt: skip
