"""窓口収納: fees paid at the counter; the amount is the charge's own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from todoke.office.casework.views.cases import case_for
from todoke.office.money.forms.counter_payments import CounterReceiptForm, ExemptionForm, RefundForm
from todoke.payments.collection import exempt, pay_at_counter
from todoke.payments.collection import refund as give_back
from todoke.payments.models import Charge, Receipt
from todoke.runtime.refusals import Unreadable
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

REFUND_MISSING = "還付する額と理由を入力してください。"


@require_POST
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """Record a payment once; a second attempt is refused."""
    user, case, form = staff(request), case_for(request, number), CounterReceiptForm(request.POST)
    if case.charge is None or not case.can_process(user):
        raise Http404
    if not form.is_valid():
        messages.error(request, "レジの取引番号を入力してください。お金はまだ記録していません。")
    elif form.is_used():
        messages.error(
            request, "このレジの取引番号は、もう使われています。番号を確かめてください。まだ記録していません。"
        )
    elif receipt := pay_at_counter(case.charge, by=user, **form.cleaned_data):
        messages.success(request, f"{receipt.yen:,}円を収納しました。領収番号は {receipt.number} です。")
    else:
        messages.info(request, "この手数料は、もう納付の必要がありません。受け取らないでください。")
    return redirect("office:case", number=number)


def _charge(request: HttpRequest, number: str) -> Charge:
    case = case_for(request, number)
    if case.charge is None or not case.can_process(staff(request)):
        raise Http404
    return case.charge


@action("office:case", "number", note="まだ何も還付していません。")
def refund(request: HttpRequest, number: str) -> str | HttpResponse:
    """Refund all or part; the second of two concurrent refunds is refused. Raises Unreadable where nothing was paid."""
    charge, form = _charge(request, number), RefundForm(request.POST)
    receipt = Receipt.objects.filter(charge=charge, taken_back_on__isnull=True).first()
    if receipt is None:
        raise Unreadable(REFUND_MISSING)
    given = give_back(receipt, by=staff(request), **cleaned(form, REFUND_MISSING))
    if given is None:
        messages.info(request, "ほかの人が先に還付しています。画面の額を確かめて、もう一度行ってください。")
        return redirect("office:case", number=number)
    return f"{given.yen:,}円を還付しました。還付番号は {given.number} です。"


@require_POST
def exemption(request: HttpRequest, number: str) -> HttpResponse:
    """Reduce an unpaid fee, with ground and document."""
    charge, form = _charge(request, number), ExemptionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "減額の割合、事由、確かめた書類を入力してください。手数料は変わっていません。")
    elif again := exempt(charge, by=staff(request), **form.cleaned_data):
        messages.success(request, f"減免しました。手数料は {again.yen:,}円になりました。")
    else:
        messages.info(request, "この手数料は未納ではないため、減免できません。納付の後は還付してください。")
    return redirect("office:case", number=number)
