"""Actions 行為: a view calls the verb and returns its sentence; a refusal is said on the page or on the form."""

from collections.abc import Callable, Mapping
from functools import wraps
from types import TracebackType
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from todoke.runtime.refusals import Refused, Unreadable
from todoke.web.refusals import as_refusal, sentence

P = ParamSpec("P")
Act = Callable[Concatenate[HttpRequest, P], str | HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def action(
    then: str, *keys: str, query: Mapping[str, str] | None = None, note: str = ""
) -> Callable[[Act[P]], View[P]]:
    """Make a POST-only view of an act: the sentence that it returns, or why it was refused, is said on ``then``.

    ``then`` is the name of an address, ``keys`` are the view's own arguments that the address takes, ``query`` is what
    follows it, and ``note`` follows every refusal. A response that the view makes itself goes out as it is.
    """

    def decorate(act: Act[P]) -> View[P]:
        @wraps(act)
        def view(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                answer = act(request, *args, **kwargs)
            except (Refused, ValidationError) as error:
                messages.error(request, sentence(as_refusal(error), note))
            else:
                if isinstance(answer, HttpResponse):
                    return answer
                messages.success(request, answer)
            return redirect(reverse(then, args=[kwargs[key] for key in keys], query=query))

        return require_POST(view)

    return decorate


class RefusalsOn:
    """The form on which a refusal is said, with everything typed kept: ``with RefusalsOn(form): <the verb>``.

    The block ends at the refusal and the view goes on below it, where it renders the form. The sentence stands at
    ``field``, or above the form; ``note`` follows it.
    """

    def __init__(self, form: forms.BaseForm, field: str | None = None, *, note: str = "") -> None:
        self.form, self.field, self.note = form, field, note

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if isinstance(error, ValidationError) and self._names_fields(error):
            self.form.add_error(None, error)
        elif isinstance(error, Refused | ValidationError):
            self.form.add_error(self.field, sentence(as_refusal(error), self.note))
        else:
            return False
        return True

    def _names_fields(self, error: ValidationError) -> bool:
        """Whether every sentence belongs to a field of the form."""
        named = error.error_dict.keys() if hasattr(error, "error_dict") else set()
        return bool(named) and named <= {*self.form.fields, NON_FIELD_ERRORS}


def cleaned(form: forms.BaseForm, said: str = "") -> dict[str, Any]:
    """Return what a form without a page of its own holds.

    Raises Unreadable with ``said``, or with the label and the error of each field.
    """
    if not form.is_valid():
        raise Unreadable(said or " ".join(f"{form[name].label}: {why[0]}" for name, why in form.errors.items()))
    return dict(form.cleaned_data)
