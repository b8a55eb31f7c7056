"""Context processors 運転: variables of every template that say how the installation runs."""

from django.http import HttpRequest

from todoke.runtime.read_only_mode import read_only


def read_only_mode(request: HttpRequest) -> dict[str, object]:
    """Return ``read_only``: since when, why and as of when pages are read-only, or None."""
    return {"read_only": read_only()}
