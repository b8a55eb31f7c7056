"""Well-known addresses 決まったアドレス: robots, finders of weaknesses (RFC 9116), other municipalities."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from todoke.design.municipality import municipality
from todoke.insights.figure_feed import figure_feed
from todoke.runtime.installation_key import public_key
from todoke.runtime.links import absolute

CLOSED = (
    "/accounts/", "/office/", "/studio/", "/board/", "/admissions/", "/applications/", "/cases/", "/me/", "/files/",
    "/addresses/", "/api/", "/bookings/", "/consultations/receipts/", "/following/", "/ideas/mine/", "/questions/",
    "/sign-in/", "/invitations/", "/status/", "/payments/", "/resume/", "/reconfirmations/", "/terminal/", "/leave/",
    "/enrolments/", "/tickets/", "/queues/", "/shops/",
)  # fmt: skip
PLAIN = "text/plain; charset=utf-8"
SHARED = {"Cache-Control": "public, max-age=3600"}
GOOD_FOR = timedelta(days=180)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines to leave what belongs to one person and to the staff; the demo is left out whole."""
    closed = ("/",) if settings.DEMO else CLOSED
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", PLAIN, headers={"Cache-Control": "public, max-age=86400"})


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell where to report a weakness, good until the first of a month about half a year ahead."""
    contact = settings.SECURITY_CONTACT or municipality().links.get("contact") or settings.PUBLIC_URL
    until: datetime = (timezone.now() + GOOD_FOR).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact}", f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}", "Preferred-Languages: ja, en",
        f"Canonical: {absolute('portal:security-contact')}",
    ]  # fmt: skip
    return HttpResponse("\n".join(lines) + "\n", PLAIN, headers={"Cache-Control": "public, max-age=86400"})


@require_safe
def installation(request: HttpRequest) -> HttpResponse:
    """Tell other municipalities which key signs what comes from here; they still compare it by telephone."""
    facts = {
        "format": "todoke-installation", "municipality": municipality().name, "code": settings.MUNICIPALITY_CODE,
        "key": public_key(), "figures": absolute("portal:figure-feed"),
    }  # fmt: skip
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False}, headers=SHARED)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Give the figures of the council page to machines, signed."""
    return HttpResponse(figure_feed(), "application/json", headers=SHARED)
