"""申請の状況の照会: the form for the receipt number."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NumberForm(forms.Form):
    """A receipt number."""

    number = forms.CharField(
        label=_("受付番号"),
        max_length=30,
        help_text=_("受付のお知らせのメールや、受付の画面に書いてあります。例:2026-000123-C"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("受付番号を入力してください。")},
    )
