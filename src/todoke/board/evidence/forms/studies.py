"""検証の入力欄."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.design.date_fields import DateField
from todoke.design.forms import mark_required_when
from todoke.insights.models import Study, StudyConclusion
from todoke.insights.permissions import ASK_STUDY
from todoke.meetings.models import Meeting
from todoke.organization.models import Department, Post
from todoke.plans.models import Indicator, Measure
from todoke.voices.models import CommentGroup, Consultation

DATE = forms.DateInput(attrs={"type": "date"})
DAYS = ("by_when", "intervention_on", "before_on", "after_on", "denominator_before", "denominator_after")
LINES = {"rival": 3, "treated": 3, "excluded": 2}


class AskForm(forms.Form):
    """検証の相談"""

    title = forms.CharField(label="知りたいこと", max_length=150, help_text="例: 夜間の窓口で、待つ時間は減ったか。")
    department = forms.ModelChoiceField(Department.objects.none(), label="相談する部署")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = ASK_STUDY.departments_of(user)
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.objects.filter(pk__in=[each.pk for each in own])
        if len(own) == 1:
            field.initial = own[0]


class PlannedForm(forms.ModelForm[Study]):
    """計画の項目: nothing is required until the study is handed in."""

    class Meta:
        model = Study
        fields = Study.DESIGN_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:
            if name in DAYS:
                label, said = self.fields[name].label, self.fields[name].help_text
                self.fields[name] = DateField(label=label, required=False, widget=DATE, help_text=said)
            if name in LINES:
                self.fields[name].widget = forms.Textarea(attrs={"rows": LINES[name]})

    def values(self) -> dict[str, Any]:
        """Return what ``Study.write`` and ``StudyPlan.change`` take."""
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}


class StudyForm(PlannedForm):
    """検証の下書き: hypothesis first, then how it is measured, then what follows."""

    class Meta:
        model = Study
        fields = (
            "title", "asked_by", "owner", "measure", "whose", "what", "by_when", "how_much", "indicator",
            "intervention",
            "intervention_on", "rival", "when_better", "when_unclear", *Study.DESIGN_FIELDS,
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department = self.instance.department
        self.fields["owner"] = forms.ModelChoiceField(
            Post.objects.filter(department=department), label="責任を持つ職位", required=False
        )
        told = CommentGroup.objects.filter(consultation__status=Consultation.Status.PUBLISHED)
        self.fields["asked_by"] = forms.ModelChoiceField(
            told, label="きっかけの意見", required=False, help_text="公表した意見募集の結果から選べます。"
        )
        self.fields["measure"] = forms.ModelChoiceField(
            Measure.objects.select_related("plan"), label="確かめる施策", required=False
        )
        self.fields["indicator"] = forms.ModelChoiceField(
            Indicator.objects.all(), label="測る指標", required=False,
            help_text="分子・分母・基準日・出典がそろった指標から選びます。",
        )  # fmt: skip
        mark_required_when(self, dict.fromkeys((*Study.OTHERS, *Study.TEXTS), "申込みまでに必要"))


class PlanChangeForm(PlannedForm):
    """計画の変更"""

    reason = forms.CharField(label="変える理由", max_length=300)
    field_order = ("reason",)


class CalculationForm(forms.Form):
    """計算"""

    file = forms.FileField(
        label="値の表(Excel または CSV)",
        help_text="1列目が「単位」、2列目から値の日(例 2021-02-01)です。割合の差では「単位」「件数」「人数」です。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class ReturnForm(forms.Form):
    """検証の差戻し"""

    reason = forms.CharField(label="差戻しの理由", max_length=300)


class StudyAgendaForm(forms.Form):
    """結果を諮る会議"""

    meeting = forms.ModelChoiceField(Meeting.objects.planned(), label="諮る会議")


class ConclusionForm(forms.Form):
    """検証の結論"""

    choice = forms.ChoiceField(label="結論", choices=StudyConclusion.Choice.choices, widget=forms.RadioSelect)
    words = forms.CharField(label="決めたこと", widget=forms.Textarea(attrs={"rows": 3}))
    meeting = forms.ModelChoiceField(
        Meeting.objects.filter(status=Meeting.Status.HELD), label="決めた会議", required=False,
        help_text="開催して、会議録がまだ確定していない会議です。会議の決定として残ります。",
    )  # fmt: skip
    reason_without = forms.CharField(label="会議で決めない理由", max_length=300, required=False)
    task = forms.CharField(
        label="宿題(次の会議までにすること)", required=False, max_length=500,
        help_text="書くと、次の会議の議題に自動で入ります。",
    )  # fmt: skip
    department = forms.ModelChoiceField(Department.objects.all(), label="宿題を担当する部署", required=False)
    due = DateField(label="宿題の期限", required=False, widget=DATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {"meeting": "会議で決めたとき必要", "reason_without": "会議で決めないとき必要"}
        mark_required_when(self, told | {"department": "宿題があるとき必要"})
