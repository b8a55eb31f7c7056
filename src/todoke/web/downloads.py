"""Downloads 取出し: the one door by which a file about a person leaves; whoever takes it is asked at that moment."""

from collections.abc import Callable
from typing import IO, Protocol

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from todoke.accounts.actors import Actor

PDF = "application/pdf"


class Takeable(Protocol):
    """取り出せるもの: says by a refusal who may not take it away now, whoever made it and whenever."""

    def require_taking(self, *, by: Actor) -> None:
        """Raises a refusal unless a person may take it away now."""


def take(
    what: Takeable, read: Callable[[], IO[bytes] | bytes], name: str, *, by: Actor, media_type: str = PDF,
    inline: bool = False,
) -> HttpResponse | FileResponse:  # fmt: skip
    """Return a file under a name, never kept by a cache; asks first, and reads it only then.

    Raises as ``require_taking`` of what is taken does.
    """
    what.require_taking(by=by)
    content = read()
    made = HttpResponse(content) if isinstance(content, bytes) else FileResponse(content)
    made.headers["Content-Type"] = media_type
    made.headers["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    made.headers["Cache-Control"] = "no-store, private"
    made.headers["X-Content-Type-Options"] = "nosniff"
    return made
