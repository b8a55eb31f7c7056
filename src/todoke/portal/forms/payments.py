"""Forms of the payment page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from todoke.payments.models import Receipt


class MethodForm(forms.Form):
    """The payment method. The amount is no input: the one sent back is only compared."""

    KNOWN = frozenset({"method", "yen", "csrfmiddlewaretoken"})

    yen = forms.CharField(widget=forms.HiddenInput, required=False)

    method = forms.ChoiceField(
        label=_("支払の方法"),
        widget=forms.RadioSelect,
        choices=[
            (Receipt.Method.CARD, _("クレジットカード")),
            (Receipt.Method.CODE, _("コード決済")),
            (Receipt.Method.KONBINI, _("コンビニ")),
        ],
    )

    def claims(self, yen: int) -> list[str]:
        """Return the names of fields that state another amount or were not asked for."""
        sent: dict[str, Any] = dict(self.data.items())
        strange = sorted(set(sent) - self.KNOWN)
        return strange if sent.get("yen", str(yen)) == str(yen) else ["yen", *strange]
