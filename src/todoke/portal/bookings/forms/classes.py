"""講座: who takes part in a class, how many together, and what they need."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

AGES = [
    ("under40", _("39歳以下")),
    ("under65", _("40歳から64歳")),
    ("under75", _("65歳から74歳")),
    ("from75", _("75歳以上")),
]


class EnrolmentForm(forms.Form):
    """Who takes part, how many together, and how they are reached."""

    name = forms.CharField(label=_("お名前"), max_length=100)
    seats = forms.IntegerField(
        label=_("人数"), min_value=1, max_value=5, initial=1, help_text=_("付き添いの人も数えてください。")
    )
    email = forms.EmailField(label=_("メールアドレス"), required=False, help_text=_("電話だけでも申し込めます。"))
    phone = forms.CharField(label=_("電話番号"), max_length=20, required=False)
    needs = forms.CharField(
        label=_("手伝ってほしいこと"),
        max_length=200,
        required=False,
        help_text=_("例: 車いすで行きます。筆談をお願いします。"),
    )
    age_band = forms.ChoiceField(
        label=_("年代"),
        choices=[("", _("答えない")), *AGES],
        required=False,
        help_text=_("どの年代の人に届いたかを数えるためです。答えなくても申し込めます。"),
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"form_key": secrets.token_urlsafe(16), "seats": 1, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
