"""Forms of counter payments."""

from typing import Any

from django import forms

from todoke.payments.models import Receipt


class CounterReceiptForm(forms.Form):
    """The payment method, and the till's receipt number."""

    method = forms.ChoiceField(
        label="受け取り方", choices=[(Receipt.Method.CASH, "現金"), (Receipt.Method.CARD, "カード端末")]
    )
    reference = forms.CharField(label="レジの取引番号", max_length=64)
    confirmed = forms.BooleanField(label="確認中の支払があることを申請者に伝えた", required=False)
    despite = forms.CharField(label="それでも受け取る理由", max_length=200, required=False)

    def is_used(self) -> bool:
        """Whether another receipt has the till's number already."""
        return Receipt.objects.filter(**self.till()).exists()

    def reason_despite_doubt(self) -> str:
        """Return the reason for taking money beside a payment in doubt; it counts only with the confirmation."""
        return str(self.cleaned_data["despite"]) if self.cleaned_data["confirmed"] else ""

    def till(self) -> dict[str, Any]:
        """Return the method and the till's number."""
        return {name: self.cleaned_data[name] for name in ("method", "reference")}


class RefundForm(forms.Form):
    """Amount and reason; the sum refunded when the page was loaded detects concurrent refunds."""

    yen = forms.IntegerField(label="還付する額(円)", min_value=1)
    reason = forms.CharField(label="理由", max_length=200)
    seen_refunded_yen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class ExemptionForm(forms.Form):
    """The share waived, its ground, and the document seen."""

    percent = forms.IntegerField(label="減額の割合(%)", min_value=1, max_value=100)
    reason = forms.CharField(label="減免の事由", max_length=100)
    evidence = forms.CharField(label="確かめた書類", max_length=50)
