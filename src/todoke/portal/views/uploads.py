"""添付した書類: the applicant looks at what she attached; a picture is shown, another file is saved."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from todoke.federation.levels import Act
from todoke.portal.access import actor_of, open_draft, redirect_to_sign_in
from todoke.web.downloads import take


@require_GET
@redirect_to_sign_in
def show(request: HttpRequest, token: str, file: str) -> HttpResponseBase:
    draft = open_draft(request, token, Act.SAVE)
    found = get_object_or_404(draft.submission.uploads.current(), token=file)
    inline, kind = found.can_be_shown, found.media_type
    return take(draft, found.open, found.name, by=actor_of(request), media_type=kind, inline=inline)
