"""自治体の表示: the colours and the logo of a published version, kept by browsers as long as they like."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from todoke.design.colours import Palette
from todoke.installation.appearance import LOGO_TYPES
from todoke.installation.models import Appearance

FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


@require_safe
def colours(request: HttpRequest, digest: str) -> HttpResponse:
    found = get_object_or_404(Appearance.objects.exclude(accent="").defer("logo"), digest=digest)
    return HttpResponse(Palette.of(found.accent).stylesheet(), "text/css; charset=utf-8", headers=FOR_A_YEAR)


@require_safe
def logo(request: HttpRequest, digest: str, suffix: str) -> HttpResponse:
    found = Appearance.objects.filter(digest=digest).first()
    if found is None or LOGO_TYPES.get(found.logo_type) != suffix:
        raise Http404
    return HttpResponse(bytes(found.logo), found.logo_type, headers=FOR_A_YEAR)
