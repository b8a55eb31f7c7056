"""Refused forms お断りした入力: the page of an act that was refused, with what was typed and why it was refused."""

import copy
from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import resolve
from django.utils.datastructures import MultiValueDict
from django.utils.html import conditional_escape, format_html

from todoke.runtime.refusals import Refused, Unreadable
from todoke.web.form_repopulation import repopulated, with_typed_texts
from todoke.web.refusals import refusal_page, sentence, typed_texts

FILES_AGAIN = "ファイルは、もう一度選んでください。"


class UnreadableForm(Unreadable):
    """読めない入力欄: ``form`` holds the errors of a form without a page of its own."""

    def __init__(self, form: forms.BaseForm, said: str = "") -> None:
        super().__init__(said or " ".join(_labelled(form, name, str(why[0])) for name, why in form.errors.items()))
        self.form = form


def _labelled(form: forms.BaseForm, name: str, why: str) -> str:
    return why if name == NON_FIELD_ERRORS else f"{form[name].label}: {why}"


def refused_form(request: HttpRequest, page: str, refusal: Refused, note: str = "") -> HttpResponse:
    """Return the page at the path ``page`` with the refused form filled in, or a redirect to it if nothing was typed.

    The status is that of the refusal. Where the page holds that form no more, the typed texts stand on it to be copied.
    """
    if not request.FILES and not typed_texts(request):
        messages.error(request, sentence(refusal, note))
        return redirect(page)
    try:
        answer = _page_at(request, page)
    except (Http404, PermissionDenied):
        return refusal_page(request, refusal)
    values = {name: request.POST.getlist(name) for name in request.POST}
    said = conditional_escape(sentence(refusal, note))
    if request.FILES:
        said = format_html("{} {}", said, FILES_AGAIN)
    text = answer.content.decode()
    known = refusal.form.errors if isinstance(refusal, UnreadableForm) else {}
    errors = {name: [str(each) for each in why] for name, why in known.items()}
    filled = repopulated(text, request.path, values, errors, said)
    answer.content = (filled or with_typed_texts(text, typed_texts(request, _labels(refusal)), said)).encode()
    answer.status_code = refusal.status
    return answer


def _labels(refusal: Refused) -> Mapping[str, str]:
    """Return the label of each field of the form that was refused, where that is known."""
    return {each.name: str(each.label) for each in refusal.form} if isinstance(refusal, UnreadableForm) else {}


def _page_at(request: HttpRequest, page: str) -> HttpResponse:
    """Return what a GET of a path of ours answers to the person of a request. Raises as its view does."""
    path, _, query = page.partition("#")[0].partition("?")
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", path, path
    vars(asked).update(GET=QueryDict(query), _post=QueryDict(), _files=MultiValueDict())
    asked.resolver_match = match = resolve(path)
    answer: HttpResponse = match.func(asked, *match.args, **match.kwargs)
    return answer
