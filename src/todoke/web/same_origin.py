"""Same origin 同じサイト: whether a form came from a page of ours, as the browser states it."""

from urllib.parse import urlsplit

from django.http import HttpRequest


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the browser states that the form came from this site; other forms are not handed back."""
    came_from = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return bool(came_from) and urlsplit(came_from).netloc == request.get_host()
