"""Export 書き出し: a table or a list as CSV (streamed) or XLSX; taking one away leaves a record that can be read."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest

from todoke.accounts.actors import Actor
from todoke.audit.data_exports import Export
from todoke.japanese.calendar import today
from todoke.lists.query import ListQuery, wanted_format
from todoke.lists.row_list import RowList
from todoke.spreadsheets.writer import CSV, XLSX, csv_lines, xlsx_file
from todoke.web.downloads import Content, FileAnswer, export

MOST = 100_000
"""Rows of one export; the name of a file that was cut says so."""
MEDIA_TYPES = {"csv": CSV, "xlsx": XLSX}


class PublicTable:
    """だれのことでもない表: a table of figures and procedures, which every member of staff may take."""

    def require_taking(self, *, by: Actor) -> None:
        """Nothing to ask: the page asks who may see it."""


def table_response(
    request: HttpRequest, name: str, heads: Sequence[str], rows: Iterable[Sequence[object]], file_format: str,
    *, conditions: str = "",
) -> FileAnswer:  # fmt: skip
    """Return a table that tells of no person, as an attachment under a name with today's date, and record it.

    ``file_format`` is xlsx, or else csv.
    """
    wanted, lines = "xlsx" if file_format == "xlsx" else "csv", list(rows)
    exported = Export(name, _file_name(name, wanted), len(lines), wanted, conditions=conditions, columns=heads)
    return export(
        request, PublicTable(), lambda: _content(wanted, heads, lines), exported, media_type=MEDIA_TYPES[wanted]
    )


def list_response(rows: RowList[Any], request: HttpRequest) -> FileAnswer:
    """Return a list, all its pages, in the format that an address asks for; CSV where it names no format.

    A list that tells of several persons asks for a reason first. Raises NotAllowed where it never leaves the page.
    """
    file_format, query = wanted_format(request.GET, "csv"), rows.read(request.GET)
    exported = _exported(rows, query, file_format)

    def read() -> Content:
        return _content(file_format, *rows.table(query, MOST))

    return export(request, rows, read, exported, media_type=MEDIA_TYPES[file_format])


def _content(file_format: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Content:
    return xlsx_file(heads, rows) if file_format == "xlsx" else csv_lines(heads, rows)


def _file_name(name: str, file_format: str) -> str:
    return f"{name}_{today():%Y%m%d}.{file_format}"


def _exported(rows: RowList[Any], query: ListQuery, file_format: str) -> Export:
    """Return the facts of the record. The trail holds no personal data, so of the words it keeps the hash alone."""
    conditions = [f"{each.label}={each.words(query.filters[each.name])}" for each in rows.narrowing
                  if each.name in query.filters]  # fmt: skip
    view = [rows.views[query.view]] if query.view in rows.views else []
    said = "、".join([*view, *conditions, *(["語による検索あり"] if query.words else [])])
    count, columns = rows.chosen(query).count(), rows.columns_of(query, exported=True)
    title = f"{rows.title}_先頭{MOST}件" if count > MOST else rows.title
    return Export(
        f"{rows.title}一覧", _file_name(title, file_format), count, file_format, rows.count_persons(query), said,
        [column.label for column in columns], query=query.encoded(), back=f"{rows.path()}?{query.encoded()}",
    )  # fmt: skip
