"""本人の再確認: what confirms a person without a second factor before a change of how they sign in.

A mailed code; or the code of an enrolment, while the office has issued one (then the mailbox counts no more).
"""

from allauth.account.internal.flows.reauthentication import resume_request
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from todoke.accounts.models import User
from todoke.accounts.one_time_codes import OneTimeCode
from todoke.accounts.reauthentication_codes import confirm_code, confirm_person, issue_code, needs_mailed_code
from todoke.audit.log import subject_of
from todoke.federation.models import FactorEnrolment
from todoke.jobs.priority import Priority
from todoke.notices.outbox import Recipient, enqueue
from todoke.portal.access import signed_in
from todoke.portal.forms.reauthentication import EnrolmentCodeForm, MailedCodeForm


@login_required
def mailed_code(request: HttpRequest) -> HttpResponse:
    """Mail a code on the first press and take it on the second; then go on with what asked for it."""
    user = signed_in(request)
    if not needs_mailed_code(user):
        return redirect("account_reauthenticate")
    enrolment = FactorEnrolment.objects.usable().filter(user=user).select_related("by").first()
    if enrolment is not None:
        return _by_enrolment(request, enrolment)
    entering = "code" in request.POST
    form, sent = MailedCodeForm(request.POST if entering else None), False
    if request.method == "POST" and not entering:
        sent = _mail(request, user)
    if form.is_valid():
        if confirm_code(request, user, form.cleaned_data["code"]):
            response: HttpResponse = resume_request(request) or redirect("mfa_index")
            return response
        form.add_error("code", _("確認番号が違うか、使える時間が過ぎています。メールを確かめてください。"))
    context = {"form": form, "sent": sent, "asked": request.method == "POST", "again": request.get_full_path()}
    return render(request, "portal/reauthentication.html", context)


def _by_enrolment(request: HttpRequest, enrolment: FactorEnrolment) -> HttpResponse:
    """Take the code of an enrolment; then go on with what asked for it."""
    form, user = EnrolmentCodeForm(request.POST or None), enrolment.user
    if form.is_valid():
        number = form.cleaned_data["number"]
        if confirm_person(request, user, "in_person", lambda: FactorEnrolment.redeem(user, number)):
            response: HttpResponse = resume_request(request) or redirect("mfa_index")
            return response
        form.add_error("number", _("登録票の番号が違うか、短い間に何度も入れました。登録票を確かめてください。"))
    context = {"form": form, "enrolment": enrolment, "again": request.get_full_path()}
    return render(request, "portal/enrolment.html", context)


def _mail(request: HttpRequest, user: User) -> bool:
    code = issue_code(request, user)
    if code is not None:
        terms = {"code": code, "minutes": OneTimeCode.VALID.seconds // 60}
        to, about = Recipient.of(user), subject_of(user)
        enqueue("sign-in-code", to=to, context=terms, about=about, by=user, priority=Priority.INTERACTIVE)
    return code is not None
