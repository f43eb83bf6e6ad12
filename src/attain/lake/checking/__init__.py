"""The third step of an import: every row judged, every error told at once.

Staged text is loaded into a DuckDB of its own. Plain cells are taken by SQL, the others one
distinct text at a time by `lake.values`. Each check adds what it found to one table, by line
and column; a row with an error is rejected, and rows in = accepted + rejected + skipped.
"""
