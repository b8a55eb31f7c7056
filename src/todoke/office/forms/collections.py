"""Input of the counter's till."""

from django import forms

from todoke.payments.models import Receipt


class CounterReceiptForm(forms.Form):
    """How the fee was paid at the counter, and under which number the till knows it."""

    method = forms.ChoiceField(
        label="受け取り方", choices=[(Receipt.Method.CASH, "現金"), (Receipt.Method.CARD, "カード端末")]
    )
    reference = forms.CharField(label="レジの取引番号", max_length=64)

    def is_used(self) -> bool:
        """Tell whether the till's number stands on another receipt already."""
        return Receipt.objects.filter(**self.cleaned_data).exists()
