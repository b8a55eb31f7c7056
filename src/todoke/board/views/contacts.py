"""問合せの数字: the public page, and the same as a table of open data."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.board.contact_page import contact_rows, contacts_context
from todoke.spreadsheets.writer import csv_lines
from todoke.web.downloads import without_persons


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """Show how often one contact was enough to everybody."""
    return render(request, "board/public/contacts.html", contacts_context())


@require_GET
def table(request: HttpRequest) -> HttpResponseBase:
    """Return the months as CSV."""
    head, *rows = contact_rows()
    return without_persons("".join(csv_lines(head, rows)), "contacts.csv", media_type="text/csv; charset=utf-8")
