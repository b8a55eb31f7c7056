"""ファイルの受け取り: files handed over by the office behind a link that expires, and what the applicant attached."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST, require_safe

from todoke.cases.mail.linked_file import LinkedFile
from todoke.federation.levels import Act
from todoke.notices import file_links
from todoke.notices.mailed_links import FILE
from todoke.notices.models import FileLink
from todoke.notices.models.mailed_link import HOLDER
from todoke.portal.access import actor_of, link_of, open_draft, redirect_to_sign_in
from todoke.web.downloads import take


@require_safe
def show(request: HttpRequest, secret: str) -> HttpResponse:
    mailed = link_of(request, FILE, secret)
    link = FileLink.objects.select_related("department").get(pk=mailed.target_pk)
    return render(request, "portal/files/show.html", {"link": link, "secret": secret})


@require_POST
def content(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Return the file as a download that browsers do not render; each download is logged."""
    mailed = link_of(request, FILE, secret)
    link = FileLink.objects.get(pk=mailed.target_pk)
    read, kind = partial(file_links.open_download, link, mailed), "application/octet-stream"
    return take(LinkedFile(link), read, link.file_name, by=HOLDER, media_type=kind)


@require_GET
@redirect_to_sign_in
def attachment(request: HttpRequest, token: str, file: str) -> HttpResponseBase:
    """Return a file that the applicant attached: a picture is shown, another file is saved."""
    draft = open_draft(request, token, Act.SAVE)
    found = get_object_or_404(draft.submission.uploads.current(), token=file)
    inline, kind = found.can_be_shown, found.media_type
    return take(draft, found.open, found.name, by=actor_of(request), media_type=kind, inline=inline)
