"""Input of the review pages: what is written down, and what is decided."""

from typing import Any

from django import forms
from django.http import QueryDict

from todoke.design.bound_choices import set_choices, set_queryset
from todoke.design.date_fields import DateField
from todoke.procedures.models import LegalBasis, PaperForm, Procedure
from todoke.reviews.models import DecisionInput, Review
from todoke.reviews.review_subjects import (
    KEEP_REASONS,
    SUBSTITUTES,
    KeepReason,
    ReviewDecision,
    Subject,
    Substitute,
)


class ReviewForm(forms.ModelForm[Review]):
    """A thing that a procedure asks, as the section writes it down."""

    use_required_attribute = False

    class Meta:
        model = Review
        fields = ["subject", "mark", "what", "paper_form", "times", "basis"]
        help_texts = {
            "mark": "押印・署名のときだけ選びます。",
            "what": "例: 申請者氏名の横の押印、住民票の写し、窓口での原本の確認",
            "times": "氏名・住所の記入のときだけ、一つの申請で何回書くかを入れます。",
            "basis": "見当たらないときは、手続のページで根拠法令を加えます。",
        }

    def __init__(self, *args: Any, procedure: Procedure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "paper_form", PaperForm.objects.filter(procedure=procedure))
        set_queryset(self, "basis", LegalBasis.objects.filter(procedure=procedure))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        seal = cleaned.get("subject") == Subject.SEAL
        if seal and not cleaned.get("mark"):
            self.add_error("mark", "認印・実印・職印・署名のどれかを選んでください。")
        if not seal and cleaned.get("mark"):
            cleaned["mark"] = ""
        if cleaned.get("subject") == Subject.WRITING and cleaned.get("times") is None:
            self.add_error("times", "一つの申請で何回書くかを数字で入れてください。")
        return cleaned


class ReviewDecisionForm(forms.Form):
    """The decision about one review, or about several at once."""

    use_required_attribute = False
    decision = forms.ChoiceField(label="決定", choices=ReviewDecision.choices, widget=forms.RadioSelect)
    substitute = forms.ChoiceField(label="代わりの手段(代替のとき)", required=False)
    reason = forms.ChoiceField(label="残す理由(存続のとき)", required=False)
    note = forms.CharField(label="補足", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    effective_on = DateField(label="実施日", help_text="この日から新しい取扱いにします。")
    recheck_on = DateField(label="再点検の日(存続のとき)", required=False)

    def __init__(self, data: QueryDict | None, *, subject: str) -> None:
        super().__init__(data)
        kind = Subject(subject)
        means = [(each.value, each.label) for each in SUBSTITUTES[kind]]
        reasons = [(each.value, each.label) for each in KEEP_REASONS[kind]]
        set_choices(self, "substitute", [("", "選んでください"), *means])
        set_choices(self, "reason", [("", "選んでください"), *reasons])

    def decision_input(self) -> DecisionInput:
        """Return the decision; fields that do not belong to it are emptied."""
        said = dict(self.cleaned_data)
        if said["decision"] != ReviewDecision.KEEP:
            said["reason"], said["recheck_on"] = "", None
        if said["decision"] != ReviewDecision.REPLACE:
            said["substitute"] = ""
        return DecisionInput(**said)


def label_of(table: str, value: str) -> str:
    """The words for a code of the reviews."""
    kinds: dict[str, Any] = {"decision": ReviewDecision, "reason": KeepReason, "substitute": Substitute}
    return str(kinds[table](value).label) if value else ""
