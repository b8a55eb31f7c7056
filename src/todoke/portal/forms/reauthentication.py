"""本人の再確認: the form for the mailed code."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailedCodeForm(forms.Form):
    """A code that was mailed to the person."""

    code = forms.CharField(
        label=_("確認番号"),
        max_length=12,
        help_text=_("メールに書いてある6けたの数字です。15分のあいだ使えます。"),
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "size": "10"}),
        error_messages={"required": _("確認番号を入力してください。")},
    )
