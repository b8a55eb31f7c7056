"""通知書: letters of a case, and decisions on held ones."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from todoke.cases.letters import issue
from todoke.cases.models import Letter
from todoke.office.actions import act
from todoke.office.casework.forms.cases import ReasonForm
from todoke.office.casework.views.cases import case_for, me


def _letter(request: HttpRequest, number: str, token: str) -> Letter:
    return get_object_or_404(case_for(request, number).letters.all(), token=token)


def show(request: HttpRequest, number: str, token: str) -> FileResponse:
    letter = get_object_or_404(case_for(request, number).letters.filter(made_at__isnull=False), token=token)
    letter.case.record_view(by=me(request))
    return FileResponse(letter.file.open(), as_attachment=True, filename=f"通知書_{number}.pdf")


@require_POST
def release(request: HttpRequest, number: str, token: str) -> HttpResponse:
    letter, form = _letter(request, number, token), ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, letter, form, "留め置きを解いて送る", "送る")
    reason = form.cleaned_data["reason"]
    return act(
        request,
        lambda: issue.release_letter(letter, reason=reason, by=me(request)),
        done="留め置きを解きました。通知書を作っています。",
        then=reverse("office:case", args=[number]),
    )


@require_POST
def cancellation(request: HttpRequest, number: str, token: str) -> HttpResponse:
    letter, form = _letter(request, number, token), ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, letter, form, "送るのをやめる", "送るのをやめる")
    reason = form.cleaned_data["reason"]
    return act(
        request,
        lambda: letter.cancel(reason=reason, by=me(request)),
        done="送るのをやめました。別の方法で渡してください。",
        then=reverse("office:case", args=[number]),
    )


@require_POST
def clearing(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Release a letter despite a flag set after it was made."""
    letter, form = _letter(request, number, token), ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, letter, form, "支援措置を確かめて発送できるようにする", "発送できるようにする")
    reason, then = form.cleaned_data["reason"], reverse("office:case", args=[number])
    return act(
        request, lambda: letter.clear_flag(reason=reason, by=me(request)), done="発送できるようにしました。", then=then
    )


@require_POST
def return_(request: HttpRequest, number: str, token: str) -> HttpResponse:
    """Record that the post returned the letter."""
    letter, form = _letter(request, number, token), ReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, letter, form, "返戻を記録する", "返戻を記録する")
    reason, then = form.cleaned_data["reason"], reverse("office:case", args=[number])
    done = "返戻を記録しました。電話などで連絡先を確かめてください。"
    return act(request, lambda: letter.mark_returned(reason=reason, by=me(request)), done=done, then=then)


@require_POST
def printing(request: HttpRequest, number: str, token: str) -> HttpResponse:
    letter = _letter(request, number, token)
    return act(
        request,
        lambda: issue.retry(letter, by=me(request)),
        done="もう一度作っています。",
        then=reverse("office:case", args=[number]),
    )


def _again(request: HttpRequest, letter: Letter, form: ReasonForm, title: str, label: str) -> HttpResponse:
    context = {"case": letter.case, "form": form, "title": title, "label": label}
    return render(request, "office/cases/again.html", context, status=422)
