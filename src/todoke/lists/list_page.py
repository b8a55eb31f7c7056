"""List page 一覧の頁: the response of a view that shows a list, as a page or as the file that its address asks for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.lists.row_list import RowList


def list_page(
    request: HttpRequest, rows: RowList[Any], template: str, more: Mapping[str, Any] | None = None
) -> HttpResponseBase:
    """Return the page of a list that an address asks for, with ``more`` for its template, or the list as a file.

    Raises NotAllowed for a file of a list that never leaves the page, Malformed for a broken cursor.
    """
    if wanted_format(request.GET):
        return list_response(rows, request)
    return render(request, template, {**rows.page(request.GET).context(), **(more or {})})
