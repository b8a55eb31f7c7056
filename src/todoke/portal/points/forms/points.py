"""Forms of the points of residents and shops."""

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from todoke.design.identifier_field import DigitsField
from todoke.japanese.banks import bank_code
from todoke.points.models import Merchant


class ClaimForm(forms.Form):
    """The code of a letter."""

    code = forms.CharField(
        label=_("案内の番号"),
        max_length=30,
        help_text=_("届いた手紙に書いてある、12文字の番号です。"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class UseForm(forms.Form):
    """A use in a shop: the yen, and the one-time code or the card with its PIN; the key makes it one use."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    points = forms.IntegerField(label=_("使うポイント(円)"), min_value=1, max_value=1_000_000)
    code = forms.CharField(
        label=_("支払番号"),
        max_length=20,
        required=False,
        help_text=_("お客さまの画面に出ている8けたの番号です。カードのときは空のままにします。"),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    card = forms.CharField(
        label=_("カード番号"),
        max_length=20,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )
    pin = forms.CharField(
        label=_("暗証番号"),
        max_length=8,
        required=False,
        help_text=_("カードのお客さまに、ご自分で入れていただきます。"),
        widget=forms.PasswordInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    @classmethod
    def fresh(cls) -> "UseForm":
        """Return an empty form with a key of its own."""
        return cls(initial={"key": secrets.token_urlsafe(18)})

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        by_card = bool(given.get("card")) and bool(given.get("pin"))
        if by_card == bool(given.get("code")):
            raise forms.ValidationError(_("支払番号か、カード番号と暗証番号の、どちらか一方を入れてください。"))
        return given


def _translated(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(value, gettext(str(label))) for value, label in choices]


class ShopForm(forms.ModelForm[Merchant]):
    """An application for a shop, with the bank account into which it is paid."""

    category = forms.ChoiceField(label=_("業種"), choices=lambda: _translated(Merchant.Category.choices))
    account_kind = forms.ChoiceField(label=_("預金の種類"), choices=lambda: _translated(Merchant.AccountKind.choices))
    account_number = DigitsField(7, label=_("口座番号"), error_messages={"invalid": _("数字7けたで入れてください。")})

    class Meta:
        model = Merchant
        fields = ["name", "category", "corporate_number", "bank_code", "branch_code", "account_kind", "payee_kana"]
        labels = {
            "name": _("店の名前"), "corporate_number": _("法人番号(ある場合)"),
            "bank_code": _("金融機関コード"), "branch_code": _("支店コード"),
            "payee_kana": _("口座名義(カナ)"),
        }  # fmt: skip

    def clean_bank_code(self) -> str:
        """Return a code that a bank has."""
        if (found := bank_code(str(self.cleaned_data["bank_code"]))) is None:
            raise forms.ValidationError(_("この金融機関は見つかりません。通帳の4けたの番号を入れてください。"))
        return found
