"""通知書: letters of a case, and decisions on held ones."""

from collections.abc import Callable
from functools import partial
from typing import IO

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from todoke.cases.letters import issue
from todoke.cases.models import Letter
from todoke.office.casework.forms.cases import ReasonForm
from todoke.office.casework.views.cases import case_for
from todoke.web.actions import action
from todoke.web.downloads import take
from todoke.web.permission_check import staff


def _letter(request: HttpRequest, number: str, token: str) -> Letter:
    return get_object_or_404(case_for(request, number).letters.all(), token=token)


def show(request: HttpRequest, number: str, token: str) -> HttpResponseBase:
    letter, by = _letter(request, number, token), staff(request)

    def read() -> IO[bytes]:
        letter.case.record_view(by=by)
        return letter.file.open()

    return take(letter, read, f"通知書_{number}.pdf", by=by)


Decide = Callable[..., object]


def _decided(request: HttpRequest, letter: Letter, decide: Decide, title: str, label: str) -> HttpResponse | None:
    """Decide about a letter with the typed reason; return the page that asks for it again where it is missing."""
    form = ReasonForm(request.POST)
    if form.is_valid():
        decide(reason=form.cleaned_data["reason"], by=staff(request))
        return None
    context = {"case": letter.case, "form": form, "title": title, "label": label}
    return render(request, "office/cases/again.html", context, status=422)


@action("office:case", "number")
def release(request: HttpRequest, number: str, token: str) -> str | HttpResponse:
    letter = _letter(request, number, token)
    again = _decided(request, letter, partial(issue.release_letter, letter), "留め置きを解いて送る", "送る")
    return again or "留め置きを解きました。通知書を作っています。"


@action("office:case", "number")
def cancellation(request: HttpRequest, number: str, token: str) -> str | HttpResponse:
    letter = _letter(request, number, token)
    again = _decided(request, letter, letter.cancel, "送るのをやめる", "送るのをやめる")
    return again or "送るのをやめました。別の方法で渡してください。"


@action("office:case", "number")
def clearing(request: HttpRequest, number: str, token: str) -> str | HttpResponse:
    """Release a letter despite a flag set after it was made."""
    letter, title = _letter(request, number, token), "支援措置を確かめて発送できるようにする"
    return _decided(request, letter, letter.clear_flag, title, "発送できるようにする") or "発送できるようにしました。"


@action("office:case", "number")
def return_(request: HttpRequest, number: str, token: str) -> str | HttpResponse:
    """Record that the post returned the letter."""
    letter = _letter(request, number, token)
    again = _decided(request, letter, letter.mark_returned, "返戻を記録する", "返戻を記録する")
    return again or "返戻を記録しました。電話などで連絡先を確かめてください。"


@action("office:case", "number")
def printing(request: HttpRequest, number: str, token: str) -> str:
    issue.retry(_letter(request, number, token), by=staff(request))
    return "もう一度作っています。"
