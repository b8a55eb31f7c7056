"""窓口収納: fees paid at the counter; the amount is the charge's own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from todoke.office.casework.views.cases import case_for
from todoke.office.money.forms.counter_payments import CounterReceiptForm, ExemptionForm, RefundForm
from todoke.payments.collection import exempt, pay_at_counter
from todoke.payments.collection import refund as give_back
from todoke.payments.models import Charge, Receipt
from todoke.runtime.refusals import Conflict, Unreadable
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff

REFUND_MISSING = "還付する額と理由を入力してください。"


def _charge(request: HttpRequest, number: str) -> Charge:
    case = case_for(request, number)
    if case.charge is None or not case.can_process(staff(request)):
        raise Http404
    return case.charge


@action("office:case", "number", note="お金はまだ記録していません。")
def payment(request: HttpRequest, number: str) -> str:
    """Record a payment once; a second one, or one beside a payment in doubt, is refused. Raises Conflict."""
    charge, form = _charge(request, number), CounterReceiptForm(request.POST)
    cleaned(form, "レジの取引番号を入力してください。")
    if form.is_used():
        raise Conflict("このレジの取引番号は、もう使われています。番号を確かめてください。")
    receipt = pay_at_counter(charge, by=staff(request), **form.till(), despite=form.reason_despite_doubt())
    if receipt is None:
        raise Conflict("この手数料は、もう納付の必要がありません。受け取らないでください。")
    return f"{receipt.yen:,}円を収納しました。領収番号は {receipt.number} です。"


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


@action("office:case", "number", note="まだ記録していません。")
def kept(request: HttpRequest, number: str) -> str:
    """Record that a paid fee is not given back after a withdrawal or a refusal."""
    case_for(request, number).keep_fee(reason=request.POST.get("reason", "")[:200], by=staff(request))
    return "還付しないことを記録しました。"


@action("office:case", "number", note="手数料は変わっていません。")
def exemption(request: HttpRequest, number: str) -> str:
    """Reduce an unpaid fee, with ground and document. Raises Conflict where it is not unpaid."""
    charge, form = _charge(request, number), ExemptionForm(request.POST)
    again = exempt(charge, by=staff(request), **cleaned(form, "減額の割合、事由、確かめた書類を入力してください。"))
    if again is None:
        raise Conflict("この手数料は未納ではないため、減免できません。納付の後は還付してください。")
    return f"減免しました。手数料は {again.yen:,}円になりました。"
