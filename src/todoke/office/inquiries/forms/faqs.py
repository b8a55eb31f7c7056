"""問答と抜けの入力: an answer with its day of review, and what becomes of a gap."""

from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from todoke.design.date_fields import DateField
from todoke.guidance.faqs.memory_index import FaqText
from todoke.guidance.models import PlainName
from todoke.offers.models import Offer
from todoke.organization.models import Department
from todoke.procedures.models import Procedure


class ReviewForm(forms.Form):
    """The next day on which an answer is read again."""

    review_on = DateField(label="次に見直す日", help_text="例: 令和9年4月1日。長くても1年後までにします。")


def named_procedures() -> QuerySet[Procedure]:
    """Return the procedures that have a name in plain words or can be applied for online, with that name."""
    plain = PlainName.objects.filter(title=OuterRef("title")).values("plain")[:1]
    named = Procedure.objects.current().annotate(called=Coalesce(Subquery(plain), F("title")))
    offered = Exists(Offer.objects.filter(procedure=OuterRef("pk")))
    return named.filter(Exists(PlainName.objects.filter(title=OuterRef("title"))) | offered).order_by("called")


class ProcedureField(forms.ModelChoiceField):  # type: ignore[type-arg] # the stubs make it generic, Django does not
    """A procedure by what people call it."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.called)


class FaqForm(ReviewForm):
    """A question and its answer."""

    question = forms.CharField(label="質問", max_length=200)
    answer = forms.CharField(label="答え", max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))
    wordings = forms.CharField(
        label="ほかの聞き方", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="住民がふつうに言う文を、一行に一つ書きます。検索にだけ使います。",
    )  # fmt: skip
    procedure = ProcedureField(
        Procedure.objects.none(), label="ここから進む手続", required=False, to_field_name="number",
        help_text="答えの下に、この手続への道が出ます。よく使われる手続から選びます。",
    )  # fmt: skip
    field_order = ["question", "answer", "wordings", "procedure", "review_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["procedure"]
        field.queryset = named_procedures()

    def text(self) -> FaqText:
        given = self.cleaned_data
        return FaqText(given["question"], given["answer"], given["wordings"])


class NewFaqForm(FaqForm):
    """A question, its answer and the section that owns it."""

    department = forms.ModelChoiceField(Department.objects.all(), label="担当部署", to_field_name="code")
    field_order = ["question", "answer", "wordings", "procedure", "department", "review_on"]


class SectionForm(forms.Form):
    """The section that owns a matter."""

    department = forms.ModelChoiceField(Department.objects.all(), label="担当部署", to_field_name="code")


class FaqTableForm(SectionForm, ReviewForm):
    """A sheet of questions and answers, and what holds for rows that name no section and no day."""

    table = forms.FileField(
        label="問答の表",
        help_text="CSV か Excel。いまの表のままで読めます。列は「質問」「回答」と、あれば「担当課」「キーワード」。",
    )
    field_order = ["table", "department", "review_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].help_text = "表に担当の列がない行に使います。"
        self.fields["review_on"].help_text = "表に見直し日の列がない行に使います。長くても1年後までにします。"


class GapDraftForm(SectionForm, ReviewForm):
    """The section that writes the answer to a gap, and its first day of review."""

    field_order = ["department", "review_on"]


class WordingForm(forms.Form):
    """The procedure that people mean by these words."""

    name = forms.ModelChoiceField(
        PlainName.objects.order_by("plain"), label="手続",
        help_text="選ぶと、この言葉でその手続が見つかるようになります。ここにない手続は「さがす言葉」の呼び名に加えます。",
    )  # fmt: skip


class DeclineForm(forms.Form):
    """Why a gap stays without an answer."""

    reason = forms.CharField(label="答えを載せない理由", max_length=200)
