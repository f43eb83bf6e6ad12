"""Who may open which address of data."""

from __future__ import annotations

from attain.apps.accounts.permissions import ALL, Allow, Row, whole
from attain.apps.data.selectors import READERS, WORKERS

_READ: Allow = dict.fromkeys(READERS, ALL)
_WORK: Allow = dict.fromkeys(WORKERS, ALL)

ROWS = whole(
    Row("data:home", "GET", _READ),
    Row("data:import", "GET", _WORK),
    Row("data:import", "POST", _WORK, writes=True),
    Row("data:batches", "GET", _READ),
    Row("data:batch", "GET", _READ, subject="pk"),
    Row("data:batch-progress", "GET", _READ, subject="pk"),
    Row("data:batch-columns", "GET", _WORK, subject="pk"),
    Row("data:batch-columns", "POST", _WORK, writes=True, subject="pk"),
    Row("data:batch-new", "GET", _WORK, subject="pk"),
    Row("data:batch-new", "POST", _WORK, writes=True, subject="pk"),
    Row("data:batch-correct", "POST", _WORK, writes=True, subject="pk"),
    Row("data:batch-cover", "POST", _WORK, writes=True, subject="pk"),
    Row("data:batch-again", "POST", _WORK, writes=True, subject="pk"),
    Row("data:batch-rejected", "GET", _READ, subject="pk"),
    Row("data:batch-load", "POST", _WORK, writes=True, subject="pk"),
    Row("data:batch-approve", "POST", _WORK, writes=True, subject="pk"),
    Row("data:batch-return", "POST", _WORK, writes=True, subject="pk"),
    Row("data:batch-undo", "GET", _WORK, subject="pk"),
    Row("data:batch-undo", "POST", _WORK, writes=True, subject="pk"),
    Row("data:batch-abandon", "POST", _WORK, writes=True, subject="pk"),
    Row("data:quality", "GET", _READ),
    Row("data:dataset", "GET", _READ, subject="name"),
    Row("data:rows", "GET", _READ, subject="name"),
    Row("data:template", "GET", _READ, subject="name"),
    Row("data:compare", "GET", _READ, subject="name"),
    Row("data:version", "GET", _READ, subject="name"),
    Row("api-1:data-datasets", "GET", _READ),
    Row("api-1:data-dataset", "GET", _READ, subject="name"),
    Row("api-1:data-versions", "GET", _READ, subject="name"),
    Row("api-1:data-rows", "GET", _READ, subject="name"),
    Row("api-1:data-imports", "POST", _WORK, writes=True),
    Row("api-1:data-import", "GET", _READ, subject="pk"),
    Row("api-1:data-import-check", "POST", _WORK, writes=True, subject="pk"),
    Row("api-1:data-import-load", "POST", _WORK, writes=True, subject="pk"),
    Row("api-1:data-import-undo", "POST", _WORK, writes=True, subject="pk"),
)
