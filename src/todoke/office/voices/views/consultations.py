"""意見募集: the list, one consultation with its next step, and the acts that move it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.voices.consultation_access import consultation_of, runner
from todoke.office.voices.consultation_lists import ConsultationList
from todoke.office.voices.consultation_overview import consultation_context
from todoke.office.voices.forms.consultations import (
    AbandonmentForm,
    ChannelTermsForm,
    ConsultationForm,
    EndingForm,
    ExtensionForm,
)
from todoke.runtime.refusals import NotYet
from todoke.voices.arrival import Channel
from todoke.voices.consultation_result import publish_result
from todoke.voices.models import Consultation, ConsultationExtension
from todoke.voices.permissions import RUN_CONSULTATION
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff

PAGE = ("office:consultation", "number")


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show the consultations of the person's departments."""
    user = staff(request)
    rows = ConsultationList(user)
    if wanted_format(request.GET):
        return list_response(rows, request)
    context = {**rows.page(request.GET).context(), "runs": bool(RUN_CONSULTATION.departments_of(user))}
    return render(request, "office/consultations/list.html", context)


def preparation(request: HttpRequest) -> HttpResponse:
    """Prepare a consultation."""
    form = ConsultationForm(request.POST or None, user=runner(request))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = Consultation.prepare(by=staff(request), **form.cleaned_data)
            return redirect("office:consultation-text", made.number)
    context = {"form": form, "title": "意見募集を準備する"}
    return render(request, "office/consultations/entry.html", context, status=422 if form.errors else 200)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one consultation: state, next step, counts and ways."""
    of = consultation_of(request, number)
    context: dict[str, Any] = {
        **consultation_context(of), "ending_form": EndingForm(), "extension_form": ExtensionForm(of=of),
        "abandonment_form": AbandonmentForm(), "terms_form": ChannelTermsForm(),
    }  # fmt: skip
    return render(request, "office/consultations/show.html", context)


def correction(request: HttpRequest, number: str) -> HttpResponse:
    """Change what a consultation says before its notice, or later its route."""
    of = consultation_of(request, number)
    form = ConsultationForm(request.POST or None, instance=of, user=staff(request))
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            of.correct(form.changed_data, by=staff(request))
            return redirect("office:consultation", of.number)
    context = {"form": form, "title": "意見募集の内容を直す", "of": of}
    return render(request, "office/consultations/entry.html", context, status=422 if form.errors else 200)


@action(*PAGE)
def announcement(request: HttpRequest, number: str) -> str:
    """Announce it."""
    consultation_of(request, number).announce(by=staff(request))
    return "公示しました。案と提出方法は、もう変わりません。"


@action(*PAGE)
def closing(request: HttpRequest, number: str) -> str:
    """End the intake once the period is over. Raises NotYet."""
    of = consultation_of(request, number)
    if not of.is_over(Channel.WEB):
        raise NotYet("募集期間が終わっていません。")
    of.begin_answering(by=staff(request))
    return "募集を締め切りました。意見をまとめて、区の考え方を書いてください。"


@action(*PAGE)
def extension(request: HttpRequest, number: str) -> str:
    """Extend the period by a notice."""
    of = consultation_of(request, number)
    made = ConsultationExtension.notice(of, by=staff(request), **cleaned(ExtensionForm(request.POST, of=of)))
    return f"{made.after}まで延長しました。人が判断していない受付は、新しい期限で判断し直しました。"


@action(*PAGE)
def terms(request: HttpRequest, number: str) -> str:
    """Correct by what post is judged."""
    of = consultation_of(request, number)
    moved = of.correct_channel(Channel.POST, by=staff(request), **cleaned(ChannelTermsForm(request.POST)))
    return f"郵送の期限の考え方を直しました。判断が変わった受付は{moved}件です。"


@action(*PAGE)
def abandonment(request: HttpRequest, number: str) -> str:
    """Give the draft up, with a reason in public."""
    consultation_of(request, number).abandon(by=staff(request), **cleaned(AbandonmentForm(request.POST)))
    return "策定しないことを公表しました。"


@action(*PAGE)
def publication(request: HttpRequest, number: str) -> str:
    """Publish the result."""
    told = publish_result(consultation_of(request, number), by=staff(request), **cleaned(EndingForm(request.POST)))
    return f"結果を公表しました。アドレスを書いた{told}人にメールを送ります。"
