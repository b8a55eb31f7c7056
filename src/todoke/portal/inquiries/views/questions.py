"""質問: one box for a question, the candidates with their source, and what to do when none of them is right."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.accounts.models import User
from todoke.accounts.rate_limits import RateLimit, TooOften, hit
from todoke.guidance import permissions
from todoke.guidance.faqs import faq_search
from todoke.guidance.models import Inquiry, InquiryHit
from todoke.organization.models import Department
from todoke.portal.access import client_address
from todoke.portal.inquiries.forms.questions import JudgementForm, QuestionForm
from todoke.web.actions import action

QUESTIONS_FROM_ONE = RateLimit("質問", 30, 60)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    form = QuestionForm(initial={"words": request.GET.get("q", "")[:200]})
    return render(request, "portal/questions/index.html", {"form": form})


@action("portal:questions")
def answer(request: HttpRequest) -> HttpResponse:
    """Find the candidates, keep the masked question, and show them. Raises TooOften."""
    form = QuestionForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/questions/index.html", {"form": form}, status=422)
    if not hit(QUESTIONS_FROM_ONE, client_address(request)):
        raise TooOften
    found = faq_search.answer(form.cleaned_data["words"], channel=_channel(request))
    return redirect("portal:question", found.inquiry.token)


def _channel(request: HttpRequest) -> str:
    """Return through whom a question came: staff ask for somebody at the telephone or the counter."""
    user = request.user
    asks_for_another = isinstance(user, User) and bool(permissions.LOG_CONTACTS.departments_of(user))
    return Inquiry.Channel.CLERK if asks_for_another else Inquiry.Channel.PORTAL


def _inquiry(token: str) -> Inquiry:
    return get_object_or_404(Inquiry, token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    inquiry = _inquiry(token)
    hits = inquiry.hits.select_related("version__faq__department").prefetch_related("version__faq__procedures")
    context = {
        "inquiry": inquiry, "hits": hits, "is_cut": len(inquiry.words) == faq_search.LONGEST,
        "procedures": faq_search.near_procedures(inquiry.words),
    }  # fmt: skip
    return render(request, "portal/questions/show.html", context)


@action("portal:question", "token")
def judgement(request: HttpRequest, token: str, rank: int) -> str | HttpResponse:
    """Keep whether an answer was enough; who was not helped is led to people."""
    hit_of_it = get_object_or_404(InquiryHit, inquiry=_inquiry(token), rank=rank)
    form = JudgementForm(request.POST)
    hit_of_it.choose()
    hit_of_it.judge(form.is_valid() and form.cleaned_data["helped"])
    if not form.is_valid() or not form.cleaned_data["helped"]:
        return redirect("portal:question-contact", token)
    return _("お役に立ててよかったです。教えてくださって、ありがとうございます。")


@action("portal:question-contact", "token")
def miss(request: HttpRequest, token: str) -> HttpResponse:
    """「この中にない」: tell the section once, and lead to people."""
    inquiry = _inquiry(token)
    if inquiry.miss():
        first = inquiry.hits.select_related("version__faq__department").first()
        faq_search.report_gap(inquiry, department=first.version.faq.department if first else None)
    return redirect("portal:question-contact", token)


@require_GET
def contact(request: HttpRequest, token: str) -> HttpResponse:
    """分からない: the sections that were named, with telephone and hours, and the other ways to ask."""
    inquiry = _inquiry(token)
    named = inquiry.hits.values("version__faq__department")
    context = {"inquiry": inquiry, "sections": Department.objects.filter(pk__in=named)}
    return render(request, "portal/questions/contact.html", context)
