"""Acting 行為の受け止め: when the model refuses, say why, change nothing, go back."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from todoke.runtime.refusals import Refused


def act(request: HttpRequest, deed: Callable[[], object], *, done: str, then: str) -> HttpResponse:
    """Do it, and say that it was done or why it was not; either way go on to ``then``."""
    try:
        deed()
    except Refused as refusal:
        messages.error(request, str(refusal))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        if done:
            messages.success(request, done)
    return redirect(then)


def send_back(request: HttpRequest, form: forms.BaseForm, then: str) -> HttpResponse:
    """Say what is not right with an input that has no page of its own, and go back to ``then``."""
    messages.error(request, " ".join(f"{form[name].label}: {said[0]}" for name, said in form.errors.items()))
    return redirect(then)
