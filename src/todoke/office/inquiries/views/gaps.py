"""案内の抜け: what people asked and no answer fits, and what becomes of it."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.guidance.faqs import faq_search
from todoke.guidance.faqs.language_model import drafted_answer, language_model
from todoke.guidance.models import ContentGap
from todoke.guidance.permissions import EDIT_VOCABULARY
from todoke.lists.list_page import list_page
from todoke.office.inquiries.forms.faqs import DeclineForm, GapDraftForm, SectionForm, WordingForm
from todoke.office.inquiries.gap_list import ContentGapList
from todoke.runtime.refusals import NotAllowed
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    return list_page(request, ContentGapList(staff(request)), "office/gaps/index.html")


def _gap(request: HttpRequest, number: int) -> ContentGap:
    mine = ContentGap.objects.visible_to(staff(request)).select_related("department", "faq")
    return get_object_or_404(mine, pk=number)


def _page(request: HttpRequest, gap: ContentGap, status: int = 200, **forms: object) -> HttpResponse:
    start = {"department": gap.department.code if gap.department else ""}
    context = {
        "gap": gap, "draft_form": GapDraftForm(initial=start), "section_form": SectionForm(initial=start),
        "refusal_form": DeclineForm(), "wording_form": WordingForm(),
        "may_word": EDIT_VOCABULARY.held_by(staff(request)), **forms,
    }  # fmt: skip
    return render(request, "office/gaps/show.html", context, status=status)


@require_GET
def show(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, _gap(request, number))


@action("office:gap", "number")
def draft(request: HttpRequest, number: int) -> HttpResponse:
    """Draft an answer with people's words as a wording."""
    gap, form = _gap(request, number), GapDraftForm(request.POST)
    if not form.is_valid():
        return _page(request, gap, 422, draft_form=form)
    model = language_model()
    near = [each.version.answer for each in faq_search.find(gap.title)] if model else []
    answer = drafted_answer(gap.title, near, model) if model and near else ""
    faq = gap.draft(by=staff(request), answer=answer, **form.cleaned_data)
    return redirect("office:faq-draft", faq.code)


@action("office:gaps")
def handover(request: HttpRequest, number: int) -> str | HttpResponse:
    gap, form = _gap(request, number), SectionForm(request.POST)
    if not form.is_valid():
        return _page(request, gap, 422, section_form=form)
    gap.hand_over(form.cleaned_data["department"], by=staff(request))
    return f"{form.cleaned_data['department']}に引き継ぎました。"


@action("office:gaps")
def wording(request: HttpRequest, number: int) -> str | HttpResponse:
    """Have the search of procedures learn people's words. Raises NotAllowed."""
    if not EDIT_VOCABULARY.held_by(staff(request)):
        raise NotAllowed("聞き方に加えられるのは、手続設計担当とDX推進本部事務局です。")
    gap, form = _gap(request, number), WordingForm(request.POST)
    if not form.is_valid():
        return _page(request, gap, 422, wording_form=form)
    gap.word(form.cleaned_data["name"], by=staff(request))
    return f"「{gap.title}」で「{form.cleaned_data['name'].plain}」が見つかるようになりました。"


@action("office:gaps")
def refusal(request: HttpRequest, number: int) -> str | HttpResponse:
    gap, form = _gap(request, number), DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, gap, 422, refusal_form=form)
    gap.decline(form.cleaned_data["reason"], by=staff(request))
    return "答えを載せないことにしました。理由は監査の記録に残っています。"
