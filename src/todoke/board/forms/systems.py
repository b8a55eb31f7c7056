"""システム台帳・障害の入力欄."""

from typing import Any

from django import forms

from todoke.design.date_fields import DateField, DateTimeField
from todoke.design.forms import mark_required_when
from todoke.japanese.periods import EXAMPLES, Period, UnreadablePeriod, fiscal_year_of, parse_period
from todoke.organization.models import Department
from todoke.systems.models import IncidentStep, InformationSystem
from todoke.systems.models.evaluation import QUESTIONS

DATE = forms.DateInput(attrs={"type": "date"})
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"})


class PeriodForm(forms.Form):
    """測る期間"""

    period = forms.CharField(label="期間", max_length=20, help_text=f"月、年、年度で書きます。{EXAMPLES}")

    def clean_period(self) -> Period:
        try:
            return parse_period(str(self.cleaned_data["period"]))
        except UnreadablePeriod as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class YearForm(forms.Form):
    """年度の選択"""

    year = forms.CharField(label="年度", max_length=20)

    def clean_year(self) -> int:
        try:
            return fiscal_year_of(str(self.cleaned_data["year"]))
        except UnreadablePeriod as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class IncidentForm(forms.Form):
    """障害の登録"""

    system = forms.ModelChoiceField(InformationSystem.objects.all(), label="情報システム")
    title = forms.CharField(label="件名", max_length=150)
    detected_at = DateTimeField(label="検知日時", widget=MOMENT)
    detected_by = forms.CharField(label="検知のしかた", max_length=100, required=False)
    symptoms = forms.CharField(label="事象", widget=forms.Textarea(attrs={"rows": 3}))
    affected_estimate = forms.IntegerField(label="影響した人数(推計)", min_value=0, required=False)
    estimate_basis = forms.CharField(label="推計の根拠", max_length=200, required=False)


class OutageForm(forms.Form):
    """停止の記録"""

    starts_at = DateTimeField(label="停止の始まり", widget=MOMENT)
    ends_at = DateTimeField(label="復旧", widget=MOMENT, required=False)
    weight = forms.DecimalField(
        label="失われた機能の割合(1=すべて)", min_value=0, max_value=1, decimal_places=2, initial=1
    )
    what = forms.CharField(label="止まった機能", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "復旧は、停止の始まりより後の時刻にしてください。")
        return cleaned


class StepForm(forms.Form):
    """障害への対応"""

    kind = forms.ChoiceField(label="種類", choices=IncidentStep.Kind.choices)
    text = forms.CharField(label="内容", widget=forms.Textarea(attrs={"rows": 2}))
    due = DateField(label="期限", required=False, widget=DATE)
    done_on = DateField(label="済んだ日", required=False, widget=DATE)
    evidence = forms.CharField(label="根拠", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mark_required_when(self, {"due": "事業者への求めのとき必要", "evidence": "再発防止が済んだとき必要"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == "prevention" and cleaned.get("done_on") and not cleaned.get("evidence"):
            self.add_error("evidence", "済んだ再発防止策には、根拠を書いてください。")
        return cleaned


class ImpactForm(forms.Form):
    """影響の実数"""

    people = forms.IntegerField(label="影響した人数(実数)", min_value=0)
    basis = forms.CharField(label="数えた根拠", max_length=200, help_text="推計ではなく、記録から数えた数を書きます。")


class DoneForm(forms.Form):
    """対応の完了"""

    on = DateField(label="済んだ日", widget=DATE)
    evidence = forms.CharField(label="根拠", max_length=300)


class CauseForm(forms.Form):
    """原因"""

    direct = forms.CharField(label="直接の原因", widget=forms.Textarea(attrs={"rows": 2}))
    root = forms.CharField(label="根本の原因", required=False, widget=forms.Textarea(attrs={"rows": 2}))


class EvaluationForm(forms.Form):
    """年次評価"""

    system = forms.ModelChoiceField(InformationSystem.objects.all(), label="情報システム")
    department = forms.ModelChoiceField(Department.objects.none(), label="部署")
    fiscal_year = forms.IntegerField(label="年度", min_value=2020, max_value=2100)
    good_practice = forms.CharField(
        label="うまくいった使い方", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, sections: list[Department], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Department.objects.filter(pk__in=[each.pk for each in sections])
        self.fields["department"] = forms.ModelChoiceField(mine, label="部署")
        for n, question in enumerate(QUESTIONS):
            points = [(str(point), f"{point}") for point in range(5, 0, -1)]
            self.fields[f"score-{n}"] = forms.ChoiceField(label=f"{question}(5がよい)", choices=points)
            self.fields[f"comment-{n}"] = forms.CharField(label=f"{question}: 理由・意見", required=False)
            self.fields[f"follow-{n}"] = forms.CharField(label=f"{question}: これからの対応", required=False)
            mark_required_when(self, dict.fromkeys((f"comment-{n}", f"follow-{n}"), "3未満のとき必要"))

    def scores(self) -> dict[str, tuple[int, str, str]]:
        values = self.cleaned_data
        return {
            question: (int(values[f"score-{n}"]), values[f"comment-{n}"], values[f"follow-{n}"])
            for n, question in enumerate(QUESTIONS)
        }
