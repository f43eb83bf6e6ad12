"""The process that reads one file and may die of it.

It gets a request on its standard input, lowers its own limits, stages what it can, and leaves
`reading.json` behind as the last thing. Whatever happens to it, the parent only sees files.
"""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

from attain.lake.reading.archive import check_archive
from attain.lake.reading.delimited import find_delimiter, read_delimited
from attain.lake.reading.encoding import find_encoding
from attain.lake.reading.filetype import FileType, file_type
from attain.lake.reading.limits import Limits
from attain.lake.reading.refusal import Refused
from attain.lake.reading.sheet import read_sheet
from attain.lake.reading.staging import Staged
from attain.lake.reading.workbook import read_workbook

ANSWER: Final = "reading.json"


def lower_limits(limits: Limits) -> None:
    """Bound memory and processor time; where the system cannot, the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_seconds, limits.cpu_seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def stage_file(path: Path, folder: Path, options: dict[str, str], limits: Limits) -> Staged:
    """Read a file of any supported type into staged tables.

    :raises Refused: the file as a whole cannot be read.
    """
    kind = file_type(path)
    staged = Staged(kind=kind.value)
    if kind is FileType.workbook:
        _stage_workbook(path, folder, staged, limits)
    elif kind is FileType.parquet:
        from attain.lake.reading.columnar import read_parquet

        _check_size(path, limits)
        staged.tables.append(read_parquet(path, folder / "table-0.parquet", limits))
    else:
        _check_size(path, limits)
        encoding = find_encoding(path, options.get("encoding"))
        delimiter = options.get("delimiter") or find_delimiter(path, encoding)
        table = read_delimited(path, encoding, delimiter, folder / "table-0.rows", limits)
        staged.tables.append(table)
    return staged


def _check_size(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size > limits.text_bytes:
        raise Refused("FILE_TOO_LARGE", size=size, limit=limits.text_bytes)


def _stage_workbook(path: Path, folder: Path, staged: Staged, limits: Limits) -> None:
    check_archive(path, limits)
    with zipfile.ZipFile(path) as archive:
        book = read_workbook(archive, limits)
        for number, sheet in enumerate(book.sheets):
            if sheet.is_hidden:
                staged.hidden_sheets.append(sheet.name)
            elif sheet.is_grid:
                target = folder / f"table-{number}.rows"
                try:
                    with archive.open(sheet.part) as stream:
                        table = read_sheet(
                            stream,  # type: ignore[arg-type]
                            sheet.part,
                            book,
                            target,
                            sheet.name,
                            limits,
                        )
                except (KeyError, zipfile.BadZipFile) as error:
                    raise Refused("FILE_DAMAGED", reason="part", part=sheet.part) from error
                staged.tables.append(table)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Stage the requested file; a refusal is an answer too."""
    limits = Limits.from_data(request["limits"])
    folder = Path(request["folder"])
    try:
        staged = stage_file(Path(request["path"]), folder, request["options"], limits)
    except Refused as refused:
        staged = Staged(kind="", refused=refused.remark.as_data())
    except MemoryError:
        size = limits.memory_bytes
        late = Refused("FILE_TOO_LARGE_UNPACKED", size=size, limit=size)
        staged = Staged(kind="", refused=late.remark.as_data())
    return staged.as_data()


def main() -> None:
    request = json.load(sys.stdin)
    lower_limits(Limits.from_data(request["limits"]))
    said = json.dumps(answer(request), ensure_ascii=False)
    target = Path(request["folder"]) / ANSWER
    target.with_suffix(".part").write_text(said, encoding="utf-8")
    target.with_suffix(".part").rename(target)


if __name__ == "__main__":
    main()
