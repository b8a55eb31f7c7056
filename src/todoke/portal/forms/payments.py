"""Input of the payer's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from todoke.payments.models import Receipt


class MethodForm(forms.Form):
    """How to pay; the amount is never an input."""

    method = forms.ChoiceField(
        label=_("支払の方法"),
        widget=forms.RadioSelect,
        choices=[
            (Receipt.Method.CARD, _("クレジットカード")),
            (Receipt.Method.CODE, _("コード決済")),
            (Receipt.Method.KONBINI, _("コンビニ")),
        ],
    )
