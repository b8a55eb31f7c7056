"""Shared terminal 共用の端末: a browser that many people use one after another, marked by a cookie."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

COOKIE = "terminal"


def is_shared(request: HttpRequest) -> bool:
    """Whether this browser is marked as a shared terminal (共用の端末)."""
    return COOKIE in request.COOKIES


def mark_shared(response: HttpResponse) -> None:
    """Mark this browser as a shared terminal until its cookies are deleted."""
    response.set_cookie(COOKIE, "1", max_age=timedelta(days=365), httponly=True, samesite="Lax")
