"""Record types: what a department keeps, declared in YAML and made ready for work. Pure.

- `load_record_type(text, file)` reads one declaration, `dump_record_type` writes it
- `assemble(types) -> Book`: every type as a `Kind` with its life cycle, formulas and rules;
  `examine(types)` gives the sound ones and all problems instead of raising
- `Kind.scope(values, frame)`: everything expressions, gates and deadlines speak of
- `lint(book)`: what is allowed but unwise; `examples.run(kind, example)`; `changes.compare`
- `values`: one value from text, to JSON and back
- `facts.schemas(book)`: the datasets that plans read
- `frames.Frame`, `frames.Balance`: what a record is besides its fields
"""

from __future__ import annotations

from attain.kinds.records.book import Book, assemble, examine
from attain.kinds.records.fields import FieldSpec, FieldType
from attain.kinds.records.frames import Balance, Frame
from attain.kinds.records.kind import Kind
from attain.kinds.records.lints import lint
from attain.kinds.records.loading import dump_record_type, load_record_type
from attain.kinds.records.models import RecordType

__all__ = [
    "Balance",
    "Book",
    "FieldSpec",
    "FieldType",
    "Frame",
    "Kind",
    "RecordType",
    "assemble",
    "dump_record_type",
    "examine",
    "lint",
    "load_record_type",
]
