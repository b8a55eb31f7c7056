"""やりとり・意見照会: messages with applicants, and opinions between departments."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from todoke.cases import messages
from todoke.cases.models import Opinion
from todoke.lists.csv_xlsx_export import list_response
from todoke.office.casework.views.cases import case_for, me
from todoke.office.correspondence.forms.messages import AnswerForm, MessageForm, OpinionForm
from todoke.office.correspondence.opinion_list import OpinionList
from todoke.office.refusal_messages import act


def _opinion(request: HttpRequest, token: str) -> Opinion:
    rows = Opinion.objects.visible_to(me(request)).select_related(
        "case__release__offer__procedure", "case__department", "department", "asked_by", "answered_by"
    )
    return get_object_or_404(rows.distinct(), token=token)


@require_POST
def message(request: HttpRequest, number: str) -> HttpResponse:
    case, form = case_for(request, number), MessageForm(request.POST)
    if not form.is_valid():
        context = {"case": case, "form": form, "title": "申請者に連絡する", "label": "連絡する"}
        return render(request, "office/cases/again.html", context, status=422)
    text, then = form.cleaned_data["text"], reverse("office:case", args=[number])
    done = "連絡しました。申請者の状況のページに出ています。"
    return act(request, lambda: messages.write_to_applicant(case, text, by=me(request)), done=done, then=then)


@require_POST
def opinion(request: HttpRequest, number: str) -> HttpResponse:
    case = case_for(request, number)
    form = OpinionForm(request.POST, case=case)
    if not form.is_valid():
        context = {"case": case, "form": form, "title": "意見を照会する", "label": "照会する"}
        return render(request, "office/cases/again.html", context, status=422)
    then = reverse("office:case", args=[number])
    done = "照会しました。回答が届くと、メールで知らせます。"
    return act(
        request, lambda: messages.request_opinion(case, by=me(request), **form.cleaned_data), done=done, then=then
    )


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show opinions asked of and by the person's departments, next due first."""
    page = OpinionList(me(request)).page(request.GET)
    return render(request, "office/conversations/index.html", page.context())


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    return list_response(OpinionList(me(request)), request.GET)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, _opinion(request, token), AnswerForm())


@require_POST
def answer(request: HttpRequest, token: str) -> HttpResponse:
    asked, form = _opinion(request, token), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    then, text = reverse("office:opinion", args=[token]), form.cleaned_data["answer"]
    done = "回答しました。照会した人にメールで知らせます。"
    return act(request, lambda: messages.answer_opinion(asked, text, by=me(request)), done=done, then=then)


@require_POST
def cancellation(request: HttpRequest, token: str) -> HttpResponse:
    asked, then = _opinion(request, token), reverse("office:opinion", args=[token])
    return act(
        request, lambda: messages.cancel_opinion(asked, by=me(request)), done="照会を取り下げました。", then=then
    )


def _page(request: HttpRequest, asked: Opinion, form: AnswerForm, status: int = 200) -> HttpResponse:
    user = me(request)
    context = {
        "opinion": asked,
        "form": form,
        "may_answer": asked.can_answer(user),
        "may_open": asked.case.can_process(user),
    }
    return render(request, "office/conversations/show.html", context, status=status)
