"""ファイルの受け取り: files handed over by the office behind a link that expires."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.accounts.actors import Guest
from todoke.cases.mail.linked_file import LinkedFile
from todoke.notices import file_links
from todoke.notices.models import FileLink
from todoke.web.downloads import take


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    link = FileLink.objects.open().select_related("department").filter(token=token).first()
    return render(request, "portal/files/show.html", {"link": link}, status=200 if link else 410)


@require_GET
def content(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the file as a download that browsers do not render; each download is logged."""
    link = FileLink.objects.open().filter(token=token).first()
    if link is None:
        return render(request, "portal/files/show.html", {"link": None}, status=410)
    read, kind = partial(file_links.open_download, link), "application/octet-stream"
    return take(LinkedFile(link), read, link.file_name, by=Guest("リンクを持つ人"), media_type=kind)
