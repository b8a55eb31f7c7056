"""問答と抜けの入力: an answer with its day of review, and what becomes of a gap."""

from django import forms

from todoke.design.date_fields import DateField
from todoke.guidance.faqs.memory_index import FaqText
from todoke.organization.models import Department


class ReviewForm(forms.Form):
    """The next day on which an answer is read again."""

    review_on = DateField(label="次に見直す日", help_text="例: 令和9年4月1日。長くても1年後までにします。")


class FaqForm(ReviewForm):
    """A question and its answer."""

    question = forms.CharField(label="質問", max_length=200)
    answer = forms.CharField(label="答え", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    wordings = forms.CharField(
        label="ほかの聞き方", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="住民がふつうに言う文を、一行に一つ書きます。検索にだけ使います。",
    )  # fmt: skip
    field_order = ["question", "answer", "wordings", "review_on"]

    def text(self) -> FaqText:
        given = self.cleaned_data
        return FaqText(given["question"], given["answer"], given["wordings"])


class NewFaqForm(FaqForm):
    """A question, its answer and the section that owns it."""

    department = forms.ModelChoiceField(Department.objects.all(), label="担当部署", to_field_name="code")
    field_order = ["question", "answer", "wordings", "department", "review_on"]


class SectionForm(forms.Form):
    """The section that owns a matter."""

    department = forms.ModelChoiceField(Department.objects.all(), label="担当部署", to_field_name="code")


class GapDraftForm(SectionForm, ReviewForm):
    """The section that writes the answer to a gap, and its first day of review."""

    field_order = ["department", "review_on"]


class DeclineForm(forms.Form):
    """Why a gap stays without an answer."""

    reason = forms.CharField(label="答えを載せない理由", max_length=200)
