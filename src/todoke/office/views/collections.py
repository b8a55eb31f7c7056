"""窓口収納: a clerk takes the fee of a case at the counter; the amount is the charge's own."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from todoke.office.forms.collections import CounterReceiptForm
from todoke.office.views.cases import case_for, me
from todoke.payments.collecting import pay_at_counter


@require_POST
def payment(request: HttpRequest, number: str) -> HttpResponse:
    """Take the money once; whoever comes second is told that nothing may be taken."""
    user, case, form = me(request), case_for(request, number), CounterReceiptForm(request.POST)
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
