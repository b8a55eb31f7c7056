"""Export 書き出し: a table or a list as CSV (streamed) or XLSX; taking a list away leaves one audit entry."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import QueryDict, StreamingHttpResponse
from django.utils.http import content_disposition_header

from todoke.audit.data_exports import record_export
from todoke.japanese.calendar import today
from todoke.lists.query import ListQuery, wanted_format
from todoke.lists.row_list import RowList
from todoke.runtime.refusals import NotAllowed
from todoke.spreadsheets.writer import CSV, XLSX, csv_lines, xlsx_file

MOST = 100_000
"""Rows of one export; the name of a file that was cut says so."""


def table_response(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[object]], file_format: str
) -> StreamingHttpResponse:
    """Return a table as an attachment under a name with today's date; ``file_format`` is csv or xlsx."""
    is_xlsx = file_format == "xlsx"
    content = _workbook(heads, rows) if is_xlsx else csv_lines(heads, rows)
    header = content_disposition_header(True, f"{name}_{today():%Y%m%d}.{'xlsx' if is_xlsx else 'csv'}")
    headers = {"Content-Disposition": header or "attachment"}
    return StreamingHttpResponse(content, content_type=XLSX if is_xlsx else CSV, headers=headers)


def _workbook(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    yield xlsx_file(heads, rows)


def list_response(rows: RowList[Any], data: QueryDict) -> StreamingHttpResponse:
    """Return a list, all its pages, in the format that an address asks for; CSV where it names no format.

    Raises NotAllowed where the list never leaves the page.
    """
    if not rows.exportable:
        said = f"{rows.title}の一覧は、保護のため、ファイルにできません。画面で見てください。"
        raise NotAllowed(said, link=rows.path())
    file_format, query = wanted_format(data, "csv"), rows.read(data)
    count = rows.chosen(query).count()
    heads, lines = rows.table(query, MOST)
    _record(rows, query, heads, count, file_format)
    title = f"{rows.title}_先頭{MOST}件" if count > MOST else rows.title
    return table_response(title, heads, lines, file_format)


def _record(rows: RowList[Any], query: ListQuery, heads: Sequence[str], count: int, file_format: str) -> None:
    """Note who took away which list. The trail holds no personal data, so of the words it keeps the hash alone."""
    conditions = [f"{each.label}={each.words(query.filters[each.name])}" for each in rows.narrowing
                  if each.name in query.filters]  # fmt: skip
    view = [rows.views[query.view]] if query.view in rows.views else []
    said = "、".join([*view, *conditions, *(["語による検索あり"] if query.words else [])])
    record_export(
        f"{rows.title}一覧", rows=count, file_format=file_format, by=rows.user, conditions=said, columns=heads,
        query=query.encoded(),
    )  # fmt: skip
