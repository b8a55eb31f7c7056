"""本人の再確認: the forms for the mailed code and for the code of an enrolment."""

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


class EnrolmentCodeForm(forms.Form):
    """The code of an enrolment that the office issued in person."""

    number = forms.CharField(
        label=_("登録票の番号"),
        max_length=20,
        help_text=_("登録票に書いてある10けたの数字です。"),
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "size": "16"}),
        error_messages={"required": _("登録票の番号を入力してください。")},
    )
