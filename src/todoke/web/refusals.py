"""Refusals お断りの応答: the page, the status and the sentence of an act that was refused."""

from collections.abc import Callable, Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext

from todoke.runtime.refusals import NotAllowed, Refused, Unreadable

NO_PERMISSION = "この操作は、あなたの職位ではできません。何も変わっていません。できる人に、下の内容を渡してください。"
CARRIED = frozenset({"csrfmiddlewaretoken", "seen", "revision", "next"})
"""Fields that a page sends along by itself."""


class RefusalMiddleware:
    """Answers every refusal that a view lets pass with its sentence; none becomes a server error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of a refusal, or JSON to a program that asks for it; None for any other exception.

        To staff who typed something that they may not do, it is the page with what they typed.
        """
        if isinstance(exception, Refused | ValidationError):
            return refusal_page(request, as_refusal(exception))
        if isinstance(exception, PermissionDenied) and _is_of_staff(request) and typed_texts(request):
            return refusal_page(request, NotAllowed(NO_PERMISSION))
        return None


def _is_of_staff(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.namespace in {"office", "studio", "board"}


def refusal_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Return the page of the face that says a refusal, with the status of its kind (400, 403, 409, 410, 422, 429)."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _with_retry_after(JsonResponse({"said": str(refusal)}, status=refusal.status), refusal)
    face = request.resolver_match.namespace if request.resolver_match else ""
    templates = [refusal.template] if refusal.template else [f"{face}/refusal.html", "design/refusal.html"]
    context = {"refusal": refusal, "typed": typed_texts(request)}
    return _with_retry_after(render(request, templates, context, status=refusal.status), refusal)


def typed_texts(request: HttpRequest, labels: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Return what was typed or chosen in a form that was sent, each with its label, or its place where none is known.

    Nothing that a page carries along, and no password.
    """
    given = [
        (name, value) for name, values in request.POST.lists() for value in values
        if value.strip() and name not in CARRIED and "password" not in name
    ]  # fmt: skip
    known = labels or {}
    return [
        (known.get(name) or gettext("入力欄%(place)s") % {"place": at}, value)
        for at, (name, value) in enumerate(given, 1)
    ]


def _with_retry_after(response: HttpResponse, refusal: Refused) -> HttpResponse:
    """Return the response with the time after which a program may try again, where the refusal knows it."""
    if refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    return response


def as_refusal(error: Refused | ValidationError) -> Refused:
    """Return a row that contradicts itself as a refusal with all of its sentences; a refusal as it is."""
    return Unreadable(" ".join(error.messages)) if isinstance(error, ValidationError) else error


def sentence(refusal: Refused, note: str = "") -> str:
    """Return what a person reads: why it was refused, ``note``, and the link to the page on which to put it right."""
    said = f"{refusal} {note}".strip()
    if not refusal.link:
        return said
    return format_html('{} <a href="{}">{}</a>', said, refusal.link, gettext("内容を確かめる"))
