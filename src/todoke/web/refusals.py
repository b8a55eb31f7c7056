"""Refusals お断りの応答: how a refusal reaches the person, as a message on the page they came from, or as a page."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from todoke.runtime.refusals import Refused

P = ParamSpec("P")
Act = Callable[Concatenate[HttpRequest, P], str | HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class RefusalMiddleware:
    """Answers every refusal that a view lets pass with its sentence; none becomes a server error."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page of a refusal, or JSON to a program that asks for it; None for any other exception."""
        return refusal_page(request, exception) if isinstance(exception, Refused) else None


def refusal_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Return the page of the face that says a refusal, with the status of its kind (403, 409, 422)."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"said": str(refusal)}, status=refusal.status)
    face = request.resolver_match.namespace if request.resolver_match else ""
    templates = [f"{face}/refusal.html", "design/refusal.html"]
    return render(request, templates, {"refusal": refusal}, status=refusal.status)


def action(then: str, *keys: str, note: str = "") -> Callable[[Act[P]], View[P]]:
    """Make a view of an act: the sentence that it returns, or why it was refused, is said on the page ``then``.

    ``then`` is the name of an address and ``keys`` the view's own arguments that the address takes; ``note`` follows
    every refusal. A response that the view makes itself goes out as it is.
    """

    def decorate(act: Act[P]) -> View[P]:
        @wraps(act)
        def view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                answer = act(request, *args, **kwargs)
            except (Refused, ValidationError) as refusal:
                if request.method in SAFE:
                    raise
                messages.error(request, said_by(refusal) + note)
                return redirect(getattr(refusal, "link", "") or reverse(then, args=[kwargs[key] for key in keys]))
            if isinstance(answer, HttpResponse):
                return answer
            if answer:
                messages.success(request, answer)
            return redirect(then, *(kwargs[key] for key in keys))

        return view

    return decorate


def said_by(refusal: Refused | ValidationError) -> str:
    """Return the sentence of a refusal; of a row that contradicts itself, all of its sentences."""
    return " ".join(refusal.messages) if isinstance(refusal, ValidationError) else str(refusal)
