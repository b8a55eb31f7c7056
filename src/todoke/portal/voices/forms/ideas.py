"""お題: the form of an idea in four questions, without an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from todoke.cases.models.tokens import new_token
from todoke.voices.models.challenge import BANDS
from todoke.voices.models.idea import LONGEST


class IdeaForm(forms.Form):
    """What, where, how old, and nothing else."""

    text = forms.CharField(
        label=_("あなたの考え"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("400文字まで。名前や電話番号は書かないでください。読んで確かめてから、みんなに見せます。"),
        error_messages={"required": _("考えを書いてください。")},
    )  # fmt: skip
    place = forms.CharField(
        label=_("どこのことですか"),
        max_length=100,
        required=False,
        help_text=_("例:駅の北口。書かなくてもかまいません。"),
    )
    age = forms.ChoiceField(
        label=_("年代"), required=False, choices=[("", _("答えない")), *((band, _(band)) for band in BANDS)],
        help_text=_("考えとは別に数えます。だれの考えかは分かりません。"),
    )  # fmt: skip
    area = forms.CharField(label=_("住んでいる地域"), max_length=50, required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False, initial=new_token)
