"""質問の入力: the words of a question, and whether an answer helped."""

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """A question in one's own words; longer ones are cut with a note."""

    words = forms.CharField(
        label=_("聞きたいこと"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("ふだんの言葉で書いてください。お名前、電話番号、マイナンバーは書かないでください。"),
    )  # fmt: skip


class JudgementForm(forms.Form):
    """Whether an answer was enough."""

    helped = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
