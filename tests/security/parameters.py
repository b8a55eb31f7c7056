"""Hostile parameters 壊れた値: what an address may carry that our pages never give out, and which names are read."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, QueryDict

VALUES: dict[str, str | bytes] = {
    "nothing": "",
    "NUL": "\0a",
    "bytes that are no text": b"\xed\xa0\x80\xff",
    "a vast number": "9" * 31,
    "a negative number": "-1",
    "a number with a power": "1e400",
    "no number": "NaN",
    "no end": "Infinity",
    "a digit that is no number": "²",
    "digits of another script": "٣",
    "a number longer than Python reads": "9" * 5000,
    "an impossible day": "2026-13-45",
    "the first day of all": "0001-01-01",
    "the last moment of all": "9999-12-31T23:59:59.999999-14:00",
    "a moment without a zone": "2026-11-20T10:00:00",
    "a field of another table": "user__password",
    "marks": "'\"><--;%_\\",
    "a way out": "../../../etc/passwd",
    "control characters": "\x07\r\n\x1b\u202e",
    "a list": "[1,2]",
    "JSON": '{"a": {"b": ' * 40,
    "a hundred thousand letters": "a" * 100_000,
}
"""By what each value is; every one is asked for every parameter."""

OF_A_DATABASE = {
    "NUL", "bytes that are no text", "a vast number", "a negative number", "a number with a power", "no number",
    "a number longer than Python reads", "the first day of all", "the last moment of all", "a moment without a zone",
    "a field of another table", "a hundred thousand letters",
}  # fmt: skip
"""Those that another database may take otherwise; to it, the others are a text like any."""

IN_A_PATH = {
    "a vast number": "9" * 31,
    "nothing at all": "0",
    "a digit that is no number": "²",
    "the last day of all": "9999-12-31",
    "marks and control characters": "'\"><;%_\x07\x1b\u202e",
    "a long text": "a" * 3000,
}


class RecordedQuery(QueryDict):
    """An address's parameters that note by which names they were asked for."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_noted(key), default)

    def getlist(self, key: Any, default: Any = None) -> Any:
        return super().getlist(_noted(key), default)

    def __contains__(self, key: Any) -> bool:
        return super().__contains__(_noted(key))

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(_noted(key))

    def dict(self) -> Any:
        return self


names: set[str] = set()


def _noted(key: Any) -> Any:
    names.add(str(key))
    return key


def record_names(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that notes in ``names`` which parameters a page reads."""

    def middleware(request: HttpRequest) -> HttpResponse:
        setattr(request, "GET", RecordedQuery(request.META["QUERY_STRING"]))  # noqa: B010 - its type is for Django only
        return get_response(request)

    return middleware


def query(given: Mapping[str, str | bytes]) -> str:
    """Return the parameters as an address carries them; a short one is given twice, as a list would be."""
    twice = {name: 2 if len(value) < 1000 else 1 for name, value in given.items()}
    return "&".join(f"{quote(name)}={quote(given[name])}" for name, times in twice.items() for _ in range(times))
