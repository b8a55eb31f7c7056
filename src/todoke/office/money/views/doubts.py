"""確認中の支払と二重の納付: payments in doubt, and money that came too much, for the treasurer."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from todoke.lists.list_page import list_page
from todoke.office.money.attempt_list import AttemptList
from todoke.office.money.overpayment_list import OverpaymentList
from todoke.payments import checkout
from todoke.payments.models import Attempt, Overpayment
from todoke.payments.permissions import CLOSE_DAY
from todoke.payments.providers.interface import ProviderDown
from todoke.runtime.refusals import Conflict, NotYet
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def attempts(request: HttpRequest) -> HttpResponseBase:
    """Show payments in doubt, since when, and when they are asked about next."""
    return list_page(request, AttemptList(staff(request, CLOSE_DAY)), "office/payments/attempts.html")


@require_GET
def overpayments(request: HttpRequest) -> HttpResponseBase:
    """Show money that came too much with its prepared refund."""
    return list_page(request, OverpaymentList(staff(request, CLOSE_DAY)), "office/payments/overpayments.html")


def _attempt(request: HttpRequest, key: str) -> Attempt:
    staff(request, CLOSE_DAY)
    return get_object_or_404(Attempt.objects.live().select_related("charge"), key=key)


@action("office:payments-attempts")
def attempt_inquiry(request: HttpRequest, key: str) -> str:
    """Ask the provider about a payment now. Raises NotYet when it does not answer."""
    attempt = _attempt(request, key)
    try:
        checkout.ask(attempt)
    except ProviderDown as silence:
        raise NotYet(
            "決済事業者が応答しません。何も変わっていません。しばらくして、もう一度照会してください。"
        ) from silence
    attempt.refresh_from_db()
    if attempt.is_live:
        return f"{attempt.charge.number}: 決済事業者にも、まだ結果がありません。二重に引き落とされることはありません。"
    return f"{attempt.charge.number}: 結果は「{attempt.get_status_display()}」でした。"


@action("office:payments-attempts")
def attempt_exclusion(request: HttpRequest, key: str) -> str:
    """Settle a payment that was found not captured. Raises Conflict when its outcome is known by now."""
    attempt, user = _attempt(request, key), staff(request, CLOSE_DAY)
    if not checkout.rule_out(attempt, reason=request.POST.get("reason", "")[:200], by=user):
        raise Conflict("この支払の結果は、もうわかっています。一覧を開き直してください。")
    return f"{attempt.charge.number}: 成立していないことを記録しました。申請者は、もう一度支払えます。"


@action("office:payments-overpayments")
def overpayment_refund(request: HttpRequest, number: str) -> str:
    """Decide a prepared refund. Raises Conflict when it was decided before."""
    user, overpayment = staff(request, CLOSE_DAY), get_object_or_404(Overpayment, number=number)
    if not overpayment.decide(by=user):
        raise Conflict("この還付は、もう決められています。二重に返ることはありません。")
    if overpayment.is_refunded_by_provider:
        return f"{overpayment.yen:,}円の還付を決めました。決済事業者に {number} で依頼します。"
    return f"{overpayment.yen:,}円の還付を決めました。納付書で納めた分なので、口座への還付の手続をしてください。"
