"""納付: payment by whoever holds the link; the amount is the charge's own."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from todoke.accounts.actors import Guest
from todoke.federation.levels import Act
from todoke.payments import checkout, treasury_pdf
from todoke.payments.models import Charge, PaymentSlip
from todoke.payments.providers.interface import ProviderDown
from todoke.payments.treasury_papers import ReceiptPaper, SlipPaper
from todoke.portal.access import require_level_here
from todoke.portal.forms.payments import MethodForm
from todoke.reception.models import EnrolmentCharge, FacilityUse
from todoke.runtime.links import absolute
from todoke.runtime.production import NO_PROVIDER
from todoke.web.actions import RefusalsHeld
from todoke.web.downloads import take

PAYER = Guest("納付者")


def _charge(token: str) -> Charge:
    return get_object_or_404(Charge.objects.select_related("receipt", "case__release"), token=token)


def _payable(request: HttpRequest, token: str, act: Act) -> Charge:
    """Return a charge for an act on it. Raises LevelTooLow where it is the fee of an application with a level."""
    charge = _charge(token)
    if (case := getattr(charge, "case", None)) is not None:
        require_level_here(request, case, act, back=reverse("portal:payment", args=[token]))
    return charge


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show amount, purpose, due date, and whether it is paid."""
    charge = _charge(token)
    tried = charge.attempts.first() if charge.status == Charge.Status.UNPAID else None
    live = tried if tried and tried.is_live else None
    context = {
        "charge": charge,
        "lines": charge.lines.all(),
        "twice": charge.overpayments.all() if charge.status != Charge.Status.UNPAID else (),
        "tried": tried,
        "live": live,
        "resumable": live and live.can_resume(live.method, timezone.now()),
        "form": MethodForm(initial={"yen": charge.yen, "method": live.method if live else None}),
        "for_use": FacilityUse.objects.filter(charge=charge).exists(),
        "for_class": EnrolmentCharge.objects.filter(charge=charge).exists(),
    }
    return render(request, "portal/payments/show.html", context)


def _method(request: HttpRequest, charge: Charge) -> MethodForm | None:
    """Return the method form, or None with a message when it is invalid; nothing is begun then."""
    form = MethodForm(request.POST)
    if claims := form.claims(charge.yen):
        checkout.record_mismatch(charge, claims, by=PAYER)
        messages.error(
            request, _("送られた内容が、この手数料と合いません。まだ支払われていません。もう一度お試しください。")
        )
        return None
    if settings.PAYMENT_PROVIDER == NO_PROVIDER:
        messages.error(
            request, _("この手数料は、オンラインでは支払えません。納付書か、区役所の窓口でお支払いください。")
        )
        return None
    if not form.is_valid():
        messages.error(request, _("支払の方法を選んでから、「支払に進む」を押してください。"))
        return None
    return form


@require_POST
def attempt(request: HttpRequest, token: str) -> HttpResponse:
    """Begin a payment by the chosen method."""
    charge = _payable(request, token, Act.PAY)
    if (form := _method(request, charge)) is None:
        return redirect("portal:payment", token=token)
    method = form.cleaned_data["method"]
    back = absolute("portal:payment-return", token)
    chosen = {"provider_name": settings.PAYMENT_PROVIDER, "method": method, "return_url": back}
    with RefusalsHeld() as held:
        try:
            return redirect(checkout.begin(charge, **chosen, by=PAYER))
        except ProviderDown:
            messages.error(request, _("決済サービスが応答しません。しばらくして、もう一度お試しください。"))
    if held.refusal is not None:
        messages.info(request, _("新しい支払は始めませんでした。いまの状態は、このページのとおりです。"))
    return redirect("portal:payment", token=token)


@require_GET
def provider_return(request: HttpRequest, token: str) -> HttpResponse:
    """The payer returns from the provider; without a webhook yet, the provider is polled."""
    checkout.poll_newest(_charge(token))
    return redirect("portal:payment", token=token)


@require_GET
def slip(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return a payment slip for banks, konbini and Pay-easy as PDF while the fee is open."""
    charge = _payable(request, token, Act.PAY)
    if charge.status != Charge.Status.UNPAID:
        raise Http404
    if charge.live_attempt() is not None:
        messages.info(request, _("お支払いを確認しているため、納付書は出せませんでした。"))
        return redirect("portal:payment", token=token)

    def read() -> bytes:
        return treasury_pdf.print_slip(PaymentSlip.issue(charge, by=PAYER))

    return take(SlipPaper(charge), read, f"slip-{charge.number}.pdf", by=PAYER, inline=True)


@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the receipt as PDF once the fee is paid."""
    charge = _payable(request, token, Act.DOWNLOAD)
    if charge.status not in {Charge.Status.PAID, Charge.Status.PARTLY_REFUNDED}:
        raise Http404
    name = f"receipt-{charge.receipt.number}.pdf"
    return take(ReceiptPaper(charge), lambda: treasury_pdf.print_receipt(charge.receipt), name, by=PAYER, inline=True)
