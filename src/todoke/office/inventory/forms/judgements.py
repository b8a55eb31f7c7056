"""Form of the municipality's judgement."""

from typing import Any

from django import forms

from todoke.design.bound_choices import set_queryset
from todoke.design.date_fields import DateField
from todoke.procedures.models import Code


class JudgementForm(forms.Form):
    """Why a procedure is not online, the text for residents, and the next review date."""

    use_required_attribute = False
    concern = forms.ModelChoiceField(Code.objects.none(), label="懸念点(国の調査の0〜7)", empty_label="選んでください")
    grounds = forms.CharField(label="判断の理由(職員向け)", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    explanation = forms.CharField(
        label="住民への説明", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="手続の公開ページの「オンラインでできない理由」にそのまま出ます。",
    )  # fmt: skip
    next_check_on = DateField(label="次に確かめる日")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "concern", Code.objects.filter(table="concern"))
