"""A small lake to import into, and a maker of workbooks as no spreadsheet program would write."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import duckdb
import pytest

from attain import lake
from attain.core.errors import AttainError
from attain.core.schemas import DatasetSchema, load_dataset_schema
from attain.core.systems import SYSTEM_DATASETS
from attain.lake import detecting
from attain.lake.headers import column_letters
from attain.lake.reading import child, reader
from attain.lake.reading.limits import Limits

ORDERS = """
dataset: orders
label: {zh-Hans: 订单, en: Orders}
key: [order_id]
date: signed_on
columns:
  order_id: {type: code, label: {zh-Hans: 订单号, en: Order no.}}
  signed_on: {type: date, label: {zh-Hans: 签单日期, en: Signed on}}
  seller: {type: key, of: people, label: {zh-Hans: 业务员, en: Seller}}
  amount: {type: money, currency: CNY, label: {zh-Hans: 金额, en: Amount}}
  quantity: {type: count, label: {zh-Hans: 数量, en: Quantity}}
  discount: {type: ratio, label: {zh-Hans: 折扣, en: Discount}}
  note: {type: text, label: {zh-Hans: 备注, en: Note}}
"""


class Desk:
    """Somebody's desk: a folder for files, a lake, and the declared datasets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalog = lake.FileCatalog(folder / "lake")
        self.schemas: dict[str, DatasetSchema] = dict(SYSTEM_DATASETS)
        self._stagings = 0
        self.declare(ORDERS)

    def declare(self, text: str) -> DatasetSchema:
        schema = load_dataset_schema(text)
        self.schemas[schema.dataset] = schema
        return schema

    def text(self, content: str, name: str = "orders.csv", encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(content.encode(encoding))
        return path

    def detect(self, path: Path, **options: Any) -> lake.Detected:
        self._stagings += 1
        staging = self.folder / f"staging-{self._stagings}"
        staging.mkdir()
        return lake.detect(path, staging, **options)

    def check(
        self,
        path: Path | str,
        dataset: str = "orders",
        *,
        mapping: dict[str, Any] | None = None,
        **conditions: Any,
    ) -> lake.Checked:
        """Detect, map and check; a text is the content of a csv file."""
        file = self.text(path) if isinstance(path, str) else path
        schema = self.schemas[dataset]
        detected = self.detect(file)
        mapped = lake.propose_mapping(detected, schema, **(mapping or {}))
        given = lake.Conditions(schemas=self.schemas, **conditions)
        return lake.check(detected, mapped, schema, self.catalog, given)

    def load(
        self,
        path: Path | str,
        dataset: str = "orders",
        *,
        good_rows: bool = False,
        **conditions: Any,
    ) -> lake.Receipt:
        """Check and commit."""
        checked = self.check(path, dataset, **conditions)
        return lake.commit(checked, self.catalog, accept_good_rows=good_rows, by="wang")

    def rows(self, dataset: str, columns: str, order: str = "ALL") -> list[tuple[Any, ...]]:
        """Stored rows of the current version."""
        head = self.catalog.head(dataset)
        paths = [str(path) for path in self.catalog.part_paths(head)] if head else []
        if not paths:
            return []
        query = f"SELECT {columns} FROM read_parquet({paths}) ORDER BY {order}"
        return duckdb.sql(query).fetchall()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose files are read in this process, which is faster than a child each."""

    def read_here(path: Path, folder: Path, **given: Any) -> Any:
        name, limits = given.get("name") or path.name, given.get("limits") or Limits()
        request = {
            "path": str(path),
            "folder": str(folder),
            "options": dict(given.get("options") or {}),
            "limits": limits.as_data(),
        }
        return reader.accepted(child.answer(request), name)

    monkeypatch.setattr(detecting, "read", read_here)
    return Desk(tmp_path)


@pytest.fixture
def desk_with_child(tmp_path: Path) -> Desk:
    """A desk whose files are read as in earnest, each in a process of its own."""
    return Desk(tmp_path)


@pytest.fixture
def refusal() -> Callable[[Callable[[], object]], AttainError]:
    """What is raised by something that has to be refused."""

    def caught(action: Callable[[], object]) -> AttainError:
        with pytest.raises(AttainError) as raised:
            action()
        return raised.value

    return caught


# --- workbooks from their XML ---


@dataclass(frozen=True)
class Cell:
    """A cell as the XML has it: type, value, style (1 date, 2 struck out), formula."""

    value: str | None
    type: str = "n"
    style: int = 0
    formula: str | None = None

    def xml(self, reference: str) -> str:
        formula = f"<f>{escape(self.formula)}</f>" if self.formula is not None else ""
        if self.type == "inlineStr":
            body = f"<is><t>{escape(self.value or '')}</t></is>"
        else:
            body = "" if self.value is None else f"<v>{escape(self.value)}</v>"
        return f'<c r="{reference}" t="{self.type}" s="{self.style}">{formula}{body}</c>'


@dataclass
class Book:
    """A workbook to be written part by part; any part can be replaced or added."""

    path: Path
    sheets: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, XML, state."""
    date1904: bool = False
    texts: str = ""
    """The items of the shared texts."""
    parts: dict[str, str | bytes] = field(default_factory=dict)

    @staticmethod
    def number(text: str) -> Cell:
        return Cell(text)

    @staticmethod
    def shared(index: int) -> Cell:
        return Cell(str(index), "s")

    @staticmethod
    def date(serial: str) -> Cell:
        return Cell(serial, style=1)

    @staticmethod
    def struck(text: str) -> Cell:
        return Cell(text, "inlineStr", style=2)

    @staticmethod
    def formula(text: str, value: str | None = None, type: str = "n") -> Cell:
        return Cell(value, type, formula=text)

    @staticmethod
    def error(symbol: str) -> Cell:
        return Cell(symbol, "e")

    @staticmethod
    def boolean(value: bool) -> Cell:
        return Cell(str(int(value)), "b")

    def sheet(
        self,
        rows: Sequence[Sequence[Cell | str | None]],
        name: str = "Sheet1",
        *,
        state: str = "visible",
        before: str = "",
        after: str = "",
        hidden: Sequence[int] = (),
        first: int = 1,
    ) -> Book:
        """Add a sheet; a text becomes an inline string, None no cell at all."""
        body = "".join(
            self._row(number, row, number in hidden) for number, row in enumerate(rows, start=first)
        )
        return self.raw(f"{before}<sheetData>{body}</sheetData>{after}", name, state=state)

    def raw(self, inner: str, name: str = "Sheet1", *, state: str = "visible") -> Book:
        """Add a sheet by the XML inside its root element."""
        self.sheets.append((name, f'<worksheet xmlns="{_MAIN}">{inner}</worksheet>', state))
        return self

    @staticmethod
    def _row(number: int, cells: Sequence[Cell | str | None], is_hidden: bool) -> str:
        written = ""
        for at, cell in enumerate(cells):
            made = Cell(cell, "inlineStr") if isinstance(cell, str) else cell
            written += made.xml(f"{column_letters(at)}{number}") if made else ""
        hidden = ' hidden="1"' if is_hidden else ""
        return f'<row r="{number}"{hidden}>{written}</row>'

    def write(self) -> Path:
        parts = {**self.standard_parts(), **self.parts}
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return self.path

    def standard_parts(self) -> dict[str, Any]:
        listed = "".join(
            f'<sheet name="{escape(name)}" sheetId="{at}" state="{state}" r:id="rId{at}"/>'
            for at, (name, _, state) in enumerate(self.sheets, start=1)
        )
        links = "".join(
            f'<Relationship Id="rId{at}" Type="{_LINK}/worksheet" Target="worksheets/s{at}.xml"/>'
            for at in range(1, len(self.sheets) + 1)
        )
        styles = f'<Relationship Id="rId99" Type="{_LINK}/styles" Target="styles.xml"/>'
        flag = '<workbookPr date1904="1"/>' if self.date1904 else ""
        if self.texts:
            links += f'<Relationship Id="rId98" Type="{_LINK}/sharedStrings" Target="texts.xml"/>'
        return {
            "[Content_Types].xml": _TYPES,
            "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}">{flag}'
            f"<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELS}">{links}{styles}'
            "</Relationships>",
            "xl/styles.xml": _STYLES,
            "xl/texts.xml": f'<sst xmlns="{_MAIN}">{self.texts}</sst>',
            **{f"xl/worksheets/s{at}.xml": xml for at, (_, xml, _) in enumerate(self.sheets, 1)},
        }


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "book.xlsx")


_OFFICE = "http://schemas.openxmlformats.org"
_MAIN = f"{_OFFICE}/spreadsheetml/2006/main"
_LINK = f"{_OFFICE}/officeDocument/2006/relationships"
_RELS = f"{_OFFICE}/package/2006/relationships"
_TYPES = (
    f'<Types xmlns="{_OFFICE}/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>"
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts><font/><font><strike/></font></fonts>'
    '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="0"/>'
    '<xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>'
)
