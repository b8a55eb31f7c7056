"""申請の状況の照会: access of guests by receipt number and mailed code."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.browser_id import browser_id
from todoke.cases import guest_access
from todoke.cases.tasks import mail_access_code
from todoke.portal.access import client_address, grant_case
from todoke.portal.forms.reauthentication import MailedCodeForm
from todoke.portal.forms.status import NumberForm
from todoke.portal.status_requests import has_requested, remember_request


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    form = NumberForm(initial={"number": request.GET.get("number", "")[:30]})
    return render(request, "portal/status/show.html", {"form": form})


def code(request: HttpRequest) -> HttpResponse:
    """Mail a code; the response does not reveal whether the number exists."""
    if request.method != "POST":
        number = guest_access.normalize_number(request.GET.get("number", "")[:30])
        return _entry_page(request, number, MailedCodeForm()) if number else redirect("portal:status")
    form = NumberForm(request.POST)
    if not form.is_valid():
        return render(request, "portal/status/show.html", {"form": form})
    number = guest_access.normalize_number(form.cleaned_data["number"])
    guest_access.count_request(number, party=client_address(request))
    mail_access_code.enqueue(number, remember_request(request, number))
    return redirect(f"{reverse('portal:status-code')}?{urlencode({'number': number})}")


@require_POST
def entry(request: HttpRequest) -> HttpResponse:
    """Open the case for the code, in the browser that asked for it; elsewhere say why not and offer another code."""
    form = MailedCodeForm(request.POST)
    number = guest_access.normalize_number(request.POST.get("number", "")[:30])
    party, browser = client_address(request), browser_id(request.session)
    if form.is_valid() and guest_access.check_code(number, form.cleaned_data["code"], party=party, browser=browser):
        grant_case(request, number)
        return redirect("portal:case", number)
    if form.is_valid():
        form.add_error("code", _("確認番号が違うか、使える時間が過ぎています。メールを確かめてください。"))
    return _entry_page(request, number, form)


def _entry_page(request: HttpRequest, number: str, form: MailedCodeForm) -> HttpResponse:
    """Ask for the code, or in a browser that asked for none say why a code of another one is no use here."""
    context = {"form": form, "number": number, "requested": has_requested(request, number)}
    return render(request, "portal/status/code.html", context)
