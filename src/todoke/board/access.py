"""Access 入口: how invalid forms are shown."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

UNCHANGED = "内容は変わっていません。"


def invalid_form_page(
    request: HttpRequest, form: forms.BaseForm, label: str, *back: str, quote: str = ""
) -> HttpResponse:
    """Render an invalid form again (422); ``back`` is the page named ``label`` that it came from."""
    page = {"form": form, "label": label, "back": reverse(back[0], args=back[1:]), "quote": quote}
    return render(request, "board/refused.html", page, status=422)
