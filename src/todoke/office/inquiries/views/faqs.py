"""問答: the list of answers, and writing, checking, reading again and retiring one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.guidance.models import Faq, FaqDraft
from todoke.lists.list_page import list_page
from todoke.office.inquiries.faq_list import FaqList
from todoke.office.inquiries.forms.faqs import FaqForm, NewFaqForm, ReviewForm
from todoke.web.actions import RefusalsOn, action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    return list_page(request, FaqList(user), "office/faqs/index.html", {"can_write": Faq.can_begin(user)})


@require_http_methods(["GET", "HEAD", "POST"])
def addition(request: HttpRequest) -> HttpResponse:
    """Show the form of a new answer, and keep it as a draft. Raises PermissionDenied."""
    if not Faq.can_begin(staff(request)):
        raise PermissionDenied
    form = NewFaqForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            given = form.cleaned_data
            draft = Faq.begin(
                form.text(), department=given["department"], review_on=given["review_on"], by=staff(request),
                procedure=given["procedure"],
            )  # fmt: skip
            messages.success(request, "案を保存しました。ほかの人が確かめて公開すると、住民に見えます。")
            return redirect("office:faq", draft.faq.code)
    return render(request, "office/faqs/addition.html", {"form": form}, status=422 if form.errors else 200)


def _faq(code: str) -> Faq:
    return get_object_or_404(Faq.objects.select_related("department"), code=code)


def _mine(request: HttpRequest, code: str) -> Faq:
    return get_object_or_404(Faq.objects.editable_by(staff(request)).select_related("department"), code=code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    faq, user = _faq(code), staff(request)
    draft = FaqDraft.objects.filter(faq=faq).select_related("author").first()
    context = {
        "faq": faq, "version": faq.current, "draft": draft, "form": ReviewForm(),
        "can_write": Faq.objects.editable_by(user).filter(pk=faq.pk).exists(),
        "can_publish": draft is not None and draft.can_publish(user),
    }  # fmt: skip
    return render(request, "office/faqs/show.html", context)


def _start(faq: Faq) -> dict[str, object]:
    """Return what the form of the next version begins with: the draft, else what residents read."""
    words = FaqDraft.objects.filter(faq=faq).select_related("procedure").first() or faq.current
    start = {name: getattr(words, name, "") for name in ("question", "answer", "wordings")}
    procedure = words.procedure.number if words and words.procedure else ""
    return {**start, "procedure": procedure, "review_on": faq.review_on}


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of the next version, and keep it as a draft; 404 for whoever may not write it."""
    faq = _mine(request, code)
    form = FaqForm(request.POST or None, initial=_start(faq))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            given = form.cleaned_data
            faq.write(form.text(), review_on=given["review_on"], by=staff(request), procedure=given["procedure"])
            messages.success(request, "案を保存しました。ほかの人が確かめて公開すると、住民に見えます。")
            return redirect("office:faq", code)
    return render(request, "office/faqs/draft.html", {"form": form, "faq": faq}, status=422 if form.errors else 200)


@action("office:faq", "code")
def publication(request: HttpRequest, code: str) -> str:
    found = get_object_or_404(FaqDraft, faq=_mine(request, code))
    seen = request.POST.get("seen", "")
    found.publish(by=staff(request), seen=int(seen) if seen.isdecimal() else -1)
    return "公開しました。住民の質問から、すぐに見つかります。"


@action("office:faq", "code")
def review(request: HttpRequest, code: str) -> str | HttpResponse:
    form, faq = ReviewForm(request.POST), _mine(request, code)
    if not form.is_valid():
        return render(request, "office/faqs/review.html", {"form": form, "faq": faq}, status=422)
    faq.confirm(form.cleaned_data["review_on"], by=staff(request))
    return "読み直したことを記録しました。"


@action("office:faqs")
def retirement(request: HttpRequest, code: str) -> str:
    _mine(request, code).retire(by=staff(request))
    return "廃止しました。住民の質問からは、もう見つかりません。"
