"""The codes of the lake: what can be wrong with a file, its rows, or an import as a whole.

Numbers, dates, currencies and intervals have their codes in core. The letters B… are the
rows of the bad-input catalogue that a code answers.
"""

from __future__ import annotations

from attain.lake.errors import cells as cells
from attain.lake.errors import choosing as choosing
from attain.lake.errors import files as files
from attain.lake.errors import flow as flow
from attain.lake.errors import rows as rows
from attain.lake.errors import tables as tables
