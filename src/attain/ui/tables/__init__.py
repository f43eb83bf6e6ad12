"""Lists: one description of columns serves the page, its filters, its sums and its export."""

from __future__ import annotations

from attain.ui.tables.columns import Column
from attain.ui.tables.query import Filter, Query, parse_query
from attain.ui.tables.response import table_page, table_response
from attain.ui.tables.sources import OrmTable, Page, RowsTable, Table

__all__ = [
    "Column",
    "Filter",
    "OrmTable",
    "Page",
    "Query",
    "RowsTable",
    "Table",
    "parse_query",
    "table_page",
    "table_response",
]
