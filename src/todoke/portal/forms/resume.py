"""続きのリンクの宛先: form for the address to mail the link to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from todoke.runtime.mail_addresses import is_mail_address, mail_address


class MailAddressField(forms.CharField):
    """メールアドレス: an address that mail can carry, however wide it was typed."""

    def to_python(self, value: Any) -> str:
        typed = mail_address(str(value or ""))
        if typed and not is_mail_address(typed):
            raise forms.ValidationError(self.error_messages["invalid"])
        return typed


class AddressForm(forms.Form):
    """An e-mail address."""

    email = MailAddressField(
        label=_("メールアドレス"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("メールアドレスを入力してください。"),
            "invalid": _("メールアドレスの形を確かめてください。例:hanako@example.jp"),
        },
    )


class DraftLinkForm(AddressForm):
    """続きのリンクの宛先: the address, and whether one mail may remind of an application that was not sent."""

    remind = forms.BooleanField(
        label=_("3日たっても送っていないときは、一度だけメールで知らせてください"),
        required=False,
    )
