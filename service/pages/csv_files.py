"""Tables for Excel and WPS: UTF-8 with its mark, lines end as they want, and no cell is a formula.

A cell that begins like a formula gets an apostrophe before it (CWE-1236); programs that read Chinese take the wide signs too.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from starlette.responses import Response, StreamingResponse

MARK = "\ufeff"
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(name: str, rows: Iterable[Sequence[str]]) -> Response:
    """``name``: the Chinese name people save it under."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return StreamingResponse(_lines(rows), media_type="text/csv; charset=utf-8", headers=headers)


def harmless(cell: str) -> str:
    """``cell`` so that no spreadsheet computes it; blanks before the sign do not hide it."""
    return f"'{cell}" if cell.startswith(FORMULA) or cell.lstrip().startswith(FORMULA) else cell


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield MARK
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow([harmless(cell) for cell in row])
        yield line.getvalue()
