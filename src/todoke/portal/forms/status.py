"""申請の状況の照会: the form for the receipt number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from todoke.cases.receipt_numbers import parse_number


class NumberForm(forms.Form):
    """A receipt number."""

    number = forms.CharField(
        label=_("受付番号"),
        max_length=30,
        help_text=_("受付のお知らせのメールや、受付の画面に書いてあります。例:2026-000123-C"),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("受付番号を入力してください。")},
    )

    def clean_number(self) -> str:
        """Return the number as it is stored; one that no application can have is refused, whichever exist."""
        found = parse_number(str(self.cleaned_data["number"]))
        if found is None:
            raise forms.ValidationError(
                _(
                    "この受付番号は、どこかが違います。数字10けたと最後の英字を、はじめから入力してください。例:2026-000123-C"
                )
            )
        return found
