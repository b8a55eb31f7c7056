"""ファイルの受け取り: files handed over by the office behind a link that expires."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from todoke.notices import file_links
from todoke.notices.models import FileLink


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    link = FileLink.objects.open().select_related("department").filter(token=token).first()
    return render(request, "portal/files/show.html", {"link": link}, status=200 if link else 410)


@require_GET
def content(request: HttpRequest, token: str) -> HttpResponse | FileResponse:
    """Return the file as a download that browsers do not render; each download is logged."""
    link = FileLink.objects.open().filter(token=token).first()
    if link is None:
        return render(request, "portal/files/show.html", {"link": None}, status=410)
    opened = file_links.open_download(link)
    return FileResponse(opened, as_attachment=True, filename=link.file_name, content_type="application/octet-stream")
