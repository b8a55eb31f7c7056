"""やりとり・意見照会: messages with applicants, and opinions between departments."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.cases import messages
from todoke.cases.models import Opinion
from todoke.lists.csv_xlsx_export import list_response
from todoke.office.casework.views.cases import case_for
from todoke.office.correspondence.forms.messages import AnswerForm, MessageForm, OpinionForm
from todoke.office.correspondence.opinion_list import OpinionList
from todoke.web.actions import action
from todoke.web.permission_check import staff


def _opinion(request: HttpRequest, token: str) -> Opinion:
    rows = Opinion.objects.visible_to(staff(request)).select_related(
        "case__release__offer__procedure", "case__department", "department", "asked_by", "answered_by"
    )
    return get_object_or_404(rows.distinct(), token=token)


@action("office:case", "number")
def message(request: HttpRequest, number: str) -> str | HttpResponse:
    case, form = case_for(request, number), MessageForm(request.POST)
    if not form.is_valid():
        context = {"case": case, "form": form, "title": "申請者に連絡する", "label": "連絡する"}
        return render(request, "office/cases/again.html", context, status=422)
    messages.write_to_applicant(case, form.cleaned_data["text"], by=staff(request))
    return "連絡しました。申請者の状況のページに出ています。"


@action("office:case", "number")
def opinion(request: HttpRequest, number: str) -> str | HttpResponse:
    case = case_for(request, number)
    form = OpinionForm(request.POST, case=case)
    if not form.is_valid():
        context = {"case": case, "form": form, "title": "意見を照会する", "label": "照会する"}
        return render(request, "office/cases/again.html", context, status=422)
    messages.request_opinion(case, by=staff(request), **form.cleaned_data)
    return "照会しました。回答が届くと、メールで知らせます。"


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show opinions asked of and by the person's departments, next due first."""
    page = OpinionList(staff(request)).page(request.GET)
    return render(request, "office/conversations/index.html", page.context())


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    return list_response(OpinionList(staff(request)), request)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    return _page(request, _opinion(request, token), AnswerForm())


@action("office:opinion", "token")
def answer(request: HttpRequest, token: str) -> str | HttpResponse:
    asked, form = _opinion(request, token), AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, asked, form, status=422)
    messages.answer_opinion(asked, form.cleaned_data["answer"], by=staff(request))
    return "回答しました。照会した人にメールで知らせます。"


@action("office:opinion", "token")
def cancellation(request: HttpRequest, token: str) -> str:
    messages.cancel_opinion(_opinion(request, token), by=staff(request))
    return "照会を取り下げました。"


def _page(request: HttpRequest, asked: Opinion, form: AnswerForm, status: int = 200) -> HttpResponse:
    user = staff(request)
    context = {
        "opinion": asked,
        "form": form,
        "may_answer": asked.can_answer(user),
        "may_open": asked.case.can_process(user),
    }
    return render(request, "office/conversations/show.html", context, status=status)
