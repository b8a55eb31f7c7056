"""計画・指標の入力欄."""

from typing import Any

from django import forms

from todoke.plans.models import CardCount

DATE = forms.DateInput(attrs={"type": "date"})


class ReportForm(forms.Form):
    """実績の記録: a value, or why there is none."""

    on = forms.DateField(label="基準日", widget=DATE)
    numerator = forms.DecimalField(label="分子(数)", required=False, max_digits=14, decimal_places=2)
    denominator = forms.DecimalField(label="分母(数)", required=False, max_digits=14, decimal_places=2)
    denominator_on = forms.DateField(label="分母の基準日", required=False, widget=DATE)
    source = forms.CharField(label="出典", required=False, max_length=200)
    missing_reason = forms.CharField(label="値がない理由", required=False, max_length=200)


class ClosingForm(forms.Form):
    """総括の所見"""

    words = forms.CharField(label="所見", widget=forms.Textarea(attrs={"rows": 5}))


class CardForm(forms.Form):
    """カード交付状況の条件"""

    code = forms.ChoiceField(label="市区町村")
    target = forms.FloatField(label="目標の交付率(%)", min_value=0.1, max_value=100)
    due = forms.DateField(label="目標の期日", widget=DATE)
    on = forms.DateField(label="この日までの実績で計算", required=False, widget=DATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = CardCount.objects.order_by("code").values_list("code", "prefecture", "municipality").distinct()
        choices = {code: f"{prefecture} {name}" for code, prefecture, name in rows}
        self.fields["code"] = forms.ChoiceField(label="市区町村", choices=list(choices.items()))
