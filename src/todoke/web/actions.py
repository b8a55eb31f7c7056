"""Actions 行為: a view calls the verb and returns its sentence; a refusal is said on the page or on the form.

What was typed is never lost: a refused form stands on its page again, filled in, with the sentence at its place.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from types import TracebackType
from typing import Any, Concatenate, ParamSpec, Self

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from todoke.runtime.refusals import Refused
from todoke.web.refusals import as_refusal, sentence
from todoke.web.refused_forms import UnreadableForm, refused_form

P = ParamSpec("P")
Act = Callable[Concatenate[HttpRequest, P], str | HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def action(
    then: str | Callable[..., str], *keys: str, query: Mapping[str, str] | None = None, note: str = ""
) -> Callable[[Act[P]], View[P]]:
    """Make a POST-only view of an act: the sentence that it returns, or why it was refused, is said on ``then``.

    ``then`` is the name of an address, ``keys`` are the view's own arguments that the address takes and ``query`` is
    what follows it; or ``then`` is a function that returns the path to a request and the view's arguments. ``note``
    follows every refusal. A response that the view makes itself goes out as it is.
    """

    def decorate(act: Act[P]) -> View[P]:
        @wraps(act)
        def view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            with RefusalsHeld() as held:
                answer = act(request, *args, **kwargs)
                if isinstance(answer, HttpResponse):
                    return answer
                messages.success(request, answer)
            if callable(then):
                page = then(request, *args, **kwargs)
            else:
                page = reverse(then, args=[kwargs[key] for key in keys], query=query)
            return redirect(page) if held.refusal is None else refused_form(request, page, held.refusal, note)

        return require_POST(view)

    return decorate


class RefusalsHeld:
    """A block that ends at a refusal, after which the view goes on; ``refusal`` is what was raised, or None."""

    refusal: Refused | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if not isinstance(error, Refused | ValidationError):
            return False
        self.refusal = as_refusal(error)
        self.say(error, self.refusal)
        return True

    def say(self, error: Refused | ValidationError, refusal: Refused) -> None:
        """Show the sentence; here nowhere, the view reads ``refusal``."""


class RefusalsSaid(RefusalsHeld):
    """The page on which a refusal is a message, followed by ``note``: ``with RefusalsSaid(request): <the verb>``."""

    def __init__(self, request: HttpRequest, *, note: str = "") -> None:
        self.request, self.note = request, note

    def say(self, error: Refused | ValidationError, refusal: Refused) -> None:
        messages.error(self.request, sentence(refusal, self.note))


class RefusalsOn(RefusalsHeld):
    """The form on which a refusal is said, with everything typed kept: ``with RefusalsOn(form): <the verb>``.

    The sentence stands at ``field``, or above the form; ``note`` follows it.
    """

    def __init__(self, form: forms.BaseForm, field: str | None = None, *, note: str = "") -> None:
        self.form, self.field, self.note = form, field, note

    def say(self, error: Refused | ValidationError, refusal: Refused) -> None:
        if isinstance(error, ValidationError) and self._names_fields(error):
            self.form.add_error(None, error)
        else:
            self.form.add_error(self.field, sentence(refusal, self.note))

    def _names_fields(self, error: ValidationError) -> bool:
        """Whether every sentence belongs to a field of the form."""
        named = error.error_dict.keys() if hasattr(error, "error_dict") else set()
        return bool(named) and named <= {*self.form.fields, NON_FIELD_ERRORS}


def cleaned(form: forms.BaseForm, said: str = "") -> dict[str, Any]:
    """Return what a form without a page of its own holds.

    Raises UnreadableForm with ``said``, or with the label and the error of each field.
    """
    if not form.is_valid():
        raise UnreadableForm(form, said)
    return dict(form.cleaned_data)
