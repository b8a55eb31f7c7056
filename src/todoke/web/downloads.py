"""Downloads 取出し: the one door by which a file leaves a page.

``take`` and ``export`` ask whoever takes a file about people at that moment, whoever made it and whenever; ``export``
also asks for a reason and keeps a record to read. ``without_persons`` is for what tells of nobody.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import IO, Protocol

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from todoke.accounts.actors import Actor
from todoke.audit.data_exports import Export, record_export
from todoke.web.byte_ranges import asked_range, pieces
from todoke.web.export_reason import reason_page
from todoke.web.permission_check import staff

PDF = "application/pdf"
FileAnswer = HttpResponse | StreamingHttpResponse
Content = IO[bytes] | bytes | Iterable[bytes] | Iterable[str]


class Takeable(Protocol):
    """取り出せるもの: says by a refusal who may not take it away now, whoever made it and whenever."""

    def require_taking(self, *, by: Actor) -> None:
        """Raises a refusal unless a person may take it away now."""


def take(
    what: Takeable, read: Callable[[], Content], name: str, *, by: Actor, media_type: str = PDF, inline: bool = False
) -> FileAnswer:
    """Return a file under a name, never kept by a cache; asks first, and reads it only then.

    Raises as ``require_taking`` of what is taken does.
    """
    what.require_taking(by=by)
    return _file(read(), name, media_type, inline=inline)


def take_part(
    request: HttpRequest, what: Takeable, read: Callable[[], IO[bytes]], name: str, *, by: Actor, media_type: str
) -> FileAnswer:
    """Return the part of a file that a player asks for (206), or the whole; otherwise as ``take`` does.

    Raises as ``require_taking`` of what is taken does.
    """
    what.require_taking(by=by)
    file = read()
    size = file.seek(0, os.SEEK_END)
    try:
        wanted = asked_range(request.headers.get("Range", ""), size)
    except ValueError:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    first, last = wanted or (0, size - 1)
    made = _file(pieces(file, first, last), name, media_type, inline=True)
    made.headers["Accept-Ranges"], made.headers["Content-Length"] = "bytes", str(last - first + 1)
    if wanted:
        made.status_code = 206
        made.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return made


def export(
    request: HttpRequest, what: Takeable, read: Callable[[], Content], exported: Export, *, media_type: str = PDF,
    inline: bool = False,
) -> FileAnswer:  # fmt: skip
    """Return a file that a member of staff takes away, and record who, what, of how many persons and why.

    Where it needs a reason, its page comes first; the file follows when a reason is posted to the same address.
    Raises as ``require_taking`` of what is taken does.
    """
    by = staff(request)
    what.require_taking(by=by)
    page, reason = reason_page(request, exported) if exported.needs_reason else (None, exported.reason)
    if page is not None:
        return page
    content = read()
    record_export(replace(exported, reason=reason), by=by)
    return _file(content, exported.name, media_type, inline=inline)


def without_persons(content: Content, name: str, *, media_type: str = PDF, inline: bool = False) -> FileAnswer:
    """Return a file that tells of no person outside the office: a form, a flow, a report on procedures."""
    return _file(content, name, media_type, inline=inline)


def _file(content: Content, name: str, media_type: str, *, inline: bool) -> FileAnswer:
    made: FileAnswer
    if isinstance(content, bytes | str):
        made = HttpResponse(content)
    else:
        made = FileResponse(content) if hasattr(content, "read") else StreamingHttpResponse(content)
    made.headers["Content-Type"] = media_type
    made.headers["Content-Disposition"] = content_disposition_header(not inline, name) or "attachment"
    made.headers["Cache-Control"] = "no-store, private"
    made.headers["X-Content-Type-Options"] = "nosniff"
    return made
