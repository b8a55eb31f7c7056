"""Well-known addresses 決まったアドレス: for robots, and for whoever found a weakness (RFC 9116)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from todoke.design.municipality import municipality
from todoke.runtime.links import absolute

CLOSED = (
    "/accounts/", "/office/", "/studio/", "/board/", "/admissions/", "/applications/", "/cases/", "/me/", "/files/",
    "/addresses/",
    "/invitations/", "/status/", "/payments/", "/resume/", "/reconfirmations/", "/terminal/", "/leave/",
)  # fmt: skip
PLAIN = "text/plain; charset=utf-8"
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
