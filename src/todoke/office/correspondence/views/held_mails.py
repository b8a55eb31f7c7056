"""留め置いた通知: mails about protected persons, decided by the section of the case."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.audit.log import record
from todoke.cases.models import HeldMail
from todoke.lists.csv_xlsx_export import list_response
from todoke.office.casework.forms.cases import ReasonForm
from todoke.office.correspondence.held_mail_list import HeldMailList
from todoke.web.actions import action
from todoke.web.permission_check import staff


def _mail_for(request: HttpRequest, token: str) -> HeldMail:
    """Return a held mail of the person's sections. Raises Http404."""
    rows = HeldMail.objects.in_office_of(staff(request)).select_related(
        "case__release__offer__procedure", "delivery__message", "decided_by"
    )
    return get_object_or_404(rows, token=token)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    page = HeldMailList(staff(request)).page(request.GET)
    return render(request, "office/held_mails/index.html", page.context())


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    return list_response(HeldMailList(staff(request)), request)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show one mail with its text; the view is logged."""
    mail = _mail_for(request, token)
    record(mail.case, "留め置いた通知の閲覧", by=staff(request))
    context = {
        "mail": mail, "message": mail.delivery.message, "secret": mail.delivery.message.secret_until is not None,
        "may": mail.case.can_process(staff(request)), "release_form": ReasonForm(auto_id="release_%s"),
        "discard_form": ReasonForm(auto_id="discard_%s"),
    }  # fmt: skip
    return render(request, "office/held_mails/show.html", context)


@action("office:held-mails")
def release(request: HttpRequest, token: str) -> str | HttpResponse:
    mail, form = _mail_for(request, token), ReasonForm(request.POST)
    if not form.is_valid():
        return _without_reason(request, token)
    mail.release(reason=form.cleaned_data["reason"], by=staff(request))
    return "送信を始めました。"


@action("office:held-mails")
def discarding(request: HttpRequest, token: str) -> str | HttpResponse:
    mail, form = _mail_for(request, token), ReasonForm(request.POST)
    if not form.is_valid():
        return _without_reason(request, token)
    mail.discard(reason=form.cleaned_data["reason"], by=staff(request))
    return "送るのをやめました。必要なことは、安全な方法で本人に伝えてください。"


def _without_reason(request: HttpRequest, token: str) -> HttpResponse:
    messages.error(request, "確かめたことを理由に書いてから、もう一度押してください。通知は留め置いたままです。")
    return redirect("office:held-mail", token)
