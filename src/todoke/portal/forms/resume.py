"""続きのリンクの宛先: form for the address to mail the link to."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """An e-mail address."""

    email = forms.EmailField(
        label=_("メールアドレス"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("メールアドレスを入力してください。"),
            "invalid": _("メールアドレスの形を確かめてください。例:hanako@example.jp"),
        },
    )
