"""Imported rows 取り込む行: a stored table of answers, read by its own headings and by where its columns go."""

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.core.files.storage import default_storage

from todoke.integrations.imports.column_mappings import release_of
from todoke.integrations.imports.column_targets import (
    NUMBER,
    RECEIVED_AT,
    ColumnTarget,
    answers_of,
    column_names,
    targets_of,
)
from todoke.integrations.models import AnswerImport, ColumnMapping
from todoke.integrations.sent_applications import Answers
from todoke.japanese.calendar import JAPAN
from todoke.japanese.days import parse_cell_moment
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.reader import Sheet, open_sheet

MOST_COLUMNS, SAMPLES = 300, 10
BEGINS = "レコードの開始行"
Record = tuple[int, dict[str, str], list[dict[str, str]]]


@dataclass(frozen=True)
class ImportedRow:
    """取り込む行: the typed answers of a row, its mark, and when it was received; what does not fit, by heading."""

    line: int
    key: str
    answers: Answers
    received_at: datetime | None
    number: str
    unfit: tuple[tuple[str, str], ...]


def rows_of(batch: AnswerImport) -> Iterator[ImportedRow]:
    """Yield the rows of a stored table by its mapping."""
    chosen = chosen_targets(batch.mapping)
    with open_table(batch.path) as sheet:
        headings = headings_of(sheet)
        for line, cells, more in records_of_table(headings, sheet.rows):
            yield row_of(line, cells, chosen, more)


def chosen_targets(mapping: ColumnMapping) -> dict[str, ColumnTarget]:
    """Return the target of each heading that is taken, in the form of the release in force."""
    targets = {target.name: target for target in targets_of(release_of(mapping.offer).form_version.parsed)}
    return {heading: targets[name] for heading, name in mapping.taken().items() if name in targets}


def records_of_table(headings: list[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Record]:
    """Yield the records of a table: line, cells by heading, and the rows below that belong to it.

    Where the table has a column レコードの開始行, a row without a mark there belongs to the record above.
    """
    record: Record | None = None
    for line, cells in rows:
        named = dict(zip(headings, cells, strict=False))
        if record is not None and BEGINS in named and not named[BEGINS].strip():
            record[2].append(named)
            continue
        if record is not None:
            yield record
        record = (line, named, [])
    if record is not None:
        yield record


def row_of(
    line: int, cells: Mapping[str, str], chosen: Mapping[str, ColumnTarget], more: Sequence[Mapping[str, str]] = ()
) -> ImportedRow:
    """Return a row by where its columns go; its mark is the number that it bears, or the hash of all it says.

    The rows of ``more`` are further rows of a repeated group.
    """
    answers, unfit = answers_of(cells, chosen)
    for row, further in enumerate(more, 2):
        found, wrong = answers_of(further, {head: each.in_row(row) for head, each in chosen.items() if each.row})
        answers |= found
        unfit += wrong
    named = {
        target.name: cells.get(heading, "").strip() for heading, target in chosen.items() if target.question is None
    }
    number, said = named.get(NUMBER, ""), named.get(RECEIVED_AT, "")
    received = parse_cell_moment(said) if said else None
    if said and received is None:
        heading = next(heading for heading, target in chosen.items() if target.name == RECEIVED_AT)
        unfit.append((heading, "日時として読めません。2026-04-01 09:00 のように書いてください。"))
    if received is not None and received.tzinfo is None:
        received = received.replace(tzinfo=JAPAN)
    whole = json.dumps([dict(each) for each in (cells, *more)], ensure_ascii=False, sort_keys=True)
    key = f"番号 {number[:80]}" if number else f"内容 {hashlib.sha256(whole.encode()).hexdigest()}"
    return ImportedRow(line, key, answers, received, number[:80], tuple(unfit))


@contextmanager
def open_table(path: str) -> Iterator[Sheet]:
    """Open a stored table by its own headings. Raises Unreadable."""
    with tempfile.NamedTemporaryFile(prefix="todoke-answers-") as file, default_storage.open(path) as stored:
        for block in stored.chunks():
            file.write(block)
        file.flush()
        yield open_sheet(Path(file.name), (Headings((), every_row=True),), guess=True)


def headings_of(sheet: Sheet) -> list[str]:
    """Return the headings, each once; a column without one is named by its place. Raises Unreadable for too many."""
    if len(sheet.headers) > MOST_COLUMNS:
        raise Unreadable(f"列が多すぎます({len(sheet.headers):,}列)。{MOST_COLUMNS}列までにしてください。")
    return column_names(sheet.headers)


def digest_of_headings(headings: list[str]) -> str:
    return hashlib.sha256(json.dumps(headings, ensure_ascii=False).encode()).hexdigest()


def samples_of(batch: AnswerImport) -> dict[str, str]:
    """Return the first cell of each column that says something, of the first rows of a stored table."""
    found = dict[str, str]()
    if batch.path:
        with open_table(batch.path) as sheet:
            headings = headings_of(sheet)
            for _, cells in islice(sheet.rows, SAMPLES):
                for heading, cell in zip(headings, cells, strict=False):
                    if cell.strip():
                        found.setdefault(heading, cell.strip()[:40])
    return found
