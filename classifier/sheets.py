"""Tables that spreadsheets open: a row a quotation; and a sheet of quotations, answered in place."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Final, TextIO

from classifier.commands import safe
from classifier.documents import decode
from classifier.errors import DocumentError, InputError
from classifier.limits import MAX_BYTES
from classifier.progress import Progress
from classifier.schema import Article, Prediction

if TYPE_CHECKING:
    from _csv import Writer

    from classifier.stance.model import StanceModel

#: Rows of a sheet judged at once.
BATCH: Final = 64
NAME: Final = "the sheet"
#: What makes a spreadsheet take a cell for a formula; East Asian ones read the wide signs so, too.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
#: A number stays one, also below zero.
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*%?")


def plain_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula, and that a terminal only shows."""
    text = safe(str(value)) if sys.stdout.isatty() else str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def _copied(cell: str) -> str:
    return cell if _NUMBER.fullmatch(cell) else plain_cell(cell)


def sheet_writer(out: TextIO, delimiter: str = ",") -> Writer:
    """Return a writer whose lines end as the system's do: with csv's own Windows would show empty rows."""
    return csv.writer(out, delimiter=delimiter, lineterminator="\n")


def article_rows(articles: Iterable[Article]) -> Iterator[list[Any]]:
    """Yield the names of the columns, then a row a quotation."""
    yield ["article", "speaker", "kind", "stance", "probability", "abstained", "text", "start", "end"]
    for article in articles:
        for q, p in zip(article.quotations, article.predictions or (), strict=True):
            name = q.speaker.name if q.speaker else ""
            share = round(p.probabilities[p.stance], 4)
            cells = [plain_cell(article.id), plain_cell(name), q.kind, plain_cell(p.stance), share, p.abstained]
            yield [*cells, plain_cell(q.text), q.parts[0].start, q.parts[-1].end]


def prediction_rows(prediction: Prediction) -> Iterator[list[Any]]:
    """Yield the names of the columns, then the row of one quotation."""
    yield ["text", "stance", "probability", "abstained"]
    share = round(prediction.probabilities[prediction.stance], 4)
    yield [plain_cell(prediction.text), plain_cell(prediction.stance), share, prediction.abstained]


def answer_sheet(
    source: BinaryIO, out: TextIO, *, model: StanceModel, encoding: str = "utf-8", max_bytes: int = MAX_BYTES
) -> bool:
    """Write the sheet that ``source`` holds to ``out``, with its answers as further columns.

    A sheet has the names of its columns in the first row, ``text`` among them and perhaps ``context``; cells are
    parted by commas, semicolons or tabs. A row without text gets an ``error`` in its place; a new column whose
    name is taken is called ``model_…``. A byte order mark, by which Excel knows UTF-8, comes back.

    Returns:
        Whether some rows are errors.

    Raises:
        InputError: no such sheet: no column ``text``, badly encoded, larger than ``max_bytes``, or not CSV.
    """
    data = source.read(max_bytes + 1)
    text = _decoded(data, encoding, max_bytes)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = _rows(text, delimiter)
    names = next(rows, [])
    place = {name.strip().lower(): number for number, name in reversed(list(enumerate(names)))}
    if "text" not in place:
        found = ", ".join(map(repr, names)) or "nothing"
        raise InputError(f"{NAME}: found the columns {found}; name the one that holds the quotations 'text'")
    if data.startswith(codecs.BOM_UTF8) and (out.encoding or "").lower().startswith("utf"):
        out.write("\ufeff")
    new = ["stance", "probability", "abstained", "reason", *(f"p_{stance}" for stance in model.stances), "error"]
    write = sheet_writer(out, delimiter).writerow
    write([*map(_copied, names), *(plain_cell(f"model_{name}" if name in place else name) for name in new)])
    failed = False
    with Progress("quotations") as progress:
        for batch in iter(lambda: list(itertools.islice(rows, BATCH)), []):
            for row, answer in zip(batch, _answers(batch, place, len(names), model), strict=True):
                failed |= bool(answer[-1])
                write([*map(_copied, row[: len(names)]), *[""] * (len(names) - len(row)), *answer])
            progress.add(len(batch))
    return failed


def _decoded(data: bytes, encoding: str, max_bytes: int) -> str:
    if len(data) > max_bytes:
        raise InputError(f"{NAME}: larger than {max_bytes:,} bytes; raise --max-bytes, or give it in parts")
    try:
        return decode(data, name=NAME, encoding=encoding)
    except DocumentError as error:
        raise InputError(str(error)) from None


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from (row for row in reader if row)
    except csv.Error as error:
        raise InputError(f"{NAME}, line {reader.line_num}: is no CSV: {error}") from None


def _answers(
    rows: Sequence[list[str]], place: dict[str, int], width: int, model: StanceModel
) -> Iterator[list[Any]]:
    """Yield the new cells of each row; those of a bad one are empty but for the last, which says what is wrong."""

    def cell(row: list[str], name: str) -> str:
        number = place.get(name, len(row))
        return row[number] if number < len(row) else ""

    wrong = [_wrong(row, cell(row, "text"), width) for row in rows]
    good = [row for row, problem in zip(rows, wrong, strict=True) if not problem]
    found = iter(
        model.predict([cell(row, "text") for row in good], [cell(row, "context") or None for row in good])
    )
    for problem in wrong:
        if problem:
            yield [*[""] * (4 + len(model.stances)), problem]
            continue
        p = next(found)
        shares = [round(p.probabilities[stance], 4) for stance in model.stances]
        yield [plain_cell(p.stance), round(p.probabilities[p.stance], 4), p.abstained, p.reason or "", *shares, ""]


def _wrong(row: list[str], text: str, width: int) -> str:
    if len(row) > width:
        return f"found {len(row)} cells, expected {width}; put a cell that holds a comma in quotation marks"
    return "" if text.strip() else "no text, expected the words of a quotation"
